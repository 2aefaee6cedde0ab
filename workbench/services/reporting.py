"""The report of a bitext: what was found, decided and written down, as one value."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from workbench.domain.notes import CHOICE_TYPES
from workbench.domain.operations import WORKBENCH, Operation
from workbench.domain.review import AlignedTexts, AnnotationKind, Severity, Verdict
from workbench.domain.text import Role, Span, Text
from workbench.progress import Progress, silent
from workbench.report.score import FILE, Score, Scorecard, load_scorecard, score
from workbench.report.values import (
    Choice,
    DetectorLine,
    Expected,
    Finding,
    Origin,
    Person,
    Report,
    ReportRow,
    Section,
    Size,
)
from workbench.services.checking import aligned_texts
from workbench.services.comparison import latest_figures
from workbench.services.encoding import workspace_encoder, workspace_linker
from workbench.services.page import review_view
from workbench.services.report_edits import edited
from workbench.services.report_phrases import phrases
from workbench.services.report_sources import characters, sources, uncovered, word_count
from workbench.services.store import now
from workbench.services.term_lists import workspace_terms
from workbench.services.views import FlagView, NoteView, ReviewView, RowView
from workbench.services.workspace import Workspace
from workbench.storage import repository

if TYPE_CHECKING:
    from workbench.detect.coverage import RowCoverage

# What a divergence does to the meaning, by the category or the detector that names it.
_GROUPS = {"omission": "omission", "addition": "addition"}
GROUPS = ("omission", "addition", "softening", "strengthening", "change")


def report(ws: Workspace, bitext_id: str, progress: Progress = silent) -> Report:
    """Everything that is known of a bitext, gathered for reading and signing.

    Raises:
        UnknownName: no such bitext.
        UsageError: it is not aligned yet.
        BadInput: the workspace's scorecard can't be read.
    """
    progress("Gathering the report", 0, 2)
    gathering = _Gathering(ws, bitext_id)
    progress("Gathering the report", 1, 2)
    found = gathering.report()
    progress("Gathering the report", 2, 2)
    return found


def scorecard(ws: Workspace) -> Scorecard:
    """The workspace's scorecard, or the product's."""
    path = ws.root / "texts" / FILE
    return load_scorecard(path if path.exists() else None)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A content row with its number on the page."""

    number: int
    row: RowView


