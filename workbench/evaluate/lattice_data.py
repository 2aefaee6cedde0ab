"""Reference alignments as the fitting of the chain needs them: features of all candidates."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.align.band import find_band
from workbench.align.chain import ROWS
from workbench.align.features import KINDS, Block, Features, Grid, Kind, length_ratio
from workbench.align.lattice import LEFT, NEVER, RIGHT, Lattice, Nulls, Row
from workbench.align.prepared import Measured, Side
from workbench.encode import Encoder
from workbench.evaluate.scores import Group

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One document with its reference.

    rows: for each row of the band its first column and the features, (features, kinds, width).
    size: sentences on each side.
    path: cells (i, j) where the reference's beads end, with their kinds, in order.
    """

    name: str
    rows: tuple[tuple[int, Grid], ...]
    size: tuple[int, int]
    path: tuple[tuple[int, int, Kind], ...]

    def lattice(self, weights: Floats) -> Lattice:
        """The chain under given weights, those of null beads last (open, extend)."""
        rows = []
        for i, (start, features) in enumerate(self.rows):
            scores = np.tensordot(weights[:-2].astype(np.float32), features, 1)
            for number, (a, b) in enumerate(KINDS):
                if a > i:
                    scores[number] = NEVER
                scores[number, : max(b - start, 0)] = NEVER
            rows.append(Row(start, KINDS, scores))
        n, m = self.size
        return Lattice(rows, Nulls(np.zeros(n), np.zeros(m), *weights[-2:]))


def example(
    name: str, zh: Sequence[str], en: Sequence[str], gold: Sequence[Group], encoder: Encoder
) -> Example:
    """Measure a document; gold is (Chinese, English) whatever the direction of translation."""
    left = Measured(Side(tuple(zh), lang="zh"), True, encoder)
    right = Measured(Side(tuple(en), lang="en"), False, encoder)
    features = Features(left, right)
    paired = [group for group in gold if group[0] and group[1]]
    features.ratio = length_ratio(
        sum(left.lengths[k] for a, _ in paired for k in a),
        sum(right.lengths[k] for _, b in paired for k in b),
    )
    band = find_band(left.windows, right.windows, len(left), len(right))
    rows: list[tuple[int, Grid]] = []
    for first in range(0, len(band), ROWS):
        some = band[first : first + ROWS]
        lower, upper = min(a for a, _ in some), max(b for _, b in some) + 1
        found = features.of(Block(first, first + len(some), lower, upper), KINDS)
        rows += [(a, np.ascontiguousarray(found[:, :, k, a - lower : b - lower + 1]))
                 for k, (a, b) in enumerate(some)]  # fmt: skip
    size = len(left), len(right)
    return Example(name, tuple(rows), size, tuple(path_of(gold, *size)))


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
