"""DOCX: a bilingual table with annotations as comments, and as tracked changes what reviewers
suggested and wrote into the English.

What is written is read by Word and LibreOffice; comments and changes carry their authors.
"""

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from workbench.domain.beads import Side
from workbench.domain.corrections import WORDINGS, Correction
from workbench.domain.review import AnnotationKind
from workbench.domain.text import Role
from workbench.exchange.legal import Sieve
from workbench.exchange.outgoing import ExportFormat, ExportOptions, ExportReport
from workbench.exchange.outgoing.fixes import Fixes
from workbench.exchange.outgoing.lines import flag_line
from workbench.exchange.outgoing.pieces import Piece, count_lost, is_dismissed, page_numbers, pieces
from workbench.exchange.whole import NoteEntry, Setting, WholeBitext, WholeRow

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run
    from lxml.etree import _Element

MADE = datetime(2000, 1, 1, tzinfo=UTC)
_ZIPPED = (2000, 1, 1, 0, 0, 0)
_COLOURS = {"critical": "B3261E", "major": "8F5208", "minor": "47678C", "neutral": "67625A"}
_WIDTHS = (0.4, 3.0, 3.6)  # inches


def write_docx(stream: BinaryIO, bitext: WholeBitext, options: ExportOptions) -> ExportReport:
    """A Word document: both texts in a table, notes as comments, wordings as tracked changes."""
    import docx

    report, sieve = ExportReport(), Sieve()
    document = docx.Document()
    properties = document.core_properties
    properties.created = properties.modified = MADE
    properties.title, properties.author = sieve.text(bitext.title)[:250], "Workbench"
    document.add_heading(sieve.text(bitext.title), 0)
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    writer = _Table(document, table, bitext, sieve, report)
    writer.head()
    for row in bitext.rows:
        writer.row(row)
        report.units += 1
    writer.widths()
    report.removed += sieve.removed
    count_lost(report, bitext)
    whole = io.BytesIO()
    document.save(whole)
    stream.write(dated(whole.getvalue()))
    return report.tidy()


