"""A report as a spreadsheet and as a Word document."""

from collections.abc import Sequence
from typing import Any, BinaryIO

from workbench.exchange.sheet_writer import CONTROL, MADE, Workbook
from workbench.report.tables import Table


def write_xlsx(stream: BinaryIO, tables: Sequence[Table]) -> None:
    """One sheet for each table, its header frozen and filtered. No cell is ever a formula."""
    with Workbook(stream) as book:
        for table in tables:
            widths = [_width(table, column) for column in range(len(table.columns))]
            book.table(table.name, table.columns, table.rows, widths)


def _width(table: Table, column: int) -> int:
    longest = max([len(str(row[column])) for row in table.rows] + [len(table.columns[column])])
    return min(60, max(8, longest + 2))


def write_docx(stream: BinaryIO, title: str, tables: Sequence[Table]) -> None:
    """A heading and a table for each; empty tables are left out."""
    import docx
    from docx.shared import Pt

    document = docx.Document()
    document.core_properties.created = MADE
    document.styles["Normal"].font.size = Pt(9)
    document.add_heading(CONTROL.sub("", title), 0)
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
        cell.text = "" if value is None else CONTROL.sub("", str(value))
