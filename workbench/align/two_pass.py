"""The two-pass embedding method (Thompson & Koehn 2019; Liu & Zhu 2022).

First a path through single sentences, then beads around it, scored by the cosine of their joined
sentences, less that of neighbouring ones, times a factor for unequal length. Beads have scores
but no honest probabilities.
"""

import numpy as np

from workbench.align.band import find_band
from workbench.align.chain import ALIGNING, ROWS, decode, stay_inside
from workbench.align.features import KINDS, Block
from workbench.align.lattice import Lattice, Nulls, Row
from workbench.align.pair import Gap, Pair
from workbench.domain.alignment import Bead
from workbench.progress import Progress

_SKIP = -0.1
_SHARPNESS = 60.0  # so high that the sums are as good as maxima
_KINDS = tuple((a, b) for a, b in KINDS if a + b <= 6)


def align_gap(pair: Pair, gap: Gap, progress: Progress) -> list[Bead]:
    """Two passes over sentence embeddings, as Vecalign and Bertalign work, for comparison."""
    n, m = gap.shape
    left = pair.left.windows.part(gap.left.start, gap.left.stop)
    right = pair.right.windows.part(gap.right.start, gap.right.stop)
    band = find_band(left, right, n, m)
    features, rows = pair.features, list[Row]()
    for first in range(0, n + 1, ROWS):
        progress(ALIGNING, first, n + 1)
        some = band[first : first + ROWS]
        lower, upper = min(a for a, _ in some), max(b for _, b in some)
        block = Block(
            gap.left.start + first, gap.left.start + first + len(some),
            gap.right.start + lower, gap.right.start + upper + 1,
        )  # fmt: skip
        near = features.similarity(block, _KINDS)
        scores = np.stack([
            near[kind][1] * np.log2(1 + np.exp(-features.length(block, kind)[0])) for kind in _KINDS
        ]).astype(np.float32) * np.float32(_SHARPNESS)  # fmt: skip
        stay_inside(scores, _KINDS, first, lower)
        rows += [Row(a, _KINDS, scores[:, k, a - lower : b - lower + 1])
                 for k, (a, b) in enumerate(some)]  # fmt: skip
    skip = _SKIP * _SHARPNESS
    lattice = Lattice(rows, Nulls(np.full(n, skip), np.full(m, skip), 0.0, 0.0))
    return [Bead(bead.src, bead.tgt, None, bead.score) for bead in decode(lattice, gap)]
