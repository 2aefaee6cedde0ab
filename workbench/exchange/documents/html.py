"""Web pages and Markdown: the article, or all the text there is."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from workbench.errors import BadInput
from workbench.exchange.decoding import decode
from workbench.exchange.documents import Extracted, Wishes

_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.I)
_SILENT = frozenset(("script", "style", "noscript", "template", "head", "svg", "iframe"))
_BLOCKS = frozenset(
    """
address article aside blockquote body br caption dd div dl dt fieldset figcaption figure footer
form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead
title tr ul
""".split()  # noqa: SIM905
)


def read_html(data: bytes, wishes: Wishes) -> Extracted:
    """Web page: the main text, with headings and lists; all of it when that is wished.

    Raises:
        BadInput: it can't be decoded, or no text was found in it.
    """
    source = _decode(data)
    remarks: tuple[str, ...] = ()
    found = "" if wishes.whole_page else _article(source)
    if not wishes.whole_page and not found.strip():
        remarks = ("No article was recognised, so all text of the page was taken.",)
    text = found if found.strip() else "\n".join(_lines(source))
    if not text.strip():
        raise BadInput("The web page holds no text; copy the text from the browser and paste it.")
    return Extracted(text.rstrip("\n") + "\n", remarks)


def read_markdown(data: bytes, wishes: Wishes) -> Extracted:
    """Markdown: the text without its marks.

    Raises:
        BadInput: it can't be decoded.
    """
    from markdown_it import MarkdownIt

    decoded = decode(data)
    content = re.sub(r"\A---\n.*?\n---\n", "", decoded.content, flags=re.DOTALL)  # front matter
    page = MarkdownIt("commonmark").enable("table").render(content)
    lines = [line for line in _lines(page) if line.strip()]
    return Extracted("".join(line + "\n" for line in lines), decoded.repairs)


def _decode(data: bytes) -> str:
    declared = _META.search(data[:4096])
    if declared:
        try:
            return decode(data, encoding=declared[1].decode()).content
        except Exception:  # a page may declare anything; look for yourself
            pass
    return decode(data).content


def _article(source: str) -> str:
    from trafilatura import extract

    found = extract(source, favor_recall=True, include_tables=True, include_comments=False)
    return "\n".join(line.removeprefix("- ") for line in (found or "").split("\n") if line.strip())


def _lines(source: str) -> Iterator[str]:
    """All text of a page, a block a line."""
    try:
        root = lxml_html.document_fromstring(source)
    except (etree.ParserError, ValueError):
        return
    parts: list[str] = []
    for piece in _pieces(root):
        if piece is None:
            line = re.sub(r"[ \t\r\n\f]+", " ", "".join(parts)).strip()
            parts = []
            if line:
                yield line
        else:
            parts.append(piece)


def _pieces(root: etree._Element) -> Iterator[str | None]:
    """Runs of words, and None where a line ends."""
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if any(a.tag in _SILENT for a in (element, *element.iterancestors())):
                continue
            if name in _BLOCKS:
                yield None
            yield element.text or ""
        else:
            if event == "end" and name in _BLOCKS:
                yield None
            parent = element.getparent()
            if parent is not None and not any(
                a.tag in _SILENT for a in (parent, *parent.iterancestors())
            ):
                yield element.tail or ""
    yield None
