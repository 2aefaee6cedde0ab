"""What the reviewers of an independent session said, side by side, and how far they agree."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.domain.beads import Rows
from workbench.domain.corrections import WORDINGS, Correction, read_wording
from workbench.domain.notes import Annotation, Decision
from workbench.domain.operations import State
from workbench.domain.reading import content_beads, rows
from workbench.domain.review import AnnotationKind, StoredFlag
from workbench.domain.rewording import reads
from workbench.domain.sessions import Mode, Reviewer, Session
from workbench.domain.status import STATUSES, Standing, Status
from workbench.domain.text import Span
from workbench.errors import Conflict, UsageError
from workbench.report.agreement import Agreement, Ground, Record, agreement
from workbench.services.checking import stored_flags
from workbench.services.workspace import Workspace
from workbench.storage import sessions as table

SETTLED = "adjudications"
"""The collection of a bitext's log that says what became of each item."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one reviewer said of an item. id: of the annotation, "" without one.

    status: of the row, "" for a draft. wordings: what they wrote into the English of the row;
    reads: how it reads with them.
    """

    name: str
    id: str = ""
    annotation: Annotation | None = None
    decision: Decision | None = None
    status: str = ""
    wordings: tuple[Correction, ...] = ()
    reads: str = ""

    @property
    def nothing(self) -> bool:
        """Whether the reviewer passed over it."""
        return not (self.annotation or self.decision or self.status or self.wordings)

    def gist(self) -> tuple[str, ...]:
        """What must be the same for two reviewers to agree."""
        if self.status or self.wordings:
            return (self.status, self.reads)
        if self.decision:
            return (str(self.decision.verdict),)
        if self.annotation is None:
            return ()
        if self.annotation.kind is AnnotationKind.COMMENT:
            return (self.annotation.note,)
        return (self.annotation.category, str(self.annotation.severity or ""))


@dataclass(frozen=True, slots=True)
class Item:
    """Something that at least one reviewer spoke about: a flag, words that were annotated, or a
    row that was given a status or another English.

    kind: "flag", "error", "choice", "comment", "status" or "wording". said: one entry for each
    reviewer, in order. row: id of the row in which it begins; number: as on the page, 0 in
    commentary. src, tgt: the words all of them meant together. outcome: what became of it, as the
    log has it.
    """

    id: str
    kind: str
    said: tuple[Said, ...]
    row: str
    number: int
    src: Span | None
    tgt: Span | None
    flag: StoredFlag | None = None
    outcome: dict[str, Any] | None = None
    by: str = ""

    @property
    def agreed(self) -> bool:
        """Whether all reviewers said the same."""
        return not self.said[0].nothing and len({said.gist() for said in self.said}) == 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole of it. seq: the log number of the bitext that the outcomes stand at."""

    session: Session
    reviewers: tuple[Reviewer, ...]
    items: tuple[Item, ...]
    spans: dict[str, tuple[Span, Span]]
    seq: int

    @property
    def open_items(self) -> int:
        """How many items wait for an outcome."""
        return sum(item.outcome is None for item in self.items)


def compare(ws: Workspace, session_id: str) -> Comparison:
    """Compare the reviewers of a closed independent session.

    Raises:
        UnknownName: no such session.
        UsageError: it is a shared one, in which there is nothing to compare.
        Conflict: it is still open.
    """
    with ws.db.read() as db:
        session = table.session(db, session_id)
        if session.mode is not Mode.INDEPENDENT:
            raise UsageError("Only the reviewers of an independent session can be compared.")
        if session.is_open:
            raise Conflict("The reviewers can be compared once the session is closed.")
        people = table.reviewers(db, session_id)
        states = [ws.state(person.bitext_id, db) for person in people]
        own = ws.state(session.bitext_id, db)
        flags = stored_flags(db, people[0].bitext_id)
    current = rows(states[0])
    content = ws.text(ws.bitext(session.bitext_id).tgt_id).content
    found = [
        *_items(people, states, flags, current, own),
        *_row_items(people, states, current, content, own),
    ]
    spans = {bead.id: (bead.src, bead.tgt) for bead in current.beads}
    found.sort(key=lambda item: _place(item, spans))
    return Comparison(session, tuple(people), tuple(found), spans, own.seq)


