"""The rows of the review page: which words, marks, flags and annotations belong to each."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from workbench.domain.beads import ReviewBead, Rows, Side
from workbench.domain.moves import MOVES, moves_of
from workbench.domain.operations import ALIGN, WORKBENCH, State
from workbench.domain.review import Severity
from workbench.domain.status import STATUSES, Standing
from workbench.domain.text import Role, Segmentation, Span
from workbench.services.readings import readings
from workbench.services.views import (
    NOTE,
    Elsewhere,
    FlagView,
    Mark,
    NoteView,
    RowView,
    Run,
    SideView,
)

SIDES: tuple[Side, Side] = ("src", "tgt")
Place = tuple[bool, Role, tuple[Span, ...], Role, tuple[Span, ...]]
"""Whether a paragraph opens in a row; role and sentences of its source, and of its target."""


@dataclass(frozen=True)
class Words:
    """Both texts with their division, and the rows on them."""

    contents: Mapping[str, str]
    divisions: Mapping[str, Segmentation]
    rows: Rows

    def quote(self, side: Side, span: Span) -> str:
        """Words of one side, without the white space around them."""
        return span.of(self.contents[side]).strip()


@dataclass
class RowMaker:
    """Makes the rows of one bitext; those that are as they were last time are not made again."""

    _divisions: Mapping[str, Segmentation] = field(default_factory=dict)
    _known: dict[str, tuple[tuple[Any, ...], Place, RowView]] = field(default_factory=dict)

    def make(
        self, state: State, words: Words, flags: Sequence[FlagView], notes: Sequence[NoteView]
    ) -> dict[str, RowView]:
        """All rows, in order, by id."""
        hung = _Hung(words, flags, notes)
        same = self._divisions == words.divisions
        statuses, moved = state.collection(STATUSES), _moved(state, words)
        corrected = readings(state, words.contents["tgt"])
        known = {}
        for number, bead in enumerate(words.rows.beads):
            touch = state.touched["beads", bead.id]
            elsewhere = moved.get((bead.src, bead.tgt)) if bead.is_null else None
            parts = (
                bead, touch, *hung.on(number, bead.id), statuses.get(bead.id), elsewhere,
                corrected.get(bead.id),
            )  # fmt: skip
            old = self._known.get(bead.id)
            place = old[1] if old and same and old[0][0] is bead else _place(words, bead)
            if old and old[0] == parts and old[1] == place:
                known[bead.id] = old
            else:
                known[bead.id] = (parts, place, _row(words, place, parts))
        self._divisions, self._known = words.divisions, known
        return {id_: row for id_, (_, _, row) in known.items()}


class _Hung:
    """What hangs on the words, found by row."""

    def __init__(self, words: Words, flags: Sequence[FlagView], notes: Sequence[NoteView]) -> None:
        beads = words.rows.beads
        self._beads = beads
        self._starts = {
            "src": [bead.src.start for bead in beads],
            "tgt": [bead.tgt.start for bead in beads],
        }
        self._flags: dict[str, list[FlagView]] = {}
        self._notes: dict[str, list[NoteView]] = {}
        self._marks: dict[tuple[str, int], list[Mark]] = {}
        for view in flags:
            flag = view.flag
            self._flags.setdefault(self._row_of(flag.src, flag.tgt, flag.at), []).append(view)
            for side, span in (("src", flag.src), ("tgt", flag.tgt)):
                if span is not None:
                    mark = Mark(span, flag.fingerprint, flag.detector, flag.severity, not view.open)
                    self._mark(side, mark)
        for note in notes:
            said = note.annotation
            self._notes.setdefault(self._row_of(said.src, said.tgt, (0, 0)), []).append(note)
            for side, span in (("src", said.src), ("tgt", said.tgt)):
                if span is not None:
                    severity = said.severity or Severity.NEUTRAL
                    self._mark(side, Mark(span, note.id, NOTE, severity, bool(note.resolved)))

    def on(self, number: int, id: str) -> tuple[tuple[Any, ...], ...]:  # noqa: A002
        """Flags, notes, and the marks of both sides of a row."""
        flags, notes = self._flags.get(id, ()), self._notes.get(id, ())
        marks = [self._marks.get((side, number), ()) for side in SIDES]
        if not (flags or notes or marks[0] or marks[1]):
            return _NOTHING
        return (
            tuple(sorted(flags, key=_queue)),
            tuple(sorted(notes, key=lambda note: note.touch.made_at)),
            *(tuple(sorted(found, key=lambda mark: mark.span)) for found in marks),
        )

    def _row_of(self, src: Span | None, tgt: Span | None, at: tuple[int, int]) -> str:
        """The row that holds the first of the words."""
        if src is not None:
            return self._containing("src", src.start)
        return self._containing("tgt", tgt.start if tgt is not None else at[1])

    def _containing(self, side: str, offset: int) -> str:
        number = bisect_right(self._starts[side], offset) - 1
        while not len(getattr(self._beads[number], side)) and number > 0:
            number -= 1  # an empty side starts where the row before it stops
        return self._beads[number].id

    def _mark(self, side: str, mark: Mark) -> None:
        starts = self._starts[side]
        first = max(0, bisect_right(starts, mark.span.start) - 1)
        for number in range(first, bisect_left(starts, mark.span.stop)):
            self._marks.setdefault((side, number), []).append(mark)


_NOTHING: tuple[tuple[Any, ...], ...] = ((), (), (), ())


def _queue(view: FlagView) -> tuple[bool, int, int]:
    """Open flags first, the gravest first, then in text order."""
    flag = view.flag
    place = flag.tgt.start if flag.tgt else flag.at[1]
    return (not view.open, -flag.severity.rank, place)


def _place(words: Words, bead: ReviewBead) -> Place:
    parts: list[Any] = []
    opens = False
    for side in SIDES:
        span: Span = getattr(bead, side)
        division = words.divisions[side]
        number = bisect_right(division.paragraphs, span.start, key=lambda p: p.stop)
        if len(span):
            opens = opens or division.paragraphs[number].start == span.start
        role = division.roles[number] if len(span) else Role.BODY
        parts += [role, words.rows.sentences(bead, side)]
    return (opens, *parts)


def _row(words: Words, place: Place, parts: tuple[Any, ...]) -> RowView:
    bead, touch, flags, notes, src_marks, tgt_marks, status, elsewhere, reading = parts
    opens, src_role, src_sentences, tgt_role, tgt_sentences = place
    src, tgt = words.contents["src"], words.contents["tgt"]
    return RowView(
        bead.id,
        opens,
        SideView(bead.src, src_role, tuple(_runs(src, s, src_marks) for s in src_sentences)),
        SideView(bead.tgt, tgt_role, tuple(_runs(tgt, s, tgt_marks) for s in tgt_sentences)),
        bead.confirmed,
        bead.probability,
        bead.score,
        flags,
        notes,
        None if touch.author == WORKBENCH or touch.kind == ALIGN else touch,
        Standing.from_json(status),
        elsewhere,
        reading,
    )


def _moved(state: State, words: Words) -> dict[tuple[Span, Span], Elsewhere]:
    """For rows of one side, by their place: the words elsewhere that translate them."""
    if not state.collection(MOVES):
        return {}
    moves = moves_of(state).values()
    src = {move.src: Elsewhere("tgt", move.tgt, words.quote("tgt", move.tgt)) for move in moves}
    tgt = {move.tgt: Elsewhere("src", move.src, words.quote("src", move.src)) for move in moves}
    found = {}
    for bead in words.rows.beads:
        if bead.is_null:
            other = src.get(bead.src) if len(bead.src) else tgt.get(bead.tgt)
            if other:
                found[bead.src, bead.tgt] = other
    return found


def _runs(content: str, sentence: Span, marks: Sequence[Mark]) -> tuple[Run, ...]:
    """Cut a sentence, without its trailing white space, where marks begin and end."""
    stop = sentence.start + len(sentence.of(content).rstrip())
    here = [mark for mark in marks if mark.span.overlaps(Span(sentence.start, stop))]
    cuts = {sentence.start, stop}
    for mark in here:
        cuts |= {
            offset for offset in (mark.span.start, mark.span.stop) if sentence.start < offset < stop
        }
    return tuple(
        Run(a, content[a:b], tuple(mark for mark in here if mark.span.overlaps(Span(a, b))))
        for a, b in pairwise(sorted(cuts))
    )
