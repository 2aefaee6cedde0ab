"""Beads that may be right, as arrays."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.align.cells import NEVER, Kind, Numbers, Paths, Scores

Grid = NDArray[np.float32]

KINDS: tuple[Kind, ...] = tuple(
    (a, b) for a, widest in enumerate((8, 5, 5, 4, 3, 1, 1, 1), 1) for b in range(1, widest + 1)
)  # symmetric
LONGEST = 24  # sentences on one side of a bead whose other side is a single one

LONG = 1.5  # a single sentence may stand for others up to this much longer, lengths scaled
_SLACK = 1e-3  # for what is lost in rounding


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


@dataclass(frozen=True, slots=True)
class Near:
    """What lies on the best paths: beads with their scores, and cells (i, j)."""

    found: Candidates
    scores: Scores
    i: Numbers
    j: Numbers


def near_best(paths: Paths, limit: float) -> Near:
    """The beads, and the cells, on a path that is at most `limit` worse than the best one."""
    cells, to, least = paths.cells, paths.to, paths.to[-1] - limit
    steps = paths.steps(limit + _SLACK)
    onward = paths.onward(steps)
    before = np.append(to, NEVER)[steps.before]
    near = np.flatnonzero((before + steps.gain + onward[steps.to] >= least) & (steps.b > 0))
    i, j = cells.rows[steps.to[near]], cells.cols[steps.to[near]]
    kept = to + onward >= least
    found = Candidates(i - steps.a[near], i, j - steps.b[near], j)
    return Near(found, steps.gain[near], cells.rows[kept], cells.cols[kept])
