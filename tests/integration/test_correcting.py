"""From a reviewer's wording to a new version of the English: kept, exported, taken back."""

import io
import json
import zipfile

import docx
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn
from lxml import etree

from tests.support import SAMPLE, edit, flag_on, plant_flags, rows_of
from workbench.cli import main
from workbench.domain.reading import rows
from workbench.domain.text import Span
from workbench.errors import Conflict, UsageError
from workbench.exchange.outgoing import ExportOptions
from workbench.services import correcting, jobs
from workbench.services.exporting import export
from workbench.services.history import row_history
from workbench.services.versions import versions_of
from workbench.storage import repository

ROW = 12  # the row of the sample that these tests correct


def english(ws, bitext=SAMPLE):
    return ws.text(ws.bitext(bitext).tgt_id).content


def suggest(ws, row, words, wording, **more):
    start = english(ws).index(words, row.tgt.start)
    annotation = {"kind": "error", "category": "accuracy/number", "severity": "major"}
    annotation |= {"note": "why", "wording": wording, "tgt": [start, start + len(words)]}
    edit(ws, "annotate", annotation=annotation | more)


def note_saying(ws, words, bitext=SAMPLE):
    """Id and value of the annotation with this note."""
    notes = ws.state(bitext).collection("annotations").items()
    return next((id_, value) for id_, value in notes if value["note"] == words)


def exported(ws, form, bitext=SAMPLE, **options):
    stream = io.BytesIO()
    report = export(ws, bitext, stream, ExportOptions(**options), form)
    return stream.getvalue(), report


def reads(ws, row):
    """How the English of a row of the sample reads with its corrections."""
    view = correcting.corrected_view(ws, SAMPLE)
    found = next((one for one in view.rows if one.row == row.id), None)
    return "".join(p.text for p in found.pieces if p.kind != "old") if found else None


def test_an_edited_row_changes_the_corrected_text_and_not_the_text(ws):
    before = english(ws)
    row = rows_of(ws)[ROW]
    old = row.tgt.of(before).strip()
    edit(ws, "reword", row=row.id, text=old.replace("the ", "this ", 1) + " Indeed.")
    assert english(ws) == before
    assert reads(ws, row) == old.replace("the ", "this ", 1) + " Indeed."
    edit(ws, "undo")
    assert reads(ws, row) is None
    edit(ws, "redo")
    assert exported(ws, "text")[0].decode() == before.replace(
        old, old.replace("the ", "this ", 1) + " Indeed."
    )


def test_an_edit_is_in_the_history_of_its_row(ws):
    row, other = rows_of(ws)[ROW : ROW + 2]
    edit(ws, "reword", row=row.id, text=row.tgt.of(english(ws)).strip() + " Indeed.")
    assert next(event.kind for event in row_history(ws, SAMPLE, row.id)) == "reword"
    assert "reword" not in [event.kind for event in row_history(ws, SAMPLE, other.id)]


def test_an_edit_over_a_suggestion_leaves_it_out_and_keeps_its_note(ws):
    row = rows_of(ws)[ROW]
    word = row.tgt.of(english(ws)).split()[1]
    suggest(ws, row, word, "X Y")
    edit(ws, "reword", row=row.id, text=reads(ws, row).replace("X Y", "X Z"))
    view = correcting.corrected_view(ws, SAMPLE)
    assert [(c.correction.edited, c.correction.used) for c in view.rows[0].changes] == [
        (False, False), (True, True)]  # fmt: skip
    assert " X Z " in reads(ws, row)


