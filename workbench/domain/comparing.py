"""Two texts in one language side by side: what both say, what only one says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from workbench.domain.diff import Piece
from workbench.domain.text import Span, Text

Kind = Literal["both", "first", "second"]


@dataclass(frozen=True, slots=True)
class Alike:
    """Sentences of both texts that say the same; numbers from 0, one side may be empty.

    likeness: from 0 to 1; 0 when one side is empty. moved: whether the order differs here.
    """

    first: tuple[int, ...]
    second: tuple[int, ...]
    likeness: float = 0.0
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Facing:
    """One row of a comparison.

    kind: whether both texts have it, or one. first, second: characters of the texts; empty spans
    say where it is missing. pieces: the two wordings compared word by word, if both have one.
    src: the original's words, for two translations. lacks: words of the original that only the
    first, or only the second, leaves out. rows: ids of the rows of two bitexts, for links.
    """

    kind: Kind
    first: Span
    second: Span
    likeness: float
    moved: bool
    pieces: tuple[Piece, ...] = ()
    src: str = ""
    lacks: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    rows: tuple[str, str] = ("", "")

    @property
    def same(self) -> bool:
        """Whether both have the same words."""
        return self.kind == "both" and all(piece.kind == "same" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two texts compared. bitexts: ids when they are translations of one original, else ""."""

    first: Text
    second: Text
    rows: tuple[Facing, ...]
    bitexts: tuple[str, str] = ("", "")

    def count(self, kind: Kind) -> int:
        """How many rows of a kind there are."""
        return sum(row.kind == kind for row in self.rows)

    @property
    def same(self) -> int:
        """How many rows have the same words in both."""
        return sum(row.same for row in self.rows)


def in_order(rows: Sequence[Alike]) -> list[Alike]:
    """Rows by the first text; what only the second has stands after what it follows there.

    What is crossed by the longest run of pairs in the same order counts as moved.
    """
    pairs = sorted((row for row in rows if row.first and row.second), key=lambda r: r.first)
    steady = _longest_rising([row.second[0] for row in pairs])
    placed: list[tuple[tuple[float, float], Alike]] = []
    by_second = {}
    for number, row in enumerate(pairs):
        moved = number not in steady
        here = Alike(row.first, row.second, row.likeness, moved)
        placed.append(((row.first[0], -1.0), here))
        if not moved:
            by_second[row.second[-1]] = row.first[-1]
    for row in rows:
        if not row.second:
            placed.append(((row.first[0], -1.0), row))
        elif not row.first:
            before = [n for n in by_second if n < row.second[0]]
            at = by_second[max(before)] if before else -1
            placed.append(((at, float(row.second[0])), row))
    return [row for _, row in sorted(placed, key=lambda item: item[0])]


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Positions of the longest rising run of some numbers."""
    best: list[list[int]] = []
    for at, number in enumerate(numbers):
        before = [run for run in best if numbers[run[-1]] < number]
        best.append([*_longest(before), at])
    return set(_longest(best))


def _longest(runs: Sequence[list[int]]) -> list[int]:
    return max(runs, key=lambda run: len(run), default=[])
