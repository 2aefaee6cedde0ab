"""XLIFF 1.2 out: for tools that know no later version; the same as in 2.1, as far as it goes."""

from collections.abc import Sequence
from typing import BinaryIO

from lxml import etree

from workbench import __version__
from workbench.exchange.inline import codes, fits
from workbench.exchange.outgoing import ExportFormat, ExportOptions, ExportReport
from workbench.exchange.outgoing.marks import ITS, Mark
from workbench.exchange.outgoing.xliff import XML, Dialect, unit_id
from workbench.exchange.tags import Tag
from workbench.exchange.whole import WholeBitext, WholeRow

_COMMON = "id | ctype clone xid equiv-text"
_NATIVE = "ctype crc xid equiv-text"
_ELEMENTS = {
    "g": _COMMON,
    "x": _COMMON,
    "bx": f"{_COMMON} rid",
    "ex": "id | rid xid equiv-text",
    "ph": f"id | {_NATIVE} assoc",
    "bpt": f"id | {_NATIVE} rid",
    "ept": "id | rid crc xid equiv-text",
    "it": f"id pos | {_NATIVE} rid",
    "mrk": "mtype | mid comment",
}


def write(stream: BinaryIO, bitext: WholeBitext, options: ExportOptions) -> ExportReport:
    """XLIFF 1.2, for tools that do not read version 2: the same content."""
    return _Xliff1(bitext, options).write(stream)


XLIFF1 = ExportFormat(write, ".xlf", "application/xliff+xml", frozenset({"direction"}))


class _Xliff1(Dialect):
    namespace = "urn:oasis:names:tc:xliff:document:1.2"

    def head(self) -> str:
        root = self.new("xliff", {"version": "1.2", f"{{{ITS}}}version": "2.0"})
        file = self.child(root, "file", {
            "original": self.bitext.title or self.bitext.id,
            "source-language": self.langs[0],
            "target-language": self.langs[1],
            "datatype": "plaintext",
            "tool-id": "workbench",
            f"{{{XML}}}space": "preserve",
        })  # fmt: skip
        header = self.child(file, "header", {})
        tool = {"tool-id": "workbench", "tool-name": "Workbench", "tool-version": __version__}
        self.child(header, "tool", tool)
        self.file_metadata(header)
        self.child(file, "body", {}).text = "\n"
        text = etree.tostring(root, encoding="unicode")
        return text.removesuffix("</body>\n</file>\n</xliff>")

    def foot(self) -> str:
        return "</body>\n</file>\n</xliff>\n"

    def group(self, number: int, role: str) -> str:
        return f'<group id="g{number}" restype="x-{role}">\n'

    def unit(self, row: WholeRow) -> etree._Element:
        approved = "yes" if row.bead.confirmed else ""
        element = self.new("trans-unit", {"id": unit_id(row), "approved": approved})
        first, second = self.sides
        self.content(self.child(element, "source", {}), row, first)
        if self.has_words(row, second):
            state = "final" if row.bead.confirmed else "translated"
            self.content(self.child(element, "target", {"state": state}), row, second)
        for note, (_, text, only) in zip(row.notes, self.notes(row), strict=True):
            on = "general" if only is None else "source" if only == first else "target"
            attributes = {"from": note.made.author, "annotates": on}
            self.child(element, "note", attributes).text = text
        self.row_metadata(element, row)
        return element

    def adapt(self, tags: Sequence[Tag]) -> list[Tag]:
        """Codes that XLIFF 1.2 knows as they came, others as native code."""
        out = []
        for number, code in enumerate(codes(tags), 1):
            tag = code.tag
            known = fits(tag, _ELEMENTS, frozenset({"g", "mrk"}))
            if known and (code.pair or tag.kind == "alone"):
                out.append(tag)
                continue
            attributes = {"id": f"c{number}"}
            name = "ph"
            if code.place != "alone" and code.pair:
                name = "bpt" if code.place == "start" else "ept"
                attributes["rid"] = f"c{code.pair}"
            elif code.place != "alone":
                name = "it"
                attributes["pos"] = "open" if code.place == "start" else "close"
            out.append(Tag(tag.at, "alone", name, tuple(attributes.items()), code.native))
        return out

    def mark_tags(self, side: str, mark: Mark, number: int, nests: bool) -> tuple[Tag, Tag] | None:
        if not nests:
            return None  # the metadata of the row still has the place
        # No `mid`: the schema takes it for the number of a segment.
        kind = "x-workbench-issue" if mark.issue else "x-workbench-comment"
        given = (("mtype", kind), *mark.issue)
        return Tag(0, "open", "mrk", given), Tag(0, "close", "mrk")

    def code_point(self, char: str) -> Tag:
        code = f"{ord(char):04X}"
        return Tag(0, "alone", "x", (("id", f"cp-{code}"), ("ctype", "x-code-point")))
