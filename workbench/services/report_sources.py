"""Which rows and words each counted figure of a report comes from."""

from collections.abc import Iterable

from workbench.domain.review import AnnotationKind, Severity
from workbench.report.values import Origin
from workbench.services.views import RowView

_WORDS = 60  # characters of a row that are quoted where no words are meant


def sources(rows: Iterable[tuple[int, RowView]]) -> dict[str, tuple[Origin, ...]]:
    """The origins of each figure. rows: with their numbers on the page.

    Keys: "kind 1-2", "confirmed", "flag DETECTOR VERDICT" and "error CATEGORY SEVERITY".
    """
    found: dict[str, list[Origin]] = {}

    def add(key: str, number: int, row: RowView, words: str) -> None:
        short = words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"
        found.setdefault(key, []).append(Origin(number, row.id, short))

    for number, row in rows:
        whole = _words(row)
        add(f"kind {row.kind}", number, row, whole)
        if row.confirmed:
            add("confirmed", number, row, whole)
        for view in row.flags:
            verdict = str(view.decision.verdict) if view.decision else "open"
            words = view.flag.tgt_words or view.flag.src_words or whole
            add(f"flag {view.flag.detector} {verdict}", number, row, words)
        for note in row.notes:
            said = note.annotation
            if said.kind is AnnotationKind.ERROR:
                severity = said.severity or Severity.NEUTRAL
                words = note.tgt_words or note.src_words or whole
                add(f"error {said.category} {severity}", number, row, words)
    return {key: tuple(origins) for key, origins in found.items()}


def _words(row: RowView) -> str:
    for side in (row.tgt, row.src):
        words = " ".join("".join(run.text for run in s) for s in side.sentences)
        if words.strip():
            return " ".join(words.split())
    return ""
