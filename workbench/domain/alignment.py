"""Beads, and the alignments they make up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from workbench.domain.text import Span
from workbench.errors import InvalidAlignment


@dataclass(frozen=True, slots=True)
class Bead:
    """One minimal group of source and target segments that translate each other.

    src, tgt: placed spans; an empty one says where the other side's material is missing.
        The engine counts sentences, the review counts characters; the rules are the same.
    probability: calibrated probability of being exactly right; None when a person made it.
    score: the aligner's own score, unitless, higher is better; None when a person made it.
    """

    src: Span
    tgt: Span
    probability: float | None = None
    score: float | None = None

    @property
    def kind(self) -> str:
        """Sizes of both sides: "1-1", "2-1", "0-1" (nothing in the source), …"""
        return f"{len(self.src)}-{len(self.tgt)}"

    @property
    def is_null(self) -> bool:
        """Whether one side is empty."""
        return not len(self.src) or not len(self.tgt)


class Sided(Protocol):
    """Whatever has a span on each side."""

    @property
    def src(self) -> Span:
        """The source side."""

    @property
    def tgt(self) -> Span:
        """The target side."""


def without_end(bead: Sided, side: str, words: Span) -> list[tuple[Span, Span]]:
    """Both sides of the two that a bead becomes when an end of one side is left alone, in order.

    words: the first or the last of that side.
    """
    here: Span = getattr(bead, side)
    there = bead.tgt if side == "src" else bead.src
    first = words.start == here.start
    rest = Span(words.stop, here.stop) if first else Span(here.start, words.start)
    at = there.start if first else there.stop
    parts = [(words, Span(at, at)), (rest, there)]
    ordered = parts if first else parts[::-1]
    return ordered if side == "src" else [(tgt, src) for src, tgt in ordered]


def check_tiling(
    beads: Sequence[Sided], n_src: int, n_tgt: int, start: tuple[int, int] = (0, 0)
) -> None:
    """Make sure that the beads cover both sides once, in order; from `start` on, if it is a part.

    Raises:
        InvalidAlignment: a segment is skipped, repeated or out of order, or a bead is empty.
    """
    for side, expected, size in (("src", start[0], n_src), ("tgt", start[1], n_tgt)):
        for number, bead in enumerate(beads):
            span = bead.src if side == "src" else bead.tgt
            if span.start != expected or span.stop < span.start:
                raise InvalidAlignment(
                    f"Bead {number}: its {side} side starts at {span.start}, expected {expected}."
                )
            expected = span.stop
        if expected != size:
            raise InvalidAlignment(f"The beads cover {expected} of {size} on the {side} side.")
    for number, bead in enumerate(beads):
        if bead.src.start == bead.src.stop and bead.tgt.start == bead.tgt.stop:
            raise InvalidAlignment(f"Bead {number} is empty on both sides.")


@dataclass(frozen=True, slots=True)
class Alignment:
    """The ordered beads of two texts, in sentences, with the line that says how it was made.

    paragraphs: beads of paragraphs that follow from these (see `paragraph_groups`), where a short
        paragraph without counterpart may have gone to its neighbour; () where there are none.
    moves: pairs of passages that are alone in `beads` and translate each other across others, if
        they were looked for.

    Raises:
        InvalidAlignment: the beads do not tile both sides.
    """

    beads: tuple[Bead, ...]
    n_src: int
    n_tgt: int
    signature: str
    paragraphs: tuple[Bead, ...] = ()
    moves: tuple[Bead, ...] = ()

    def __post_init__(self) -> None:
        check_tiling(self.beads, self.n_src, self.n_tgt)


def paragraph_groups(
    beads: Sequence[Bead], src_paragraphs: Sequence[int], tgt_paragraphs: Sequence[int]
) -> tuple[Bead, ...]:
    """Paragraph beads that follow from sentence beads, so that the levels cannot disagree.

    Paragraphs joined by a bead, directly or through others, form one group; a paragraph whose
    sentences are all without counterpart forms a group of its own.

    src_paragraphs, tgt_paragraphs: for each sentence, the number of its paragraph, rising by
        0 or 1. Returns beads in units of paragraphs, in order; they tile both texts.
    """
    n_src = src_paragraphs[-1] + 1 if src_paragraphs else 0
    n_tgt = tgt_paragraphs[-1] + 1 if tgt_paragraphs else 0
    links: list[tuple[int, int, int, int]] = []  # in plain numbers: long texts have many
    for bead in beads:
        src, tgt = bead.src, bead.tgt
        if src.start == src.stop or tgt.start == tgt.stop:
            continue
        i, i_stop = src_paragraphs[src.start], src_paragraphs[src.stop - 1] + 1
        j, j_stop = tgt_paragraphs[tgt.start], tgt_paragraphs[tgt.stop - 1] + 1
        if links and (i < links[-1][1] or j < links[-1][3]):
            i, _, j, _ = links.pop()
        links.append((i, i_stop, j, j_stop))
    groups: list[Bead] = []
    i_at = j_at = 0
    for i, i_stop, j, j_stop in [*links, (n_src, n_src, n_tgt, n_tgt)]:
        groups += [Bead(Span(k, k + 1), Span(j_at, j_at)) for k in range(i_at, i)]
        groups += [Bead(Span(i, i), Span(k, k + 1)) for k in range(j_at, j)]
        if i < i_stop:
            groups.append(Bead(Span(i, i_stop), Span(j, j_stop)))
        i_at, j_at = i_stop, j_stop
    return tuple(groups)
