"""The project's own sample and its hand-made gold agree with each other and with the catalogue."""

import ast
import csv
import hashlib
import tomllib
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from workbench.domain.alignment import Bead, check_tiling, paragraph_groups
from workbench.domain.review import MQM_CATEGORIES, Severity
from workbench.domain.text import Span

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "texts"
GOLD = ROOT / "alignments" / "gold"
READOUT = ROOT.parent / "shared" / "texts" / "readout-2025-05"
LANGS = ("zh", "en")
BESIDES_MQM = {"accuracy/modality", "accuracy/polarity", "accuracy/attribution"}


def catalogue():
    return tomllib.loads((TEXTS / "catalogue.toml").read_text(encoding="utf-8"))


def content(lang):
    return (TEXTS / f"lanting-visit.{lang}.txt").read_bytes().decode("utf-8")


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def sentences(lang):
    """The gold sentences of a side: paragraph numbers and spans."""
    rows = table(GOLD / f"lanting-visit.{lang}.sentences.tsv")
    assert [int(row["index"]) for row in rows] == list(range(len(rows)))
    spans = [Span(int(row["start"]), int(row["stop"])) for row in rows]
    return [int(row["paragraph"]) for row in rows], spans


def beads(level):
    """The gold beads of a level, checked to be in order and without gaps."""
    found = []
    i = j = 0
    for line in (GOLD / f"lanting-visit.{level}.align").read_text(encoding="utf-8").splitlines():
        src, tgt = (ast.literal_eval(side) for side in line.split(":"))
        assert src == list(range(i, i + len(src)))
        assert tgt == list(range(j, j + len(tgt)))
        found.append(Bead(Span(i, i + len(src)), Span(j, j + len(tgt))))
        i, j = found[-1].src.stop, found[-1].tgt.stop
    return found


def divergences():
    return table(TEXTS / "lanting-visit.divergences.tsv")


def test_stored_texts_have_the_hash_the_catalogue_gives():
    stored = [entry for entry in catalogue()["text"] if "file" in entry]
    for entry in stored:
        assert hashlib.sha256((TEXTS / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert {"lanting-visit.zh", "lanting-visit.en"} <= {entry["id"] for entry in stored}


@pytest.mark.parametrize("lang", LANGS)
def test_the_readout_is_known_by_its_hash_but_not_stored(lang):
    (entry,) = [e for e in catalogue()["text"] if e["id"] == f"readout-2025-05.{lang}"]
    assert "file" not in entry
    file = READOUT / f"{lang}.txt"
    if not file.exists():
        pytest.skip("the readout is not part of the project and is not here")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == entry["sha256"]


def test_every_pair_names_texts_of_the_catalogue():
    known = {entry["id"]: entry["lang"] for entry in catalogue()["text"]}
    for pair in catalogue()["bitext"]:
        assert known[pair["source"]] == "zh-CN"
        assert known[pair["target"]] == "en-US"


@pytest.mark.parametrize("lang", LANGS)
def test_texts_are_plain(lang):
    text = content(lang)
    assert text.endswith("\n")
    assert "\n\n" not in text
    assert unicodedata.is_normalized("NFC", text)
    odd = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}}
    assert odd == {"\n"}


@pytest.mark.parametrize("lang", LANGS)
def test_gold_sentences_tile_a_text_of_the_promised_size(lang):
    text = content(lang)
    paragraphs, spans = sentences(lang)
    assert len(spans) >= 60
    assert spans[0].start == 0
    assert spans[-1].stop == len(text)
    assert all(a.stop == b.start for a, b in pairwise(spans))
    lines = text.splitlines(keepends=True)
    assert len(lines) >= 14
    joined = [""] * len(lines)
    for paragraph, span in zip(paragraphs, spans, strict=True):
        quote = span.of(text)
        assert quote.strip()
        assert quote == quote.lstrip()
        joined[paragraph] += quote
    assert joined == lines


def test_gold_alignment_covers_every_sentence_once():
    gold = beads("sentences")
    check_tiling(gold, len(sentences("zh")[1]), len(sentences("en")[1]))
    kinds = Counter(bead.kind for bead in gold)
    assert kinds["1-2"] >= 1
    assert kinds["2-1"] >= 2
    commentary = next(n for n, bead in enumerate(gold) if not bead.is_null)
    assert commentary >= 2
    assert {bead.kind for bead in gold[commentary:] if bead.is_null} == {"0-1", "1-0"}


def test_paragraph_gold_follows_from_sentence_gold():
    zh, en = sentences("zh")[0], sentences("en")[0]
    assert beads("paragraphs") == list(paragraph_groups(beads("sentences"), zh, en))
    assert [bead.kind for bead in beads("paragraphs")[:3]] == ["0-1", "0-1", "1-1"]


@pytest.mark.parametrize("lang", LANGS)
def test_divergences_quote_their_words(lang):
    text = content(lang)
    spans = sentences(lang)[1]
    for row in divergences():
        span = Span(int(row[f"{lang}_start"]), int(row[f"{lang}_stop"]))
        assert span.of(text) == row[f"{lang}_words"], row["id"]
        sentence = spans[int(row[f"{lang}_sentence"])]
        assert sentence.start <= span.start <= span.stop <= sentence.stop, row["id"]


def test_divergences_stand_in_rows_that_belong_together():
    """Both sentences are in one bead, or one of them is null and its gap is just before."""
    gold = beads("sentences")
    for row in divergences():
        zh, en = int(row["zh_sentence"]), int(row["en_sentence"])
        at_zh = next(n for n, bead in enumerate(gold) if zh in bead.src)
        at_en = next(n for n, bead in enumerate(gold) if en in bead.tgt)
        gap_before = (not row["zh_words"] and at_en == at_zh + 1) or (
            not row["en_words"] and at_zh == at_en + 1
        )
        assert at_zh == at_en or gap_before, row["id"]


def test_divergences_are_many_and_of_all_the_kinds():
    rows = divergences()
    assert len(rows) >= 20
    assert len({row["id"] for row in rows}) == len(rows)
    categories = {row["category"] for row in rows}
    assert categories <= MQM_CATEGORIES.keys() | BESIDES_MQM
    assert categories >= BESIDES_MQM | {
        "accuracy/number",
        "accuracy/omission",
        "accuracy/addition",
        "accuracy/name",
        "accuracy/mistranslation",
        "terminology/wrong-term",
        "terminology/inconsistent",
        "linguistic-conventions/punctuation",
        "linguistic-conventions/duplication",
    }
    for row in rows:
        assert Severity(row["severity"])
        assert row["zh_words"] or row["en_words"]
        assert row["note"]
        assert row["suggested_en"] != row["en_words"]


def test_the_page_about_the_sample_lists_what_was_planted():
    page = (ROOT / "docs" / "sample.md").read_text(encoding="utf-8")
    for row in divergences():
        assert f"| {row['id']} | {row['category']} | {row['severity']} |" in page
