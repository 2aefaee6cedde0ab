"""Bringing dated texts in, several at once: what a series is made of."""

import re
from datetime import date
from pathlib import PurePath

from workbench.errors import UsageError
from workbench.services import library
from workbench.services.workspace import Workspace
from workbench.storage.catalogue import Entry

_DATE = re.compile(r"(?<!\d)(\d{4})[-._年]?(\d{1,2})[-._月]?(\d{1,2})(?!\d)")
_IN_TEXT = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_HEAD = 300  # characters in which a text may say its own date


def date_in(name: str, content: str = "") -> str:
    """The day that a file's name or the head of a Chinese text gives, "" when neither does."""
    for pattern, where in ((_DATE, PurePath(name).stem), (_IN_TEXT, content[:_HEAD])):
        for match in pattern.finditer(where):
            try:
                return date(*map(int, match.groups())).isoformat()
            except ValueError:
                continue
    return ""


def add_dated(
    ws: Workspace, data: bytes, name: str, *, day: str = "", kind: str = "", counterpart: str = ""
) -> Entry:
    """Store one text of a series.

    day: its date; that of the file's name or of the text's head when "".

    Raises:
        BadInput: it can't be read as text.
        UsageError: no date is to be found.
    """
    draft = library.read_draft(ws, data, name=name)
    day = day or date_in(name, draft.content)
    if not day and not (draft.known and draft.known.date):
        raise UsageError(
            f"{PurePath(name).name}: neither its name nor its first lines give a date; "
            "put the date into the name, as in 2025-05-11.txt."
        )
    entry = library.store_text(ws, draft, id=_id(name, kind), date=day, title=_title(draft, day))
    said = {"kind": kind, "counterpart": counterpart}
    changes = {key: value for key, value in said.items() if value}
    if not entry.date:
        changes["date"] = day
    return ws.catalogue.describe(entry.id, **changes) if changes else entry


def _id(name: str, kind: str) -> str:
    stem = PurePath(name).stem
    return f"{kind}-{stem}" if kind and _DATE.match(stem) else stem


def _title(draft: library.Draft, day: str) -> str:
    """The file's name unless it is only a date; then the date and the first words."""
    bare = _DATE.sub("", draft.title).strip(" .-_")
    if bare.lower() not in ("", "zh", "zh-cn", "cn"):
        return draft.title
    dateline = draft.segmentation.datelines[0].stop if draft.segmentation.datelines else 0
    first = " ".join(draft.content[dateline:].split())[:24]
    return f"{day} {first}…"
