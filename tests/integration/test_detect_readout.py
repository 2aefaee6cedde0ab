"""The detectors on real texts: the readout with its gold, and our own sample."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from workbench.detect import Context, check
from workbench.detect.terms import TermList
from workbench.domain.review import AlignedTexts, Flag, Row
from workbench.domain.text import Role, Span
from workbench.encode import load_encoder, load_word_encoder
from workbench.links import Linker

ROOT = Path(__file__).parents[2]
READOUT = ROOT.parent / "shared" / "gold" / "readout-2025-05"
COMMENTARY = 33  # English sentences in front of the translation
DATELINE = "央视网消息（新闻联播）："
MILD = 1  # severity rank of a minor finding

needs_readout = pytest.mark.skipif(
    not READOUT.exists(), reason="the real readout is not beside the project"
)


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _beads(path: Path) -> list[tuple[list[int], list[int]]]:
    lines = path.read_text(encoding="utf-8").split()
    sides = [re.fullmatch(r"\[(.*?)\]:\[(.*?)\]", line) for line in lines]
    return [
        tuple([int(n) for n in side.split(",") if n] for side in match.groups())  # type: ignore[misc]
        for match in sides
        if match
    ]


@cache
def readout() -> tuple[AlignedTexts, dict[int, int], list[Flag]]:
    """The readout by its gold, the row of each Chinese sentence, and its flags."""
    zh, en = (
        [line.split("\t")[3] for line in (READOUT / name).read_text("utf-8").splitlines()]
        for name in ("zh.sents.tsv", "en.sents.tsv")
    )
    rows: list[Row] = []
    where: dict[int, int] = {}
    for english, chinese in _beads(READOUT / "sentence.gold.align"):
        where |= dict.fromkeys(chinese, len(rows))
        role = Role.COMMENTARY if english and english[0] < COMMENTARY else Role.BODY
        src, tgt = "".join(zh[i] for i in chinese), " ".join(en[i] for i in english)
        dateline = len(DATELINE) if src.startswith(DATELINE) else 0
        rows.append(Row(str(len(rows)), src, tgt, tgt_role=role, src_dateline=dateline))
    texts = AlignedTexts(tuple(rows), "zh-CN", "en-US")
    context = Context(TermList.load(), load_encoder("bundled"), Linker(load_word_encoder()))
    return texts, where, check(texts, context)


@needs_readout
def test_readout_flags_leave_the_text_readable() -> None:
    texts, where, flags = readout()
    grave = [flag for flag in flags if flag.severity.rank >= MILD]
    size = sum(len(row.src) for row in texts.rows if row.src)
    covered = sum(len(flag.src) for flag in grave if flag.src)
    assert covered <= size / 4
    faithful = [where[int(line["zh_sent_global"])] for line in _table(READOUT / "clean.sample.tsv")]
    flagged = {int(flag.row) for flag in grave}
    assert sum(row in flagged for row in faithful) <= len(faithful) / 4
    assert not any(texts.rows[int(flag.row)].tgt_role == Role.COMMENTARY for flag in flags)


@needs_readout
def test_readout_term_and_number_divergences_are_found() -> None:
    texts, where, flags = readout()
    families = {
        "terminology/wrong-term": {"terms"},
        "accuracy/number": {"numbers", "approximators"},
    }
    wanted = [
        line
        for line in _table(READOUT / "divergences.sample.tsv")
        if line["category"] in families and line["severity"] in ("major", "minor")
    ]
    hit = 0
    for line in wanted:
        row = where[int(line["zh_sent_global"])]
        at = texts.rows[row].src.find(line["zh_span"])
        span = Span(at, at + len(line["zh_span"]))
        hit += any(
            flag.row == str(row) and flag.src and flag.src.overlaps(span)
            for flag in flags
            if flag.detector in families[line["category"]]
        )
    assert hit >= len(wanted) / 2


@needs_readout
def test_readout_numbers_that_match_are_left_alone() -> None:
    _, where, flags = readout()
    matching = {
        where[int(line["zh_sent_global"])]
        for line in _table(READOUT / "numbers.sample.tsv")
        if line["verdict"] == "match"
    }
    assert not [f for f in flags if f.detector == "numbers" and int(f.row) in matching]


@cache
def sample() -> tuple[AlignedTexts, list[Flag]]:
    """Our own sample by its gold, with its flags."""
    sides = {}
    for lang in ("zh", "en"):
        content = (ROOT / "texts" / f"lanting-visit.{lang}.txt").read_bytes().decode("utf-8")
        table = _table(ROOT / "alignments" / "gold" / f"lanting-visit.{lang}.sentences.tsv")
        sides[lang] = content, [(int(line["start"]), int(line["stop"])) for line in table]
    rows: list[Row] = []
    for chinese, english in _beads(ROOT / "alignments" / "gold" / "lanting-visit.sentences.align"):
        words, starts = [], []
        for lang, ids in (("zh", chinese), ("en", english)):
            content, spans = sides[lang]
            start, stop = (spans[ids[0]][0], spans[ids[-1]][1]) if ids else (0, 0)
            words.append(content[start:stop].rstrip())
            starts.append(start)
        commentary = not chinese and starts[1] < sides["en"][1][7][0]
        dateline = words[0].find("：") + 1 if starts[0] == 0 and chinese else 0
        role = Role.COMMENTARY if commentary else Role.BODY
        rows.append(Row(str(len(rows)), *words, *starts, tgt_role=role, src_dateline=dateline))
    texts = AlignedTexts(tuple(rows), "zh-CN", "en-US")
    return texts, check(texts, Context(TermList.load(), load_encoder("bundled")))


def _found(line: dict[str, str], texts: AlignedTexts, flags: list[Flag]) -> bool:
    rows = {row.id: row for row in texts.rows}
    for flag in flags:
        row = rows[flag.row]
        for span, start, side in ((flag.src, row.src_start, "zh"), (flag.tgt, row.tgt_start, "en")):
            gold = Span(int(line[f"{side}_start"]), int(line[f"{side}_stop"]))
            if span and len(gold) and span.shift(start).overlaps(gold):
                return True
    return False


def test_sample_planted_divergences_are_found() -> None:
    texts, flags = sample()
    claimed = (
        "accuracy/number",
        "terminology/wrong-term",
        "terminology/inconsistent",
        "linguistic-conventions/punctuation",
        "linguistic-conventions/duplication",
        "accuracy/polarity",
    )
    planted = _table(ROOT / "texts" / "lanting-visit.divergences.tsv")
    sure = [line for line in planted if line["category"] in claimed]
    assert sum(_found(line, texts, flags) for line in sure) >= 0.9 * len(sure)
    whole = [line for line in planted if line["zh_words"].endswith("。") or not line["zh_words"]]
    assert any(_found(line, texts, flags) for line in whole)


def test_sample_has_few_other_flags() -> None:
    texts, flags = sample()
    planted = _table(ROOT / "texts" / "lanting-visit.divergences.tsv")
    others = [f for f in flags if not any(_found(line, texts, [f]) for line in planted)]
    assert len({flag.row for flag in others}) <= len(texts.rows) / 8
