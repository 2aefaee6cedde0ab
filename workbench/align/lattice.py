"""A semi-Markov chain of beads over candidates: sums, probabilities, best path.

Scores are logarithms. After a bead with both sides, or at the start, a null bead pays `opening`;
after a null bead of its kind it pays `extension`: material without counterpart comes in runs.
Of two adjoining runs of nulls the left one comes first, so that no alignment is counted twice.
"""

from dataclasses import dataclass
from functools import cached_property
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from workbench.align.candidates import Candidates
from workbench.align.cells import LEFT, NEVER, RIGHT, Floats, Kind, Numbers

_NONE = -1


@dataclass(frozen=True, slots=True)
class Nulls:
    """What the first null bead of a run is worth, and what each further one."""

    opening: float
    extension: float


@dataclass(frozen=True, slots=True)
class Bet:
    """A bead of some kind that ends at cell (i, j), with its probability and score."""

    i: int
    j: int
    kind: Kind
    probability: float
    score: float


@dataclass(frozen=True, slots=True)
class NullLogs:
    """Log probability, by cell, of null beads that end there, and of those that begin a run."""

    left: Floats
    left_opened: Floats
    right: Floats
    right_opened: Floats


class Lattice:
    """Forward and backward sums over all alignments made of some candidates and null beads.

    i, j: the cells that alignments go through, sorted; from the first to the last of them.
    found: candidates between these cells, sorted by their ends; scores: one for each.
    """

    def __init__(
        self, i: Numbers, j: Numbers, found: Candidates, scores: NDArray[np.generic], nulls: Nulls
    ) -> None:
        self.i, self.j, self.found, self.nulls = i, j, found, nulls
        self.scores = np.asarray(scores, dtype=np.float64)
        self._wide = int(j.max()) + 2
        self._keys = i * self._wide + j
        self._starts = self._cell(found.i0, found.j0)
        self._ends = self._cell(found.i, found.j)
        self._above, self._before = self._cell(i - 1, j), self._cell(i, j - 1)
        self._forward()
        self._backward()
        self.total = self._any[-1]

    def _cell(self, i: Numbers, j: Numbers) -> Numbers:
        """Numbers of cells; those that are not among the cells have _NONE."""
        at = np.searchsorted(self._keys, i * self._wide + j)
        at = np.minimum(at, len(self._keys) - 1)
        return np.where(self._keys[at] == i * self._wide + j, at, _NONE)

    def _forward(self) -> None:
        opening, extension = self.nulls.opening, self.nulls.extension
        size = len(self.i)
        match, left, any_ = [NEVER] * size, [NEVER] * size, [NEVER] * size
        right = [NEVER] * size
        first = np.searchsorted(self._ends, np.arange(size + 1)).tolist()
        starts, scores = self._starts.tolist(), self.scores.tolist()
        above, before = self._above.tolist(), self._before.tolist()
        for c in range(size):
            m = 0.0 if c == 0 else NEVER
            if first[c] < first[c + 1]:
                m = _sum([any_[starts[e]] + scores[e] for e in range(first[c], first[c + 1])])
            match[c] = m
            up, west = above[c], before[c]
            n = r = NEVER
            if up >= 0:
                left[c] = n = _add(match[up] + opening, left[up] + extension)
            if west >= 0:
                entering = _add(match[west], left[west])
                right[c] = r = _add(entering + opening, right[west] + extension)
            any_[c] = _sum([m, n, r])
        self._match, self._left, self._right, self._any = match, left, right, any_

    def _backward(self) -> None:
        opening, extension = self.nulls.opening, self.nulls.extension
        size = len(self.i)
        order = np.argsort(self._starts, kind="stable")
        first = np.searchsorted(self._starts[order], np.arange(size + 1)).tolist()
        ends, scores = self._ends[order].tolist(), self.scores[order].tolist()
        below, after = [_NONE] * size, [_NONE] * size
        for c, (up, west) in enumerate(
            zip(self._above.tolist(), self._before.tolist(), strict=True)
        ):
            if up >= 0:
                below[up] = c
            if west >= 0:
                after[west] = c
        on_match, on_left, on_right = [NEVER] * size, [NEVER] * size, [NEVER] * size
        for c in range(size - 1, -1, -1):
            onward = 0.0 if c == size - 1 else NEVER
            if first[c] < first[c + 1]:
                onward = _sum(
                    [on_match[ends[e]] + scores[e] for e in range(first[c], first[c + 1])]
                )
            down = on_left[below[c]] if below[c] >= 0 else NEVER
            east = on_right[after[c]] if after[c] >= 0 else NEVER
            turned = _add(onward, east + opening)
            on_match[c] = _add(turned, down + opening)
            on_left[c] = _add(turned, down + extension)
            on_right[c] = _add(onward, east + extension)
        self._on_match, self._on_left, self._on_right = on_match, on_left, on_right

    @cached_property
    def log_probabilities(self) -> Floats:
        """Of each candidate."""
        any_, onward = np.array(self._any), np.array(self._on_match)
        found: Floats = any_[self._starts] + self.scores + onward[self._ends] - self.total
        return found

    @cached_property
    def cell_log_probabilities(self) -> Floats:
        """Of each cell, that an alignment goes through it."""
        ways = [
            np.array(before) + np.array(onward)
            for before, onward in (
                (self._match, self._on_match),
                (self._left, self._on_left),
                (self._right, self._on_right),
            )
        ]
        found: Floats = np.logaddexp.reduce(ways) - self.total
        return found

    @cached_property
    def null_log_probabilities(self) -> NullLogs:
        """Of null beads, by the cell where they end."""
        match, left, right = (np.array(some) for some in (self._match, self._left, self._right))
        on_left = np.array(self._on_left) - self.total
        on_right = np.array(self._on_right) - self.total
        up = np.where(self._above >= 0, match[self._above], NEVER)
        west = np.where(
            self._before >= 0, np.logaddexp(match[self._before], left[self._before]), NEVER
        )
        opening = self.nulls.opening
        return NullLogs(
            left + on_left, up + opening + on_left, right + on_right, west + opening + on_right
        )

    def bets(self, least: float) -> list[Bet]:
        """All beads with a probability of at least `least`, nulls included, in cell order."""
        nulls, found = self.null_log_probabilities, self.found
        bets: list[Bet] = []
        for logs, kind in ((nulls.left, LEFT), (nulls.right, RIGHT)):
            for c in np.flatnonzero(logs > log(least)):
                p = min(exp(logs[c]), 1.0)
                bets.append(Bet(int(self.i[c]), int(self.j[c]), kind, p, 0.0))
        logs = self.log_probabilities
        for e in np.flatnonzero(logs > log(least)):
            kind = int(found.i[e] - found.i0[e]), int(found.j[e] - found.j0[e])
            p = min(exp(logs[e]), 1.0)
            bets.append(Bet(int(found.i[e]), int(found.j[e]), kind, p, float(self.scores[e])))
        return sorted(bets, key=lambda bet: (bet.i, bet.j))


