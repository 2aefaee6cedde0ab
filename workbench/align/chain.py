"""The default aligner: a log-linear semi-Markov chain over beads, decoded by its probabilities."""

import math

import numpy as np

from workbench.align.band import find_band
from workbench.align.cells import Cells
from workbench.align.features import Features, length_ratio
from workbench.align.lattice import Bet, Lattice, Nulls, best
from workbench.align.model import load_model
from workbench.align.pair import Gap, Pair
from workbench.align.paragraphs import NO_CUTS, Cuts, sure_cells
from workbench.align.scout import scout
from workbench.domain.alignment import Bead
from workbench.domain.text import Span
from workbench.progress import Progress

ALIGNING = "Aligning"
_AT_ONCE = 16_000  # candidates whose features are computed together
_LEAST = 1e-4  # beads less probable than this are not considered for the result
_WORTH = 0.45  # what a bead must be worth: about half of the F1 that can be hoped for
_OFF = 0.1  # a ratio of lengths that is off by so much, in logarithms, is worth a second run
_ONE_PARAGRAPH = 2  # boundaries
_FEW = 10  # beads that are too few to tell a ratio


def align_gap(pair: Pair, gap: Gap, progress: Progress) -> list[Bead]:
    """Semi-Markov chain over encoder, dictionary, length, marks and layout (the default)."""
    if pair.features.cuts is None:
        pair.features.cuts = NO_CUTS
        if min(len(side.paragraph_bounds) for side in (pair.left, pair.right)) > _ONE_PARAGRAPH:
            pair.features.cuts = _cuts(pair, progress)
    return _align(pair, gap, progress)[1]


def _cuts(pair: Pair, progress: Progress) -> Cuts:
    """Align whole paragraphs; returns where that leaves no doubt."""
    whole = Pair(pair.left.by_paragraph, pair.right.by_paragraph)
    whole.features.cuts = NO_CUTS
    shape = len(whole.left), len(whole.right)
    lattice, pair.wholes = _align(whole, Gap(Span(0, shape[0]), Span(0, shape[1])), progress)
    i, j = sure_cells(lattice)
    return Cuts(pair.left.paragraph_bounds[i], pair.right.paragraph_bounds[j])


def _align(pair: Pair, gap: Gap, progress: Progress) -> tuple[Lattice, list[Bead]]:
    cells = band_of(pair, gap)
    lattice = _lattice(pair.features, cells, progress)
    beads = _decode(lattice)
    ratio = _ratio_of(pair, beads)
    if abs(math.log(ratio / pair.features.ratio)) > _OFF:  # much has no counterpart
        pair.features.ratio = ratio
        lattice = _lattice(pair.features, cells, progress)
        beads = _decode(lattice)
    return lattice, beads


def band_of(pair: Pair, gap: Gap) -> Cells:
    """The cells of a gap in which its true path lies, nearly always."""
    left = pair.left.windows.part(gap.left.start, gap.left.stop)
    right = pair.right.windows.part(gap.right.start, gap.right.stop)
    band, start = find_band(left, right, *gap.shape), gap.right.start
    return Cells(gap.left.start, band.lower + start, band.upper + start)


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
    found, kept = scout(features, cells, progress)
    model = load_model()
    scores = np.empty(len(found))
    for first in range(0, len(found), _AT_ONCE):
        progress(ALIGNING, first, len(found))
        some = slice(first, first + _AT_ONCE)
        scores[some] = model.weights @ features.of(found.some(some))
    progress(ALIGNING, len(found), len(found))
    return Lattice(cells.rows[kept], cells.cols[kept], found, scores, Nulls(*model.nulls))


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
