"""Review sessions: making them, inviting people, and closing them."""

import hashlib
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session as Connection

from workbench.domain.operations import (
    ALIGN,
    IMPORT,
    WORKBENCH,
    Change,
    Operation,
    State,
    new_id,
)
from workbench.domain.sessions import COPY, Mode, Reviewer, Session
from workbench.errors import Conflict, UnknownName, UsageError
from workbench.services.library import free_id, slug
from workbench.services.session_files import write_session
from workbench.services.store import now
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.storage import sessions as table
from workbench.storage.repository import Bitext

SAID = frozenset(("annotations", "replies", "threads", "decisions", "statuses", "wordings"))
"""Collections that hold what people say; a copy begins without them."""

NAME = 60  # characters
MOST = 20  # reviewers of a session


def create_session(
    ws: Workspace,
    bitext_id: str,
    names: Sequence[str],
    *,
    mode: Mode,
    author: str,
    title: str = "",
) -> Session:
    """Begin a session. In an independent one every reviewer gets a copy of the alignment.

    Raises:
        UnknownName: no such bitext.
        UsageError: it is not aligned yet, or the names make no sense.
    """
    people = _checked_names(names, mode)
    made = now()
    with ws.db.write() as db:
        bitext = repository.bitext(db, bitext_id)
        if bitext.session_id:
            raise UsageError("A session is about a bitext, not about a reviewer's copy of one.")
        state = ws.state(bitext_id, db)
        if not state.collection("beads"):
            raise UsageError(f"{bitext.title!r} is not aligned yet; align it first.")
        name = " ".join(title.split())[:200] or bitext.title
        taken = {session.id for session in table.sessions(db)}
        session = Session(free_id(slug(name), taken), bitext_id, name, mode, made, author)
        table.add(db, session, [])
        for person in people:
            _seat(db, ws, session, bitext, state, person)
    _write(ws, session.id)
    return session


def _checked_names(names: Sequence[str], mode: Mode) -> list[str]:
    people = [" ".join(name.split()) for name in names]
    people = [name for name in people if name]
    if len({_folded(name) for name in people}) < len(people):
        raise UsageError("Two reviewers have the same name; tell them apart.")
    if not people or len(people) > MOST:
        raise UsageError(f"Name the reviewers, {MOST} at most.")
    if mode is Mode.INDEPENDENT and len(people) < 2:
        raise UsageError("An independent session compares reviewers; name two or more.")
    for name in people:
        if len(name) > NAME or _folded(name) == WORKBENCH:
            raise UsageError(f"{name[:NAME]!r} can't be a reviewer's name; choose another.")
    return people


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _seat(
    db: Connection, ws: Workspace, session: Session, bitext: Bitext, state: State, name: str
) -> Reviewer:
    place = bitext.id
    if session.mode is Mode.INDEPENDENT:
        taken = {person.bitext_id for person in table.reviewers(db, session.id)}
        part = slug(name, "reviewer")
        place = free_copy(session.id, part, taken)
        _copy(db, bitext, state, place, session.id)
    reviewer = Reviewer(new_id(), session.id, name, place)
    table.add_reviewer(db, reviewer)
    return reviewer


def free_copy(session_id: str, part: str, taken: set[str]) -> str:
    """The id of a new copy in a session."""
    names = {id_.partition(COPY)[2] for id_ in taken}
    return f"{session_id}{COPY}{free_id(part, names)}"


def _copy(db: Connection, bitext: Bitext, state: State, id_: str, session_id: str) -> None:
    """Give a reviewer the alignment and the flags as they are now, without anybody's words."""
    made = now()
    copy = Bitext(
        id_, bitext.title, bitext.src_id, bitext.tgt_id, made, made, session_id=session_id
    )
    repository.add_bitext(db, copy)
    groups: dict[tuple[str, str], list[Change]] = {}
    for key, value in state.values.items():
        if key[0] in SAID:
            continue
        touch = state.touched[key]
        author = WORKBENCH if touch.kind == ALIGN else touch.author
        groups.setdefault((touch.made_at, author), []).append(Change(*key, None, value))
    seq = 0
    for (made_at, author), changes in sorted(groups.items(), key=lambda item: item[0]):
        operation = Operation(new_id(), IMPORT, author, made_at, tuple(changes))
        seq = repository.append(db, id_, operation).seq
    repository.replace_flags(db, id_, repository.flags(db, bitext.id))
    repository.update_bitext(
        db, id_, checked_seq=seq, check_signature=bitext.check_signature, changed_at=made
    )


def add_reviewer(ws: Workspace, session_id: str, name: str) -> Reviewer:
    """Let one more person take part in an open session.

    In an independent session they get the alignment that the others have.

    Raises:
        UnknownName: no such session.
        UsageError: the name is taken or makes no sense.
        Conflict: the session is closed.
    """
    with ws.db.write() as db:
        session = table.session(db, session_id)
        if not session.is_open:
            raise Conflict(f"The session {session.title!r} is closed; reopen it first.")
        there = table.reviewers(db, session_id)
        known = _checked_names([*(person.name for person in there), name], Mode.SHARED)
        source = there[0].bitext_id if session.mode is Mode.INDEPENDENT else session.bitext_id
        bitext = repository.bitext(db, source)
        reviewer = _seat(db, ws, session, bitext, ws.state(source, db), known[-1])
    _write(ws, session_id)
    return reviewer


