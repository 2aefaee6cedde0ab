"""One file with both languages or of another tool, on the page: seen first, then stored."""

import json
import zipfile
from io import BytesIO

import pytest

from tests.support import SAMPLE, Reader, edit, rows_of
from workbench.domain.operations import new_id
from workbench.exchange.outgoing import ExportOptions
from workbench.services import jobs, library, memories, review, term_lists
from workbench.services.exporting import export
from workbench.web import create_app

UNIT = (
    '<tu creationdate="2024013{0}T000000Z"><tuv xml:lang="zh-CN"><seg>第{0}轮会谈。</seg></tuv>'
    '<tuv xml:lang="en-US"><seg>Round {0} of the talks.</seg></tuv></tu>'
)
TMX = (
    '<tmx version="1.4"><header creationtool="OmegaT" srclang="zh-CN"/><body>'
    + "".join(UNIT.format(n) for n in range(9))
    + '<tu><tuv xml:lang="zh-CN"><seg>只有中文。</seg></tuv></tu></body></tmx>'
).encode()
TABLE = ("中文,English\n" + "".join(f"第{n}轮会谈,Round {n}\n" for n in range(6))).encode()


@pytest.fixture
def newcomer(fresh):
    return Reader(create_app(fresh))


def look(reader, data, name):
    return reader.upload("/add/several", several=(name, data))


def put(reader, data, name, way, **more):
    return reader.upload("/add/several/store", several=(name, data), way=way, **more)


def test_a_memory_is_shown_before_anything_is_stored(newcomer, fresh):
    found = look(newcomer, TMX, "talks.tmx").json
    assert found["ok"]
    for words in (
        "TMX 1.4", "OmegaT", "10 units", "zh-CN 10, en-US 9", "2024-01-30 – ", "第7轮会谈",
    ):  # fmt: skip
        assert words in found["html"]
    assert "第8轮会谈" not in found["html"]
    assert library.shelves(fresh) == []
    assert memories.memories(fresh) == []


def test_a_memory_becomes_rows_to_review(newcomer, fresh):
    answer = put(newcomer, TMX, "talks.tmx", "rows", title="Talks")
    assert answer.json == {"url": "/b/talks"}
    assert len(fresh.state("talks").collection("beads")) == 10
    assert jobs.current(fresh, "talks").kind == jobs.CHECK


def test_a_memory_is_kept_for_the_concordance_and_taken_away(newcomer, fresh):
    assert put(newcomer, TMX, "talks.tmx", "memory").json == {"url": "/#memories"}
    [memory] = memories.memories(fresh)
    assert (memory.title, memory.units, memory.tool) == ("talks", 9, "OmegaT")
    page = newcomer.get("/search?as=concordance&q=轮会谈").text
    assert "9 occurrences" in page
    assert "memory talks, 3" in page
    assert "Remove the memory talks" in newcomer.get("/").text
    newcomer.submit(f"/memories/{memory.id}/remove")
    assert memories.memories(fresh) == []
    assert "Nothing found" in newcomer.get("/search?as=concordance&q=轮会谈").text


def test_a_file_with_both_languages_is_recognised_in_a_pane(newcomer):
    found = newcomer.upload("/add/preview", text=("both.csv", TABLE)).json
    assert found["several"]
    mixed = "".join(f"第{n}轮会谈。\nRound {n}.\n" for n in range(6)).encode()
    assert newcomer.upload("/add/preview", text=mixed).json["several"]
    as_text = newcomer.upload("/add/preview", text=mixed, lang="zh-CN").json
    assert as_text["ok"]
    assert "several" not in as_text


def test_a_table_becomes_rows_or_terms(newcomer, fresh):
    found = look(newcomer, TABLE, "both.csv").json["html"]
    assert "Chinese is in column 1, English in column 2." in found
    assert put(newcomer, TABLE, "both.csv", "terms").json == {"url": "/terms"}
    assert {term.src for term in term_lists.own_terms(fresh)} >= {"第0轮会谈"}
    assert put(newcomer, TABLE, "both.csv", "rows").json["url"].startswith("/b/")


def test_one_language_below_the_other_becomes_two_texts_to_align(newcomer, fresh):
    below = "".join(f"第{n}轮会谈。\n" for n in range(5)) + "".join(
        f"Round {n}.\n" for n in range(5)
    )
    assert "one language below the other" in look(newcomer, below.encode(), "a.txt").json["html"]
    answer = put(newcomer, below.encode(), "a.txt", "texts", title="Below")
    assert answer.json == {"url": "/b/below"}
    assert jobs.current(fresh, "below").kind == jobs.ALIGN


