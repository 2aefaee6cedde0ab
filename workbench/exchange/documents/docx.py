"""Word documents (Office Open XML): paragraphs, headings, lists, tables, footnotes."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from workbench.errors import BadInput
from workbench.exchange.documents import Extracted, Wishes

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LARGEST = 200_000_000  # bytes of one part, unpacked; a longer one is a bomb
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_docx(data: bytes, wishes: Wishes) -> Extracted:
    """Word document: its paragraphs in reading order, tables row by row, footnotes at the end.

    Raises:
        BadInput: it is damaged or locked with a password.
    """
    body, styles, *notes = document_parts(data, "document", "styles", "footnotes", "endnotes")
    reader = _Reader(wishes.changes == "original", _numbered_styles(styles))
    lines = list(reader.lines(body))
    for part in notes:
        for note in part.iter(f"{_W}footnote", f"{_W}endnote") if part is not None else ():
            if note.get(f"{_W}type") is None:  # others are Word's own separators
                lines += reader.lines(note)
    return Extracted("".join(line + "\n" for line in lines), tuple(reader.remarks()))


def document_parts(data: bytes, *names: str) -> list[etree._Element | None]:
    """Parts of a Word document, by name; None for one that it does not have.

    Raises:
        BadInput: it is damaged, locked with a password, or a bomb.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [_part(archive, f"word/{name}.xml") for name in names]
    except (zipfile.BadZipFile, RuntimeError, etree.XMLSyntaxError, KeyError) as error:
        raise BadInput(
            f"The Word document is damaged or locked ({error}); open it in Word, save it again "
            "without a password, and import that."
        ) from None


def _numbered_styles(styles: etree._Element | None) -> frozenset[str]:
    """The paragraph styles that number their paragraphs."""
    return frozenset(
        str(style.get(f"{_W}styleId"))
        for style in (styles.iter(f"{_W}style") if styles is not None else ())
        if style.find(f"{_W}pPr/{_W}numPr") is not None
    )


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    if name not in archive.namelist():
        return None
    if archive.getinfo(name).file_size > _LARGEST:
        raise BadInput(
            f"The Word document unpacks to more than {_LARGEST // 1_000_000} MB, which no text "
            "does; nothing was imported."
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(archive.read(name), parser)


class _Reader:
    """Turns paragraphs into lines, with tracked changes accepted or undone."""

    def __init__(self, original: bool, numbered: frozenset[str]) -> None:
        self._numbered_styles = numbered
        self._left_out = f"{_W}ins" if original else f"{_W}del"
        self._moved = f"{_W}moveTo" if original else f"{_W}moveFrom"
        self._original = original
        self._changes = self._numbered = self._boxes = 0

    def lines(self, root: etree._Element | None) -> Iterator[str]:
        """The paragraphs under an element; those that are empty are left out."""
        joined = ""
        for paragraph in root.iter(f"{_W}p") if root is not None else ():
            if any(a.tag == f"{_W}p" for a in paragraph.iterancestors()):
                self._boxes += 1  # a text box; its words come with the paragraph around it
                continue
            text = joined + "".join(self._words(paragraph))
            joined = ""
            if self._goes_on(paragraph):
                joined = text
                continue
            self._numbered += self._is_numbered(paragraph)
            yield from (line.strip() for line in text.split("\n") if line.strip())
        if joined.strip():
            yield joined.strip()

    def _is_numbered(self, paragraph: etree._Element) -> bool:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return paragraph.find(f"{_W}pPr/{_W}numPr") is not None or (
            style is not None and style.get(f"{_W}val") in self._numbered_styles
        )

    def _goes_on(self, paragraph: etree._Element) -> bool:
        """Whether the end of this paragraph is itself a tracked change that does not count."""
        mark = paragraph.find(f"{_W}pPr/{_W}rPr/{self._left_out}")
        return mark is not None

    def _words(self, element: etree._Element) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in (self._left_out, self._moved):
                self._changes += 1
            elif tag == f"{_W}t" or (tag == f"{_W}delText" and self._original):
                yield child.text or ""
            elif tag in _BREAKS:
                yield _BREAKS[tag]
            elif tag not in (f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", _ALTERNATIVE):
                self._changes += tag in (f"{_W}ins", f"{_W}del")
                yield from self._words(child)

    def remarks(self) -> Iterator[str]:
        """What the reader should know."""
        if self._changes:
            how = "undone" if self._original else "accepted"
            yield f"The document has tracked changes; they were taken as {how}."
        if self._numbered:
            yield (
                "Numbers that Word makes by itself (1., 一、) are not part of the text and "
                "were left out."
            )
        if self._boxes:
            yield "Text in boxes stands with the paragraph that the box hangs on."
