"""The dynamic programs against every alignment of tiny texts, one by one."""

import itertools
import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.align.candidates import Candidates, near_best
from workbench.align.cells import LEFT, NEVER, RIGHT, Block, Cells, Paths
from workbench.align.lattice import Lattice, Nulls, best

KINDS = ((1, 1), (1, 2), (2, 1), (2, 2))
NULLS = Nulls(-1.5, -0.3)


def tilings(n, m):
    """All ways from (0, 0) to (n, m), with left nulls before right ones in adjoining runs."""

    def walk(i, j, last):
        if (i, j) == (n, m):
            yield ()
            return
        for a, b in (*KINDS, LEFT, RIGHT):
            if i + a <= n and j + b <= m and not ((a, b) == LEFT and last == RIGHT):
                for rest in walk(i + a, j + b, (a, b)):
                    yield ((i + a, j + b, (a, b)), *rest)

    return walk(0, 0, None)


def score(path, scores):
    total, last = 0.0, None
    for bead in path:
        if bead[2] in (LEFT, RIGHT):
            total += NULLS.extension if bead[2] == last else NULLS.opening
        else:
            total += scores[bead]
        last = bead[2]
    return total


def lattice_of(n, m, seed, inside=lambda i, j: True):
    """A lattice of all beads between some cells, with random scores by (i, j, kind)."""
    rng = np.random.default_rng(seed)
    cells = [(i, j) for i in range(n + 1) for j in range(m + 1) if inside(i, j)]
    scores = {
        (i, j, (a, b)): float(rng.normal())
        for i, j in cells
        for a, b in KINDS
        if (i - a, j - b) in cells
    }
    rows = np.array([(i - a, i, j - b, j) for i, j, (a, b) in scores]).reshape(-1, 4).T
    i, j = np.array(cells).T
    return Lattice(i, j, Candidates(*rows), np.array(list(scores.values())), NULLS), scores


@pytest.mark.parametrize(("n", "m"), [(1, 1), (1, 3), (3, 1), (3, 3), (4, 3), (3, 4)])
@pytest.mark.parametrize("seed", [1, 2])
def test_sums_and_probabilities_are_those_of_all_alignments(n, m, seed):
    lattice, scores = lattice_of(n, m, seed)
    values = {path: score(path, scores) for path in tilings(n, m)}
    total = math.log(sum(map(math.exp, values.values())))
    assert lattice.total == pytest.approx(total, abs=1e-6)
    expected = {}
    for path, value in values.items():
        for bead in path:
            expected[bead] = expected.get(bead, 0.0) + math.exp(value - total)
    found = {(bet.i, bet.j, bet.kind): bet.probability for bet in lattice.bets(1e-12)}
    assert found.keys() == expected.keys()
    for bead, probability in expected.items():
        assert found[bead] == pytest.approx(probability, abs=1e-6)
    through = np.exp(lattice.cell_log_probabilities)
    for cell, (i, j) in enumerate(zip(lattice.i.tolist(), lattice.j.tolist(), strict=True)):
        there = [v for p, v in values.items() if (i, j) in [(0, 0), *(b[:2] for b in p)]]
        assert through[cell] == pytest.approx(sum(math.exp(v - total) for v in there), abs=1e-6)