def _add(x: float, y: float) -> float:
    """Logarithm of the sum of two numbers given by theirs."""
    if x < y:
        x, y = y, x
    return x + log(1.0 + exp(y - x)) if y - x > -50.0 else x


def _sum(logs: list[float]) -> float:
    top = max(logs)
    return top + log(sum([exp(x - top) for x in logs]))


def best(
    bets: list[Bet], first: tuple[int, int], last: tuple[int, int], worth: float
) -> list[Bet] | None:
    """The tiling from `first` to `last` whose beads' probabilities, less `worth` each, sum highest.

    A null bead counts with its probability of being null anywhere, since its place is free.
    Returns None when the bets do not make up a tiling.
    """
    anywhere: dict[tuple[Kind, int], float] = {}
    for bet in bets:
        if bet.kind in (LEFT, RIGHT):
            key = bet.kind, bet.i if bet.kind == LEFT else bet.j
            anywhere[key] = anywhere.get(key, 0.0) + bet.probability
    value = {first: 0.0}
    came: dict[tuple[int, int], Bet] = {}
    for bet in bets:
        (a, b), cell = bet.kind, (bet.i, bet.j)
        before = value.get((bet.i - a, bet.j - b))
        if before is None:
            continue
        p = bet.probability
        if not (a and b):
            p = anywhere[bet.kind, bet.i if a else bet.j]
        gain = before + min(p, 1.0) - worth
        if gain > value.get(cell, -np.inf):
            value[cell] = gain
            came[cell] = bet
    path = []
    cell = last
    while cell != first:
        if cell not in came:
            return None
        bet = came[cell]
        path.append(bet)
        cell = (bet.i - bet.kind[0], bet.j - bet.kind[1])
    return path[::-1]
