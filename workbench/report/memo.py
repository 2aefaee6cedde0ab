"""A report as a Word memo: the page's own words, so that both say the same in either language.

The page is the source, since its sentences are written and translated once. Its drawings are
pictures if the caller has any; the tables behind them are there in any case. Links within the
report stay links.
"""

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, TypedDict, Unpack

from lxml import html

from workbench.exchange.outgoing.word import dated
from workbench.exchange.printing import Picture
from workbench.exchange.sheet_writer import CONTROL, MADE

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from lxml.etree import _Element

_STYLES = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "figcaption": "Heading 3"}
_SKIPPED = {"svg", "form", "script", "style", "button"}
_IN_SOURCES = "ancestor::*[contains(@class, 'sources')]"
_WIDE = 16.4  # centimetres between the margins
_BLOCKS = {"p", "dt", "dd", "li", "summary", *_STYLES}


def write_docx(stream: BinaryIO, page: str, pictures: Sequence[Picture] = ()) -> None:
    """Write the article of a page as a Word document; equal pages give equal bytes.

    pictures: of its drawings in order; where there are none their tables stand alone.
    """
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.created = properties.modified = MADE
    article = html.fromstring(page).findall(".//article")[0]
    _set_type(document)
    _Memo(document, pictures).blocks(article)
    whole = BytesIO()
    document.save(whole)
    stream.write(dated(whole.getvalue()))


def _set_type(document: "Document") -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2)
    sizes = {"Normal": 10.5, "Title": 22, "Heading 1": 15, "Heading 2": 12, "Heading 3": 10.5}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.size, style.font.name = Pt(size), "Georgia"
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), "SimSun")
    document.styles["Normal"].paragraph_format.space_after = Pt(4)


class _Memo:
    """Walks through the page and writes each block of it."""

    def __init__(self, document: "Document", pictures: Sequence[Picture]) -> None:
        self._document = document
        self._pictures = iter(pictures)
        self._waiting: list[str] = []  # names that links go to, for the next paragraph
        self._named = 0

    def blocks(self, parent: html.HtmlElement) -> None:
        """What is inside an element, one block after the other."""
        number = 0
        for element in _elements(parent, _SKIPPED - {"svg"}):
            kinds = (element.get("class") or "").split()
            if "aside" in kinds:
                continue
            if element.get("id"):
                self._waiting.append(element.get("id", ""))
            if element.tag == "li" and element.find("p") is not None:
                number += 1
                first = element.findall("p")[0]
                first.text = f"{number}. " + (first.text or "").lstrip()
            if element.tag == "table":
                self._table(element)
            elif element.tag == "svg":
                self._picture(element)
            elif element.tag == "ul" and "brief" in kinds:
                self._waiting += [item.get("id", "") for item in element if item.get("id")]
                _Words(self._paragraph(), size=9).of(element)
            elif "pair" in kinds:
                self._pair(element)
            elif element.tag in _BLOCKS and element.find("p") is None:
                self._block(element, kinds)
            else:
                self.blocks(element)

    def _paragraph(self, style: str | None = None) -> "Paragraph":
        paragraph = self._document.add_paragraph(style=style)
        for name in self._waiting:
            self._named += 1
            holder = _xml(paragraph._p)
            start = _element("w:bookmarkStart", id=str(self._named), name=bookmark(name))
            holder.extend((start, _element("w:bookmarkEnd", id=str(self._named))))
        self._waiting = []
        return paragraph

    def _block(self, element: html.HtmlElement, kinds: list[str]) -> None:
        from docx.shared import Cm

        following = element.getnext()
        if not element.text_content().strip():
            return
        if element.tag == "summary" and following is not None and following.tag == "table":
            return  # only says that a table follows
        paragraph = self._paragraph(_STYLES.get(str(element.tag)))
        strong = element.tag == "summary" or {"lead", "score-figure"} & {*kinds}
        small = element.tag in ("li", "p") and element.xpath(_IN_SOURCES)
        size = 22 if "score-figure" in kinds else 9 if small else 0
        _Words(paragraph, size=size).of(element, bold=bool(strong))
        if element.tag in ("dd", "li"):
            paragraph.paragraph_format.left_indent = Cm(0.8)
        if element.tag in ("dt", "summary", *_STYLES) or "what" in kinds:
            paragraph.paragraph_format.keep_with_next = True

    def _pair(self, element: html.HtmlElement) -> None:
        """Both texts beside each other."""
        grid = self._document.add_table(rows=1, cols=2)
        _xml(grid.rows[0]._tr.get_or_add_trPr()).append(_element("w:cantSplit"))
        for cell, side in zip(grid.rows[0].cells, element, strict=False):
            _Words(cell.paragraphs[0]).of(side)

    def _picture(self, element: html.HtmlElement) -> None:
        """The picture of a drawing, with its name for those who can't see it."""
        from docx.oxml import OxmlElement
        from docx.shared import Cm

        picture = next(self._pictures, None)
        if picture is None:
            return
        wide, tall = Cm(_WIDE), Cm(_WIDE * picture.tall)
        shape = self._paragraph().add_run().add_picture(BytesIO(picture.png), wide, tall)
        shape._inline.docPr.set("descr", element.xpath("string(../figcaption)"))
        cropped = OxmlElement("a:srcRect")
        cropped.set("b", str(round(100_000 * (1 - picture.shown))))
        _xml(shape._inline.graphic.graphicData.pic.blipFill).insert(1, cropped)

    def _table(self, element: html.HtmlElement) -> None:
        caption = element.find("caption")
        if caption is not None:
            _Words(self._paragraph("Heading 3")).of(caption)
        rows = [row for row in element.iter("tr") if len(row)]
        if not rows:
            return
        grid = self._document.add_table(rows=0, cols=max(len(row) for row in rows))
        grid.style = "Table Grid"
        for row in rows:
            line = grid.add_row()
            head = bool(row.xpath("parent::thead"))
            if head:
                _xml(line._tr.get_or_add_trPr()).append(_element("w:tblHeader"))
            for cell, content in zip(line.cells, row, strict=False):
                _Words(cell.paragraphs[0], size=9).of(content, bold=head)
        self._document.add_paragraph()