def find_reviewer(ws: Workspace, session_id: str, name: str) -> Reviewer:
    """A person of a session by name. Raises UnknownName."""
    with ws.db.read() as db:
        table.session(db, session_id)
        people = table.reviewers(db, session_id)
    for person in people:
        if _folded(person.name) == _folded(" ".join(name.split())):
            return person
    raise UnknownName("reviewer", name, [person.name for person in people])


# -- invitations --------------------------------------------------------------------------


def hashed(token: str) -> str:
    """What is kept of an invitation: it opens nothing, but is recognised."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def invite(ws: Workspace, reviewer_id: str) -> str:
    """A new invitation for a person; one they had before opens nothing any more.

    The token is answered once and can't be read again.
    """
    token = secrets.token_urlsafe(32)
    with ws.db.write() as db:
        reviewer = table.reviewer(db, reviewer_id)
        if reviewer is None:
            raise UsageError("There is no such reviewer; reload the page.")
        if not table.session(db, reviewer.session_id).is_open:
            raise Conflict("This session is closed; reopen it before you invite anybody.")
        table.update_reviewer(db, reviewer_id, token_hash=hashed(token), invited_at=now())
    return token


def invited(ws: Workspace, token_hash: str) -> Reviewer | None:
    """Whose invitation this is."""
    with ws.db.read() as db:
        return table.invited(db, token_hash)


def anybody_invited(ws: Workspace) -> bool:
    """Whether there is an invitation to an open session."""
    with ws.db.read() as db:
        return table.any_invited(db)


def reviewer_of(ws: Workspace, reviewer_id: str) -> Reviewer | None:
    """A person's part in a session."""
    with ws.db.read() as db:
        return table.reviewer(db, reviewer_id)


def revoke(ws: Workspace, reviewer_id: str) -> None:
    """Take a person's invitation back; whoever used it is out at once."""
    with ws.db.write() as db:
        table.update_reviewer(db, reviewer_id, token_hash="", invited_at="")


# -- the course of a session --------------------------------------------------------------


def close_session(ws: Workspace, session_id: str) -> Session:
    """End a session: its copies change no more and can be compared."""
    return _set_closed(ws, session_id, now())


def reopen_session(ws: Workspace, session_id: str) -> Session:
    """Let the reviewers of a closed session go on.

    Raises:
        Conflict: its reviewers have seen each other's work, or its record is being made.
    """
    return _set_closed(ws, session_id, "")


def _set_closed(ws: Workspace, session_id: str, closed_at: str) -> Session:
    with ws.db.write() as db:
        session = table.session(db, session_id)
        if session.is_open != bool(closed_at):
            return session
        table.update_session(db, session_id, closed_at=closed_at)
    _write(ws, session_id)
    return replace(session, closed_at=closed_at)


def finish(ws: Workspace, reviewer_id: str, *, done: bool) -> None:
    """Note that a person says they are done, or not yet."""
    with ws.db.write() as db:
        reviewer = table.reviewer(db, reviewer_id)
        if reviewer is None:
            raise UsageError("There is no such reviewer; reload the page.")
        table.update_reviewer(db, reviewer_id, finished_at=now() if done else "")
    _write(ws, reviewer.session_id)


def check_open(db: Connection, bitext: Bitext) -> None:
    """Refuse an edit of a copy whose session is closed. Raises Conflict."""
    if bitext.session_id and not table.session(db, bitext.session_id).is_open:
        raise Conflict("This session is closed, so nothing was changed; its owner can reopen it.")


def part_of(ws: Workspace, bitext_id: str, person: str) -> Reviewer | None:
    """The part that a person has in an open session about a bitext or a copy."""
    with ws.db.read() as db:
        bitext = repository.bitext(db, bitext_id)
        if bitext.session_id:
            people = table.reviewers(db, bitext.session_id)
            return next((p for p in people if p.bitext_id == bitext_id), None)
        for session in table.sessions(db, bitext_id=bitext_id):
            if session.is_open and session.mode is Mode.SHARED:
                for reviewer in table.reviewers(db, session.id):
                    if reviewer.name == person:
                        return reviewer
    return None


def session_of(ws: Workspace, session_id: str) -> tuple[Session, list[Reviewer]]:
    """A session with its people. Raises UnknownName."""
    with ws.db.read() as db:
        return table.session(db, session_id), table.reviewers(db, session_id)


def _write(ws: Workspace, session_id: str) -> None:
    """Bring the files of a session up to date."""
    write_session(ws, session_id)
    _, people = session_of(ws, session_id)
    for person in people:
        if COPY in person.bitext_id:
            ws.save_portable(person.bitext_id)
