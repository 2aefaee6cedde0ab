"""The catalogue of texts: a file that people edit too."""

import hashlib
import subprocess
import sys

import pytest

from tests.support import ROOT
from workbench.errors import BadInput, UnknownName
from workbench.storage.catalogue import Catalogue, Entry, Pairing

WRITTEN = """\
# Our texts, newest last.

[[text]]  # the first one
id = "a.zh"
title = '甲'
lang = "zh-CN"
sha256 = "00"
note = "kept as it was written"

# only known
[[text]]
id = "a.en"
title = "A"
lang = "en-US"
sha256 = "11"

[[bitext]]
id = "a"
title = "A pair"
source = "a.zh"
target = "a.en"
# the end
"""


def entry(id, **more):  # noqa: A002
    return Entry(**({"id": id, "title": id, "lang": "en-US", "sha256": ""} | more))


@pytest.fixture
def catalogue(tmp_path):
    found = Catalogue(tmp_path)
    found.create()
    return found


@pytest.fixture
def written(catalogue):
    catalogue.path.write_text(WRITTEN, encoding="utf-8")
    return catalogue


def test_a_text_is_kept_byte_for_byte_and_read_back(catalogue):
    content = "one\r\ntwo\u2028three\x00four\r e\u0301 \U0001f600\n\n"
    stored = catalogue.add(entry("t", date="2026-01-02"), content, content.encode())
    assert (catalogue.folder / "t.txt").read_bytes() == content.encode()
    assert stored.sha256 == hashlib.sha256(content.encode()).hexdigest()
    text = catalogue.read("t")
    assert text.content == content
    assert text.date == "2026-01-02"


def test_the_original_is_kept_beside_a_text_that_was_decoded(catalogue):
    raw = "你好".encode("gb18030")
    stored = catalogue.add(entry("t", lang="zh-CN", encoding="gb18030"), "你好", raw)
    assert (catalogue.folder / stored.original).read_bytes() == raw
    assert catalogue.entry("t") == stored
    assert catalogue.by_hash(hashlib.sha256(raw).hexdigest()) == stored
    assert catalogue.by_hash(hashlib.sha256("你好".encode()).hexdigest()) == stored
    assert catalogue.by_hash("0" * 64) is None


def test_adding_keeps_comments_order_and_unknown_keys(written):
    written.add(entry("b.zh", title='say "hi" \\ \x07'), "二", "二".encode())
    written.add_pairing(Pairing("b", "B", "b.zh", "a.en"))
    text = written.path.read_text(encoding="utf-8")
    for line in WRITTEN.splitlines():
        assert line in text
    assert list(written.entries()) == ["a.zh", "a.en", "b.zh"]
    assert list(written.pairings()) == ["a", "b"]
    assert written.entry("b.zh").title == 'say "hi" \\ \x07'
    known = [text.index(line) for line in ("# Our texts", "甲", "# only known", "A pair")]
    assert known == sorted(known)


def test_a_known_text_is_completed_in_its_own_place(written):
    written.add(written.entry("a.en"), "Words.", b"Words.")
    assert list(written.entries()) == ["a.zh", "a.en"]
    assert written.read("a.en").content == "Words."
    assert "# only known" in written.path.read_text(encoding="utf-8")


def test_adding_the_same_again_changes_nothing(catalogue):
    catalogue.add(entry("t"), "one", b"one")
    catalogue.add_pairing(Pairing("p", "P", "t", "t"))
    before = catalogue.path.read_bytes()
    catalogue.add(entry("t"), "one", b"one")
    catalogue.add_pairing(Pairing("p", "P", "t", "t"))
    assert catalogue.path.read_bytes() == before


def test_another_text_under_the_same_id_is_refused_and_the_first_stays(catalogue):
    catalogue.add(entry("t"), "one", b"one")
    with pytest.raises(BadInput, match="already another text 't'"):
        catalogue.add(entry("t"), "two", b"two")
    assert catalogue.read("t").content == "one"


def test_a_text_that_was_tampered_with_is_refused(catalogue):
    catalogue.add(entry("t"), "one", b"one")
    (catalogue.folder / "t.txt").write_bytes(b"onE")
    with pytest.raises(BadInput, match=r"texts/t\.txt was changed since it was imported"):
        catalogue.read("t")


def test_a_text_that_is_gone_or_only_known_says_what_to_do(written):
    written.add(entry("t"), "one", b"one")
    (written.folder / "t.txt").unlink()
    with pytest.raises(BadInput, match=r"texts/t\.txt .* is missing; put it back"):
        written.read("t")
    with pytest.raises(BadInput, match="known but not stored here"):
        written.read("a.en")
    with pytest.raises(UnknownName, match=r"no text named 'x'; choose from: a\.en, a\.zh, t"):
        written.read("x")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[[text", "can't be read"),
        ('[[text]]\nid = "a"\n', r"entry 1 of \[\[text\]\] lacks a required key"),
        ("\ufffe".encode("utf-16").decode("latin-1"), "can't be read"),
    ],
)
def test_a_broken_catalogue_is_named_and_left_alone(catalogue, toml, message):
    catalogue.path.write_text(toml, encoding="latin-1")
    before = catalogue.path.read_bytes()
    with pytest.raises(BadInput, match=rf"texts/catalogue\.toml.*{message}"):
        catalogue.add(entry("t"), "one", b"one")
    assert catalogue.path.read_bytes() == before


def test_creating_leaves_a_catalogue_that_is_there(written):
    written.create()
    assert written.path.read_text(encoding="utf-8") == WRITTEN


def test_processes_that_add_at_once_lose_nothing(catalogue):
    code = """
import pathlib, sys
from workbench.storage.catalogue import Catalogue, Entry
catalogue = Catalogue(pathlib.Path(sys.argv[1]))
sys.stdin.readline()
for n in range(10):
    text = f"{sys.argv[2]} {n}"
    entry = Entry(f"{sys.argv[2]}{n}", text, "en-US", "")
    catalogue.add(entry, text, text.encode())
"""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(catalogue.folder.parent), name],
            stdin=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for name in ("p", "q")
    ]
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in started:
        process.communicate()
    assert [process.returncode for process in started] == [0, 0]
    assert set(catalogue.entries()) == {f"{name}{n}" for name in "pq" for n in range(10)}
    assert {catalogue.read(f"q{n}").content for n in range(10)} == {f"q {n}" for n in range(10)}
