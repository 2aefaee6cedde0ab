"""The sample as a memory: what is left out, what is corrected, and in whose dialect."""

import io
import json

import pytest
from click.testing import CliRunner
from lxml import etree

from tests.support import SAMPLE, SHARED, edit, flag_on, plant_flags, rows_of
from workbench.cli import main
from workbench.domain.text import Span
from workbench.errors import UsageError
from workbench.exchange.outgoing import ExportOptions
from workbench.services import bilingual
from workbench.services.exporting import export, preview

DTD = SHARED / "interop" / "schemas" / "tmx14.dtd"


def memory(ws, bitext=SAMPLE, **options):
    stream = io.BytesIO()
    report = export(ws, bitext, stream, ExportOptions(**options))
    return etree.fromstring(stream.getvalue()), report


def units(root):
    return {tu.get("tuid"): [seg.text for seg in tu.iter("seg")] for tu in root.iter("tu")}


def props(tu):
    return [(prop.get("type"), prop.text) for prop in tu.iter("prop")]


def pairs(ws):
    return [row for row in rows_of(ws) if not row.is_null]


def error_on(row, start=0, stop=4, **more):
    span = [row.tgt.start + start, row.tgt.start + stop]
    note = {"kind": "error", "category": "accuracy/number", "severity": "major", "tgt": span}
    return note | {"note": "wrong"} | more


@pytest.mark.parametrize("verdict", [None, "deferred", "accepted", "dismissed"])
def test_a_major_error_keeps_a_pair_out_unless_it_is_dismissed(ws, verdict):
    row = pairs(ws)[5]
    [flag] = plant_flags(ws, flag_on(row.id))
    if verdict:
        edit(ws, "decide", flag=flag.fingerprint, verdict=verdict, reason="misread")
    root, report = memory(ws)
    out = verdict != "dismissed"
    assert (row.id not in units(root)) == out
    assert report.left_out["error"] == out
    assert report.units == len(units(root)) == len(pairs(ws)) - out
    root, report = memory(ws, with_errors=True)
    assert row.id in units(root)
    assert "error" not in report.left_out


def test_a_suggested_wording_takes_the_place_of_the_error(ws):
    row = pairs(ws)[5]
    words = row.tgt.of(ws.text(f"{SAMPLE}.en").content).strip()
    [flag] = plant_flags(ws, flag_on(row.id, tgt=Span(0, 4)))
    edit(ws, "annotate", annotation=error_on(row, wording="Right", flag=flag.fingerprint))
    root, report = memory(ws)
    assert units(root)[row.id][1] == "Right" + words[4:]
    assert report.corrected == 1
    assert not report.left_out["error"]
    [tu] = [tu for tu in root.iter("tu") if tu.get("tuid") == row.id]
    assert ("x-uncorrected", words) in props(tu)
    assert any(kind == "x-flag" and "120 became 12." in text for kind, text in props(tu))


def test_an_error_without_a_wording_or_a_place_is_not_corrected(ws):
    first, second = pairs(ws)[5:7]
    edit(ws, "annotate", annotation=error_on(first))
    omission = {"kind": "error", "category": "accuracy/omission", "severity": "critical"}
    span = [second.src.start, second.src.start + 2]
    edit(ws, "annotate", annotation=omission | {"src": span, "wording": "more"})
    root, report = memory(ws)
    assert report.left_out["error"] == 2
    assert not {first.id, second.id} & units(root).keys()


def test_the_clean_profile_gives_nothing_but_confirmed_text(ws):
    row = pairs(ws)[5]
    edit(ws, "confirm", rows=[row.id], confirmed=True)
    edit(ws, "annotate", annotation=error_on(row, severity="minor"))
    root, report = memory(ws, profile="clean")
    [tu] = root.iter("tu")
    assert [element.tag for element in tu.iter()] == ["tu", "tuv", "seg", "tuv", "seg"]
    assert dict(tu.attrib) == {}
    assert report.left_out["unconfirmed"] == len(pairs(ws)) - 1
    assert report.lost == {"notes": 1}
    assert "Lin" not in etree.tostring(root, encoding="unicode")


def test_the_trados_profile_writes_fields_as_trados_reads_them(ws):
    row, other = pairs(ws)[5:7]
    edit(ws, "confirm", rows=[row.id], confirmed=True)
    root, _ = memory(ws, profile="trados", level="paragraph")
    header = root.find("header")
    assert (header.get("o-tmf"), header.get("segtype")) == ("TW4Win 2.0 Format", "sentence")
    root, _ = memory(ws, profile="trados")
    found = {tu.get("tuid"): tu for tu in root.iter("tu")}
    assert ("Att::Status", "confirmed") in props(found[row.id])
    assert found[row.id].get("creationid") == "Lin"
    assert found[other.id].get("creationid") == "ALIGN!"
    assert all(kind[:5] in ("Att::", "Txt::") for tu in root.iter("tu") for kind, _ in props(tu))


