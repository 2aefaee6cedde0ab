"""Gale & Church (1993): sentences that translate each other are about as long as each other."""

import math
from collections.abc import Sequence

import numpy as np

from workbench.align.cells import NEVER, Block, Cells, Floats, Kind, Paths
from workbench.align.pair import Gap, Pair
from workbench.domain.alignment import Bead
from workbench.domain.text import Span
from workbench.progress import Progress

PRIORS: dict[Kind, float] = {(1, 1): 0.89, (1, 2): 0.0445, (2, 1): 0.0445, (2, 2): 0.011}
NULL_PRIOR = 0.00495
VARIANCE = 6.8  # of the translation's length, for each character of the original
_NARROWEST, _SHARE = 60, 0.05  # half the band's width: sentences, or this share of the text
_erfc = np.vectorize(math.erfc, otypes=[np.float64])


def align_gaps(pair: Pair, gaps: Sequence[Gap], progress: Progress) -> list[list[Bead]]:
    """Length only (Gale & Church 1993): needs no model, for comparison and as a last resort."""
    return [_align(pair, gap) for gap in gaps]


def _align(pair: Pair, gap: Gap) -> list[Bead]:
    left = pair.left.length_sums
    right = pair.right.length_sums
    right = right * (
        (left[gap.left.stop] - left[gap.left.start])
        / (right[gap.right.stop] - right[gap.right.start])
    )
    n, m = gap.shape
    reach = max(_NARROWEST, int(_SHARE * max(n, m)))
    near = np.rint(np.arange(n + 1) * m / n).astype(np.int64) + gap.right.start
    cells = Cells(
        gap.left.start,
        np.maximum(near - reach, gap.right.start),
        np.minimum(near + reach, gap.right.stop),
    )
    i, j = cells.rows, cells.cols
    scores = np.empty((len(PRIORS), len(cells)), dtype=np.float32)
    for number, ((a, b), prior) in enumerate(PRIORS.items()):
        i0, j0 = np.maximum(i - a, 0), np.maximum(j - b, 0)
        scores[number] = math.log(prior) + _log_fit(left[i] - left[i0], right[j] - right[j0])
        scores[number, (i < a) | (j < b)] = NEVER
    alone = [
        math.log(NULL_PRIOR) + _log_fit(np.diff(side[span.start : span.stop + 1]), np.zeros(1))
        for side, span in ((left, gap.left), (right, gap.right))
    ]
    return beads_of(Paths(cells, [Block(0, n + 1, tuple(PRIORS), scores)], alone[0], alone[1]))


def beads_of(paths: Paths) -> list[Bead]:
    """The best path as beads, which have a score but no probability."""
    return [
        Bead(Span(i - a, i), Span(j - b, j), None, score) for i, j, (a, b), score in paths.best()
    ]


def _log_fit(one: Floats, other: Floats) -> Floats:
    """Log probability that lengths differ by chance at least as much as these do."""
    mean = np.maximum((one + other) / 2, 1)
    off = np.abs(other - one) / np.sqrt(mean * VARIANCE)
    fit: Floats = np.log(np.maximum(_erfc(off / math.sqrt(2)), 1e-12))
    return fit
