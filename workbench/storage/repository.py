"""Rows to domain values and back. Every function takes an open session and commits nothing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import String, cast, delete, func, insert, select, update
from sqlalchemy.orm import Session

from workbench.domain.operations import Change, Operation
from workbench.errors import UnknownName
from workbench.storage.models import BitextRow, FlagRow, JobRow, OperationRow, PreferenceRow


@dataclass(frozen=True, slots=True)
class Bitext:
    """A source text and its translation. src_id, tgt_id: names in the catalogue.

    checked_seq: log number the flags were made at. portable_seq: that of the portable file.
    session_id: of the independent session in which somebody works on it alone, "" else.
    """

    id: str
    title: str
    src_id: str
    tgt_id: str
    created_at: str
    changed_at: str
    checked_seq: int = 0
    check_signature: str = ""
    portable_seq: int = 0
    portable_sha256: str = ""
    session_id: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Long work and how far it is."""

    id: str
    kind: str
    bitext_id: str
    status: str
    made_at: str
    step: str = ""
    done: int = 0
    total: int = 0
    message: str = ""
    stop: bool = False
    force: bool = False
    attempts: int = 0
    author: str = ""


def add_bitext(session: Session, bitext: Bitext) -> None:
    """Store a new bitext."""
    session.add(BitextRow(**asdict(bitext)))
    session.flush()


def bitexts(session: Session, *, copies: bool = False) -> list[Bitext]:
    """All bitexts, last changed first. copies: also those of independent reviewers."""
    query = select(BitextRow).order_by(BitextRow.changed_at.desc(), BitextRow.id)
    if not copies:
        query = query.where(BitextRow.session_id == "")
    return [_bitext(row) for row in session.scalars(query)]


def bitext(session: Session, id: str) -> Bitext:  # noqa: A002
    """One bitext. Raises UnknownName."""
    row = session.get(BitextRow, id)
    if row is None:
        own = select(BitextRow.id).where(BitextRow.session_id == "")
        raise UnknownName("bitext", id, session.scalars(own))
    return _bitext(row)


def update_bitext(session: Session, id: str, **values: Any) -> None:  # noqa: A002, ANN401
    """Set some fields of a bitext."""
    session.execute(update(BitextRow).where(BitextRow.id == id).values(**values))


def operations(session: Session, bitext_id: str, after: int = 0) -> list[Operation]:
    """The log of a bitext from after a log number on."""
    rows = session.scalars(
        select(OperationRow)
        .where(OperationRow.bitext_id == bitext_id, OperationRow.seq > after)
        .order_by(OperationRow.seq)
    )
    return [_operation(row) for row in rows]


def headers(session: Session, bitext_id: str, after: int = 0) -> list[Operation]:
    """The log of a bitext without the changes, from after a log number on; quick to read."""
    columns = (
        OperationRow.id,
        OperationRow.kind,
        OperationRow.author,
        OperationRow.made_at,
        OperationRow.seq,
    )
    query = (
        select(*columns)
        .where(OperationRow.bitext_id == bitext_id, OperationRow.seq > after)
        .order_by(OperationRow.seq)
    )
    return [
        Operation(id_, kind, author, made_at, (), seq=seq)
        for id_, kind, author, made_at, seq in session.execute(query)
    ]


def mark(session: Session, bitext_id: str) -> tuple[int, int, str]:
    """Last log number of a bitext, up to where it is checked, and its newest job's status."""
    last = select(func.max(OperationRow.seq)).where(OperationRow.bitext_id == bitext_id)
    checked = select(BitextRow.checked_seq).where(BitextRow.id == bitext_id)
    newest = (
        select(JobRow.status)
        .where(JobRow.bitext_id == bitext_id)
        .order_by(JobRow.made_at.desc(), JobRow.id.desc())
        .limit(1)
    )
    found = session.execute(
        select(last.scalar_subquery(), checked.scalar_subquery(), newest.scalar_subquery())
    ).one()
    return (found[0] or 0, found[1] or 0, found[2] or "")


