"""Exports for people: spreadsheet, Word, reading page, packet; each opened by another program."""

import csv
import io
import json
import re
import shutil
import subprocess

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn
from lxml import etree, html

from tests.support import SAMPLE, edit, flag_on, plant_flags, rows_of
from workbench.cli import main
from workbench.errors import BadInput
from workbench.exchange.outgoing import ExportOptions
from workbench.services.exporting import export
from workbench.services.packet_import import import_notes

HOSTILE = '=cmd|"/c calc"!A1 <script>alert(1)</script> ]]> 𠮷 \u200f עברית e\u0301'


@pytest.fixture
def noted(ws):
    """A flag, an error with a wording that overlaps it, and a hostile comment on the Chinese."""
    row = [row for row in rows_of(ws) if len(row.src) and len(row.tgt)][4]
    plant_flags(ws, flag_on(row.id))
    at = row.tgt.start
    error = {"kind": "error", "category": "style/awkward", "severity": "minor", "note": "heavy"}
    place = {"wording": "lighter words", "tgt": [at + 1, at + 8]}
    edit(ws, "annotate", annotation=error | place)
    edit(ws, "annotate", author="Wang", annotation={
        "kind": "comment", "note": HOSTILE, "src": [row.src.start, row.src.start + 3]})  # fmt: skip
    return ws, row


def written(ws, form):
    stream = io.BytesIO()
    report = export(ws, SAMPLE, stream, ExportOptions(), form)
    return stream.getvalue(), report


@pytest.mark.parametrize("form", ["xlsx", "csv", "docx", "html", "packet"])
def test_the_same_bitext_gives_the_same_bytes_with_every_row_in_them(noted, form):
    ws, _ = noted
    first, report = written(ws, form)
    assert first == written(ws, form)[0]
    assert report.units == len(rows_of(ws))


def test_a_spreadsheet_holds_words_as_words(noted):
    ws, row = noted
    book = openpyxl.load_workbook(io.BytesIO(written(ws, "xlsx")[0]), rich_text=True)
    assert book.sheetnames == ["rows", "flags", "annotations", "decisions"]
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert HOSTILE in [str(cell.value) for cell in book["annotations"]["G"]]
    heads = [cell.value for cell in book["rows"][1]]
    by_id = {line[heads.index("id")].value: line for line in book["rows"].iter_rows(min_row=2)}
    coloured = by_id[row.id][heads.index("translation")].value
    bitext = ws.bitext(SAMPLE)
    assert str(coloured) == row.tgt.of(ws.text(bitext.tgt_id).content).strip()
    assert len(coloured) > 1  # runs of its own for the words in question
    assert book["rows"].freeze_panes == "A2"


def test_no_cell_of_a_csv_is_taken_for_a_formula(noted):
    ws, row = noted
    edit(ws, "annotate", annotation={"kind": "comment", "note": "=1+1",
                                     "tgt": [row.tgt.start, row.tgt.start + 2]})  # fmt: skip
    data, report = written(ws, "csv")
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(lines) == len(rows_of(ws))
    assert not [c for line in lines for c in line.values() if re.match(r"[=+@-]", c)]
    assert report.lost["places"] == 4


def test_word_shows_notes_as_comments_and_wordings_as_tracked_changes(noted):
    ws, row = noted
    document = docx.Document(io.BytesIO(written(ws, "docx")[0]))
    comments = {comment.author: comment.text for comment in document.comments}
    assert "heavy" in comments["Lin"]
    assert "𠮷" in comments["Wang"]
    body = document.element.body
    (gone,) = list(body.iter(qn("w:del")))
    (new,) = list(body.iter(qn("w:ins")))
    content = ws.text(ws.bitext(SAMPLE).tgt_id).content
    old = "".join(text.text for text in gone.iter(qn("w:delText")))
    assert old == content[row.tgt.start + 1 : row.tgt.start + 8]
    assert "".join(text.text for text in new.iter(qn("w:t"))) == "lighter words"
    assert gone.get(qn("w:author")) == "Lin"
    assert len(document.tables[0].rows) == len(rows_of(ws)) + 1


def test_word_shows_what_reviewers_wrote_into_the_english_as_tracked_changes(noted):
    ws, _ = noted
    content = ws.text(ws.bitext(SAMPLE).tgt_id).content
    changed, longer, shorter = [row for row in rows_of(ws) if not row.is_null][5:8]
    lone = next(row for row in rows_of(ws) if not len(row.tgt))
    reads = {}
    for row, text in (
        (changed, "Quite" + changed.tgt.of(content).strip()[5:]),
        (longer, longer.tgt.of(content).strip() + " Indeed."),
        (shorter, " ".join(shorter.tgt.of(content).split()[:-2])),
        (lone, "Put in by hand."),
    ):
        edit(ws, "reword", row=row.id, text=text, author="Mei")
        reads[row.id] = text
    document = docx.Document(io.BytesIO(written(ws, "docx")[0]))
    for row, line in zip(rows_of(ws), document.tables[0].rows[1:], strict=True):
        cell = line.cells[2]._tc
        before = "".join(
            e.text for e in cell.iter(qn("w:t"), qn("w:delText")) if not _inside(e, "w:ins")
        )
        assert before.split() == row.tgt.of(content).split()  # refusing all gives the text back
        if row.id in reads:
            after = "".join(e.text for e in cell.iter(qn("w:t")))
            assert after.split() == reads[row.id].split()
            assert {e.get(qn("w:author")) for e in cell.iter(qn("w:ins"), qn("w:del"))} == {"Mei"}


