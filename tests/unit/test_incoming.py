"""Reading the files of other tools: what they hold, and what is refused."""

import csv
import io
from pathlib import Path

import pytest

from workbench.domain.alignment import Bead
from workbench.domain.text import Span
from workbench.errors import BadInput
from workbench.exchange.incoming import bilingual_formats, read_beads, read_units, recognise, survey
from workbench.exchange.incoming.values import Findings, Tag, Unit, usual_code

INTEROP = Path(__file__).parents[2].parent / "shared" / "interop"
HEADER = (
    '<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" '
    'adminlang="en" srclang="zh-CN" datatype="plaintext"/>'
)
PAIR = (
    '<tu><tuv xml:lang="zh-CN"><seg>风很大。</seg></tuv>'
    '<tuv xml:lang="en-US"><seg>It is windy.</seg></tuv></tu>'
)


def tmx(body: str, prolog: str = "", header: str = HEADER) -> bytes:
    xml = f'{prolog}<tmx version="1.4">{header}<body>{body}</body></tmx>'
    return xml.encode()


def units(data: bytes, name: str = "a.tmx") -> list[Unit]:
    stream = io.BytesIO(data)
    form = recognise(stream, name)
    return list(read_units(stream, form, Findings(form)))


def look(data: bytes, name: str = "a.tmx") -> Findings:
    stream = io.BytesIO(data)
    return survey(stream, recognise(stream, name))


def manifest(folder: str) -> list[tuple[Path, str, str]]:
    table = INTEROP / folder / "manifest.tsv"
    if not table.exists():
        return []
    with table.open(encoding="utf-8") as lines:
        return [
            (INTEROP / folder / row["file"], row["expected"], row.get("tu") or "")
            for row in csv.DictReader(lines, delimiter="\t")
        ]


CASES = [*manifest("tmx"), *manifest("xliff")]


@pytest.mark.skipif(not CASES, reason="the files of other tools are not here")
@pytest.mark.parametrize(("path", "expected", "count"), CASES, ids=lambda value: str(value)[-40:])
def test_files_of_other_tools(path: Path, expected: str, count: str) -> None:
    data = path.read_bytes()
    if "error" in expected and "warn" not in expected and "parse" not in expected:
        with pytest.raises(BadInput, match=r"[.]$"):
            look(data, path.name)
        return
    try:
        findings = look(data, path.name)
    except BadInput:
        outcome = "error"
    else:
        outcome = findings.outcome
        assert not count or findings.units == int(count)
    assert outcome in expected.split("-or-")


def test_a_unit_keeps_what_the_file_says_of_it() -> None:
    body = (
        '<tu tuid="7" srclang="en" creationdate="20240102T030405Z" changeid="Li">'
        "<tuv xml:lang='eN_us'><seg>A <hi>big</hi> wind<ph x='1'>&lt;br/&gt;</ph>.</seg></tuv>"
        "<tuv lang='ZH-hans-cn'><seg>大<bpt i='1'>{b</bpt>风<ept i='1'>}</ept>。</seg></tuv>"
        "<note>later than the segments</note><prop type='x-a'>1</prop></tu>"
    )
    [unit] = units(tmx(body))
    english, chinese = unit.segments
    assert (english.lang, english.text) == ("en-US", "A big wind.")
    assert english.tags == (
        Tag(2, "open", "hi"),
        Tag(5, "close", "hi"),
        Tag(10, "alone", "ph", (("x", "1"),), "&lt;br/&gt;"),
    )
    assert (chinese.lang, chinese.text) == ("zh-Hans-CN", "大风。")
    assert [tag.at for tag in chinese.tags] == [1, 2]
    assert (unit.id, unit.src_lang, unit.created, unit.changed_by) == (
        "7", "en", "20240102T030405Z", "Li",
    )  # fmt: skip
    assert (unit.notes, unit.props) == (("later than the segments",), (("x-a", "1"),))


def test_a_code_with_translatable_text_inside_stays_one_code() -> None:
    body = '<tu><tuv xml:lang="zh-CN"><seg>甲<ph>a<sub>乙</sub>&amp;</ph>丙</seg></tuv></tu>'
    [segment] = units(tmx(body))[0].segments
    assert segment.text == "甲丙"
    assert segment.tags[0].inner == "a<sub>乙</sub>&amp;"