def operation(session: Session, id: str) -> Operation | None:  # noqa: A002
    """One operation by its id."""
    row = session.scalar(select(OperationRow).where(OperationRow.id == id))
    return None if row is None else _operation(row)


def append(session: Session, bitext_id: str, operation: Operation) -> Operation:
    """Add to the log; returns the operation with its log number."""
    row = OperationRow(
        id=operation.id,
        bitext_id=bitext_id,
        kind=operation.kind,
        author=operation.author,
        made_at=operation.made_at,
        seen=operation.seen,
        undoes=operation.undoes,
        changes=[[c.collection, c.id, c.before, c.after] for c in operation.changes],
    )
    session.add(row)
    session.flush()
    update_bitext(session, bitext_id, changed_at=operation.made_at)
    return _operation(row)


def replace_flags(session: Session, bitext_id: str, bodies: Sequence[dict[str, Any]]) -> None:
    """Put new findings in the place of the old ones."""
    session.execute(delete(FlagRow).where(FlagRow.bitext_id == bitext_id))
    if bodies:
        session.execute(
            insert(FlagRow),
            [
                {"bitext_id": bitext_id, "ordinal": number, "body": body}
                for number, body in enumerate(bodies)
            ],
        )


def flags(session: Session, bitext_id: str) -> list[dict[str, Any]]:
    """The findings of the last check, in order."""
    query = select(FlagRow.body).where(FlagRow.bitext_id == bitext_id).order_by(FlagRow.ordinal)
    return list(session.scalars(query))


def flag_bodies(session: Session, bitext_id: str) -> list[str]:
    """The findings of the last check as they are stored: JSON, not read."""
    query = (
        select(cast(FlagRow.body, String))
        .where(FlagRow.bitext_id == bitext_id)
        .order_by(FlagRow.ordinal)
    )
    return list(session.scalars(query))


def add_job(session: Session, job: Job) -> None:
    """Queue a job."""
    session.add(JobRow(**asdict(job)))
    session.flush()


def jobs(session: Session, *, status: Sequence[str] = (), bitext_id: str = "") -> list[Job]:
    """Jobs in the order they were made."""
    query = select(JobRow).order_by(JobRow.made_at, JobRow.id)
    if status:
        query = query.where(JobRow.status.in_(status))
    if bitext_id:
        query = query.where(JobRow.bitext_id == bitext_id)
    return [_job(row) for row in session.scalars(query)]


def newest_job(session: Session, bitext_id: str) -> Job | None:
    """The job of a bitext that was made last; it has one for each change of its rows."""
    query = select(JobRow).where(JobRow.bitext_id == bitext_id)
    row = session.scalar(query.order_by(JobRow.made_at.desc(), JobRow.id.desc()).limit(1))
    return None if row is None else _job(row)


def job(session: Session, id: str) -> Job:  # noqa: A002
    """One job. Raises UnknownName."""
    row = session.get(JobRow, id)
    if row is None:
        raise UnknownName("job", id, ())
    return _job(row)


def update_job(session: Session, id: str, **values: Any) -> None:  # noqa: A002, ANN401
    """Set some fields of a job."""
    session.execute(update(JobRow).where(JobRow.id == id).values(**values))


def preferences(session: Session, person: str) -> dict[str, Any]:
    """What a person prefers, by name."""
    query = select(PreferenceRow).where(PreferenceRow.person == person)
    return {row.name: row.value for row in session.scalars(query)}


def set_preference(session: Session, person: str, name: str, value: Any) -> None:  # noqa: ANN401
    """Remember what a person prefers."""
    session.merge(PreferenceRow(person=person, name=name, value=value))


def _bitext(row: BitextRow) -> Bitext:
    return Bitext(**{name: getattr(row, name) for name in Bitext.__dataclass_fields__})


def _job(row: JobRow) -> Job:
    return Job(**{name: getattr(row, name) for name in Job.__dataclass_fields__})


def _operation(row: OperationRow) -> Operation:
    return Operation(
        row.id,
        row.kind,
        row.author,
        row.made_at,
        tuple(Change(*change) for change in row.changes),
        row.seen,
        row.undoes,
        row.seq,
    )
