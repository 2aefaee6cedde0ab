"""Term lists coming in: CSV, Excel workbooks and TBX, by whatever names their columns go."""

import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from lxml import etree

from workbench.domain.terms import Term
from workbench.errors import BadInput
from workbench.exchange.incoming.values import Findings, usual_code
from workbench.exchange.incoming.workbook import csv_rows, workbook_rows
from workbench.exchange.incoming.xml import XML_LANG, attribute, elements, local, plain
from workbench.exchange.outgoing.terms import FORMULA, SEPARATOR

_NAMES = {
    "src": "src source zh zh-cn chinese term 中文 原文 源语 术语 词条",
    "preferred": "preferred tgt target en en-us en-gb english translation rendering 英文 译文 译名",
    "admitted": "admitted synonym synonyms alternative alternatives variants 又译 别名",
    "deprecated": "deprecated forbidden wrong avoid 禁用 误译",
    "confidence": "confidence reliability 可信度",
    "note": "note notes comment comments remark definition 备注 说明 注释",
    "source": "origin reference ref 来源 出处",
}
_COLUMN_OF = {name: column for column, names in _NAMES.items() for name in names.split()}
_CONFIDENCES = ("high", "medium", "low")
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_ENTRIES = ("termEntry", "conceptEntry")


@dataclass(slots=True)
class TermFindings:
    """What a term list holds. skipped: why an entry was passed over, with how often."""

    terms: list[Term] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)

    def add(self, src: str, renderings: Sequence[str], more: dict[str, str]) -> None:
        """Add a term; the first rendering is the preferred one."""
        src = " ".join(src.split())
        good = [" ".join(words.split()).replace(SEPARATOR, "/") for words in renderings]
        good = [words for words in good if words]
        if not src or not good:
            self.skipped["An entry without a Chinese term or without an English one."] += 1
            return
        confidence = more.get("confidence", "").lower()
        if confidence not in _CONFIDENCES:
            if confidence:
                self.remarks[f"The confidence “{confidence}” is taken as medium."] += 1
            confidence = "medium"
        self.terms.append(
            Term(
                src,
                good[0],
                tuple(dict.fromkeys(good[1:])),
                tuple(dict.fromkeys(_several(more.get("deprecated", "")))),
                confidence,
                " ".join(more.get("note", "").split()),
                " ".join(more.get("source", "").split()),
            )
        )


def read_terms(data: bytes, name: str) -> TermFindings:
    """The terms of a list. `name` is that of the file; its content decides.

    Raises:
        BadInput: it is broken, or no column of it is Chinese and another English.
    """
    findings = TermFindings()
    if data.startswith(b"PK\x03\x04"):
        _from_table(workbook_rows(data), findings)
    elif data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t").startswith(b"<"):
        _from_tbx(io.BytesIO(data), findings)
    else:
        _from_table(csv_rows(data), findings)
    if not findings.terms:
        raise BadInput(f"{name} holds no terms; it needs a Chinese column and an English one.")
    return findings


def _from_table(lines: Iterable[Sequence[str]], findings: TermFindings) -> None:
    rows = [[_unguarded(cell) for cell in line] for line in lines]
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    columns, headed = _columns(rows)
    for row in rows[headed:]:
        cells = {
            column: row[number].strip() for number, column in columns.items() if number < len(row)
        }
        preferred = _several(cells.get("preferred", ""))
        renderings = [*preferred, *_several(cells.get("admitted", ""))]
        findings.add(cells.get("src", ""), renderings, cells)


def _columns(rows: Sequence[Sequence[str]]) -> tuple[dict[int, str], bool]:
    """Which column is what, and whether the first row only says so."""
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    named: dict[int, str] = {}
    for number, cell in enumerate(head):
        column = _COLUMN_OF.get(cell, "")
        if column in named.values():  # beside a Chinese column, “source” is where a term is from
            column = "source" if cell == "source" else ""
        if column:
            named[number] = column
    if {"src", "preferred"} <= set(named.values()):
        return named, True
    width = max((len(row) for row in rows), default=0)
    share = [
        sum(bool(_CHINESE.search(row[n])) for row in rows if n < len(row)) / len(rows)
        for n in range(width)
    ]
    chinese = next((n for n in range(width) if share[n] > 0.5), None)
    english = next((n for n in range(width) if share[n] < 0.2 and n != chinese), None)
    if chinese is None or english is None:
        return {}, False
    headed = not _CHINESE.search(rows[0][chinese] if chinese < len(rows[0]) else "")
    return {chinese: "src", english: "preferred"}, headed


def _unguarded(cell: str) -> str:
    """A cell without the mark that kept it from being a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(SEPARATOR) if part.strip()]


# -- TBX ------------------------------------------------------------------------------------


def _from_tbx(stream: BinaryIO, findings: TermFindings) -> None:
    found = Findings("tbx")
    for event, _, entry in elements(stream, ("martif", "tbx"), _ENTRIES, found):
        if event == "end":
            _concept(entry, findings)


def _concept(entry: etree._Element, findings: TermFindings) -> None:
    """A concept with all its Chinese terms: one entry for each, with the same renderings."""
    by_status: dict[str, list[str]] = {"preferred": [], "admitted": [], "deprecated": [], "": []}
    chinese: list[str] = []
    for section in entry.iter("{*}langSet", "{*}langSec"):
        lang = usual_code(attribute(section, XML_LANG))
        for group in section.iter("{*}tig", "{*}ntig", "{*}termSec"):
            term = next(group.iter("{*}term"), None)
            words = "" if term is None else plain(term).strip()
            if words and lang.startswith("zh"):
                chinese.append(words)
            elif words and lang.startswith("en"):
                by_status[_status(group)].append(words)
    plain_ones = by_status[""]
    renderings = [*by_status["preferred"], *plain_ones, *by_status["admitted"]]
    more = _about(entry) | {"deprecated": SEPARATOR.join(by_status["deprecated"])}
    for src in chinese or [""]:
        findings.add(src, renderings, more)


def _status(group: etree._Element) -> str:
    for note in group.iter("{*}termNote"):
        if attribute(note, "type") in ("administrativeStatus", "normativeAuthorization"):
            value = plain(note).lower()
            for status in ("preferred", "admitted", "deprecated"):
                if status in value or (status == "deprecated" and "superseded" in value):
                    return status
    return ""


def _about(entry: etree._Element) -> dict[str, str]:
    """What is said of a concept as a whole."""
    found: dict[str, str] = {}
    notes: list[str] = []
    for part in entry.iter("{*}note", "{*}descrip", "{*}admin"):
        kind, text = attribute(part, "type"), " ".join(plain(part).split())
        if kind == "reliabilityCode" and text.isdigit():
            found["confidence"] = _CONFIDENCES[0 if int(text) >= 8 else 1 if int(text) >= 5 else 2]
        elif local(part) == "admin":
            if kind == "source":
                found["source"] = text
        elif text and text not in notes:
            notes.append(text)
    return found | {"note": "; ".join(notes)}
