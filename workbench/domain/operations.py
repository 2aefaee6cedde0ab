"""Every edit is an operation: a set of changes, each from a value to a value.

An operation applies only when everything it changes still has the value its author saw, so two
people on different rows never disturb each other, and its inverse is the same changes turned
round. Undo and redo are further operations; nothing is ever taken out of the log.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from workbench.errors import Conflict, UsageError

T = TypeVar("T")
Value = Any  # JSON: what the log and the portable file hold
Key = tuple[str, str]
"""(collection, id), such as ("beads", "3f2a…")."""

WORKBENCH = "workbench"
"""The author's name of what the program did by itself."""

ALIGN = "align"
"""The kind of operation in which the aligner made rows, whoever asked for it."""

IMPORT = "import"
"""The kind of operation that brings a portable file into the log; it can't be undone."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value replaced by another; None stands for absence."""

    collection: str
    id: str
    before: Value
    after: Value

    @property
    def key(self) -> Key:
        """What is changed."""
        return (self.collection, self.id)

    def inverse(self) -> "Change":
        """The change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Operation:
    """A named edit by one author.

    id: UUID, made by the client, so that sending it again is harmless.
    made_at: ISO 8601, UTC. seen: the log number its author had seen.
    undoes: for "undo" and "redo", the id of the operation taken back or brought back.
    seq: the log number, 0 until it is stored.
    """

    id: str
    kind: str
    author: str
    made_at: str
    changes: tuple[Change, ...]
    seen: int = 0
    undoes: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Touch:
    """Who changed a value last."""

    seq: int
    author: str
    made_at: str
    kind: str


@dataclass(frozen=True, slots=True)
class State:
    """Everything people and the aligner decided about a bitext: collections of JSON values.

    seq: number of the last operation applied.
    values: by (collection, id). touched: the last change of each key, also of removed ones.
    derived: what `derive` made, by name, each with the collections it follows from.
    """

    seq: int = 0
    values: Mapping[Key, Value] = field(default_factory=dict)
    touched: Mapping[Key, Touch] = field(default_factory=dict)
    derived: dict[str, tuple[frozenset[str], Any]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def collection(self, name: str) -> Mapping[str, Value]:
        """The values of one collection by id."""
        return self.derive(
            f"collection {name}",
            frozenset((name,)),
            lambda: {key[1]: value for key, value in self.values.items() if key[0] == name},
        )

    def get(self, collection: str, id: str) -> Value:  # noqa: A002
        """One value, or None."""
        return self.values.get((collection, id))

    def derive(self, name: str, of: frozenset[str], make: Callable[[], T]) -> T:
        """What follows from some collections, made once and kept until one of them changes.

        of: the collections that `make` reads. The result is shared and must not be altered.
        """
        if name not in self.derived:
            self.derived[name] = (of, make())
        found: T = self.derived[name][1]
        return found


def new_id() -> str:
    """A fresh identifier for an operation, a bead or an annotation."""
    return str(uuid.uuid4())


def apply(state: State, operation: Operation) -> State:
    """The state after an operation.

    Raises:
        Conflict: something it changes is no longer as its author saw it; names who changed it.
    """
    return apply_all(state, [operation])


def apply_all(state: State, operations: Iterable[Operation]) -> State:
    """The state after several operations, in order; raises Conflict as `apply` does."""
    values, touched, seq = dict(state.values), dict(state.touched), state.seq
    changed: set[str] = set()
    for operation in operations:
        for change in operation.changes:
            if values.get(change.key) != change.before:
                raise Conflict(_conflict(touched.get(change.key)))
        touch = Touch(operation.seq, operation.author, operation.made_at, operation.kind)
        for change in operation.changes:
            if change.after is None:
                values.pop(change.key, None)
            else:
                values[change.key] = change.after
            touched[change.key] = touch
            changed.add(change.collection)
        seq = max(seq, operation.seq)
    kept = {name: made for name, made in list(state.derived.items()) if not made[0] & changed}
    return State(seq, values, touched, kept)


def check_seen(
    state: State, keys: Iterable[Key], seen: int, own: Collection[int] = frozenset()
) -> None:
    """Refuse an edit of something that changed after its author looked at it.

    own: log numbers of later edits that the author made before this one.

    Raises:
        Conflict: one of `keys` is gone or was changed after log number `seen`.
    """
    for key in keys:
        touch = state.touched.get(key)
        if touch and touch.seq > seen and touch.seq not in own:
            raise Conflict(_conflict(touch))
        if key not in state.values:
            raise Conflict(_conflict(touch))


def _conflict(touch: Touch | None) -> str:
    if touch is None:
        return "This row is not there any more; nothing was changed, reload the page to go on."
    return (
        f"{touch.author} changed this first ({touch.made_at[11:16]} UTC); "
        "nothing was overwritten, look at the row again and repeat your edit if you still want it."
    )


def undoable(log: Sequence[Operation], author: str) -> tuple[list[Operation], list[Operation]]:
    """What an author can undo and redo, each with the next one last."""
    undo: list[Operation] = []
    redo: list[Operation] = []
    for operation in log:
        if operation.author != author or operation.kind == IMPORT:
            continue
        if operation.kind == "undo":
            redo.append(undo.pop())
        elif operation.kind == "redo":
            undo.append(redo.pop())
        else:
            undo.append(operation)
            redo.clear()
    return undo, redo


def inverse(operation: Operation, *, kind: str, made_at: str, id: str) -> Operation:  # noqa: A002
    """The operation that undoes, or (of an undo) redoes, what another one did."""
    if kind not in ("undo", "redo"):
        raise UsageError(f"An inverse is an undo or a redo, not {kind!r}.")
    changes = operation.changes
    if kind == "undo":
        changes = tuple(change.inverse() for change in changes)
    return Operation(id, kind, operation.author, made_at, changes, undoes=operation.id)
