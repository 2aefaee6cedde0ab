"""What is said of a text: who issued it, whether it is official, when and where it appeared."""

import re
from datetime import date

from workbench.errors import UsageError
from workbench.services.store import Store
from workbench.storage.catalogue import Entry

FIELDS = (
    "issuer", "official", "date", "source", "licence", "kind", "counterpart", "translator",
)  # fmt: skip
OFFICIAL = ("", "yes", "no")
_LIMIT = 500  # characters of one value
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def checked_about(**values: str) -> dict[str, str]:
    """What is said of a text, tidied; for the catalogue.

    Raises:
        UsageError: an unknown field, a date that is none, a value that is too long.
    """
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise UsageError(f"A text has no {', '.join(sorted(unknown))}; it has {', '.join(FIELDS)}.")
    tidy = {name: " ".join(value.split()) for name, value in values.items()}
    for name, value in tidy.items():
        if len(value) > _LIMIT:
            raise UsageError(f"{name}: {len(value)} characters; shorten it to {_LIMIT}.")
    if tidy.get("official", "") not in OFFICIAL:
        raise UsageError("A text is official (yes), not official (no), or nobody said (empty).")
    if tidy.get("date") and not _is_day(tidy["date"]):
        raise UsageError(f"{tidy['date']!r} is no date; write it as 2025-05-11, 2025-05 or 2025.")
    return tidy


def describe_text(ws: Store, text_id: str, **values: str) -> Entry:
    """Say something of a text; only what is given changes, "" takes it away.

    Raises:
        UnknownName: no such text.
        UsageError: see `checked_about`.
    """
    return ws.catalogue.describe(text_id, **checked_about(**values))


def _is_day(value: str) -> bool:
    if not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return False
    return True
