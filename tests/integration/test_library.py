"""Bringing texts in: what is stored, what is recognised, what is refused."""

import hashlib

import pytest

from tests.support import READOUT, SAMPLE
from workbench.errors import BadInput, UnknownName, UsageError
from workbench.services import library

CHINESE = "主席会见了外宾。双方就合作问题交换了意见，并达成重要共识。\n会谈在友好的气氛中进行。"
ENGLISH = (
    "The President met the guests. They exchanged views on cooperation.\n\nThe talks were warm."
)


def draft(ws, content, **more):
    data = content if isinstance(content, bytes) else content.encode()
    return library.read_draft(ws, data, **more)


def pair(ws, src=CHINESE, tgt=ENGLISH, **more):
    return library.create_bitext(ws, draft(ws, src), draft(ws, tgt), **more)


def stored_bytes(ws, entry):
    return (ws.root / "texts" / entry.file).read_bytes()


def test_two_texts_become_a_bitext_with_readable_names(fresh):
    bitext = pair(fresh, title="Talks in spring")
    assert bitext.id == "talks-in-spring"
    assert (bitext.src_id, bitext.tgt_id) == ("talks-in-spring.zh", "talks-in-spring.en")
    assert fresh.text(bitext.src_id).content == CHINESE
    assert fresh.catalogue.entry(bitext.tgt_id).lang == "en-US"
    (shelf,) = library.shelves(fresh)
    assert (shelf.id, shelf.status) == (bitext.id, "new")
    assert shelf.characters == len(CHINESE)


def test_the_same_two_texts_are_the_same_bitext_whatever_the_title(fresh):
    first = pair(fresh, title="One")
    again = pair(fresh, title="Another")
    assert again.id == first.id
    assert len(fresh.catalogue.entries()) == 2
    assert len(library.shelves(fresh)) == 1


def test_one_original_with_two_translations(fresh):
    first = pair(fresh, title="Talks")
    second = pair(fresh, tgt=ENGLISH.replace("warm", "friendly"), title="Talks")
    assert first.id != second.id
    assert first.src_id == second.src_id
    assert first.tgt_id != second.tgt_id


def test_a_title_in_chinese_still_gives_a_name_for_files(fresh):
    bitext = pair(fresh, title="外长会谈：要点?/..")
    assert set(bitext.id) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert (fresh.root / "texts" / f"{bitext.src_id}.txt").is_file()
    assert (
        fresh.catalogue.entry(bitext.src_id).title
        == "主席会见了外宾。双方就合作问题交换了意见，并达成重要共识。"
    )


@pytest.mark.parametrize(
    "content",
    [
        "会谈 one\r\ntwo\r\n\r\nthree\rfour\nfive",
        "会谈 one\u2028two\u2029three\x85four\x0cfive",
        "会谈 nul\x00nul\x00",
        "会谈 zero\u200bwidth\u200e e\u0301 \U0001f468\u200d\U0001f469 \ue000",
        "会谈" + "长" * 100_000,
        "\n\n  会谈 after blank lines \t\n \n",
    ],
    ids=["line ends", "separators", "NUL", "marks", "one long line", "blanks"],
)
def test_a_text_is_stored_exactly_as_it_came(fresh, content):
    data = content.encode()
    entry = library.store_text(fresh, draft(fresh, data, lang="zh-CN"), id="t")
    assert stored_bytes(fresh, entry) == data
    assert entry.sha256 == hashlib.sha256(data).hexdigest()
    assert fresh.text("t").content == content
    assert entry.original == ""
    division = draft(fresh, data, lang="zh-CN").segmentation
    assert "".join(span.of(content) for span in division.sentences) == content


def test_a_gb18030_text_is_kept_as_it_came_beside_its_utf8(fresh):
    data = (CHINESE * 3).encode("gb18030")
    found = draft(fresh, data, name="会谈.txt")
    assert found.content == CHINESE * 3
    assert found.title == "会谈"
    entry = library.store_text(fresh, found)
    assert stored_bytes(fresh, entry) == (CHINESE * 3).encode()
    assert (fresh.root / "texts" / entry.original).read_bytes() == data
    assert entry.original_sha256 == hashlib.sha256(data).hexdigest()
    assert entry.encoding != ""
    again = draft(fresh, data)
    assert again.known == entry
    assert draft(fresh, CHINESE * 3).known == entry


