"""XLIFF 2.1 and 1.2 out: valid, read by others, and read back whole."""

import io
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from lxml import etree

from tests.bitexts import bitexts, make_bitext
from tests.oracle import read_by_translate_toolkit
from tests.support import SHARED
from workbench.domain.text import Span
from workbench.exchange.incoming.whole_xliff import read_whole_xliff
from workbench.exchange.outgoing import ExportOptions, export_formats
from workbench.exchange.outgoing.marks import ITS
from workbench.exchange.tags import Tag

SCHEMAS = SHARED / "interop" / "schemas"
VERSIONS = ("xliff", "xliff1")
WRAPPER = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:import namespace="urn:oasis:names:tc:xliff:document:2.0" schemaLocation="xliff_core_2.0.xsd"/>
<xs:import namespace="urn:oasis:names:tc:xliff:metadata:2.0" schemaLocation="metadata.xsd"/>
<xs:import namespace="http://www.w3.org/2005/11/its" schemaLocation="its.xsd"/>
</xs:schema>"""


class Local(etree.Resolver):
    """Schemas import xml.xsd by its address in the web; the copy beside them is taken."""

    def resolve(self, url, public_id, context):
        if url.endswith("xml.xsd"):
            return self.resolve_filename(str(SCHEMAS / "xliff21" / "xml.xsd"), context)
        return None


def compiled(name):
    if not SCHEMAS.is_dir():
        pytest.skip("the XLIFF schemas of the shared folder are not there")
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local())
    if name == "xliff":
        base = str(SCHEMAS / "xliff21" / "all.xsd")
        return etree.XMLSchema(etree.fromstring(WRAPPER, parser, base_url=base))
    path = SCHEMAS / "xliff12" / "xliff-core-1.2-transitional.xsd"
    return etree.XMLSchema(etree.parse(str(path), parser))


@pytest.fixture(scope="module", params=VERSIONS)
def schema(request):
    return request.param, compiled(request.param)


def written(bitext, form, **options):
    stream = io.BytesIO()
    report = export_formats.get(form).write(stream, bitext, ExportOptions(**options))
    return stream.getvalue(), report


def read(data):
    return read_whole_xliff(io.BytesIO(data))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(bitext=bitexts())
def test_any_bitext_is_valid(schema, bitext):
    form, xsd = schema
    data, _ = written(bitext, form)
    assert xsd.validate(etree.fromstring(data)), xsd.error_log.filter_from_errors()


@pytest.mark.parametrize("form", VERSIONS)
@settings(derandomize=True, deadline=None, max_examples=60)
@given(bitext=bitexts(controls=False))
def test_everything_comes_back(form, bitext):
    data, report = written(bitext, form)
    assert report.removed == 0
    assert read(data) == bitext
    assert written(read(data), form)[0] == data
    back, _ = written(bitext, form, direction="en-zh")
    assert read(back) == bitext


@pytest.mark.parametrize("form", VERSIONS)
@settings(derandomize=True, deadline=None, max_examples=60)
@given(bitext=bitexts())
def test_the_texts_come_back_also_with_what_xml_cannot_hold(form, bitext):
    back = read(written(bitext, form)[0])
    assert (back.src, back.tgt, back.rows) == (bitext.src, bitext.tgt, unquoted(bitext, back))


def unquoted(bitext, back):
    """Rows whose decisions quote what was left: words in metadata lose what XML can't hold."""
    made = {entry.fingerprint: entry.decision for entry in back.decisions}
    return tuple(
        replace(
            row,
            flags=tuple(
                replace(e, decision=made[e.flag.fingerprint]) if e.decision else e
                for e in row.flags
            ),
        )
        for row in bitext.rows
    )


@pytest.mark.parametrize("form", VERSIONS)
def test_a_long_segment_comes_back(form):
    bitext = make_bitext(Random(1), texts=["风" * 100_000, "wind " * 20_000])
    assert read(written(bitext, form)[0]) == bitext


@pytest.mark.parametrize("form", VERSIONS)
@settings(derandomize=True, deadline=None, max_examples=40)
@given(bitext=bitexts(controls=False, tags=False))
def test_quality_issues_stand_on_their_words(form, bitext):
    root = etree.fromstring(written(bitext, form)[0])
    for row, unit in zip(bitext.rows, root.iter("{*}unit", "{*}trans-unit"), strict=True):
        target = next(unit.iter("{*}target"), None)
        assert (target is None) == (not len(row.bead.tgt))
        if target is None:
            continue
        assert "".join(target.itertext()) == bitext.words("tgt", row.bead.tgt).strip()
        said = [entry.flag.tgt for entry in row.flags]
        said += [note.annotation.tgt for note in row.notes if note.annotation.severity]
        expected = {bitext.words("tgt", span).strip() for span in said}
        for mark in target.iter("{*}mrk"):
            if mark.get(f"{{{ITS}}}locQualityIssueType"):
                assert "".join(mark.itertext()).strip() in expected


def test_marks_that_cross_are_pairs_of_empty_elements():
    bitext = next(
        b
        for b in (make_bitext(Random(n), tags=False) for n in range(500))
        if any(_cross(row) for row in b.rows)
    )
    root = etree.fromstring(written(bitext, "xliff")[0])
    starts = [element.get("id") for element in root.iter("{*}sm")]
    assert starts
    assert starts == [element.get("startRef") for element in root.iter("{*}em")]
    assert read(written(bitext, "xliff1")[0]) == bitext


