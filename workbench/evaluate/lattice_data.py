"""Reference alignments as the fitting of the chain needs them: features of all candidates."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbench.align.candidates import KINDS, Candidates, Grid
from workbench.align.cells import LEFT, RIGHT, Floats, Kind, Numbers
from workbench.align.chain import band_of
from workbench.align.features import PLAIN_NAMES, length_ratio
from workbench.align.lattice import Lattice, Nulls
from workbench.align.pair import Gap, Pair
from workbench.align.prepared import Measured, Side
from workbench.align.scout import scout
from workbench.domain.text import Span
from workbench.encode import Encoder
from workbench.evaluate.scores import Group


@dataclass(frozen=True, slots=True)
class Example:
    """One document with its reference.

    i, j: the cells of the lattice. found: the candidates, with their features, and rough: with
        the score of scouting.
    path: cells (i, j) where the reference's beads end, with their kinds, in order.
    right: the numbers of the candidates that are in the reference.
    """

    name: str
    i: Numbers
    j: Numbers
    found: Candidates
    features: Grid
    rough: Grid
    path: tuple[tuple[int, int, Kind], ...]
    right: Numbers

    def lattice(self, weights: Floats) -> Lattice:
        """The chain under given weights, those of null beads last (open, extend)."""
        scores = weights[:-2].astype(np.float32) @ self.features
        return Lattice(self.i, self.j, self.found, scores, Nulls(*weights[-2:]))

    def for_sieve(self) -> "Example":
        """The same with the features of the sieve."""
        plain = self.features[-len(PLAIN_NAMES) :]
        return replace(self, features=np.concatenate([self.rough[None], plain]))


def example(
    name: str, zh: Sequence[str], en: Sequence[str], gold: Sequence[Group], encoder: Encoder
) -> Example:
    """Measure a document; gold is (Chinese, English) whatever the direction of translation."""
    left = Measured(Side(tuple(zh), lang="zh"), True, encoder)
    right = Measured(Side(tuple(en), lang="en"), False, encoder)
    pair = Pair(left, right)
    paired = [group for group in gold if group[0] and group[1]]
    pair.features.ratio = length_ratio(
        sum(left.lengths[k] for a, _ in paired for k in a),
        sum(right.lengths[k] for _, b in paired for k in b),
    )
    path = path_of(gold, len(left), len(right))
    cells = band_of(pair, [Gap(Span(0, len(left)), Span(0, len(right)))])
    near = scout(pair.features, cells)
    rough = dict(zip(_beads(near.found), near.scores.tolist(), strict=True))
    least = min(rough.values())
    found = _with(near.found, path)
    kept = np.zeros(len(cells) + 1, dtype=np.bool_)  # the last is for what is not in the band
    kept[cells.number(near.i, near.j)] = True
    kept[cells.number(*np.array([(i, j) for i, j, _ in path]).T)] = True
    number = {bead: at for at, bead in enumerate(_beads(found))}
    rights = [number.get((i - a, i, j - b, j)) for i, j, (a, b) in path]
    return Example(
        name, cells.rows[kept[:-1]], cells.cols[kept[:-1]], found, pair.features.of(found),
        np.array([rough.get(bead, least) for bead in number], dtype=np.float32),
        tuple(path), np.array([at for at in rights if at is not None]),
    )  # fmt: skip


def _beads(found: Candidates) -> list[tuple[int, int, int, int]]:
    i0, i, j0, j = (numbers.tolist() for numbers in found)
    return list(zip(i0, i, j0, j, strict=True))


def _with(found: Candidates, path: Sequence[tuple[int, int, Kind]]) -> Candidates:
    """Candidates and, if they are missing, the beads of a path."""
    rows = np.array([(i, j, i - a, j - b) for i, j, (a, b) in path if (a, b) in KINDS])
    both = np.concatenate([np.stack([found.i, found.j, found.i0, found.j0], axis=1), rows])
    i, j, i0, j0 = np.unique(both, axis=0).T
    return Candidates(i0, i, j0, j)


def path_of(gold: Sequence[Group], n: int, m: int) -> list[tuple[int, int, Kind]]:
    """The reference as a path: null beads fill the gaps between the others, left ones first."""
    path: list[tuple[int, int, Kind]] = []
    i = j = 0
    paired = sorted(group for group in gold if group[0] and group[1])
    for left, right in [*paired, ((n,), (m,))]:
        for _ in range(i, min(left)):
            i += 1
            path.append((i, j, LEFT))
        for _ in range(j, min(right)):
            j += 1
            path.append((i, j, RIGHT))
        if min(left) < n:
            kind = max(left) + 1 - i, max(right) + 1 - j
            i, j = i + kind[0], j + kind[1]
            path.append((i, j, kind))
    return path


def with_insertion(
    sides: tuple[list[str], list[str]],
    gold: Sequence[Group],
    side: int,
    foreign: Sequence[str],
    rng: random.Random,
) -> tuple[tuple[list[str], list[str]], list[Group]]:
    """A document with sentences put in between two beads on one side, and its reference."""
    cuts = [0, *(max(group[side]) + 1 for group in gold if group[side])]
    at, size = rng.choice(cuts), len(foreign)
    new = sides[side][:at] + list(foreign) + sides[side][at:]

    def moved(numbers: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(k + size if k >= at else k for k in numbers)

    if side == 0:
        return (new, sides[1]), [(moved(a), b) for a, b in gold]
    return (sides[0], new), [(a, moved(b)) for a, b in gold]


def with_omissions(
    sides: tuple[list[str], list[str]], gold: Sequence[Group], share: float, rng: random.Random
) -> tuple[tuple[list[str], list[str]], list[Group]]:
    """A document in which some 1-1 beads have lost their sentence on either side."""
    lost: tuple[set[int], set[int]] = set(), set()
    for group in gold:
        if len(group[0]) == len(group[1]) == 1 and rng.random() < share:
            side = rng.randrange(2)
            lost[side].add(group[side][0])
    numbers = [
        {old: new for new, old in enumerate(k for k in range(len(sides[s])) if k not in lost[s])}
        for s in (0, 1)
    ]
    left, right = ([text for k, text in enumerate(sides[s]) if k not in lost[s]] for s in (0, 1))
    kept = [
        (
            tuple(numbers[0][k] for k in a if k in numbers[0]),
            tuple(numbers[1][k] for k in b if k in numbers[1]),
        )
        for a, b in gold
    ]
    return (left, right), [group for group in kept if group[0] or group[1]]
