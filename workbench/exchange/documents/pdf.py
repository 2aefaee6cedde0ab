"""PDF with a text layer: paragraphs put together again across lines and pages."""

import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from workbench.errors import BadInput
from workbench.exchange.documents import Extracted, Wishes

_HAN = re.compile(r"[\u2e80-\u9fff\uff00-\uffef，。！？、；：”’]")
_STOP = re.compile(r"[.!?。！？…:：][”’\"'」』)）\]]*$")
# Fonts often name the radical in place of the character that looks the same.
_RADICALS = dict(
    zip(
        "⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⺟⺠⻁⻄",
        "见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟母民虎西",
        strict=True,
    )
) | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_RADICAL = str.maketrans(_RADICALS)
_EDGE = 0.1  # of a page's height at either end is where running heads and page numbers stand
_REPEATED = 0.5  # of the pages: a line at the edge that is there so often is a running head


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page. Distances in points, from the left and from the top of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    page: int
    at_edge: bool


def read_pdf(data: bytes, wishes: Wishes) -> Extracted:
    """PDF: its paragraphs, running heads and page numbers dropped; look at the result.

    Raises:
        BadInput: it is damaged, locked, or has no text layer.
    """
    lines, pages = _read(data)
    heads = _running_heads(lines, pages)
    kept = [line for line in lines if not (line.at_edge and _shape(line.text) in heads)]
    if not kept:
        raise BadInput(
            "The PDF has no text layer (its pages are pictures); recognise the text with an OCR "
            "program first, or bring another file."
        )
    dropped = len(lines) - len(kept)
    remarks = ["The paragraphs were put together from the lines of a PDF; look through them."]
    if dropped:
        remarks.append(f"{dropped} running heads, feet and page numbers were left out.")
    content = "".join(paragraph + "\n" for paragraph in _paragraphs(kept))
    mended = content.translate(_RADICAL)
    if mended != content:
        remarks.append("Radicals that stood for characters (⾏ for 行) were put right.")
    return Extracted(mended, tuple(remarks))


def _read(data: bytes) -> tuple[list[_Line], int]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextContainer, LTTextLine
    from pdfminer.psexceptions import PSException

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it talks of fonts
    found, pages = [], 0
    try:
        for page in extract_pages(io.BytesIO(data), laparams=LAParams()):
            pages += 1
            for box in page:
                if not isinstance(box, LTTextContainer):
                    continue
                for line in box:
                    text = line.get_text().strip() if isinstance(line, LTTextLine) else ""
                    if text:
                        top, bottom = page.y1 - line.y1, page.y1 - line.y0
                        edge = bottom < page.height * _EDGE or top > page.height * (1 - _EDGE)
                        found.append(_Line(text, line.x0, line.x1, top, bottom, pages, edge))
    except (PSException, ValueError, TypeError, KeyError) as error:
        raise BadInput(
            f"The PDF can't be read ({type(error).__name__}); it may be damaged or locked with a "
            "password, so save it again without one, or bring another file."
        ) from None
    return found, pages


def _shape(text: str) -> str:
    """A line without its numbers, so that “Page 3 of 9” is the same on every page."""
    return re.sub(r"\d+", "#", text)


def _running_heads(lines: Sequence[_Line], pages: int) -> set[str]:
    seen = {(line.page, _shape(line.text)) for line in lines if line.at_edge}
    counts = Counter(shape for _, shape in seen)
    bare = {shape for shape in counts if re.fullmatch(r"[\s\W]*#[\s\W]*", shape)}
    often = {shape for shape, count in counts.items() if pages > 2 and count / pages >= _REPEATED}
    return bare | often


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    """Lines joined; a new paragraph begins at an indent, a gap, or after a short last line."""
    width = max(line.right for line in lines)
    left = median(line.left for line in lines)
    height = median(line.bottom - line.top for line in lines) or 1.0
    gaps = [b.top - a.bottom for a, b in pairwise(lines) if a.page == b.page]
    usual = median(gaps) if gaps else 0.0
    text = ""
    before: _Line | None = None
    for line in lines:
        if before is not None and _begins(line, before, (left, width, height, usual)):
            yield text
            text = ""
        text = _joined(text, line.text)
        before = line
    if text:
        yield text


def _begins(line: _Line, before: _Line, page: tuple[float, float, float, float]) -> bool:
    left, width, height, usual = page
    indented = line.left > left + height * 0.8 and before.left < line.left - height * 0.4
    if line.page != before.page:
        return bool(_STOP.search(before.text)) and (indented or before.right < width - height * 2)
    short = before.right < width - height * 3 and bool(_STOP.search(before.text))
    return indented or line.top - before.bottom > usual + height * 0.6 or short


def _joined(before: str, after: str) -> str:
    if not before:
        return after
    if _HAN.match(before[-1]) and _HAN.match(after[0]):
        return before + after
    if before.endswith("-") and before[-2:-1].isalpha() and after[:1].islower():
        return before[:-1] + after  # a word divided at the end of the line
    return f"{before} {after}"
