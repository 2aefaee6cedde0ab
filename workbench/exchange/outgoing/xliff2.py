"""XLIFF 2.1 out: notes, the metadata module, and ITS quality issues on the words they are about."""

from collections.abc import Sequence
from typing import BinaryIO

from lxml import etree

from workbench.exchange.fields import state_of
from workbench.exchange.inline import put_xml
from workbench.exchange.outgoing import ExportFormat, ExportOptions, ExportReport
from workbench.exchange.outgoing.marks import ITS, Mark
from workbench.exchange.outgoing.xliff import XML, Dialect, unit_id
from workbench.exchange.outgoing.xliff2_codes import UnitCodes
from workbench.exchange.tags import Tag
from workbench.exchange.whole import WholeBitext, WholeRow


def write(stream: BinaryIO, bitext: WholeBitext, options: ExportOptions) -> ExportReport:
    """XLIFF 2.1 with everything that is known: states, notes, quality issues, metadata."""
    return _Xliff2(bitext, options).write(stream)


XLIFF2 = ExportFormat(write, ".xlf", "application/xliff+xml", frozenset({"direction"}))


class _Xliff2(Dialect):
    namespace = "urn:oasis:names:tc:xliff:document:2.0"

    def head(self) -> str:
        root = self.new("xliff", {
            "version": "2.1",
            "srcLang": self.langs[0],
            "trgLang": self.langs[1],
            f"{{{ITS}}}version": "2.0",
        })  # fmt: skip
        file = self.child(root, "file", {
            "id": "bitext",
            "original": self.bitext.title,
            "canResegment": "no",
            f"{{{XML}}}space": "preserve",
        })  # fmt: skip
        self.file_metadata(file)
        text = etree.tostring(root, encoding="unicode")
        return text.removesuffix("</file>\n</xliff>") + "\n"

    def foot(self) -> str:
        return "</file>\n</xliff>\n"

    def group(self, number: int, role: str) -> str:
        return f'<group id="g{number}" type="workbench:{role}">\n'

    def unit(self, row: WholeRow) -> etree._Element:
        element = self.new("unit", {"id": unit_id(row)})
        self.row_metadata(element, row)
        self._notes(element, row)
        first, second = self.sides
        self._codes = UnitCodes()
        state = state_of(row.status)
        segment = etree.Element(
            f"{{{self.namespace}}}segment",
            # A subState without a state would not be valid.
            state=state if self.has_words(row, second) else "initial",
            subState=f"workbench:{row.status}",
        )
        self.content(self.child(segment, "source", {}), row, first)
        if self.has_words(row, second):
            self.content(self.child(segment, "target", {}), row, second)
        if self._codes.data:
            data = self.child(element, "originalData", {})
            for number, native in enumerate(self._codes.data, 1):
                item = etree.SubElement(data, f"{{{self.namespace}}}data", id=f"d{number}")
                put_xml(item, native)
        segment.tail = "\n"
        element.append(segment)
        return element

    def adapt(self, tags: Sequence[Tag]) -> list[Tag]:
        return self._codes.adapt(tags)

    def _notes(self, unit: etree._Element, row: WholeRow) -> None:
        if not row.notes:
            return
        notes = self.child(unit, "notes", {})
        for number, (kind, text, only) in enumerate(self.notes(row), 1):
            applies = "" if only is None else "source" if only == self.sides[0] else "target"
            attributes = {"id": f"n{number}", "category": kind, "appliesTo": applies}
            self.child(notes, "note", attributes).text = text

    def mark_tags(self, side: str, mark: Mark, number: int, nests: bool) -> tuple[Tag, Tag]:
        name = f"wb-{side}{number}"
        given: tuple[tuple[str, str], ...] = (("id", name), ("type", "its:generic"), *mark.issue)
        if not mark.issue:
            given = (("id", name), ("type", "comment"), ("ref", f"#n=n{mark.note}"))
        if nests:
            return Tag(0, "open", "mrk", given), Tag(0, "close", "mrk")
        return Tag(0, "alone", "sm", given), Tag(0, "alone", "em", (("startRef", name),))

    def code_point(self, char: str) -> Tag:
        return Tag(0, "alone", "cp", (("hex", f"{ord(char):04X}"),))
