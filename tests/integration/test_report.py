"""The report: its figures are those of the rows they come from, and every file of it opens."""

import json
import shutil
from io import BytesIO

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn
from lxml import html

from tests.support import SAMPLE, copy_workspace, edit, flag_on, plant_flags, rows_of
from workbench.cli import main
from workbench.domain.operations import new_id
from workbench.domain.reading import content_beads
from workbench.domain.sessions import Mode
from workbench.errors import Conflict, UsageError
from workbench.report.tables import tables
from workbench.services import sessions
from workbench.services.claims import bitext_claims
from workbench.services.comparison import figures
from workbench.services.opened import OpenBitext
from workbench.services.reporting import report
from workbench.services.review import perform
from workbench.services.trends import trends


@pytest.fixture(scope="module")
def vectors(aligned_template, tmp_path_factory):
    """The words of the sample, encoded once for all tests."""
    ws = copy_workspace(aligned_template, tmp_path_factory.mktemp("vectors") / "workspace")
    report(ws, SAMPLE)
    bitext_claims(ws, SAMPLE)
    ws.db.engine.dispose()
    return ws.hidden / "vectors.sqlite"


@pytest.fixture
def reviewed(ws, vectors):
    """Two flags, one accepted; an error, a choice, and a confirmed row."""
    shutil.copy(vectors, ws.hidden / "vectors.sqlite")
    rows = [row for row in rows_of(ws) if len(row.src) and len(row.tgt)]
    flags = plant_flags(ws, flag_on(rows[0].id), flag_on(rows[1].id))
    edit(ws, "decide", flag=flags[0].fingerprint, verdict="accepted")
    spans = {"src": [rows[2].src.start, rows[2].src.start + 2],
             "tgt": [rows[2].tgt.start, rows[2].tgt.start + 4]}  # fmt: skip
    edit(ws, "annotate", annotation={"kind": "error", "category": "style/awkward",
                                     "severity": "minor", "note": "heavy", **spans})  # fmt: skip
    edit(ws, "annotate", author="Wang", annotation={
        "kind": "choice", "category": "softening", "note": "for the ear", **spans})  # fmt: skip
    edit(ws, "confirm", rows=[rows[0].id], confirmed=True)
    return ws


def test_its_figures_are_those_of_the_frames(reviewed):
    found = report(reviewed, SAMPLE)
    frames = OpenBitext(reviewed, SAMPLE)
    annotations = frames.to_frame("annotations")
    errors = annotations[annotations.kind == "error"]
    counted = sum(sum(line.values()) for line in found.annotations.values())
    assert counted == len(errors) == 2
    assert found.score.penalty == 5 + 0.5
    assert len(found.choices) == (annotations.kind == "choice").sum() == 1
    beads = frames.to_frame("beads")
    assert found.confirmed == beads.confirmed.sum() == 1
    assert sum(found.kinds.values()) == found.rows
    assert found.rows < len(beads)  # commentary is not counted
    own = next(one for one in trends(reviewed).reviewed if one.bitext == SAMPLE)
    assert (own.words, len(own.errors)) == (found.score.words, len(errors))
    decisions = frames.to_frame("decisions")
    (line,) = found.detectors
    assert (line.accepted, line.open) == (len(decisions), 1)


def test_only_what_a_person_accepted_counts_as_an_error(reviewed):
    before = report(reviewed, SAMPLE).score.penalty
    open_flag = report(reviewed, SAMPLE).detectors[0].open
    flag = OpenBitext(reviewed, SAMPLE).to_frame("flags").query("decision == ''").flag.iloc[0]
    edit(reviewed, "decide", flag=flag, verdict="accepted")
    after = report(reviewed, SAMPLE)
    assert after.score.penalty == before + 5
    assert after.detectors[0].open == open_flag - 1


def test_without_a_reviewer_there_is_no_judgement(ws, vectors, reader):
    shutil.copy(vectors, ws.hidden / "vectors.sqlite")
    plant_flags(ws, flag_on(rows_of(ws)[12].id))
    page = reader.get(f"/b/{SAMPLE}/report").text
    assert "No judgement yet" in page
    assert "<strong>–</strong>" in page  # no figure that could be taken for one
    assert "Passes." not in page
    edit(ws, "confirm", rows=[rows_of(ws)[12].id], confirmed=True)
    assert "Passes." in reader.get(f"/b/{SAMPLE}/report").text


