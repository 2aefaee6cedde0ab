"""Editing a bitext: every edit, undo and redo goes through `perform`."""

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from workbench.domain import beads
from workbench.domain.alignment import check_tiling
from workbench.domain.beads import Side
from workbench.domain.operations import (
    Operation,
    State,
    apply,
    check_seen,
    inverse,
    undoable,
)
from workbench.domain.reading import DIVIDING, rows
from workbench.errors import BadInput, Conflict, UsageError
from workbench.services.checking import stored_flags
from workbench.services.edits import REPAIRING, Args, Desk, Edit, changes_of
from workbench.services.sessions import check_open
from workbench.services.store import now
from workbench.services.typologies import typology_of
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.storage.repository import Bitext


def perform(
    ws: Workspace,
    bitext_id: str,
    kind: str,
    args: Args,
    *,
    author: str,
    seen: int,
    operation_id: str,
    edit: Edit | None = None,
    unseen: Sequence[str] = (),
) -> int:
    """Carry out one edit and return its log number.

    The same operation id twice is done once. `seen` is the log number the author had seen when
    making it; `unseen`: ids of edits made before it whose outcome was not seen, such as those of
    a queue that waited for a lost connection.
    edit: what to do, when it is none of those that a page may name.

    Raises:
        Conflict: what it touches was changed after `seen`; nothing was overwritten.
        UsageError: the edit makes no sense for these rows.
        UnknownName: no such bitext.
    """
    with ws.db.write() as session:
        done = repository.operation(session, operation_id)
        if done:
            return done.seq
        bitext = repository.bitext(session, bitext_id)
        _check_copy(session, bitext, kind)
        state = ws.state(bitext_id, session)
        if kind in ("undo", "redo"):
            operation = _inverse(session, bitext_id, kind, author, operation_id)
        else:
            several = args.get("rows")
            named = [args.get("row"), args.get("other")]
            named += several if isinstance(several, list) else []
            earlier = (repository.operation(session, id_) for id_ in unseen)
            own = {one.seq for one in earlier if one and one.author == author}
            check_seen(state, [("beads", str(row)) for row in named if row], seen, own)
            desk = _desk(ws, session, bitext, state, author)
            changes = edit(desk, args) if edit else changes_of(desk, kind, args)
            held = [change.key for change in changes if change.before is not None]
            check_seen(state, held, seen, own)
            operation = Operation(operation_id, kind, author, now(), changes, seen)
        if not operation.changes:
            return state.seq
        _check_storable(operation)
        apply(state, operation)
        operation = repository.append(session, bitext_id, operation)
        after = apply(state, operation)
        if {change.collection for change in operation.changes} & {"beads", *DIVIDING}:
            _check_rows(state, after)
    ws.remember(bitext_id, after)
    return operation.seq


def _check_copy(session: Session, bitext: Bitext, kind: str) -> None:
    """What may be done to a reviewer's copy: anything but to its rows, until the session closes."""
    check_open(session, bitext)
    if bitext.session_id and kind in REPAIRING:
        raise UsageError(
            "In an independent session the rows stay as they are, so that the reviewers can be "
            "compared; write a comment where the pairing is wrong."
        )


def _desk(ws: Workspace, session: Session, bitext: Bitext, state: State, author: str) -> Desk:
    def content(side: Side) -> str:
        return ws.text(bitext.src_id if side == "src" else bitext.tgt_id).content

    typology = typology_of(ws).typology
    return Desk(state, author, typology, lambda: stored_flags(session, bitext.id), content)


def _check_rows(before: State, after: State) -> None:
    """Refuse what would leave a row that ends inside a sentence, such as an undo too late.

    Only the rows that are not as they were need a look, unless the sentences are others.
    """
    try:
        current = rows(after)
    except BadInput as error:  # a sentence across paragraphs
        raise UsageError(str(error)) from None
    first, stop = 0, len(current.beads)
    if before.collection("beads"):
        had = rows(before)
        if had.src_ends is current.src_ends and had.tgt_ends is current.tgt_ends:
            first, stop = beads.differing(had.beads, current.beads)
    run = current.beads[first:stop]
    broken = beads.cut_through(replace(current, beads=run))
    if broken is not None:
        touch = after.touched["beads", broken.id]
        raise Conflict(
            f"{touch.author} has since divided a row where this sentence ends "
            f"({touch.made_at[11:16]} UTC); undo that first."
        )
    start, end = (0, 0), (current.src_ends[-1], current.tgt_ends[-1])
    if first:
        start = (current.beads[first - 1].src.stop, current.beads[first - 1].tgt.stop)
    if stop < len(current.beads):
        end = (current.beads[stop].src.start, current.beads[stop].tgt.start)
    check_tiling(run, *end, start=start)


def _check_storable(operation: Operation) -> None:
    """Refuse what no file could hold: the portable file would never be written again."""
    values = [operation.author, *([change.id, change.after] for change in operation.changes)]
    try:
        json.dumps(values, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise UsageError(
            "This holds half a character (a lone surrogate), which no file can store; "
            "type it again, or copy it again from its source."
        ) from None


def _inverse(
    session: Session, bitext_id: str, kind: str, author: str, operation_id: str
) -> Operation:
    undo, redo = undoable(repository.headers(session, bitext_id), author)
    stack = undo if kind == "undo" else redo
    whole = repository.operation(session, stack[-1].id) if stack else None
    if whole is None:
        raise UsageError(f"There is nothing of yours to {kind}.")
    return inverse(whole, kind=kind, made_at=now(), id=operation_id)
