"""The rows of the review page: which words, marks, flags and annotations belong to each."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from workbench.domain.beads import ReviewBead, Rows, Side, differing
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
Hangs = tuple[
    tuple[FlagView, ...], tuple[NoteView, ...], tuple[Mark, ...], tuple[Mark, ...]
]  # flags and notes of a row, and the marks of both sides
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
    _beads: Sequence[ReviewBead] = ()
    _views: Mapping[str, FlagView | NoteView] = field(default_factory=dict)
    _known: dict[str, tuple[tuple[Any, ...], Hangs, Place, RowView]] = field(default_factory=dict)

    def make(
        self, state: State, words: Words, flags: Sequence[FlagView], notes: Sequence[NoteView]
    ) -> dict[str, RowView]:
        """All rows, in order, by id."""
        views = {view.flag.fingerprint: view for view in flags} | {note.id: note for note in notes}
        hung = _Hung(words.rows.beads, self._differing(words, views), views.values())
        statuses, moved = state.collection(STATUSES), _moved(state, words)
        corrected = readings(state, words.contents["tgt"])
        known = {}
        for number, bead in enumerate(words.rows.beads):
            old = self._known.get(bead.id)
            if old is None or number in hung.run:
                hangs, place = hung.on(number, bead.id), _place(words, bead)
            else:
                hangs, place = old[1], old[2]
            parts = (
                bead,
                state.touched["beads", bead.id],
                statuses.get(bead.id),
                moved.get((bead.src, bead.tgt)) if moved and bead.is_null else None,
                corrected.get(bead.id),
            )
            if old and old[0] == parts and old[1] == hangs and old[2] == place:
                known[bead.id] = old
            else:
                known[bead.id] = (parts, hangs, place, _row(words, place, hangs, parts))
        self._divisions, self._beads = words.divisions, words.rows.beads
        self._views, self._known = views, known
        return {id_: made[3] for id_, made in known.items()}

    def _differing(self, words: Words, views: Mapping[str, FlagView | NoteView]) -> range:
        """The run of rows outside which neither the words nor what hangs on them differ."""
        new = words.rows.beads
        if self._divisions != words.divisions:
            return range(len(new))
        first, stop = differing(self._beads, new)
        places = _Places(new)
        for id_ in self._views.keys() | views.keys():
            before, now = self._views.get(id_), views.get(id_)
            for view in (before, now) if before != now else ():
                if view is not None:
                    numbers = places.of(view)
                    first, stop = min(first, numbers.start), max(stop, numbers.stop)
        return range(first, stop)


class _Places:
    """Which rows words are in."""

    def __init__(self, beads: Sequence[ReviewBead]) -> None:
        self.beads = beads

    def row(self, view: FlagView | NoteView) -> int:
        """The number of the row that holds the first of the words."""
        src, tgt = spans(view)
        if src is not None:
            return self._containing("src", src.start)
        return self._containing("tgt", tgt.start if tgt is not None else _at(view)[1])

    def _containing(self, side: Side, offset: int) -> int:
        number = bisect_right(self.beads, offset, key=_START[side]) - 1
        while not len(getattr(self.beads[number], side)) and number > 0:
            number -= 1  # an empty side starts where the row before it stops
        return number

    def overlapped(self, side: Side, span: Span) -> range:
        """The rows that have some of the words."""
        first = bisect_right(self.beads, span.start, key=_START[side]) - 1
        return range(max(0, first), bisect_left(self.beads, span.stop, key=_START[side]))

    def of(self, view: FlagView | NoteView) -> range:
        """The run of rows that a flag or note may hang on or mark."""
        row = self.row(view)
        found = [self.overlapped(side, span) for side, span in _sided(view)]
        return range(
            min([row, *(one.start for one in found)]), max([row + 1, *(one.stop for one in found)])
        )


class _Hung:
    """What hangs on the words of a run of rows, found by row."""

    def __init__(
        self, beads: Sequence[ReviewBead], run: range, views: Iterable[FlagView | NoteView]
    ) -> None:
        self.run = run
        self._views: dict[str, list[FlagView | NoteView]] = {}
        self._marks: dict[tuple[str, int], list[Mark]] = {}
        if not run:
            return
        places, near = _Places(beads), _near(beads[run.start], beads[run.stop - 1])
        for view in filter(near, views):
            self._views.setdefault(beads[places.row(view)].id, []).append(view)
            for side, span in _sided(view):
                for number in places.overlapped(side, span):
                    self._marks.setdefault((side, number), []).append(_mark(view, span))

    def on(self, number: int, row: str) -> Hangs:
        """Flags, notes, and the marks of both sides of a row, by its number and its id."""
        here = self._views.get(row, ())
        marks = [self._marks.get((side, number), ()) for side in SIDES]
        if not (here or marks[0] or marks[1]):
            return _NOTHING
        flags = [view for view in here if isinstance(view, FlagView)]
        notes = [view for view in here if isinstance(view, NoteView)]
        src, tgt = (tuple(sorted(found, key=lambda mark: mark.span)) for found in marks)
        by_time = sorted(notes, key=lambda note: note.touch.made_at)
        return (tuple(sorted(flags, key=_queue)), tuple(by_time), src, tgt)


_START: dict[Side, Callable[[ReviewBead], int]] = {
    "src": lambda bead: bead.src.start,
    "tgt": lambda bead: bead.tgt.start,
}


def spans(view: FlagView | NoteView) -> tuple[Span | None, Span | None]:
    """The words of both sides that a flag or a note is about."""
    said = view.flag if isinstance(view, FlagView) else view.annotation
    return said.src, said.tgt


def _sided(view: FlagView | NoteView) -> list[tuple[Side, Span]]:
    return [(side, span) for side, span in zip(SIDES, spans(view), strict=True) if span is not None]


def _at(view: FlagView | NoteView) -> tuple[int, int]:
    """Where something without words of its own is."""
    return view.flag.at if isinstance(view, FlagView) else (0, 0)


def _near(first: ReviewBead, last: ReviewBead) -> Callable[[FlagView | NoteView], bool]:
    """Whether something may be about words from one row to another; told quickly, and never
    "no" by mistake."""
    src, tgt = (first.src.start, last.src.stop), (first.tgt.start, last.tgt.stop)

    def near(view: FlagView | NoteView) -> bool:
        a, b = spans(view)
        if a is None and b is None:
            return tgt[0] <= _at(view)[1] <= tgt[1]
        return (a is not None and a.start <= src[1] and src[0] <= a.stop) or (
            b is not None and b.start <= tgt[1] and tgt[0] <= b.stop
        )

    return near


def _mark(view: FlagView | NoteView, span: Span) -> Mark:
    if isinstance(view, NoteView):
        severity = view.annotation.severity or Severity.NEUTRAL
        return Mark(span, view.id, NOTE, severity, bool(view.resolved))
    flag = view.flag
    return Mark(span, flag.fingerprint, flag.detector, flag.severity, not view.open)


_NOTHING: Hangs = ((), (), (), ())


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


def _row(words: Words, place: Place, hangs: Hangs, parts: tuple[Any, ...]) -> RowView:
    bead, touch, status, elsewhere, reading = parts
    flags, notes, src_marks, tgt_marks = hangs
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
