"""A bitext taken out of one workspace and put into another, empty one."""

import io

import pytest

from tests.support import SAMPLE, edit, flag_on, plant_flags, rows_of
from workbench.domain.reading import segmentation
from workbench.errors import BadInput
from workbench.exchange.outgoing import ExportOptions, export_formats
from workbench.services import bilingual
from workbench.services.about import describe_text
from workbench.services.exporting import export
from workbench.services.page import review_view
from workbench.services.whole import whole_bitext
from workbench.services.workspace import Workspace

KINDS = {"jsonl": "jsonl", "xliff": "xliff", "xliff1": "xliff"}
FORMATS = tuple(KINDS)


@pytest.fixture
def reviewed(ws):
    """The sample with some of everything that people do, by two of them."""
    rows = [row for row in rows_of(ws) if not row.is_null]
    flag, other, _ = plant_flags(
        ws,
        flag_on(rows[8].id),
        flag_on(rows[9].id, detector="terms"),
        flag_on(rows[12].id, src=None),
    )
    describe_text(ws, f"{SAMPLE}.en", issuer="外交部", official="no", translator="Lin")
    edit(ws, "merge", row=rows[20].id)
    edit(ws, "confirm", author="Mei", rows=[rows[8].id], confirmed=True)
    edit(ws, "decide", flag=flag.fingerprint, verdict="accepted")
    edit(ws, "decide", author="Mei", flag=other.fingerprint, verdict="dismissed", reason="misread")
    edit(ws, "role", side="src", paragraph=1, role="dateline")
    edit(ws, "swap", row=rows[30].id)
    edit(ws, "status", rows=[rows[9].id], status="approved")
    edit(ws, "review", status="revised", signatures=2)
    words = ws.text(f"{SAMPLE}.en").content
    edit(ws, "divide", side="tgt", offset=words.index(" ", rows[14].tgt.start + 10) + 1)
    start = rows[8].tgt.start
    for note in (
        {"kind": "choice", "category": "register", "src": [40, 44], "note": "庄重\n一些 <b>"},
        {"kind": "error", "category": "accuracy/number", "severity": "critical",
         "tgt": [start + 2, start + 9], "note": "wrong", "wording": "right",
         "flag": flag.fingerprint},
        {"kind": "comment", "src": [40, 47], "tgt": [start, start + 4], "note": "]]> & so"},
    ):  # fmt: skip
        edit(ws, "annotate", author="梅", annotation=note)
    # the check saw these rows
    with ws.db.write() as session:
        from workbench.storage import repository

        seq = ws.state(SAMPLE, session).seq
        repository.update_bitext(session, SAMPLE, checked_seq=seq, check_signature="planted")
    return ws


def exported(ws, form, folder, **options):
    path = folder / f"out{export_formats.get(form).ending}"
    with path.open("wb") as stream:
        export(ws, SAMPLE, stream, ExportOptions(**options), form)
    return path


@pytest.mark.parametrize("form", FORMATS)
def test_everything_comes_back_and_goes_out_with_the_same_bytes(reviewed, fresh, tmp_path, form):
    path = exported(reviewed, form, tmp_path)
    assert bilingual.kind_of(path) == KINDS[form]
    bitext, findings = bilingual.import_bitext(fresh, path, KINDS[form])
    assert bitext.id == SAMPLE
    assert whole_bitext(fresh, SAMPLE) == whole_bitext(reviewed, SAMPLE)
    assert findings.units == len(rows_of(reviewed))
    (tmp_path / "again").mkdir()
    assert exported(fresh, form, tmp_path / "again").read_bytes() == path.read_bytes()
    view = review_view(fresh, SAMPLE, "")
    assert not view.checking
    assert view.summary == review_view(reviewed, SAMPLE, "").summary
    again = Workspace(fresh.root)
    assert again.differences == {}
    states = again.state(SAMPLE), reviewed.state(SAMPLE)
    # The sentences as people want them are those that the new workspace begins with.
    assert segmentation(states[0], "tgt") == segmentation(states[1], "tgt")
    values = [{k: v for k, v in state.values.items() if k[0] != "segments"} for state in states]
    assert values[0] == values[1]
    again.db.engine.dispose()


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_there_already_is_not_replaced(reviewed, tmp_path, form):
    path = exported(reviewed, form, tmp_path)
    before = reviewed.state(SAMPLE)
    with pytest.raises(BadInput, match="already the bitext"):
        bilingual.import_bitext(reviewed, path, KINDS[form])
    assert reviewed.state(SAMPLE) == before


@pytest.mark.parametrize("form", FORMATS)
def test_a_damaged_file_stores_nothing(reviewed, fresh, tmp_path, form):
    path = exported(reviewed, form, tmp_path)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(BadInput, match=r"out\."):
        bilingual.import_bitext(fresh, path, KINDS[form])
    assert fresh.catalogue.entries() == {}


def test_a_file_that_lost_what_its_translation_is_stores_nothing(reviewed, fresh, tmp_path):
    path = exported(reviewed, "xliff", tmp_path)
    side = b'<mda:meta type="side">tgt</mda:meta>'
    assert path.read_bytes().count(side) == 1
    path.write_bytes(path.read_bytes().replace(side, b""))
    with pytest.raises(BadInput, match="what its two texts are"):
        bilingual.import_bitext(fresh, path, "xliff")
    assert fresh.catalogue.entries() == {}


def test_an_export_does_not_depend_on_when_it_is_made(reviewed):
    streams = io.BytesIO(), io.BytesIO()
    for stream in streams:
        export(reviewed, SAMPLE, stream, ExportOptions(), "jsonl")
    assert streams[0].getvalue() == streams[1].getvalue()
