"""Two texts in one language compared: readouts by meaning, translations by way of the original."""

import json
from itertools import pairwise

import pytest
from click.testing import CliRunner

from tests.support import GOLD, SAMPLE, keep_alignment, read_gold
from workbench.align.alike import align_alike
from workbench.cli import main
from workbench.domain.alignment import Bead
from workbench.domain.comparing import Alike, in_order
from workbench.domain.text import Span
from workbench.encode import load_encoder
from workbench.errors import UsageError
from workbench.segment import segment
from workbench.services import library
from workbench.services.comparing import compare
from workbench.storage.catalogue import Pairing

OURS = [
    "泰维总统在首都会见了韦萨尔总理。",
    "双方同意把双边贸易额提高到120亿元。",
    "泰维总统强调，任何第三方都无权干涉两国关系。",
    "会见后，两国外长签署了渔业合作协定。",
]
THEIRS = [
    "韦萨尔总理今天在首都会见泰维总统。",
    "两国外长随后签署渔业合作协定。",
    "双方同意提高双边贸易额。",
    "总理就河水污染问题表达了关切。",
]


@pytest.fixture(scope="module")
def encoder():
    return load_encoder("bundled")


def paired(rows):
    return {(row.first, row.second) for row in rows if row.first and row.second}


def test_sentences_that_say_the_same_meet_in_any_order(encoder):
    rows = align_alike(OURS, THEIRS, encoder, chinese=True)
    assert paired(rows) == {((0,), (0,)), ((1,), (2,)), ((3,), (1,))}
    assert [row.first for row in rows if not row.second] == [(2,)]
    assert [row.second for row in rows if not row.first] == [(3,)]
    assert sum(row.moved for row in rows) == 1


def test_a_sentence_that_the_other_text_divides_is_joined(encoder):
    whole = ["双方同意加强渔业、农业和能源合作，并就跨境河流保护保持沟通。"]
    parts = ["双方同意加强渔业、农业和能源合作。", "双方将就跨境河流保护保持沟通。"]
    (row,) = align_alike(whole, parts, encoder, chinese=True)
    assert (row.first, row.second) == ((0,), (0, 1))


def test_texts_on_other_matters_share_nothing_and_english_works_too(encoder):
    other = ["稻米产量创下新高。", "今年冬天格外寒冷，许多湖面结了冰。"]
    assert not paired(align_alike(OURS, other, encoder, chinese=True))
    a = ["The two sides agreed to raise trade.", "The minister left at noon."]
    b = ["The minister departed at noon.", "It rained."]
    assert paired(align_alike(a, b, encoder, chinese=False)) == {((1,), (0,))}


def test_one_side_may_be_empty(encoder):
    rows = align_alike(OURS, [], encoder, chinese=True)
    assert [row.first for row in rows] == [(0,), (1,), (2,), (3,)]


def test_rows_follow_the_first_text_and_the_others_follow_their_neighbours():
    rows = [Alike((0,), (0,)), Alike((1,), (2,)), Alike((), (1,)), Alike((), (3,)), Alike((2,), ())]
    assert [(r.first, r.second) for r in in_order(rows)] == [
        ((0,), (0,)), ((), (1,)), ((1,), (2,)), ((), (3,)), ((2,), ()),
    ]  # fmt: skip


def test_the_command_compares_files_word_by_word(tmp_path):
    files = []
    for name, lines in (("a.txt", OURS), ("b.txt", THEIRS)):
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8")
        files.append(str(path))
    found = json.loads(CliRunner().invoke(main, ["compare", *files, "--json"]).stdout)
    assert (found["both"], found["only_first"], found["only_second"]) == (3, 1, 1)
    trade = next(row for row in found["rows"] if "120亿" in row["first"])
    assert "".join(text for kind, text in trade["pieces"] if kind != "new") == trade["first"]
    assert "".join(text for kind, text in trade["pieces"] if kind != "old") == trade["second"]
    assert "120" in "".join(text for kind, text in trade["pieces"] if kind == "old")
    start, stop = trade["second_span"]
    assert "\n".join(THEIRS)[start:stop] == trade["second"]
    assert "120" in CliRunner().invoke(main, ["compare", *files]).stdout


@pytest.fixture
def two_versions(ws):
    """The sample with a second translation, which lacks a sentence and says one otherwise."""
    first = ws.text(f"{SAMPLE}.en").content
    changed = first.replace("practical cooperation", "hands-on cooperation", 1)
    draft = library.read_draft(ws, changed.encode(), name="second.txt", lang="en-US")
    entry = library.store_text(ws, draft, title="Second", translator="Wang")
    ws.catalogue.add_pairing(Pairing("second", "Second", f"{SAMPLE}.zh", entry.id))
    library.find_bitext(ws, "second")
    keep_alignment(ws, "second", read_gold(GOLD / f"{SAMPLE}.sentences.align"))
    return ws


def test_two_translations_are_compared_by_way_of_the_original(two_versions, reader):
    found = compare(two_versions, SAMPLE, "second")
    assert found.bitexts == (SAMPLE, "second")
    different = [row for row in found.rows if not row.same]
    (row,) = [row for row in different if row.kind == "both"]
    assert {p.text.strip() for p in row.pieces if p.kind != "same"} == {"practical", "hands-on"}
    assert row.src
    page = reader.get(f"/compare?first={SAMPLE}&second=second").text
    assert "<ins>hands-on</ins>" in page
    assert f"#r-{row.rows[1]}" in page


def test_what_a_version_lacks_stands_alone_though_its_row_was_joined_to_the_next(ws, reader):
    """The aligner gives a row of two Chinese sentences where one of them is not translated."""
    first = ws.text(f"{SAMPLE}.en")
    gold = read_gold(GOLD / f"{SAMPLE}.sentences.align")
    sentences = segment(first.content, "en-US").sentences
    at = next(
        n for n, (a, b) in enumerate(pairwise(gold))
        if n > 20 and len(a.src) == len(a.tgt) == len(b.src) == len(b.tgt) == 1
    )  # fmt: skip
    lost = sentences[gold[at].tgt.start]
    left = first.content[: lost.start] + first.content[lost.stop :]
    entry = library.store_text(ws, library.read_draft(ws, left.encode(), name="less.txt"))
    ws.catalogue.add_pairing(Pairing("less", "Less", f"{SAMPLE}.zh", entry.id))
    library.find_bitext(ws, "less")
    joined = Bead(
        Span(gold[at].src.start, gold[at + 1].src.stop), Span(gold[at].tgt.start, gold[at].tgt.stop)
    )
    later = [Bead(bead.src, bead.tgt.shift(-1)) for bead in gold[at + 2 :]]
    keep_alignment(ws, "less", [*gold[:at], joined, *later])
    found = compare(ws, SAMPLE, "less")
    (alone,) = [row for row in found.rows if row.kind == "first" and row.src]
    assert (alone.kind, alone.first.of(first.content)) == ("first", lost.of(first.content).strip())
    assert alone.src
    assert alone.rows[0]
    assert '<tr class="first-side">' in reader.get(f"/compare?first={SAMPLE}&second=less").text


def test_what_cannot_be_compared_is_said(ws, reader):
    with pytest.raises(UsageError, match="same text"):
        compare(ws, f"{SAMPLE}.zh", SAMPLE)
    with pytest.raises(UsageError, match="Chinese"):
        compare(ws, f"{SAMPLE}.zh", f"{SAMPLE}.en")
    page = reader.get(f"/compare?first={SAMPLE}.zh&second={SAMPLE}.en").text
    assert 'role="alert"' in page
    assert "nowhere" in reader.get("/compare?first=nowhere&second=else").text