class _Look(TypedDict, total=False):
    marked: bool
    underlined: bool
    bold: bool
    soft: bool
    link: str


class _Words:
    """Writes the words inside a block, with what is marked in them."""

    def __init__(self, paragraph: "Paragraph", size: float = 0) -> None:
        self._paragraph, self._size = paragraph, size
        if size:
            paragraph.paragraph_format.space_after = 0
        self._open = True  # whether white space at this place would begin the paragraph

    def of(self, element: html.HtmlElement, **look: Unpack[_Look]) -> None:
        """An element's words and those of the elements in it."""
        self._add(element.text, look)
        for inner in element:
            if isinstance(inner.tag, str) and inner.tag not in _SKIPPED | {"details"}:
                self._inner(inner, look)
            self._add(inner.tail, look)

    def _inner(self, inner: html.HtmlElement, look: "_Look") -> None:
        kinds = (inner.get("class") or "").split()
        more: _Look = {
            "marked": inner.tag == "mark" or look.get("marked", False),
            "underlined": inner.tag == "ins" or look.get("underlined", False),
            "bold": inner.tag == "strong" or look.get("bold", False),
            "soft": "meta" in kinds or look.get("soft", False),
        }
        target = inner.get("href") or ""
        if inner.tag == "a" and target.startswith("#"):
            more["link"] = target[1:]
        if inner.tag == "li" and self._paragraph.text:
            self._add("; ", look)
        if {"note", "meta", "by"} & {*kinds} and self._paragraph.text:
            self._add(" ", look)
        self._add("“" if inner.tag == "q" else "", more)
        self.of(inner, **more)
        self._add("”" if inner.tag == "q" else "", more)

    def _add(self, text: str | None, look: "_Look") -> None:
        from docx.enum.text import WD_COLOR_INDEX
        from docx.shared import Pt, RGBColor

        words = re.sub(r"[ \t\n\r]+", " ", CONTROL.sub("", text or ""))
        words = words.lstrip(" ") if self._open else words
        if not words:
            return
        self._open = words.endswith(" ")
        run = self._paragraph.add_run(words)
        run.bold = look.get("bold") or None
        run.underline = look.get("underlined") or None
        if look.get("marked"):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        if look.get("soft"):
            run.font.color.rgb = RGBColor(0x5F, 0x5A, 0x52)
        if self._size:
            run.font.size = Pt(self._size)
        if look.get("link"):
            link, linked = _element("w:hyperlink", anchor=bookmark(look["link"])), _xml(run._r)
            linked.addprevious(link)
            link.append(linked)


def _elements(parent: html.HtmlElement, skipped: set[str]) -> Iterable[html.HtmlElement]:
    return (e for e in parent if isinstance(e.tag, str) and e.tag not in skipped)


def _xml(element: "_Element") -> "_Element":
    """An element of Word's as one that takes any other."""
    return element


def _element(tag: str, **attributes: str) -> "_Element":
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def bookmark(name: str) -> str:
    """The name of a place in Word, which takes 40 letters and digits at most."""
    return "w" + sha256(name.encode()).hexdigest()[:20]