def test_characters_outside_the_first_plane_and_joiners_survive() -> None:
    words = "𠮷\u200b\u3000e\u0301\ue000\ufeff"
    body = f'<tu><tuv xml:lang="zh-CN"><seg>{words}</seg></tuv></tu>'
    assert units(tmx(body))[0].segments[0].text == words


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "big5"])
def test_encodings_that_a_file_declares(encoding: str) -> None:
    declared = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16"}.get(encoding, encoding)
    xml = tmx(PAIR, f'<?xml version="1.0" encoding="{declared}"?>').decode()
    xml = xml.replace("风", "雨")  # Big5 has no simplified characters
    assert units(xml.encode(encoding))[0].segments[0].text == "雨很大。"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_repaired(encoding: str) -> None:
    findings = look(tmx(PAIR).decode().encode(encoding))
    assert (findings.outcome, findings.units) == ("repair", 1)


@pytest.mark.parametrize(
    ("declared", "real", "outcome"),
    [
        ("UTF-16", "utf-8", "repair"),
        ("GB2312", "utf-8", "repair"),
        ("ISO-8859-1", "utf-8", "repair"),
        ("GB2312", "gb18030", "parse"),  # people's GB2312 has characters that GB2312 has not
        ("Big5", "cp950", "parse"),
        ("UTF-8", "utf-16", "parse"),
    ],
)
def test_a_declared_encoding_that_is_not_so(declared: str, real: str, outcome: str) -> None:
    words = "碁" if real == "cp950" else "朱镕基"
    xml = tmx(PAIR.replace("风很大。", words), f'<?xml version="1.0" encoding="{declared}"?>')
    data = xml.decode().encode(real)
    assert units(data)[0].segments[0].text == words
    assert look(data).outcome == outcome


BOMB = "<!DOCTYPE tmx [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"
OUTSIDE = "<!DOCTYPE tmx [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (tmx(PAIR, BOMB), "defines entities"),
        (tmx(PAIR.replace("风", "&x;"), OUTSIDE), "defines entities"),
        (
            tmx(PAIR, "<!DOCTYPE tmx SYSTEM 'a>b' [<!ATTLIST tmx a CDATA ']'>" + BOMB[15:]),
            "entities",
        ),
        (tmx(PAIR.replace("风", "&nbsp;")), "Line 1, column .*nbsp"),
        (tmx(PAIR)[:-30], "the XML is broken"),
        (tmx(PAIR).replace("风".encode(), b"\xb7\xe7"), "the XML is broken"),
        (tmx(PAIR.replace("风", "\x00")), "the XML is broken"),
        (tmx("<x>" * 3000 + "</x>" * 3000), "inside each other"),
        (b"", "is empty"),
        (b"<html><body>404</body></html>", "first element is “html”"),
        (b"\x1f\x8b\x08\x00\x00\x00", "is packed"),
        (b'<xliff version="1.2"/>', "is XLIFF, not TMX"),
    ],
)
def test_bad_files_are_refused_in_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        units(data)


def test_a_broken_file_says_line_and_column() -> None:
    with pytest.raises(BadInput, match=r"Line 1, column \d+"):
        units(tmx(PAIR + "<tu>"))


def test_what_a_person_must_decide_is_a_warning() -> None:
    alike = PAIR.replace("en-US", "zh-CN")
    assert "same language" in next(iter(look(tmx(alike)).warnings))
    taiwan = PAIR.replace("zh-CN", "zh-TW")
    assert "zh-CN and zh-TW" in next(iter(look(tmx(PAIR + taiwan)).warnings))
    assert "zh-CN and zh-TW" in next(iter(look(tmx(taiwan)).warnings))  # the header says zh-CN
    nameless = PAIR.replace(' xml:lang="en-US"', "")
    assert "does not say its language" in next(iter(look(tmx(nameless)).warnings))
    named = PAIR.replace("zh-CN", "Chinese")
    assert "which variety" in next(iter(look(tmx(named)).warnings))


def test_units_are_counted_by_language_and_by_missing_side() -> None:
    empty = '<tu><tuv xml:lang="zh-CN"><seg>只有中文。</seg></tuv></tu>'
    findings = look(tmx(PAIR + empty))
    assert (findings.units, findings.one_sided) == (2, 1)
    assert findings.langs == {"zh-CN": 2, "en-US": 1}


