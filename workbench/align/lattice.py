"""A semi-Markov chain of beads over a band of cells: sums, probabilities, best path.

Scores are logarithms. After a bead with both sides, or at the start, a null bead pays `opening`;
after a null bead of its kind it pays `extension`: material without counterpart comes in runs.
Of two adjoining runs of nulls the left one comes first, so that no alignment is counted twice.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.align.features import Kind

Floats = NDArray[np.float64]
NEVER = -1e30
LEFT: Kind = (1, 0)
RIGHT: Kind = (0, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """Scores of the beads that end at the cells (i, j), start <= j < start + width, of one i.

    kinds: the kinds scored, both sides at least 1; scores: shape (kinds, width).
    """

    start: int
    kinds: tuple[Kind, ...]
    scores: NDArray[np.float32]

    @property
    def stop(self) -> int:
        """One past the last column."""
        return self.start + int(self.scores.shape[1])


@dataclass(frozen=True, slots=True)
class Nulls:
    """Scores of null beads: one for each left and right sentence, and what a run of them pays."""

    left: Floats
    right: Floats
    opening: float
    extension: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A bead of kind (a, b) that ends at cell (i, j), with its probability and score."""

    i: int
    j: int
    kind: Kind
    probability: float
    score: float


@dataclass(frozen=True, slots=True)
class NullLogs:
    """Log probabilities, by column, of null beads, and of those of them that begin a run."""

    left: Floats
    left_opened: Floats
    right: Floats
    right_opened: Floats


class Lattice:
    """Forward and backward sums over all alignments inside the band.

    rows: one for each number of left sentences, 0 to n; the last must hold the last column.
    """

    def __init__(self, rows: Sequence[Row], nulls: Nulls) -> None:
        self.rows, self.nulls = rows, nulls
        self._null_right = np.concatenate([[0.0], np.cumsum(nulls.right + nulls.extension)])
        self._match: list[Floats] = []
        self._left: list[Floats] = []
        self._any: list[Floats] = []
        self._forward()
        self.total = float(self._any[-1][-1])
        self._after: list[Floats] = [np.empty(0)] * len(rows)  # after a bead with both sides
        self._after_left: list[Floats] = [np.empty(0)] * len(rows)
        self._after_right: list[Floats] = [np.empty(0)] * len(rows)
        self._backward()

    def _forward(self) -> None:
        for i, row in enumerate(self.rows):
            width = row.scores.shape[1]
            match = np.full(width, NEVER)
            if i == 0:
                match[0 - row.start] = 0.0
            else:
                match = _sum([match, *(self._arrivals(i, row))])
            left = np.full(width, NEVER)
            if i:
                before = self._at(self._match, i - 1, row), self._at(self._left, i - 1, row)
                left = self.nulls.left[i - 1] + np.logaddexp(
                    before[0] + self.nulls.opening, before[1] + self.nulls.extension
                )
            right = self._run_right(np.logaddexp(match, left), row)
            self._match.append(match)
            self._left.append(left)
            self._any.append(np.logaddexp(np.logaddexp(match, left), right))

    def _arrivals(self, i: int, row: Row) -> list[Floats]:
        out = []
        for number, (a, b) in enumerate(row.kinds):
            if a <= i:
                before = _window(self._any[i - a], self.rows[i - a].start, row, -b)
                out.append(row.scores[number] + before)
        return out

    def _run_right(self, entering: Floats, row: Row) -> Floats:
        """Sums of paths whose last bead is a right null: opened at any earlier column."""
        out = np.full(len(entering), NEVER)
        if len(entering) > 1:
            paid = self._null_right[row.start : row.stop]
            opened = entering - paid + self.nulls.opening - self.nulls.extension
            out[1:] = np.logaddexp.accumulate(opened)[:-1] + paid[1:]
        kept: Floats = np.maximum(out, NEVER)
        return kept

    def _at(self, values: list[Floats], i: int, row: Row) -> Floats:
        return _window(values[i], self.rows[i].start, row, 0)

    def _backward(self) -> None:
        last = len(self.rows) - 1
        waiting: defaultdict[int, list[tuple[Kind, Floats, int]]] = defaultdict(list)
        for i in range(last, -1, -1):
            row = self.rows[i]
            width = row.scores.shape[1]
            ahead = [np.full(width, NEVER)]
            if i == last:
                ahead[0][-1] = 0.0
            for (_, b), values, start in waiting.pop(i, ()):
                ahead.append(_window(values, start, row, b))
            onward = _sum(ahead)
            left_null = np.full(width, NEVER)
            if i < last:
                left_null = self.nulls.left[i] + self._at(self._after_left, i + 1, row)
            after_right = self._right_ahead(onward, row)
            into_right = np.full(width, NEVER)
            into_right[:-1] = self.nulls.right[row.start : row.stop - 1] + after_right[1:]
            opening, extension = self.nulls.opening, self.nulls.extension
            turned = np.logaddexp(onward, into_right + opening)
            self._after[i] = np.logaddexp(turned, left_null + opening)
            self._after_left[i] = np.logaddexp(turned, left_null + extension)
            self._after_right[i] = after_right
            for number, (a, b) in enumerate(row.kinds):
                if a <= i:
                    value = row.scores[number] + self._after[i]
                    waiting[i - a].append(((a, b), value, row.start))

    def _right_ahead(self, onward: Floats, row: Row) -> Floats:
        """Sums onward from cells reached by a right null: leave at once, or any column later."""
        paid = self._null_right[row.start : row.stop]
        sums: Floats = np.logaddexp.accumulate((onward + paid)[::-1])[::-1] - paid
        return sums

    def candidates(self, least: float) -> list[Candidate]:
        """All beads with a probability of at least `least`, nulls included, in cell order."""
        found: list[Candidate] = []
        for i, row in enumerate(self.rows):
            found += self._candidates_at(i, row, least)
        return sorted(found, key=lambda c: (c.i, c.j))

    def _candidates_at(self, i: int, row: Row, least: float) -> list[Candidate]:
        found = []
        for kind, log, score in self.log_probabilities(i):
            for at in np.flatnonzero(log > np.log(least)):
                p = min(float(np.exp(log[at])), 1.0)
                found.append(Candidate(i, row.start + int(at), kind, p, float(score[at])))
        return found

    def log_probabilities(self, i: int) -> list[tuple[Kind, Floats, NDArray[np.float32]]]:
        """For each kind of bead that ends in row i: log probability and score by column."""
        row = self.rows[i]
        out: list[tuple[Kind, Floats, NDArray[np.float32]]] = []
        for number, (a, b) in enumerate(row.kinds):
            if a <= i:
                before = _window(self._any[i - a], self.rows[i - a].start, row, -b)
                log = before + row.scores[number] + self._after[i] - self.total
                out.append(((a, b), log, row.scores[number]))
        found = self.null_log_probabilities(i)
        if i:
            score = np.full(len(found.left), self.nulls.left[i - 1], dtype=np.float32)
            out.append((LEFT, found.left, score))
        score = np.append([0.0], self.nulls.right)[row.start : row.stop].astype(np.float32)
        out.append((RIGHT, found.right, score))
        return out

    def null_log_probabilities(self, i: int) -> "NullLogs":
        """Log probabilities of null beads that end in row i, by column."""
        row, nulls = self.rows[i], self.nulls
        never = np.full(row.scores.shape[1], NEVER)
        left, left_opened = never, never
        if i:
            after = nulls.left[i - 1] + self._after_left[i] - self.total
            left_opened = self._at(self._match, i - 1, row) + nulls.opening + after
            extended = self._at(self._left, i - 1, row) + nulls.extension + after
            left = np.logaddexp(left_opened, extended)
        entering = np.logaddexp(self._match[i], self._left[i])
        after = self._after_right[i] - self.total
        right_opened = never.copy()
        right_opened[1:] = (
            entering[:-1] + nulls.opening + nulls.right[row.start : row.stop - 1] + after[1:]
        )
        return NullLogs(left, left_opened, self._run_right(entering, row) + after, right_opened)