class _Gathering:
    """Reads a bitext once and derives the parts of its report."""

    def __init__(self, ws: Workspace, bitext_id: str) -> None:
        from workbench.detect import Context
        from workbench.detect.coverage import row_coverage

        self.ws = ws
        self.view: ReviewView = review_view(ws, bitext_id, "")
        self.card = scorecard(ws)
        bitext = self.view.bitext
        self.texts: tuple[Text, Text] = (ws.text(bitext.src_id), ws.text(bitext.tgt_id))
        self.aligned: AlignedTexts = aligned_texts(ws, bitext_id)
        with workspace_encoder(ws) as encoder, workspace_linker(ws) as links:
            self.context = Context(workspace_terms(ws), encoder, links)
            self.coverage: list[RowCoverage] = row_coverage(self.aligned, self.context)
        content = [row for row in self.view.rows.values() if not row.is_commentary]
        self.rows = [_Numbered(number, row) for number, row in enumerate(content, 1)]

    def report(self) -> Report:
        """The parts in one value."""
        view, (src, tgt) = self.view, self.texts
        score_ = self.score
        return Report(
            view.bitext.id,
            view.bitext.title,
            now(),
            view.signature,
            view.bitext.check_signature,
            src.title,
            tgt.title,
            src.lang,
            tgt.lang,
            src.sha256,
            tgt.sha256,
            self._size("src"),
            self._size("tgt"),
            len(self.rows),
            sum(n.row.confirmed for n in self.rows),
            dict(Counter(n.row.kind for n in self.rows).most_common()),
            view.summary.doubt,
            self._covered(range(len(self.coverage))),
            self._detectors(),
            self._annotations(),
            score_,
            self._expected(),
            tuple(self._findings()),
            tuple(
                phrases(self.aligned, self.context.terms, {n.row.id: n.number for n in self.rows})
            ),
            tuple(self._choices()),
            tuple(self._people()),
            tuple(self._sections()),
            tuple(self._row_line(n) for n in self.rows),
            self._days(),
            sources=self._sources(),
            agreement=tuple(latest_figures(self.ws, view.bitext.id)),
        )

    @cached_property
    def errors(self) -> list[tuple[_Numbered, NoteView]]:
        """The errors that people noted, in order."""
        return [
            (n, note)
            for n in self.rows
            for note in n.row.notes
            if note.annotation.kind is AnnotationKind.ERROR
        ]

    @cached_property
    def score(self) -> Score:
        """Of what people noted; flags do not count until somebody accepts them."""
        return score([self._penalty(note) for _, note in self.errors], self._words(), self.card)

    def _penalty(self, note: NoteView) -> float:
        severity = note.annotation.severity or Severity.NEUTRAL
        return self.card.penalty(note.annotation.category, severity)

    def _words(self) -> float:
        size = self._size("tgt")
        chinese = self.texts[1].lang.startswith("zh")
        return self.card.words(size.words, size.characters, chinese=chinese)

    def _size(self, side: str) -> Size:
        """Of the translation and its original; commentary is not counted."""
        views = [getattr(n.row, side) for n in self.rows]
        sentences = (s for v in views for s in v.sentences)  # some end without white space
        text = " ".join("".join(run.text for run in sentence) for sentence in sentences)
        paragraphs = sum(n.row.opens and bool(len(getattr(n.row, side).span)) for n in self.rows)
        return Size(
            paragraphs,
            sum(len(v.sentences) for v in views),
            characters(text),
            word_count(text),
        )

    def _covered(self, numbers: Sequence[int]) -> tuple[float, float]:
        """Shares of the words of source and target that have a counterpart.

        Of a row without the other side nothing has.
        """
        shares = []
        for side in ("src", "tgt"):
            values: list[float] = []
            for number in numbers:
                row = self.aligned.rows[number]
                scored = getattr(self.coverage[number], side)
                values += [p for _, p in scored]
                alone = getattr(row, side).strip() and not (row.src.strip() and row.tgt.strip())
                if alone and getattr(row, f"{side}_role") is Role.BODY:
                    values += [0.0] * max(1, len(getattr(row, side).split()))
            shares.append(sum(values) / len(values) if values else 0.0)
        return shares[0], shares[1]

    def _flags(self) -> list[tuple[_Numbered, FlagView]]:
        return [(n, flag) for n in self.rows for flag in n.row.flags]

    def _detectors(self) -> tuple[DetectorLine, ...]:
        from workbench.detect.record import track_record

        counts: dict[str, Counter[str]] = {}
        for _, flag in self._flags():
            verdict = str(flag.decision.verdict) if flag.decision else "open"
            counts.setdefault(flag.flag.detector, Counter())[verdict] += 1
        lines = []
        for detector, found in sorted(counts.items(), key=lambda item: -item[1].total()):
            record = track_record(detector)
            lines.append(
                DetectorLine(
                    detector,
                    found["open"],
                    found[str(Verdict.ACCEPTED)],
                    found[str(Verdict.DISMISSED)],
                    found[str(Verdict.DEFERRED)],
                    record.share if record else None,
                )
            )
        return tuple(lines)

    def _annotations(self) -> dict[str, dict[Severity, int]]:
        found: dict[str, dict[Severity, int]] = {}
        for _, note in self.errors:
            line = found.setdefault(note.annotation.category, dict.fromkeys(Severity, 0))
            line[note.annotation.severity or Severity.NEUTRAL] += 1
        return dict(sorted(found.items(), key=lambda item: -sum(item[1].values())))

    def _expected(self) -> Expected:
        from workbench.detect.record import track_record

        total, counted, unmeasured = 0.0, 0, 0
        for _, flag in self._flags():
            if not flag.open:
                continue
            record = track_record(flag.flag.detector)
            if record is None:
                unmeasured += 1
                continue
            counted += 1
            total += record.share * self.card.penalty(flag.flag.category, flag.flag.severity)
        words = self._words()
        return Expected(total, total * self.card.per / words if words else 0.0, counted, unmeasured)

    def _findings(self) -> list[Finding]:
        found = [self._error(n, note) for n, note in self.errors]
        noted = {note.annotation.flag for _, note in self.errors}
        found += [
            self._open_flag(n, view)
            for n, view in self._flags()
            if view.open and view.flag.fingerprint not in noted
        ]
        return sorted(found, key=lambda f: (-f.weight, f.number))

    def _error(self, n: _Numbered, note: NoteView) -> Finding:
        annotation = note.annotation
        return Finding(
            n.row.id,
            n.number,
            group_of(annotation.category, annotation.note),
            annotation.category,
            annotation.severity or Severity.NEUTRAL,
            self._words_of(n, "src"),
            self._words_of(n, "tgt"),
            note.src_words,
            note.tgt_words,
            annotation.note,
            annotation.note,
            annotation.wording,
            note.touch.author,
            self._penalty(note) + 1,
        )

    def _open_flag(self, n: _Numbered, view: FlagView) -> Finding:
        flag = view.flag
        return Finding(
            n.row.id,
            n.number,
            group_of(flag.category, flag.evidence),
            flag.category,
            flag.severity,
            self._words_of(n, "src"),
            self._words_of(n, "tgt"),
            flag.src_words,
            flag.tgt_words,
            flag.evidence,
            flag.evidence_zh,
            "",
            "",
            self.card.penalty(flag.category, flag.severity) * flag.confidence,
        )

    def _words_of(self, n: _Numbered, side: str) -> str:
        span: Span = getattr(n.row, side).span
        return " ".join(span.of(self.texts[side == "tgt"].content).split())

    def _choices(self) -> list[Choice]:
        order = list(CHOICE_TYPES)
        found = [
            Choice(
                n.row.id,
                n.number,
                note.annotation.category,
                note.src_words,
                note.tgt_words,
                note.annotation.note,
                note.annotation.wording,
                note.touch.author,
            )
            for n in self.rows
            for note in n.row.notes
            if note.annotation.kind is AnnotationKind.CHOICE
        ]
        place = {name: number for number, name in enumerate(order)}
        return sorted(found, key=lambda c: (place.get(c.type, len(order)), c.number))

    @cached_property
    def _log(self) -> list[Operation]:
        with self.ws.db.read() as session:
            log = repository.operations(session, self.view.bitext.id)
        return [entry for entry in log if entry.author != WORKBENCH]

    def _people(self) -> list[Person]:
        times: dict[str, list[str]] = {}
        for entry in self._log:
            times.setdefault(entry.author, []).append(entry.made_at)
        return [Person(name, len(t), min(t), max(t)) for name, t in sorted(times.items())]

    def _sections(self) -> list[Section]:
        """From heading to heading; a text without any is one section."""
        starts = [
            at
            for at, n in enumerate(self.rows)
            if Role.HEADING in (n.row.src.role, n.row.tgt.role) and n.row.is_pair
        ]
        bounds = sorted({0, *starts, len(self.rows)})
        place = {row.id: at for at, row in enumerate(self.aligned.rows)}
        found = []
        for first, stop in pairwise(bounds):
            rows = self.rows[first:stop]
            head = rows[0]
            title = self._words_of(head, "tgt") if first in starts else ""
            covered = self._covered([place[n.row.id] for n in rows])
            errors = sum(1 for n, _ in self.errors if rows[0].number <= n.number <= rows[-1].number)
            flags = sum(n.row.open_flags for n in rows)
            found.append(Section(title, head.number, rows[-1].number, *covered, errors, flags))
        return found

    def _sources(self) -> dict[str, tuple[Origin, ...]]:
        numbered = [(n.number, n.row) for n in self.rows]
        found = sources(numbered, self.card) | edited(numbered, self._log)
        place = {row.id: at for at, row in enumerate(self.aligned.rows)}
        for side in ("src", "tgt"):
            origins = []
            for n in self.rows:
                text = getattr(self.aligned.rows[place[n.row.id]], side)
                words = getattr(self.coverage[place[n.row.id]], side)
                alone = not n.row.is_pair and getattr(n.row, side).role is Role.BODY
                if text.strip() and (words or alone):
                    origins.append(uncovered(n.number, n.row.id, text, words))
            found[f"uncovered {side}"] = tuple(origin for origin in origins if origin)
        return found

    def _row_line(self, n: _Numbered) -> ReportRow:
        noted = [self._penalty(note) for m, note in self.errors if m is n]
        waiting = [
            self.card.penalty(f.flag.category, f.flag.severity) * f.flag.confidence
            for f in n.row.flags
            if f.open
        ]
        return ReportRow(n.number, n.row.id, sum(noted), sum(waiting), n.row.worst)

    def _days(self) -> tuple[tuple[str, int, int, int], ...]:
        counts: dict[str, Counter[str]] = {}
        for _, flag in self._flags():
            if flag.decision and flag.touch:
                day = counts.setdefault(flag.touch.made_at[:10], Counter())
                day[str(flag.decision.verdict)] += 1
        return tuple(
            (day, found["accepted"], found["dismissed"], found["deferred"])
            for day, found in sorted(counts.items())
        )


def group_of(category: str, note: str) -> str:
    """What a divergence does to the meaning: one of GROUPS."""
    kind = category.rpartition("/")[2]
    if kind == "modality":
        weaker = any(word in note.lower() for word in ("soften", "weaker", "weakened", "弱"))
        stronger = any(word in note.lower() for word in ("strengthen", "stronger", "强"))
        if weaker != stronger:
            return "softening" if weaker else "strengthening"
    return _GROUPS.get(kind, "change")
