"""What XLIFF 2 demands of a unit; a file that breaks it is read, and a person is told.

The constraints are those of the core of the standard that a schema can't see: ids that are there
once, references that lead somewhere, codes that open and close.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from workbench.exchange.incoming.values import Findings
from workbench.exchange.incoming.xml import attribute, children, local

_STATES = ("", "initial", "translated", "reviewed", "final")
_ID = re.compile(r"[\w:.·-]+")
_LANG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_HEX = re.compile(r"[0-9A-Fa-f]{4,6}")
_CODES = ("ph", "pc", "sc", "ec", "mrk", "sm")
_DATA = ("dataRef", "dataRefStart", "dataRefEnd")

TWICE = "The same id twice where XLIFF wants it once."
NO_ID = "An element without an id that XLIFF allows."
LOST = "A reference to something that is not there."
HALF = "An inline code that opens and never closes, or the other way round."
EMPTY = "An element that must hold something and is empty."
NO_SOURCE = "A segment without a source."
STATE = "A state that XLIFF does not know, or the finer state without it."
LANGUAGE = "A language that is missing or is no language code."
ORDER = "Two translations with the same place in their unit, or one outside of it."
CHARACTER = "A character given by a number that is none."
COMMENT = "A comment that is either nowhere or in two places."


def check_head(element: etree._Element, findings: Findings) -> None:
    """What the beginning of a file says of its languages."""
    langs = [attribute(element, name) for name in ("srcLang", "trgLang") if name in element.attrib]
    if not attribute(element, "srcLang") or not all(map(_LANG.fullmatch, langs)):
        findings.warnings[LANGUAGE] += 1


def check_holder(element: etree._Element, seen: set[str], findings: Findings) -> None:
    """A `file` or `group`; seen: the ids of those of its kind before it."""
    own = attribute(element, "id")
    if not _ID.fullmatch(own):
        findings.warnings[NO_ID] += 1
    elif own in seen:
        findings.warnings[TWICE] += 1
    seen.add(own)


def check_unit(unit: etree._Element, tgt_lang: str, findings: Findings) -> None:
    """Everything inside a `unit`."""
    broken = Counter[str]()
    parts = list(children(unit, "segment", "ignorable"))
    if not any(local(part) == "segment" for part in parts):
        broken[EMPTY] += 1
    if not _ID.fullmatch(attribute(unit, "id")):
        broken[NO_ID] += 1
    data = _entries(unit, "originalData", "data", broken)
    _entries(unit, "notes", "note", broken)
    # The standard also wants ids of codes to differ from those of segments; tools do not heed it.
    broken[TWICE] += _repeated(
        [id_ for part in parts for id_ in _check_part(part, tgt_lang, broken)]
    )
    for side in ("source", "target"):
        codes = [code for part in parts for one in children(part, side) for code in _codes(one)]
        broken[TWICE] += _repeated(_check_codes(codes, data, broken))
    _check_order(parts, broken)
    findings.warnings.update(+broken)


def _entries(unit: etree._Element, group: str, name: str, broken: Counter[str]) -> set[str]:
    """The ids inside a list of notes or of native code."""
    found: list[str] = []
    for outer in children(unit, group):
        inner = list(children(outer, name))
        broken[EMPTY] += not inner
        ids = [attribute(one, "id") for one in inner]
        if name == "data":
            broken[NO_ID] += sum(not _ID.fullmatch(id_) for id_ in ids)
        found += filter(None, ids)
    broken[TWICE] += _repeated(found)
    return set(found)


def _check_part(part: etree._Element, tgt_lang: str, broken: Counter[str]) -> list[str]:
    """A segment or what stands between segments; its id, if it has one."""
    broken[NO_SOURCE] += next(children(part, "source"), None) is None
    if not tgt_lang and next(children(part, "target"), None) is not None:
        broken[LANGUAGE] += 1
    state = attribute(part, "state")
    broken[STATE] += state not in _STATES or bool(attribute(part, "subState") and not state)
    return [own] if (own := attribute(part, "id")) else []


def _codes(side: etree._Element) -> Iterator[etree._Element]:
    for element in side.iter(etree.Element):
        if element is not side:
            yield element


def _check_codes(
    codes: Iterable[etree._Element], data: set[str], broken: Counter[str]
) -> list[str]:
    """The inline codes of one side of a unit; their ids."""
    ids: list[str] = []
    waiting: dict[str, set[str]] = {"sc": set(), "sm": set()}
    for code in codes:
        name, own = local(code), attribute(code, "id")
        isolated = attribute(code, "isolated") == "yes"
        if name in ("ec", "em") and not isolated:
            opened = waiting["sc" if name == "ec" else "sm"]
            broken[HALF] += attribute(code, "startRef") not in opened
            opened.discard(attribute(code, "startRef"))
        elif name in _CODES:
            broken[NO_ID] += not _ID.fullmatch(own)
            ids.append(own)
        if name == "sm" or (name == "sc" and not isolated):
            waiting[name].add(own)
        broken[LOST] += sum(attribute(code, ref) not in data for ref in _DATA if ref in code.attrib)
        if name == "cp":
            broken[CHARACTER] += not _is_character(attribute(code, "hex"))
        if name in ("mrk", "sm") and attribute(code, "type") == "comment":
            broken[COMMENT] += ("value" in code.attrib) == ("ref" in code.attrib)
    broken[HALF] += sum(map(len, waiting.values()))
    return ids


def _is_character(digits: str) -> bool:
    return bool(_HEX.fullmatch(digits)) and int(digits, 16) <= 0x10FFFF


def _check_order(parts: list[etree._Element], broken: Counter[str]) -> None:
    """`order` gives the place of a translation among those of its unit, from 1."""
    places = []
    for number, part in enumerate(parts, 1):
        target = next(children(part, "target"), None)
        said = "" if target is None else attribute(target, "order")
        places.append(said or (str(number) if target is not None else ""))
        broken[ORDER] += bool(said) and (not said.isdecimal() or not 0 < int(said) <= len(parts))
    broken[ORDER] += _repeated([place for place in places if place])


def _repeated(ids: list[str]) -> int:
    return len(ids) - len(set(ids))
