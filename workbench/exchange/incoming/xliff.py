"""XLIFF 1.2 (with Trados' SDLXLIFF) and 2.0 to 2.2 in: files on their way through a CAT tool."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from lxml import etree

from workbench.errors import BadInput
from workbench.exchange.incoming.values import Findings, Segment, Unit, usual_code
from workbench.exchange.incoming.xml import (
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
)
_VERSIONS = ("1.0", "1.1", "1.2", "2.0", "2.1", "2.2")


@dataclass(slots=True)
class _File:
    """What the enclosing elements say about the units inside them."""

    src_lang: str = ""
    tgt_lang: str = ""
    count: int = 0
    ids: set[str] = field(default_factory=set)


def read_xliff(stream: BinaryIO, findings: Findings) -> Iterator[Unit]:
    """XML localisation interchange file: each segment with its translation is a unit.

    Raises:
        BadInput: not well-formed, no XLIFF of a version we know, or without any `file`.
    """
    file = _File()
    starts = ("xliff", "file", "tool")
    for event, name, element in elements(stream, starts, ("trans-unit", "unit", "notes"), findings):
        if event == "start" and name == "xliff":
            findings.version = attribute(element, "version")
            if findings.version not in _VERSIONS:
                raise BadInput(
                    f"Line {element.sourceline}: XLIFF version “{findings.version}” is unknown; "
                    f"save the file as one of: {', '.join(_VERSIONS)}."
                )
            file.src_lang = usual_code(attribute(element, "srcLang"))
            file.tgt_lang = usual_code(attribute(element, "trgLang"))
        elif event == "start" and name == "file":
            file.count += 1
            file.ids = set()
            file.src_lang = usual_code(attribute(element, "source-language")) or file.src_lang
            file.tgt_lang = usual_code(attribute(element, "target-language")) or file.tgt_lang
            findings.tool = findings.tool or attribute(element, "tool", "tool-id")
        elif event == "start":
            names = (attribute(element, "tool-name"), attribute(element, "tool-version"))
            findings.tool = " ".join(part for part in names if part) or findings.tool
        elif name == "notes":
            _check_notes(element, findings)
        else:
            _check_id(element, file, findings)
            yield from (
                _units_2(element, file, findings)
                if name == "unit"
                else _units_1(element, file, findings)
            )
        findings.src_lang = file.src_lang
    if not file.count:
        raise BadInput("The XLIFF holds no file element; save it again from the tool it is from.")


def _check_id(element: etree._Element, file: _File, findings: Findings) -> None:
    own = attribute(element, "id")
    if own in file.ids:
        findings.remarks["Units with the same id in one file."] += 1
    file.ids.add(own)


def _check_notes(element: etree._Element, findings: Findings) -> None:
    if next(children(element, "note"), None) is None:
        findings.warnings["A list of notes without a note; it is not valid XLIFF."] += 1


def _units_1(element: etree._Element, file: _File, findings: Findings) -> Iterator[Unit]:
    """The segments of a `trans-unit`: those marked in it, or the whole."""
    source = next(children(element, "source"), None)
    if source is None:
        findings.skipped["A unit without a source."] += 1
        return
    if attribute(element, "translate") == "no":
        findings.skipped["A unit that is not to be translated."] += 1
        return
    target = next(children(element, "target"), None)
    divided = next(children(element, "seg-source"), None)
    own = attribute(element, "id")
    notes = tuple(plain(note) for note in children(element, "note"))
    approved = "approved" if attribute(element, "approved") == "yes" else ""
    state = approved or (attribute(target, "state") if target is not None else "")
    marked = [] if divided is None else _marked(divided)
    if not marked:
        yield _unit(own, source, target, file, notes, state)
        return
    translated = {} if target is None else dict(_marked(target))
    facts = _facts_of_trados(element)
    for number, (key, piece) in enumerate(marked):
        fact = facts.get(key, {})
        unit = _unit(
            f"{own}:{key}", piece, translated.get(key), file, () if number else notes,
            fact.get("conf", "") or state,
        )  # fmt: skip
        yield Unit(
            unit.id, unit.segments, unit.src_lang, notes=unit.notes, state=unit.state,
            created=fact.get("created_on", ""), created_by=fact.get("created_by", ""),
            changed=fact.get("modified_on", ""), changed_by=fact.get("last_modified_by", ""),
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
        found[attribute(definition, "id")] = facts | {"conf": attribute(definition, "conf")}
    return found


def _units_2(element: etree._Element, file: _File, findings: Findings) -> Iterator[Unit]:
    """The segments of a `unit` of XLIFF 2."""
    own = attribute(element, "id")
    if attribute(element, "translate") == "no":
        findings.skipped["A unit that is not to be translated."] += 1
        return
    notes: tuple[str, ...] = ()
    for group in children(element, "notes"):
        _check_notes(group, findings)
        notes += tuple(plain(note) for note in children(group, "note"))
    data = _original_data(element)
    seen: set[str] = set()
    for number, segment in enumerate(children(element, "segment")):
        key = attribute(segment, "id")
        if key and key in seen:
            findings.warnings["Segments with the same id in one unit."] += 1
        seen.add(key)
        source = next(children(segment, "source"), None)
        if source is None:
            findings.skipped["A segment without a source."] += 1
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
    segments = tuple(
        Segment(lang, *INLINE.read(element)) for element, lang in sides if element is not None
    )
    return Unit(name, segments, file.src_lang, notes=notes, state=state)
