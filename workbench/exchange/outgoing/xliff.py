"""A bitext as XLIFF, what both versions share: one unit a row, with all that is known of it.

What a tool can show stands where its version of XLIFF has a place for it: states, notes, quality
issues marked on the words. What only the workbench knows stands beside it as metadata (the
metadata module of XLIFF 2), from which an import restores everything.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import BinaryIO

from lxml import etree

from workbench.domain.beads import Side
from workbench.exchange.fields import Group, file_groups, row_groups, side_of
from workbench.exchange.inline import write_inline
from workbench.exchange.legal import Sieve
from workbench.exchange.outgoing import ExportOptions, ExportReport
from workbench.exchange.outgoing.lines import note_line
from workbench.exchange.outgoing.marks import ITS, Mark, marks, weave
from workbench.exchange.outgoing.units import words_of
from workbench.exchange.tags import Tag
from workbench.exchange.tmx import language_code
from workbench.exchange.whole import WholeBitext, WholeRow

METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
XML = "http://www.w3.org/XML/1998/namespace"


class Dialect(ABC):
    """One version of XLIFF."""

    namespace: str

    def __init__(self, bitext: WholeBitext, options: ExportOptions) -> None:
        self.bitext = bitext
        self.sieve = Sieve()
        self.sides: tuple[Side, Side] = ("src", "tgt")
        if options.direction == "en-zh":
            self.sides = ("tgt", "src")
        self.langs = tuple(language_code(bitext.text(side).lang) for side in self.sides)
        self.nsmap = {None: self.namespace, "mda": METADATA, "its": ITS}
        # Said once, in front of the first unit, and taken out of each of them.
        names = {
            "xmlns" + (f":{prefix}" if prefix else ""): uri for prefix, uri in self.nsmap.items()
        }
        self.declared = "".join(f' {name}="{uri}"' for name, uri in names.items())

    @abstractmethod
    def head(self) -> str:
        """Everything in front of the first group."""

    @abstractmethod
    def foot(self) -> str:
        """Everything behind the last group."""

    @abstractmethod
    def group(self, number: int, role: str) -> str:
        """The start of a paragraph group."""

    @abstractmethod
    def unit(self, row: WholeRow) -> etree._Element:
        """One row."""

    @abstractmethod
    def adapt(self, tags: Sequence[Tag]) -> list[Tag]:
        """Inline codes as this version has them."""

    @abstractmethod
    def mark_tags(self, side: str, mark: Mark, number: int, nests: bool) -> tuple[Tag, Tag] | None:
        """The codes at both ends of a mark; None when there is no way to mark these words.

        side: "s" or "t", source or target. number: of the mark on that side.
        """

    @abstractmethod
    def code_point(self, char: str) -> Tag:
        """A character that XML can't hold."""

    def write(self, stream: BinaryIO) -> ExportReport:
        """Write the whole file, one unit at a time."""
        declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
        stream.write((declaration + self.head()).encode())
        groups = groupby(self.bitext.rows, key=lambda row: row.group)
        for number, (_, rows) in enumerate(groups, 1):
            for place, row in enumerate(rows):
                if not place:
                    stream.write(self.group(number, str(row.role)).encode())
                stream.write(self.text_of(self.unit(row)).encode())
            stream.write(b"</group>\n")
        stream.write(self.foot().encode())
        return ExportReport(units=len(self.bitext.rows), removed=self.sieve.removed).tidy()

    def text_of(self, element: etree._Element) -> str:
        """An element as text, without the names of its namespaces, which the head gives."""
        text = etree.tostring(element, encoding="unicode", with_tail=False)
        return text.replace(self.declared, "", 1) + "\n"

    def new(self, tag: str, attributes: dict[str, str]) -> etree._Element:
        """An element of this version that begins a part of the file."""
        element = etree.Element(f"{{{self.namespace}}}{tag}", self._filled(attributes), self.nsmap)
        element.text = "\n"
        return element

    def child(self, parent: etree._Element, tag: str, attributes: dict[str, str]) -> etree._Element:
        """An element inside another one, on a line of its own."""
        name = tag if tag.startswith("{") else f"{{{self.namespace}}}{tag}"
        element = etree.SubElement(parent, name, self._filled(attributes))
        element.tail = "\n"
        return element

    def _filled(self, attributes: dict[str, str]) -> dict[str, str]:
        return {name: self.sieve.text(value) for name, value in attributes.items() if value}

    def metadata(self, parent: etree._Element, groups: Sequence[Group]) -> None:
        """Fields that have no other place, as the metadata module holds them."""
        outer = self.child(parent, f"{{{METADATA}}}metadata", {})
        for group in groups:
            element = etree.SubElement(outer, f"{{{METADATA}}}metaGroup", category=group.category)
            for name, value in group.fields.items():
                field = etree.SubElement(element, f"{{{METADATA}}}meta", type=name)
                field.text = self.sieve.text(value)

    def file_metadata(self, parent: etree._Element) -> None:
        """What holds for the whole bitext."""
        self.metadata(parent, file_groups(self.bitext))

    def row_metadata(self, parent: etree._Element, row: WholeRow) -> None:
        """What holds for one row."""
        self.metadata(parent, row_groups(self.bitext, row))

    def notes(self, row: WholeRow) -> Iterator[tuple[str, str, Side | None]]:
        """Kind and text of each annotation, and the side it is on if it is on one only."""
        for note in row.notes:
            said = note.annotation
            only: Side | None = None
            if (said.src is None) != (said.tgt is None):
                only = "tgt" if said.src is None else "src"
            yield str(said.kind), self.sieve.text(note_line(self.bitext, note)), only

    def content(self, parent: etree._Element, row: WholeRow, side: Side) -> None:
        """Put the words of one side into an element, with their codes and marks."""
        words = words_of(self.bitext, side, side_of(row, side))
        found = marks(row, side, words)
        adapted = replace(words, tags=tuple(self.adapt(words.tags)))
        make = partial(self.mark_tags, "s" if side == self.sides[0] else "t")
        text, tags = weave(adapted, found, make, self.code_point)
        write_inline(parent, *self.sieve.tagged(text, tags))

    def has_words(self, row: WholeRow, side: Side) -> bool:
        """Whether a row has words on a side."""
        return bool(len(side_of(row, side)))


def unit_id(row: WholeRow) -> str:
    """An id that XML allows: that of the row, or its number."""
    allowed = all(char.isascii() and (char.isalnum() or char in "-_.") for char in row.id)
    return row.id if row.id and allowed else f"row-{row.number}"
