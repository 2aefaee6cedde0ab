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

    def origins(self, first: int, stop: int, kinds: Sequence[Kind]) -> Numbers:
        """Where beads of some kinds begin that end in rows first to stop - 1, from the first row.

        Shape (kinds, cells of those rows): numbers of cells; outside the band that of all cells.
        """
        widths = np.diff(self.offsets[first : stop + 1])
        cols = self.cols[self.block(first, stop)]
        out = np.empty((len(kinds), len(cols)), dtype=np.int64)
        for a in {a for a, _ in kinds}:
            row = np.arange(first, stop) - a
            upper = np.where(row >= 0, self.upper[np.maximum(row, 0)], -1)
            row = np.maximum(row, 0)
            lower, from_lower = self.lower[row], self.offsets[row] - self.lower[row]
            lower, upper, from_lower = (np.repeat(x, widths) for x in (lower, upper, from_lower))
            for k, (size, b) in enumerate(kinds):
                if size == a:
                    col = cols - b
                    inside = (col >= lower) & (col <= upper)
                    out[k] = np.where(inside, from_lower + col, len(self))
        return out

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


@dataclass(frozen=True, slots=True)
class Steps:
    """Beads, and left null beads, as steps between cells, sorted by where they end.

    before, to: the numbers of the cells. a, b: how many sentences they take. gain: their scores.
    """

    before: NDArray[np.int32]
    to: NDArray[np.int32]
    a: NDArray[np.int8]
    b: NDArray[np.int8]
    gain: Scores


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
            before, gains = (np.ascontiguousarray(x.T) for x in self._prepared(block))
            paid = self._paid[cells.block(block.first, block.stop)]
            for i in range(block.first, block.stop):
                here = slice(int(at[i]) - start, int(at[i + 1]) - start)
                arrived = best[before[here]]
                arrived += gains[here]
                to = arrived.max(axis=1)
                if i == 0:
                    to[0] = 0.0
                to -= paid[here]
                np.maximum.accumulate(to, out=to)
                to += paid[here]
                best[at[i] : at[i + 1]] = to
        return best[:-1]

    def steps(self, limit: float) -> Steps:
        """The steps that arrive at most `limit` behind the best path to the same cell.

        No other can lie on a path that is at most `limit` worse than the best of all.
        """
        cells, to = self.cells, np.append(self.to, NEVER)
        found: list[tuple[NDArray[np.generic], ...]] = []
        for block in self.blocks:
            before, gains = self._prepared(block)
            some = cells.block(block.first, block.stop)
            arrived = to[before]
            arrived += gains
            at, k = np.nonzero((arrived >= to[some] - limit).T)
            kinds = np.array([*block.kinds, LEFT], dtype=np.int8)
            found.append((before[k, at], at + some.start, kinds[k, 0], kinds[k, 1], gains[k, at]))
        types = (np.int32, np.int32, np.int8, np.int8, np.float32)
        columns = zip(types, zip(*found, strict=True), strict=True)
        return Steps(*(np.concatenate(some, dtype=t, casting="unsafe") for t, some in columns))

    def onward(self, steps: Steps) -> Floats:
        """For each cell the score of the best path over some steps from it to the last cell."""
        at = self.cells.offsets
        best = np.full(len(self.cells) + 1, NEVER)
        best[-2] = 0.0
        first = np.searchsorted(steps.to, at)
        for i in range(len(at) - 2, -1, -1):
            row = slice(int(at[i]), int(at[i + 1]))
            paid = self._paid[row]
            ahead = (best[row] + paid)[::-1]
            best[row] = np.maximum.accumulate(ahead)[::-1] - paid
            some = slice(int(first[i]), int(first[i + 1]))
            np.maximum.at(best, steps.before[some], steps.gain[some] + best[steps.to[some]])
        return best[:-1]

    @cached_property
    def _paid(self) -> Floats:
        """For each cell what right null beads from the first column to it are worth together."""
        paid = np.concatenate([[0.0], np.cumsum(self.right)])
        return paid[self.cells.cols - int(self.cells.lower[0])]

    def _prepared(self, block: Block) -> tuple[Numbers, Scores]:
        """Where each bead, left nulls last, comes from, and what it gains."""
        some = self.cells.block(block.first, block.stop)
        rows = self.cells.rows[some]
        before = self.cells.origins(block.first, block.stop, (*block.kinds, LEFT))
        gains = np.empty(before.shape, dtype=np.float32)
        gains[:-1] = block.scores
        gains[-1] = np.append(self.left, 0.0)[rows - self.cells.first - 1]
        return before, gains

    def best(self) -> list[tuple[int, int, Kind, float]]:
        """The best path: where each bead ends, its kind and its score."""
        path: list[tuple[int, int, Kind, float]] = []
        i, j = len(self.cells.lower) - 1 + self.cells.first, int(self.cells.upper[-1])
        for block in reversed(self.blocks):
            kinds = np.array([*block.kinds, LEFT])
            before, gains = self._prepared(block)
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