def test_two_wordings_for_the_same_words_wait_for_a_choice(ws):
    row = rows_of(ws)[ROW]
    word = row.tgt.of(english(ws)).split()[1]
    suggest(ws, row, word, "one")
    suggest(ws, row, word, "two")
    view = correcting.corrected_view(ws, SAMPLE)
    assert (view.clashing, view.ready) == (1, False)
    assert exported(ws, "text")[1].left_out == {"clash": 1}
    assert exported(ws, "tmx")[1].left_out["clash"] == 1
    with pytest.raises(UsageError, match="same words"):
        correcting.make_version(ws, SAMPLE, "Lin")
    with pytest.raises(UsageError, match="same words"):
        edit(ws, "reword", row=row.id, text="New.")
    first = view.rows[0].changes[0].correction
    edit(ws, "use", ids=[first.id], used=False)
    assert correcting.corrected_view(ws, SAMPLE).ready
    [other] = [c.correction for c in view.rows[0].changes if c.correction.id != first.id]
    assert other.wording in reads(ws, row)
    with pytest.raises(Conflict, match="not there any more"):
        edit(ws, "use", ids=["gone"], used=False)


def test_a_row_without_english_can_be_given_some(ws):
    row = next(row for row in rows_of(ws) if not len(row.tgt))
    edit(ws, "reword", row=row.id, text="The two sides also agreed on talks this year.")
    content = exported(ws, "text")[0].decode()
    assert ". The two sides also agreed on talks this year. " in content
    units = etree.fromstring(exported(ws, "tmx")[0]).iter("tu")
    [unit] = [unit for unit in units if unit.get("tuid") == row.id]
    assert [seg.text for seg in unit.iter("seg")][1] == (
        "The two sides also agreed on talks this year."
    )
    edit(ws, "reword", row=row.id, text="")
    assert exported(ws, "text")[0].decode() == english(ws)


@pytest.fixture
def corrected(ws, monkeypatch):
    """The sample with a correction, notes, decisions and a confirmed row; its new version."""
    ids = [row.id for row in rows_of(ws) if not row.is_null]
    edit(ws, "confirm", rows=ids[3:8], confirmed=True)
    edit(ws, "status", rows=ids[4:5], status="approved")
    row, far = rows_of(ws)[ROW], rows_of(ws)[ROW + 9]
    words = row.tgt.of(english(ws)).split()
    suggest(ws, row, words[1], "CORRECTED")
    over = english(ws).index(words[1], row.tgt.start)
    comment = {"kind": "comment", "note": "on both", "tgt": [row.tgt.start, over + 2]}
    edit(ws, "annotate", annotation=comment)
    kept = {"kind": "comment", "note": "far", "tgt": [far.tgt.start, far.tgt.start + 5]}
    edit(ws, "annotate", annotation=kept)
    [flag] = plant_flags(ws, flag_on(far.id, tgt=Span(0, 3)))
    edit(ws, "decide", flag=flag.fingerprint, verdict="dismissed", reason="misread")
    made = correcting.make_version(ws, SAMPLE, "Lin")
    return ws, made, (row, far, flag)


def test_a_new_version_has_the_corrections_and_what_was_said(corrected):
    ws, made, (row, far, flag) = corrected
    content = english(ws, made.id)
    entry = ws.catalogue.entry(made.tgt_id)
    assert entry.corrects == f"{SAMPLE}.en"
    assert content.count("CORRECTED") == 1
    assert [v.bitext for v in versions_of(ws, SAMPLE)] == [SAMPLE, made.id]
    old, new = rows_of(ws), rows(ws.state(made.id)).beads
    ids = {bead.id: bead for bead in new}
    assert [b.id for b in old if b.id not in ids] == [row.id]
    for bead in old:
        if bead.id in ids:
            assert ids[bead.id].confirmed == bead.confirmed
            assert ids[bead.id].tgt.of(content) == bead.tgt.of(english(ws))
    state = ws.state(made.id)
    id_, note = note_saying(ws, "far", made.id)
    assert content[slice(*note["tgt"])] == far.tgt.of(english(ws))[:5]
    assert state.touched["annotations", id_].author == "Lin"
    assert flag.fingerprint in state.collection("decisions")
    assert len(state.collection("statuses")) == 1
    view = correcting.corrected_view(ws, made.id)
    [orphan] = view.orphans
    assert (orphan.of, orphan.value["note"]) == ("annotations", "on both")
    assert "CORRECTED" in orphan.now
    assert view.corrects == SAMPLE
    [difference] = view.since
    assert [p.text for p in difference.pieces if p.kind == "new"] == ["CORRECTED"]


