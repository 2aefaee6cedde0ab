"""TMX export, judged by the DTD, by an independent reader and by hostile text."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.oracle import read_by_translate_toolkit
from workbench.errors import BadInput
from workbench.exchange.outgoing import export_formats
from workbench.exchange.tmx import (
    XML_LANG,
    Prop,
    TmxHeader,
    TmxReport,
    TmxUnit,
    language_code,
    timestamp,
    write_tmx,
)

DTD = Path(__file__).parents[2].parent / "shared" / "interop" / "schemas" / "tmx14.dtd"
HEADER = TmxHeader("zh-CN", "en-US")


def export(units, header=HEADER) -> tuple[bytes, TmxReport]:
    stream = io.BytesIO()
    report = write_tmx(stream, units, header)
    return stream.getvalue(), report


def segments(data: bytes) -> list[tuple[str, str]]:
    """What any XML reader finds, in source-target order."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    return [tuple(seg.text for seg in tu.iter("seg")) for tu in root.iter("tu")]


@pytest.fixture(scope="module")
def dtd() -> etree.DTD:
    if not DTD.is_file():
        pytest.skip("the TMX 1.4 DTD of the shared folder is not there")
    return etree.DTD(str(DTD))


def full_unit(**changes) -> TmxUnit:
    values = {
        "id": "7f3a",
        "src": "两国贸易额达到2448亿美元。",
        "tgt": "Trade between the two countries reached US$244.8 billion.",
        "props": (
            (Prop.BITEXT, "sample"),
            (Prop.KIND, "1-1"),
            (Prop.PROBABILITY, "0.98"),
            (Prop.STATUS, "confirmed"),
            (Prop.ANNOTATION, "comment: figure checked"),
            (Prop.ANNOTATION, "choice (official): 美元 → US$"),
        ),
        "note": "Figure checked.\nOfficial rendering.",
        "created": "20250509T080000Z",
        "changed": "20250510T091500Z",
        "created_by": "workbench",
        "changed_by": "Lin <lin@example.org>",
    }
    return TmxUnit(**(values | changes))


def test_every_field_is_valid_against_the_dtd(dtd):
    header = TmxHeader(
        "zh-CN",
        "en-US",
        props=((Prop.SIGNATURE, "encoder:bundled|seed:0"),),
        note="A note on the file",
        created="20250510T100000Z",
        created_by="Lin",
    )
    units = [full_unit(), full_unit(id="7f3b", segtype="paragraph", note="", props=())]
    data, _ = export(units, header)
    assert dtd.validate(etree.fromstring(data)), dtd.error_log.filter_from_errors()


def test_no_units_is_still_a_valid_file(dtd):
    data, report = export([])
    assert report == TmxReport(units=0, one_sided=0, removed=0)
    assert dtd.validate(etree.fromstring(data)), dtd.error_log.filter_from_errors()


def test_translate_toolkit_reads_the_same_segments(tmp_path):
    units = [
        full_unit(),
        full_unit(id="b", src="“这是对的。”他说。", tgt='"That is right," he said.', note=""),
        full_unit(id="c", src="甲\u3000乙 <b>&amp;</b> ]]>", tgt="A & B <c>\u200d 🙂 e\u0301"),
        full_unit(id="d", src="  起首有空白", tgt="First line.\nSecond line.\r\nThird line."),
    ]
    data, _ = export(units)
    found = read_by_translate_toolkit(data, tmp_path, "tmx", "zh-CN", "en-US")
    assert found == [[u.id, u.src, u.tgt, u.note] for u in units]


def test_translate_toolkit_reads_the_other_direction(tmp_path):
    unit = full_unit(src="Good.", tgt="好。")
    data, _ = export([unit], TmxHeader("en", "zh"))
    found = read_by_translate_toolkit(data, tmp_path, "tmx", "en-US", "zh-CN")
    assert found == [[unit.id, "Good.", "好。", unit.note]]


def test_header_has_all_required_attributes_and_the_source_language():
    root = etree.fromstring(export([full_unit()], TmxHeader("zh", "en"))[0])
    header = root.find("header")
    assert root.attrib == {"version": "1.4"}
    assert set(header.attrib) == {
        "creationtool",
        "creationtoolversion",
        "segtype",
        "o-tmf",
        "adminlang",
        "srclang",
        "datatype",
    }
    assert all(header.attrib.values())
    assert header.get("creationtool") != "OmegaT"
    assert header.get("srclang") == root.find("body/tu/tuv").get(XML_LANG) == "zh-CN"


def test_note_and_props_come_before_the_segments_and_the_note_is_one():
    tu = etree.fromstring(export([full_unit()])[0]).find("body/tu")
    assert [child.tag for child in tu] == ["note", *["prop"] * 6, "tuv", "tuv"]
    assert [p.text for p in tu.iter("prop") if p.get("type") == "x-annotation"] == [
        "comment: figure checked",
        "choice (official): 美元 → US$",
    ]


def test_a_unit_names_its_segtype_only_where_it_differs_from_the_header():
    units = [full_unit(), full_unit(id="p", segtype="paragraph")]
    root = etree.fromstring(export(units)[0])
    assert [tu.get("segtype") for tu in root.iter("tu")] == [None, "paragraph"]


def test_units_with_an_empty_side_are_left_out_and_counted():
    units = [
        full_unit(src=""),
        full_unit(tgt=" \n\u3000"),
        full_unit(src="\x00\x01"),
        full_unit(),
    ]
    data, report = export(units)
    assert report == TmxReport(units=1, one_sided=3, removed=0)
    assert len(segments(data)) == 1


