"""TBX in: term lists of terminology tools, of both generations (2008 and 2019)."""

from collections.abc import Iterator
from typing import BinaryIO

from workbench.exchange.incoming.values import Findings, Segment, Unit, usual_code
from workbench.exchange.incoming.xml import XML_LANG, attribute, elements, local, plain

_ENTRIES = ("termEntry", "conceptEntry")
_LANGUAGES = ("langSet", "langSec")
_NOTES = ("note", "descrip")


def read_tbx(stream: BinaryIO, findings: Findings) -> Iterator[Unit]:
    """TermBase exchange: each concept is a unit, each of its terms a segment.

    Raises:
        BadInput: not well-formed.
    """
    for event, name, element in elements(stream, ("martif", "tbx"), _ENTRIES, findings):
        if event == "start":
            findings.version = "3" if name == "tbx" else "2"
            findings.src_lang = usual_code(attribute(element, XML_LANG))
            continue
        segments = tuple(
            Segment(usual_code(attribute(section, XML_LANG)), plain(term).strip())
            for section in element.iter(*(f"{{*}}{part}" for part in _LANGUAGES))
            for term in section.iter("{*}term")
        )
        notes = tuple(
            f"{attribute(part, 'type')}: {plain(part).strip()}".removeprefix(": ")
            for part in element.iter("{*}note", "{*}descrip")
            if local(part) in _NOTES and plain(part).strip()
        )
        yield Unit(attribute(element, "id"), segments, findings.src_lang, notes=notes)