def _cross(row):
    spans = [entry.flag.tgt for entry in row.flags if entry.flag.tgt]
    spans += [note.annotation.tgt for note in row.notes if note.annotation.tgt]
    return any(a.start < b.start < a.stop < b.stop for a in spans for b in spans)


@pytest.mark.parametrize("form", VERSIONS)
def test_translate_toolkit_reads_the_same_segments(form, tmp_path):
    texts = ["“这是对的。”他说。", "A & B <c>\u200d 🙂 e\u0301 ]]>", "甲\u3000乙"]
    bitext = make_bitext(Random(9), texts=texts, tags=False)
    found = read_by_translate_toolkit(written(bitext, form)[0], tmp_path, form)
    assert [unit[1:3] for unit in found] == [
        [bitext.words("src", row.bead.src).strip(), bitext.words("tgt", row.bead.tgt).strip()]
        for row in bitext.rows
    ]
    if form == "xliff1":  # of version 2 it looks for notes in segments, where none may be
        assert [bool(notes) for *_, notes in found] == [bool(row.notes) for row in bitext.rows]


# -- what another tool did in between --------------------------------------------------------


def edited(data, old, new):
    assert old in data.decode()
    return data.decode().replace(old, new, 1).encode()


def plain():
    """Two pairs, the first with a flag and a note on words of the English."""
    bitext = next(
        b
        for b in (
            make_bitext(Random(n), texts=["风大。", "Wind blows."], tags=False) for n in range(2000)
        )
        if len(b.rows) > 1
        and b.rows[0].flags
        and b.rows[0].notes
        and b.rows[0].notes[0].annotation.tgt
        and len(b.rows[0].bead.tgt) > 12
    )
    row = bitext.rows[0]
    note = row.notes[0]
    start = bitext.words("tgt", row.bead.tgt).find("blows")
    place = Span(start, start + 5)
    said = replace(note.annotation, src=None, tgt=place)
    row = replace(row, notes=(replace(note, annotation=said),))
    return replace(bitext, rows=(row, *bitext.rows[1:]))


@pytest.mark.parametrize("form", VERSIONS)
def test_words_changed_by_another_tool_hold_and_notes_find_theirs_again(form):
    bitext = plain()
    data, _ = written(bitext, form)
    root = etree.fromstring(data)
    target = next(root.iter("{*}target"))
    text = "".join(target.itertext())
    for child in target:
        target.remove(child)
    target.text = "Now the " + text
    back = read(etree.tostring(root))
    row = back.rows[0]
    assert back.words("tgt", row.bead.tgt).strip() == "Now the " + text
    assert row.flags == ()
    assert back.words("tgt", row.notes[0].annotation.tgt) == "blows"
    assert back.check_signature == ""
    assert back.tgt.sha256 != bitext.tgt.sha256
    rest = [back.words("tgt", r.bead.tgt) for r in back.rows[1:]]
    assert rest == [bitext.words("tgt", r.bead.tgt) for r in bitext.rows[1:]]


@pytest.mark.parametrize(("form", "tag"), [("xliff", "notes"), ("xliff1", "note")])
def test_a_note_added_by_another_tool_becomes_a_comment(form, tag):
    bitext = plain()
    root = etree.fromstring(written(bitext, form)[0])
    found = next(root.iter("{*}note"))
    added = etree.SubElement(found.getparent(), found.tag)
    added.text = "Please check."
    row = read(etree.tostring(root)).rows[0]
    assert [note.annotation.note for note in row.notes][-1] == "Please check."
    assert row.notes[:-1] == bitext.rows[0].notes


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("xliff", 'subState="workbench:draft"', 'subState="tool:done"'),
        ("xliff1", "<trans-unit ", '<trans-unit approved="yes" '),
    ],
)
def test_a_state_set_by_another_tool_confirms(form, old, new):
    bitext = plain()
    drafts = tuple(replace(r, bead=replace(r.bead, confirmed=False)) for r in bitext.rows)
    data = edited(written(replace(bitext, rows=drafts), form)[0], old, new)
    if form == "xliff":
        data = edited(data, 'state="translated" subState="tool', 'state="final" subState="tool')
    assert read(data).rows[0].bead.confirmed


@pytest.mark.parametrize("form", VERSIONS)
def test_a_row_taken_out_by_another_tool_is_gone_and_the_rest_holds(form):
    bitext = plain()
    root = etree.fromstring(written(bitext, form)[0])
    unit = next(root.iter("{*}unit", "{*}trans-unit"))
    unit.getparent().remove(unit)
    back = read(etree.tostring(root))
    assert [row.id for row in back.rows] == [row.id for row in bitext.rows[1:]]
    assert back.tgt.division.sentences[-1].stop == len(back.tgt.content)


def test_codes_of_another_format_become_native_code_beside_the_segment():
    tags = (
        Tag(0, "alone", "bpt", (("i", "1"),), "&lt;b&gt;"),
        Tag(1, "alone", "ept", (("i", "1"),), "&lt;/b&gt;"),
    )
    bitext = make_bitext(Random(5), tags=False)
    bitext = replace(bitext, src=replace(bitext.src, tags=tags))
    root = etree.fromstring(written(bitext, "xliff")[0])
    unit = next(root.iter("{*}unit"))
    assert [data.text for data in unit.iter("{*}data")] == ["<b>", "</b>"]
    start, end = next(unit.iter("{*}sc")), next(unit.iter("{*}ec"))
    assert end.get("startRef") == start.get("id")
