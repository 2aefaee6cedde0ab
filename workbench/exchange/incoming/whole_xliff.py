"""XLIFF that the workbench wrote, coming back with everything, perhaps from a CAT tool."""

from typing import BinaryIO

from lxml import etree

from workbench.domain.beads import Side
from workbench.errors import BadInput, WorkbenchError
from workbench.exchange.fields import BITEXT, Group, state_of
from workbench.exchange.incoming.fields import Assembler, FoundRow
from workbench.exchange.incoming.values import Findings
from workbench.exchange.incoming.xliff import INLINE
from workbench.exchange.incoming.xml import attribute, children, elements, head_of, local, plain
from workbench.exchange.tags import Tag
from workbench.exchange.whole import WholeBitext

_CONFIRMED = ("final", "signed-off", "reviewed")


def read_whole_xliff(stream: BinaryIO) -> WholeBitext | None:
    """A bitext from XLIFF 1.2 or 2.1; None when no workbench wrote the file.

    Raises:
        BadInput: it is ours and damaged; says where.
    """
    if f'"{BITEXT}"' not in head_of(stream):
        return None
    assembler: Assembler | None = None
    sides: tuple[Side, Side] = ("src", "tgt")
    group = -1
    findings = Findings("xliff")
    starts, ends = ("xliff", "file", "group"), ("metadata", "trans-unit", "unit")
    for event, name, element in elements(stream, starts, ends, findings):
        if event == "start":
            group += name == "group"
            lang = attribute(element, "srcLang", "source-language")
            if lang:
                sides = ("tgt", "src") if lang.lower().startswith("en") else ("src", "tgt")
            continue
        try:
            if name == "metadata":
                assembler = Assembler(_groups(element))
            elif assembler:
                assembler.take(_row(element, sides, max(group, 0)))
        except WorkbenchError as error:
            raise BadInput(f"Line {element.sourceline}: {error}") from None
        except (AttributeError, KeyError, StopIteration, TypeError, ValueError):
            raise BadInput(
                f"Line {element.sourceline}: the metadata is not as it was written; "
                "export the bitext again, nothing was imported."
            ) from None
    return assembler.whole() if assembler else None


def _groups(metadata: etree._Element) -> list[Group]:
    return [
        Group(
            attribute(group, "category"),
            {attribute(meta, "type"): plain(meta) for meta in children(group, "meta")},
        )
        for group in children(metadata, "metaGroup")
    ]


def _row(unit: etree._Element, sides: tuple[Side, Side], group: int) -> FoundRow:
    words: dict[Side, str] = {"src": "", "tgt": ""}
    tags: dict[Side, list[Tag]] = {"src": [], "tgt": []}
    for segment in [unit, *children(unit, "segment")]:
        for side, name in zip(sides, ("source", "target"), strict=True):
            for element in children(segment, name):
                text, found = INLINE.read(element)
                tags[side] += _foreign(found, len(words[side]))
                words[side] += text
    metadata = next(children(unit, "metadata"), None)
    return FoundRow(
        [] if metadata is None else _groups(metadata),
        words,
        tags,
        _is_confirmed(unit),
        group,
        _notes(unit),
    )


def _foreign(tags: tuple[Tag, ...], shift: int) -> list[Tag]:
    """Inline codes but for the marks that we put around words."""
    out: list[Tag] = []
    ours: list[bool] = []
    for tag in tags:
        mark = any(value.startswith(("wb-", "x-workbench-")) for _, value in tag.attributes)
        if tag.kind == "open":
            ours.append(mark)
        elif tag.kind == "close":
            mark = ours.pop() if ours else False
        if not mark:
            out.append(Tag(tag.at + shift, tag.kind, tag.name, tag.attributes, tag.inner))
    return out


def _is_confirmed(unit: etree._Element) -> bool | None:
    """What a state says that another tool set; None for one of ours."""
    if local(unit) == "trans-unit":
        return attribute(unit, "approved") == "yes"
    for segment in children(unit, "segment"):
        sub = attribute(segment, "subState")
        state = attribute(segment, "state")
        if sub.startswith("workbench:") and state in ("initial", state_of(sub[10:])):
            return None
        return state in _CONFIRMED
    return None


def _notes(unit: etree._Element) -> list[tuple[str, str]]:
    found = [*children(unit, "note")]
    for group in children(unit, "notes"):
        found += children(group, "note")
    return [(attribute(note, "from"), plain(note)) for note in found]