XLIFF_1 = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="zh-CN" target-language="en-US" original="a" datatype="plaintext"><body>
<trans-unit id="1" approved="yes"><source>甲<x id="9"/>。</source>
<target state="translated">One.</target><alt-trans><target>Other</target></alt-trans>
<note>why</note></trans-unit>
<trans-unit id="2"><source>乙。丙。</source><seg-source><mrk mtype="seg" mid="a">乙。</mrk>
<mrk mtype="seg" mid="b">丙。</mrk></seg-source>
<target><mrk mtype="seg" mid="b">Three.</mrk></target>
</trans-unit></body></file></xliff>"""


def test_xliff_1_gives_a_unit_for_each_segment() -> None:
    first, second, third = units(XLIFF_1.encode(), "a.xlf")
    assert [segment.text for segment in first.segments] == ["甲。", "One."]
    assert (first.state, first.notes) == ("approved", ("why",))
    assert first.segments[0].tags[0].attributes == (("id", "9"),)
    assert [segment.text for segment in second.segments] == ["乙。"]
    assert [segment.text for segment in third.segments] == ["丙。", "Three."]


XLIFF_2 = """<xliff version="2.1" srcLang="zh-CN" trgLang="en-US"
 xmlns="urn:oasis:names:tc:xliff:document:2.0">
