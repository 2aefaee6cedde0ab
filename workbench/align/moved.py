"""Passages that the translation puts elsewhere, found among what an alignment leaves alone.

The alignment is monotone, so a passage that was moved leaves a run of sentences alone on each
side. Every such run on the left is aligned with every one on the right; what then pairs by a
wide margin over staying alone was moved. Single sentences are looked for after that, also among
those that a neighbour has taken in.
"""

from collections.abc import Sequence
from itertools import groupby

from workbench.align.chain import align_gaps
from workbench.align.model import load_model
from workbench.align.moved_one import moved_sentences
from workbench.align.pair import Gap, Pair
from workbench.align.paragraphs import NO_CUTS
from workbench.domain.alignment import Bead, without_end
from workbench.domain.text import Span
from workbench.progress import Progress, silent

_MARGIN = 12.0  # log units by which a moved passage must be better than leaving it alone
_SURE = 0.5  # probability of each of its beads, given that the two runs belong together
_ALIKE = 0.3  # cosine that at least one pair of sentences of two runs must have
_MOST = 400  # pairs of runs looked at, the most alike first


def find_moved(pair: Pair, beads: Sequence[Bead], progress: Progress = silent) -> list[Bead]:
    """Beads of moved passages, and of moved sentences, which may be at an end of a bead.

    beads: of an alignment, in order; what is left out is not looked at.
    """
    found = _passages(pair, beads, progress)
    taken = {("src", n) for b in found for n in _numbers(b.src)}
    taken |= {("tgt", n) for b in found for n in _numbers(b.tgt)}
    rest = [
        bead
        for bead in beads
        if ("src", bead.src.start) not in taken or not len(bead.src)
        if ("tgt", bead.tgt.start) not in taken or not len(bead.tgt)
    ]
    found += moved_sentences(pair, rest)
    return sorted(found, key=lambda bead: bead.src.start)


def set_apart(beads: Sequence[Bead], moves: Sequence[Bead]) -> list[Bead]:
    """The beads with moved sentences that a bead begins or ends with left alone."""
    out = list(beads)
    for move in moves:
        for side, words in (("src", move.src), ("tgt", move.tgt)):
            at = next(
                n for n, b in enumerate(out)
                if len(getattr(b, side)) and words.start in getattr(b, side)
            )  # fmt: skip
            if not out[at].is_null:
                out[at : at + 1] = [
                    Bead(src, tgt, out[at].probability)
                    for src, tgt in without_end(out[at], side, words)
                ]
    return out


def _passages(pair: Pair, beads: Sequence[Bead], progress: Progress) -> list[Bead]:
    cuts, pair.features.cuts = pair.features.cuts, NO_CUTS  # what was moved keeps to no order
    options = [
        option
        for gap in _likely(pair, beads)
        if (option := _best(align_gaps(pair, [gap], progress)[0]))
    ]
    pair.features.cuts = cuts
    taken: tuple[set[int], set[int]] = set(), set()
    found: list[Bead] = []
    for _, passage in sorted(options, key=lambda option: -option[0]):
        new = [
            bead
            for bead in passage
            if not taken[0].intersection(_numbers(bead.src))
            and not taken[1].intersection(_numbers(bead.tgt))
        ]
        for bead in new:
            taken[0].update(_numbers(bead.src))
            taken[1].update(_numbers(bead.tgt))
        found += new
    return found


def _numbers(span: Span) -> range:
    return range(span.start, span.stop)


def _likely(pair: Pair, beads: Sequence[Bead]) -> list[Gap]:
    """Pairs of runs that may belong together, the most alike first."""
    lefts, rights = (_runs([n for b in beads if b.is_null for n in _numbers(getattr(b, side))])
                     for side in ("src", "tgt"))  # fmt: skip
    left, right = pair.left.windows.single, pair.right.windows.single
    found = []
    for one in lefts:
        for other in rights:
            alike = float((left[one.start : one.stop] @ right[other.start : other.stop].T).max())
            if alike >= _ALIKE:
                found.append((alike, one, other))
    found.sort(key=lambda option: -option[0])
    return [Gap(one, other) for _, one, other in found[:_MOST]]


def _runs(numbers: Sequence[int]) -> list[Span]:
    """Neighbouring numbers as spans."""
    runs = (list(run) for _, run in groupby(enumerate(sorted(numbers)), lambda at: at[1] - at[0]))
    return [Span(run[0][1], run[-1][1] + 1) for run in runs]


def _best(beads: Sequence[Bead]) -> tuple[float, list[Bead]] | None:
    """The sure beads of two runs, and how much better they are than being alone."""
    opening, extension = load_model().nulls
    paired = [b for b in beads if not b.is_null and (b.probability or 0) >= _SURE]
    gain = sum(
        (b.score or 0) - 2 * (opening if number == 0 else extension)
        for number, b in enumerate(paired)
    )
    return (gain, paired) if paired and gain >= _MARGIN else None
