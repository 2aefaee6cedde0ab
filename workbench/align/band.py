"""Which cells are worth scoring: a coarse monotone path, refined from blocks to sentences.

At the coarsest level each side is cut into at most some hundred blocks, so that the work of that
level is bounded and that of all others grows with the length of the texts.
"""

import math
from dataclasses import dataclass

import numpy as np

from workbench.align.cells import Block, Cells, Floats, Numbers, Paths
from workbench.align.similar import inside
from workbench.align.windows import Windows
from workbench.encode import Vectors

FULL = 4_000  # so many cells are scored without looking for a band
_BLOCKS = 1000  # at the coarsest level, each side
_FINER = 4  # how much smaller the blocks of the next level are
_REACH = 6  # cells around the path, in sentences
_COARSE_REACH = 5  # and in blocks
_NOISE = 2.0  # similarities below so many standard deviations count as none
_ROWS = 1000  # prepared together


@dataclass(frozen=True, slots=True)
class Path:
    """A monotone path: for each row the first and last column that it touches."""

    first: Numbers
    last: Numbers


def find_band(left: Windows, right: Windows, n: int, m: int) -> Cells:
    """Cells that hold the true path of n left and m right sentences, nearly always."""
    whole = Cells(0, np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m))
    if len(whole) <= FULL:
        return whole
    sizes = math.ceil(n / _BLOCKS), math.ceil(m / _BLOCKS)
    rows, cols = math.ceil(n / sizes[0]), math.ceil(m / sizes[1])
    band = Cells(0, np.zeros(rows + 1, dtype=np.int64), np.full(rows + 1, cols))
    while True:
        path = _chain(left.blocks(sizes[0]), right.blocks(sizes[1]), band)
        if sizes == (1, 1):
            return _widen(path, m, _REACH)
        finer = math.ceil(sizes[0] / _FINER), math.ceil(sizes[1] / _FINER)
        coarse = _widen(path, cols, _COARSE_REACH)
        rows, cols = math.ceil(n / finer[0]), math.ceil(m / finer[1])
        band = _refine(coarse, sizes, finer, rows, cols)
        sizes = finer


def _chain(left: Vectors, right: Vectors, band: Cells) -> Path:
    """The monotone path through the band on which what pairs add sums highest.

    A pair adds its similarity above the noise squared, so that a few good pairs outweigh many
    poor ones.
    """
    sample = left[:: max(1, len(left) // 300)] @ right[:: max(1, len(right) // 300)].T
    noise = np.float32(sample.mean() + _NOISE * sample.std())
    gains = np.maximum(inside(left, right, band) - noise, 0) ** 2
    blocks = []
    for first in range(0, len(left) + 1, _ROWS):
        stop = min(first + _ROWS, len(left) + 1)
        blocks.append(Block(first, stop, ((1, 1),), gains[None, band.block(first, stop)]))
    paths = Paths(band, blocks, np.zeros(len(left)), np.zeros(len(right)))
    return _trace(band, paths.to, gains)


def _trace(band: Cells, best: Floats, gains: Vectors) -> Path:
    to, gain = best.item, gains.item
    lower, upper, offsets = (x.tolist() for x in (band.lower, band.upper, band.offsets))
    i, j = len(lower) - 1, upper[-1]
    first, last = [0] * len(lower), [j] * len(lower)
    while i > 0:
        here = offsets[i] + j - lower[i]
        above = offsets[i - 1] + j - lower[i - 1]  # where it is inside the band
        goes_up = lower[i - 1] <= j <= upper[i - 1] and to(above) >= to(here)
        if not goes_up and j > lower[i]:
            paired = lower[i - 1] < j <= upper[i - 1] + 1
            if not paired or to(above - 1) + gain(here) < to(here) - 1e-5:
                j -= 1
                continue
        first[i] = j
        i, j = i - 1, j if goes_up else min(j - 1, upper[i - 1])
        last[i] = j
    return Path(np.array(first), np.array(last))


def _widen(path: Path, m: int, reach: int) -> Cells:
    """All cells at most `reach` rows and columns away from a path."""
    rows = np.arange(len(path.first))
    lower = path.first[np.maximum(rows - reach, 0)] - reach
    upper = path.last[np.minimum(rows + reach, len(rows) - 1)] + reach
    return Cells(0, np.maximum(lower, 0), np.minimum(upper, m))


def _refine(band: Cells, sizes: tuple[int, int], finer: tuple[int, int], n: int, m: int) -> Cells:
    """A band in blocks of `sizes` as one in blocks of `finer`, n × m of them."""
    at = np.arange(n + 1) * finer[0] / sizes[0]
    last = len(band.lower) - 1
    lower = band.lower[np.minimum(at.astype(np.int64), last)] * sizes[1] // finer[1]
    upper = band.upper[np.minimum(np.ceil(at).astype(np.int64), last)] * sizes[1]
    upper = np.minimum(-(-upper // finer[1]), m)
    upper[-1] = m
    return Cells(0, lower, upper)
