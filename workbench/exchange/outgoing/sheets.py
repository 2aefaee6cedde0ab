"""XLSX and CSV: the rows of a bitext as a table, for people who work in a spreadsheet."""

import csv
import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from workbench.domain.beads import Side
from workbench.exchange.outgoing import ExportFormat, ExportOptions, ExportReport
from workbench.exchange.outgoing.lines import flag_line, note_line
from workbench.exchange.outgoing.pieces import count_lost, page_numbers, pieces
from workbench.exchange.sheet_writer import CELL, CONTROL, Workbook
from workbench.exchange.whole import WholeBitext, WholeRow

_FORMULA = re.compile(r"\A[=+\-@\t\r]")
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
    stream.write("\ufeff".encode())  # the mark tells Excel that this is UTF-8
    out = csv.writer(_Encoded(stream))
    out.writerow(_ROWS)
    numbers = page_numbers(bitext)
    for row in bitext.rows:
        out.writerow([_safe(value, report) for value in _row(bitext, row, numbers)])
        report.units += 1
        report.lost["places"] += len(row.flags) + len(row.notes)
    count_lost(report, bitext)
    return report.tidy()


class _Encoded:
    """A stream of bytes that takes text."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        self._stream.write(text.encode())


def _safe(value: object, report: ExportReport) -> object:
    """A cell that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return value
    clean, removed = CONTROL.subn("", value)
    report.removed += removed
    return f"'{clean}" if _FORMULA.match(clean) else clean


def write_xlsx(stream: BinaryIO, bitext: WholeBitext, options: ExportOptions) -> ExportReport:
    """A workbook: rows with the words in question in colour, flags, annotations, decisions."""
    report, numbers = ExportReport(), page_numbers(bitext)
    with Workbook(stream, bitext.title) as book:
        book.table("rows", _ROWS, _coloured(book, bitext, numbers), _widths(_ROWS))
        report.units = len(bitext.rows)
        for name, (heads, lines) in (
            ("flags", _flags(bitext, numbers)),
            ("annotations", _notes(bitext, numbers)),
            ("decisions", _decisions(bitext)),
        ):
            book.table(name, heads, lines, _widths(heads))
        report.removed += book.removed
    count_lost(report, bitext, decisions=False)
    return report.tidy()


def _widths(heads: Sequence[str]) -> list[int]:
    return [next((w for part, w in _WIDTHS.items() if part in head), 12) for head in heads]


def _coloured(book: Workbook, bitext: WholeBitext, numbers: dict[str, int]) -> Iterator[Line]:
    """The rows, with the words that something is said of in its colour."""
    colours = {
        name: book.book.add_format({"font_color": colour, "underline": 1})
        for name, colour in _COLOURS.items()
    }
    sides: tuple[tuple[Side, int], ...] = (
        ("src", _ROWS.index("source")),
        ("tgt", _ROWS.index("translation")),
    )
    for row in bitext.rows:
        line = _row(bitext, row, numbers)
        for side, column in sides:
            parts: list[Any] = []
            for piece in pieces(bitext, row, side):
                words = CONTROL.sub("", piece.text)
                if words:
                    parts += [colours[piece.severity], words] if piece.severity else [words]
            whole = sum(len(part) for part in parts if isinstance(part, str))
            if len(parts) > 2 and whole <= CELL:  # a rich cell needs two fragments
                book.removed += len(line[column]) - whole
                line[column] = parts
        yield line


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


_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = ExportFormat(write_csv, ".csv", "text/csv")
XLSX = ExportFormat(write_xlsx, ".xlsx", _MEDIA)