def test_everything_of_a_bitext_comes_with_its_file(ws, newcomer, fresh):
    edit(ws, "confirm", rows=[rows_of(ws)[5].id], confirmed=True)
    stream = BytesIO()
    export(ws, SAMPLE, stream, ExportOptions(), "jsonl")
    found = look(newcomer, stream.getvalue(), "a.jsonl").json
    assert "JSON Lines" in found["html"]
    answer = put(newcomer, stream.getvalue(), "a.jsonl", "rows")
    assert answer.json == {"url": f"/b/{SAMPLE}"}
    assert rows_of(fresh) == rows_of(ws)


@pytest.mark.parametrize("form", ["intertext", "vecalign", "hunalign"])
def test_two_divided_texts_are_paired_by_their_links(ws, newcomer, fresh, form):
    stream = BytesIO()
    export(ws, SAMPLE, stream, ExportOptions(), form)
    with zipfile.ZipFile(stream) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    zh, en = (
        next(n for n in files if {"zh", "en"} & set(n.split(".")) == {x}) for x in ("zh", "en")
    )
    [links] = files.keys() - {zh, en}
    found = look(newcomer, files[links], links).json
    assert found["links"]
    for name in (zh, en):
        assert newcomer.upload("/add/preview", text=(name, files[name])).json["ok"]
    answer = newcomer.upload(
        "/add", src=(zh, files[zh]), tgt=(en, files[en]), links=(links, files[links]),
        title="Paired", first="src",
    )  # fmt: skip
    assert answer.status_code == 200, answer.json
    assert len(rows_of(ws)) - 15 < len(fresh.state("paired").collection("beads"))


def test_errors_and_comments_go_to_their_text(ws, reader):
    row = rows_of(ws)[5]
    note = {"kind": "error", "category": "accuracy/number", "severity": "major"}
    span = [row.tgt.start, row.tgt.start + 4]
    edit(ws, "annotate", annotation=note | {"tgt": span, "note": "wrong"})
    stream = BytesIO()
    export(ws, SAMPLE, stream, ExportOptions(), "mqm")
    [id_] = ws.state(SAMPLE).collection("annotations")
    args = {"id": id_}
    seen = ws.state(SAMPLE).seq
    review.perform(
        ws, SAMPLE, "remove-annotation", args, author="Lin", seen=seen, operation_id=new_id()
    )
    found = look(reader, stream.getvalue(), "a.tsv").json
    assert SAMPLE in found["html"]
    answer = put(reader, stream.getvalue(), "a.tsv", "errors", bitext=SAMPLE)
    assert answer.json == {"url": f"/b/{SAMPLE}"}
    assert len(ws.state(SAMPLE).collection("annotations")) == 1
    packet = {"workbench": "packet notes", "author": "Ada", "bitext": SAMPLE,
              "src": ws.text(f"{SAMPLE}.zh").sha256, "tgt": ws.text(f"{SAMPLE}.en").sha256,
              "notes": []}  # fmt: skip
    found = look(reader, json.dumps(packet).encode(), "notes.json").json
    assert "Comments by Ada" in found["html"]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.tmx", TMX[:-30], "the XML is broken"),
        ("a.tmx", b"<html/>", "no TMX"),
        ("a.txt", b"Only English here. And more of it.", "a text in one language"),
    ],
)
def test_what_will_not_do_is_refused_in_a_sentence(newcomer, fresh, name, data, says):
    answer = look(newcomer, data, name)
    assert answer.status_code == 422
    assert says in answer.json["error"]
    answer = put(newcomer, data, name, "memory")
    assert answer.status_code in (400, 422)
    assert memories.memories(fresh) == []
    assert library.shelves(fresh) == []


def test_a_name_leads_nowhere(newcomer, fresh):
    for name in ("../../escape.tmx", "..\\escape.tmx", "/escape.tmx", ".tmx"):
        assert look(newcomer, TMX, name).status_code == 200, name
    assert not (fresh.root.parent / "escape.tmx").exists()


def test_a_bitext_that_is_there_is_not_overwritten(ws, reader):
    stream = BytesIO()
    export(ws, SAMPLE, stream, ExportOptions(), "jsonl")
    answer = put(reader, stream.getvalue(), "a.jsonl", "rows")
    assert answer.status_code == 422
    assert "already the bitext" in answer.json["error"]