def test_an_accepted_flag_is_listed_once(reviewed):
    found = report(reviewed, SAMPLE)
    numbers = [f for f in found.findings if f.category == "accuracy/number"]
    assert sorted(f.by for f in numbers) == ["", "Lin"]
    assert {p.name: p.edits for p in found.people} == {"Lin": 3, "Wang": 1}


def test_the_workspaces_scorecard_is_used_and_a_bad_one_is_named(reviewed, reader):
    path = reviewed.root / "texts" / "scorecard.toml"
    path.write_text(
        "[severities]\nneutral=0\nminor=2\nmajor=10\ncritical=25\n[weights]\n"
        "[size]\nper=1000\ncharacters_per_word=1.7\n[pass]\npoints=25\nmark=80\n",
        encoding="utf-8",
    )
    assert report(reviewed, SAMPLE).score.penalty == 12
    path.write_text("nothing", encoding="utf-8")
    answer = reader.get(f"/b/{SAMPLE}/report")
    assert answer.status_code == 422
    assert "scorecard.toml" in answer.text
    assert "Traceback" not in answer.text


def test_coverage_and_sections_cover_the_document(reviewed):
    found = report(reviewed, SAMPLE)
    assert 0.5 < found.coverage[0] < 1
    assert found.sections[0].first == 1
    assert found.sections[-1].last == found.rows
    assert [s.title[:2] for s in found.sections[1:]] == ["1.", "2.", "3.", "4."]


def test_the_page_leads_from_each_finding_to_its_row(reviewed, reader):
    page = reader.get(f"/b/{SAMPLE}/report").text
    for finding in report(reviewed, SAMPLE).findings:
        assert f'href="/b/{SAMPLE}#r-{finding.row}"' in page
    assert "for the ear" in page


def test_the_page_says_that_a_bitext_is_not_aligned_yet(fresh):
    result = CliRunner().invoke(main, ["-w", str(fresh.root), "report", "nothing"])
    assert result.exit_code == 2
    assert "no bitext" in result.stderr


def run(ws, form):
    result = CliRunner().invoke(
        main, ["-w", str(ws.root), "report", SAMPLE, "--format", form, "--out", "-"]
    )
    assert result.exit_code == 0, result.stderr
    return result.stdout_bytes


def test_the_page_offers_the_memo_as_a_file(reviewed, reader):
    answer = reader.get(f"/b/{SAMPLE}/report.docx")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert read_memo(answer.data)[1]


def test_the_json_holds_everything_and_the_claims(reviewed):
    body = json.loads(run(reviewed, "json"))
    assert body["score"]["penalty"] == 5.5
    assert {c["verdict"] for c in body["claims"]} >= {"supported", "contradicted"}


def test_the_spreadsheet_opens_and_holds_no_formula(reviewed):
    row = [row for row in rows_of(reviewed) if len(row.src)][3]
    span = [row.src.start, row.src.start + 2]
    formula = {"kind": "choice", "category": "other", "note": "=1+1", "src": span}
    edit(reviewed, "annotate", annotation=formula)
    book = openpyxl.load_workbook(BytesIO(run(reviewed, "xlsx")))
    assert book.sheetnames[0] == "summary"
    summary = {row[0].value: row[1].value for row in book["summary"].iter_rows(min_row=2)}
    assert summary["penalty points"] == 5.5
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "=1+1" in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


def read_memo(content):
    """The words of a Word document: its headings, and all of it."""
    document = docx.Document(BytesIO(content))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    return paragraphs, headings


def test_the_word_memo_says_what_the_page_says(reviewed):
    content = run(reviewed, "docx")
    paragraphs, headings = read_memo(content)
    assert "What the translation leaves out, adds, softens, strengthens, changes" in headings
    text = "\n".join(p.text for p in paragraphs)
    assert "5.5 penalty points on" in text
    assert "per 1,000 words (95%: " in text
    assert "for the ear" in text
    assert "“" in text  # words of both sides are quoted
    assert "contradicted" in text
    found = report(reviewed, SAMPLE)
    marked = {run.text for p in paragraphs for run in p.runs if run.font.highlight_color}
    assert {f.tgt_words for f in found.findings if f.tgt_words} <= marked
    assert all(f.src in text and f.tgt in text for f in found.findings)
    document = docx.Document(BytesIO(content))
    drawn = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert not shutil.which("chromium") or (len(drawn) > 1 and all(drawn))
    body = document.element.body  # every link has its place
    places = [at for tag in ("hyperlink", "bookmarkStart") for at in body.iter(qn(f"w:{tag}"))]
    links = {at.get(qn("w:anchor")) for at in places} - {None}
    names = [at.get(qn("w:name")) for at in places if at.get(qn("w:name"))]
    assert links
    assert links <= set(names)
    assert len(names) == len(set(names))