def _window(values: Floats, start: int, row: Row, shift: int) -> Floats:
    """Values of another row at the columns of `row` moved by `shift`; NEVER where it has none."""
    width = row.scores.shape[1]
    first = row.start + shift - start
    if first >= 0 and first + width <= len(values):
        inside: Floats = values[first : first + width]
        return inside
    out = np.full(width, NEVER)
    lower, upper = max(first, 0), min(first + width, len(values))
    if lower < upper:
        out[lower - first : upper - first] = values[lower:upper]
    return out


def _sum(parts: list[Floats]) -> Floats:
    stacked = np.stack(parts)
    top = stacked.max(axis=0)
    total: Floats = top + np.log(np.exp(stacked - top).sum(axis=0))
    return total


def best(candidates: Sequence[Candidate], n: int, m: int, worth: float) -> list[Candidate] | None:
    """The tiling of n × m sentences whose beads' probabilities, less `worth` each, sum highest.

    A null bead counts with its probability of being null anywhere, since its place is free.
    Returns None when the candidates do not make up a tiling.
    """
    anywhere: defaultdict[tuple[Kind, int], float] = defaultdict(float)
    for c in candidates:
        if c.kind == LEFT or c.kind == RIGHT:
            anywhere[c.kind, c.i if c.kind == LEFT else c.j] += c.probability
    value = {(0, 0): 0.0}
    came: dict[tuple[int, int], Candidate] = {}
    for c in candidates:
        before = value.get((c.i - c.kind[0], c.j - c.kind[1]))
        if before is None:
            continue
        p = c.probability
        if c.kind == LEFT or c.kind == RIGHT:
            p = anywhere[c.kind, c.i if c.kind == LEFT else c.j]
        gain = before + min(p, 1.0) - worth
        if gain > value.get((c.i, c.j), -np.inf):
            value[c.i, c.j] = gain
            came[c.i, c.j] = c
    path = []
    cell = (n, m)
    while cell != (0, 0):
        if cell not in came:
            return None
        c = came[cell]
        path.append(c)
        cell = (c.i - c.kind[0], c.j - c.kind[1])
    return path[::-1]