def figures(ws: Workspace, session_id: str) -> list[Agreement]:
    """The agreement of the reviewers of a closed session; raises as `compare` does."""
    found = compare(ws, session_id)
    states = [ws.state(person.bitext_id) for person in found.reviewers]
    bitext = ws.bitext(found.session.bitext_id)
    ground = Ground(
        [(bead.id, bead.src, bead.tgt) for bead in content_beads(states[0])],
        ws.text(bitext.src_id).content,
        ws.text(bitext.tgt_id).content,
    )
    people = zip(found.reviewers, states, strict=True)
    return agreement([_record(person, state) for person, state in people], ground)


def latest_figures(ws: Workspace, bitext_id: str) -> list[Agreement]:
    """The agreement in the latest independent session of a bitext that is closed, if there is."""
    with ws.db.read() as db:
        closed = [
            session
            for session in table.sessions(db, bitext_id=bitext_id)
            if session.mode is Mode.INDEPENDENT and not session.is_open
        ]
    return figures(ws, closed[0].id) if closed else []


def _record(person: Reviewer, state: State) -> Record:
    return Record(
        person.name,
        [annotation for _, annotation in _annotations(state)],
        {id_: str(decision.verdict) for id_, decision in _decisions(state).items()},
        {id_: str(value["status"]) for id_, value in state.collection("statuses").items()},
    )


def _annotations(state: State) -> list[tuple[str, Annotation]]:
    found = state.collection("annotations").items()
    return [(id_, Annotation.from_json(value)) for id_, value in found]


def _decisions(state: State) -> dict[str, Decision]:
    """What a person decided; what a rule did for everybody is nobody's."""
    found = {id_: Decision.from_json(v) for id_, v in state.collection("decisions").items()}
    return {id_: decision for id_, decision in found.items() if not decision.rule}


def _items(
    people: Sequence[Reviewer],
    states: Sequence[State],
    flags: Sequence[StoredFlag],
    current: Rows,
    own: State,
) -> Iterator[Item]:
    numbers = {bead.id: n for n, bead in enumerate(content_beads(states[0]), 1)}
    names = [person.name for person in people]
    said = [dict(_annotations(state)) for state in states]
    decided = [_decisions(state) for state in states]
    of_flags: set[tuple[int, str]] = set()

    def make(kind: str, parts: Sequence[Said], flag: StoredFlag | None = None) -> Item:
        src, tgt = (_union(parts, side, flag) for side in ("src", "tgt"))
        row = _row(current, src, tgt, flag)
        id_ = flag.fingerprint if flag else _name(kind, parts)
        outcome = own.get(SETTLED, id_)
        by = own.touched[SETTLED, id_].author if outcome else ""
        return Item(id_, kind, tuple(parts), row, numbers.get(row, 0), src, tgt, flag, outcome, by)

    for flag in flags:
        parts = []
        for number, name in enumerate(names):
            decision = decided[number].get(flag.fingerprint)
            mine = [(i, a) for i, a in said[number].items() if a.flag == flag.fingerprint]
            of_flags |= {(number, id_) for id_, _ in mine}
            id_, annotation = mine[0] if mine else ("", None)
            parts.append(Said(name, id_, annotation, decision))
        if any(not part.nothing for part in parts):
            yield make("flag", parts, flag)
    rest = [
        (number, id_, annotation)
        for number, own_notes in enumerate(said)
        for id_, annotation in own_notes.items()
        if (number, id_) not in of_flags
    ]
    for group in _groups(rest):
        parts = [Said(name) for name in names]
        for number, id_, annotation in group:
            parts[number] = Said(names[number], id_, annotation)
        yield make(str(group[0][2].kind), parts)


