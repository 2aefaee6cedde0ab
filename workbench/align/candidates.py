"""Beads that may be right, as arrays."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.align.cells import Cells, Floats, Kind, Numbers

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


def between(cells: Cells, kept: NDArray[np.bool_], left: Floats, right: Floats) -> Candidates:
    """The beads that begin and end at cells that were kept.

    left, right: cumulative lengths of both texts, made comparable. A single sentence stands for
    more than eight others only if they are not much longer.
    """
    ends = np.flatnonzero(kept)
    i, j = cells.rows[ends], cells.cols[ends]
    longest = max(b for _, b in KINDS)
    further = range(longest + 1, LONGEST + 1)
    kinds = (*KINDS, *((1, b) for b in further), *((a, 1) for a in further))
    there = np.append(kept, False)
    found: list[Numbers] = []
    starts: list[tuple[Numbers, Numbers]] = []
    for a, b in kinds:
        real = there[cells.number(i - a, j - b)]
        if max(a, b) > longest and real.any():
            one = left[i] - left[np.maximum(i - a, 0)], right[j] - right[np.maximum(j - b, 0)]
            few, many = one if a == 1 else one[::-1]
            real &= many <= few * LONG
        some = np.flatnonzero(real)
        found.append(some)
        starts.append((i[some] - a, j[some] - b))
    at = np.concatenate(found)
    i0, j0 = (np.concatenate(some) for some in zip(*starts, strict=True))
    order = np.argsort(at, kind="stable")
    at = at[order]
    return Candidates(i0[order], i[at], j0[order], j[at])
