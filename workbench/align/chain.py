"""The default aligner: a log-linear semi-Markov chain over beads, decoded by its probabilities."""

import math
from collections.abc import Sequence

import numpy as np

from workbench.align.band import find_band
from workbench.align.cells import Cells, Numbers
from workbench.align.features import ALIGNING, Features, length_ratio
from workbench.align.lattice import Bet, Lattice, Nulls, best
from workbench.align.model import load_model
from workbench.align.pair import Gap, Pair
from workbench.align.paragraphs import NO_CUTS, Cuts, sure_cells
from workbench.align.scout import scout
from workbench.domain.alignment import Bead
from workbench.domain.text import Span
from workbench.progress import Progress

_SIEVE = 3e-3  # candidates that are less probable by what is cheap to know are given up
_LEAST = 1e-3  # beads less probable than this are not considered for the result
_WORTH = 0.45  # what a bead must be worth: about half of the F1 that can be hoped for
_OFF = 0.1  # a ratio of lengths that is off by so much, in logarithms, is worth a second run
_ONE_PARAGRAPH = 2  # boundaries
_LARGEST_LEAP = 64  # sentences on one side of what is fixed between two gaps aligned together
_FEW = 10  # beads that are too few to tell a ratio


def align_gaps(pair: Pair, gaps: Sequence[Gap], progress: Progress) -> list[list[Bead]]:
    """Semi-Markov chain over encoder, dictionary, length, marks and layout (the default)."""
    if pair.features.cuts is None:
        pair.features.cuts = NO_CUTS
        if min(len(side.paragraph_bounds) for side in (pair.left, pair.right)) > _ONE_PARAGRAPH:
            pair.features.cuts = _cuts(pair, progress)
    return [beads for run in _runs(gaps) for beads in _align(pair, run, progress)[1]]


def _runs(gaps: Sequence[Gap]) -> list[list[Gap]]:
    """Gaps that can be aligned together: what is fixed between them has both sides, and no many."""
    runs: list[list[Gap]] = []
    for gap in gaps:
        last = runs[-1][-1] if runs else None
        if last and all(
            0 < after.start - before.stop <= _LARGEST_LEAP
            for before, after in ((last.left, gap.left), (last.right, gap.right))
        ):
            runs[-1].append(gap)
        else:
            runs.append([gap])
    return runs


def _cuts(pair: Pair, progress: Progress) -> Cuts:
    """Align whole paragraphs; returns where that leaves no doubt."""
    whole = Pair(pair.left.by_paragraph, pair.right.by_paragraph)
    whole.features.cuts = NO_CUTS
    shape = len(whole.left), len(whole.right)
    everything = Gap(Span(0, shape[0]), Span(0, shape[1]))
    lattice, (pair.wholes,) = _align(whole, [everything], progress)
    i, j = sure_cells(lattice)
    return Cuts(pair.left.paragraph_bounds[i], pair.right.paragraph_bounds[j])


def _align(pair: Pair, gaps: Sequence[Gap], progress: Progress) -> tuple[Lattice, list[list[Bead]]]:
    cells = band_of(pair, gaps)
    lattice = _lattice(pair.features, cells, progress)
    beads = _decode(lattice)
    ratio = _ratio_of(pair, beads)
    if abs(math.log(ratio / pair.features.ratio)) > _OFF:  # much has no counterpart
        pair.features.ratio = ratio
        lattice = _lattice(pair.features, cells, progress)
        beads = _decode(lattice)
    return lattice, _by_gap(beads, gaps)


def _by_gap(beads: Sequence[Bead], gaps: Sequence[Gap]) -> list[list[Bead]]:
    """The beads of each gap, without those between the gaps."""
    found: list[list[Bead]] = [[] for _ in gaps]
    at = 0
    for bead in beads:
        while bead.src.stop > gaps[at].left.stop or bead.tgt.stop > gaps[at].right.stop:
            at += 1
        if bead.src.start >= gaps[at].left.start and bead.tgt.start >= gaps[at].right.start:
            found[at].append(bead)
    return found


def band_of(pair: Pair, gaps: Sequence[Gap]) -> Cells:
    """The cells of neighbouring gaps in which their true paths lie, nearly always."""
    lower: list[Numbers] = []
    upper: list[Numbers] = []
    for before, gap in zip([None, *gaps], gaps, strict=False):
        left = pair.left.windows.part(gap.left.start, gap.left.stop)
        right = pair.right.windows.part(gap.right.start, gap.right.stop)
        band, start = find_band(left, right, *gap.shape), gap.right.start
        empty = gap.left.start - before.left.stop - 1 if before else 0
        lower += [np.full(empty, start), band.lower + start]
        upper += [np.full(empty, start - 1), band.upper + start]
    part = None
    if len(gaps) > 1:
        part = np.repeat(np.arange(len(lower)), [len(some) for some in lower])
    return Cells(gaps[0].left.start, np.concatenate(lower), np.concatenate(upper), part)


def _ratio_of(pair: Pair, beads: list[Bead]) -> float:
    """The ratio of lengths where the texts translate each other, if enough is known of it."""
    sure = [b for b in beads if not b.is_null and (b.probability or 0) > 0.5]
    if len(sure) < _FEW:
        return pair.features.ratio
    left, right = pair.left.length_sums, pair.right.length_sums
    return length_ratio(
        sum(float(left[b.src.stop] - left[b.src.start]) for b in sure),
        sum(float(right[b.tgt.stop] - right[b.tgt.start]) for b in sure),
    )


def _lattice(features: Features, cells: Cells, progress: Progress) -> Lattice:
    near, model = scout(features, cells, progress), load_model()
    fixed = cells.apart(near.found.i0, near.found.i)  # between two gaps; they score 0
    plain = features.plain(near.found, progress)
    sieved = model.sieve @ np.concatenate([near.scores[None], plain])
    sieved[fixed] = 0
    sieve = Lattice(near.i, near.j, near.found, sieved, Nulls(*model.sieve_nulls))
    worth = np.flatnonzero(fixed | (sieve.log_probabilities > math.log(_SIEVE)))
    found = near.found.some(worth)
    similar = features.similarity(found, progress)
    scores = model.weights @ np.concatenate([similar, plain[:, worth]])
    scores[fixed[worth]] = 0
    progress(ALIGNING, len(found), len(found))
    return Lattice(near.i, near.j, found, scores, Nulls(*model.nulls))


def _decode(lattice: Lattice) -> list[Bead]:
    """The beads that are together most probably right."""
    cells = [(int(lattice.i[at]), int(lattice.j[at])) for at in (0, -1)]
    least = _LEAST
    while True:
        path = best(lattice.bets(least), cells[0], cells[1], _WORTH)
        if path is not None:
            return [_bead(bet) for bet in path]
        least = least**2  # the chain is very unsure; admit what is less probable


def _bead(bet: Bet) -> Bead:
    (a, b), probability = bet.kind, min(max(bet.probability, 0.0), 1.0)
    return Bead(Span(bet.i - a, bet.i), Span(bet.j - b, bet.j), probability, bet.score)
