"""Terms: a list of set expressions with their renderings, and the detector that reads by it."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.detect.rendering import find_rendering, nearest_rendering
from workbench.detect.sides import Pair, pairs
from workbench.domain.review import AlignedTexts, Flag, Severity
from workbench.domain.terms import Term
from workbench.domain.text import Span
from workbench.errors import BadInput

if TYPE_CHECKING:
    from workbench.detect import Context

_COLUMNS = ("src", "preferred", "admitted", "deprecated", "confidence", "note", "source")
_CHINESE_NOTE = "note_zh"  # of the product's own list
_CONFIDENCES = ("high", "medium", "low")


@dataclass(frozen=True)
class TermList:
    """Terms by their Chinese expression; the longest one that fits wins."""

    entries: tuple[Term, ...]

    @classmethod
    def load(cls, *paths: Path) -> "TermList":
        """The product's own list with the entries of `paths` on top, file by file.

        An entry of a later file replaces an earlier one for the same Chinese expression.

        Raises:
            BadInput: a file is no term list: a column is missing, or a line is wrong.
        """
        own = files("workbench.detect").joinpath("data", "terms.csv")
        entries = _parse(own.read_text(encoding="utf-8"), "the product's term list")
        for path in paths:
            entries |= {term.src: term for term in cls.read(path).entries}
        return cls(tuple(entries.values()))

    @classmethod
    def read(cls, path: Path) -> "TermList":
        """The entries of one file alone. Raises BadInput as `load` does."""
        try:
            content = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise BadInput(
                f"{path.name} is not UTF-8 (byte {error.start}); save it as UTF-8."
            ) from error
        return cls(tuple(_parse(content, path.name).values()))

    @cached_property
    def _by_src(self) -> dict[str, Term]:
        return {term.src: term for term in self.entries}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = sorted(self._by_src, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, words)) or r"(?!)")

    def find(self, chinese: str) -> list[tuple[Span, Term]]:
        """The terms in a Chinese text, in order, the longest at each place."""
        return [
            (Span(*match.span()), self._by_src[match[0]])
            for match in self._pattern.finditer(chinese)
        ]


def _parse(content: str, name: str) -> dict[str, Term]:
    reader = csv.DictReader(content.splitlines())
    missing = [column for column in ("src", "preferred") if column not in (reader.fieldnames or ())]
    if missing:
        raise BadInput(
            f"{name} has no column {missing[0]!r}; its first line must name the columns "
            f"{', '.join(_COLUMNS)}."
        )
    entries: dict[str, Term] = {}
    for row in reader:
        values = {column: (row.get(column) or "").strip() for column in _COLUMNS}
        if not values["src"] or not values["preferred"]:
            raise BadInput(
                f"{name}, line {reader.line_num}: a term needs both src and preferred; "
                "fill them in or delete the line."
            )
        confidence = values["confidence"] or "medium"
        if confidence not in _CONFIDENCES:
            raise BadInput(
                f"{name}, line {reader.line_num}: confidence is {confidence!r}; "
                "write high, medium or low."
            )
        entries[values["src"]] = Term(
            values["src"],
            values["preferred"],
            _alternatives(values["admitted"]),
            _alternatives(values["deprecated"]),
            confidence,
            values["note"],
            values["source"],
            (row.get(_CHINESE_NOTE) or "").strip(),
        )
    return entries


def _alternatives(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def good_renderings(term: Term) -> tuple[str, ...]:
    """The renderings that are right, the preferred one first."""
    return (term.preferred, *term.admitted)


@dataclass(frozen=True, slots=True)
class TermUse:
    """A term in a row and how it is rendered.

    en: the English words, None when none of the known renderings is there.
    verdict: "good", "deprecated" or "absent".
    """

    term: Term
    zh: Span
    en: Span | None
    verdict: str


def term_uses(item: Pair, terms: TermList) -> list[TermUse]:
    """Every term of a row with its rendering.

    Right renderings are given out first, longest term first, so that a rendering that is right
    for one term is not held against another.
    """
    found = terms.find(item.zh)
    taken: list[Span] = []
    uses: dict[int, TermUse] = {}
    order = sorted(range(len(found)), key=lambda i: (-len(found[i][0]), i))
    for verdict in ("good", "deprecated"):
        for i in (i for i in order if i not in uses):
            span, term = found[i]
            choices = good_renderings(term) if verdict == "good" else term.deprecated
            place = span.start / max(1, len(item.zh)) * len(item.en)
            if en := find_rendering(item.en, choices, taken, place):
                uses[i] = TermUse(term, span, en, verdict)
                taken.append(en)
    said = {use.term.src for use in uses.values() if use.verdict == "good"}
    for i in (i for i in order if i not in uses):
        span, term = found[i]
        # Said once in English what Chinese says twice.
        uses[i] = TermUse(term, span, None, "good" if term.src in said else "absent")
    return [uses[i] for i in sorted(uses)]


def terms(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """Terms of the list that are not rendered as they should be.

    A rendering known to be wrong is a major finding; an established one that is missing, while
    words like it stand there, is a minor one. Nothing is said of terms with another reading.
    """
    flags: list[Flag] = []
    for item in pairs(texts):
        if item.is_null:
            continue
        uses = term_uses(item, context.terms)
        taken = [use.en for use in uses if use.en and use.verdict == "good"]
        for use in uses:
            if use.verdict == "deprecated":
                flags.append(_deprecated(item, use))
            elif use.verdict == "absent" and use.term.confidence == "high":
                flags += _absent(item, use, taken)
    return flags


def _deprecated(item: Pair, use: TermUse) -> Flag:
    words = use.en.of(item.en) if use.en else ""
    because, because_zh = _because(use.term)
    flag = item.flag(
        "terms", "terminology/wrong-term", Severity.MAJOR, use.zh, use.en,
        (
            f"{use.term.src} is “{use.term.preferred}”, not “{words}”{because}.",
            f"“{use.term.src}”的通行译法是“{use.term.preferred}”，不是“{words}”{because_zh}。",
        ),
        {"high": 0.9, "medium": 0.7, "low": 0.5}[use.term.confidence],
    )  # fmt: skip
    return replace(flag, suggestion=use.term.preferred)


def _because(term: Term) -> tuple[str, str]:
    note = term.note.rstrip(".")
    return (f" ({note})", f"（{term.note_zh or note}）") if note else ("", "")


def _absent(item: Pair, use: TermUse, taken: Sequence[Span]) -> list[Flag]:
    place = use.zh.start / max(1, len(item.zh)) * len(item.en)
    en = nearest_rendering(item.en, use.term.preferred, taken, place)
    if en is None:
        return []
    flag = item.flag(
        "terms", "terminology/wrong-term", Severity.MINOR, use.zh, en,
        (
            f"{use.term.src} is usually “{use.term.preferred}”; the English has "
            f"“{en.of(item.en)}”.",
            f"“{use.term.src}”通常译作“{use.term.preferred}”，此处译作“{en.of(item.en)}”。",
        ),
        0.5,
    )  # fmt: skip
    return [replace(flag, suggestion=use.term.preferred)]