<file id="f"><unit id="u"><notes><note>n</note></notes>
<segment id="1" state="final"><source>甲<pc id="1">乙</pc></source><target>One</target></segment>
<ignorable><source> </source></ignorable><segment><source>丙</source></segment>
</unit></file></xliff>"""


def test_xliff_2_gives_a_unit_for_each_segment() -> None:
    first, second = units(XLIFF_2.encode(), "a.xlf")
    assert [(tag.at, tag.kind) for tag in first.segments[0].tags] == [(1, "open"), (2, "close")]
    assert (first.state, first.notes, second.notes) == ("final", ("n",), ())
    assert second.segments[0].text == "丙"


def xliff_1(*bodies: str, head: str = "") -> bytes:
    body = "".join(f'<trans-unit id="{n}">{body}</trans-unit>' for n, body in enumerate(bodies))
    return (
        '<xliff version="1.2" xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0">'
        f'{head}<file source-language="zh-CN" target-language="en-US"><body>{body}</body></file>'
        "</xliff>"
    ).encode()


def test_a_translation_that_is_not_divided_goes_with_the_whole_original() -> None:
    source = (
        '<source>甲。乙。</source><seg-source><mrk mtype="seg" mid="1">甲。</mrk>'
        '<mrk mtype="seg" mid="2">乙。</mrk></seg-source>'
    )
    [unit] = units(xliff_1(f"{source}<target>A. B.</target>"), "a.xlf")
    assert [segment.text for segment in unit.segments] == ["甲。乙。", "A. B."]
    lone = look(xliff_1(f'{source}<target><mrk mtype="seg" mid="9">C.</mrk></target>'), "a.xlf")
    assert (lone.units, sum(lone.skipped.values())) == (2, 1)


def test_trados_comments_and_struck_words() -> None:
    head = (
        '<doc-info><cmt-defs><cmt-def id="c1"><Comments><Comment>why so</Comment></Comments>'
        "</cmt-def></cmt-defs></doc-info>"
    )
    target = (
        '<source>甲</source><target>A <mrk mtype="x-sdl-deleted">old</mrk>'
        '<mrk mtype="x-sdl-added">new</mrk> <mrk mtype="x-sdl-comment" sdl:cid="c1">word</mrk>'
        "</target>"
    )
    [unit] = units(xliff_1(target, head=head), "a.sdlxliff")
    assert unit.segments[1].text == "A new word"
    assert unit.notes == ("why so",)


def test_what_is_not_to_be_translated_may_be_said_of_a_whole_file() -> None:
    data = XLIFF_2.replace('<file id="f">', '<file id="f" translate="no">').encode()
    findings = look(data, "a.xlf")
    assert (findings.units, sum(findings.skipped.values())) == (0, 1)


@pytest.mark.parametrize(
    ("was", "broken", "says"),
    [
        ('<file id="f">', "<file>", "without an id"),
        ('<unit id="u">', "<unit>", "without an id"),
        ("<segment>", '<segment id="1">', "same id twice"),
        ("<source>丙</source>", "", "without a source"),
        ("<note>n</note>", "", "is empty"),
        ("丙", "<ec startRef='9'/>丙", "never closes"),
        ("丙", "<sm id='9'/>丙", "never closes"),
        ("丙", "<ph id='1' dataRef='d1'/>丙", "not there"),
        ("丙", "<cp hex='zz'/>丙", "by a number"),
        ("丙", "<mrk id='m' type='comment'>丙</mrk>", "comment"),
        ('state="final"', 'state="done"', "A state"),
        ('state="final"', 'subState="x:y"', "A state"),
        (' trgLang="en-US"', "", "A language"),
        ("<target>", '<target order="9">', "same place"),
    ],
)
def test_what_xliff_2_forbids_is_read_with_a_warning(was: str, broken: str, says: str) -> None:
    assert was in XLIFF_2
    assert look(XLIFF_2.encode(), "a.xlf").outcome == "parse"
    findings = look(XLIFF_2.replace(was, broken, 1).encode(), "a.xlf")
    assert findings.outcome == "warn"
    assert any(says in sentence for sentence in findings.warnings)


def test_term_lists_of_both_generations() -> None:
    old = (
        '<martif type="TBX"><text><body><termEntry id="c1"><langSet xml:lang="zh"><tig>'
        "<term>主席</term></tig></langSet><langSet xml:lang='en'><ntig><termGrp><term>chairman"
        "</term></termGrp></ntig></langSet></termEntry></body></text></martif>"
    )
    new = (
        '<tbx type="TBX-Basic" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>'
        '<conceptEntry id="c1">'
        '<langSec xml:lang="zh"><termSec><term>主席</term></termSec></langSec>'
        '<langSec xml:lang="en">'
        "<termSec><term>chairman</term></termSec></langSec></conceptEntry></body></text></tbx>"
    )
    for data in (old, new):
        [unit] = units(data.encode(), "a.tbx")
        assert [(s.lang, s.text) for s in unit.segments] == [("zh", "主席"), ("en", "chairman")]


def test_alignments_without_their_texts() -> None:
    expected = [
        Bead(Span(0, 1), Span(0, 1)),
        Bead(Span(1, 3), Span(1, 2)),
        Bead(Span(3, 3), Span(2, 3)),
    ]
    assert read_beads("[0]:[0]:0.15\n[1, 2]:[1]:0.2\n[]:[2]:0\n") == expected
    assert read_beads("[0]:[0]\n[1,2]:[1]\n[]:[2]\n") == expected
    assert read_beads("0\t0\t0.3\n1\t1\t0.6\n3\t2\t0\n3\t3\t0\n") == expected
    for bad, says in (
        ("[0]:[0]\n[1,3]:[1]\n", "Line 2"),
        ("[0]:[0]\n[,2]:[1]\n", "Line 2"),
        ("0\t0\t1\n2\t2\t1\n1\t3\t1\n", "Line 3"),
    ):
        with pytest.raises(BadInput, match=says):
            read_beads(bad)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", "风很大。\n今天。".encode(), ""),
        ("a.txt", b"[0]:[0]:0.1\n[1]:[1]:0.2\n", "lists"),
        ("a", b"0\t0\t0.5\n1\t1\t0.5\n", "ladder"),
        ("a.xml", b'<?xml version="1.0"?><linkGrp toDoc="b" fromDoc="a"/>', "intertext links"),
        ("a.xml", b'<text><p id="1"><s id="1:1">A</s></p></text>', "intertext text"),
        ("memory", tmx(PAIR), "tmx"),
    ],
)
def test_files_are_recognised_by_their_content(name: str, data: bytes, kind: str) -> None:
    assert recognise(io.BytesIO(data), name) == kind


def test_language_codes_in_their_usual_spelling() -> None:
    given = ("eN-uS", "zh_CN", "ZHO", "zh-hant-tw", "", "be-tarask")
    assert [usual_code(code) for code in given] == [
        "en-US", "zh-CN", "zh", "zh-Hant-TW", "", "be-tarask",
    ]  # fmt: skip


def test_every_format_says_what_it_is() -> None:
    for name in bilingual_formats:
        assert bilingual_formats.summary(name).endswith(".")
