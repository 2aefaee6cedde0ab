"""Writing Excel workbooks: every cell a string or a number, and never a formula."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, BinaryIO

CELL = 32_767
"""Characters that a cell of a spreadsheet can hold."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What neither a cell nor a Word document can hold."""
MADE = datetime(2000, 1, 1)  # the same bytes whenever it is written


class Workbook:
    """An Excel workbook that is filled sheet by sheet and written when it is left.

    Each line is written to a file as it comes, so that a long table needs no memory.
    removed: characters that its cells could not hold. cells: the usual format.
    """

    def __init__(self, stream: BinaryIO, title: str = "") -> None:
        import xlsxwriter

        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        self.book = xlsxwriter.Workbook(stream, options)
        self.book.set_properties({"created": MADE, "title": title})
        self._head = self.book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self.cells = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.removed = 0

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(self, *_: object) -> None:
        self.book.close()

    def table(
        self,
        name: str,
        heads: Sequence[str],
        lines: Iterable[Sequence[Any]],
        widths: Sequence[int],
    ) -> None:
        """A sheet with a frozen header and filters; None and "" leave a cell empty.

        A cell that is a list holds the words and formats of a rich string. widths: of the
        columns, in characters.
        """
        sheet = self.book.add_worksheet(name)
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.write_string(0, column, head, self._head)
            sheet.set_column(column, column, width, self.cells)
        number = 0
        for number, line in enumerate(lines, 1):
            for column, value in enumerate(line):
                if isinstance(value, int | float):
                    sheet.write_number(number, column, value, self.cells)
                elif isinstance(value, list):
                    sheet.write_rich_string(number, column, *value, self.cells)
                elif value:
                    sheet.write_string(number, column, self._text(str(value)), self.cells)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, number), len(heads) - 1)

    def _text(self, text: str) -> str:
        clean, removed = CONTROL.subn("", text)
        self.removed += removed + max(0, len(clean) - CELL)
        return clean[:CELL]
