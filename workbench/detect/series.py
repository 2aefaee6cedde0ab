"""Chinese lists: members joined by 、, and clauses that begin alike (共…，共…，共…)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from workbench.domain.text import Span

_FEWEST = 3  # members that make a list worth counting
_CLAUSE = re.compile(r"[^，,。；;：:！!？?（）()\s]+")
_MARK = re.compile("、")
_JOINT = re.compile(r"(?<=[^\W\d])(?:以及|和|及|与)(?=[^\W\d])")
_SENTENCE = re.compile(r"[^。！!？?；;\n]+")


@dataclass(frozen=True, slots=True)
class Series:
    """Members of a list, in order. opening: the character that each begins with, or ""."""

    members: tuple[Span, ...]
    opening: str = ""

    def touched(self, span: Span) -> int:
        """How many members a span overlaps."""
        return sum(member.overlaps(span) for member in self.members)


def series(text: str) -> Iterator[Series]:
    """The lists of a Chinese text."""
    for clause in _CLAUSE.finditer(text):
        if "、" in clause[0]:
            members = _cut(text, Span(*clause.span()))
            if len(members) >= _FEWEST:
                yield Series(members)
    for sentence in _SENTENCE.finditer(text):
        clauses = [
            Span(sentence.start() + clause.start(), sentence.start() + clause.end())
            for clause in _CLAUSE.finditer(sentence[0])
        ]
        for opening, alike in groupby(clauses, key=lambda clause: text[clause.start]):
            found = tuple(alike)
            if len(found) >= _FEWEST and opening.isalpha():
                yield Series(found, opening)


def _cut(text: str, clause: Span) -> tuple[Span, ...]:
    """The members of a clause. 和 joins the last one; before that it joins parts of a member."""
    cuts = [mark.span() for mark in _MARK.finditer(text, clause.start, clause.stop)]
    joint = _JOINT.search(text, cuts[-1][1], clause.stop)
    if joint:
        cuts.append(joint.span())
    starts = [clause.start, *(stop for _, stop in cuts)]
    stops = [*(start for start, _ in cuts), clause.stop]
    return tuple(Span(a, b) for a, b in zip(starts, stops, strict=True) if a < b)
