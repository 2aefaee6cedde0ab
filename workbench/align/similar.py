"""Similarities of runs of sentences, each made once for all the beads that ask for it."""

import numpy as np
from numpy.typing import NDArray

from workbench.align.cells import Cells, Numbers
from workbench.align.windows import Windows
from workbench.encode import Vectors

Grid = NDArray[np.float32]
_WIDEST = 64  # runs are shorter
_AT_ONCE = 512  # pairs of vectors; so few stay in the processor's cache


class Similarities:
    """Cosines between runs of left and right sentences."""

    def __init__(self, left: Windows, right: Windows) -> None:
        self._left, self._right = left, right

    def of(self, i: Numbers, a: Numbers, j: Numbers, b: Numbers) -> Grid:
        """Of the a left sentences up to i with the b right ones up to j; 0 where there are none."""
        there = (a > 0) & (b > 0) & (i >= a) & (j >= b)
        there &= (i <= len(self._left)) & (j <= len(self._right))
        out = np.zeros(len(i), dtype=np.float32)
        rows, row = np.unique((i * _WIDEST + a)[there], return_inverse=True)
        cols, col = np.unique((j * _WIDEST + b)[there], return_inverse=True)
        pairs, pair = np.unique(row * len(cols) + col, return_inverse=True)
        found = dots(
            self._left.runs(rows // _WIDEST, rows % _WIDEST),
            self._right.runs(cols // _WIDEST, cols % _WIDEST),
            pairs // len(cols), pairs % len(cols),
        )  # fmt: skip
        out[there] = found[pair]
        return out


def dots(left: Vectors, right: Vectors, rows: Numbers, cols: Numbers) -> Grid:
    """Products of some left vectors with some right ones."""
    out = np.empty(len(rows), dtype=np.float32)
    for at in range(0, len(rows), _AT_ONCE):
        some = slice(at, at + _AT_ONCE)
        out[some] = np.einsum("nd,nd->n", left[rows[some]], right[cols[some]])
    return out


def inside(left: Vectors, right: Vectors, cells: Cells) -> Grid:
    """For each cell the product of the left and the right vector that end there, else 0."""
    out = np.zeros(len(cells), dtype=np.float32)
    bounds = zip(cells.lower.tolist(), cells.upper.tolist(), cells.offsets.tolist(), strict=False)
    for i, (lower, upper, start) in enumerate(bounds, cells.first):
        first = max(lower, 1)
        if i and first <= upper:
            at = start + first - lower
            out[at : at + upper - first + 1] = right[first - 1 : upper] @ left[i - 1]
    return out
