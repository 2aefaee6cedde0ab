"""Errors as a table of the WMT kind: out, and in again, also from others."""

import io
import json

import pytest
from click.testing import CliRunner

from tests.support import SAMPLE, edit, rows_of
from workbench.cli import main
from workbench.domain.operations import WORKBENCH, new_id
from workbench.errors import BadInput
from workbench.exchange.mqm import COLUMNS
from workbench.exchange.outgoing import ExportOptions
from workbench.services import review
from workbench.services.exporting import export
from workbench.services.mqm import import_mqm


def table(ws):
    stream = io.BytesIO()
    report = export(ws, SAMPLE, stream, ExportOptions(), "mqm")
    return stream.getvalue(), report


def pairs(ws):
    return [row for row in rows_of(ws) if not row.is_null]


def words(ws, side, row):
    return getattr(row, side).of(ws.text(f"{SAMPLE}.{'zh' if side == 'src' else 'en'}").content)


@pytest.fixture
def marked(ws):
    """Errors by two raters, a comment, and a confirmed row without an error."""
    rows = pairs(ws)
    edit(ws, "confirm", author="Mei", rows=[rows[9].id], confirmed=True)
    for author, row, more in (
        ("Lin", rows[4], {"severity": "major", "wording": "say <v> so", "note": "a\ttab"}),
        ("Mei", rows[4], {"severity": "minor", "category": "style/awkward"}),
        ("Mei", rows[6], {"severity": "critical", "category": "accuracy/omission"}),
    ):
        side = "src" if more.get("category") == "accuracy/omission" else "tgt"
        start = getattr(row, side).start
        note = {"kind": "error", "category": "accuracy/number", side: [start, start + 3]}
        edit(ws, "annotate", author=author, annotation=note | more)
    comment = {"kind": "comment", "src": [rows[4].src.start, rows[4].src.start + 2], "note": "x"}
    edit(ws, "annotate", annotation=comment)
    ws.save_portable(SAMPLE)
    return ws


def test_one_line_an_error_and_one_for_a_row_without(marked):
    data, report = table(marked)
    lines = [line.split("\t") for line in data.decode().split("\n")[:-1]]
    assert lines[0] == list(COLUMNS)
    assert report.units == len(lines) - 1 == 4
    assert report.lost == {"notes": 1}
    first = dict(zip(COLUMNS, lines[1], strict=True))
    row = pairs(marked)[4]
    text = words(marked, "tgt", row).strip()
    assert first["target"] == f"<v>{text[:3]}</v>{text[3:]}"
    assert (first["rater"], first["category"], first["severity"]) == (
        "Lin", "Accuracy/Number", "Major",
    )  # fmt: skip
    assert first["source"] == words(marked, "src", row).strip()
    omission = dict(zip(COLUMNS, lines[3], strict=True))
    assert omission["source"].startswith("<v>")
    assert [lines[4][4], lines[4][7]] == ["Mei", "No-error"]


def test_the_errors_come_back_with_the_same_bytes(marked, ws, copied, tmp_path):
    data, _ = table(marked)
    path = tmp_path / "errors.mqm.tsv"
    path.write_bytes(data)
    other = copied(marked)
    notes = marked.state(SAMPLE).collection("annotations")
    for id_, value in notes.items():
        if value["kind"] == "error":
            seen, author = other.state(SAMPLE).seq, _author(marked, id_)
            review.perform(
                other, SAMPLE, "remove-annotation", {"id": id_}, author=author, seen=seen,
                operation_id=new_id(),
            )  # fmt: skip
    findings = import_mqm(other, SAMPLE, path)
    assert (findings.placed, findings.without_error) == (3, 1)
    assert other.state(SAMPLE).collection("annotations") == notes
    assert table(other)[0] == data
    again = import_mqm(other, SAMPLE, path)
    assert (again.placed, again.known) == (0, 3)


def _author(ws, id_):
    return ws.state(SAMPLE).touched[("annotations", id_)].author


def foreign(ws, row, target, category="Fluency/Punctuation", severity="Minor", rater="rater3"):
    cells = ["sys", "doc", "d", "99", rater, f" {words(ws, 'src', row)} ".replace("\n", " ")]
    head = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity"
    return head + "\n" + "\t".join([*cells, target, category, severity]) + "\n"


def test_a_table_of_others_finds_its_rows_whatever_the_white_space(ws, tmp_path):
    row = pairs(ws)[4]
    text = words(ws, "tgt", row).strip()
    start = text.index(" ") + 1
    target = f"{text[:start]}  <v>{text[start : start + 5]}</v>{text[start + 5 :]}  "
    path = tmp_path / "wmt.tsv"
    path.write_text(foreign(ws, row, target), encoding="utf-8")
    findings = import_mqm(ws, SAMPLE, path, dry_run=True)
    assert findings.placed == 1
    assert ws.state(SAMPLE).collection("annotations") == {}
    import_mqm(ws, SAMPLE, path)
    [(id_, value)] = ws.state(SAMPLE).collection("annotations").items()
    assert value["tgt"] == [row.tgt.start + start, row.tgt.start + start + 5]
    assert value["category"] == "linguistic-conventions/punctuation"
    assert _author(ws, id_) == "rater3"
    assert import_mqm(ws, SAMPLE, path).known == 1


def test_an_unknown_category_is_taken_as_the_nearest_and_said(ws, tmp_path):
    row = pairs(ws)[4]
    path = tmp_path / "wmt.tsv"
    text = words(ws, "tgt", row)
    path.write_text(
        foreign(ws, row, text.strip(), "Accuracy/Creative Reinterpretation", "Huge", WORKBENCH)
    )
    findings = import_mqm(ws, SAMPLE, path)
    assert len(findings.remarks) == 3
    [(id_, value)] = ws.state(SAMPLE).collection("annotations").items()
    assert (value["category"], value["severity"]) == ("accuracy/mistranslation", "minor")
    assert value["tgt"] == [row.tgt.start, row.tgt.stop]
    assert _author(ws, id_) != WORKBENCH


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("source\ttarget\tcategory\n", "severity is missing"),
        ("source\ttarget\tcategory\tseverity\trater\na\tb\n", "Line 2: 2 cells"),
        ("source\ttarget\tcategory\tseverity\trater\na\tb\tc\tminor\td\n", "words of a row"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(ws, tmp_path, content, says):
    path = tmp_path / "bad.tsv"
    path.write_text(content)
    with pytest.raises(BadInput, match=says):
        import_mqm(ws, SAMPLE, path)
    assert ws.state(SAMPLE).collection("annotations") == {}


def test_the_command_tells_what_it_found(marked, tmp_path):
    path = tmp_path / "errors.tsv"
    path.write_bytes(table(marked)[0])
    at = ["-w", str(marked.root), "import", str(path)]
    result = CliRunner().invoke(main, [*at, "--into", SAMPLE, "--json"])
    assert json.loads(result.stdout)["known"] == 3
    refused = CliRunner().invoke(main, at)
    assert refused.exit_code == 2
    assert "--into" in refused.output
