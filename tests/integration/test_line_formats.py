"""Two divided texts and their links: out as an archive, and in again."""

import io
import zipfile

import pytest
from lxml import etree

from tests.support import SAMPLE, edit, rows_of
from workbench.exchange.outgoing import ExportOptions
from workbench.services import bilingual
from workbench.services.exporting import export

FILES = {
    "vecalign": [f"{SAMPLE}.zh", f"{SAMPLE}.en", f"{SAMPLE}.align"],
    "hunalign": [f"{SAMPLE}.zh", f"{SAMPLE}.en", f"{SAMPLE}.ladder"],
    "intertext": [f"{SAMPLE}.zh.xml", f"{SAMPLE}.en.xml", f"{SAMPLE}.zh.en.xml"],
}


def exported(ws, form, bitext=SAMPLE):
    stream = io.BytesIO()
    report = export(ws, bitext, stream, ExportOptions(), form)
    return stream.getvalue(), report


@pytest.mark.parametrize("form", FILES)
def test_the_texts_and_the_rows_come_back(ws, fresh, tmp_path, form):
    edit(ws, "merge", row=rows_of(ws)[3].id)
    edit(ws, "confirm", rows=[rows_of(ws)[9].id], confirmed=True)
    data, report = exported(ws, form)
    assert report.units == len(rows_of(ws))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == FILES[form]
        archive.extractall(tmp_path)
    zh, en, links = (tmp_path / name for name in FILES[form])
    bitext = bilingual.import_linked(fresh, (zh, en), links, title=SAMPLE)
    again, _ = exported(fresh, form, bitext.id)
    assert bitext.id == SAMPLE
    if form == "intertext":
        assert again == data
        return
    # These formats have no place for a probability that is read back.
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        for name in FILES[form][:2]:
            assert archive.read(name) == (tmp_path / name).read_bytes()
        figures = [line.rsplit(b"\t" if form == "hunalign" else b":", 1)[0]
                   for line in archive.read(FILES[form][2]).splitlines()]  # fmt: skip
    assert figures == [
        line.rsplit(b"\t" if form == "hunalign" else b":", 1)[0]
        for line in links.read_bytes().splitlines()
    ]


@pytest.mark.parametrize("form", FILES)
def test_every_sentence_is_one_line_or_element(ws, tmp_path, form):
    data, _ = exported(ws, form)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for side, name in zip(("src", "tgt"), FILES[form], strict=False):
            expected = len(ws.state(SAMPLE).get("segments", side)["sentences"])
            content = archive.read(name)
            if form == "intertext":
                assert len([*etree.fromstring(content).iter("s")]) == expected
            else:
                assert len(content.decode().splitlines()) == expected


def test_a_link_of_intertext_names_its_target_first_and_who_made_it(ws):
    row = next(row for row in rows_of(ws) if not row.is_null)
    edit(ws, "confirm", rows=[row.id], confirmed=True)
    data, report = exported(ws, "intertext")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read(FILES["intertext"][2]))
    assert root.get("toDoc") == f"{SAMPLE}.en.xml"
    one_sided = next(link for link in root if link.get("type")[0] != link.get("type")[2])
    assert [link.get("status") for link in root].count("man") == 1
    to, from_ = one_sided.get("xtargets").split(";")
    assert one_sided.get("type") == f"{len(to.split())}-{len(from_.split())}"
    assert "confirmations" not in report.lost


def test_what_hangs_on_the_rows_is_counted_as_lost(ws):
    row = next(row for row in rows_of(ws) if not row.is_null)
    edit(ws, "confirm", rows=[row.id], confirmed=True)
    note = {"kind": "comment", "src": [row.src.start, row.src.start + 2], "note": "see"}
    edit(ws, "annotate", annotation=note)
    _, report = exported(ws, "vecalign")
    assert report.lost == {"notes": 1, "confirmations": 1}
