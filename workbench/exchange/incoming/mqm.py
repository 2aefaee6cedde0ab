"""Tables of MQM errors coming in, those of the WMT evaluations and our own."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.domain.text import Span
from workbench.errors import BadInput
from workbench.exchange.mqm import START, STOP

_NEEDED = ("source", "target", "category", "severity")
_LINES = re.compile("\r\n|[\r\n]")
_MARKS = re.compile(f"{START}|{STOP}")


@dataclass(frozen=True, slots=True)
class MqmLine:
    """One line of the table.

    number: of the line in the file. segment: what the column seg_id says. source, target: the
    cells without marks; src, tgt: the marked words in them.
    """

    number: int
    segment: str
    rater: str
    source: str
    target: str
    src: Span | None
    tgt: Span | None
    category: str
    severity: str
    id: str = ""
    note: str = ""
    wording: str = ""
    flag: str = ""
    made_at: str = ""


def is_mqm(head: str) -> bool:
    """Whether a file begins as such a table does."""
    columns = head.partition("\n")[0].strip().split("\t")
    return len(columns) > len(_NEEDED) and set(_NEEDED) <= set(columns)


def read_mqm(content: str) -> Iterator[MqmLine]:
    """The lines of a table.

    Raises:
        BadInput: a column is missing, or a line has more or fewer cells than the first.
    """
    lines = _LINES.split(content)
    columns = lines[0].strip("\ufeff").split("\t")
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise BadInput(f"Line 1: the column {missing[0]} is missing; check the first line.")
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise BadInput(
                f"Line {number}: {len(cells)} cells where the first line names {len(columns)}; "
                "check that line."
            )
        yield _line(number, dict(zip(columns, cells, strict=True)))


def _line(number: int, cells: dict[str, str]) -> MqmLine:
    more = _metadata(cells.get("metadata", ""))
    usual: list[int] | None = (
        [] if "id" in more else None
    )  # our own lines say where marks are, others need not
    source, src = _unmarked(cells["source"], more.get("source_spans", usual))
    target, tgt = _unmarked(cells["target"], more.get("target_spans", usual))
    said = {
        name: str(more.get(name) or cells.get(name) or "")
        for name in ("id", "note", "wording", "flag", "made_at")
    }
    return MqmLine(
        number,
        cells.get("seg_id", ""),
        cells.get("rater", "").strip(),
        source,
        target,
        src,
        tgt,
        cells["category"].strip(),
        cells["severity"].strip().lower(),
        **said,
    )


def _metadata(cell: str) -> dict[str, object]:
    try:
        found = json.loads(cell or "{}")
    except (json.JSONDecodeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _unmarked(cell: str, spans: object) -> tuple[str, Span | None]:
    """A cell without its marks, and the words they are around.

    spans: what the metadata say, which settles it when the text has such marks of its own.
    """
    if isinstance(spans, list) and spans:
        try:
            start, stop = (int(offset) for offset in spans[0])
        except (TypeError, ValueError):
            start = stop = -1
        inside = cell[start + len(START) : stop + len(START)]
        if 0 <= start < stop and cell[start:].startswith(f"{START}{inside}{STOP}"):
            rest = cell[stop + len(START) + len(STOP) :]
            return cell[:start] + inside + rest, Span(start, stop)
    elif spans is None and cell.count(START) == cell.count(STOP) == 1:
        start = cell.index(START)
        stop = cell.index(STOP) - len(START)
        if start < stop:
            return _MARKS.sub("", cell), Span(start, stop)
    return (_MARKS.sub("", cell) if spans is None and cell.count(START) == 1 else cell), None
