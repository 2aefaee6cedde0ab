"""Taking a bitext out of a workspace as one value."""

from typing import Any

from workbench.domain.beads import ReviewBead, Rows, Side
from workbench.domain.notes import Decision
from workbench.domain.operations import ALIGN, WORKBENCH, Key, State
from workbench.domain.reading import divided, rows
from workbench.domain.text import Role
from workbench.exchange.tags import Tag
from workbench.exchange.whole import (
    ABOUT,
    DecisionEntry,
    FlagEntry,
    NoteEntry,
    RoleEntry,
    Setting,
    ValueEntry,
    WholeBitext,
    WholeRow,
    WholeText,
)
from workbench.services.page import review_view
from workbench.services.views import ReviewView, RowView
from workbench.services.workspace import Workspace


def whole_bitext(ws: Workspace, bitext_id: str) -> WholeBitext:
    """A bitext with all that is known of it, as it stands now.

    Raises:
        UnknownName: no such bitext.
        UsageError: it is not aligned yet.
    """
    view = review_view(ws, bitext_id, "")
    state = ws.state(bitext_id)
    while state.seq != view.seq:  # somebody edited in between
        view = review_view(ws, bitext_id, "")
        state = ws.state(bitext_id)
    bitext = view.bitext
    return WholeBitext(
        bitext.id,
        bitext.title,
        bitext.created_at,
        view.signature,
        "" if view.checking else bitext.check_signature,
        _setting(state, ALIGNMENT),
        _text(ws, bitext.src_id, state, "src"),
        _text(ws, bitext.tgt_id, state, "tgt"),
        _rows(view, state),
        tuple(
            RoleEntry(*_place(key), Role(value["role"]), _setting(state, ("roles", key)))
            for key, value in sorted(state.collection("roles").items(), key=lambda i: _place(i[0]))
        ),
        tuple(
            DecisionEntry(key, Decision.from_json(value), _setting(state, ("decisions", key)))
            for key, value in sorted(state.collection("decisions").items())
        ),
        tuple(
            ValueEntry(*key, value, _setting(state, key))
            for key, value in sorted(state.values.items(), key=lambda item: item[0])
            if key[0] not in TYPED and key != ALIGNMENT
        ),
    )


TYPED = frozenset(("segments", "tags", "roles", "beads", "annotations", "decisions"))
"""Collections that a whole bitext has places of its own for."""

ALIGNMENT = ("meta", "alignment")


def _text(ws: Workspace, text_id: str, state: State, side: Side) -> WholeText:
    text = ws.text(text_id)
    division = divided(state, side)
    assert division  # the page shows rows, so both texts are divided
    return WholeText(
        text.id,
        text.title,
        text.lang,
        text.sha256,
        text.content,
        division,
        _tags(state, side),
        **{name: getattr(text, name) for name in ABOUT},
    )


def _tags(state: State, side: Side) -> tuple[Tag, ...]:
    found = [(_place(key), value) for key, value in state.collection("tags").items()]
    ours = sorted((number, value) for (of, number), value in found if of == side)
    return tuple(tag_from_json(value) for _, value in ours)


def tag_from_json(value: dict[str, Any]) -> Tag:
    """An inline code as the log holds it."""
    attributes = tuple((str(name), str(text)) for name, text in value["attributes"])
    return Tag(value["at"], value["kind"], value["name"], attributes, value["inner"])


def _place(key: str) -> tuple[Side, int]:
    side, _, number = key.partition(":")
    return ("src" if side == "src" else "tgt"), int(number)


def _rows(view: ReviewView, state: State) -> tuple[WholeRow, ...]:
    groups = {id_: number for number, group in enumerate(view.groups) for id_ in group.rows}
    current = rows(state)
    return tuple(
        _row(number, bead, current, groups[bead.id], view, state)
        for number, bead in enumerate(current.beads, 1)
    )


def _row(
    number: int, bead: ReviewBead, current: Rows, group: int, view: ReviewView, state: State
) -> WholeRow:
    row: RowView = view.rows[bead.id]
    return WholeRow(
        number,
        bead,
        group,
        view.groups[group].role,
        current.sentences(bead, "src"),
        current.sentences(bead, "tgt"),
        _setting(state, ("beads", bead.id)),
        tuple(
            FlagEntry(
                entry.flag,
                entry.decision,
                Setting(entry.touch.author, entry.touch.made_at) if entry.touch else None,
            )
            for entry in row.flags
        ),
        tuple(
            NoteEntry(note.id, note.annotation, Setting(note.touch.author, note.touch.made_at))
            for note in row.notes
        ),
        row.standing,
    )


def _setting(state: State, key: Key) -> Setting:
    touch = state.touched[key]
    # What the aligner made is its own, whoever asked it to.
    return Setting(WORKBENCH if touch.kind == ALIGN else touch.author, touch.made_at)
