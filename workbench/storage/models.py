"""Tables. Rows become values in repository.py and memories.py, nowhere else."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {  # named constraints: SQLite batch migrations need them
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
}


class Base(DeclarativeBase):
    """Declarative base with named constraints."""

    metadata = MetaData(naming_convention=NAMES)


class BitextRow(Base):
    """A source text with one English version of it."""

    __tablename__ = "bitext"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    src_id: Mapped[str]
    tgt_id: Mapped[str]
    created_at: Mapped[str]
    changed_at: Mapped[str]
    checked_seq: Mapped[int] = mapped_column(default=0)  # log number the flags were made at
    check_signature: Mapped[str] = mapped_column(default="")
    portable_seq: Mapped[int] = mapped_column(default=0)  # log number in the portable file
    portable_sha256: Mapped[str] = mapped_column(default="")  # that file as we wrote or read it
    session_id: Mapped[str] = mapped_column(default="", server_default="")  # of a reviewer's copy


class OperationRow(Base):
    """The append-only log. `seq` is the log number, rising over the whole workspace."""

    __tablename__ = "operation"
    __table_args__ = (
        Index("ix_operation_bitext_id_seq", "bitext_id", "seq"),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(unique=True)
    bitext_id: Mapped[str] = mapped_column(ForeignKey("bitext.id"))
    kind: Mapped[str]
    author: Mapped[str]
    made_at: Mapped[str]
    seen: Mapped[int]
    undoes: Mapped[str]
    changes: Mapped[list[Any]] = mapped_column(JSON)


class FlagRow(Base):
    """The detectors' last findings; derived, replaced as a whole by each check."""

    __tablename__ = "flag"

    bitext_id: Mapped[str] = mapped_column(ForeignKey("bitext.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class JobRow(Base):
    """Long work, done by the worker one at a time."""

    __tablename__ = "job"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    bitext_id: Mapped[str] = mapped_column(ForeignKey("bitext.id"), index=True)
    status: Mapped[str]  # queued, running, done, failed, stopped
    step: Mapped[str] = mapped_column(default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(default="")
    stop: Mapped[bool] = mapped_column(default=False)
    force: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)  # workers that began it
    made_at: Mapped[str]
    author: Mapped[str] = mapped_column(default="", server_default="")  # who asked; "": nobody


class PreferenceRow(Base):
    """What a person likes: keys, the look of the texts. By name, since a name is all we ask."""

    __tablename__ = "preference"

    person: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class SessionRow(Base):
    """A review of a bitext by several people."""

    __tablename__ = "review_session"

    id: Mapped[str] = mapped_column(primary_key=True)
    bitext_id: Mapped[str] = mapped_column(ForeignKey("bitext.id"), index=True)
    title: Mapped[str]
    mode: Mapped[str]  # shared, independent
    created_at: Mapped[str]
    created_by: Mapped[str]
    closed_at: Mapped[str] = mapped_column(default="")


class ReviewerRow(Base):
    """A person's part in a session. Of an invitation only the hash is kept."""

    __tablename__ = "reviewer"

    id: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("review_session.id"), index=True)
    name: Mapped[str]
    bitext_id: Mapped[str]
    token_hash: Mapped[str] = mapped_column(default="", index=True)
    invited_at: Mapped[str] = mapped_column(default="")
    finished_at: Mapped[str] = mapped_column(default="")


class AttendanceRow(Base):
    """Where a person was last in a bitext, and for how long they have been at work."""

    __tablename__ = "attendance"

    bitext_id: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str] = mapped_column(primary_key=True, default="")
    src: Mapped[int] = mapped_column(default=0)
    tgt: Mapped[int] = mapped_column(default=0)
    milliseconds: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[str] = mapped_column(default="")


class MemoryRow(Base):
    """A translation memory of others: pairs to look phrases up in, no text of ours."""

    __tablename__ = "memory"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    src_lang: Mapped[str]
    tgt_lang: Mapped[str]
    tool: Mapped[str]
    made_at: Mapped[str]
    units: Mapped[int] = mapped_column(default=0)
    whole: Mapped[bool] = mapped_column(default=False)  # until then nobody sees it


class MemoryUnitRow(Base):
    """A pair of a memory. The folded words are those that are searched."""

    __tablename__ = "memory_unit"

    memory_id: Mapped[str] = mapped_column(ForeignKey("memory.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    zh: Mapped[str]
    en: Mapped[str]
    zh_folded: Mapped[str]
    en_folded: Mapped[str]