@pytest.mark.parametrize("seed", [3, 4])
def test_null_beads_that_begin_a_run_are_told_from_those_that_go_on(seed):
    lattice, scores = lattice_of(3, 3, seed)
    values = {path: score(path, scores) for path in tilings(3, 3)}
    opened = total = 0.0
    for path, value in values.items():
        share = math.exp(value - lattice.total)
        kinds = [kind for _, _, kind in path]
        nulls = [k for k, kind in enumerate(kinds) if kind in (LEFT, RIGHT)]
        total += share * len(nulls)
        opened += share * sum(k == 0 or kinds[k - 1] != kinds[k] for k in nulls)
    logs = lattice.null_log_probabilities
    assert np.exp(logs.left).sum() + np.exp(logs.right).sum() == pytest.approx(total)
    begun = np.exp(logs.left_opened).sum() + np.exp(logs.right_opened).sum()
    assert begun == pytest.approx(opened)


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_cells_that_were_not_kept_leave_out_just_the_alignments_through_them(seed):
    band = [(0, 2), (0, 2), (1, 3), (1, 4), (2, 4)]

    def inside(i, j):
        return band[i][0] <= j <= band[i][1] and (i, j) != (2, 2)

    lattice, scores = lattice_of(4, 4, seed, inside)
    paths = [p for p in tilings(4, 4) if all(inside(i, j) for i, j, _ in p)]
    total = math.log(sum(math.exp(score(path, scores)) for path in paths))
    assert lattice.total == pytest.approx(total, abs=1e-6)


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 10_000))
def test_the_result_is_the_tiling_of_highest_expected_worth(n, m, seed):
    found = lattice_of(n, m, seed)[0].bets(1e-12)
    probability = {(bet.i, bet.j, bet.kind): bet.probability for bet in found}

    def anywhere(i, j, kind):
        if kind == LEFT:
            return sum(p for (x, _, k), p in probability.items() if k == LEFT and x == i)
        if kind == RIGHT:
            return sum(p for (_, y, k), p in probability.items() if k == RIGHT and y == j)
        return probability[i, j, kind]

    def worth(path):
        return sum(anywhere(*bead) - 0.4 for bead in path)

    path = best(found, (0, 0), (n, m), 0.4)
    assert path is not None
    result = worth([(bet.i, bet.j, bet.kind) for bet in path])
    assert result == pytest.approx(max(map(worth, tilings(n, m))), abs=1e-6)


def test_no_tiling_gives_none():
    found = lattice_of(2, 2, 1)[0].bets(1e-12)
    assert best([bet for bet in found if bet.i == 1], (0, 0), (2, 2), 0.4) is None


def test_every_alignment_is_counted_once():
    for n, m in itertools.product(range(1, 4), repeat=2):
        paths = list(tilings(n, m))
        assert len(paths) == len(set(paths))


@st.composite
def bands(draw):
    """A band with its first and last cell, a few rows high, whose bounds never fall."""
    n = draw(st.integers(0, 5))
    lower = sorted(draw(st.lists(st.integers(0, 4), min_size=n, max_size=n)))
    upper = [low + draw(st.integers(0, 3)) for low in lower]
    upper = list(itertools.accumulate(upper, max))
    lower, upper = [0, *lower], [draw(st.integers(0, 2)), *upper]
    upper = list(itertools.accumulate(upper, max))
    first, start = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    return Cells(first, np.array(lower) + start, np.array(upper) + start)


@given(bands())
def test_cells_are_numbered_row_by_row(cells):
    numbers = cells.number(cells.rows, cells.cols)
    assert numbers.tolist() == list(range(len(cells)))
    inside = set(zip(cells.rows.tolist(), cells.cols.tolist(), strict=True))
    for i, j in itertools.product(range(-1, 12), repeat=2):
        at = int(cells.number(np.array([i]), np.array([j]))[0])
        assert (at < len(cells)) == ((i, j) in inside)


def best_value(paths, start, end):
    """The score of the best path from one cell to another, by trying all ways into each cell."""
    cells, scores = paths.cells, np.concatenate([b.scores for b in paths.blocks], axis=1)

    def number(i, j):
        return int(cells.number(np.array([i]), np.array([j]))[0])

    def ways(i, j):
        if i > start[0]:
            yield i - 1, j, paths.left[i - cells.first - 1]
        if j > start[1]:
            yield i, j - 1, paths.right[j - int(cells.lower[0]) - 1]
        for k, (a, b) in enumerate(KINDS):
            yield i - a, j - b, float(scores[k, number(i, j)])

    @cache
    def value(i, j):
        if (i, j) == start:
            return 0.0
        before = (value(x, y) + s for x, y, s in ways(i, j) if number(x, y) < len(cells))
        return max(before, default=NEVER)

    return value(*end)


