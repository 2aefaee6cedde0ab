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
    local,
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
    segments: list[Segment] = []
    langs: set[str | int] = set()  # one without a name is like no other
    props, notes = [], []
    for child in element:
        name = local(child) if isinstance(child.tag, str) else ""
        if name == "tuv":
            lang = _code(attribute(child, XML_LANG, "lang"), findings)
            found = next(children(child, "seg"), None)
            if found is None:
                findings.skipped["A translation without a segment."] += 1
                continue
            segments.append(Segment(lang, *_INLINE.read(found)))
            langs.add(lang or len(segments))
            if not lang:
                findings.warnings["A translation that does not say its language."] += 1
        elif name == "prop":
            props.append((attribute(child, "type"), plain(child)))
        elif name == "note":
            notes.append(plain(child))
    if len(langs) < len(segments):
        findings.warnings[
            "Both sides of a unit are marked with the same language; say which is which."
        ] += 1
    declared = attribute(element, "srclang")
    own = "" if declared.lower() == "*all*" else _code(declared, findings)
    return Unit(
        attribute(element, "tuid"),
        tuple(segments),
        own or findings.src_lang,
        tuple(props),
        tuple(notes),
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
