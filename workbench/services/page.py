"""Building the review page: which words, marks, flags and annotations belong to each row."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from workbench.domain.alignment import Bead, paragraph_groups
from workbench.domain.beads import ReviewBead, Rows, in_sentences
from workbench.domain.doubt import doubt
from workbench.domain.notes import Annotation, Decision
from workbench.domain.operations import WORKBENCH, State, undoable
from workbench.domain.reading import rows as rows_of
from workbench.domain.reading import segmentation
from workbench.domain.review import Severity
from workbench.domain.text import Role, Segmentation, Span
from workbench.services.checking import StoredFlag, stored_flags
from workbench.services.views import (
    NOTE,
    FlagView,
    GroupView,
    Mark,
    NoteView,
    ReviewView,
    RowView,
    Run,
    SideView,
    Summary,
)
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.storage.repository import Bitext


def review_view(ws: Workspace, bitext_id: str, author: str) -> ReviewView:
    """What the review page shows to one reviewer.

    Raises:
        UnknownName: no such bitext.
        UsageError: it is not aligned yet.
    """
    with ws.db.read() as session:
        bitext = repository.bitext(session, bitext_id)
        state = ws.state(bitext_id, session)
        flags = stored_flags(session, bitext_id)
        undo, redo = undoable(repository.headers(session, bitext_id), author)
    ws.remember(bitext_id, state)
    builder = _Builder(ws, bitext, state, flags)
    views = builder.rows()
    groups = builder.groups()
    content = [row for row in views.values() if not row.is_commentary]
    summary = Summary(
        rows=len(content),
        confirmed=sum(row.confirmed for row in content),
        flags=len(flags),
        open_flags=sum(row.open_flags for row in views.values()),
        notes=len(builder.notes),
        unpaired=sum(not row.is_pair for row in content),
        doubt=doubt([row.probability for row in content if row.probability and not row.touch]),
        can_undo=bool(undo),
        can_redo=bool(redo),
    )
    signature = (state.get("meta", "alignment") or {}).get("signature", "")
    behind = bitext.checked_seq < _last_change_of_rows(state)
    return ReviewView(bitext, state.seq, signature, groups, views, summary, behind)


def _last_change_of_rows(state: State) -> int:
    touches = (
        touch.seq
        for key, touch in state.touched.items()
        if key[0] in ("beads", "roles", "segments") and not touch.kind.startswith("confirm")
    )
    return max(touches, default=0)


class _Builder:
    """Gathers what belongs to each row."""

    def __init__(
        self, ws: Workspace, bitext: Bitext, state: State, flags: Sequence[StoredFlag]
    ) -> None:
        self.state = state
        self.contents = {
            "src": ws.text(bitext.src_id).content,
            "tgt": ws.text(bitext.tgt_id).content,
        }
        self.divisions: dict[str, Segmentation] = {
            side: segmentation(state, side) for side in ("src", "tgt")
        }
        self.paragraph_stops = {
            side: [span.stop for span in division.paragraphs]
            for side, division in self.divisions.items()
        }
        self.current: Rows = rows_of(state)
        self.starts = {
            side: [getattr(bead, side).start for bead in self.current.beads]
            for side in ("src", "tgt")
        }
        self.flags = [self._flag(flag) for flag in flags]
        self.notes = [self._note(key, v) for key, v in state.collection("annotations").items()]

    def _flag(self, flag: StoredFlag) -> FlagView:
        value = self.state.get("decisions", flag.fingerprint)
        if value is None:
            return FlagView(flag, None, None)
        touch = self.state.touched[("decisions", flag.fingerprint)]
        return FlagView(flag, Decision.from_json(value), touch)

    def _note(self, id: str, value: dict[str, object]) -> NoteView:  # noqa: A002
        annotation = Annotation.from_json(value)
        src, tgt = annotation.src, annotation.tgt
        src_words = src.of(self.contents["src"]) if src else ""
        tgt_words = tgt.of(self.contents["tgt"]) if tgt else ""
        return NoteView(
            id, annotation, src_words, tgt_words, self.state.touched[("annotations", id)]
        )

    def rows(self) -> dict[str, RowView]:
        """All rows, in order, by id."""
        flags: dict[str, list[FlagView]] = {}
        notes: dict[str, list[NoteView]] = {}
        for flag in self.flags:
            at = flag.flag.at
            flags.setdefault(self._row_of(flag.flag.src, flag.flag.tgt, at), []).append(flag)
        for note in self.notes:
            row = self._row_of(note.annotation.src, note.annotation.tgt, (0, 0))
            notes.setdefault(row, []).append(note)
        marks = self._marks()
        return {
            bead.id: self._row(number, flags.get(bead.id, []), notes.get(bead.id, []), marks)
            for number, bead in enumerate(self.current.beads)
        }

    def _row_of(self, src: Span | None, tgt: Span | None, at: tuple[int, int]) -> str:
        """The row that holds the first of the words."""
        if src is not None:
            return self._containing("src", src.start)
        return self._containing("tgt", tgt.start if tgt is not None else at[1])

    def _containing(self, side: str, offset: int) -> str:
        number = bisect_right(self.starts[side], offset) - 1
        while not len(getattr(self.current.beads[number], side)) and number > 0:
            number -= 1  # an empty side starts where the row before it stops
        return self.current.beads[number].id

    def _marks(self) -> dict[tuple[str, int], list[Mark]]:
        """The marks of each side of each row, in text order."""
        marks: dict[tuple[str, int], list[Mark]] = {}
        for view in self.flags:
            flag = view.flag
            for side, span in (("src", flag.src), ("tgt", flag.tgt)):
                if span is not None:
                    mark = Mark(span, flag.fingerprint, flag.detector, flag.severity, not view.open)
                    self._spread(side, mark, marks)
        for note in self.notes:
            severity = note.annotation.severity or Severity.NEUTRAL
            for side, span in (("src", note.annotation.src), ("tgt", note.annotation.tgt)):
                if span is not None:
                    self._spread(side, Mark(span, note.id, NOTE, severity), marks)
        for found in marks.values():
            found.sort(key=lambda mark: mark.span)
        return marks

    def _spread(self, side: str, mark: Mark, marks: dict[tuple[str, int], list[Mark]]) -> None:
        starts = self.starts[side]
        first = max(0, bisect_right(starts, mark.span.start) - 1)
        for number in range(first, len(starts)):
            if starts[number] >= mark.span.stop:
                break
            marks.setdefault((side, number), []).append(mark)

    def _row(
        self,
        number: int,
        flags: list[FlagView],
        notes: list[NoteView],
        marks: dict[tuple[str, int], list[Mark]],
    ) -> RowView:
        bead = self.current.beads[number]
        touch = self.state.touched[("beads", bead.id)]
        return RowView(
            bead.id,
            self._opens(bead),
            self._side("src", bead, marks.get(("src", number), [])),
            self._side("tgt", bead, marks.get(("tgt", number), [])),
            bead.confirmed,
            bead.probability,
            bead.score,
            tuple(sorted(flags, key=_queue)),
            tuple(sorted(notes, key=lambda n: n.touch.made_at)),
            None if touch.author == WORKBENCH else touch,
        )

    def _opens(self, bead: ReviewBead) -> bool:
        return any(
            len(span) and (span.start == 0 or span.start in self.paragraph_stops[side])
            for side, span in (("src", bead.src), ("tgt", bead.tgt))
        )

    def _side(self, side: str, bead: ReviewBead, marks: list[Mark]) -> SideView:
        span: Span = getattr(bead, side)
        sentences = self.current.sentences(bead, side)  # type: ignore[arg-type]
        content = self.contents[side]
        return SideView(
            span,
            self._role(side, span),
            tuple(tuple(_runs(content, sentence, marks)) for sentence in sentences),
        )

    def _role(self, side: str, span: Span) -> Role:
        if not len(span):
            return Role.BODY
        number = bisect_right(self.paragraph_stops[side], span.start)
        return self.divisions[side].roles[number]

    def groups(self) -> tuple[GroupView, ...]:
        """The paragraph groups in order; they follow from the rows."""
        numbers = {side: division.paragraph_numbers() for side, division in self.divisions.items()}
        beads = [self._in_sentences(bead) for bead in self.current.beads]
        found = paragraph_groups(beads, numbers["src"], numbers["tgt"])
        group_of = {
            (side, paragraph): number
            for number, group in enumerate(found)
            for side, span in (("src", group.src), ("tgt", group.tgt))
            for paragraph in range(span.start, span.stop)
        }
        members: list[list[str]] = [[] for _ in found]
        for bead, sized in zip(self.current.beads, beads, strict=True):
            side, at = ("src", sized.src) if len(sized.src) else ("tgt", sized.tgt)
            members[group_of[side, numbers[side][at.start]]].append(bead.id)
        groups: list[GroupView] = []
        count = 0
        for group, rows in zip(found, members, strict=True):
            role, size = self._group_role(group), max(len(group.src), len(group.tgt))
            if role is Role.COMMENTARY:
                if groups and groups[-1].role is role:
                    last = groups.pop()
                    size, rows = last.paragraphs + size, [*last.rows, *rows]
                groups.append(GroupView(0, role, size, tuple(rows)))
            else:
                count += 1
                groups.append(GroupView(count, role, size, tuple(rows)))
        return tuple(groups)

    def _in_sentences(self, bead: ReviewBead) -> Bead:
        return Bead(
            in_sentences(bead.src, self.current.src_ends),
            in_sentences(bead.tgt, self.current.tgt_ends),
        )

    def _group_role(self, group: Bead) -> Role:
        roles = {
            role
            for side, span in (("src", group.src), ("tgt", group.tgt))
            for role in self.divisions[side].roles[span.start : span.stop]
        }
        for role in (Role.COMMENTARY, Role.HEADING):
            if roles == {role}:
                return role
        return Role.BODY


def _queue(view: FlagView) -> tuple[bool, int, int]:
    """Open flags first, the gravest first, then in text order."""
    flag = view.flag
    place = flag.tgt.start if flag.tgt else flag.at[1]
    return (not view.open, -flag.severity.rank, place)


def _runs(content: str, sentence: Span, marks: list[Mark]) -> list[Run]:
    """Cut a sentence, without its trailing white space, where marks begin and end."""
    stop = sentence.start + len(sentence.of(content).rstrip())
    here = [mark for mark in marks if mark.span.overlaps(Span(sentence.start, stop))]
    cuts = {sentence.start, stop}
    for mark in here:
        cuts |= {
            offset for offset in (mark.span.start, mark.span.stop) if sentence.start < offset < stop
        }
    edges = sorted(cuts)
    return [
        Run(a, content[a:b], tuple(mark for mark in here if mark.span.overlaps(Span(a, b))))
        for a, b in pairwise(edges)
    ]
