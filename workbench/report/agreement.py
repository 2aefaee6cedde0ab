"""How far several people who reviewed the same alignment agree, for each type of annotation.

The figures answer two questions apart: *where* (did they mark the same rows, the same words) and
*what* (of the words that two or more marked, did they give the same category and severity).
Words are the words of the English and the characters of the Chinese, on both sides together.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.domain.notes import Annotation
from workbench.domain.review import AnnotationKind, Severity
from workbench.domain.text import Span
from workbench.report.alpha import Alpha, Metric, Value, alpha

Unit = dict[str, Value]
WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W\u3400-\u4dbf\u4e00-\u9fff]+(?:['’-]\w+)*")


@dataclass(frozen=True, slots=True)
class Record:
    """What one person wrote. decisions: verdicts by fingerprint. statuses: by id of a row."""

    name: str
    annotations: Sequence[Annotation]
    decisions: Mapping[str, str]
    statuses: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """What all of them had before them: the rows, as (id, Chinese, English), and both texts."""

    rows: Sequence[tuple[str, Span, Span]]
    src: str
    tgt: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """One figure. of: "error", "choice", "comment", "decision" or "status". by: "row", "word" or
    "flag". what: "marked", "category", "severity", "verdict" or "status"."""

    of: str
    by: str
    what: str
    alpha: Alpha


def agreement(records: Sequence[Record], ground: Ground) -> list[Agreement]:
    """Every figure that these people give occasion to; a type nobody used has none."""
    found: list[Agreement] = []
    words = _words(ground)
    for kind in (AnnotationKind.ERROR, AnnotationKind.CHOICE, AnnotationKind.COMMENT):
        said = {
            record.name: [note for note in record.annotations if note.kind is kind]
            for record in records
        }
        if any(said.values()):
            found += _of_kind(str(kind), said, ground, words)
    names = [record.name for record in records]
    flags = _units(names, [record.decisions for record in records])
    if flags:
        found.append(Agreement("decision", "flag", "verdict", alpha(flags)))
    rows = _units(names, [record.statuses for record in records])
    if rows:
        found.append(Agreement("status", "row", "status", alpha(rows)))
    return found


def _units(names: Sequence[str], values: Sequence[Mapping[str, str]]) -> list[Unit]:
    """One unit for each key that anybody gave a value to."""
    keys = dict.fromkeys(key for mapping in values for key in mapping)
    return [
        {name: mapping[key] for name, mapping in zip(names, values, strict=True) if key in mapping}
        for key in keys
    ]


@dataclass(frozen=True)
class _Words:
    """The words of both texts: where each begins and ends, and the row it is in."""

    spans: dict[str, list[Span]]
    rows: dict[str, list[str]]

    def under(self, side: str, span: Span | None) -> Iterable[tuple[str, int]]:
        """The words that a span touches."""
        if span is None:
            return
        spans = self.spans[side]
        number = bisect_left(spans, span.start, key=lambda word: word.stop)
        while number < len(spans) and spans[number].start < span.stop:
            if spans[number].overlaps(span):
                yield side, number
            number += 1


def _words(ground: Ground) -> _Words:
    spans: dict[str, list[Span]] = {"src": [], "tgt": []}
    rows: dict[str, list[str]] = {"src": [], "tgt": []}
    for id_, src, tgt in ground.rows:
        for side, span, content in (("src", src, ground.src), ("tgt", tgt, ground.tgt)):
            for match in WORD.finditer(content, span.start, span.stop):
                spans[side].append(Span(*match.span()))
                rows[side].append(id_)
    return _Words(spans, rows)


def _of_kind(
    kind: str, said: Mapping[str, Sequence[Annotation]], ground: Ground, words: _Words
) -> list[Agreement]:
    marked = {name: _marks(notes, words) for name, notes in said.items()}
    rows = {
        name: {words.rows[side][number] for side, number in marks} for name, marks in marked.items()
    }
    by_row = [{name: int(id_ in seen) for name, seen in rows.items()} for id_, _, _ in ground.rows]
    places = [(side, n) for side in ("src", "tgt") for n in range(len(words.spans[side]))]
    of_rows = [words.rows[side][number] for side, number in places]
    by_word: list[Unit] = [
        {name: int(place in marks) for name, marks in marked.items()} for place in places
    ]
    found = [
        Agreement(kind, "row", "marked", alpha(by_row)),
        Agreement(kind, "word", "marked", alpha(by_word, groups=of_rows)),
    ]
    if kind != AnnotationKind.COMMENT:
        found.append(_what(kind, "category", marked, places, of_rows))
    if kind == AnnotationKind.ERROR:
        found.append(_what(kind, "severity", marked, places, of_rows))
    return found


def _what(
    kind: str,
    what: str,
    marked: Mapping[str, Mapping[tuple[str, int], Annotation]],
    places: Sequence[tuple[str, int]],
    of_rows: Sequence[str],
) -> Agreement:
    """Agreement on the words that a person marked; others say nothing of them."""
    units: list[Unit] = [
        {name: str(getattr(marks[place], what)) for name, marks in marked.items() if place in marks}
        for place in places
    ]
    metric: Metric = "ordinal" if what == "severity" else "nominal"
    order = tuple(map(str, Severity)) if what == "severity" else ()
    return Agreement(kind, "word", what, alpha(units, metric=metric, order=order, groups=of_rows))


def _marks(notes: Sequence[Annotation], words: _Words) -> dict[tuple[str, int], Annotation]:
    """The annotation of each marked word; of several the gravest, then the first in the text."""

    def weight(note: Annotation) -> tuple[int, tuple[int, int], str]:
        spans = [(span.start, span.stop) for span in (note.tgt, note.src) if span]
        return (-note.severity.rank if note.severity else 0, spans[0], note.category)

    found: dict[tuple[str, int], Annotation] = {}
    for note in sorted(notes, key=weight):
        for place in (*words.under("src", note.src), *words.under("tgt", note.tgt)):
            found.setdefault(place, note)
    return found
