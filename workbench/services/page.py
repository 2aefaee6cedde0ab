"""The review page of a bitext, made anew after each edit from what did not change and what did."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from workbench.domain.doubt import doubt
from workbench.domain.moves import MOVES
from workbench.domain.notes import Annotation, Decision, Reply
from workbench.domain.operations import Operation, State, undoable
from workbench.domain.reading import DIVIDING, segmentation
from workbench.domain.reading import rows as rows_of
from workbench.domain.status import Status, review_of
from workbench.services.checking import StoredFlag
from workbench.services.groups import Grouping
from workbench.services.rows import RowMaker, Words
from workbench.services.views import (
    FlagView,
    NoteView,
    ReplyView,
    ReviewView,
    RowView,
    Summary,
)
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.storage.repository import Bitext


@dataclass
class PageMemory:
    """What the last view of a bitext was made of, so that the next one makes only what differs."""

    made: tuple[State, int, tuple[StoredFlag, ...]] | None = None
    view: ReviewView | None = None
    flags: dict[str, StoredFlag] = field(default_factory=dict)  # by the JSON they were read from
    log: list[Operation] = field(default_factory=list)  # without the changes
    rows: RowMaker = field(default_factory=RowMaker)
    grouping: Grouping = field(default_factory=Grouping)


def review_view(
    ws: Workspace, bitext_id: str, author: str, memory: PageMemory | None = None
) -> ReviewView:
    """What the review page shows to one reviewer.

    memory: kept by the caller between views of the same bitext; one thread at a time.

    Raises:
        UnknownName: no such bitext.
        UsageError: it is not aligned yet.
    """
    memory = memory or PageMemory()
    with ws.db.read() as session:
        bitext = repository.bitext(session, bitext_id)
        state = ws.state(bitext_id, session)
        flags = _flags(session, bitext_id, memory)
        last = memory.log[-1].seq if memory.log else 0
        memory.log += repository.headers(session, bitext_id, last)
    ws.remember(bitext_id, state)
    made = (state, bitext.checked_seq, flags)
    if memory.view is None or memory.made != made:
        memory.view = _make(ws, bitext, state, flags, memory)
        memory.made = made
    undo, redo = undoable(memory.log, author)
    summary = replace(memory.view.summary, can_undo=bool(undo), can_redo=bool(redo))
    return replace(memory.view, summary=summary)


def _flags(session: Session, bitext_id: str, memory: PageMemory) -> tuple[StoredFlag, ...]:
    known, memory.flags = memory.flags, {}
    for body in repository.flag_bodies(session, bitext_id):
        memory.flags[body] = known.get(body) or StoredFlag.from_json(json.loads(body))
    return tuple(memory.flags.values())


def _make(
    ws: Workspace,
    bitext: Bitext,
    state: State,
    stored: Sequence[StoredFlag],
    memory: PageMemory,
) -> ReviewView:
    src, tgt = ws.text(bitext.src_id), ws.text(bitext.tgt_id)
    words = Words(
        {"src": src.content, "tgt": tgt.content},
        {"src": segmentation(state, "src"), "tgt": segmentation(state, "tgt")},
        rows_of(state),
    )
    flags = [_flag(state, flag) for flag in stored]
    notes = _notes(state, words)
    rows = memory.rows.make(state, words, flags, notes)
    summary = _summary(rows.values(), flags, len(notes))
    return ReviewView(
        bitext,
        state.seq,
        (state.get("meta", "alignment") or {}).get("signature", ""),
        memory.grouping.groups(words.rows, words.divisions),
        rows,
        summary,
        checking=bitext.checked_seq < (1 if bitext.session_id else last_change_of_rows(state)),
        review=review_of(state),
    )


def _summary(rows: Iterable[RowView], flags: Sequence[FlagView], notes: int) -> Summary:
    """The figures in the bar, counted in one go: it is done after each edit."""
    size = confirmed = revised = approved = unpaired = 0
    doubts = []
    for row in rows:
        pair = row.is_pair
        if not pair and row.is_commentary:
            continue
        size += 1
        status = row.standing.status
        revised += status is Status.REVISED
        approved += status is Status.APPROVED
        unpaired += not pair and not row.elsewhere
        if row.confirmed:
            confirmed += 1
        elif row.probability:
            doubts.append(row.probability)
    return Summary(
        rows=size,
        confirmed=confirmed,
        revised=revised,
        approved=approved,
        flags=len(flags),
        open_flags=sum(flag.open for flag in flags),
        notes=notes,
        unpaired=unpaired,
        doubt=doubt(doubts),
    )


STANDING = frozenset(("confirm", "confirm-above", "status"))
"""Edits that leave the words of all rows as they are."""


def last_change_of_rows(state: State) -> int:
    """The log number of the last edit that may have changed the words of a row."""
    touches = (
        touch.seq
        for key, touch in state.touched.items()
        if key[0] in ("beads", MOVES, *DIVIDING) and touch.kind not in STANDING
    )
    return max(touches, default=0)


def _flag(state: State, flag: StoredFlag) -> FlagView:
    value = state.get("decisions", flag.fingerprint)
    if value is None:
        return FlagView(flag, None, None)
    touch = state.touched["decisions", flag.fingerprint]
    return FlagView(flag, Decision.from_json(value), touch)


def _notes(state: State, words: Words) -> list[NoteView]:
    replies: dict[str, list[ReplyView]] = {}
    for id_, value in state.collection("replies").items():
        reply = Reply.from_json(value)
        view = ReplyView(id_, reply.text, state.touched["replies", id_])
        replies.setdefault(reply.note, []).append(view)
    return [
        _note(state, words, id_, value, replies.get(id_, []))
        for id_, value in state.collection("annotations").items()
    ]


def _note(
    state: State,
    words: Words,
    id: str,  # noqa: A002
    value: Mapping[str, Any],
    replies: Sequence[ReplyView],
) -> NoteView:
    annotation = Annotation.from_json(value)
    src, tgt = annotation.src, annotation.tgt
    return NoteView(
        id,
        annotation,
        src.of(words.contents["src"]) if src else "",
        tgt.of(words.contents["tgt"]) if tgt else "",
        state.touched["annotations", id],
        tuple(sorted(replies, key=lambda reply: reply.touch.made_at)),
        state.touched["threads", id] if state.get("threads", id) else None,
    )
