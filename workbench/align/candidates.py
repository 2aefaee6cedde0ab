"""Beads that may be right, as arrays."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.align.cells import NEVER, Kind, Numbers, Paths

Grid = NDArray[np.float32]

KINDS: tuple[Kind, ...] = tuple(
    (a, b) for a, widest in enumerate((8, 5, 5, 4, 3, 1, 1, 1), 1) for b in range(1, widest + 1)
)  # symmetric
LONGEST = 24  # sentences on one side of a bead whose other side is a single one

LONG = 1.5  # a single sentence may stand for others up to this much longer, lengths scaled


@dataclass(frozen=True)
class Candidates:
    """Beads that may be right: left sentences [i0, i), right ones [j0, j), by number.

    They are sorted by the cell (i, j) where they end.
    """

    i0: Numbers
    i: Numbers
    j0: Numbers
    j: Numbers

    def __len__(self) -> int:
        return len(self.i)

    def __iter__(self) -> Iterator[Numbers]:
        return iter((self.i0, self.i, self.j0, self.j))

    def some(self, which: "slice | Numbers") -> "Candidates":
        """A part of them."""
        return Candidates(self.i0[which], self.i[which], self.j0[which], self.j[which])

    def turned(self) -> "Candidates":
        """The same with left and right changed over."""
        return Candidates(self.j0, self.j, self.i0, self.i)

    @property
    def a(self) -> Numbers:
        """Number of left sentences of each."""
        return self.i - self.i0

    @property
    def b(self) -> Numbers:
        """Number of right sentences of each."""
        return self.j - self.j0

    @property
    def size(self) -> Grid:
        """How much more than 1-1 each is, in steps of a sentence on each side; at most 6."""
        return np.minimum((self.a + self.b - 2) / 2, 6).astype(np.float32)

    def cells(self) -> tuple[Numbers, Numbers, Numbers]:
        """The different cells (i, j) where they end, and the number of each candidate's."""
        first = np.ones(len(self), dtype=bool)
        first[1:] = (np.diff(self.i) != 0) | (np.diff(self.j) != 0)
        return self.i[first], self.j[first], np.cumsum(first) - 1


def near_best(paths: Paths, limit: float) -> tuple[Candidates, NDArray[np.bool_]]:
    """The beads, and the cells, on a path that is at most `limit` worse than the best one."""
    cells, least = paths.cells, paths.to[-1] - limit
    to = np.append(paths.to, NEVER)
    rows: list[Numbers] = []
    for block in paths.blocks:
        some = cells.block(block.first, block.stop)
        i, j, onward = cells.rows[some], cells.cols[some], paths.onward[some]
        for (a, b), scores in zip(block.kinds, block.scores, strict=True):
            at = np.flatnonzero(to[cells.number(i - a, j - b)] + scores + onward >= least)
            rows.append(np.stack([at + some.start, np.full(len(at), a), np.full(len(at), b)]))
    at, a, b = np.concatenate(rows, axis=1)
    order = np.argsort(at, kind="stable")
    i, j = cells.rows[at[order]], cells.cols[at[order]]
    kept: NDArray[np.bool_] = paths.to + paths.onward >= least
    return Candidates(i - a[order], i, j - b[order], j), kept
