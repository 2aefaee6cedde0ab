"""Which rows and words each figure of a report comes from."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from workbench.domain.review import AnnotationKind, Severity
from workbench.domain.text import Span
from workbench.report.score import Scorecard
from workbench.report.values import Origin
from workbench.services.views import RowView, SideView

_WORDS = 60  # characters of a row that are quoted where no words are meant
_ROW = 400  # characters of each side, where the row itself is meant
_MISSING = 0.5  # a word less sure than this to have a counterpart is named
_DOUBT = 0.005  # a row less likely to be wrong is not named

_ORDER = ("rows", "kind", "confirmed", "doubt", "errors", "error", "open", "flag")

Numbered = tuple[int, RowView]
Words = Sequence[tuple[Span, float]]


def sources(rows: Iterable[Numbered], card: Scorecard) -> dict[str, tuple[Origin, ...]]:
    """The origins of each figure. rows: with their numbers on the page.

    Keys: "rows" for all rows with both texts; "kind 1-2", "confirmed", "flag DETECTOR VERDICT"
    and "error CATEGORY SEVERITY" for the counts; "errors" for the penalty points, "open" for
    those that are expected of open flags, "doubt" for the rows that are expected to be wrong.
    """
    found: dict[str, list[Origin]] = {}
    for number, row in rows:
        for key, origin in _of_row(number, row, card):
            found.setdefault(key, []).append(origin)
    return {key: tuple(found[key]) for key in sorted(found, key=_place)}


def _place(key: str) -> tuple[int, str]:
    kind = key.partition(" ")[0]
    return _ORDER.index(kind), key


def _of_row(number: int, row: RowView, card: Scorecard) -> Iterator[tuple[str, Origin]]:
    src, tgt = _words(row.src), _words(row.tgt)
    whole = tgt or src
    size = characters(src), characters(tgt), word_count(tgt)
    yield "rows", Origin(number, row.id, cut(tgt, _ROW), cut(src, _ROW), size=size)
    yield f"kind {row.kind}", Origin(number, row.id, "")
    if row.confirmed:
        yield "confirmed", Origin(number, row.id, "")
    elif row.is_pair and row.probability is not None and 1 - row.probability >= _DOUBT:
        yield "doubt", Origin(number, row.id, cut(whole), share=1 - row.probability)
    yield from _of_flags(number, row, card, whole)
    for note in row.notes:
        said = note.annotation
        if said.kind is AnnotationKind.ERROR:
            severity = said.severity or Severity.NEUTRAL
            words = cut(note.tgt_words or note.src_words or whole)
            points = card.penalty(said.category, severity)
            yield f"error {said.category} {severity}", Origin(number, row.id, words)
            yield "errors", Origin(number, row.id, words, share=points)


def _of_flags(
    number: int, row: RowView, card: Scorecard, whole: str
) -> Iterator[tuple[str, Origin]]:
    from workbench.detect.record import track_record

    for view in row.flags:
        flag = view.flag
        words = cut(flag.tgt_words or flag.src_words or whole)
        verdict = str(view.decision.verdict) if view.decision else "open"
        yield f"flag {flag.detector} {verdict}", Origin(number, row.id, words)
        record = track_record(flag.detector)
        if view.open:
            points = card.penalty(flag.category, flag.severity) * record.share if record else None
            yield "open", Origin(number, row.id, words, share=points)


def uncovered(number: int, row: str, text: str, words: Words) -> Origin | None:
    """The words of one side of a row that have no counterpart; None when all have one.

    text: of the side. words: its words with how surely each has a counterpart; none for a row
    without the other side.
    """
    if not words:
        return Origin(number, row, cut(text, _ROW))
    runs = []
    for missing, group in groupby(words, key=lambda word: word[1] < _MISSING):
        spans = [span for span, _ in group]
        if missing:
            runs.append(text[spans[0].start : spans[-1].stop])
    return Origin(number, row, " … ".join(runs)) if runs else None


def characters(text: str) -> int:
    """How many letters, digits and Chinese characters a text has."""
    return sum(char.isalnum() for char in text)


def word_count(text: str) -> int:
    """How many words between blanks hold any of these."""
    return sum(any(char.isalnum() for char in word) for word in text.split())


def cut(words: str, most: int = _WORDS) -> str:
    """Words that are quoted, shortened where they are many."""
    return words if len(words) <= most else words[: most - 1] + "…"


def _words(side: SideView) -> str:
    words = " ".join("".join(run.text for run in sentence) for sentence in side.sentences)
    return " ".join(words.split())
