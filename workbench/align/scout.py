"""Which beads are worth a close look: a rough score of all in the band, and the best paths by it.

The rough score knows single sentences only: the similarity of a run is that of the sum of its
vectors, its coverage the sum of its sentences'. Both need no more than one number for each cell.
A bead is worth a close look when the best path through it comes near to the best of all.
"""

from dataclasses import dataclass

import numpy as np

from workbench.align.candidates import KINDS, LONG, LONGEST, Near, near_best
from workbench.align.cells import NEVER, Block, Cells, Floats, Kind, Numbers, Paths, Scores
from workbench.align.features import Features
from workbench.align.prepared import Measured
from workbench.align.similar import inside
from workbench.align.words import homes, tabulate
from workbench.encode import Vectors
from workbench.progress import Progress, silent

SCOUTING = "Looking for what may belong together"
_LIMIT = 7.5  # how much worse than the best path one may be, in logarithms
_ROWS = 1000  # scored together
# Rounded from a fit on the texts of `data/README.md`, kinds above 2-1 made cheaper: what matters
# is only that no true bead is lost.
_SIMILARITY, _LEFT, _RIGHT, _LENGTH, _SQUARED, _NULL = 13.5, 2.5, 3.5, -1.75, -4.5, -2.0
_LARGER = 4.5, 2.0  # how much more similarity and coverage count with each step in size
_ONE, _TWO, _ODD, _FURTHER = (0.0, -0.5, -1.0, -1.5, -3.0), (-1.5, -3.0), -4.0, -2.0
_LEAST_NORM = 0.2


def scout(features: Features, cells: Cells, progress: Progress = silent) -> Near:
    """The beads worth a close look, and the cells alignments of them and null beads go through.

    Raises:
        Stopped: raised through `progress`.
    """
    singles = _Singles(features, cells)
    blocks = []
    for first in range(0, len(cells.lower), _ROWS):
        progress(SCOUTING, first, len(cells.lower))
        blocks.append(singles.block(first, min(first + _ROWS, len(cells.lower))))
    sizes = len(cells.lower) - 1, int(cells.upper[-1] - cells.lower[0])
    paths = Paths(cells, blocks, *(np.full(size, _NULL) for size in sizes))
    return near_best(paths, _LIMIT)


class _Singles:
    """Similarity and coverage of the pair of sentences that ends at each cell."""

    def __init__(self, features: Features, cells: Cells) -> None:
        self._features, self._cells = features, cells
        left, right = features.left, features.right
        self._values = np.zeros((3, len(cells) + 1), dtype=np.float32)
        self._values[0, :-1] = inside(left.windows.single, right.windows.single, cells)
        if features.links:
            bags = left.words.sentences, right.words.sentences
            lower, upper = cells.lower[1:] - 1, cells.upper[1:]
            one, other = homes(*bags, features.links, lower, upper, cells.first)
            at = cells.number(one.bag + 1, one.home + 1)
            self._values[1] = tabulate(one, at, len(cells))[0]
            at = cells.number(other.home + 1, other.bag + 1)
            self._values[2] = tabulate(other, at, len(cells))[0]

    def block(self, first: int, stop: int) -> Block:
        """Rough scores of the beads that end in some rows, counted from the first row."""
        cells, features = self._cells, self._features
        some = cells.block(first, stop)
        i, j = cells.rows[some], cells.cols[some]
        kinds = self._kinds(i, j)
        widest = {a: max(b for x, b in kinds if x == a) for a, _ in kinds}
        lefts = _runs(features.left, i, max(widest), 1.0)
        rights = _runs(features.right, j, max(widest.values()), features.ratio)
        # the cell one to the left has the number before, unless it is outside the band
        room = j - cells.lower[i - cells.first]
        scores = np.empty((len(kinds), len(i)), dtype=np.float32)
        leaps = self._leaps(first, stop)
        column = np.zeros((3, len(i)), dtype=np.float32)
        for a in range(1, max(widest) + 1):
            column += self._values[:, cells.number(i - a + 1, j)]
            sums = column.copy()
            outside = (i < a) | cells.apart(i - a, i)
            for b in range(1, widest.get(a, 0) + 1):
                if b > 1:
                    sums[:, b - 1 :] += column[:, : 1 - b] * (room[b - 1 :] >= b - 1)
                score = _score((a, b), sums, lefts[a - 1], rights[b - 1])
                score[outside | (j < b)] = NEVER
                scores[kinds.index((a, b))] = score
        if leaps:
            kinds, scores = _with_leaps(kinds, scores, leaps)
        return Block(first, stop, kinds, scores)

    def _leaps(self, first: int, stop: int) -> list[tuple[Kind, int]]:
        """The kind of each bead between parts that ends in some rows, and its cell among theirs."""
        cells = self._cells
        ends = cells.leaps[1] - cells.first
        here = (ends >= first) & (ends < stop)
        i0, i, j0, j = (some[here] for some in cells.leaps)
        at = cells.number(i, j) - cells.block(first, stop).start
        kinds = zip((i - i0).tolist(), (j - j0).tolist(), strict=True)
        return list(zip(kinds, at.tolist(), strict=True))

    def _kinds(self, i: Numbers, j: Numbers) -> tuple[Kind, ...]:
        """The usual kinds, and 1-n and n-1 up to what the lengths hereabouts allow."""
        left = self._features.left.length_sums
        right = self._features.right.length_sums * self._features.ratio
        rows, cols = (int(i.min()), int(i.max())), (int(j.min()), int(j.max()))
        usual = max(b for _, b in KINDS)
        many = _most(left, rows, right, cols), _most(right, cols, left, rows)
        return (
            *KINDS,
            *((1, b) for b in range(usual + 1, many[0] + 1)),
            *((a, 1) for a in range(usual + 1, many[1] + 1)),
        )


