"""One file with both languages: a table of two columns, alternating paragraphs, or one below.

What a file is follows from where its Chinese stands, never from its name alone.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import PurePath
from typing import BinaryIO

from workbench.errors import BadInput
from workbench.exchange.decoding import decode
from workbench.exchange.incoming.values import Findings, Segment, Unit
from workbench.exchange.incoming.workbook import csv_rows, word_rows, workbook_rows

TABLE, ALTERNATING, BLOCKS = "table", "alternating", "blocks"
_TABLES = {".csv": csv_rows, ".tsv": csv_rows, ".xlsx": workbook_rows, ".docx": word_rows}
_TEXTS = (".txt", ".md", ".text", "")
_LARGEST = 30_000_000  # bytes of a file that is looked at as a whole
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LETTER = re.compile(r"[A-Za-z]")
_FEWEST = 4  # paragraphs, or rows, before a pattern is one
_ALTERNATES = 0.8  # of the neighbouring paragraphs that change language
_SHARE = 0.3  # of the paragraphs, at least, in either language
_LANGS = ("zh-CN", "en-US")


def recognise_mixed(stream: BinaryIO, name: str) -> str:
    """Which kind of file with both languages it is, "" for none. The stream is rewound."""
    ending = PurePath(name).suffix.lower()
    if ending not in (*_TABLES, *_TEXTS):
        return ""
    data = stream.read(_LARGEST + 1)
    stream.seek(0)
    if len(data) > _LARGEST:
        return ""
    try:
        if ending in _TABLES:
            return TABLE if _columns(list(_TABLES[ending](data))) else ""
        return _pattern(_paragraphs(data))
    except BadInput:
        return ""  # whoever reads it as a text says what is wrong


def read_table(stream: BinaryIO, findings: Findings) -> Iterator[Unit]:
    """A table with a Chinese and an English column: a unit for each row.

    Raises:
        BadInput: it is damaged, or has no two such columns.
    """
    data = stream.read()
    reader = csv_rows
    if data.startswith(b"PK\x03\x04"):
        reader = word_rows if b"word/document.xml" in data else workbook_rows
    rows = [row for row in reader(data) if any(cell.strip() for cell in row)]
    columns = _columns(rows)
    if columns is None:
        raise BadInput("The table has no Chinese column beside an English one; choose another.")
    findings.remarks[
        f"Chinese is in column {columns[0] + 1}, English in column {columns[1] + 1}."
    ] += 1
    for number, row in enumerate(rows):
        cells = [row[column].strip() if column < len(row) else "" for column in columns]
        if number == 0 and _is_head(cells):
            findings.skipped["The row with the names of the columns."] += 1
            continue
        yield _unit(number, *cells)


def read_alternating(stream: BinaryIO, findings: Findings) -> Iterator[Unit]:
    """Paragraphs that change language by turns: a unit for each Chinese one with its English.

    Raises:
        BadInput: it is in no encoding that fits.
    """
    paragraphs = _paragraphs(stream.read())
    chinese_first = _is_chinese(paragraphs[0]) if paragraphs else True
    pair: tuple[list[str], list[str]] = ([], [])
    number = 0
    for paragraph in paragraphs:
        side = 0 if _is_chinese(paragraph) else 1
        opens = side == (0 if chinese_first else 1)
        if opens and pair[0 if chinese_first else 1] and pair[1 if chinese_first else 0]:
            yield _unit(number, "\n".join(pair[0]), "\n".join(pair[1]))
            number, pair = number + 1, ([], [])
        pair[side].append(paragraph)
    if any(pair):
        yield _unit(number, "\n".join(pair[0]), "\n".join(pair[1]))


def read_blocks(data: bytes) -> tuple[str, str]:
    """The two halves of a file with one language below the other, in their order.

    Raises:
        BadInput: it is in no encoding that fits, or is no such file.
    """
    paragraphs = _paragraphs(data)
    if _pattern(paragraphs) != BLOCKS:
        raise BadInput("The file does not hold one language below the other; choose another.")
    sides = [_is_chinese(paragraph) for paragraph in paragraphs]
    at = _turn(sides)
    return "\n".join(paragraphs[:at]) + "\n", "\n".join(paragraphs[at:]) + "\n"


def _unit(number: int, chinese: str, english: str) -> Unit:
    segments = tuple(
        Segment(lang, words) for lang, words in zip(_LANGS, (chinese, english), strict=True)
    )
    return Unit(str(number + 1), segments, _LANGS[0], segtype="paragraph")


def _paragraphs(data: bytes) -> list[str]:
    return [line.strip() for line in decode(data).content.splitlines() if line.strip()]


def _pattern(paragraphs: Sequence[str]) -> str:
    """How the two languages of some paragraphs are mixed, "" when they are not."""
    sides = [_is_chinese(p) for p in paragraphs if _HAN.search(p) or _LETTER.search(p)]
    if len(sides) < _FEWEST or not _SHARE <= sum(sides) / len(sides) <= 1 - _SHARE:
        return ""
    changes = sum(a != b for a, b in pairwise(sides))
    if changes >= _ALTERNATES * (len(sides) - 1):
        return ALTERNATING
    at = _turn(sides)
    astray = sum(side != sides[0] for side in sides[:at])
    astray += sum(side == sides[0] for side in sides[at:])
    return BLOCKS if astray <= 0.05 * len(sides) and min(at, len(sides) - at) >= 2 else ""


def _turn(sides: Sequence[bool]) -> int:
    """Where the language changes for good: the place with the fewest paragraphs astray."""
    first, later = sides[0], [side == sides[0] for side in sides]
    astray, best, at = sum(later), sum(later), 0
    for number, side in enumerate(sides, 1):
        astray += 1 if side != first else -1
        if astray < best:
            best, at = astray, number
    return at


def _is_chinese(words: str) -> bool:
    """Whether more of the words are Chinese; a character says as much as three letters."""
    return 3 * len(_HAN.findall(words)) >= len(_LETTER.findall(words))


def _columns(rows: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """The Chinese and the English column that say the most, None when there are no two."""
    width = max((len(row) for row in rows), default=0)
    if width < 2 or len(rows) < 2:
        return None
    chinese, english = [0] * width, [0] * width
    filled = [0] * width
    for row in rows:
        for column, cell in enumerate(row):
            if _HAN.search(cell) or _LETTER.search(cell):
                filled[column] += 1
                is_chinese = _is_chinese(cell)
                chinese[column] += is_chinese * len(cell)
                english[column] += (not is_chinese) * len(cell)
    best = max(range(width), key=lambda c: chinese[c])
    other = max((c for c in range(width) if c != best), key=lambda c: english[c])
    enough = min(filled[best], filled[other]) >= 0.5 * len(rows)
    sure = chinese[best] > 2 * english[best] and english[other] > 2 * chinese[other]
    return (best, other) if enough and sure else None


def _is_head(cells: Sequence[str]) -> bool:
    """Whether a first row only names the columns."""
    names = (
        "zh zh-cn chinese source src 中文 原文 汉语 en en-us english target translation 英文 译文"
    )
    return all(cell.strip().lower() in names.split() for cell in cells)
