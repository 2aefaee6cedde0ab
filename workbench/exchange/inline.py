"""Inline codes going out: as they came where the format knows them, wrapped where it does not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from workbench.exchange.tags import Tag

Wrap = Callable[[Tag, int, bool], tuple[str, dict[str, str]]]
"""Element and attributes for a code of another format. Takes the code, the number of its pair
(or its own), and whether both ends of the pair are in the segment."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The inline elements of a format.

    known: attributes by element, the required ones in front of a "|"; spans: those that enclose
    words. wrap: how a code that is none of them is written.
    """

    known: Mapping[str, str]
    spans: frozenset[str]
    wrap: Wrap

    def knows(self, tag: Tag) -> bool:
        """Whether a code can be written as it came."""
        if tag.name not in self.known or (tag.name in self.spans) != (tag.kind != "alone"):
            return False
        needed, _, allowed = (part.split() for part in self.known[tag.name].partition("|"))
        names = {name for name, _ in tag.attributes}
        return tag.kind == "close" or set(needed) <= names <= {*needed, *allowed}


def write_inline(
    parent: etree._Element, words: str, tags: Sequence[Tag], vocabulary: Vocabulary
) -> None:
    """Put words and their inline codes into an element. `words` holds nothing illegal."""
    partners = _partners(tags)
    writer = _Writer(parent)
    at = 0
    for number, tag in enumerate(tags):
        writer.say(words[at : tag.at])
        at = tag.at
        partner = partners.get(number)
        first = tags[min(number, partner)] if partner is not None else tag
        if not vocabulary.knows(first) or (tag.kind != "alone" and partner is None):
            name, attributes = vocabulary.wrap(tag, _number(number, partner), partner is not None)
            writer.code(name, attributes, _markup(tag, first))
        elif tag.kind == "open":
            writer.open(tag.name, dict(tag.attributes))
        elif tag.kind == "close":
            writer.close()
        else:
            writer.code(tag.name, dict(tag.attributes), tag.inner)
    writer.say(words[at:])


def _number(number: int, partner: int | None) -> int:
    return (number if partner is None else min(number, partner)) + 1


def _partners(tags: Sequence[Tag]) -> dict[int, int]:
    """Which opening and closing codes belong together; the rest have lost their other end."""
    partners: dict[int, int] = {}
    waiting: list[int] = []
    for number, tag in enumerate(tags):
        if tag.kind == "open":
            waiting.append(number)
        elif tag.kind == "close":
            fitting = [place for place, n in enumerate(waiting) if tags[n].name == tag.name]
            if fitting:
                other = waiting[fitting[-1]]
                del waiting[fitting[-1] :]  # what was opened since has lost its end
                partners |= {number: other, other: number}
    return partners


def _markup(tag: Tag, first: Tag) -> str:
    """A code as it looked in the file it came from, escaped so that it is text."""
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
        content = _parsed(inner, str(element.tag))
        element.text = content.text
        element.extend(content)
        self._last = element

    def _add(self, name: str, attributes: dict[str, str]) -> etree._Element:
        parent = self._open[-1]
        return etree.SubElement(parent, _in_namespace_of(parent, name), attributes)


def _in_namespace_of(parent: etree._Element, name: str) -> str:
    namespace = etree.QName(parent).namespace
    return f"{{{namespace}}}{name}" if namespace else name


def _parsed(inner: str, tag: str) -> etree._Element:
    """What is inside a code: XML as it came, or plain characters when it is none."""
    namespace = etree.QName(tag).namespace
    declared = f' xmlns="{namespace}"' if namespace else ""
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(f"<x{declared}>{inner}</x>", parser)
    except etree.XMLSyntaxError:
        element = etree.Element("x")
        element.text = inner
        return element
