"""Precision, recall and F1 of beads, strict and lax (Thompson & Koehn 2019, Vecalign's scorer).

Strict: a bead counts when both sides are exactly those of a reference bead. Lax: it counts when
a reference bead shares a segment with it on both sides. A null bead counts like any other, and
only for the segment it leaves alone, not for its place. Joined: strict, for references that are
coarser than minimal beads (verses of scripture): what was found inside one reference bead is one.
"""

import ast
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.domain.alignment import Bead
from workbench.errors import BadInput

Group = tuple[tuple[int, ...], tuple[int, ...]]
"""The segments of a bead, by number, on the source side and on the target side."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts from which precision, recall and F1 follow; add scores to pool documents."""

    right: int = 0
    found: int = 0
    expected: int = 0
    matched: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.right + other.right,
            self.found + other.found,
            self.expected + other.expected,
            self.matched + other.matched,
        )

    @property
    def precision(self) -> float:
        """Share of the beads found that are right; 1 when none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the beads expected that were found; 1 when none was expected."""
        return self.matched / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def to_json(self) -> dict[str, float]:
        """Precision, recall, F1 and the counts."""
        return {
            "precision": round(self.precision, 5),
            "recall": round(self.recall, 5),
            "f1": round(self.f1, 5),
            "found": self.found,
            "expected": self.expected,
        }


def groups(beads: Iterable[Bead]) -> list[Group]:
    """Beads as groups of segment numbers."""
    return [
        (tuple(range(b.src.start, b.src.stop)), tuple(range(b.tgt.start, b.tgt.stop)))
        for b in beads
    ]


def kind_of(group: Group) -> str:
    """ "1-2" and so on."""
    return f"{len(group[0])}-{len(group[1])}"


def strict(found: Sequence[Group], expected: Sequence[Group]) -> Score:
    """Beads that are exactly those of the reference."""
    right = sum((Counter(found) & Counter(expected)).values())
    return Score(right, len(found), len(expected), right)


def lax(found: Sequence[Group], expected: Sequence[Group]) -> Score:
    """Beads that share a segment on both sides with one of the reference."""
    return Score(_touched(found, expected), len(found), len(expected), _touched(expected, found))


def joined(found: Sequence[Group], expected: Sequence[Group]) -> Score:
    """Strict, after neighbouring beads that lie within one bead of the reference are made one.

    So are the published figures for the Bible corpus made (Liu & Zhu 2022, eval_bible.py), whose
    reference goes by verse while aligners find the sentences in it.
    """
    home = [{k: number for number, bead in enumerate(expected) for k in bead[side]}
            for side in (0, 1)]  # fmt: skip
    made: list[Group] = []
    last = None
    for group in found:
        homes = {home[side].get(k) for side in (0, 1) for k in group[side]}
        here = homes.pop() if len(homes) == 1 else None
        if here is not None and here == last:
            made[-1] = made[-1][0] + group[0], made[-1][1] + group[1]
        else:
            made.append(group)
        last = here
    return strict(made, expected)


def by_kind(found: Sequence[Group], expected: Sequence[Group]) -> dict[str, Score]:
    """Strict scores of the beads of each kind, most frequent in the reference first."""
    kinds = [k for k, _ in Counter([*map(kind_of, expected), *map(kind_of, found)]).most_common()]
    return {
        kind: strict([g for g in found if kind_of(g) == kind],
                     [g for g in expected if kind_of(g) == kind])
        for kind in kinds
    }  # fmt: skip


def _touched(ones: Sequence[Group], others: Sequence[Group]) -> int:
    pairs = {(i, j) for src, tgt in others for i in src or (-1,) for j in tgt or (-1,)}
    return sum(
        any((i, j) in pairs for i in src or (-1,) for j in tgt or (-1,)) for src, tgt in ones
    )


def read_gold(path: Path) -> list[Group]:
    """A reference of lines `[src]:[tgt]`, lists of 0-based numbers; anything after is ignored.

    Raises:
        BadInput: a line has another form; says which.
    """
    found: list[Group] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            src, tgt = (ast.literal_eval(part.strip()) for part in line.split(":")[:2])
            found.append((tuple(map(int, src)), tuple(map(int, tgt))))
        except (ValueError, SyntaxError, TypeError):
            raise BadInput(
                f"Line {number} of {path} is not of the form [0, 1]:[0]; correct it."
            ) from None
    return found
