"""Passages that the translation puts elsewhere: two rows of one side each, tied across others.

The rows stay where they are, since rows follow the order of both texts; a move says that their
words translate each other. It hangs on the words, and goes when they no longer are rows of
their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.domain.alignment import without_end
from workbench.domain.beads import ReviewBead, Rows, Side, retiled, unpair
from workbench.domain.operations import Change, State, new_id
from workbench.domain.text import Span
from workbench.errors import UsageError

MOVES = "moves"


@dataclass(frozen=True, slots=True)
class Move:
    """Source words and the words, elsewhere, that translate them."""

    src: Span
    tgt: Span

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Move":
        """Read what the log holds."""
        return cls(Span(*value["src"]), Span(*value["tgt"]))

    def to_json(self) -> dict[str, Any]:
        """As the log holds it."""
        return {"src": [self.src.start, self.src.stop], "tgt": [self.tgt.start, self.tgt.stop]}


def moves_of(state: State) -> dict[str, Move]:
    """All moves, by id."""
    return {id_: Move.from_json(value) for id_, value in state.collection(MOVES).items()}


def tie(state: State, a: ReviewBead, b: ReviewBead) -> tuple[Change, ...]:
    """Say that two rows of one side each translate each other though others lie between."""
    src, tgt = (a, b) if len(a.src) else (b, a)
    move = Move(src.src, tgt.tgt)
    for other in moves_of(state).values():
        if other.src == move.src or other.tgt == move.tgt:
            raise UsageError("One of these rows is paired with a distant row already; unpair it.")
    return (Change(MOVES, new_id(), None, move.to_json()),)


def untie(state: State, bead: ReviewBead) -> tuple[Change, ...]:
    """Take back that a row of one side is translated elsewhere."""
    return tuple(
        Change(MOVES, id_, move.to_json(), None)
        for id_, move in moves_of(state).items()
        if (len(bead.src) and move.src == bead.src) or (len(bead.tgt) and move.tgt == bead.tgt)
    )


def cross(state: State, rows: Rows, id: str) -> tuple[Change, ...]:  # noqa: A002
    """Let the translations of a row and of the next one change places."""
    first = rows.index(id)
    a, b = rows.beads[first : first + 2]
    changes = [*unpair(rows, a.id), *unpair(rows, b.id)]
    pairs = (Move(a.src, b.tgt), Move(b.src, a.tgt))
    return (*changes, *(Change(MOVES, new_id(), None, move.to_json()) for move in pairs))


def set_apart(beads: Sequence[ReviewBead], side: Side, words: Span) -> list[ReviewBead]:
    """All rows, with some words of one side in a row of their own.

    words: of whole rows that have no other side, or of the end of a row that has one. What lies
    between such rows of the other side comes before them.
    """
    spans: list[Span] = [getattr(bead, side) for bead in beads]
    held = [n for n, span in enumerate(spans) if len(span) and span.overlaps(words)]
    first, last = held[0], held[-1]
    run = beads[first : last + 1]
    if first == last and run[0].is_null:
        return list(beads)
    known = [beads[n].probability for n in held]
    probability = min((p for p in known if p is not None), default=None)
    if first == last:
        new = [
            ReviewBead(new_id(), src, tgt, probability=probability)
            for src, tgt in without_end(run[0], side, words)
        ]
    else:
        nowhere = Span(0, 0)
        places = (words, nowhere) if side == "src" else (nowhere, words)
        one = ReviewBead(new_id(), *places, probability=probability)
        others = [bead for n, bead in enumerate(run, first) if n not in held]
        new = retiled([*others, one], run[0].src.start, run[0].tgt.start)
    return [*beads[:first], *new, *beads[last + 1 :]]


def without_rows(state: State, rows: Rows, changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes that take along the moves of words that are no rows of their own any more."""
    new = {change.id: change.after for change in changes if change.collection == "beads"}
    if not new or not state.collection(MOVES):
        return ()
    kept = [bead for bead in rows.beads if bead.id not in new]
    kept += [ReviewBead.from_json(id_, value) for id_, value in new.items() if value]
    alone = {
        side: {getattr(bead, side) for bead in kept if bead.is_null and len(getattr(bead, side))}
        for side in ("src", "tgt")
    }
    gone = {change.id for change in changes if change.collection == MOVES}
    return tuple(
        Change(MOVES, id_, move.to_json(), None)
        for id_, move in moves_of(state).items()
        if id_ not in gone and (move.src not in alone["src"] or move.tgt not in alone["tgt"])
    )
