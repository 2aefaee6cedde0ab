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
    (a, b)
    for a, widest in enumerate((8, 5, 5, 4, 3, 1, 1, 1), 1)
    for b in range(1, widest + 1)
)  # symmetric
LONGEST = 24  # sentences on one side of a bead whose other side is a single one

SHAPES = (
    "1-1", "1-2", "1-3", "1-4", "1-5+", "per further", "2-2", "2-3", "3-3+", "minority",
)  # fmt: skip
NAMES = (
    "similarity", "margin", "similarity by size", "margin by size",
    "coverage left", "coverage right", "leak left", "leak right", "coverage by size",
    "length", "length squared", "length by size",
    *(f"mark {mark}" for mark in MARKS),
    *(f"shape {shape}" for shape in SHAPES),
    "crosses paragraph", "starts together", "starts apart",
    "list mark same", "list mark differs", "heading differs",
)  # fmt: skip
NULL_NAMES = ("null open", "null extend", "null length")


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
    """Computes the features of all candidates of a block; see `NAMES` for their order."""

    def __init__(self, left: Measured, right: Measured) -> None:
        self.left, self.right = left, right
        ratio = max(left.length_sums[-1], 1) / max(right.length_sums[-1], 1)
        self.ratio = float(np.clip(ratio, 0.5, 2.0))
        self.left_is_finer = len(left) > len(right)
        lexical = left.chinese and not right.chinese
        self.links = pairing(left.words, right.words) if lexical else {}

    def of(self, block: Block, kinds: tuple[Kind, ...]) -> Grid:
        """Shape (features, kinds, rows, columns)."""
        out = np.zeros((len(NAMES), len(kinds), *block.shape), dtype=np.float32)
        coverage = _Coverage(self, block, max(a for a, _ in kinds), max(b for _, b in kinds))
        for number, kind in enumerate(kinds):
            size = min((kind[0] + kind[1] - 2) / 2, 6)
            here = out[:, number]
            here[0], here[1] = self._similarity(block, kind)
            here[2], here[3] = here[0] * size, here[1] * size
            here[4:8] = coverage.of(kind)
            here[8] = (here[4] + here[5]) * size / 2
            here[9], here[10] = self._length(block, kind)
            here[11] = here[9] * size
            at = 12
            here[at : at + len(MARKS)] = self._marks(block, kind)
            at += len(MARKS)
            here[at : at + len(SHAPES)] = self._shape(kind)[:, None, None]
            here[at + len(SHAPES) :] = self._structure(block, kind)
        return out

    def _similarity(self, block: Block, kind: Kind) -> tuple[Grid, Grid]:
        (a, b), (rows, cols) = kind, block.shape
        left = self.left.windows.ending(a, block.first_row - a, block.stop_row + a)
        right = self.right.windows.ending(b, block.first_col - b, block.stop_col + b)
        near = left @ right.T
        here = near[a : a + rows, b : b + cols]
        row_there = np.any(left, axis=1)[:, None]
        col_there = np.any(right, axis=1)[None, :]
        count = (
            row_there[:rows] + 0.0 + row_there[2 * a :] + col_there[:, :cols]
            + col_there[:, 2 * b :]
        )  # fmt: skip
        around = (
            near[:rows, b : b + cols] + near[2 * a :, b : b + cols]
            + near[a : a + rows, :cols] + near[a : a + rows, 2 * b :]
        )  # fmt: skip
        return here, here - around / np.maximum(count, 1)

    def _length(self, block: Block, kind: Kind) -> tuple[Grid, Grid]:
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


def _inner(starts: NDArray[np.float64], first: NDArray[np.int64], size: int) -> Grid:
    """How many paragraph starts lie inside runs of `size` sentences from `first` on."""
    sums = np.concatenate([[0.0], np.cumsum(starts)])
    stop = np.minimum(first + size, len(starts) - 1)
    return (sums[stop] - sums[np.minimum(first + 1, stop)]).astype(np.float32)


class _Coverage:
    """Share of the words on each side that have a translation on the other, by the lexicon.

    Leaks: the share that has none inside the bead but one in a sentence next to it.
    """

    def __init__(self, features: Features, block: Block, widest_left: int, widest_right: int):
        self.block = block
        self.empty = not features.links
        if self.empty:
            return
        left, right = features.left, features.right
        self.row0 = max(0, block.first_row - widest_left - 1)
        self.col0 = max(0, block.first_col - widest_right - 1)
        rows = left.words[self.row0 : block.stop_row]
        cols = right.words[self.col0 : block.stop_col]
        zh, en = _numbered(rows), _numbered(cols)
        table = np.zeros((len(zh), len(en)), dtype=np.float32)
        for word, at in zh.items():
            for stem in features.links.get(word, ()):
                if stem in en:
                    table[at, en[stem]] = 1
        self.zh_weights = _weights(rows, zh, left.weights)  # sentences × words
        self.en_weights = _weights(cols, en, right.weights)
        self.zh_home = _cumulative((self.en_weights > 0) @ table.T > 0)  # boundaries × words
        self.en_home = _cumulative((self.zh_weights > 0) @ table > 0)
        self.zh_total = _cumulative(self.zh_weights.sum(axis=1, keepdims=True))[:, 0]
        self.en_total = _cumulative(self.en_weights.sum(axis=1, keepdims=True))[:, 0]
        self._of_zh: dict[int, Vectors] = {}
        self._of_en: dict[int, Vectors] = {}

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
            out[number, at[word]] = weight[word] * count
    return out


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
