"""TMX 1.1 to 1.4b in: translation memories of any tool, levels 1 and 2."""

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from workbench.exchange.incoming.values import Findings, Segment, Unit, usual_code
from workbench.exchange.incoming.xml import (
    XML_LANG,
    Inline,
    attribute,
    children,
    elements,
    plain,
)

_INLINE = Inline(codes=("bpt", "ept", "it", "ph", "ut"), spans=("hi",))
_NAMES = {"chinese": "zh", "english": "en"}


def read_tmx(stream: BinaryIO, findings: Findings) -> Iterator[Unit]:
    """Translation memory exchange: each `tu` is a unit.

    Raises:
        BadInput: not well-formed, or no TMX.
    """
    header = False
    for event, name, element in elements(stream, ("tmx", "body"), ("header", "tu"), findings):
        if event == "start" and name == "tmx":
            findings.version = attribute(element, "version")
        elif name == "header":
            header = True
            _describe(element, findings)
        elif name == "tu":
            yield _unit(element, findings)
    if not header:
        findings.remarks["The file has no header."] += 1


def _describe(header: etree._Element, findings: Findings) -> None:
    tool = (attribute(header, "creationtool"), attribute(header, "creationtoolversion"))
    findings.tool = " ".join(part for part in tool if part)
    declared = attribute(header, "srclang")
    findings.src_lang = "" if declared.lower() == "*all*" else _code(declared, findings)


def _unit(element: etree._Element, findings: Findings) -> Unit:
    segments = []
    for variant in children(element, "tuv"):
        lang = _code(attribute(variant, XML_LANG, "lang"), findings)
        found = next(children(variant, "seg"), None)
        if found is None:
            findings.skipped["A translation without a segment."] += 1
            continue
        text, tags = _INLINE.read(found)
        segments.append(Segment(lang, text, tags))
    langs = [segment.lang for segment in segments]
    if len(set(langs)) < len(langs):
        findings.warnings[
            "Both sides of a unit are marked with the same language; say which is which."
        ] += 1
    declared = attribute(element, "srclang")
    own = "" if declared.lower() == "*all*" else _code(declared, findings)
    return Unit(
        attribute(element, "tuid"),
        tuple(segments),
        own or findings.src_lang,
        tuple((attribute(prop, "type"), plain(prop)) for prop in children(element, "prop")),
        tuple(plain(note) for note in children(element, "note")),
        attribute(element, "creationdate"),
        attribute(element, "creationid"),
        attribute(element, "changedate"),
        attribute(element, "changeid"),
        segtype=attribute(element, "segtype"),
    )


def _code(lang: str, findings: Findings) -> str:
    if lang.lower() in _NAMES:
        findings.warnings[
            f"A language is given as “{lang}”; say which variety it is (zh-CN, zh-TW, en-US …)."
        ] += 1
        return _NAMES[lang.lower()]
    return usual_code(lang)
