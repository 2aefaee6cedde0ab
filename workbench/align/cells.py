"""Cells of the lattice inside a band, laid out in one row of numbers, and best paths over them.

A cell (i, j) says that i left and j right sentences are behind us; a bead of kind (a, b) ending
there takes the last a of the left and the last b of the right ones. The cells of a band are
numbered row by row, so that what is known of each is a flat array.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Scores = NDArray[np.float32]
Numbers = NDArray[np.int64]
Kind = tuple[int, int]
NEVER = -1e30
LEFT: Kind = (1, 0)
RIGHT: Kind = (0, 1)


@dataclass(frozen=True)
class Cells:
    """The cells (i, j) with lower <= j <= upper, for neighbouring rows i from `first` on.

    lower, upper: one for each row; a row has no cells where upper is lower - 1.
    part: the number of the part that each row lies in; between two parts paths go only from the
        last cell of the one to the first of the next. Without it all is one part.
    """

    first: int
    lower: Numbers
    upper: Numbers
    part: Numbers | None = None

    @cached_property
    def offsets(self) -> Numbers:
        """The number of each row's first cell, and at the end the number of all cells."""
        return np.concatenate([[0], np.cumsum(self.upper - self.lower + 1)])

    def __len__(self) -> int:
        return int(self.offsets[-1])

    @cached_property
    def rows(self) -> Numbers:
        """i of each cell."""
        return np.repeat(np.arange(len(self.lower)), np.diff(self.offsets)) + self.first

    @cached_property
    def cols(self) -> Numbers:
        """j of each cell."""
        return np.arange(len(self)) + (self.lower - self.offsets[:-1])[self.rows - self.first]

    def number(self, i: Numbers, j: Numbers) -> Numbers:
        """The number of each cell (i, j); of those outside the band the number of all cells."""
        at = i - self.first
        row = np.clip(at, 0, len(self.lower) - 1)
        from_lower = j - self.lower[row]
        inside = (row == at) & (from_lower >= 0) & (j <= self.upper[row])
        return np.where(inside, self.offsets[row] + from_lower, len(self))

    @cached_property
    def leaps(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """The beads (i0, i, j0, j) that lead from each part to the next."""
        if self.part is None:
            return (np.empty(0, dtype=np.int64),) * 4
        filled = np.flatnonzero(self.upper >= self.lower)
        after = np.flatnonzero(np.diff(self.part[filled])) + 1
        start, stop = filled[after - 1], filled[after]
        return start + self.first, stop + self.first, self.upper[start], self.lower[stop]

    def apart(self, i0: Numbers, i: Numbers) -> NDArray[np.bool_]:
        """Whether beads of the rows [i0, i) lead from one part to another."""
        if self.part is None:
            return np.zeros(len(i), dtype=np.bool_)
        leads: NDArray[np.bool_] = (
            self.part[np.maximum(i0 - self.first, 0)] != self.part[i - self.first]
        )
        return leads

    def block(self, first: int, stop: int) -> slice:
        """The numbers of the cells in rows first to stop - 1, counted from the first row."""
        return slice(int(self.offsets[first]), int(self.offsets[stop]))


@dataclass(frozen=True, slots=True)
class Block:
    """Scores of the beads that end in neighbouring rows: shape (kinds, cells of those rows).

    first, stop: the rows, counted from the first row of all cells.
    """

    first: int
    stop: int
    kinds: Sequence[Kind]
    scores: Scores


@dataclass(frozen=True)
class Paths:
    """Best paths from the first cell of a band to its last, over beads and null beads.

    blocks: one after another, for all rows. Beads that begin outside the band are never used.
    left, right: score of the null bead of each sentence beyond the first cell.
    """

    cells: Cells
    blocks: Sequence[Block]
    left: Floats
    right: Floats

    @cached_property
    def to(self) -> Floats:
        """For each cell the score of the best path to it."""
        cells, at = self.cells, self.cells.offsets
        best = np.full(len(cells) + 1, NEVER)
        for block in self.blocks:
            start = int(at[block.first])
            before, gains, paid = self._prepared(block)
            for i in range(block.first, block.stop):
                here = slice(int(at[i]) - start, int(at[i + 1]) - start)
                arrived = (best[before[:, here]] + gains[:, here]).max(axis=0)
                if i == 0:
                    arrived[0] = 0.0
                arrived -= paid[here]
                best[at[i] : at[i + 1]] = np.maximum.accumulate(arrived) + paid[here]
        return best[:-1]

    @cached_property
    def onward(self) -> Floats:
        """For each cell the score of the best path from it to the last cell."""
        at = self.cells.offsets
        best = np.full(len(self.cells) + 1, NEVER)
        best[-2] = 0.0
        for block in reversed(self.blocks):
            start = int(at[block.first])
            before, gains, paid = self._prepared(block)
            for i in range(block.stop - 1, block.first - 1, -1):
                here = slice(int(at[i]) - start, int(at[i + 1]) - start)
                ahead = (best[at[i] : at[i + 1]] + paid[here])[::-1]
                best[at[i] : at[i + 1]] = np.maximum.accumulate(ahead)[::-1] - paid[here]
                np.maximum.at(best, before[:, here], gains[:, here] + best[at[i] : at[i + 1]])
        return best[:-1]

    def _prepared(self, block: Block) -> tuple[Numbers, Floats, Floats]:
        """Where each bead, left nulls last, comes from and what it gains; right nulls up to it."""
        some = self.cells.block(block.first, block.stop)
        rows, cols = self.cells.rows[some], self.cells.cols[some]
        kinds = (*block.kinds, LEFT)
        before = np.stack([self.cells.number(rows - a, cols - b) for a, b in kinds])
        gains = np.empty(before.shape)
        gains[:-1] = block.scores
        gains[-1] = np.append(self.left, 0.0)[rows - self.cells.first - 1]
        paid = np.concatenate([[0.0], np.cumsum(self.right)])
        return before, gains, paid[cols - int(self.cells.lower[0])]

    def best(self) -> list[tuple[int, int, Kind, float]]:
        """The best path: where each bead ends, its kind and its score."""
        path: list[tuple[int, int, Kind, float]] = []
        i, j = len(self.cells.lower) - 1 + self.cells.first, int(self.cells.upper[-1])
        for block in reversed(self.blocks):
            kinds = np.array([*block.kinds, LEFT])
            before, gains, _ = self._prepared(block)
            start = self.cells.block(block.first, block.stop).start
            to = np.append(self.to, NEVER)
            while i - self.cells.first >= block.first:
                here = int(self.cells.offsets[i - self.cells.first] + j)
                here -= int(self.cells.lower[i - self.cells.first]) + start
                reached = to[before[:, here]] + gains[:, here]
                k = int(reached.argmax())
                if here + start == 0:
                    return path[::-1]
                if reached[k] >= to[here + start] - 1e-6:
                    a, b = kinds[k]
                    path.append((i, j, (int(a), int(b)), float(gains[k, here])))
                    i, j = i - int(a), j - int(b)
                else:
                    path.append((i, j, RIGHT, float(self.right[j - 1 - self.cells.lower[0]])))
                    j -= 1
        return path[::-1]
