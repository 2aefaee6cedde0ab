"""Gale & Church (1993): sentences that translate each other are about as long as each other."""

import math

import numpy as np

from workbench.align.chain import decode, stay_inside
from workbench.align.features import Kind
from workbench.align.lattice import Lattice, Nulls, Row
from workbench.align.pair import Gap, Pair
from workbench.align.prepared import Floats
from workbench.domain.alignment import Bead
from workbench.progress import Progress

PRIORS: dict[Kind, float] = {(1, 1): 0.89, (1, 2): 0.0445, (2, 1): 0.0445, (2, 2): 0.011}
NULL_PRIOR = 0.00495
VARIANCE = 6.8  # of the translation's length, for each character of the original
_NARROWEST, _SHARE = 60, 0.05  # half the band's width: sentences, or this share of the text
_erfc = np.vectorize(math.erfc, otypes=[np.float64])


def align_gap(pair: Pair, gap: Gap, progress: Progress) -> list[Bead]:
    """Length only (Gale & Church 1993): needs no model, for comparison and as a last resort."""
    left = pair.left.length_sums[gap.left.start : gap.left.stop + 1]
    right = pair.right.length_sums[gap.right.start : gap.right.stop + 1]
    left, right = left - left[0], right - right[0]
    right = right * (left[-1] / right[-1])
    n, m = gap.shape
    reach = max(_NARROWEST, int(_SHARE * max(n, m)))
    kinds = tuple(PRIORS)
    rows = []
    for i in range(n + 1):
        near = m if n == 0 else round(i * m / n)
        lower, upper = max(0, near - reach), min(m, near + reach)
        columns = np.arange(lower, upper + 1)
        scores = np.stack([
            math.log(PRIORS[a, b])
            + _log_fit(left[i] - left[max(i - a, 0)],
                       right[columns] - right[np.maximum(columns - b, 0)])
            for a, b in kinds
        ]).astype(np.float32)  # fmt: skip
        stay_inside(scores[:, None, :], kinds, i, lower)
        rows.append(Row(lower, kinds, scores))
    alone = [math.log(NULL_PRIOR) + _log_fit(np.diff(side), np.zeros(1)) for side in (left, right)]
    return decode(Lattice(rows, Nulls(alone[0], alone[1], 0.0, 0.0)), gap)


def _log_fit(one: float | Floats, other: Floats) -> Floats:
    """Log probability that lengths differ by chance at least as much as these do."""
    mean = np.maximum((one + other) / 2, 1)
    off = np.abs(other - one) / np.sqrt(mean * VARIANCE)
    fit: Floats = np.log(np.maximum(_erfc(off / math.sqrt(2)), 1e-12))
    return fit
