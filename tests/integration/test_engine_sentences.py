"""What the engine says of files, on a page in Chinese; and CAT tools' files through the page."""

import ast
import re

import pytest
from flask import session

from tests.support import ROOT, Reader
from tests.unit.test_documents import run, word
from tests.unit.test_incoming import PAIR, XLIFF_2, tmx, xliff_1
from workbench.services import library
from workbench.services.page import review_view
from workbench.services.term_lists import own_terms
from workbench.web import create_app
from workbench.web.sentences import TEMPLATES, in_words

ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}")  # three words of a sentence
TRACKED = (
    f"<w:p>{run('双方')}<w:del>{run('可能', 'delText')}</w:del><w:ins>{run('将')}</w:ins>"
    f"{run('会谈。')}</w:p>"
)
TBX = (
    '<martif type="TBX"><text><body><termEntry id="c1"><langSet xml:lang="zh"><tig>'
    "<term>主席</term></tig></langSet><langSet xml:lang='en'><tig><term>chairman"
    "</term></tig></langSet></termEntry></body></text></martif>"
)
SDLXLIFF = xliff_1(
    '<source>甲。乙。</source><seg-source><mrk mtype="seg" mid="1">甲。</mrk>'
    '<mrk mtype="seg" mid="2">乙。</mrk></seg-source><target><mrk mtype="seg" mid="1">A '
    '<mrk mtype="x-sdl-comment" sdl:cid="c1">word</mrk>.</mrk><mrk mtype="seg" mid="2">B.</mrk>'
    '</target><sdl:seg-defs><sdl:seg id="1" conf="ApprovedTranslation" locked="true"/>'
    "</sdl:seg-defs>",
    head='<cmt-defs><cmt-def id="c1"><Comments><Comment>why so</Comment></Comments></cmt-def>'
    "</cmt-defs>",
)


# What can refuse something that somebody did on a page.
BEHIND_THE_PAGES = (
    "align/plausible.py",
    *(f"domain/{name}.py" for name in (
        "beads", "corrections", "cuts", "moves", "notes", "operations", "reading", "rewording",
        "rulings", "status", "typology", "versions",
    )),
    "errors.py",
    "search",
    *(f"services/{name}.py" for name in (
        "about", "aligning", "claims", "comparing", "comparison", "concordance", "correcting",
        "edits", "formulation_edits", "formulations", "jobs", "library", "review", "rules",
        "search", "sessions", "settling", "term_lists", "term_import", "versions", "workspace",
    )),
    "storage/catalogue.py",
    "storage/database.py",
)  # fmt: skip


def trees(folder):
    """The sources of a folder, or of one file."""
    place = ROOT / "workbench" / folder
    files = place.rglob("*.py") if place.is_dir() else [place]
    return [ast.parse(path.read_text(encoding="utf-8")) for path in files]


def refusals():
    """Each sentence that is raised behind the pages, a number in the place of what varies."""
    for folder in BEHIND_THE_PAGES:
        for tree in trees(folder):
            for node in ast.walk(tree):
                call = node.exc if isinstance(node, ast.Raise) else None
                said = sentence(call.args[0]) if isinstance(call, ast.Call) and call.args else ""
                if " " in said.strip("7: "):
                    yield re.sub(r"^7(: |(?=[A-Z]))", "", said)  # the name of a file before it


def sentence(node):
    """The words of an expression, empty when it is no text."""
    if isinstance(node, ast.JoinedStr):
        parts = [v.value if isinstance(v, ast.Constant) else "7" for v in node.values]
        return "".join(parts)
    return str(node.value) if isinstance(node, ast.Constant) else ""


def test_everything_a_page_may_be_refused_with_is_there_in_chinese(chinese):
    with chinese.client.application.test_request_context("/"):
        session["language"] = "zh_Hans_CN"
        asked = list(refusals())
        english = [said for said in asked if ENGLISH.search(in_words(said))]
    assert len(asked) > 90, "the sentences were not found"
    assert not english, "give them a template in web/refusals.py and their Chinese"


