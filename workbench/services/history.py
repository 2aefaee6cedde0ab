"""What happened to a row: to its words, its pairing, its flags and its notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.domain.corrections import WORDINGS
from workbench.domain.operations import IMPORT, Change, Operation
from workbench.domain.reading import rows
from workbench.domain.review import StoredFlag
from workbench.domain.text import Span
from workbench.services.checking import stored_flags
from workbench.services.store import Store
from workbench.storage import repository


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that somebody did. kind: the name of the edit; of an undo or a redo also what
    was taken back or brought back."""

    kind: str
    author: str
    made_at: str
    undone: str = ""


def row_history(ws: Store, bitext_id: str, row_id: str) -> list[Event]:
    """Everything that happened to a row and to those it was made of, the latest first.

    Raises:
        UnknownName: no such bitext.
        UsageError: there is no row of that id.
    """
    with ws.db.read() as session:
        repository.bitext(session, bitext_id)
        log = repository.operations(session, bitext_id)
        state = ws.state(bitext_id, session)
        flags = stored_flags(session, bitext_id)
    current = rows(state)
    bead = current.beads[current.index(row_id)]
    spans = {"src": bead.src, "tgt": bead.tgt}
    names = {
        flag.fingerprint
        for flag in flags
        if any(words and words.overlaps(spans[side]) for side, words in _words(flag))
    }
    kinds = {operation.id: operation.kind for operation in log}
    return [
        Event(entry.kind, entry.author, entry.made_at, kinds.get(entry.undoes, ""))
        for entry in _about(_Row({bead.id}, spans, names), log)
    ]


@dataclass(frozen=True)
class _Row:
    """Ids of a row and of those it came from; its words; the fingerprints of its flags."""

    family: set[str]
    spans: dict[str, Span]
    flags: set[str]


def _words(flag: StoredFlag) -> tuple[tuple[str, Span | None], ...]:
    return (("src", flag.src), ("tgt", flag.tgt))


def _about(row: _Row, log: Sequence[Operation]) -> Iterator[Operation]:
    """The entries about a row, the latest first; rows it came from count as it."""
    family, spans = row.family, row.spans
    for entry in reversed(log):
        if any(change.collection == "beads" and change.id in family for change in entry.changes):
            made = any(c.id in family and c.before is None for c in entry.changes)
            if made and entry.kind != IMPORT:
                family |= {c.id for c in entry.changes if _came_before(c, spans)}
            yield entry
        elif any(_hangs_on(change, row) for change in entry.changes):
            yield entry


def _came_before(change: Change, spans: dict[str, Span]) -> bool:
    return (
        change.collection == "beads"
        and change.after is None
        and any(_overlaps(change.before.get(side), span) for side, span in spans.items())
    )


def _hangs_on(change: Change, row: _Row) -> bool:
    value = change.after if change.after is not None else change.before
    if change.collection == "statuses":
        return change.id in row.family
    if change.collection == "decisions":
        return change.id in row.flags
    if change.collection == WORDINGS:
        start, stop = value["tgt"]
        tgt = row.spans["tgt"]
        return Span(start, stop).overlaps(tgt) or (start == stop and start in tgt)
    if change.collection in ("annotations", "moves"):
        return any(_overlaps(value.get(side), span) for side, span in row.spans.items())
    if change.collection == "cuts":
        side = change.id.partition(":")[0]
        return int(value["offset"]) in row.spans[side]
    return False


def _overlaps(place: Sequence[int] | None, span: Span) -> bool:
    return place is not None and Span(*place).overlaps(span)
