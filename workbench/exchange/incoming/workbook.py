"""The cells of tables, whatever they come in: Excel workbooks, CSV, tables of Word documents."""

import csv
import io
import zipfile
from collections.abc import Iterator

from workbench.errors import BadInput
from workbench.exchange.decoding import decode
from workbench.exchange.documents.docx import document_parts

_LARGEST = 200_000_000  # bytes, unpacked; a longer workbook is a bomb
_MOST_ROWS = 1_048_576
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def workbook_rows(data: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet of an Excel workbook.

    Raises:
        BadInput: it is damaged, locked, or a bomb.
    """
    try:
        for number, cells in enumerate(_cells(data)):
            if number > _MOST_ROWS:  # a row may name any number, and those before it are made up
                raise BadInput("The workbook has more rows than Excel knows; save it again there.")
            yield ["" if cell is None else str(cell) for cell in cells]
    except (BadInput, MemoryError):
        raise
    except Exception as error:  # what openpyxl raises at a damaged file could be anything
        raise BadInput(
            f"The workbook is damaged, locked or none ({error}); open it in Excel, save it again "
            "without a password, and import that."
        ) from None


def _cells(data: bytes) -> Iterator[tuple[object, ...]]:
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > _LARGEST:
            raise BadInput(
                f"The workbook unpacks to more than {_LARGEST // 1_000_000} MB, which no table "
                "of texts does; nothing was imported."
            )
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    yield from book.worksheets[0].iter_rows(values_only=True)


def csv_rows(data: bytes) -> Iterator[list[str]]:
    """The rows of a table divided by commas, tabs or semicolons, by what its first line has most.

    Raises:
        BadInput: it is in no encoding that fits, or a cell has no end.
    """
    content = decode(data).content
    first = content.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    lines = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
    try:
        yield from lines
    except csv.Error as error:
        raise BadInput(f"Line {lines.line_num}: the table is broken ({error}); mend it.") from None


def word_rows(data: bytes) -> Iterator[list[str]]:
    """The rows of all tables of a Word document; none when it has no table.

    Raises:
        BadInput: it is damaged or a bomb.
    """
    (body,) = document_parts(data, "document")
    for row in body.iter(f"{_W}tr") if body is not None else ():
        yield [
            "\n".join(
                "".join(text.text or "" for text in paragraph.iter(f"{_W}t"))
                for paragraph in cell.iter(f"{_W}p")
            )
            for cell in row.iterchildren(f"{_W}tc")
        ]
