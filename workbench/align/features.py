"""Features of candidate beads. Left is the Chinese text.

A group of features is a method of `Features` that takes some candidates and gives an array of
shape (features of the group, candidates). To add one, write such a method, name its features in
`GROUPS` beside it, give each a place in `workbench/evaluate/fit_align.py` (`PRIOR` or `FIXED`) and
fit the weights anew. All but the first group serve the sieve as well (`model.SIEVE_NAMES`). A
group sees all candidates of a stretch of text at once and should work on whole arrays; what depends
on the cell alone is best computed once per cell, as in `_edges`.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.align.candidates import Candidates, Grid
from workbench.align.cells import Floats, Numbers
from workbench.align.coverage import covered, shared
from workbench.align.paragraphs import Cuts
from workbench.align.prepared import MARKS, Measured
from workbench.align.similar import Similarities, dots
from workbench.align.words import Links, link_words
from workbench.progress import Progress, silent

GROUPS: dict[str, tuple[str, ...]] = {
    "similarity": (
        "similarity", "margin", "shrink", "mean shrink", "grow",
        "similarity by size", "margin by size",
    ),
    "coverage": ("coverage left", "coverage right", "leak left", "leak right", "coverage by size"),
    "length": ("length", "length squared", "length by size"),
    "marks": tuple(f"mark {mark}" for mark in MARKS),
    "shape": (
        "shape 1-1", "shape 1-2", "shape 1-3", "shape 1-4", "shape 1-5+", "shape per further",
        "shape 2-2", "shape 2-3", "shape 3-3+", "shape minority",
    ),
    "edges": (
        "ends alike", "begins alike", "end meets beginning", "beginning meets end", "quote cut",
        "end sentences", "beginning sentences", "end and beginning sentences",
    ),
    "edge_words": ("end words", "beginning words", "end and beginning words"),
    "ends": (
        "opens together", "opens apart", "closes together", "closes apart",
        "unfinished apart", "broken apart",
    ),
    "structure": (
        "crosses paragraph", "starts together", "starts apart",
        "list mark same", "list mark differs", "heading differs", "paragraphs apart",
    ),
}  # fmt: skip
NAMES = tuple(name for names in GROUPS.values() for name in names)
PLAIN_NAMES = NAMES[len(GROUPS["similarity"]) :]
"""Those that need no vectors of runs, which cost the most."""
NULL_NAMES = ("null open", "null extend")
ALIGNING = "Aligning"
_AT_ONCE = 8_000  # candidates whose features are computed together


class Features:
    """Computes the features of candidates; see `NAMES` for their order.

    ratio: how much longer the left text is; set it anew once it is known which parts of the
        texts translate each other at all.
    cuts: where paragraphs are surely cut; None until that is known.
    """

    def __init__(self, left: Measured, right: Measured) -> None:
        self.left, self.right = left, right
        self.ratio = length_ratio(left.length_sums[-1], right.length_sums[-1])
        self.left_is_finer = len(left) > len(right)
        self.links: Links | None = None
        self.cuts: Cuts | None = None
        if left.chinese and not right.chinese:
            self.links = link_words(left.words.known, right.words.known)

    def of(self, found: Candidates) -> Grid:
        """All features: shape (len(NAMES), candidates)."""
        return np.concatenate([self.similarity(found), self.plain(found)])

    def similarity(self, found: Candidates, progress: Progress = silent) -> Grid:
        """The features that need vectors of runs: shape (7, candidates)."""
        return self._in_pieces(found, len(GROUPS["similarity"]), self._similarity, progress)

    def plain(self, found: Candidates, progress: Progress = silent) -> Grid:
        """The other features: shape (len(PLAIN_NAMES), candidates)."""
        return self._in_pieces(found, len(PLAIN_NAMES), self._plain, progress)

    @staticmethod
    def _in_pieces(
        found: Candidates, many: int, make: Callable[[Candidates], Grid], progress: Progress
    ) -> Grid:
        out = np.empty((many, len(found)), dtype=np.float32)
        for at in range(0, len(found), _AT_ONCE):
            progress(ALIGNING, at, len(found))
            some = slice(at, at + _AT_ONCE)
            out[:, some] = make(found.some(some))
        return out

    @cached_property
    def _near(self) -> Similarities:
        return Similarities(self.left.windows, self.right.windows)

    def _plain(self, found: Candidates) -> Grid:
        parts: tuple[NDArray[Any], ...] = (
            self._coverage(found), self._length(found), self._marks(found), self._shape(found),
            self._edges(found), self._edge_words(found), self._ends(found), self._structure(found),
        )  # fmt: skip
        return np.concatenate(parts, dtype=np.float32, casting="unsafe")

    def _similarity(self, found: Candidates) -> Grid:
        """How near both sides are in meaning, and compared with what could stand instead.

        The margin compares with beads of the same kind next to this one; shrink says what is
        lost at least by leaving out a sentence at an end, grow what is won at most by adding
        the one next to it.
        """
        i, a, j, b = found.i, found.a, found.j, found.b
        places = (
            (i, a, j, b), (i - a, a, j, b), (i + a, a, j, b), (i, a, j - b, b), (i, a, j + b, b),
            (i, a - 1, j, b), (i - 1, a - 1, j, b), (i, a, j, b - 1), (i, a, j - 1, b - 1),
            (i, a + 1, j, b), (i + 1, a + 1, j, b), (i, a, j, b + 1), (i, a, j + 1, b + 1),
        )  # fmt: skip
        asked = (np.concatenate(some) for some in zip(*places, strict=True))
        values = self._near.of(*asked).reshape(len(places), -1)
        here, around, smaller, larger = values[0], values[1:5], values[5:9], values[9:13]
        n, m = len(self.left), len(self.right)
        there = np.stack([i >= 2 * a, i + a <= n, j >= 2 * b, j + b <= m])
        margin = here - around.sum(axis=0) / np.maximum(there.sum(axis=0), 1)
        lost = here - smaller
        can = np.stack([a > 1, a > 1, b > 1, b > 1])
        least = np.where(can.any(axis=0), np.where(can, lost, np.inf).min(axis=0), 0)
        mean = np.where(can, lost, 0).sum(axis=0) / np.maximum(can.sum(axis=0), 1)
        won = (larger - here).max(axis=0)
        return np.stack([here, margin, least, mean, won, here * found.size, margin * found.size])

    def _coverage(self, found: Candidates) -> Grid:
        """Share of the words on each side with a home on the other, by the lexicon.

        Leaks: the share that has none inside the bead but one in a sentence next to it.
        """
        out = np.zeros((5, len(found)), dtype=np.float32)
        if self.links:
            bags = self.left.words.sentences, self.right.words.sentences
            (out[0], out[2]), (out[1], out[3]) = covered(bags, self.links, found)
        out[4] = (out[0] + out[1]) * found.size / 2
        return out

    def _length(self, found: Candidates) -> Grid:
        """How unequal the lengths of both sides are: log ratio, and difference by chance."""
        off, squared = self.length(found.i0, found.i, found.j0, found.j)
        return np.stack([off, squared, off * found.size])

    def length(self, i0: Numbers, i: Numbers, j0: Numbers, j: Numbers) -> tuple[Floats, Floats]:
        """Log ratio of the lengths of two runs, and their squared difference over the sum."""
        left = self.left.length_sums[i] - self.left.length_sums[i0]
        right = (self.right.length_sums[j] - self.right.length_sums[j0]) * self.ratio
        off = np.abs(np.log((left + 6) / (right + 6)))
        return off, np.minimum((left - right) ** 2 / np.maximum(left + right, 1) / 40, 4)

    def _marks(self, found: Candidates) -> Floats:
        left = (self.left.mark_sums[found.i] - self.left.mark_sums[found.i0]).T
        right = (self.right.mark_sums[found.j] - self.right.mark_sums[found.j0]).T
        return np.minimum(np.abs(left - right) / np.sqrt(1 + left + right), 3)

    def _shape(self, found: Candidates) -> NDArray[np.generic]:
        few, many = np.minimum(found.a, found.b), np.maximum(found.a, found.b)
        one, two = few == 1, few == 2
        minority = (few < many) & ((found.a > found.b) != self.left_is_finer)
        return np.stack([
            one & (many == 1), one & (many == 2), one & (many == 3), one & (many == 4),
            one & (many >= 5), np.maximum(many - 5, 0),
            two & (many == 2), two & (many > 2), few > 2, minority,
        ])  # fmt: skip

    def _edges(self, found: Candidates) -> Grid:
        """What the cell itself says, whatever bead ends there.

        Similarity of the last clauses before it and of the first ones after it (both speak for
        a cut here), of last with first across the cut (both speak against it), whether the cut
        is inside a quotation on one side only; then the same of whole sentences.
        """
        i, j, cell = found.cells()
        rows, row = np.unique(i, return_inverse=True)
        cols, col = np.unique(j, return_inverse=True)
        left, right = self.left.edges, self.right.edges
        before, after = (
            (left.before(rows), right.before(cols)),
            (left.after(rows), right.after(cols)),
        )
        quoted = self.left.in_quotation[i], self.right.in_quotation[j]
        one = np.ones(4 * len(i), dtype=np.int64)
        single = self._near.of(
            np.concatenate([i, i + 1, i, i + 1]), one, np.concatenate([j, j + 1, j + 1, j]), one
        ).reshape(4, -1)
        return np.stack([
            dots(before[0], before[1], row, col), dots(after[0], after[1], row, col),
            dots(before[0], after[1], row, col), dots(after[0], before[1], row, col),
            np.abs(quoted[0] - quoted[1]),
            single[0], single[1], single[2] + single[3],
        ])[:, cell]  # fmt: skip

    def _edge_words(self, found: Candidates) -> Floats:
        """Shared words of last clauses before each cell, of first ones after it, and across it.

        Each the mean share over both sides.
        """
        i, j, cell = found.cells()
        out = np.zeros((3, len(i)))
        if self.links:
            left, right = self.left.words, self.right.words
            for number, bags in (
                (0, (left.before, right.before)), (1, (left.after, right.after)),
                (2, (left.before, right.after)), (2, (left.after, right.before)),
            ):  # fmt: skip
                out[number] += shared(bags, self.links, i, j)
        return out[:, cell]

    def _ends(self, found: Candidates) -> Floats:
        """Whether both sides or one of them begin or end a quotation, or one ends unfinished."""
        left, right = self.left, self.right
        opens = left.opens[found.i0], right.opens[found.j0]
        closes = left.closes[found.i - 1], right.closes[found.j - 1]
        unfinished = left.unfinished[found.i - 1] - right.unfinished[found.j - 1]
        broken = left.broken[found.i - 1] - right.broken[found.j - 1]
        return np.stack([
            opens[0] * opens[1], np.abs(opens[0] - opens[1]),
            closes[0] * closes[1], np.abs(closes[0] - closes[1]),
            np.abs(unfinished), np.abs(broken),
        ])  # fmt: skip

    def _structure(self, found: Candidates) -> Grid:
        out = np.zeros((7, len(found)), dtype=np.float32)
        left, right = self.left, self.right
        if left.side.paragraphs and right.side.paragraphs:
            out[0] = _inner(left.starts_paragraph, found.i0, found.i)
            out[0] += _inner(right.starts_paragraph, found.j0, found.j)
            starts = left.starts_paragraph[found.i0], right.starts_paragraph[found.j0]
            out[1] = starts[0] * starts[1]
            out[2] = np.abs(starts[0] - starts[1])
        marks = left.list_marks[found.i0], right.list_marks[found.j0]
        out[3] = (marks[0] == marks[1]) & (marks[0] > 0)
        out[4] = marks[0] != marks[1]
        out[5] = np.abs(left.is_heading[found.i0] - right.is_heading[found.j0])
        if self.cuts:
            out[6] = self.cuts.apart(*found) > 0
        return out


def length_ratio(left: float, right: float) -> float:
    """How much longer the left text is, within what two translations can differ by."""
    return min(max(left / max(right, 1.0), 0.4), 2.5)


def _inner(starts: Floats, first: Numbers, stop: Numbers) -> Floats:
    """How many paragraph starts lie inside runs of sentences."""
    sums = np.concatenate([[0.0], np.cumsum(starts)])
    inside: Floats = sums[stop] - sums[first + 1]
    return inside
