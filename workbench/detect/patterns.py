"""A workspace's own search patterns: what nobody wants to see in a translation."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.detect.findings import Finding
from workbench.detect.sides import Pair
from workbench.domain.review import Severity
from workbench.domain.text import Span
from workbench.errors import BadInput

FILE = "patterns.csv"
_CATEGORY = "other"
_COLUMNS = ("pattern", "lang", "severity", "note", "unless")
_SEVERITIES = {severity.value: severity for severity in Severity}


@dataclass(frozen=True, slots=True)
class SearchPattern:
    """A regular expression to look for.

    lang: "zh" or "en", the side it is looked for on. unless: it is fine where the other side has
    this. note: what the reader is told.
    """

    pattern: re.Pattern[str]
    lang: str
    severity: Severity
    note: str
    unless: re.Pattern[str] | None


def read_patterns(path: Path) -> tuple[SearchPattern, ...]:
    """The patterns of a CSV file with the columns pattern, lang, severity, note and unless.

    Only the first must be filled; then it is looked for in the English, as a minor finding.

    Raises:
        BadInput: no such column, or a line is wrong; it names the line.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{path.name} is not UTF-8 (byte {error.start}); save it as UTF-8."
        ) from None
    reader = csv.DictReader(content.splitlines())
    if "pattern" not in (reader.fieldnames or ()):
        raise BadInput(f"{path.name} has no column 'pattern'; its first line must name the columns "
                       f"{', '.join(_COLUMNS)}.")  # fmt: skip
    return tuple(
        _pattern(row, f"{path.name}, line {number}")
        for number, row in enumerate(reader, start=2)
        if (row["pattern"] or "").strip()
    )


def _pattern(row: dict[str, str | None], where: str) -> SearchPattern:
    said = {name: (row.get(name) or "").strip() for name in _COLUMNS}
    lang, severity = said["lang"] or "en", said["severity"] or "minor"
    if lang not in ("zh", "en"):
        raise BadInput(f"{where}: the language is {lang!r}; write zh or en.")
    if severity not in _SEVERITIES:
        raise BadInput(f"{where}: the severity is {severity!r}; write one of "
                       f"{', '.join(_SEVERITIES)}.")  # fmt: skip
    compiled = _compiled(said["pattern"], where)
    unless = _compiled(said["unless"], where) if said["unless"] else None
    return SearchPattern(compiled, lang, _SEVERITIES[severity], said["note"], unless)


def _compiled(pattern: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise BadInput(f"{where}: {pattern!r} is no regular expression ({error.msg}).") from None


def searched(item: Pair, patterns: Sequence[SearchPattern]) -> Iterator[tuple[Finding, bool]]:
    """What the patterns find, each with whether it stands in the Chinese."""
    for one in patterns:
        in_zh = one.lang == "zh"
        text, other = (item.zh, item.en) if in_zh else (item.en, item.zh)
        if one.unless and one.unless.search(other):
            continue
        for match in one.pattern.finditer(text):
            if match[0]:
                note, note_zh = (f": {one.note}", f"：{one.note}") if one.note else (".", "。")
                yield Finding(
                    _CATEGORY, one.severity, Span(*match.span()),
                    (f"“{match[0]}” matches a pattern of this workspace{note}",
                     f"“{match[0]}”符合本工作区的检索式{note_zh}"),
                ), in_zh  # fmt: skip