def paths_of(cells, seed, rows):
    """Random scores of all beads in a band, `rows` rows in each block, and of null beads."""
    rng = np.random.default_rng(seed)
    n, m = len(cells.lower) - 1, int(cells.upper[-1] - cells.lower[0])
    scores = rng.normal(size=(len(KINDS), len(cells))).astype(np.float32)
    blocks = []
    for first in range(0, n + 1, rows):
        stop = min(first + rows, n + 1)
        blocks.append(Block(first, stop, KINDS, scores[:, cells.block(first, stop)]))
    ends = (cells.first, int(cells.lower[0])), (cells.first + n, int(cells.upper[-1]))
    return Paths(cells, blocks, rng.normal(size=n), rng.normal(size=m)), *ends


@settings(deadline=None, max_examples=60)
@given(bands(), st.integers(0, 10_000), st.integers(1, 3))
def test_best_paths_are_those_of_all_paths_in_the_band(cells, seed, rows):
    paths, start, end = paths_of(cells, seed, rows)
    expected = best_value(paths, start, end)
    if expected < NEVER / 2:
        return  # no path
    assert paths.to[-1] == pytest.approx(expected, abs=1e-5)
    onward = paths.onward(paths.steps(np.inf))
    assert onward[0] == pytest.approx(expected, abs=1e-5)
    assert (paths.to + onward).max() == pytest.approx(expected, abs=1e-5)
    found = paths.best()
    assert sum(s for _, _, _, s in found) == pytest.approx(expected, abs=1e-5)
    assert [(i - a, j - b) for i, j, (a, b), _ in found] == [start, *found_ends(found)][:-1]
    assert [start, *found_ends(found)][-1] == end


def found_ends(found):
    return [(i, j) for i, j, _, _ in found]


@settings(deadline=None, max_examples=60)
@given(bands(), st.integers(0, 10_000), st.floats(0, 6))
def test_candidates_are_the_beads_on_paths_near_the_best(cells, seed, limit):
    paths, start, end = paths_of(cells, seed, 2)
    least = best_value(paths, start, end) - limit
    if least < NEVER / 2:
        return  # no path
    near = near_best(paths, limit)
    kept = set(zip(near.i.tolist(), near.j.tolist(), strict=True))
    rows, cols = cells.rows.tolist(), cells.cols.tolist()
    there = list(zip(rows, cols, strict=True))
    to = {cell: best_value(paths, start, cell) for cell in there}
    onward = {cell: best_value(paths, cell, end) for cell in there}
    scores = np.concatenate([block.scores for block in paths.blocks], axis=1)
    expected = {
        (i - a, i, j - b, j): float(scores[k, at]) + to.get((i - a, j - b), NEVER) + onward[i, j]
        for at, (i, j) in enumerate(there)
        for k, (a, b) in enumerate(KINDS)
    }
    beads = list(zip(*(some.tolist() for some in near.found), strict=True))
    ends = [(i, j) for _, i, _, j in beads]
    assert ends == sorted(ends)
    for bead, value in expected.items():
        if abs(value - least) > 1e-4:
            assert (bead in beads) == (value > least)
    score_of = {(i - a, i, j - b, j): float(scores[k, at])
                for at, (i, j) in enumerate(there) for k, (a, b) in enumerate(KINDS)}  # fmt: skip
    assert near.scores.tolist() == [score_of[bead] for bead in beads]
    for cell in there:
        if abs(to[cell] + onward[cell] - least) > 1e-4:
            assert (cell in kept) == (to[cell] + onward[cell] > least)


@given(bands(), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=5))
def test_beads_begin_at_the_cells_that_their_sizes_say(cells, kinds):
    for first in range(len(cells.lower)):
        some = cells.block(first, len(cells.lower))
        found = cells.origins(first, len(cells.lower), kinds)
        for (a, b), before in zip(kinds, found, strict=True):
            expected = cells.number(cells.rows[some] - a, cells.cols[some] - b)
            assert before.tolist() == expected.tolist()
