"""The English alone, with its corrections: as text, and as a Word document.

Where two corrections want the same words and nobody chose, the words stay as they are, and the
report counts it.
"""

import io
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

from workbench.domain.corrections import WORDINGS, Stretch, clashes, corrected
from workbench.domain.diff import word_diff
from workbench.domain.text import Role
from workbench.exchange.legal import Sieve
from workbench.exchange.outgoing import ExportFormat, ExportOptions, ExportReport
from workbench.exchange.outgoing.fixes import Fixes
from workbench.exchange.outgoing.word import MADE, date, dated
from workbench.exchange.whole import Setting, WholeBitext

PLAIN, TRACKED = PROFILES = ("plain", "tracked")


def write_text(stream: BinaryIO, bitext: WholeBitext, _: ExportOptions) -> ExportReport:
    """The English with its corrections, as plain text in UTF-8."""
    fixes = Fixes(bitext)
    content = corrected(fixes.whole())
    stream.write(content.encode("utf-8"))
    return _report(bitext, fixes, sum(bool(line.strip()) for line in content.splitlines()))


def write_docx(stream: BinaryIO, bitext: WholeBitext, options: ExportOptions) -> ExportReport:
    """The English with its corrections, as a Word document, on demand with tracked changes."""
    import docx

    fixes, sieve = Fixes(bitext), Sieve()
    document = docx.Document()
    properties = document.core_properties
    properties.created = properties.modified = MADE
    properties.title, properties.author = sieve.text(bitext.tgt.title)[:250], "Workbench"
    writer = _Document(document, bitext, sieve)
    tracked = options.profile == TRACKED
    for bit in _bits(fixes.whole(), bitext.tgt.content, tracked=tracked):
        writer.add(bit)
    report = _report(bitext, fixes, writer.paragraphs)
    report.removed = sieve.removed
    whole = io.BytesIO()
    document.save(whole)
    stream.write(dated(whole.getvalue()))
    return report


def _report(bitext: WholeBitext, fixes: Fixes, units: int) -> ExportReport:
    report = ExportReport(units)
    report.corrected = sum(bool(piece.by) for piece in fixes.whole())
    report.left_out["clash"] = len(clashes(fixes.all))
    used = {id_ for piece in fixes.whole() for id_ in piece.by}
    report.lost["flags"] = sum(len(row.flags) for row in bitext.rows)
    report.lost["notes"] = sum(n.id not in used for row in bitext.rows for n in row.notes)
    return report.tidy()


@dataclass(frozen=True, slots=True)
class _Bit:
    """Words on one line that stand, were taken out or were put in. at: where, in the old text."""

    kind: Literal["same", "old", "new"]
    text: str
    at: int
    by: str = ""
    ends_line: bool = False


def _bits(pieces: tuple[Stretch, ...], content: str, *, tracked: bool) -> Iterator[_Bit]:
    for piece in pieces:
        by = piece.by[0] if piece.by else ""
        if not by or not tracked:
            yield from _lines(piece.text, piece.span.start, by)
            continue
        at = piece.span.start
        for part in word_diff(piece.span.of(content), piece.text):
            if part.kind == "same":
                yield from _lines(part.text, at, "")
            else:  # a change keeps to its line
                yield _Bit(part.kind, " ".join(part.text.split("\n")), at, by)
            at += len(part.text) * (part.kind != "new")


def _lines(text: str, at: int, by: str) -> Iterator[_Bit]:
    for line in text.splitlines(keepends=True):
        words = line.rstrip("\r\n")
        yield _Bit("same", words, at, by, ends_line=words != line)
        at += len(line) * (not by)


class _Document:
    """Fills a Word document with a text, line by line."""

    def __init__(self, document: Any, bitext: WholeBitext, sieve: Sieve) -> None:  # noqa: ANN401
        self._document, self._bitext, self._sieve = document, bitext, sieve
        self._made = {n.id: n.made for row in bitext.rows for n in row.notes}
        self._made |= {one.id: one.made for one in bitext.values if one.collection == WORDINGS}
        self._line: Any = None
        self._changes = 0
        self.paragraphs = 0

    def add(self, bit: _Bit) -> None:
        """Put some words at the end; blank lines make no paragraph."""
        words = self._sieve.text(bit.text)
        if words and (self._line is not None or words.strip()):
            if self._line is None:
                self._line = self._document.add_paragraph(style=self._style(bit.at))
                self.paragraphs += 1
            run = self._line.add_run(words)
            if bit.kind != "same":
                self._track(run, bit)
        if bit.ends_line:
            self._line = None

    def _style(self, at: int) -> str:
        division = self._bitext.tgt.division
        number = bisect_right(division.paragraphs, at, key=lambda one: one.start) - 1
        role = next(
            (e.role for e in self._bitext.roles if (e.side, e.paragraph) == ("tgt", number)),
            division.roles[max(number, 0)],
        )
        return "Heading 2" if role is Role.HEADING else "Normal"

    def _track(self, run: Any, bit: _Bit) -> None:  # noqa: ANN401
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        made = self._made.get(bit.by, Setting())
        change = OxmlElement("w:del" if bit.kind == "old" else "w:ins")
        self._changes += 1
        change.set(qn("w:id"), str(self._changes))
        change.set(qn("w:author"), self._sieve.text(made.author))
        date(change, made.made_at)
        run._r.addprevious(change)
        change.append(run._r)
        if bit.kind == "old":
            for text in run._r.findall(qn("w:t")):
                text.tag = qn("w:delText")
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


TEXT = ExportFormat(write_text, ".corrected.txt", "text/plain; charset=utf-8")
DOCX_TEXT = ExportFormat(
    write_docx,
    ".corrected.docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    frozenset(),
    PROFILES,
)
