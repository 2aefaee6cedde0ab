"""Inline codes going out: as they came where the format knows them, as native code where not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from workbench.exchange.tags import Tag

_NATIVE = ("ph", "bpt", "ept", "it", "ut")  # what is inside is the code of the document itself
_STARTS = {"bpt": ("i", "rid", "id"), "bx": ("rid", "id"), "sc": ("id",), "sm": ("id",)}
_ENDS = {
    "ept": ("i", "rid", "id"),
    "ex": ("rid", "id"),
    "ec": ("startRef", "id"),
    "em": ("startRef",),
}


@dataclass(frozen=True, slots=True)
class Code:
    """What a tag is, whatever format it came from.

    place: "start" and "end" of a pair, or "alone". pair: number of the pair, from 1, when both
    ends are in the segment; 0 for one that lost its other end. native: the code of the document,
    as XML text.
    """

    tag: Tag
    place: Literal["alone", "start", "end"]
    pair: int
    native: str


def codes(tags: Sequence[Tag]) -> list[Code]:
    """The codes of a segment, with their pairs found."""
    paired = partners(tags)
    waiting: dict[tuple[str, str], int] = {}
    for number, tag in enumerate(tags):
        if tag.name in _STARTS:
            waiting[_key(tag, _STARTS)] = number
        elif tag.name in _ENDS and (key := _key(tag, _ENDS)) in waiting:
            other = waiting.pop(key)
            paired |= {number: other, other: number}
    return [_code(number, tag, tags, paired.get(number)) for number, tag in enumerate(tags)]


def _key(tag: Tag, names: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    attributes = dict(tag.attributes)
    family = {"ept": "bpt", "ex": "bx", "ec": "sc", "em": "sm"}.get(tag.name, tag.name)
    return family, next((attributes[n] for n in names[tag.name] if n in attributes), "")


def _code(number: int, tag: Tag, tags: Sequence[Tag], partner: int | None) -> Code:
    place: Literal["alone", "start", "end"] = "alone"
    if tag.kind == "open" or tag.name in _STARTS or dict(tag.attributes).get("pos") in _OPENING:
        place = "start"
    elif tag.kind == "close" or tag.name in _ENDS or tag.name == "it":
        place = "end"
    first = tag if partner is None else tags[min(number, partner)]
    pair = 0 if partner is None else min(number, partner) + 1
    return Code(tag, place, pair, tag.inner if tag.name in _NATIVE else markup(tag, first))


_OPENING = ("begin", "open")


def partners(tags: Sequence[Tag]) -> dict[int, int]:
    """Which opening and closing tags belong together; the rest have lost their other end."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for number, tag in enumerate(tags):
        if tag.kind == "open":
            waiting.append(number)
        elif tag.kind == "close":
            fitting = [place for place, n in enumerate(waiting) if tags[n].name == tag.name]
            if fitting:
                other = waiting[fitting[-1]]
                del waiting[fitting[-1] :]  # what was opened since has lost its end
                found |= {number: other, other: number}
    return found


def fits(tag: Tag, elements: Mapping[str, str], spans: frozenset[str]) -> bool:
    """Whether a format knows a tag as it is.

    elements: attributes by element, the required ones in front of a "|". spans: the elements
    that enclose words.
    """
    if tag.name not in elements or (tag.name in spans) != (tag.kind != "alone"):
        return False
    needed, _, allowed = (part.split() for part in elements[tag.name].partition("|"))
    names = {name for name, _ in tag.attributes}
    return tag.kind == "close" or set(needed) <= names <= {*needed, *allowed}


def write_inline(parent: etree._Element, words: str, tags: Sequence[Tag]) -> None:
    """Put words and tags into an element.

    `words` holds nothing illegal; opening and closing tags go together and are nested.
    """
    writer = _Writer(parent)
    at = 0
    for tag in tags:
        writer.say(words[at : tag.at])
        at = tag.at
        if tag.kind == "open":
            writer.open(tag.name, dict(tag.attributes))
        elif tag.kind == "close":
            writer.close()
        else:
            writer.code(tag.name, dict(tag.attributes), tag.inner)
    writer.say(words[at:])


def markup(tag: Tag, first: Tag) -> str:
    """A tag as it looked in the file it came from, escaped so that it is text.

    first: the opening tag of a closing one, else the tag itself.
    """
    attributes = "".join(
        f' {name.rpartition("}")[2]}="{_escaped(value, quote=True)}"'
        for name, value in tag.attributes
    )
    if tag.kind == "close":
        return _escaped(f"</{first.name}>")
    if tag.kind == "open":
        return _escaped(f"<{tag.name}{attributes}>")
    end = f">{tag.inner}</{tag.name}>" if tag.inner else "/>"
    return _escaped(f"<{tag.name}{attributes}{end}")


def _escaped(text: str, *, quote: bool = False) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;") if quote else text


class _Writer:
    """Grows mixed content: text goes behind the last element, or into the open one."""

    def __init__(self, parent: etree._Element) -> None:
        self._open = [parent]
        self._last: etree._Element | None = None

    def say(self, words: str) -> None:
        if not words:
            return
        if self._last is None:
            self._open[-1].text = (self._open[-1].text or "") + words
        else:
            self._last.tail = (self._last.tail or "") + words

    def open(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append(self._add(name, attributes))
        self._last = None

    def close(self) -> None:
        self._last = self._open.pop()

    def code(self, name: str, attributes: dict[str, str], inner: str) -> None:
        element = self._add(name, attributes)
        put_xml(element, inner)
        self._last = element

    def _add(self, name: str, attributes: dict[str, str]) -> etree._Element:
        parent = self._open[-1]
        namespace = etree.QName(parent).namespace
        full = f"{{{namespace}}}{name}" if namespace else name
        return etree.SubElement(parent, full, attributes)


def put_xml(element: etree._Element, inner: str) -> None:
    """Put XML as it came into an element, or plain characters when it is none."""
    namespace = etree.QName(element).namespace
    declared = f' xmlns="{namespace}"' if namespace else ""
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        content = etree.fromstring(f"<x{declared}>{inner}</x>", parser)
    except etree.XMLSyntaxError:
        element.text = inner
        return
    element.text = content.text
    element.extend(content)
