"""What of a translation is corrected: wordings that reviewers suggested or wrote into a row."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from workbench.domain.corrections import (
    LEFT_OUT,
    WORDINGS,
    Correction,
    Stretch,
    clashes,
    gather,
    stretches,
)
from workbench.domain.review import AnnotationKind, Severity, Verdict
from workbench.domain.rewording import reads, run_of
from workbench.domain.text import Span
from workbench.exchange.whole import FlagEntry, NoteEntry, WholeBitext, WholeRow

_RESOLVED = "threads"


class Fixes:
    """The corrections of a bitext, found by place. Those that clash are not applied."""

    def __init__(self, bitext: WholeBitext) -> None:
        values: dict[str, dict[str, Any]] = {name: {} for name in (WORDINGS, LEFT_OUT, _RESOLVED)}
        for one in bitext.values:
            if one.collection in values:
                values[one.collection][one.id] = one.value
        self.all = gather(
            ((note.id, note.annotation) for row in bitext.rows for note in row.notes),
            values[WORDINGS].items(),
            values[LEFT_OUT],
        )
        self._content = bitext.tgt.content
        self._resolved = values[_RESOLVED].keys()
        clashing = {id_ for group in clashes(self.all) for id_ in group}
        self._clashing = [one for one in self.all if one.id in clashing]
        self._edits = [one for one in self.all if one.edited and one.used]
        self._used = [one for one in self.all if one.used and one.id not in clashing]

    def whole(self) -> tuple[Stretch, ...]:
        """The corrected text in pieces."""
        return stretches(self._content, self.all)

    def within(self, span: Span) -> list[Correction]:
        """The corrections that are applied to a run of the translation, in order."""
        first = bisect_left(self._used, span.start, key=lambda one: one.span.start)
        found = []
        for one in self._used[first:]:
            if one.span.start > span.stop:
                break
            if one.span.stop <= span.stop:
                found.append(one)
        return found

    def edits(self, row: WholeRow) -> list[Correction]:
        """What reviewers wrote into the words of a row, also where it clashes with others."""
        place = run_of(self._content, row.bead.tgt)
        edits = [one for one in self._edits if place.start <= one.span.start]
        return [
            one
            for one in edits
            if (one.span.stop <= place.stop if len(row.bead.tgt) else one.span == place)
        ]

    def clash(self, span: Span) -> bool:
        """Whether two wordings want the same words of a run, and nobody chose between them."""
        return any(one.span.overlaps(span) for one in self._clashing)

    def put_in(self, row: WholeRow) -> str:
        """The English that a reviewer wrote for a row that has none, "" if nobody did."""
        place = run_of(self._content, row.bead.tgt)
        return reads(self._content, self.within(place), row.bead.tgt)

    def is_grave(self, row: WholeRow, tgt: Span) -> bool:
        """Whether a major error in a row is neither dismissed nor corrected. tgt: its words."""
        edits = self.within(tgt if len(tgt) else run_of(self._content, tgt))
        return any(
            not self._is_mended(entry, row.notes, edits)
            for entry in row.flags
            if entry.flag.severity.rank >= Severity.MAJOR.rank
            and (entry.decision is None or entry.decision.verdict is not Verdict.DISMISSED)
        ) or any(
            not self._is_applied(note, edits)
            for note in row.notes
            if note.annotation.kind is AnnotationKind.ERROR
            and (note.annotation.severity or Severity.MINOR).rank >= Severity.MAJOR.rank
        )

    def _is_mended(
        self, entry: FlagEntry, notes: Sequence[NoteEntry], edits: Sequence[Correction]
    ) -> bool:
        """Whether the words of a flag, or an annotation made from it, are corrected."""
        return _covers(edits, entry.flag.tgt) or any(
            note.annotation.flag == entry.flag.fingerprint and self._is_applied(note, edits)
            for note in notes
        )

    def _is_applied(self, note: NoteEntry, edits: Sequence[Correction]) -> bool:
        """Whether its wording is used, or a reviewer wrote the row anew and resolved the note."""
        if any(one.id == note.id for one in edits):
            return True
        written = [one for one in edits if one.edited]
        return _covers(written, note.annotation.tgt) or bool(written and note.id in self._resolved)


def _covers(edits: Sequence[Correction], words: Span | None) -> bool:
    """Whether a correction changes some words, or puts something in at their edge."""
    return words is not None and any(
        one.span.overlaps(words)
        or (not len(one.span) and words.start <= one.span.start <= words.stop)
        for one in edits
    )
