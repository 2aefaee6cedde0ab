"""Term lists going out: CSV for people and for coming back, TBX for terminology tools."""

import csv
import hashlib
import io
from collections.abc import Callable, Sequence
from typing import BinaryIO

from lxml import etree

from workbench.domain.terms import Term
from workbench.exchange.legal import Sieve
from workbench.registry import Registry

COLUMNS = ("src", "preferred", "admitted", "deprecated", "confidence", "note", "source")
SEPARATOR = "|"  # between several renderings in one cell
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

STATUS = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
}
RELIABILITY = {"high": "9", "medium": "6", "low": "3"}
"""Our confidence on the scale of TBX, 1 to 10."""

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

TermWriter = Callable[[BinaryIO, Sequence[Term]], int]

term_formats: Registry[TermWriter] = Registry(
    "format of term lists",
    {
        "csv": "workbench.exchange.outgoing.terms:write_csv",
        "tbx": "workbench.exchange.outgoing.terms:write_tbx",
    },
)
"""Each writes a list and returns how many characters the format could not hold."""


def write_csv(stream: BinaryIO, terms: Sequence[Term]) -> int:
    """Terms as CSV in UTF-8, the columns of texts/terms.csv; no cell is a formula."""
    stream.write(csv_of(terms, guarded=True).encode())
    return 0


def csv_of(terms: Sequence[Term], *, guarded: bool = False) -> str:
    """Terms as CSV. guarded: an apostrophe in front of what a spreadsheet would calculate."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for term in terms:
        cells = (
            term.src,
            term.preferred,
            SEPARATOR.join(term.admitted),
            SEPARATOR.join(term.deprecated),
            term.confidence,
            term.note,
            term.source,
        )
        guard = ["'" if guarded and cell.startswith(FORMULA) else "" for cell in cells]
        writer.writerow([mark + cell for mark, cell in zip(guard, cells, strict=True)])
    return text.getvalue()


def write_tbx(stream: BinaryIO, terms: Sequence[Term]) -> int:
    """Terms as TBX (ISO 30042:2008), one concept an expression, with the status of each term."""
    sieve = Sieve()
    root = etree.Element("martif", {"type": "TBX", _LANG: "en"})
    header = etree.SubElement(root, "martifHeader")
    description = etree.SubElement(header, "fileDesc")
    title = etree.SubElement(etree.SubElement(description, "titleStmt"), "title")
    title.text = "Terms"
    about = etree.SubElement(etree.SubElement(description, "sourceDesc"), "p")
    about.text = "Written by Workbench"
    scheme = etree.SubElement(etree.SubElement(header, "encodingDesc"), "p", type="XCSURI")
    scheme.text = "TBXDefaultXCSV02.xcs"
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for term in terms:
        body.append(_entry(term, sieve))
    etree.indent(root, " ")
    stream.write(etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n")
    return sieve.removed


def _entry(term: Term, sieve: Sieve) -> etree._Element:
    # The id follows from the expression, so that it stays the same from list to list.
    name = hashlib.sha256(term.src.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    entry = etree.Element("termEntry", id=f"c{name}")
    about = [("descrip", "reliabilityCode", RELIABILITY[term.confidence])]
    about += [("admin", "source", term.source)] if term.source else []
    for tag, kind, text in about:
        etree.SubElement(entry, tag, type=kind).text = sieve.text(text)
    if term.note:
        etree.SubElement(entry, "note").text = sieve.text(term.note)
    chinese = etree.SubElement(entry, "langSet", {_LANG: "zh-CN"})
    etree.SubElement(etree.SubElement(chinese, "tig"), "term").text = sieve.text(term.src)
    english = etree.SubElement(entry, "langSet", {_LANG: "en-US"})
    renderings = [("preferred", term.preferred)]
    renderings += [("admitted", one) for one in term.admitted]
    renderings += [("deprecated", one) for one in term.deprecated]
    for status, words in renderings:
        group = etree.SubElement(english, "tig")
        etree.SubElement(group, "term").text = sieve.text(words)
        etree.SubElement(group, "termNote", type="administrativeStatus").text = STATUS[status]
    return entry