def test_the_single_file_needs_nothing_else_and_speaks_chinese(reviewed):
    page = run(reviewed, "html").decode()
    assert "<style>" in page
    assert not any(mark in page for mark in ('src="/', 'href="/', "<script"))
    result = CliRunner().invoke(
        main, ["-w", str(reviewed.root), "report", SAMPLE, "--language", "zh", "--out", "-"]
    )
    assert "译文报告" in result.stdout


@pytest.mark.skipif(not shutil.which("chromium"), reason="needs Chromium")
def test_the_pdf_is_one(reviewed):
    assert run(reviewed, "pdf").startswith(b"%PDF")


def test_a_reviewers_verdict_counts_is_signed_and_can_be_taken_back(reviewed, reader, reopen):
    first = next(iter(bitext_claims(reviewed, SAMPLE).to_json()))
    url, span = f"/b/{SAMPLE}/report/claims", first["claim_span"]
    assert first["corrected_by"] == ""
    other = next(v for v in ("supported", "contradicted") if v != first["verdict"])
    seen = reviewed.state(SAMPLE).seq
    body = {"span": span, "verdict": other, "note": "see the communique", "seen": seen}
    answer = reader.send(url, body)
    assert "see the communique" in answer.json["html"]
    again = reopen(reviewed, without_database=True)  # the portable file has it too
    claims = {tuple(c["claim_span"]): c for c in bitext_claims(again, SAMPLE).to_json()}
    ruled = claims[tuple(span)]
    assert (ruled["verdict"], ruled["machine_verdict"]) == (other, first["verdict"])
    assert (ruled["corrected_by"], ruled["note"]) == ("Reviewer", "see the communique")
    assert "see the communique" in json.dumps(json.loads(run(again, "json"))["claims"])
    book = openpyxl.load_workbook(BytesIO(run(again, "xlsx")))
    assert "see the communique" in [c.value for row in book["claims"].iter_rows() for c in row]


def test_a_verdict_is_undone_like_any_edit_and_two_people_do_not_overwrite(reviewed):
    claim = next(iter(bitext_claims(reviewed, SAMPLE).to_json()))
    seen = reviewed.state(SAMPLE).seq
    edit(reviewed, "rule", tgt=claim["claim_span"], verdict="not checkable", author="Wang")
    with pytest.raises(Conflict, match="Wang"):
        edit(reviewed, "rule", tgt=claim["claim_span"], verdict="supported", seen=seen)
    edit(reviewed, "undo", author="Wang")
    assert next(iter(bitext_claims(reviewed, SAMPLE).to_json())) == claim
    with pytest.raises(UsageError):
        edit(reviewed, "rule", tgt=claim["claim_span"], verdict="maybe")
    with pytest.raises(UsageError):
        edit(reviewed, "rule", tgt=[0, 10**7], verdict="supported")


def test_each_claim_and_passage_leads_to_its_row(reviewed, reader):
    page = reader.get(f"/b/{SAMPLE}/report/claims").text
    rows = {row.id for row in rows_of(reviewed)}
    for claim in bitext_claims(reviewed, SAMPLE).to_json():
        assert {claim["row"], *claim["evidence_rows"]} <= rows
        silent = claim["verdict"] == "not checkable"  # nothing of the original is quoted
        passages = [] if silent else claim["evidence_rows"]
        assert all(f"#r-{row}" in page for row in (claim["row"], *passages))


