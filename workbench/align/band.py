"""Which cells are worth scoring: a coarse monotone path, refined from blocks to sentences.

At the coarsest level each side is cut into at most some hundred blocks, so that the work of that
level is bounded and that of all others grows with the length of the texts.
"""

import math

import numpy as np
from numpy.typing import NDArray

from workbench.align.windows import Windows
from workbench.encode import Vectors

Band = list[tuple[int, int]]
"""For each number of left sentences, 0 to n, the first and last column that is scored."""

FULL = 4_000  # so many cells are scored without looking for a band
_BLOCKS = 1000  # at the coarsest level, each side
_FINER = 4  # how much smaller the blocks of the next level are
_REACH = 8  # cells around the path, in sentences
_COARSE_REACH = 5  # and in blocks
_NOISE = 2.0  # similarities below so many standard deviations count as none


def find_band(left: Windows, right: Windows, n: int, m: int) -> Band:
    """A band that holds the true path of n left and m right sentences, nearly always."""
    if (n + 1) * (m + 1) <= FULL:
        return [(0, m)] * (n + 1)
    sizes = math.ceil(n / _BLOCKS), math.ceil(m / _BLOCKS)
    band: Band = [(0, math.ceil(m / sizes[1]))] * (math.ceil(n / sizes[0]) + 1)
    while True:
        vectors = left.blocks(sizes[0]), right.blocks(sizes[1])
        path = _chain(*vectors, band)
        if sizes == (1, 1):
            return _widen(path, m, _REACH)
        finer = math.ceil(sizes[0] / _FINER), math.ceil(sizes[1] / _FINER)
        coarse = _widen(path, len(vectors[1]), _COARSE_REACH)
        band = _refine(coarse, sizes, finer, math.ceil(n / finer[0]), math.ceil(m / finer[1]))
        sizes = finer


def _chain(left: Vectors, right: Vectors, band: Band) -> Band:
    """The monotone path through the band on which similarities sum highest, as a band."""
    sample = left[:: max(1, len(left) // 300)] @ right[:: max(1, len(right) // 300)].T
    noise = float(sample.mean() + _NOISE * sample.std())
    rows: list[NDArray[np.float32]] = [np.zeros(band[0][1] - band[0][0] + 1, dtype=np.float32)]
    for i in range(1, len(band)):
        lower, upper = band[i]
        up = _aligned(rows[-1], band[i - 1], lower, upper)
        corner = _aligned(rows[-1], band[i - 1], lower - 1, upper - 1)
        first = max(lower, 1)
        gain = np.zeros(upper - lower + 1, dtype=np.float32)
        gain[first - lower :] = _gain(left[i - 1] @ right[first - 1 : upper].T, noise)
        rows.append(np.maximum.accumulate(np.maximum(up, corner + gain)))
    return _trace(rows, band, left, right, noise)


def _gain(similarity: NDArray[np.float32], noise: float) -> NDArray[np.float32]:
    """What a pair adds to a path: squared, so that a few good pairs outweigh many poor ones."""
    gain: NDArray[np.float32] = np.maximum(similarity - np.float32(noise), 0) ** 2
    return gain


def _aligned(
    values: NDArray[np.float32], of: tuple[int, int], lower: int, upper: int
) -> NDArray[np.float32]:
    """A row's values at other columns; before its first column -1, after its last the last."""
    columns = np.arange(lower, upper + 1) - of[0]
    out = values[np.clip(columns, 0, len(values) - 1)].copy()
    out[columns < 0] = -1
    return out


def _trace(
    rows: list[NDArray[np.float32]], band: Band, left: Vectors, right: Vectors, noise: float
) -> Band:
    i, j = len(rows) - 1, band[-1][1]
    path: Band = [(j, j)] * len(rows)
    while i > 0:
        here = rows[i][j - band[i][0]]
        lower, upper = band[i - 1]
        if lower <= j <= upper and rows[i - 1][j - lower] >= here:
            i -= 1
            path[i] = (j, j)
            continue
        if lower < j <= upper + 1:
            gain = float(_gain(left[i - 1] @ right[j - 1], noise))
            if rows[i - 1][j - 1 - lower] + gain >= here - 1e-5:
                i, j = i - 1, j - 1
                path[i] = (j, j)
                continue
        if j > band[i][0]:
            j -= 1
            path[i] = (j, path[i][1])
        else:  # the band's edge: the row above ends further left
            i -= 1
            j = min(j, band[i][1])
            path[i] = (j, j)
    path[0] = (0, path[0][1])
    return path


def _widen(path: Band, m: int, reach: int) -> Band:
    """All cells at most `reach` rows and columns away from a path."""
    lower, upper = np.array([a for a, _ in path]), np.array([b for _, b in path])
    out: Band = []
    for i in range(len(path)):
        near = slice(max(0, i - reach), i + reach + 1)
        out.append((max(0, int(lower[near].min()) - reach), min(m, int(upper[near].max()) + reach)))
    return out


def _refine(band: Band, sizes: tuple[int, int], finer: tuple[int, int], n: int, m: int) -> Band:
    """A band in blocks of `sizes` as one in blocks of `finer`, n × m of them."""
    out: Band = []
    for i in range(n + 1):
        at = i * finer[0] / sizes[0]
        lower = band[min(int(at), len(band) - 1)][0]
        upper = band[min(math.ceil(at), len(band) - 1)][1]
        out.append((lower * sizes[1] // finer[1], min(m, math.ceil(upper * sizes[1] / finer[1]))))
    out[-1] = (out[-1][0], m)
    return out
