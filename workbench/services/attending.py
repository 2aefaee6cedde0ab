"""How far each reviewer is, where they were last, and how long they have been at work."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session as Connection

from workbench.domain.operations import State
from workbench.domain.reading import content_beads
from workbench.domain.sessions import Attendance, Mode, Reviewer, Session, active_milliseconds
from workbench.services.jobs import UNDER_WAY
from workbench.services.store import now
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.storage import sessions as table


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reviewer is. rows, flags: how many there are; done, decided: how many of them have
    a status and a decision of theirs. notes: their annotations."""

    reviewer: Reviewer
    attendance: Attendance
    rows: int
    done: int
    flags: int
    decided: int
    notes: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A session with its bitext's title and the progress of each reviewer."""

    session: Session
    title: str
    progress: tuple[Progress, ...]


def attend(ws: Workspace, attendance: Attendance, *, active: bool, at: str = "") -> Attendance:
    """Note where somebody is, and, when they gave a sign of activity, that they are at work."""
    at = at or now()
    with ws.db.write() as db:
        had = table.attendance(db, attendance.bitext_id, attendance.person, attendance.session_id)
        spent, last_at = had.milliseconds, had.last_at
        if active and at > last_at:
            spent, last_at = spent + active_milliseconds(last_at, at), at
        kept = replace(attendance, milliseconds=spent, last_at=last_at)
        table.keep_attendance(db, kept)
    return kept


def attended(ws: Workspace, bitext_id: str, person: str, session_id: str = "") -> Attendance:
    """Where somebody was last, and for how long they have been at work."""
    with ws.db.read() as db:
        return table.attendance(db, bitext_id, person, session_id)


def overviews(ws: Workspace) -> list[Overview]:
    """Every session, the newest first."""
    with ws.db.read() as db:
        found = table.sessions(db)
    return [overview(ws, session.id) for session in found]


def overview(ws: Workspace, session_id: str) -> Overview:
    """A session with how far each of its reviewers is. Raises UnknownName."""
    with ws.db.read() as db:
        session = table.session(db, session_id)
        title = repository.bitext(db, session.bitext_id).title
        people = table.reviewers(db, session_id)
        progress = [_progress(db, ws, session, person) for person in people]
    return Overview(session, title, tuple(progress))


def _progress(db: Connection, ws: Workspace, session: Session, person: Reviewer) -> Progress:
    state = ws.state(person.bitext_id, db)
    alone = session.mode is Mode.INDEPENDENT

    def own(collection: str) -> list[str]:
        return [
            id_
            for id_, value in state.collection(collection).items()
            if not value.get("rule")
            and (alone or _by(state, collection, id_, value) == person.name)
        ]

    flags = {body["fingerprint"] for body in repository.flags(db, person.bitext_id)}
    return Progress(
        person,
        table.attendance(db, person.bitext_id, person.name, session.id),
        len(content_beads(state)),
        len(own("statuses")),
        len(flags),
        len(flags & set(own("decisions"))),
        len(own("annotations")),
    )


def _by(state: State, collection: str, id_: str, value: dict[str, object]) -> str:
    return str(value.get("begun_by") or "") or state.touched[collection, id_].author


@dataclass(frozen=True, slots=True)
class News:
    """Up to where a bitext has come: what a page shows is old when its mark is another.

    seq: last log number. checked: up to where its flags are. working: whether a job of it waits
    or runs.
    """

    seq: int
    checked: int
    working: bool

    @property
    def mark(self) -> str:
        """All of it in a word that can be compared."""
        return f"{self.seq} {self.checked} {int(self.working)}"


def news(ws: Workspace, bitext_id: str) -> News:
    """Up to where a bitext has come by now, by anybody's hand or the worker's."""
    with ws.db.read() as db:
        seq, checked, status = repository.mark(db, bitext_id)
    return News(seq, checked, status in UNDER_WAY)
