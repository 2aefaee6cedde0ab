"""A report as a spreadsheet."""

from collections.abc import Sequence
from typing import BinaryIO

from workbench.exchange.sheet_writer import Workbook
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