def test_the_other_direction_swaps_the_sides_and_the_source_language(ws):
    there, _ = memory(ws)
    back, _ = memory(ws, direction="en-zh")
    assert back.find("header").get("srclang") == "en-US"
    assert units(back) == {id_: segs[::-1] for id_, segs in units(there).items()}


def test_rows_of_several_sentences_may_call_themselves_paragraphs(ws):
    root, _ = memory(ws, many_as="paragraph")
    marked = {tu.get("tuid") for tu in root.iter("tu") if tu.get("segtype") == "paragraph"}
    many = {tu.get("tuid") for tu in root.iter("tu") if ("x-kind", "1-1") not in props(tu)}
    assert marked == many
    assert many


def test_a_passage_put_elsewhere_is_one_unit(ws):
    upper, lower = pairs(ws)[30:32]
    zh, en = (ws.text(f"{SAMPLE}.{lang}").content for lang in ("zh", "en"))
    before, left_out = units(memory(ws)[0]), memory(ws)[1].left_out
    edit(ws, "swap", row=upper.id)
    root, report = memory(ws)
    found = units(root).values()
    assert [upper.src.of(zh).strip(), lower.tgt.of(en).strip()] in found
    assert [lower.src.of(zh).strip(), upper.tgt.of(en).strip()] in found
    assert report.units == len(before)
    assert report.left_out == left_out
    moved = [tu for tu in root.iter("tu") if ("x-status", "confirmed") in props(tu)]
    assert len(moved) == 2


def test_a_unit_says_how_far_its_row_is(ws):
    row = pairs(ws)[5]
    edit(ws, "status", rows=[row.id], status="approved")
    root, _ = memory(ws)
    [tu] = [tu for tu in root.iter("tu") if tu.get("tuid") == row.id]
    assert ("x-status", "approved") in props(tu)


@pytest.mark.skipif(not DTD.exists(), reason="the TMX 1.4 DTD of the shared folder is not there")
@pytest.mark.parametrize("profile", ["generic", "trados", "clean"])
@pytest.mark.parametrize("level", ["sentence", "paragraph"])
def test_every_profile_is_valid(ws, profile, level):
    row = pairs(ws)[5]
    plant_flags(ws, flag_on(row.id))
    edit(ws, "confirm", rows=[row.id], confirmed=True)
    edit(ws, "annotate", annotation=error_on(row, wording="Right"))
    root, _ = memory(ws, profile=profile, level=level, with_errors=True)
    dtd = etree.DTD(str(DTD))
    assert dtd.validate(root), dtd.error_log.filter_from_errors()


def test_the_same_bitext_gives_the_same_bytes_in_another_workspace(ws, copied):
    edit(ws, "annotate", annotation=error_on(pairs(ws)[5], wording="Right"))
    ws.save_portable(SAMPLE)
    streams = io.BytesIO(), io.BytesIO()
    export(ws, SAMPLE, streams[0], ExportOptions())
    export(copied(ws), SAMPLE, streams[1], ExportOptions())
    first, second = (
        stream.getvalue().split(b"<body>")[1] for stream in streams
    )  # the header has the date of the workspace's entry
    assert first == second


def test_an_unknown_profile_is_refused(ws):
    with pytest.raises(UsageError, match=r"no profile 'memoq'.*generic, trados, clean"):
        preview(ws, SAMPLE, ExportOptions(profile="memoq"))


def test_the_command_reports_what_was_left_out(ws):
    row = pairs(ws)[5]
    plant_flags(ws, flag_on(row.id))
    command = ["-w", str(ws.root), "export", SAMPLE, "--out", "-", "--json"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stderr)
    assert told["left_out"]["error"] == 1
    assert told["units"] == len(etree.fromstring(result.stdout_bytes).findall(".//tu"))


SEGMENTS = (
    '甲<bpt i="1" x="1">&lt;b&gt;</bpt>乙<ept i="1">&lt;/b&gt;</ept>。',
    'A <hi type="b">big</hi> <ph x="2">a<sub>b</sub></ph>.',
    '<it pos="begin" x="1">x</it>丙。',
    'C<bpt i="1"/>.',
)
TUV = '<tuv xml:lang="{}"><seg>{}</seg></tuv>'
CODES = '<tmx version="1.4"><header srclang="zh-CN"/><body>{}</body></tmx>'.format(
    "".join(
        f"<tu>{TUV.format('zh-CN', zh)}{TUV.format('en-US', en)}</tu>"
        for zh, en in (SEGMENTS[:2], SEGMENTS[2:])
    )
)


def test_inline_codes_come_out_as_they_went_in(fresh, tmp_path):
    path = tmp_path / "codes.tmx"
    path.write_text(CODES, encoding="utf-8")
    bitext, _ = bilingual.import_bitext(fresh, path, "tmx")
    there, _ = memory(fresh, bitext.id)

    def segments(root):
        return [etree.tostring(seg, with_tail=False) for seg in root.iter("seg")]

    assert segments(there) == segments(etree.fromstring(CODES))
    clean, report = memory(fresh, bitext.id, profile="clean")
    assert report.units == 0
    assert [*clean.iter("seg")] == []
