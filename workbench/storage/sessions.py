"""Sessions, reviewers and attendance as rows. Every function takes an open session of the
database and commits nothing."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session as Connection

from workbench.domain.sessions import Attendance, Mode, Reviewer, Session
from workbench.errors import UnknownName
from workbench.storage.models import AttendanceRow, ReviewerRow, SessionRow


def add(db: Connection, session: Session, reviewers: list[Reviewer]) -> None:
    """Store a new session with its reviewers."""
    db.add(SessionRow(**asdict(session)))
    db.flush()
    db.add_all(ReviewerRow(**asdict(reviewer)) for reviewer in reviewers)
    db.flush()


def add_reviewer(db: Connection, reviewer: Reviewer) -> None:
    """Let one more person take part."""
    db.add(ReviewerRow(**asdict(reviewer)))
    db.flush()


def sessions(db: Connection, *, bitext_id: str = "") -> list[Session]:
    """All sessions, the newest first, or those of a bitext."""
    query = select(SessionRow).order_by(SessionRow.created_at.desc(), SessionRow.id)
    if bitext_id:
        query = query.where(SessionRow.bitext_id == bitext_id)
    return [_session(row) for row in db.scalars(query)]


def session(db: Connection, id: str) -> Session:  # noqa: A002
    """One session. Raises UnknownName."""
    row = db.get(SessionRow, id)
    if row is None:
        raise UnknownName("session", id, db.scalars(select(SessionRow.id)))
    return _session(row)


def update_session(db: Connection, id: str, **values: Any) -> None:  # noqa: A002, ANN401
    """Set some fields of a session."""
    db.execute(update(SessionRow).where(SessionRow.id == id).values(**values))


def reviewers(db: Connection, session_id: str) -> list[Reviewer]:
    """The people of a session, by name."""
    query = select(ReviewerRow).where(ReviewerRow.session_id == session_id)
    return [_reviewer(row) for row in db.scalars(query.order_by(ReviewerRow.name))]


def reviewer(db: Connection, id: str) -> Reviewer | None:  # noqa: A002
    """One person's part in a session, None if there is none of that id."""
    row = db.get(ReviewerRow, id)
    return _reviewer(row) if row else None


def invited(db: Connection, token_hash: str) -> Reviewer | None:
    """Whose invitation this is."""
    query = select(ReviewerRow).where(ReviewerRow.token_hash == token_hash)
    row = db.scalar(query) if token_hash else None
    return _reviewer(row) if row else None


def any_invited(db: Connection) -> bool:
    """Whether anybody has an invitation to a session that is open."""
    query = (
        select(ReviewerRow.id)
        .join(SessionRow, SessionRow.id == ReviewerRow.session_id)
        .where(ReviewerRow.token_hash != "", SessionRow.closed_at == "")
    )
    return db.scalar(query.limit(1)) is not None


def update_reviewer(db: Connection, id: str, **values: Any) -> None:  # noqa: A002, ANN401
    """Set some fields of a person's part."""
    db.execute(update(ReviewerRow).where(ReviewerRow.id == id).values(**values))


def attendance(db: Connection, bitext_id: str, person: str, session_id: str = "") -> Attendance:
    """How a person attended to a bitext so far."""
    row = db.get(AttendanceRow, (bitext_id, person, session_id))
    if row is None:
        return Attendance(bitext_id, person, session_id)
    return Attendance(**{name: getattr(row, name) for name in Attendance.__dataclass_fields__})


def keep_attendance(db: Connection, value: Attendance) -> None:
    """Remember how a person attends to a bitext."""
    db.merge(AttendanceRow(**asdict(value)))


def _session(row: SessionRow) -> Session:
    return Session(
        row.id,
        row.bitext_id,
        row.title,
        Mode(row.mode),
        row.created_at,
        row.created_by,
        row.closed_at,
    )


def _reviewer(row: ReviewerRow) -> Reviewer:
    return Reviewer(**{name: getattr(row, name) for name in Reviewer.__dataclass_fields__})