def test_a_new_version_is_aligned_again_by_a_job_of_whoever_made_it(corrected):
    ws, made, _ = corrected
    with ws.db.read() as session:
        [job] = repository.jobs(session, bitext_id=made.id)
    assert (job.kind, job.status, job.author) == (jobs.ALIGN, "queued", "Lin")


def test_the_same_corrections_again_give_the_same_version(corrected):
    ws, made, _ = corrected
    assert correcting.make_version(ws, SAMPLE, "Wang") == ws.bitext(made.id)


def test_a_new_version_comes_back_from_the_files_alone(corrected, reopen):
    ws, made, _ = corrected
    for bitext in (SAMPLE, made.id):
        ws.save_portable(bitext)
    values = [dict(ws.state(bitext).values) for bitext in (SAMPLE, made.id)]
    again = reopen(ws, without_database=True)
    assert not again.differences
    assert [dict(again.state(bitext).values) for bitext in (SAMPLE, made.id)] == values
    assert correcting.corrected_view(again, made.id).corrects == SAMPLE
    assert len(correcting.corrected_view(again, made.id).orphans) == 1


def test_nothing_to_correct_says_so(ws):
    with pytest.raises(UsageError, match="Nothing is corrected"):
        correcting.make_version(ws, SAMPLE, "Lin")


def test_a_memory_leaves_out_major_errors_until_they_are_corrected(ws):
    row = rows_of(ws)[ROW]
    word = row.tgt.of(english(ws)).split()[1]
    omission = {"kind": "error", "category": "accuracy/omission", "severity": "major"}
    place = {"src": [row.src.start, row.src.start + 2], "note": "not there"}
    edit(ws, "annotate", annotation=omission | place)
    assert exported(ws, "tmx")[1].left_out["error"] == 1
    text = row.tgt.of(english(ws)).strip().replace(word, f"{word} also", 1)
    edit(ws, "reword", row=row.id, text=text)
    assert exported(ws, "tmx")[1].left_out["error"] == 1  # nobody said that this mends it
    edit(ws, "resolve", notes=[note_saying(ws, "not there")[0]], resolved=True)
    data, report = exported(ws, "tmx")
    assert (report.left_out["error"], report.corrected) == (0, 1)
    [unit] = [u for u in etree.fromstring(data).iter("tu") if u.get("tuid") == row.id]
    assert [seg.text for seg in unit.iter("seg")][1] == text


def test_the_corrected_text_is_a_word_document_clean_or_with_changes(ws):
    row = rows_of(ws)[ROW]
    word = row.tgt.of(english(ws)).split()[1]
    suggest(ws, row, word, "CORRECTED")
    data, report = exported(ws, "text-docx")
    lines = [line for line in exported(ws, "text")[0].decode().splitlines() if line.strip()]
    assert [p.text for p in docx.Document(io.BytesIO(data)).paragraphs] == lines
    assert (report.units, report.corrected) == (len(lines), 1)
    data, _ = exported(ws, "text-docx", profile="tracked")
    xml = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    assert [e.text for e in xml.iter(qn("w:delText"))] == [word]
    [put] = xml.iter(qn("w:ins"))
    assert (put.get(qn("w:author")), "".join(put.itertext())) == ("Lin", "CORRECTED")


def test_the_command_shows_and_makes_the_new_version(ws, monkeypatch):
    row = rows_of(ws)[ROW]
    word = row.tgt.of(english(ws)).split()[1]
    suggest(ws, row, word, "CORRECTED")
    shown = CliRunner().invoke(main, ["-w", str(ws.root), "correct", SAMPLE, "--dry-run"])
    assert f"[-{word}-]{{+CORRECTED+}}" in shown.stdout
    told = CliRunner().invoke(main, ["-w", str(ws.root), "correct", SAMPLE, "--dry-run", "--json"])
    [one] = json.loads(told.stdout)
    assert [c["wording"] for c in one["corrections"]] == ["CORRECTED"]
    assert len(versions_of(ws, SAMPLE)) == 1
