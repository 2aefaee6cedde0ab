"""The two-pass embedding method (Thompson & Koehn 2019; Liu & Zhu 2022).

First a path through single sentences, then beads around it, scored by the cosine of their joined
sentences, less that of neighbouring ones, times a factor for unequal length. Beads have scores
but no probabilities.
"""

from collections.abc import Sequence

import numpy as np

from workbench.align.candidates import KINDS
from workbench.align.cells import NEVER, Block, Cells, Kind, Numbers, Paths, Scores
from workbench.align.chain import band_of
from workbench.align.features import ALIGNING
from workbench.align.length import beads_of
from workbench.align.pair import Gap, Pair
from workbench.align.windows import Windows
from workbench.domain.alignment import Bead
from workbench.progress import Progress

_SKIP = -0.1
_ROWS = 64  # scored together
_KINDS = tuple((a, b) for a, b in KINDS if a + b <= 6)


def align_gaps(pair: Pair, gaps: Sequence[Gap], progress: Progress) -> list[list[Bead]]:
    """Two passes over sentence embeddings, as Vecalign and Bertalign work, for comparison."""
    return [_align(pair, gap, progress) for gap in gaps]


def _align(pair: Pair, gap: Gap, progress: Progress) -> list[Bead]:
    cells = band_of(pair, [gap])
    blocks = []
    for first in range(0, len(cells.lower), _ROWS):
        progress(ALIGNING, first, len(cells.lower))
        blocks.append(_block(pair, cells, first, min(first + _ROWS, len(cells.lower))))
    nulls = (np.full(size, _SKIP) for size in gap.shape)
    return beads_of(Paths(cells, blocks, *nulls))


def _block(pair: Pair, cells: Cells, first: int, stop: int) -> Block:
    some = cells.block(first, stop)
    i, j = cells.rows[some], cells.cols[some]
    scores = np.empty((len(_KINDS), len(i)), dtype=np.float32)
    for number, kind in enumerate(_KINDS):
        i0, j0 = np.maximum(i - kind[0], 0), np.maximum(j - kind[1], 0)
        off, _ = pair.features.length(i0, i, j0, j)
        scores[number] = _margins(pair, kind, i, j) * np.log2(1 + np.exp(-off))
        scores[number, (i < kind[0]) | (j < kind[1])] = NEVER
    return Block(first, stop, _KINDS, scores)


def _margins(pair: Pair, kind: Kind, i: Numbers, j: Numbers) -> Scores:
    """Cosines of the beads of a kind, less the mean of those of the kind next to each."""
    (a, b), row0, col0 = kind, int(i.min()), int(j.min())
    left = _padded(pair.left.windows, a, row0, int(i.max()) + 1)
    right = _padded(pair.right.windows, b, col0, int(j.max()) + 1)
    near = left @ right.T
    rows, cols = i - row0 + a, j - col0 + b
    around = (
        near[rows - a, cols] + near[rows + a, cols] + near[rows, cols - b] + near[rows, cols + b]
    )
    of_rows, of_cols = ((side != 0).any(axis=1).astype(np.float32) for side in (left, right))
    count = of_rows[rows - a] + of_rows[rows + a] + of_cols[cols - b] + of_cols[cols + b]
    margins: Scores = near[rows, cols] - around / np.maximum(count, 1)
    return margins


def _padded(windows: Windows, size: int, first: int, stop: int) -> Scores:
    return windows.ending(size, np.arange(first - size, stop + size))