def _row_items(
    people: Sequence[Reviewer],
    states: Sequence[State],
    current: Rows,
    content: str,
    own: State,
) -> Iterator[Item]:
    """Rows to which somebody gave a status, and rows of which somebody wrote the English anew."""
    numbers = {bead.id: n for n, bead in enumerate(content_beads(states[0]), 1)}
    statuses = [state.collection(STATUSES) for state in states]
    wordings = [_wordings(state, current) for state in states]
    for bead in current.beads:
        status = [
            Said(person.name, status=_status(own_statuses.get(bead.id)))
            for person, own_statuses in zip(people, statuses, strict=True)
        ]
        wording = [
            Said(person.name, wordings=own_wordings.get(bead.id, ()),
                 reads=reads(content, own_wordings.get(bead.id, ()), bead.tgt).strip())
            for person, own_wordings in zip(people, wordings, strict=True)
        ]  # fmt: skip
        for kind, said in (("status", status), ("wording", wording)):
            if all(one.nothing for one in said):
                continue
            id_ = _hash(kind, bead.id)
            outcome = own.get(SETTLED, id_)
            by = own.touched[SETTLED, id_].author if outcome else ""
            spans = [one.span for part in said for one in part.wordings]
            tgt = Span(min(spans).start, max(s.stop for s in spans)) if spans else None
            number = numbers.get(bead.id, 0)
            yield Item(id_, kind, tuple(said), bead.id, number, None, tgt, None, outcome, by)


def _status(value: dict[str, Any] | None) -> str:
    status = Standing.from_json(value).status
    return "" if status is Status.DRAFT else str(status)


def _wordings(state: State, current: Rows) -> dict[str, tuple[Correction, ...]]:
    """What a reviewer wrote into the English, by the row it belongs to."""
    found: dict[str, tuple[Correction, ...]] = {}
    for id_, value in state.collection(WORDINGS).items():
        one = Correction(*read_wording(value), id_, edited=True)
        row = _row(current, None, one.span, None)
        found[row] = (*found.get(row, ()), one)
    return found


Entry = tuple[int, str, Annotation]


def _groups(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Annotations of one kind on words that overlap, at most one of each reviewer."""
    groups: list[list[Entry]] = []
    for entry in sorted(entries, key=lambda one: (_start(one[2]), one[0], one[1])):
        fitting = (
            group
            for group in groups
            if all(entry[0] != other[0] for other in group)
            and any(_same_words(entry[2], other[2]) for other in group)
        )
        group = next(fitting, None)
        if group is None:
            groups.append([entry])
        else:
            group.append(entry)
    return groups


def _same_words(a: Annotation, b: Annotation) -> bool:
    return a.kind is b.kind and any(
        one is not None and other is not None and one.overlaps(other)
        for one, other in ((a.src, b.src), (a.tgt, b.tgt))
    )


def _start(annotation: Annotation) -> tuple[int, int]:
    return (
        annotation.tgt.start if annotation.tgt else -1,
        annotation.src.start if annotation.src else -1,
    )


def _union(parts: Sequence[Said], side: str, flag: StoredFlag | None) -> Span | None:
    spans = [getattr(part.annotation, side) for part in parts if part.annotation]
    spans = [span for span in [*spans, getattr(flag, side, None)] if span]
    if not spans:
        return None
    return Span(min(span.start for span in spans), max(span.stop for span in spans))


def _row(current: Rows, src: Span | None, tgt: Span | None, flag: StoredFlag | None) -> str:
    at = flag.at if flag else (-1, -1)
    for bead in current.beads:
        if (tgt and tgt.start in bead.tgt) or (not tgt and src and src.start in bead.src):
            return bead.id
        if not tgt and not src and (bead.src.start, bead.tgt.start) == at:
            return bead.id
    return ""


def _name(kind: str, parts: Sequence[Said]) -> str:
    return _hash(kind, *sorted(part.id for part in parts if part.id))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


def _place(item: Item, spans: Mapping[str, tuple[Span, Span]]) -> tuple[int, int, str]:
    src, tgt = (span.start for span in spans.get(item.row, (Span(0, 0), Span(0, 0))))
    return (
        item.tgt.start if item.tgt else item.flag.at[1] if item.flag else tgt,
        item.src.start if item.src else item.flag.at[0] if item.flag else src,
        item.id,
    )
