"""How far a row, and the review as a whole, has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workbench.domain.beads import Rows
from workbench.domain.operations import Change, State
from workbench.errors import UsageError

STATUSES = "statuses"
REVIEW = ("meta", "review")


class Status(StrEnum):
    """Of a row or of the review; every row begins as a draft."""

    DRAFT = "draft"
    REVISED = "revised"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Standing:
    """A status with the names of those who approved, in order."""

    status: Status = Status.DRAFT
    signed: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, value: Mapping[str, Any] | None) -> "Standing":
        """Read what the log holds; nothing is a draft."""
        if value is None:
            return cls()
        return cls(status_named(value.get("status")), tuple(map(str, value.get("signed", ()))))


@dataclass(frozen=True, slots=True)
class Review:
    """The state of the review. signatures: how many an approved row needs, 1 or 2."""

    status: Status = Status.DRAFT
    signatures: int = 1


def status_named(name: Any) -> Status:  # noqa: ANN401
    """The status of that name. Raises UsageError."""
    try:
        return Status(name)
    except ValueError:
        raise UsageError(
            f"There is no status {name!r}; choose from: {', '.join(Status)}."
        ) from None


def review_of(state: State) -> Review:
    """The state of the review, as the log has it."""
    value = state.get(*REVIEW) or {}
    return Review(status_named(value.get("status", Status.DRAFT)), int(value.get("signatures", 1)))


def set_status(
    state: State, rows: Rows, ids: Sequence[str], status: Status, author: str
) -> tuple[Change, ...]:
    """Give rows a status. Approving a row that another person approved adds a signature.

    A status above draft also says that the pairing is right.
    """
    known = {bead.id: bead for bead in rows.beads}
    changes = []
    for id_ in ids:
        if id_ not in known:
            rows.index(id_)  # says that it is gone
        before = state.get(STATUSES, id_)
        after: dict[str, Any] | None = {"status": str(status)}
        if status is Status.DRAFT:
            after = None
        elif status is Status.APPROVED:
            had = Standing.from_json(before)
            signed = had.signed if had.status is Status.APPROVED else ()
            after = {"status": str(status), "signed": list(dict.fromkeys([*signed, author]))}
        if before != after:
            changes.append(Change(STATUSES, id_, before, after))
        bead = known[id_]
        if status is not Status.DRAFT and not bead.confirmed:
            value = bead.to_json()
            changes.append(Change("beads", id_, value, value | {"confirmed": True}))
    return tuple(changes)


def set_review(state: State, args: Mapping[str, Any]) -> tuple[Change, ...]:
    """Change the state of the review, or how many signatures a row needs."""
    had = review_of(state)
    signatures = int(args.get("signatures", had.signatures))
    if signatures not in (1, 2):
        raise UsageError("A row is approved by one person or by two.")
    status = status_named(args.get("status", had.status))
    after = {"status": str(status), "signatures": signatures}
    before = state.get(*REVIEW)
    return (
        ()
        if (had.status, had.signatures) == (status, signatures)
        else (Change(*REVIEW, before, after),)
    )


def without_rows(state: State, changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes that take the statuses of removed rows along."""
    return tuple(
        Change(STATUSES, change.id, state.get(STATUSES, change.id), None)
        for change in changes
        if change.collection == "beads"
        and change.after is None
        and state.get(STATUSES, change.id) is not None
    )