def _with_leaps(
    kinds: tuple[Kind, ...], scores: Scores, leaps: list[tuple[Kind, int]]
) -> tuple[tuple[Kind, ...], Scores]:
    """Kinds and scores with the beads between parts, which are free."""
    all_ = tuple(dict.fromkeys([*kinds, *(kind for kind, _ in leaps)]))
    out = np.full((len(all_), scores.shape[1]), NEVER, dtype=np.float32)
    out[: len(kinds)] = scores
    for kind, at in leaps:
        out[all_.index(kind), at] = 0
    return all_, out


@dataclass(frozen=True, slots=True)
class _Run:
    """The run of some size that ends at each cell: norm of its vectors' sum, words, length."""

    norm: Scores
    words: Scores
    length: Scores
    log_length: Scores


def _runs(side: Measured, ends: Numbers, longest: int, ratio: float) -> list[_Run]:
    """The runs of 1, 2, … sentences up to each end."""
    first = int(ends.min())
    at = np.arange(first, int(ends.max()) + 1)
    norms = _norms(side.windows.single, first, len(at), longest)
    found = []
    for size, norm in enumerate(norms, 1):
        start = np.maximum(at - size, 0)
        length = (side.length_sums[at] - side.length_sums[start]) * ratio
        words = np.maximum(side.words.sentences.sums[at] - side.words.sentences.sums[start], 1)
        values = np.stack([norm, words, length, np.log(length + 6)]).astype(np.float32)
        found.append(_Run(*values[:, ends - first]))
    return found


def _score(kind: Kind, sums: Scores, left: _Run, right: _Run) -> Scores:
    """Rough score of the beads of one kind; sums: of similarity and of covered words."""
    size = np.float32(min((kind[0] + kind[1] - 2) / 2, 6))
    score: Scores = (_SIMILARITY + _LARGER[0] * size) * sums[0] / (left.norm * right.norm)
    score += _shape(kind)
    more = _LARGER[1] * size / 2
    score += (_LEFT + more) * np.minimum(sums[1] / left.words, 1)
    score += (_RIGHT + more) * np.minimum(sums[2] / right.words, 1)
    score += _LENGTH * np.abs(left.log_length - right.log_length)
    off = (left.length - right.length) ** 2 / (left.length + right.length + 1) / 40
    score += _SQUARED * np.minimum(off, 4)
    return score


def _most(one: Floats, at: tuple[int, int], many: Floats, where: tuple[int, int]) -> int:
    """How many neighbouring sentences of one side could stand for a single one of the other."""
    longest = float(np.diff(one[max(at[0] - 1, 0) : at[1] + 1]).max(initial=0))
    starts = np.arange(where[0], where[1] + 1)
    stops = np.searchsorted(many, many[starts] + longest * LONG, side="right") - 1
    return min(int((stops - starts).max()), LONGEST)


def _shape(kind: Kind) -> float:
    few, many = min(kind), max(kind)
    if few > 2:
        return _ODD
    if few == 2:
        return _TWO[min(many, 3) - 2]
    return _ONE[min(many, 5) - 1] + _FURTHER * max(many - 5, 0)


def _norms(vectors: Vectors, first: int, many: int, longest: int) -> Scores:
    """Lengths of the sums of the 1, 2, … vectors up to each of many ends from `first` on."""
    stop = first + many
    sums = np.zeros((many, vectors.shape[1]), dtype=np.float32)
    out = np.empty((longest, many), dtype=np.float32)
    for size in range(1, longest + 1):
        begin = max(first - size, 0)
        if stop > size:
            sums[begin + size - first :] += vectors[begin : stop - size]
        out[size - 1] = np.sqrt(np.einsum("nd,nd->n", sums, sums))
    return np.maximum(out, _LEAST_NORM)
