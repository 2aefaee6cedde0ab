"""The aligner on whole texts: the sample always, the real ones where they are."""

import csv
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from workbench.align import Side, align
from workbench.domain.alignment import paragraph_groups
from workbench.encode import load_encoder
from workbench.encode.cache import CachedEncoder, VectorStore
from workbench.errors import BadInput, NotTranslations
from workbench.evaluate.bench_align import read_lines, run
from workbench.evaluate.scores import groups, read_gold, strict
from workbench.segment import segment

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
GOLD = ROOT / "alignments" / "gold"


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    with closing(VectorStore(tmp_path_factory.mktemp("vectors") / "v.sqlite")) as store:
        yield CachedEncoder(load_encoder("bundled"), store)


def shared(path):
    if not (SHARED / path).exists():
        pytest.skip(f"the shared material is not here: {path}")
    return SHARED / path


def sample(lang):
    content = (ROOT / "texts" / f"lanting-visit.{lang}.txt").read_bytes().decode("utf-8")
    division = segment(content, lang)
    datelines = {span.start: span.stop for span in division.datelines}
    with (GOLD / f"lanting-visit.{lang}.sentences.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    spans = [(int(row["start"]), int(row["stop"])) for row in rows]
    sentences = tuple(content[datelines.get(a, a) : b].strip() for a, b in spans)
    return Side(sentences, tuple(int(row["paragraph"]) for row in rows), (), lang)


def readout(lang):
    path = shared(f"texts/readout-2025-05/{lang}.txt")
    content = path.read_bytes().decode("utf-8")
    division = segment(content, lang)
    datelines = {span.start: span.stop for span in division.datelines}
    sentences = tuple(
        content[datelines.get(span.start, span.start) : span.stop].strip()
        for span in division.sentences
    )
    numbers = division.paragraph_numbers()
    return Side(sentences, numbers, tuple(division.roles[n] for n in numbers), lang)


def test_the_sample(encoder):
    src, tgt = sample("zh"), sample("en")
    result = align(src, tgt, encoder=encoder)
    assert (
        strict(groups(result.beads), read_gold(GOLD / "lanting-visit.sentences.align")).f1 >= 0.96
    )
    found = paragraph_groups(result.beads, src.paragraphs, tgt.paragraphs)
    assert strict(groups(found), read_gold(GOLD / "lanting-visit.paragraphs.align")).f1 == 1.0


def test_the_sample_without_paragraphs(encoder):
    src, tgt = (Side(sample(lang).sentences, lang=lang) for lang in ("zh", "en"))
    result = align(src, tgt, encoder=encoder)
    assert (
        strict(groups(result.beads), read_gold(GOLD / "lanting-visit.sentences.align")).f1 >= 0.95
    )


def test_what_the_sieve_gives_up_would_change_nothing(encoder, monkeypatch):
    src, tgt = (Side(sample(lang).sentences, lang=lang) for lang in ("zh", "en"))
    result = align(src, tgt, encoder=encoder)
    monkeypatch.setattr("workbench.align.chain._SIEVE", 1e-30)
    whole = align(src, tgt, encoder=encoder)
    assert groups(result.beads) == groups(whole.beads)
    both = zip(result.beads, whole.beads, strict=True)
    assert max(abs(one.probability - other.probability) for one, other in both) < 0.05


def test_the_readout(encoder):
    gold = shared("gold/readout-2025-05")
    src, tgt = readout("zh"), readout("en")
    result = align(src, tgt, encoder=encoder)
    turned = [(zh, en) for en, zh in read_gold(gold / "sentence.gold.align")]
    assert strict(groups(result.beads), turned).f1 >= 0.99
    lines = (gold / "paragraph.gold.tsv").read_text(encoding="utf-8").splitlines()[1:]
    expected = []
    for line in lines:
        en, zh = ([int(n) - 1 for n in part.split(",") if n] for part in line.split("\t"))
        expected.append((tuple(zh), tuple(en)))
    found = groups(paragraph_groups(result.beads, src.paragraphs, tgt.paragraphs))
    assert sorted(found) == sorted(expected)


def test_a_briefing_is_no_translation_of_another_one(encoder):
    folder = shared("texts/briefings")
    tgt = readout("en")
    for path in sorted(folder.glob("*.zh.txt")):
        content = path.read_text(encoding="utf-8")
        if path.name == "2025-05-11.zh.txt":  # the readout's own original
            continue
        src = Side(
            tuple(s.of(content).strip() for s in segment(content, "zh").sentences), lang="zh"
        )
        with pytest.raises(NotTranslations, match="translations of each other"):
            align(src, tgt, encoder=encoder)


@pytest.mark.parametrize(("src", "tgt"), [("001", "004"), ("003", "006")])
def test_chapters_of_different_novels_are_refused(encoder, src, tgt):
    folder = shared("bench/align/mac-dev")
    with pytest.raises(NotTranslations):
        align(
            Side(read_lines(folder / "src" / src), lang="zh"),
            Side(read_lines(folder / "tgt" / tgt), lang="en"),
            encoder=encoder,
        )


@pytest.mark.full
@pytest.mark.parametrize(
    ("folder", "src", "least", "level"),
    [("bench/align/mac-dev", "zh", 0.925, "sentence"), ("bench/align/mag", "en", 0.989, "sentence"),
     ("bench/paragraphs", "zh", 0.985, "sentence"), ("bench/paragraphs", "zh", 0.99, "paragraph")],
)  # fmt: skip
def test_the_benchmarks(encoder, folder, src, least, level):
    # the weights were fitted on the first two; figures by documents left out are in the docs
    result = run(shared(folder), src, "en" if src == "zh" else "zh", encoder=encoder, level=level)
    assert result.strict.f1 >= least
    assert result.calibration.error <= 0.03
    assert result.to_json()["signature"] == result.signature


def test_the_benchmark_on_paragraphs(encoder, tmp_path):
    zh = "你好。今天下雨。\n我们去市场买菜。\n"
    en = "Hello. It is raining today.\nWe go to the market.\nWe buy vegetables there.\n"
    for part, text in (("src", zh), ("tgt", en), ("gold", "[0]:[0]\n[1]:[1,2]\n")):
        (tmp_path / part).mkdir()
        (tmp_path / part / f"a{'.align' if part == 'gold' else ''}").write_text(text, "utf-8")
    result = run(tmp_path, "zh", "en", encoder=encoder, level="paragraph")
    assert result.strict.f1 == result.joined.f1 == 1.0
    assert (result.documents[0].n_src, result.documents[0].n_tgt) == (2, 3)


def test_the_benchmark_on_a_small_folder(encoder, tmp_path):
    for part, text in (("src", "你好。\n今天下雨。\n"), ("tgt", "Hello.\nIt is raining today.\n")):
        (tmp_path / part).mkdir()
        (tmp_path / part / "a").write_text(text, encoding="utf-8")
    (tmp_path / "gold").mkdir()
    gold = tmp_path / "gold" / "a.align"
    gold.write_text("[0]:[0]\n[1]:[1]\n", encoding="utf-8")
    result = run(tmp_path, "zh", "en", encoder=encoder)
    assert result.strict.f1 == result.lax.f1 == 1.0
    assert result.kinds["1-1"].expected == 2
    assert result.peak_memory > 10_000_000
    gold.write_text("[0]:[0]\n[1]:[7]\n", encoding="utf-8")
    with pytest.raises(BadInput, match="names segment 7 of a text that has 2"):
        run(tmp_path, "zh", "en", encoder=encoder)
    with pytest.raises(BadInput, match=r"no gold/NAME\.align"):
        run(tmp_path / "src", "zh", "en", encoder=encoder)


def test_aligning_loads_no_torch(tmp_path):
    code = (
        "import sys; from workbench.align import Side, align;"
        "from workbench.encode import load_encoder;"
        "align(Side(('今天下雨。',), lang='zh'), Side(('It is raining today.',), lang='en'),"
        " encoder=load_encoder('bundled'));"
        "assert not {'torch', 'sentence_transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)
