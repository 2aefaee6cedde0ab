"""Adding texts in the browser: the preview, the refusal, the pair that is made."""

import pytest

from tests.support import SAMPLE, Reader
from workbench.services import jobs, library
from workbench.settings import Settings
from workbench.web import create_app

CHINESE = "主席会见了外宾。双方就合作问题交换了意见。\r\n会谈在友好的气氛中进行。\r\n".encode()
ENGLISH = (
    b"The President met the guests. They talked about cooperation.\r\nThe talks were warm.\r\n"
)


@pytest.fixture
def newcomer(fresh):
    return Reader(create_app(fresh))


def preview(reader, data, **more):
    answer = reader.upload("/add/preview", text=data, **more)
    assert answer.status_code == 200
    return answer.json


def test_a_preview_shows_what_was_recognised_and_stores_nothing(newcomer, fresh):
    found = preview(newcomer, CHINESE)
    assert found["ok"]
    assert found["lang"] == "zh-CN"
    assert "2 paragraphs" in found["html"]
    assert "3 sentences" in found["html"]
    assert "会谈在友好的气氛中进行" in found["html"]
    assert preview(newcomer, ENGLISH)["lang"] == "en-US"
    assert preview(newcomer, ENGLISH, lang="en-GB")["lang"] == "en-GB"
    assert fresh.catalogue.entries() == {}


@pytest.mark.parametrize("data", [b"", b"  \n ", b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe\x00" * 50])
def test_a_preview_of_something_else_says_why_not(newcomer, data):
    found = preview(newcomer, data)
    assert not found["ok"]
    assert "form-error" in found["html"]


def test_a_preview_without_a_file_is_refused(newcomer):
    found = newcomer.upload("/add/preview").json
    assert not found["ok"]
    assert "Choose a file or paste a text" in found["html"]


def test_a_text_that_the_workbench_knows_is_named(reader, ws):
    data = (ws.root / "texts" / f"{SAMPLE}.zh.txt").read_bytes()
    found = preview(reader, data)
    assert found["title"] == ws.catalogue.entry(f"{SAMPLE}.zh").title
    assert "knows this text" in found["html"]


def test_two_texts_are_stored_as_they_came_and_aligning_begins(newcomer, fresh):
    answer = newcomer.upload("/add", src=CHINESE, tgt=ENGLISH, title=" The  talks ")
    assert answer.status_code == 200
    assert answer.json == {"url": "/b/the-talks"}
    assert (fresh.root / "texts" / "the-talks.zh.txt").read_bytes() == CHINESE
    assert (fresh.root / "texts" / "the-talks.en.txt").read_bytes() == ENGLISH
    assert jobs.current(fresh, "the-talks").kind == jobs.ALIGN
    assert newcomer.get("/b/the-talks").status_code == 200
    assert newcomer.upload("/add", src=CHINESE, tgt=ENGLISH, title="Again").json == answer.json


def test_the_chinese_is_the_original_whichever_pane_it_was_put_in(newcomer, fresh):
    newcomer.upload("/add", src=ENGLISH, tgt=CHINESE, title="Talks")
    bitext = fresh.bitext("talks")
    assert fresh.text(bitext.src_id).lang == "zh-CN"


def test_a_pair_that_is_aligned_already_is_opened_not_aligned_again(reader, ws):
    texts = [(ws.root / "texts" / f"{SAMPLE}.{lang}.txt").read_bytes() for lang in ("zh", "en")]
    answer = reader.upload("/add", src=texts[0], tgt=texts[1], title="Mine")
    assert answer.json == {"url": f"/b/{SAMPLE}"}
    assert jobs.current(ws, SAMPLE) is None


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"src": CHINESE, "tgt": CHINESE + b"."}, "Both texts are in Chinese"),
        ({"src": ENGLISH, "tgt": ENGLISH + b"."}, "Both texts are in English"),
        ({"src": CHINESE}, "Choose a file or paste a text on each side"),
        ({"src": CHINESE, "tgt": b"\n\n"}, "only white space"),
        ({"src": CHINESE, "tgt": ENGLISH, "tgt_lang": "tlh"}, "'tlh' is unknown"),
    ],
)
def test_two_texts_that_will_not_do_are_refused_and_nothing_is_stored(
    newcomer, fresh, fields, message
):
    answer = newcomer.upload("/add", **fields)
    assert answer.status_code in (400, 422)
    assert message in answer.json["error"]
    assert fresh.catalogue.entries() == {}
    assert library.shelves(fresh) == []


def test_ten_megabytes_are_refused_in_a_sentence(newcomer, fresh):
    big = b"The talks were warm. " * 500_000
    answer = newcomer.upload("/add", src=CHINESE, tgt=big)
    assert answer.status_code == 422
    assert "10.5 MB" in answer.json["error"]
    assert "workbench import" in answer.json["error"]
    found = preview(newcomer, big)
    assert not found["ok"]
    assert "10.5 MB" in found["html"]
    assert fresh.catalogue.entries() == {}


def test_a_flood_is_cut_off_in_a_sentence(fresh):
    reader = Reader(create_app(type(fresh)(fresh.root, Settings(upload_limit=1000))))
    answer = reader.upload("/add", src=CHINESE, tgt=ENGLISH * 3000)
    assert answer.status_code == 413
    assert "too large for the browser" in answer.json["error"]