def test_characters_that_xml_cannot_hold_are_removed_and_counted_wherever_they_stand():
    unit = full_unit(
        src="甲\x00乙\ud800",
        tgt="A\x0bB\ufffe",
        note="n\x1b",
        props=((Prop.ANNOTATION, "p\uffff"),),
        changed_by="Li\x07n",
    )
    data, report = export([unit])
    assert report.removed == 7
    tu = etree.fromstring(data).find("body/tu")
    assert segments(data) == [("甲乙", "AB")]
    assert (tu.find("note").text, tu.find("prop").text, tu.get("changeid")) == ("n", "p", "Lin")


@pytest.mark.parametrize(
    "words",
    ["𠮷野家", "\ue000\uf8ff", "零\u200b宽\u200d度\ufeff词", "前\u3000后", "e\u0301", "\u2028中"],
    ids=["astral", "private use", "zero width", "ideographic space", "nfd", "line separator"],
)
def test_legal_characters_survive(words):
    data, report = export([full_unit(src=words)])
    assert (segments(data)[0][0], report.removed) == (words, 0)


def test_white_space_is_trimmed_at_the_end_only():
    data, _ = export([full_unit(src="\u3000\u3000新闻。\u3000\r\n\n", tgt=" News.  ")])
    assert segments(data) == [("\u3000\u3000新闻。", " News.")]


def test_same_input_gives_the_same_bytes():
    assert export([full_unit()]) == export([full_unit()])


def test_hundred_kilobyte_segment():
    words = "很长的一句话，" * 20_000
    assert segments(export([full_unit(src=words)])[0])[0][0] == words


def test_an_interrupted_source_of_units_is_not_hidden():
    def units():
        yield full_unit()
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        export(units())


@pytest.mark.parametrize("kind", ["file", "id", "prev", "next", "path", "score"])
def test_property_types_without_prefix_are_refused(kind):
    with pytest.raises(ValueError, match="must begin with 'x-'"):
        full_unit(props=((kind, "1"),))


def test_a_moment_in_another_shape_is_refused():
    with pytest.raises(ValueError, match="20250509T080000Z"):
        full_unit(created="2025-05-09")


def test_one_language_on_both_sides_is_refused():
    with pytest.raises(BadInput, match="Both texts are marked zh-CN"):
        TmxHeader("zh-Hans", "zh_CN")


@pytest.mark.parametrize(
    ("lang", "code"),
    [
        ("zh", "zh-CN"),
        ("zh_CN", "zh-CN"),
        ("ZH-cn", "zh-CN"),
        ("zh-Hans", "zh-CN"),
        ("zh-Hans-CN", "zh-CN"),
        ("zho", "zh-CN"),
        ("zh-Hant", "zh-TW"),
        ("zh-Hant-HK", "zh-HK"),
        ("en", "en-US"),
        ("en-GB", "en-GB"),
        ("es-419", "es-419"),
        ("fr", "fr"),
    ],
)
def test_language_codes(lang, code):
    assert language_code(lang) == code


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        ("2025-05-09T08:00:00Z", "20250509T080000Z"),
        ("2025-05-09T08:00:00.123456+00:00", "20250509T080000Z"),
        ("2025-05-09T16:00:00+08:00", "20250509T080000Z"),
        ("2025-05-09T08:00:00", "20250509T080000Z"),
        ("", ""),
    ],
)
def test_timestamps(moment, written):
    assert timestamp(moment) == written


def test_registry_names_the_format_and_says_what_it_is():
    assert export_formats.get("tmx").ending == ".tmx"
    assert export_formats.summary("tmx").startswith("TMX 1.4")


HOSTILE = st.text(
    st.one_of(
        st.characters(),  # all of Unicode, surrogates and controls too
        st.sampled_from("\x00\x0b\r\n\t <>&\"']\u0085\u2028\u200b\u202e\ufeff\ufffe\U0001f600中。"),
    )
)


def as_xml_can_hold_it(words: str) -> str:
    """The rule of XML 1.0, production 2, written a second time and slowly."""
    return "".join(
        c
        for c in words
        if c in "\t\n\r"
        or 0x20 <= ord(c) <= 0xD7FF
        or 0xE000 <= ord(c) <= 0xFFFD
        or ord(c) >= 0x10000
    )


@settings(derandomize=True, deadline=None, max_examples=300)
@given(src=HOSTILE, tgt=HOSTILE, note=HOSTILE, who=HOSTILE)
def test_any_text_comes_back(src, tgt, note, who):
    unit = full_unit(src=src, tgt=tgt, note=note, props=(("x-annotation", note),), changed_by=who)
    data, report = export([unit])
    expected = [as_xml_can_hold_it(words).rstrip() for words in (src, tgt)]
    if not all(expected):
        assert (segments(data), report.one_sided) == ([], 1)
        return
    assert segments(data) == [tuple(expected)]
    kept = [as_xml_can_hold_it(words) for words in (src, tgt, note, note, who)]
    written = (src, tgt, note, note, who)
    assert report.removed == sum(map(len, written)) - sum(map(len, kept))
    tu = etree.fromstring(data).find("body/tu")
    assert (tu.findtext("note") or "") == kept[2]
    assert (tu.find("prop").text or "") == kept[3]
    assert tu.get("changeid", "") == kept[4]


@settings(derandomize=True, deadline=None, max_examples=100)
@given(words=HOSTILE)
def test_any_text_is_valid_against_the_dtd(dtd, words):
    data, _ = export([full_unit(src=words + "。", note=words, changed_by=words)])
    assert dtd.validate(etree.fromstring(data)), dtd.error_log.filter_from_errors()
