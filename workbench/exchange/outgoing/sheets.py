"""XLSX and CSV: the rows of a bitext as a table, for people who work in a spreadsheet."""

import csv
import io
import re
from datetime import datetime
from typing import Any, BinaryIO

from workbench.domain.beads import Side
from workbench.exchange.outgoing import ExportFormat, ExportOptions, ExportReport
from workbench.exchange.outgoing.lines import flag_line, note_line
from workbench.exchange.outgoing.pieces import page_numbers, pieces
from workbench.exchange.whole import WholeBitext, WholeRow

CELL = 32_767
"""Characters that a cell of a spreadsheet can hold."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FORMULA = re.compile(r"\A[=+\-@\t\r]")
_MADE = datetime(2000, 1, 1)  # the same bytes whenever it is written
_COLOURS = {"critical": "#B3261E", "major": "#8F5208", "minor": "#47678C", "neutral": "#67625A"}
_WIDTHS = {"source": 48, "translation": 60, "flags": 40, "notes": 40, "words": 24, "text": 50}

Line = list[Any]
_ROWS = ("row", "paragraph", "kind", "status", "probability", "source", "translation", "flags",
         "notes", "id", "src_start", "src_stop", "tgt_start", "tgt_stop")  # fmt: skip


def _row(bitext: WholeBitext, row: WholeRow, numbers: dict[str, int]) -> Line:
    bead = row.bead
    return [
        numbers.get(row.id),
        row.group + 1,
        row.kind,
        row.status,
        None if bead.probability is None else round(bead.probability, 4),
        bitext.words("src", bead.src).strip(),
        bitext.words("tgt", bead.tgt).strip(),
        "\n".join(flag_line(entry) for entry in row.flags),
        "\n".join(note_line(bitext, note) for note in row.notes),
        row.id,
        *(bead.src.start, bead.src.stop, bead.tgt.start, bead.tgt.stop),
    ]


def write_csv(stream: BinaryIO, bitext: WholeBitext, options: ExportOptions) -> ExportReport:
    """A table with one line for each row; opens in any spreadsheet, never with a formula."""
    report = ExportReport()
    text = io.StringIO(newline="")
    out = csv.writer(text)
    out.writerow(_ROWS)
    numbers = page_numbers(bitext)
    for row in bitext.rows:
        out.writerow([_safe(value, report) for value in _row(bitext, row, numbers)])
        report.units += 1
        report.lost["places"] += len(row.flags) + len(row.notes)
    # The mark tells Excel that this is UTF-8.
    stream.write(("\ufeff" + text.getvalue()).encode())
    return report.tidy()


def _safe(value: object, report: ExportReport) -> object:
    """A cell that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return value
    clean, removed = CONTROL.subn("", value)
    report.removed += removed
    return f"'{clean}" if _FORMULA.match(clean) else clean


def write_xlsx(stream: BinaryIO, bitext: WholeBitext, options: ExportOptions) -> ExportReport:
    """A workbook: rows with the words in question in colour, flags, annotations, decisions."""
    import xlsxwriter

    report = ExportReport()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False,
                                        "strings_to_urls": False})  # fmt: skip
    with book:
        book.set_properties({"created": _MADE, "title": bitext.title})
        sheets = _Sheets(book, report)
        numbers = page_numbers(bitext)
        sheets.table("rows", _ROWS, [_row(bitext, row, numbers) for row in bitext.rows])
        for number, row in enumerate(bitext.rows, 1):
            sheets.coloured(bitext, row, number)
            report.units += 1
        sheets.table("flags", *_flags(bitext, numbers))
        sheets.table("annotations", *_notes(bitext, numbers))
        sheets.table("decisions", *_decisions(bitext))
    return report.tidy()


Table = tuple[tuple[str, ...], list[Line]]


def _flags(bitext: WholeBitext, numbers: dict[str, int]) -> Table:
    lines = [
        [numbers.get(row.id), e.flag.detector, e.flag.category, str(e.flag.severity),
         e.flag.src_words,
         e.flag.tgt_words, e.flag.evidence, e.flag.confidence,
         str(e.decision.verdict) if e.decision else "", e.decided.author if e.decided else "",
         e.flag.fingerprint]
        for row in bitext.rows
        for e in row.flags
    ]  # fmt: skip
    heads = ("row", "detector", "category", "severity", "source words", "translation words",
             "text", "confidence", "decision", "by", "id")  # fmt: skip
    return heads, lines


def _notes(bitext: WholeBitext, numbers: dict[str, int]) -> Table:
    lines = [
        [numbers.get(row.id), str(n.annotation.kind), n.annotation.category,
         str(n.annotation.severity or ""), bitext.words("src", n.annotation.src),
         bitext.words("tgt", n.annotation.tgt), n.annotation.note, n.annotation.wording,
         n.made.author, n.made.made_at, n.id]
        for row in bitext.rows
        for n in row.notes
    ]  # fmt: skip
    heads = ("row", "kind", "category", "severity", "source words", "translation words", "text",
             "wording", "by", "at", "id")  # fmt: skip
    return heads, lines


def _decisions(bitext: WholeBitext) -> Table:
    lines = [
        [str(d.decision.verdict), d.decision.detector, d.decision.category, d.decision.src_words,
         d.decision.tgt_words, d.decision.reason, d.made.author, d.made.made_at, d.fingerprint]
        for d in bitext.decisions
    ]  # fmt: skip
    heads = ("decision", "detector", "category", "source words", "translation words", "text", "by",
             "at", "id")  # fmt: skip
    return heads, lines


class _Sheets:
    """Writes tables into a workbook. Cells are strings or numbers, never formulas."""

    def __init__(self, book: Any, report: ExportReport) -> None:  # noqa: ANN401
        self._book, self._report = book, report
        self._head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self._colours = {
            name: book.add_format({"font_color": colour, "underline": 1})
            for name, colour in _COLOURS.items()
        }

    def table(self, name: str, heads: tuple[str, ...], lines: list[Line]) -> None:
        """A sheet with a frozen header and filters."""
        sheet = self._book.add_worksheet(name)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self._head)
            width = next((w for part, w in _WIDTHS.items() if part in head), 12)
            sheet.set_column(column, column, width, self._wrap)
        for number, line in enumerate(lines, 1):
            for column, value in enumerate(line):
                if isinstance(value, int | float):
                    sheet.write_number(number, column, value, self._wrap)
                elif value:
                    sheet.write_string(number, column, self._text(str(value)), self._wrap)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(lines)), len(heads) - 1)

    def coloured(self, bitext: WholeBitext, row: WholeRow, number: int) -> None:
        """The words of a row anew, what is said of them in colour."""
        sides: tuple[tuple[Side, str], ...] = (("src", "source"), ("tgt", "translation"))
        sheet = self._book.get_worksheet_by_name("rows")
        for side, head in sides:
            parts: list[Any] = []
            for piece in pieces(bitext, row, side):
                words = CONTROL.sub("", piece.text)
                if words:
                    parts += [self._colours[piece.severity], words] if piece.severity else [words]
            whole = sum(len(part) for part in parts if isinstance(part, str))
            if len(parts) > 2 and whole <= CELL:  # a rich cell needs two fragments
                sheet.write_rich_string(number, _ROWS.index(head), *parts, self._wrap)

    def _text(self, text: str) -> str:
        clean, removed = CONTROL.subn("", text)
        self._report.removed += removed + max(0, len(clean) - CELL)
        return clean[:CELL]


_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = ExportFormat(write_csv, ".csv", "text/csv")
XLSX = ExportFormat(write_xlsx, ".xlsx", _MEDIA)
