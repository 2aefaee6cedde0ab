"""Documents that are more than plain text: their paragraphs, in reading order, as plain text."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from workbench.registry import Registry


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was taken out of a document.

    content: a paragraph a line. remarks: sentences on what a reader should know of it.
    """

    content: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What to take where a document offers several.

    whole_page: all text of a web page, not only its article. changes: with Word's tracked
    changes "accepted", or the "original" before them.
    """

    whole_page: bool = False
    changes: str = "accepted"


Extractor = Callable[[bytes, Wishes], Extracted]

document_formats: Registry[Extractor] = Registry(
    "document format",
    {
        "docx": "workbench.exchange.documents.docx:read_docx",
        "pdf": "workbench.exchange.documents.pdf:read_pdf",
        "html": "workbench.exchange.documents.html:read_html",
        "markdown": "workbench.exchange.documents.html:read_markdown",
        "subtitles": "workbench.exchange.documents.subtitles:read_subtitles",
    },
)

_ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".srt": "subtitles",
    ".vtt": "subtitles",
}
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S)
_CUE = re.compile(rb"\s*(?:WEBVTT|1\s*\r?\n\d\d:\d\d:\d\d,\d\d\d -->)")


def document_kind(data: bytes, name: str = "") -> str:
    """Which of `document_formats` a file is, by content, then by name; "" for plain text."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx" if _is_word(data) else ""
    if _HTML.match(head):
        return "html"
    if _CUE.match(head):
        return "subtitles"
    return _ENDINGS.get(PurePath(name).suffix.lower(), "")


def _is_word(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return False
