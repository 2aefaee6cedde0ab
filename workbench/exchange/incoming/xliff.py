"""XLIFF 1.2 (with Trados' SDLXLIFF) and 2.0 to 2.2 in: files on their way through a CAT tool."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from lxml import etree

from workbench.domain.text import Role
from workbench.errors import BadInput
from workbench.exchange.incoming.values import Findings, Segment, Unit, usual_code
from workbench.exchange.incoming.xliff2_rules import (
    EMPTY,
    LANGUAGE,
    NO_SOURCE,
    check_head,
    check_holder,
    check_unit,
)
from workbench.exchange.incoming.xml import (
    XML_LANG,
    Inline,
    attribute,
    children,
    elements,
    inner_xml,
    plain,
)

INLINE = Inline(
    codes=("x", "bx", "ex", "bpt", "ept", "ph", "it", "sc", "ec", "sm", "em", "cp"),
    spans=("g", "mrk", "pc", "sub"),
    gone=frozenset({("mtype", "x-sdl-deleted")}),
)
_ROLE = re.compile(rf"(?:workbench:|x-)({'|'.join(Role)})")
_VERSIONS = ("1.0", "1.1", "1.2", "2.0", "2.1", "2.2")


@dataclass(slots=True)
class _File:
    """What the enclosing elements say about the units inside them.

    units: ids met in this file; holders: of the files, and of the groups of this one. comments:
    those of Trados, by their ids.
    """

    src_lang: str = ""
    tgt_lang: str = ""
    count: int = 0
    units: set[str] = field(default_factory=set)
    holders: dict[str, set[str]] = field(default_factory=lambda: {"file": set(), "group": set()})
    comments: dict[str, str] = field(default_factory=dict)


def read_xliff(stream: BinaryIO, findings: Findings) -> Iterator[Unit]:
    """XML localisation interchange file: each segment with its translation is a unit.

    Raises:
        BadInput: not well-formed, no XLIFF of a version we know, or without any `file`.
    """
    file = _File()
    starts = ("xliff", "file", "group", "tool")
    ends = ("trans-unit", "unit", "notes", "cmt-def")
    for event, name, element in elements(stream, starts, ends, findings):
        if event == "start":
            _enter(element, name, file, findings)
        elif name == "notes":
            _check_notes(element, findings)
        elif name == "cmt-def":
            said = (plain(one).strip() for one in element.iter("{*}Comment"))
            file.comments[attribute(element, "id")] = " ".join(filter(None, said))
        else:
            _check_id(element, file, findings)
            if not _is_translatable(element):
                findings.skipped["A unit that is not to be translated."] += 1
            else:
                units = _units_2 if name == "unit" else _units_1
                yield from units(element, file, findings)
        findings.src_lang = file.src_lang
    if not file.count:
        raise BadInput("The XLIFF holds no file element; save it again from the tool it is from.")


def _enter(element: etree._Element, name: str, file: _File, findings: Findings) -> None:
    """Take in what an element says of those inside it."""
    if name == "xliff":
        findings.version = attribute(element, "version")
        if findings.version not in _VERSIONS:
            raise BadInput(
                f"Line {element.sourceline}: XLIFF version “{findings.version}” is unknown; "
                f"save the file as one of: {', '.join(_VERSIONS)}."
            )
        file.src_lang = usual_code(attribute(element, "srcLang"))
        file.tgt_lang = usual_code(attribute(element, "trgLang"))
        if findings.version >= "2":
            check_head(element, findings)
    elif name == "tool":
        names = (attribute(element, "tool-name"), attribute(element, "tool-version"))
        findings.tool = " ".join(part for part in names if part) or findings.tool
    else:
        if name == "file":
            file.count += 1
            file.units, file.holders["group"] = set(), set()
            file.src_lang = usual_code(attribute(element, "source-language")) or file.src_lang
            file.tgt_lang = usual_code(attribute(element, "target-language")) or file.tgt_lang
            findings.tool = findings.tool or attribute(element, "tool", "tool-id")
        if findings.version >= "2":
            check_holder(element, file.holders[name], findings)
        elif not file.src_lang:
            findings.warnings[LANGUAGE] += 1


def _is_translatable(unit: etree._Element) -> bool:
    """What the nearest element says that says anything."""
    for element in (unit, *unit.iterancestors()):
        if said := attribute(element, "translate"):
            return said != "no"
    return True


def _check_id(element: etree._Element, file: _File, findings: Findings) -> None:
    own = attribute(element, "id")
    if own in file.units:
        findings.remarks["Units with the same id in one file."] += 1
    file.units.add(own)


def _check_notes(element: etree._Element, findings: Findings) -> None:
    if next(children(element, "note"), None) is None:
        findings.warnings[EMPTY] += 1


def _units_1(element: etree._Element, file: _File, findings: Findings) -> Iterator[Unit]:
    """The segments of a `trans-unit`: those marked in it, or the whole."""
    source = next(children(element, "source"), None)
    if source is None:
        findings.skipped["A unit without a source."] += 1
        return
    target = next(children(element, "target"), None)
    divided = next(children(element, "seg-source"), source)
    own = attribute(element, "id")
    notes = tuple(plain(note) for note in children(element, "note"))
    approved = "approved" if attribute(element, "approved") == "yes" else ""
    state = approved or (attribute(target, "state") if target is not None else "")
    marked = _marked(divided)
    translated = {} if target is None else dict(_marked(target))
    if target is not None and not translated and plain(target).strip():
        marked = []  # the translation is not divided, so the original goes with it as a whole
    if not marked:
        yield _unit(own, source, target, file, notes, state)
        return
    lone = translated.keys() - dict(marked).keys()
    if lone:
        findings.skipped["A translated segment without its source."] += len(lone)
    facts = _facts_of_trados(element)
    for number, (key, piece) in enumerate(marked):
        fact = facts.get(key, {})
        unit = _unit(
            f"{own}:{key}", piece, translated.get(key), file, () if number else notes,
            fact.get("conf", "") or state,
        )  # fmt: skip
        if fact.get("locked") == "true":
            findings.remarks["Segments that are locked."] += 1
        yield Unit(
            unit.id, unit.segments, unit.src_lang, notes=unit.notes, state=unit.state,
            created=fact.get("created_on", ""), created_by=fact.get("created_by", ""),
            changed=fact.get("modified_on", ""), changed_by=fact.get("last_modified_by", ""),
            role=unit.role,
        )  # fmt: skip


def _marked(element: etree._Element) -> list[tuple[str, etree._Element]]:
    """The segments marked inside a source or target, by their `mid`."""
    return [
        (attribute(mark, "mid"), mark)
        for mark in element.iter("{*}mrk")
        if attribute(mark, "mtype") == "seg"
    ]


def _facts_of_trados(element: etree._Element) -> dict[str, dict[str, str]]:
    """Who translated each segment, when, and how far it is, as Trados notes it."""
    found: dict[str, dict[str, str]] = {}
    for definition in element.iter("{*}seg"):
        facts = {attribute(v, "key"): plain(v) for v in children(definition, "value")}
        said = {name: attribute(definition, name) for name in ("conf", "locked")}
        found[attribute(definition, "id")] = facts | said
    return found


def _units_2(element: etree._Element, file: _File, findings: Findings) -> Iterator[Unit]:
    """The segments of a `unit` of XLIFF 2."""
    own = attribute(element, "id")
    check_unit(element, file.tgt_lang, findings)
    notes = tuple(
        plain(note) for group in children(element, "notes") for note in children(group, "note")
    )
    data = _original_data(element)
    for number, segment in enumerate(children(element, "segment")):
        key = attribute(segment, "id")
        source = next(children(segment, "source"), None)
        if source is None:
            findings.skipped[NO_SOURCE] += 1
            continue
        target = next(children(segment, "target"), None)
        state = attribute(segment, "state")
        name = f"{own}:{key or number + 1}"
        unit = _unit(name, source, target, file, () if number else notes, state)
        yield _with_data(unit, data) if data else unit


def _original_data(element: etree._Element) -> dict[str, str]:
    """The native code that inline codes refer to, as XML, by its id."""
    return {
        attribute(data, "id"): inner_xml(data)
        for group in children(element, "originalData")
        for data in children(group, "data")
    }


def _with_data(unit: Unit, data: dict[str, str]) -> Unit:
    """A unit whose inline codes hold their native code themselves."""
    segments = []
    for segment in unit.segments:
        ends: list[str] = []
        tags = []
        for tag in segment.tags:
            attributes = dict(tag.attributes)
            inner = data.get(attributes.get("dataRef", ""), tag.inner)
            if tag.kind == "open":
                inner = data.get(attributes.get("dataRefStart", ""), "")
                ends.append(data.get(attributes.get("dataRefEnd", ""), ""))
            elif tag.kind == "close" and ends:
                inner = ends.pop()
            tags.append(replace(tag, inner=inner))
        segments.append(replace(segment, tags=tuple(tags)))
    return replace(unit, segments=tuple(segments))


def _unit(
    name: str,
    source: etree._Element,
    target: etree._Element | None,
    file: _File,
    notes: tuple[str, ...],
    state: str,
) -> Unit:
    sides = [(source, file.src_lang), (target, file.tgt_lang)]
    present = [(element, lang) for element, lang in sides if element is not None]
    segments = tuple(
        Segment(lang or usual_code(attribute(element, XML_LANG)), *INLINE.read(element))
        for element, lang in present
    )
    about = (note for element, _ in present for note in _comments_of_trados(element, file))
    role = _role(present[0][0])
    return Unit(name, segments, segments[0].lang, notes=(*notes, *about), state=state, role=role)


def _role(element: etree._Element) -> Role:
    """That of the paragraph, as our own files have it on its group."""
    for group in element.iterancestors("{*}group"):
        kind = attribute(group, "type") or attribute(group, "restype")
        if match := _ROLE.fullmatch(kind):
            return Role(match[1])
    return Role.BODY


def _comments_of_trados(element: etree._Element, file: _File) -> Iterator[str]:
    """The comments whose ids stand at words inside an element."""
    if not file.comments:
        return
    for mark in (element, *element.iterancestors("{*}mrk"), *element.iterdescendants("{*}mrk")):
        for name, value in mark.attrib.items():
            if str(name).endswith("}cid") and file.comments.get(str(value)):
                yield file.comments[str(value)]
