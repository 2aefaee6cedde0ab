"""Term lists out and in: CSV, TBX and Excel."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook

from tests.bitexts import wordings
from tests.oracle import read_by_translate_toolkit
from tests.support import SHARED
from workbench.domain.terms import Term
from workbench.errors import BadInput
from workbench.exchange.incoming.terms import read_terms
from workbench.exchange.outgoing.terms import csv_of, write_csv, write_tbx

DTD = SHARED / "interop" / "schemas" / "TBXcoreStructV02.dtd"
TERMS = [
    Term("战略定力", "strategic resolve", ("strategic composure",), ("strategic determination",),
         "high", "composure, “not” <force>", "joint statements"),
    Term("提法", "set formulation", note="-1 & counting", confidence="low"),
    Term("=SUM(1)", "@handle", ("+plus",), source="=cmd|' /C calc'!A0"),
]  # fmt: skip


def written(writer, terms=TERMS) -> bytes:
    stream = io.BytesIO()
    writer(stream, terms)
    return stream.getvalue()


@pytest.mark.parametrize("writer", [write_csv, write_tbx])
def test_terms_come_back_as_they_went(writer):
    found = read_terms(written(writer), "terms")
    assert found.terms == TERMS
    assert not found.skipped
    assert written(writer, found.terms) == written(writer)


def test_no_cell_of_an_exported_table_is_a_formula():
    cells = written(write_csv).decode().replace("\n", ",").split(",")
    assert not [cell for cell in cells if cell.strip('"').startswith(("=", "+", "-", "@"))]
    assert "=SUM(1)" in csv_of(TERMS).split("\n")[3].split(",")  # in the workspace's own file


def test_tbx_is_valid(tmp_path):
    if not DTD.is_file():
        pytest.skip("the TBX DTD of the shared folder is not there")
    dtd = etree.DTD(str(DTD))
    assert dtd.validate(etree.fromstring(written(write_tbx))), dtd.error_log.filter_from_errors()


def test_translate_toolkit_reads_the_terms(tmp_path):
    plain = [Term("战略定力", "strategic resolve"), Term("提法", "set <formulation> & more")]
    found = read_by_translate_toolkit(written(write_tbx, plain), tmp_path, "tbx")
    assert [unit[1:3] for unit in found] == [[term.src, term.preferred] for term in plain]


def clean(words):
    return " ".join(words.split()).replace("|", "/")


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.tuples(*[wordings(controls=False)] * 4), min_size=1, max_size=3))
def test_any_words_come_back(rows):
    terms = [
        Term(f"甲{n}" + clean(a), "x" + clean(b), (), (), "medium", clean(c), clean(d))
        for n, (a, b, c, d) in enumerate(rows)
    ]
    terms = [
        Term(t.src.strip(), t.preferred.strip(), (), (), "medium", t.note, t.source) for t in terms
    ]
    for writer in (write_csv, write_tbx):
        assert read_terms(written(writer, terms), "terms").terms == terms


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        "中文,英文,备注\n提法,set formulation,why\n".encode(),
        "source\ttarget\tnote\r\n提法\tset formulation\twhy\r\n".encode("utf-16"),
        "English;Chinese;Note\nset formulation;提法;why\n".encode("gb18030"),
        workbook(["Chinese", "English", "Notes"], ["提法", "set formulation", "why"]),
    ],
    ids=["csv", "tsv", "semicolons", "xlsx"],
)
def test_columns_go_by_many_names(data):
    assert read_terms(data, "list").terms == [Term("提法", "set formulation", note="why")]


def test_columns_without_names_are_told_by_their_script():
    data = "set formulation,提法\nstrategic resolve,战略定力\n".encode()
    assert [t.src for t in read_terms(data, "list.csv").terms] == ["提法", "战略定力"]


def test_a_concept_with_several_terms():
    entry = (
        '<martif type="TBX"><text><body><termEntry id="c1"><descrip type="definition">d</descrip>'
        '<langSet xml:lang="zh"><tig><term>老挝</term></tig><tig><term>寮国</term></tig></langSet>'
        '<langSet xml:lang="en"><ntig><termGrp><term>Lao PDR</term><termNote '
        'type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig>'
        "<tig><term>Laos</term></tig></langSet></termEntry></body></text></martif>"
    )
    found = read_terms(entry.encode(), "a.tbx").terms
    assert found == [Term(src, "Laos", (), ("Lao PDR",), note="d") for src in ("老挝", "寮国")]


@pytest.mark.parametrize("name", ["okapi-maryland.tbx", "okapi-test01.tbx", "omegat-sample.tbx"])
def test_lists_of_other_tools_without_chinese_are_refused_in_a_sentence(name):
    path = SHARED / "interop" / "tbx" / name
    if not path.exists():
        pytest.skip("the files of other tools are not here")
    with pytest.raises(BadInput, match=r"holds no terms.*[.]$"):
        read_terms(path.read_bytes(), name)


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04broken", b"<martif><text>", b"a,b\nc,d\n", "中文,英文\n提法,\n".encode()],
    ids=["empty", "no workbook", "cut off", "no Chinese", "no English"],
)
def test_what_is_no_term_list_is_refused(data):
    with pytest.raises(BadInput, match=r"[.]$"):
        read_terms(data, "list")