def test_every_count_leads_to_the_rows_and_words_it_comes_from(reviewed, reader):
    found = report(reviewed, SAMPLE)
    known = {row.id for row in rows_of(reviewed)}
    assert all(origin.row in known for origins in found.sources.values() for origin in origins)
    for kind, count in found.kinds.items():
        assert len(found.sources[f"kind {kind}"]) == count
    assert len(found.sources["confirmed"]) == found.confirmed == 1
    sizes = [origin.size for origin in found.sources["rows"]]
    assert len(sizes) == found.rows
    whole = found.src_size.characters, found.tgt_size.characters, found.tgt_size.words
    assert tuple(map(sum, zip(*sizes, strict=True))) == whole
    for person in found.people:  # each of these edits is of one row
        assert sum(o.share for o in found.sources[f"edits {person.name}"]) == person.edits
    (line,) = found.detectors
    assert len(found.sources[f"flag {line.detector} accepted"]) == line.accepted
    for category, counts in found.annotations.items():
        for severity, count in counts.items():
            assert len(found.sources.get(f"error {category} {severity}", ())) == count
    page = reader.get(f"/b/{SAMPLE}/report").text
    for key in found.sources:
        assert f'id="from-{key.replace(" ", "-").replace("/", "-")}"' in page


def test_figures_that_are_no_counts_add_up_from_their_words(reviewed):
    found = report(reviewed, SAMPLE)
    points = sum(origin.share for origin in found.sources["errors"])
    assert points == found.score.penalty
    expected = sum(origin.share or 0 for origin in found.sources["open"])
    assert expected == pytest.approx(found.expected.penalty)
    for side, text in (("src", "zh"), ("tgt", "en")):
        whole = (reviewed.root / "texts" / f"{SAMPLE}.{text}.txt").read_text(encoding="utf-8")
        words = [o.words for o in found.sources[f"uncovered {side}"]]
        assert words
        assert all(part in whole for line in words for part in line.rstrip("…").split(" … "))


def test_every_link_of_the_single_file_has_its_place(reviewed):
    page = html.fromstring(run(reviewed, "html").decode())
    names = [element.get("id") for element in page.iter() if element.get("id")]
    links = [a.get("href") for a in page.iter("a")]
    assert len(names) == len(set(names))
    assert {link[1:] for link in links} <= set(names)
    (summary,) = page.find_class("words")
    assert "2 errors were noted or accepted: 1 major, 1 minor." in summary.text_content()
    scored = page.find_class("score")[0].find(".//a")
    assert (scored.text, scored.get("href")) == ("5.5", "#from-errors")


def test_agreement_is_shown_once_an_independent_session_is_closed(reviewed, reader):
    made = sessions.create_session(
        reviewed, SAMPLE, ["Lin", "Mei"], mode=Mode.INDEPENDENT, author="Owner"
    )
    _, people = sessions.session_of(reviewed, made.id)
    rows = [row for row in content_beads(reviewed.state(SAMPLE)) if len(row.tgt)]
    for person, places in zip(people, ((0, 1, 2), (0, 1, 3)), strict=True):
        for place in places:
            note = {"kind": "error", "category": "style/awkward", "severity": "minor",
                    "tgt": [rows[place].tgt.start, rows[place].tgt.start + 6]}  # fmt: skip
            perform(
                reviewed, person.bitext_id, "annotate", {"annotation": note},
                author=person.name, seen=reviewed.state(person.bitext_id).seq,
                operation_id=new_id(),
            )  # fmt: skip
    assert report(reviewed, SAMPLE).agreement == ()
    sessions.close_session(reviewed, made.id)
    found = report(reviewed, SAMPLE)
    assert found.agreement == tuple(figures(reviewed, made.id))
    by_row = next(f for f in found.agreement if (f.of, f.by) == ("error", "row"))
    assert 0.5 < by_row.alpha.value < 0.8
    page = reader.get(f"/b/{SAMPLE}/report").text
    assert f"{by_row.alpha.value:.2f} (n={by_row.alpha.units})" in page
    (sheet,) = [t for t in tables(found) if t.name == "agreement"]
    assert len(sheet.rows) == len(found.agreement)


def test_words_at_the_ends_of_rows_are_counted_apart(reviewed):
    words = sum(
        any(char.isalnum() for char in word)
        for row in OpenBitext(reviewed, SAMPLE).to_frame("beads").itertuples()
        if row.role != "commentary"
        for word in row.tgt.split()
    )
    assert report(reviewed, SAMPLE).tgt_size.words == words
