"""Features of candidate beads, for a block of cells of the lattice at a time.

A cell (i, j) says that i left and j right sentences are behind us; a bead of kind (a, b) ending
there takes the last a of the left and the last b of the right ones. Left is the Chinese text.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.align.prepared import MARKS, Measured, pairing
from workbench.encode import Vectors

Grid = NDArray[np.float32]
Kind = tuple[int, int]

KINDS: tuple[Kind, ...] = tuple(
    (a, b) for a, widest in enumerate((8, 5, 5, 4, 3, 1, 1, 1), 1) for b in range(1, widest + 1)
)  # symmetric
LONGEST = 24  # sentences on one side of a bead whose other side is a single one

SHAPES = (
    "1-1", "1-2", "1-3", "1-4", "1-5+", "per further", "2-2", "2-3", "3-3+", "minority",
)  # fmt: skip
NAMES = (
    "similarity", "margin", "shrink", "mean shrink", "grow", "similarity by size", "margin by size",
    "coverage left", "coverage right", "leak left", "leak right", "coverage by size",
    "length", "length squared", "length by size",
    *(f"mark {mark}" for mark in MARKS),
    *(f"shape {shape}" for shape in SHAPES),
    "ends alike", "begins alike", "end meets beginning", "beginning meets end", "quote cut",
    "end sentences", "beginning sentences", "end and beginning sentences",
    "end words", "beginning words", "end and beginning words",
    "crosses paragraph", "starts together", "starts apart",
    "list mark same", "list mark differs", "heading differs",
)  # fmt: skip
NULL_NAMES = ("null open", "null extend")


@dataclass(frozen=True, slots=True)
class Block:
    """Cells (i, j) with first_row <= i < stop_row and first_col <= j < stop_col."""

    first_row: int
    stop_row: int
    first_col: int
    stop_col: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.stop_row - self.first_row, self.stop_col - self.first_col


class Features:
    """Computes the features of all candidates of a block; see `NAMES` for their order.

    ratio: how much longer the left text is; set it anew once it is known which parts of the
        texts translate each other at all.
    """

    def __init__(self, left: Measured, right: Measured) -> None:
        self.left, self.right = left, right
        self.ratio = length_ratio(left.length_sums[-1], right.length_sums[-1])
        self.left_is_finer = len(left) > len(right)
        lexical = left.chinese and not right.chinese
        self.links = pairing(left.words, right.words) if lexical else {}

    def of(self, block: Block, kinds: tuple[Kind, ...]) -> Grid:
        """Shape (features, kinds, rows, columns)."""
        out = np.zeros((len(NAMES), len(kinds), *block.shape), dtype=np.float32)
        coverage = _Coverage(self, block, max(a for a, _ in kinds), max(b for _, b in kinds))
        near = self.similarity(block, kinds)
        edges = np.concatenate([self._edges(block), coverage.edges()])
        for number, kind in enumerate(kinds):
            size = min((kind[0] + kind[1] - 2) / 2, 6)
            here = out[:, number]
            here[:5] = near[kind]
            here[5], here[6] = here[0] * size, here[1] * size
            here[7:11] = coverage.of(kind)
            here[11] = (here[7] + here[8]) * size / 2
            here[12], here[13] = self.length(block, kind)
            here[14] = here[12] * size
            at = 15
            here[at : at + len(MARKS)] = self._marks(block, kind)
            at += len(MARKS)
            here[at : at + len(SHAPES)] = self._shape(kind)[:, None, None]
            at += len(SHAPES)
            here[at : at + len(edges)] = edges
            here[at + len(edges) :] = self._structure(block, kind)
        return out

    def similarity(self, block: Block, kinds: tuple[Kind, ...]) -> dict[Kind, Grid]:
        """For each kind: similarity, margin, shrink, mean shrink and grow.

        The margin compares with beads of the same kind next to this one; shrink says what is
        lost at least by leaving out a sentence at an end, grow what is won at most by adding
        the one next to it.
        """
        near = _Near(self, block)
        out = {}
        for kind in kinds:
            a, b = kind
            here = near.at(kind, 0, 0)
            around, count = near.around(kind)
            smaller = [(k, di, dj) for k, di, dj in (
                ((a - 1, b), 0, 0), ((a - 1, b), -1, 0), ((a, b - 1), 0, 0), ((a, b - 1), 0, -1),
            ) if min(k) > 0]  # fmt: skip
            lost = [here - near.at(k, di, dj) for k, di, dj in smaller] or [here * 0]
            larger = (
                ((a + 1, b), 0, 0), ((a + 1, b), 1, 0), ((a, b + 1), 0, 0), ((a, b + 1), 0, 1),
            )  # fmt: skip
            won = [near.at(k, di, dj) - here for k, di, dj in larger]
            out[kind] = np.stack([
                here, here - around / np.maximum(count, 1),
                np.minimum.reduce(lost), np.mean(lost, axis=0), np.maximum.reduce(won),
            ])  # fmt: skip
        return out

    def _edges(self, block: Block) -> Grid:
        """What the cell itself says, whatever bead ends there; shape (8, rows, columns).

        Similarity of the last clauses before it and of the first ones after it (both speak for
        a cut here), of last with first across the cut (both speak against it), whether the cut
        is inside a quotation on one side only; then the same of whole sentences.
        """
        rows, cols = (block.first_row, block.stop_row), (block.first_col, block.stop_col)
        ends, cols_end = (
            side.edges.ending(*at) for side, at in ((self.left, rows), (self.right, cols))
        )
        begins, cols_begin = (
            side.edges.beginning(*at) for side, at in ((self.left, rows), (self.right, cols))
        )
        quoted = self.left.in_quotation[slice(*rows)], self.right.in_quotation[slice(*cols)]
        near = _Near(self, block)
        single = {(di, dj): near.at((1, 1), di, dj) for di in (0, 1) for dj in (0, 1)}
        return np.stack([
            ends @ cols_end.T, begins @ cols_begin.T, ends @ cols_begin.T, begins @ cols_end.T,
            np.abs(quoted[0][:, None] - quoted[1][None, :]),
            single[0, 0], single[1, 1], single[0, 1] + single[1, 0],
        ])  # fmt: skip

    def length(self, block: Block, kind: Kind) -> tuple[Grid, Grid]:
        """How unequal the lengths of both sides are: log ratio, and difference by chance."""
        left, right = self._spans(self.left.length_sums, self.right.length_sums, block, kind)
        right = right * self.ratio
        total = left + right
        off = np.abs(np.log((left + 6) / (right + 6)))
        squared = np.minimum((left - right) ** 2 / np.maximum(total, 1) / 40, 4)
        return off.astype(np.float32), squared.astype(np.float32)

    def _marks(self, block: Block, kind: Kind) -> Grid:
        out = np.empty((len(MARKS), *block.shape), dtype=np.float32)
        for k in range(len(MARKS)):
            left, right = self._spans(
                self.left.mark_sums[:, k], self.right.mark_sums[:, k], block, kind
            )
            out[k] = np.minimum(np.abs(left - right) / np.sqrt(1 + left + right), 3)
        return out

    def _spans(
        self, left: NDArray[np.float64], right: NDArray[np.float64], block: Block, kind: Kind
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """What cumulative sums say of both sides of each bead, as a column and as a row."""
        rows = np.arange(block.first_row, block.stop_row)
        cols = np.arange(block.first_col, block.stop_col)
        of_left = left[rows] - left[np.maximum(rows - kind[0], 0)]
        of_right = right[cols] - right[np.maximum(cols - kind[1], 0)]
        return of_left[:, None], of_right[None, :]

    def _shape(self, kind: Kind) -> Grid:
        a, b = kind
        few, many = min(kind), max(kind)
        minority = a != b and (a > b) != self.left_is_finer
        shape = (
            kind == (1, 1), few == 1 and many == 2, few == 1 and many == 3,
            few == 1 and many == 4, few == 1 and many >= 5, max(many - 5, 0),
            kind == (2, 2), few == 2 and many > 2, few > 2, minority,
        )  # fmt: skip
        return np.array(shape, dtype=np.float32)

    def _structure(self, block: Block, kind: Kind) -> Grid:
        out = np.zeros((6, *block.shape), dtype=np.float32)
        (a, b), left, right = kind, self.left, self.right
        rows = np.maximum(np.arange(block.first_row, block.stop_row) - a, 0)
        cols = np.maximum(np.arange(block.first_col, block.stop_col) - b, 0)
        if left.side.paragraphs and right.side.paragraphs:
            inner_left = _inner(left.starts_paragraph, rows, a)
            inner_right = _inner(right.starts_paragraph, cols, b)
            out[0] = inner_left[:, None] + inner_right[None, :]
            starts = left.starts_paragraph[rows][:, None], right.starts_paragraph[cols][None, :]
            out[1] = starts[0] * starts[1]
            out[2] = np.abs(starts[0] - starts[1])
        mark_left = np.append(left.list_marks, 0)[rows][:, None]
        mark_right = np.append(right.list_marks, 0)[cols][None, :]
        out[3] = (mark_left == mark_right) & (mark_left > 0)
        out[4] = mark_left != mark_right
        out[5] = np.abs(
            np.append(left.is_heading, 0)[rows][:, None]
            - np.append(right.is_heading, 0)[cols][None, :]
        )
        return out


def length_ratio(left: float, right: float) -> float:
    """How much longer the left text is, within what two translations can differ by."""
    return min(max(left / max(right, 1.0), 0.4), 2.5)


class _Near:
    """Similarities of beads that end in a block of cells or next to it."""

    def __init__(self, features: Features, block: Block) -> None:
        self.left, self.right, self.block = features.left.windows, features.right.windows, block
        self._kept: dict[Kind, tuple[Grid, NDArray[np.bool_], NDArray[np.bool_]]] = {}

    def at(self, kind: Kind, di: int, dj: int) -> Grid:
        """Similarity of the beads of a kind that end di rows and dj columns from each cell."""
        near, _, _ = self._padded(kind)
        (a, b), (rows, cols) = kind, self.block.shape
        return near[a + di : a + di + rows, b + dj : b + dj + cols]

    def around(self, kind: Kind) -> tuple[Grid, Grid]:
        """Sum of the similarities with the runs before and after on either side; how many."""
        near, row_there, col_there = self._padded(kind)
        (a, b), (rows, cols) = kind, self.block.shape
        up, down, here = slice(0, rows), slice(2 * a, 2 * a + rows), slice(a, a + rows)
        before, after, middle = slice(0, cols), slice(2 * b, 2 * b + cols), slice(b, b + cols)
        total = near[up, middle] + near[down, middle] + near[here, before] + near[here, after]
        count = np.add(row_there[up], row_there[down], dtype=np.float32)[:, None] + np.add(
            col_there[before], col_there[after], dtype=np.float32
        )
        return total, count

    def _padded(self, kind: Kind) -> tuple[Grid, NDArray[np.bool_], NDArray[np.bool_]]:
        if kind not in self._kept:
            (a, b), block = kind, self.block
            left = self.left.ending(a, block.first_row - a, block.stop_row + a)
            right = self.right.ending(b, block.first_col - b, block.stop_col + b)
            self._kept[kind] = left @ right.T, (left != 0).any(axis=1), (right != 0).any(axis=1)
        return self._kept[kind]


def _inner(starts: NDArray[np.float64], first: NDArray[np.int64], size: int) -> Grid:
    """How many paragraph starts lie inside runs of `size` sentences from `first` on."""
    sums = np.concatenate([[0.0], np.cumsum(starts)])
    stop = np.minimum(first + size, len(starts) - 1)
    return np.asarray(sums[stop] - sums[np.minimum(first + 1, stop)], dtype=np.float32)


class _Coverage:
    """Share of the words on each side that have a translation on the other, by the lexicon.

    Leaks: the share that has none inside the bead but one in a sentence next to it.
    """

    def __init__(
        self, features: Features, block: Block, widest_left: int, widest_right: int
    ) -> None:
        self.block = block
        self.empty = not features.links
        if self.empty:
            return
        left, right = features.left, features.right
        self.row0 = max(0, block.first_row - widest_left - 1)
        self.col0 = max(0, block.first_col - widest_right - 1)
        rows = left.words[self.row0 : block.stop_row + 1]
        cols = right.words[self.col0 : block.stop_col + 1]
        zh, en = _numbered(rows), _numbered(cols)
        table = np.zeros((len(zh), len(en)), dtype=np.float32)
        for word, at in zh.items():
            for stem in features.links.get(word, ()):
                if stem in en:
                    table[at, en[stem]] = 1
        self.features, self.table, self._at = features, table, (zh, en)
        self.zh_weights = _weights(rows, zh, left.weights)  # sentences × words
        self.en_weights = _weights(cols, en, right.weights)
        self.zh_home = _cumulative((self.en_weights > 0) @ table.T > 0)  # boundaries × words
        self.en_home = _cumulative((self.zh_weights > 0) @ table > 0)
        self.zh_total = _cumulative(self.zh_weights.sum(axis=1, keepdims=True))[:, 0]
        self.en_total = _cumulative(self.en_weights.sum(axis=1, keepdims=True))[:, 0]
        self._of_zh: dict[int, Vectors] = {}
        self._of_en: dict[int, Vectors] = {}

    def edges(self) -> Grid:
        """Shared words of last clauses before, first clauses after, and across each cell.

        Shape (3, rows, columns), each the mean share over both sides.
        """
        out = np.zeros((3, *self.block.shape), dtype=np.float32)
        if self.empty:
            return out
        block, sides = self.block, (self.features.left, self.features.right)
        rows = slice(block.first_row, block.stop_row), slice(block.first_col, block.stop_col)
        at = self._at
        before, after = (
            [_weights(list(words[run]), at[k], side.weights)
             for k, (side, run) in enumerate(zip(sides, rows, strict=True))
             for words in (side.edge_words[which],)]
            for which in (0, 1)
        )  # fmt: skip
        out[0] = _shared(before[0], before[1], self.table)
        out[1] = _shared(after[0], after[1], self.table)
        out[2] = _shared(before[0], after[1], self.table) + _shared(after[0], before[1], self.table)
        return out

    def of(self, kind: Kind) -> Grid | float:
        """Shape (4, rows, columns): coverage left, right, leak left, right."""
        if self.empty:
            return 0.0
        a, b = kind
        rows = np.arange(self.block.first_row, self.block.stop_row) - self.row0
        cols = np.arange(self.block.first_col, self.block.stop_col) - self.col0
        rows0, cols0 = np.maximum(rows - a, 0), np.maximum(cols - b, 0)
        zh_total = np.maximum(self.zh_total[rows] - self.zh_total[rows0], 1)[:, None]
        en_total = np.maximum(self.en_total[cols] - self.en_total[cols0], 1)[None, :]
        found = []
        for wider in (0, 1):
            zh = self._covered_zh(b, wider)[:, cols]
            en = self._covered_en(a, wider)[:, rows]
            found.append(((zh[rows] - zh[rows0]) / zh_total, (en[cols] - en[cols0]).T / en_total))
        (zh, en), (zh_wide, en_wide) = found
        return np.stack([zh, en, zh_wide - zh, en_wide - en]).astype(np.float32)

    def _covered_zh(self, size: int, wider: int) -> Vectors:
        """Weight of Chinese words up to a boundary with a home in a run: boundaries × ends."""
        key = 2 * size + wider
        if key not in self._of_zh:
            home = _run(self.zh_home, size, wider)
            self._of_zh[key] = _cumulative(self.zh_weights @ home.T)
        return self._of_zh[key]

    def _covered_en(self, size: int, wider: int) -> Vectors:
        key = 2 * size + wider
        if key not in self._of_en:
            home = _run(self.en_home, size, wider)
            self._of_en[key] = _cumulative(self.en_weights @ home.T)
        return self._of_en[key]


def _numbered(rows: list[Counter[str]]) -> dict[str, int]:
    return {word: at for at, word in enumerate(dict.fromkeys(w for row in rows for w in row))}


def _weights(rows: list[Counter[str]], at: dict[str, int], weight: dict[str, float]) -> Vectors:
    out = np.zeros((len(rows), len(at)), dtype=np.float32)
    for number, row in enumerate(rows):
        for word, count in row.items():
            if word in at:
                out[number, at[word]] = weight.get(word, 1.0) * count
    return out


def _shared(left: Vectors, right: Vectors, table: Vectors) -> Grid:
    """Mean share of the weight of words on both sides with a counterpart: left × right."""
    of_left = left @ ((right > 0) @ table.T > 0).T / np.maximum(left.sum(axis=1), 1)[:, None]
    of_right = right @ ((left > 0) @ table > 0).T / np.maximum(right.sum(axis=1), 1)[:, None]
    return np.asarray((of_left + of_right.T) / 2, dtype=np.float32)


def _cumulative(x: NDArray[np.generic]) -> Vectors:
    out = np.zeros((len(x) + 1, x.shape[1]), dtype=np.float32)
    np.cumsum(x, axis=0, out=out[1:])
    return out


def _run(home: Vectors, size: int, wider: int) -> Vectors:
    """1 where a word has a home in the run of `size` (and its neighbours) ending there."""
    ends = np.arange(len(home))
    upper = np.minimum(ends + wider, len(home) - 1)
    lower = np.maximum(ends - size - wider, 0)
    return (home[upper] > home[lower]).astype(np.float32)