def test_a_byte_order_mark_is_dropped_from_the_text_and_kept_in_the_original(fresh):
    data = b"\xef\xbb\xbf" + CHINESE.encode()
    entry = library.store_text(fresh, draft(fresh, data))
    assert fresh.text(entry.id).content == CHINESE
    assert (fresh.root / "texts" / entry.original).read_bytes() == data


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", "\u3000\u2028\ufeff \x0c".encode(), b"\xef\xbb\xbf"]
)
def test_a_text_of_nothing_is_refused(fresh, data):
    with pytest.raises(BadInput, match=r"^note\.txt: .+"):
        draft(fresh, data, name="note.txt")
    assert fresh.catalogue.entries() == {}


def test_bytes_that_are_no_text_are_refused_with_the_file_and_the_byte(fresh):
    with pytest.raises(BadInput, match=r"^pic\.png: .*picture"):
        draft(fresh, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe\x00" * 9, name="pic.png")
    with pytest.raises(BadInput, match=r"^cut\.txt: .*[Bb]yte"):
        draft(fresh, ENGLISH.encode() + bytes(range(128, 256)) * 9, name="cut.txt")


def test_two_texts_in_one_language_are_refused_and_nothing_is_stored(fresh):
    with pytest.raises(BadInput, match="Both texts are in English"):
        pair(fresh, src=ENGLISH.replace("warm", "cold"))
    with pytest.raises(BadInput, match="Both texts are in Chinese"):
        pair(fresh, tgt=CHINESE + "完。")
    assert fresh.catalogue.entries() == {}
    assert library.shelves(fresh) == []


def test_a_language_can_be_corrected_but_not_invented(fresh):
    assert draft(fresh, CHINESE, lang="zh-TW").lang == "zh-TW"
    with pytest.raises(UsageError, match=r"'tlh' is unknown; choose from: zh-CN"):
        draft(fresh, CHINESE, lang="tlh")


def test_a_text_without_words_is_still_guessed_to_be_something(fresh):
    found = draft(fresh, "12345 67890")
    assert found.lang in library.LANGUAGES
    assert found.sure < 0.8


@pytest.mark.skipif(not READOUT.is_dir(), reason="the readout's files are not here")
def test_the_real_readout_is_recognised_by_its_hash(ws):
    files = {path.name: path.read_bytes() for path in READOUT.iterdir() if path.suffix == ".txt"}
    drafts = [draft(ws, data) for data in files.values()]
    known = {found.known.id: found for found in drafts if found.known}
    assert {"readout-2025-05.zh", "readout-2025-05.en"} <= set(known)
    src, tgt = known["readout-2025-05.zh"], known["readout-2025-05.en"]
    assert "2025年5月" in src.title
    bitext = library.create_bitext(ws, src, tgt, title="my own title")
    assert bitext.id == "readout-2025-05"
    entry = ws.catalogue.entry("readout-2025-05.zh")
    assert entry.date == "2025-05-11"
    assert "tv.cctv.com" in entry.source, "what was known of it stays"
    assert ws.text(entry.id).content == src.content


def test_a_pair_that_is_only_known_says_what_to_bring(ws):
    status = {shelf.id: shelf.status for shelf in library.shelves(ws)}
    assert status == {SAMPLE: "ready", "readout-2025-05": "new"}
    with pytest.raises(BadInput, match="known but not stored here; import its file"):
        library.find_bitext(ws, "readout-2025-05")
    with pytest.raises(UnknownName):
        library.find_bitext(ws, "nothing")


def test_the_library_goes_on_when_a_text_was_tampered_with(ws):
    (ws.root / "texts" / f"{SAMPLE}.en.txt").write_bytes(b"x")
    shelves = {shelf.id: shelf for shelf in library.shelves(ws)}
    assert shelves[SAMPLE].rows > 0
    assert shelves[SAMPLE].characters == 0


@pytest.mark.parametrize(
    ("name", "title"),
    [("readout/zh.txt", "readout"), ("zh.txt", "主席会见外宾。"), ("a/visit_en.txt", "visit en")],
)
def test_a_file_that_is_named_by_its_language_has_the_title_of_its_folder(fresh, name, title):
    draft = library.read_draft(fresh, "主席会见外宾。\n双方会谈。\n".encode(), name=name)
    assert draft.title == title