class _Table:
    """Fills the table row by row."""

    def __init__(
        self,
        document: "Document",
        table: "Table",
        bitext: WholeBitext,
        sieve: Sieve,
        report: ExportReport,
    ) -> None:
        self._document, self._table = document, table
        self._bitext, self._sieve, self._report = bitext, sieve, report
        self._numbers = page_numbers(bitext)
        self._fixes = Fixes(bitext)
        self._written = {v.id: v.made for v in bitext.values if v.collection == WORDINGS}
        self._changes = 0

    def head(self) -> None:
        """The names of the columns, repeated on every page."""
        from docx.oxml import OxmlElement

        cells = self._table.rows[0].cells
        for cell, words in zip(
            cells, ("", self._bitext.src.title, self._bitext.tgt.title), strict=True
        ):
            cell.paragraphs[0].add_run(self._sieve.text(words)).bold = True
        properties: _Element = self._table.rows[0]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))

    def widths(self) -> None:
        """Give the texts the page."""
        from docx.shared import Inches

        self._table.autofit = False
        for column, width in zip(self._table.columns, _WIDTHS, strict=True):
            column.width = Inches(width)  # LibreOffice goes by the grid, Word by the cells
            for cell in column.cells:
                cell.width = Inches(width)

    def row(self, row: WholeRow) -> None:
        """One row: its number, both sides, and what is said of them."""
        cells = self._table.add_row().cells  # type: ignore[no-untyped-call]
        cells[0].paragraphs[0].add_run(str(self._numbers.get(row.id, "–")))
        said: set[str] = set()
        sides: tuple[Side, Side] = ("tgt", "src")  # comments go to the translation if they can
        for side in sides:
            self._side(cells[1 if side == "src" else 2].paragraphs[0], row, side, said)
        rest = [note for note in row.notes if note.id not in said]
        flags = [
            e for e in row.flags if not is_dismissed(e) and not _noted(row, e.flag.fingerprint)
        ]
        anchor = cells[0].paragraphs[0].runs
        for note in rest:
            self._comment(anchor, note)
        for entry in flags:
            words = self._sieve.text(flag_line(entry))
            comment = self._document.add_comment(anchor, words, "Workbench", "W")
            date(comment._comment_elm, "")

    def _side(self, paragraph: "Paragraph", row: WholeRow, side: Side, said: set[str]) -> None:
        edits = self._fixes.edits(row) if side == "tgt" else []
        cut = pieces(self._bitext, row, side, [one.span for one in edits])
        runs = [self._run(paragraph, piece, row) for piece in cut]
        self._language(runs, self._bitext.text(side).lang)
        changes = []
        for note in row.notes:
            place = getattr(note.annotation, side)
            own = [
                run for run, piece in zip(runs, cut, strict=True)
                if place and piece.span.overlaps(place)
            ]  # fmt: skip
            if not own or note.id in said:
                continue
            said.add(note.id)
            self._comment(own, note)
            if side == "tgt" and note.annotation.wording:
                changes.append((own, note))
        for own, note in changes:  # last, since they move the runs that comments stand at
            self._change(own, note.annotation.wording, note.made)
        for one in edits:
            own = [r for r, piece in zip(runs, cut, strict=True) if piece.span.overlaps(one.span)]
            before = [
                r for r, piece in zip(runs, cut, strict=True) if piece.span.stop <= one.span.start
            ]
            self._edit(paragraph, own, before, one)

    def _edit(
        self,
        paragraph: "Paragraph",
        own: list[Any],
        before: list[Any],
        edit: Correction,
    ) -> None:
        """What a reviewer wrote for some words, or at a place behind others."""
        made = self._written.get(edit.id, Setting())
        if own and not self._change(own, edit.wording, made):
            said = self._sieve.text(f"→ {edit.wording}")
            comment = self._document.add_comment(own, said, made.author, made.author[:2])
            date(comment._comment_elm, made.made_at)
        if own:
            return
        run = paragraph.add_run(self._sieve.text(edit.wording if before else edit.wording.strip()))
        self._language([run], self._bitext.tgt.lang)
        new = self._tracked("w:ins", made)
        new.append(run._r)
        if before:
            _outermost(before[-1]._r).addnext(new)
        else:
            holder: _Element = paragraph._p
            holder.insert(int(paragraph._p.pPr is not None), new)

    def _run(self, paragraph: "Paragraph", piece: Piece, row: WholeRow) -> "Run":
        from docx.shared import RGBColor

        run = paragraph.add_run(self._sieve.text(piece.text))
        run.bold = row.role is Role.HEADING or None
        run.italic = row.role is Role.COMMENTARY or None
        if piece.severity and any(not n.annotation.flag for n in piece.notes) | bool(piece.flags):
            run.underline = True
            run.font.color.rgb = RGBColor.from_string(_COLOURS[str(piece.severity)])
        return run

    def _language(self, runs: list[Any], lang: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        for run in runs:
            element = OxmlElement("w:lang")
            element.set(qn("w:eastAsia" if lang.startswith("zh") else "w:val"), lang)
            run._r.get_or_add_rPr().append(element)

    def _comment(self, runs: list[Any], note: NoteEntry) -> None:
        annotation = note.annotation
        head = str(annotation.kind) + (f" {annotation.category}" if annotation.category else "")
        if annotation.kind is AnnotationKind.ERROR and annotation.severity:
            head += f" ({annotation.severity})"
        words = [head, annotation.note, f"→ {annotation.wording}" if annotation.wording else ""]
        author = self._sieve.text(note.made.author)
        comment = self._document.add_comment(
            runs, self._sieve.text(": ".join(filter(None, words))), author, author[:2]
        )
        date(comment._comment_elm, note.made.made_at)

    def _change(self, runs: list[Any], wording: str, made: Setting) -> bool:
        """The words struck out and another wording put in, as a tracked change.

        False where another one has the words already; this one stands in its comment only.
        """
        from copy import deepcopy

        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        if any(run._r.getparent().tag == qn("w:del") for run in runs):
            return False
        gone, new = self._tracked("w:del", made), self._tracked("w:ins", made)
        inserted = deepcopy(runs[0]._r)
        for text in inserted.findall(qn("w:t")):
            inserted.remove(text)
        words = OxmlElement("w:t")
        words.text = self._sieve.text(wording)
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        inserted.append(words)
        new.append(inserted)
        runs[0]._r.addprevious(gone)
        for run in runs:
            gone.append(run._r)
            for text in run._r.findall(qn("w:t")):
                text.tag = qn("w:delText")
        if wording:
            gone.addnext(new)
        return True

    def _tracked(self, name: str, made: Setting) -> "_Element":
        """What holds a tracked change."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        element = OxmlElement(name)
        self._changes += 1
        element.set(qn("w:id"), str(self._changes))
        element.set(qn("w:author"), self._sieve.text(made.author))
        date(element, made.made_at)
        return element


def _outermost(run: "_Element") -> "_Element":
    """A run, or the tracked change that it is in, with what was put in behind it."""
    from docx.oxml.ns import qn

    parent = run.getparent()
    holder = parent if parent is not None and parent.tag == qn("w:del") else run
    after = holder.getnext()
    return after if holder is not run and after is not None and after.tag == qn("w:ins") else holder


def _noted(row: WholeRow, fingerprint: str) -> bool:
    return any(note.annotation.flag == fingerprint for note in row.notes)


def date(element: "_Element", made_at: str) -> None:
    """When a comment or a change was made; never now, so that equal bitexts give equal bytes."""
    from docx.oxml.ns import qn

    element.set(qn("w:date"), (made_at or MADE.isoformat())[:19] + "Z")


def dated(data: bytes) -> bytes:
    """The same archive with one date on every file, so that equal bitexts give equal bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _ZIPPED)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()


DOCX = ExportFormat(
    write_docx,
    ".docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