@pytest.fixture
def chinese(fresh):
    """Somebody whose pages are in Chinese."""
    reader = Reader(create_app(fresh))
    with reader.client.session_transaction() as session:
        session["language"] = "zh_Hans_CN"
    return reader


def look(reader, data, name):
    return reader.upload("/add/several", several=(name, data))


def put(reader, data, name, way):
    answer = reader.upload("/add/several/store", several=(name, data), way=way, title="t")
    assert answer.status_code == 200, answer.text
    return answer.json["url"]


def test_every_template_is_still_said_by_the_engine():
    said = "\n".join(
        node.value
        for folder in ("align", "domain", "exchange", "search", "services", "storage", "errors.py")
        for tree in trees(folder)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    gone = [
        template
        for template in TEMPLATES
        for piece in re.split(r"%\(\w+\)s", template)
        if piece.strip(" .,;:()“”") not in said
    ]
    assert not gone


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.tmx", tmx(PAIR)[:-30], "XML 有误"),
        ("a.tmx", b"<html><body>404</body></html>", "其根元素是 “html”"),
        ("a.tmx", tmx(PAIR, "<!DOCTYPE tmx [<!ENTITY a 'b'>]>"), "第 1 行：文件中定义了实体"),
        ("a.xlf", b'<xliff version="9"/>', "XLIFF 版本 “9”"),
        ("a.tbx", b"\x1f\x8b\x08\x00", "压缩文件"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_chinese(chinese, name, data, says):
    problem = look(chinese, data, name).json["error"]
    assert says in problem
    assert not ENGLISH.search(
        re.sub(r"（.*?）", "", problem)
    )  # the parser's own words are in English


def test_what_was_found_in_a_file_is_said_in_chinese(chinese):
    twice = XLIFF_2.replace("<segment>", '<segment id="1">').replace("丙", "<ec startRef='9'/>丙")
    data = twice.replace("</file>", '<unit id="n" translate="no"/></file>').encode()
    page = look(chinese, data, "a.xlf").json["html"]
    for said in ("出现了两次", "有开无闭", "标为不译的单元"):
        assert said in page
    declared = tmx(PAIR, '<?xml version="1.0" encoding="GB2312"?>')
    page = look(chinese, declared, "a.tmx").json["html"]
    assert "文件自称是 GB2312 编码，实际是 UTF-8。" in page


@pytest.mark.parametrize(("name", "data"), [("a.xlf", XLIFF_2.encode()), ("a.sdlxliff", SDLXLIFF)])
def test_a_file_of_a_cat_tool_becomes_rows(chinese, fresh, name, data):
    assert "XLIFF" in look(chinese, data, name).json["html"]
    put(chinese, data, name, "rows")
    [shelf] = library.shelves(fresh)
    rows = review_view(fresh, shelf.id, "").rows.values()
    notes = [note.annotation.note for row in rows for note in row.notes]
    assert (len(rows), len(notes)) == (2, 1)
    assert sum(bead.confirmed for bead in _beads(fresh, shelf.id)) == 1


def _beads(ws, bitext_id):
    from workbench.domain.reading import rows

    return rows(ws.state(bitext_id)).beads


def test_tracked_changes_of_word_are_taken_as_chosen(chinese):
    taken = {
        how: chinese.upload("/add/preview", text=("a.docx", word(TRACKED)), text_changes=how).json
        for how in ("accepted", "original")
    }
    assert "双方将会谈。" in taken["accepted"]["html"]
    assert "双方可能会谈。" in taken["original"]["html"]
    assert all("文档含有修订" in one["html"] for one in taken.values())


def test_a_term_list_becomes_terms(chinese, fresh):
    assert "主席" in look(chinese, TBX.encode(), "a.tbx").json["html"]
    assert put(chinese, TBX.encode(), "a.tbx", "terms") == "/terms"
    assert [term.src for term in own_terms(fresh)] == ["主席"]
