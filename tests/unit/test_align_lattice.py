"""The dynamic program against every alignment of tiny texts, one by one."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.align.lattice import LEFT, NEVER, RIGHT, Lattice, Nulls, Row, best

KINDS = ((1, 1), (1, 2), (2, 1), (2, 2))


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


def score(path, rows, nulls):
    total, last = 0.0, None
    for i, j, kind in path:
        if kind in (LEFT, RIGHT):
            total += nulls.extension if kind == last else nulls.opening
            total += nulls.left[i - 1] if kind == LEFT else nulls.right[j - 1]
        else:
            total += float(rows[i].scores[KINDS.index(kind), j - rows[i].start])
        last = kind
    return total


def lattice_of(n, m, seed, band=None):
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(n + 1):
        lower, upper = band[i] if band else (0, m)
        scores = rng.normal(size=(len(KINDS), upper - lower + 1)).astype(np.float32)
        for k, (a, b) in enumerate(KINDS):
            scores[k, : max(b - lower, 0)] = NEVER
            if a > i:
                scores[k] = NEVER
        rows.append(Row(lower, KINDS, scores))
    nulls = Nulls(rng.normal(size=n), rng.normal(size=m), -1.5, -0.3)
    return rows, nulls


@pytest.mark.parametrize(("n", "m"), [(1, 1), (1, 3), (3, 1), (3, 3), (4, 3), (3, 4)])
@pytest.mark.parametrize("seed", [1, 2])
def test_sums_and_probabilities_are_those_of_all_alignments(n, m, seed):
    rows, nulls = lattice_of(n, m, seed)
    scores = {path: score(path, rows, nulls) for path in tilings(n, m)}
    total = math.log(sum(map(math.exp, scores.values())))
    lattice = Lattice(rows, nulls)
    assert lattice.total == pytest.approx(total, abs=1e-6)
    expected = {}
    for path, value in scores.items():
        for bead in path:
            expected[bead] = expected.get(bead, 0.0) + math.exp(value - total)
    found = {(c.i, c.j, c.kind): c.probability for c in lattice.candidates(1e-9)}
    assert found.keys() == expected.keys()
    for bead, probability in expected.items():
        assert found[bead] == pytest.approx(probability, abs=1e-6)


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_a_band_leaves_out_just_the_alignments_beyond_it(seed):
    n, m, band = 4, 4, [(0, 2), (0, 2), (1, 3), (1, 4), (2, 4)]
    rows, nulls = lattice_of(n, m, seed, band)
    inside = [
        path for path in tilings(n, m) if all(band[i][0] <= j <= band[i][1] for i, j, _ in path)
    ]
    total = math.log(sum(math.exp(score(path, rows, nulls)) for path in inside))
    assert Lattice(rows, nulls).total == pytest.approx(total, abs=1e-6)


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 10_000))
def test_the_result_is_the_tiling_of_highest_expected_worth(n, m, seed):
    rows, nulls = lattice_of(n, m, seed)
    found = Lattice(rows, nulls).candidates(1e-12)
    probability = {(c.i, c.j, c.kind): c.probability for c in found}

    def anywhere(i, j, kind):
        if kind == LEFT:
            return sum(p for (x, _, k), p in probability.items() if k == LEFT and x == i)
        if kind == RIGHT:
            return sum(p for (_, y, k), p in probability.items() if k == RIGHT and y == j)
        return probability[i, j, kind]

    def worth(path):
        return sum(anywhere(*bead) - 0.4 for bead in path)

    path = best(found, n, m, 0.4)
    assert path is not None
    result = worth([(c.i, c.j, c.kind) for c in path])
    assert result == pytest.approx(max(map(worth, tilings(n, m))), abs=1e-6)


def test_no_tiling_gives_none():
    rows, nulls = lattice_of(2, 2, 1)
    found = Lattice(rows, nulls).candidates(1e-12)
    assert best([c for c in found if c.i == 1], 2, 2, 0.4) is None


def test_every_alignment_is_counted_once():
    for n, m in itertools.product(range(1, 4), repeat=2):
        paths = list(tilings(n, m))
        assert len(paths) == len(set(paths))
