"""Making one record of what several reviewers said: each item is taken, changed or rejected.

The record is the log of the bitext: an outcome is an operation of whoever settles, undone like any
other, and what is taken over says who wrote it first.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workbench.domain.corrections import WORDINGS, reworded, wording_value
from workbench.domain.notes import Annotation
from workbench.domain.operations import Change, undoable
from workbench.domain.rewording import run_of
from workbench.domain.status import STATUSES, Status
from workbench.errors import UsageError
from workbench.services import review
from workbench.services.comparison import SETTLED, Comparison, Item, Said, compare
from workbench.services.edits import ANNOTATIONS, Args, Desk
from workbench.services.workspace import Workspace
from workbench.storage import repository

ADJUDICATE = "adjudicate"
TAKEN, EDITED, REJECTED = "taken", "edited", "rejected"


def settle(
    ws: Workspace,
    session_id: str,
    item_ids: list[str],
    outcome: str,
    *,
    author: str,
    seen: int,
    operation_id: str,
    taken: str = "",
    annotation: Mapping[str, Any] | None = None,
) -> int:
    """Say what becomes of some items, in one step; answers with the log number.

    taken: name of the reviewer whose word is taken. annotation: what is written in its place.

    Raises:
        UsageError: there is no such item or outcome, or that reviewer said nothing.
        Conflict: somebody settled it first, or the session is open.
    """
    found = compare(ws, session_id)
    items = {item.id: item for item in found.items}
    missing = [id_ for id_ in item_ids if id_ not in items]
    if missing or not item_ids:
        raise UsageError("This item is not there any more; reload the page.")

    def edit(desk: Desk, _args: Args) -> tuple[Change, ...]:
        changes: tuple[Change, ...] = ()
        for id_ in item_ids:
            changes += _changes(desk, found, items[id_], outcome, taken, annotation)
        return changes

    return review.perform(
        ws,
        found.session.bitext_id,
        ADJUDICATE,
        {},
        author=author,
        seen=seen,
        operation_id=operation_id,
        edit=edit,
    )


def take_agreed(
    ws: Workspace, session_id: str, *, author: str, seen: int, operation_id: str
) -> int:
    """Take over, in one step, every item on which all reviewers agree and that is not settled.

    Of several wordings the first reviewer's is taken. Answers with how many there were.
    """
    found = compare(ws, session_id)
    ids = [item.id for item in found.items if item.agreed and item.outcome is None]
    if ids:
        settle(
            ws, session_id, ids, TAKEN, author=author, seen=seen, operation_id=operation_id,
            taken=found.reviewers[0].name,
        )  # fmt: skip
    return len(ids)


def turn_back(
    ws: Workspace, session_id: str, kind: str, *, author: str, seen: int, operation_id: str
) -> None:
    """Undo or redo the last outcome that a person gave.

    Raises:
        UsageError: the last thing they did in the bitext was something else.
    """
    bitext_id = compare(ws, session_id).session.bitext_id
    with ws.db.read() as db:
        undo, redo = undoable(repository.headers(db, bitext_id), author)
        stack = undo if kind == "undo" else redo
        last = repository.operation(db, stack[-1].id) if stack else None
    if last is None or not any(change.collection == SETTLED for change in last.changes):
        raise UsageError(f"There is no outcome of yours to {kind} here.")
    review.perform(ws, bitext_id, kind, {}, author=author, seen=seen, operation_id=operation_id)


def _changes(
    desk: Desk,
    found: Comparison,
    item: Item,
    outcome: str,
    taken: str,
    annotation: Mapping[str, Any] | None,
) -> tuple[Change, ...]:
    known = (TAKEN, EDITED, REJECTED)
    if outcome not in known:
        raise UsageError(f"There is no outcome {outcome!r}; choose from: {', '.join(known)}.")
    before = desk.state.get(SETTLED, item.id)
    made: dict[str, dict[str, Any]] = {}
    collection = ANNOTATIONS
    if item.kind == "wording":
        collection, made = WORDINGS, _worded(desk, found, item, outcome, taken, annotation)
    elif item.kind != "status":
        written = _made(item, outcome, taken, annotation)
        for one in written.values():
            desk.typology.check(one)
        made = {id_: one.to_json() for id_, one in written.items()}
    changes = []
    for id_ in dict.fromkeys([*(before or {}).get("made", ()), *made]):
        had = desk.state.get(collection, id_)
        if had != made.get(id_):
            changes.append(Change(collection, id_, had, made.get(id_)))
    changes += _decided(desk, item, outcome, taken, before)
    changes += _stood(desk, item, outcome, taken, before)
    after = {
        "session": found.session.id,
        "outcome": outcome,
        "of": [{"by": said.name, "id": said.id} for said in item.said if not said.nothing],
        "made": list(made),
    }
    if taken:
        after["taken"] = taken
    return (*changes, Change(SETTLED, item.id, before, after)) if before != after else ()


def _said(item: Item, name: str) -> Said:
    for said in item.said:
        if said.name == name and not said.nothing:
            return said
    raise UsageError(f"{name or 'Nobody'} said nothing here that could be taken.")


def _made(
    item: Item, outcome: str, taken: str, annotation: Mapping[str, Any] | None
) -> dict[str, Annotation]:
    """The annotations of an outcome, by id, with the names of those who wrote them first."""
    if outcome == REJECTED:
        return {}
    if outcome == TAKEN:
        said = _said(item, taken)
        if said.annotation is None:
            return {}
        names = [one.name for one in item.said if one.gist() == said.gist()]
        return {said.id: replace(said.annotation, begun_by=", ".join(names))}
    names = [said.name for said in item.said if said.annotation]
    written = Annotation.from_json(annotation or {})
    id_ = str(uuid.uuid5(uuid.NAMESPACE_OID, item.id))
    return {id_: replace(written, begun_by=", ".join(names))}


def _worded(
    desk: Desk,
    found: Comparison,
    item: Item,
    outcome: str,
    taken: str,
    annotation: Mapping[str, Any] | None,
) -> dict[str, dict[str, Any]]:
    """What is written into the English of a row by an outcome, by id."""
    if outcome == REJECTED:
        return {}
    if outcome == TAKEN:
        return {one.id: wording_value(one.span, one.wording)
                for one in _said(item, taken).wordings}  # fmt: skip
    content = desk.content("tgt")
    run = run_of(content, found.spans[item.row][1])
    text = str((annotation or {}).get("wording", "")).strip()
    written, _ = reworded(content, (), run, text)
    return {
        str(uuid.uuid5(uuid.NAMESPACE_OID, f"{item.id} {n}")): wording_value(*one)
        for n, one in enumerate(written)
    }


def _stood(
    desk: Desk, item: Item, outcome: str, taken: str, before: Mapping[str, Any] | None
) -> list[Change]:
    """The status of the row that an item is about; whoever approved has signed it.

    As on the review page, a status above draft also says that the pairing is right.
    """
    if item.kind != "status":
        return []
    bead = desk.state.get("beads", item.row)
    if bead is None:
        raise UsageError(
            "This row is paired otherwise by now; look at it on the review page and give it its "
            "status there."
        )
    had = desk.state.get(STATUSES, item.row)
    value: dict[str, Any] | None = None
    if outcome == TAKEN:
        value = {"status": _said(item, taken).status}
        if value["status"] == Status.APPROVED:
            value["signed"] = [one.name for one in item.said if one.status == Status.APPROVED]
    elif outcome == EDITED:
        raise UsageError("A status is taken from a reviewer or rejected; it can't be written anew.")
    elif before is None:
        return []
    changes = [Change(STATUSES, item.row, had, value)] if had != value else []
    if value and not bead.get("confirmed"):
        changes.append(Change("beads", item.row, bead, {**bead, "confirmed": True}))
    return changes


def _decided(
    desk: Desk, item: Item, outcome: str, taken: str, before: Mapping[str, Any] | None
) -> list[Change]:
    """The decision on the flag that an item is about."""
    if item.flag is None:
        return []
    had = desk.state.get("decisions", item.id)
    value = None
    if outcome == TAKEN:
        decision = _said(item, taken).decision
        value = decision.to_json() if decision else None
    elif outcome == EDITED:
        accepted = (said.decision for said in item.said if said.decision)
        value = next(accepted).to_json() | {"verdict": "accepted", "reason": ""}
    elif before is None:
        return []  # rejected at once: what the bitext had is left
    return [Change("decisions", item.id, had, value)] if had != value else []
