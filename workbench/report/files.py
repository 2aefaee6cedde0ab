"""A report as a spreadsheet and as a Word document."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, BinaryIO

from workbench.report.tables import Table

_CELL = 32_767  # characters that a cell of a spreadsheet can hold
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def write_xlsx(stream: BinaryIO, tables: Sequence[Table]) -> None:
    """One sheet for each table, its header frozen and filtered. No cell is ever a formula."""
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": _EPOCH})
        head = book.add_format({"bold": True, "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            for column, name in enumerate(table.columns):
                sheet.write_string(0, column, name, head)
                sheet.set_column(column, column, _width(table, column), wrap)
            for number, row in enumerate(table.rows, 1):
                for column, value in enumerate(row):
                    if isinstance(value, int | float):
                        sheet.write_number(number, column, value)
                    elif value is not None:
                        sheet.write_string(number, column, _cell(str(value)))
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)


def _width(table: Table, column: int) -> int:
    longest = max([len(str(row[column])) for row in table.rows] + [len(table.columns[column])])
    return min(60, max(8, longest + 2))


def _cell(text: str) -> str:
    return _CONTROL.sub("", text)[:_CELL]


def write_docx(stream: BinaryIO, title: str, tables: Sequence[Table]) -> None:
    """A heading and a table for each; empty tables are left out."""
    import docx
    from docx.shared import Pt

    document = docx.Document()
    document.core_properties.created = _EPOCH
    document.styles["Normal"].font.size = Pt(9)
    document.add_heading(_CONTROL.sub("", title), 0)
    for table in tables:
        if not table.rows:
            continue
        document.add_heading(table.name.capitalize(), 1)
        grid = document.add_table(rows=1, cols=len(table.columns))
        grid.style = "Light Grid Accent 1"
        _fill(grid.rows[0].cells, table.columns)
        for row in table.rows:
            _fill(grid.add_row().cells, row)
    document.save(stream)


def _fill(cells: Any, values: Sequence[Any]) -> None:  # noqa: ANN401
    for cell, value in zip(cells, values, strict=True):
        cell.text = "" if value is None else _CONTROL.sub("", str(value))
