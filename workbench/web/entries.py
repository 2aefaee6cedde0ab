"""The review page as its scripts take it: a short entry for each row, and the words when asked for.

The page holds an entry of every row, so that it can count, number, filter and draw the map; the
words of a row are sent when it comes near.
"""

from collections.abc import Iterable
from typing import Any

from flask import render_template
from flask_babel import ngettext

from workbench.domain.status import Status
from workbench.domain.text import Role
from workbench.services.views import FlagView, GroupView, NoteView, ReviewView, RowView
from workbench.web.layout import workspace
from workbench.web.marks import family
from workbench.web.tracker import Splice

WHOLE = 300  # rows of a text that is in the page from end to end
HEAD = 60  # characters of the words of a flag or a note in the list
AT_ONCE = 60  # rows sent with their words, unasked


def entry(row: RowView) -> dict[str, Any]:
    """What the scripts know of a row; what is false, 0 or empty is left out."""
    doubt = 1 - row.probability if row.probability is not None and not row.confirmed else 0
    return {
        "kind": row.kind,
        "src": [row.src.span.start, row.src.span.stop],
        "tgt": [row.tgt.span.start, row.tgt.span.stop],
    } | {
        name: value
        for name, value in (
            ("open", row.open_flags),
            ("worst", row.worst),
            ("flags", [_flag(flag) for flag in row.flags]),
            ("notes", [_note(note) for note in row.notes]),
            ("doubt", round(doubt, 4)),
            ("confirmed", row.confirmed),
            ("status", row.standing.status if row.standing.status is not Status.DRAFT else ""),
            ("opens", row.opens),
        )
        if value
    }


def _flag(view: FlagView) -> dict[str, Any]:
    """What of a flag can be filtered and listed."""
    flag = view.flag
    return {
        "id": flag.fingerprint,
        "detector": flag.detector,
        "line": family(flag.detector),
        "category": flag.category,
        "severity": flag.severity,
        "confidence": flag.confidence,
        "status": view.decision.verdict if view.decision else "open",
        "src": flag.src_words[:HEAD],
        "tgt": flag.tgt_words[:HEAD],
    }


def _note(view: NoteView) -> dict[str, Any]:
    """What of an annotation can be filtered and listed."""
    said = view.annotation
    return {
        "id": view.id,
        "kind": said.kind,
        "category": said.category,
        "severity": said.severity or "",
        "status": "resolved" if view.resolved else "open",
        "by": view.author,
        "note": said.note[:HEAD],
        "tags": list(said.tags),
        "src": view.src_words[:HEAD],
        "tgt": view.tgt_words[:HEAD],
    }


def group(view: GroupView) -> dict[str, Any]:
    """A group with its rows; commentary has a title, since it can be folded."""
    found: dict[str, Any] = {"role": view.role, "rows": list(view.rows)}
    if view.role is Role.COMMENTARY:
        found["title"] = ngettext(
            "Commentary (%(num)s paragraph, not in the Chinese)",
            "Commentary (%(num)s paragraphs, not in the Chinese)",
            view.paragraphs,
        )
    return found


def splice(found: Splice | None) -> dict[str, Any] | None:
    """What to change in the order of the rows."""
    if found is None:
        return None
    return {"at": found.at, "drop": found.drop, "groups": [group(one) for one in found.groups]}


def rows_html(view: ReviewView, ids: Iterable[str]) -> str:
    """The words and notes of some rows; rows that are gone are left out."""
    ws = workspace()
    src, tgt = ws.text(view.bitext.src_id), ws.text(view.bitext.tgt_id)
    rows = [view.rows[id_] for id_ in ids if id_ in view.rows]
    if not rows:
        return ""
    return render_template("review_rows.html", rows=rows, src_lang=src.lang, tgt_lang=tgt.lang)


def first_rows(view: ReviewView) -> list[str]:
    """The rows that a page begins with: all of a short text, else the top without commentary."""
    if len(view.rows) <= WHOLE:
        return list(view.rows)
    ids = [id_ for one in view.groups if one.role is not Role.COMMENTARY for id_ in one.rows]
    return ids[:AT_ONCE]
