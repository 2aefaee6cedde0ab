"""Editing a bitext: every edit, undo and redo goes through `perform`."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from workbench.domain import beads as edits
from workbench.domain.beads import Rows
from workbench.domain.notes import Annotation, Decision
from workbench.domain.operations import (
    Change,
    Operation,
    State,
    apply,
    check_seen,
    inverse,
    new_id,
    undoable,
)
from workbench.domain.reading import rows, segmentation
from workbench.domain.review import AnnotationKind, Verdict
from workbench.domain.text import Role
from workbench.errors import Conflict, UsageError
from workbench.services.checking import StoredFlag, stored_flags
from workbench.services.store import now
from workbench.services.workspace import Workspace
from workbench.storage import repository

Args = Mapping[str, Any]


def perform(
    ws: Workspace,
    bitext_id: str,
    kind: str,
    args: Args,
    *,
    author: str,
    seen: int,
    operation_id: str,
) -> int:
    """Carry out one edit and return its log number.

    The same operation id twice is done once. `seen` is the log number the author had seen.

    Raises:
        Conflict: what it touches was changed after `seen`; nothing was overwritten.
        UsageError: the edit makes no sense for these rows.
        UnknownName: no such bitext.
    """
    with ws.db.write() as session:
        done = repository.operation(session, operation_id)
        if done:
            return done.seq
        repository.bitext(session, bitext_id)
        state = ws.state(bitext_id, session)
        if kind in ("undo", "redo"):
            operation = _inverse(session, bitext_id, kind, author, operation_id)
        else:
            several = args.get("rows")
            named = [args.get("row"), args.get("other")]
            named += several if isinstance(several, list) else []
            check_seen(state, [("beads", str(row)) for row in named if row], seen)
            changes = _changes(session, bitext_id, state, kind, args)
            held = [change.key for change in changes if change.before is not None]
            check_seen(state, held, seen)
            operation = Operation(operation_id, kind, author, now(), changes, seen)
        if not operation.changes:
            return state.seq
        _check_storable(operation)
        apply(state, operation)
        operation = repository.append(session, bitext_id, operation)
        after = apply(state, operation)
        if any(change.collection == "beads" for change in operation.changes):
            rows_after = rows(after)
            edits.check(rows_after)
    ws.remember(bitext_id, after)
    return operation.seq


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


def _changes(
    session: Session, bitext_id: str, state: State, kind: str, args: Args
) -> tuple[Change, ...]:
    try:
        if kind in ROW_EDITS:
            return ROW_EDITS[kind](rows(state), args)
        if kind in NOTE_EDITS:
            return NOTE_EDITS[kind](state, args)
        if kind == "decide":
            return _decide(stored_flags(session, bitext_id), state, args)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UsageError(f"The edit {kind!r} can't be read ({error}); reload the page.") from error
    known = ", ".join(sorted([*ROW_EDITS, *NOTE_EDITS, "decide", "undo", "redo"]))
    raise UsageError(f"There is no edit {kind!r}; choose from: {known}.")


def _side(args: Args) -> edits.Side:
    side = args["side"]
    if side not in ("src", "tgt"):
        raise UsageError(f"A side is src or tgt, not {side!r}.")
    return side  # type: ignore[no-any-return]


def _confirm_above(current: Rows, args: Args) -> tuple[Change, ...]:
    last = current.index(str(args["row"]))
    return edits.confirm(current, [bead.id for bead in current.beads[: last + 1]], True)


ROW_EDITS: dict[str, Callable[[Rows, Args], tuple[Change, ...]]] = {
    "merge": lambda r, a: edits.merge(r, str(a["row"])),
    "split": lambda r, a: edits.split(r, str(a["row"]), _side(a), int(a["offset"])),
    "move": lambda r, a: edits.move(r, str(a["row"]), _side(a), bool(a["up"])),
    "unpair": lambda r, a: edits.unpair(r, str(a["row"])),
    "pair": lambda r, a: edits.pair(r, str(a["row"]), str(a["other"])),
    "confirm": lambda r, a: edits.confirm(r, [str(row) for row in a["rows"]], bool(a["confirmed"])),
    "confirm-above": _confirm_above,
}


def _annotate(state: State, args: Args) -> tuple[Change, ...]:
    id_ = str(args.get("id") or new_id())
    value = Annotation.from_json(args["annotation"]).to_json()
    _check_inside(state, value)
    before = state.get("annotations", id_)
    return () if before == value else (Change("annotations", id_, before, value),)


def _check_inside(state: State, value: dict[str, Any]) -> None:
    for side in ("src", "tgt"):
        size = segmentation(state, side).sentences[-1].stop
        if side in value and value[side][1] > size:
            raise UsageError("The selected words are not in the text; select them again.")


def _remove_annotation(state: State, args: Args) -> tuple[Change, ...]:
    id_ = str(args["id"])
    before = state.get("annotations", id_)
    if before is None:
        raise Conflict("This annotation is not there any more; nothing was changed.")
    return (Change("annotations", id_, before, None),)


def _role(state: State, args: Args) -> tuple[Change, ...]:
    side, number = _side(args), int(args["paragraph"])
    roles = segmentation(state, side).roles
    if not 0 <= number < len(roles):
        raise UsageError(f"There is no paragraph {number + 1} on that side.")
    id_ = f"{side}:{number}"
    value = {"role": str(Role(args["role"]))}
    before = state.get("roles", id_)
    return () if before == value else (Change("roles", id_, before, value),)


NOTE_EDITS: dict[str, Callable[[State, Args], tuple[Change, ...]]] = {
    "annotate": _annotate,
    "remove-annotation": _remove_annotation,
    "role": _role,
}


def _decide(flags: list[StoredFlag], state: State, args: Args) -> tuple[Change, ...]:
    """A decision on a flag; accepting it also writes the annotation it stands for."""
    name = str(args["flag"])
    flag = next((flag for flag in flags if flag.fingerprint == name), None)
    if flag is None:
        raise Conflict("This flag is not there any more, the row was checked anew; look again.")
    before = state.get("decisions", name)
    verdict = args.get("verdict")
    after = None
    if verdict:
        after = Decision(
            Verdict(verdict),
            flag.detector,
            flag.category,
            flag.src_words,
            flag.tgt_words,
            str(args.get("reason") or "").strip(),
        ).to_json()
    changes = [] if before == after else [Change("decisions", name, before, after)]
    made = {id_: v for id_, v in state.collection("annotations").items() if v.get("flag") == name}
    if verdict == Verdict.ACCEPTED and not made:
        annotation = Annotation(
            AnnotationKind.ERROR,
            flag.src,
            flag.tgt,
            flag.evidence,
            flag.category,
            flag.severity,
            flag=name,
        )
        changes.append(Change("annotations", new_id(), None, annotation.to_json()))
    elif verdict != Verdict.ACCEPTED:
        changes += [Change("annotations", id_, value, None) for id_, value in made.items()]
    return tuple(changes)