def _inside(element, name):
    return any(parent.tag == qn(name) for parent in element.iterancestors())


def test_no_comment_of_a_word_document_is_dated_by_the_clock(noted):
    ws, _ = noted
    document = docx.Document(io.BytesIO(written(ws, "docx")[0]))
    dates = {comment.author: comment.timestamp.year for comment in document.comments}
    assert dates["Workbench"] == 2000
    notes = {note["note"] for note in ws.state(SAMPLE).collection("annotations").values()}
    assert len(list(document.comments)) == len(notes) + 1


def test_the_reading_page_is_one_file_that_runs_nothing(noted):
    ws, row = noted
    page = html.fromstring(written(ws, "html")[0].decode())
    assert not page.xpath("//script | //link | //img | //@onclick | //@src")
    words = page.xpath(f"//tbody/tr//span[@data-side='tgt'][@data-start='{row.tgt.start}']")
    assert words[0].text_content() in ws.text(ws.bitext(SAMPLE).tgt_id).content
    assert "<script>alert" not in written(ws, "html")[0].decode()
    assert any(HOSTILE.split()[0] in item.text_content() for item in page.xpath("//li"))


def notes_of(ws, row, **more):
    bitext = ws.bitext(SAMPLE)
    content = ws.text(bitext.tgt_id).content
    span = [row.tgt.start, row.tgt.start + 6]
    note = {"id": "11111111-1111-4111-8111-111111111111", "tgt": span,
            "words": content[span[0] : span[1]], "note": "from afar", "wording": ""}  # fmt: skip
    body = {"workbench": "packet notes", "version": 1, "bitext": SAMPLE, "author": "Zhao",
            "src": ws.text(bitext.src_id).sha256, "tgt": ws.text(bitext.tgt_id).sha256,
            "notes": [note]}  # fmt: skip
    return body | more


def test_a_packets_comments_come_home_once(noted, tmp_path):
    ws, row = noted
    path = tmp_path / "notes.json"
    path.write_text(json.dumps(notes_of(ws, row)), encoding="utf-8")
    run = CliRunner().invoke
    assert run(main, ["-w", str(ws.root), "import", str(path), "--dry-run"]).exit_code == 0
    assert "from afar" not in str(ws.state(SAMPLE).collection("annotations"))
    assert run(main, ["-w", str(ws.root), "import", str(path)]).exit_code == 0
    again = import_notes(ws, path)
    assert (again.added, again.known) == (0, 1)
    found = [v for v in ws.state(SAMPLE).collection("annotations").values()
             if v["note"] == "from afar"]  # fmt: skip
    assert len(found) == 1


def test_comments_on_other_words_are_left_out_and_other_texts_are_refused(noted, tmp_path):
    ws, row = noted
    path = tmp_path / "notes.json"
    body = notes_of(ws, row)
    body["notes"][0]["words"] = "something else"
    path.write_text(json.dumps(body), encoding="utf-8")
    assert import_notes(ws, path).astray == ("something else",)
    path.write_text(json.dumps(notes_of(ws, row, src="0" * 64)), encoding="utf-8")
    with pytest.raises(BadInput, match="not in this"):
        import_notes(ws, path)
    path.write_text('{"workbench": "packet notes", "notes": [{"id": 1}]}', encoding="utf-8")
    with pytest.raises(BadInput, match="packet"):
        import_notes(ws, path)


@pytest.mark.full
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
@pytest.mark.parametrize(("form", "other", "holds"), [
    ("docx", "odt", ["lighter words", "heavy", "tracked-changes"]),
    ("xlsx", "ods", ["heavy", "120 became 12."]),
])  # fmt: skip
def test_libreoffice_opens_it_with_its_comments_and_changes(noted, tmp_path, form, other, holds):
    path = tmp_path / f"out.{form}"
    path.write_bytes(written(noted[0], form)[0])
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to", f"f{other}" if other == "odt" else "fods", "--outdir", str(tmp_path),
         str(path)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    (made,) = tmp_path.glob("out.f*")
    text = etree.tostring(etree.parse(made, etree.XMLParser(huge_tree=True)), encoding=str)
    for words in holds:
        assert words in text


@pytest.mark.parametrize(
    ("form", "lost"),
    [("xlsx", 0), ("csv", 1), ("docx", 1), ("html", 1), ("packet", 1), ("jsonl", 0), ("xliff", 0)],
)
def test_what_a_format_has_no_place_for_is_counted(noted, form, lost):
    ws, row = noted
    [flag] = plant_flags(ws, flag_on(row.id))
    edit(ws, "decide", flag=flag.fingerprint, verdict="accepted", reason="")
    _, report = written(ws, form)
    assert report.lost["decisions"] == lost
