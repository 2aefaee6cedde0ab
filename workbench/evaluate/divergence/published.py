"""The published reference sets: DEMETR, WMT 2022 and 2023, TED, HalOmi.

Each file is `NAME.tune.tsv.gz` or `NAME.tsv.gz` with a header row; spans are JSON arrays of
half-open character offsets.
"""

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from workbench.domain.text import Span
from workbench.errors import BadInput
from workbench.evaluate.divergence.cases import Case, TestSet
from workbench.evaluate.divergence.changes import bears_number

Line = dict[str, str]

# DEMETR's categories (Karpinska et al. 2022) by the detector that claims them.
_DEMETR = {
    "numbers": ("numbers replaced", "数字被替换", ("critical_id10_numbers_replaced",)),
    "polarity": ("negation added or removed", "增删否定", ("critical_id8_negation",)),
    "antonyms": ("a word replaced by its antonym", "换成反义词", ("critical_id7_antonym",)),
    "addition": ("a word added", "增词", ("critical_id6_addition",)),
    "omission": (
        "a noun, name, adjective, verb or phrase removed", "删去名词、名称、形容词、动词或短语",
        ("critical_id21_adj_adv_removed", "critical_id22_verb_removed",
         "critical_id23_noun_removed", "critical_id25_ne_removed", "major_id5_pp_removed"),
    ),
    "names": ("a name replaced", "名称被替换", ("critical_id9_ne_replaced",)),
    "mood": ("a statement turned into a question", "陈述变疑问", ("major_id19_question",)),
    "mechanical": (
        "a word doubled, or left in Chinese", "重复词语或留有汉字",
        ("minor_id1_repeat2", "minor_id2_repeat4", "critical_id4_codemix"),
    ),
    "doubt": ("the translation of another sentence", "另一句的译文", ("base_id33_shuffle_trans",)),
}  # fmt: skip
_SPEAKS = {"antonyms": "polarity"}


def published_sets(data: Path) -> list[TestSet]:
    """The sets for which the folder has the files.

    Raises:
        BadInput: it has none of them.
    """
    found = [
        *_demetr(data),
        *_wmt22(data),
        *_marked(
            data, "mqm_wmt23", "wmt23", "WMT23 MQM, machine translations", "WMT23 MQM 机器译文"
        ),
        *_marked(
            data, "mqm_ted21", "ted21", "TED MQM, machine translations", "TED MQM 机器译文"
        ),
        *_halomi(data),
    ]  # fmt: skip
    if not found:
        raise BadInput(
            f"{data} has none of the reference sets, such as demetr_zh.tsv.gz; "
            "docs/detectors.md says what they are."
        )
    return found


def lines(data: Path, name: str) -> list[Line]:
    """The rows of one file, by column; none when there is no such file."""
    for path in (data / f"{name}.tune.tsv.gz", data / f"{name}.tsv.gz"):
        if path.exists():
            with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
                return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return []


def _demetr(data: Path) -> Iterator[TestSet]:
    rows = lines(data, "demetr_zh")
    right: dict[tuple[str, str], None] = {}
    for row in rows:
        right |= {(row["src_zh"], row["good_en"]): None, (row["src_zh"], row["human_en"]): None}
    correct = [Case(zh, zh, en, False) for zh, en in right if en]
    for name, (what, what_zh, categories) in _DEMETR.items() if rows else ():
        planted = [
            Case(row["src_zh"], row["src_zh"], row["bad_en"], True, en_gold=_changed(row, name))
            for row in rows
            if row["category"] in categories
        ]
        with_number = name == "numbers"
        others = [c for c in correct if not with_number or bears_number(c.zh, c.en)]
        yield TestSet(
            f"demetr-{name}", f"DEMETR zh-en, {what}", f"DEMETR 中译英，{what_zh}",
            (*planted, *others), (_SPEAKS.get(name, name),),
        )  # fmt: skip
    if rows:
        yield TestSet(
            "demetr", "DEMETR zh-en, correct pairs", "DEMETR 中译英正确译文", tuple(correct)
        )


def _changed(row: Line, name: str) -> tuple[Span, ...]:
    """The words that were changed; none where the whole is wrong and no words are at fault."""
    if name == "doubt":
        return ()
    return tuple(Span(*edit["bad"]) for edit in json.loads(row["spans"]) if edit["bad"])


def wmt22_pairs(data: Path) -> list[Case]:
    """Each source sentence of WMT22 with each of its two human references."""
    return [
        Case(row["id"], row["src_zh"], row[name], False)
        for row in lines(data, "wmt22_human_refs")
        for name in ("refA_en", "refB_en")
        if row[name]
    ]


def _wmt22(data: Path) -> Iterator[TestSet]:
    pairs = wmt22_pairs(data)
    if pairs:
        yield TestSet("wmt22", "WMT22, human references", "WMT22 人工译文", tuple(pairs))
        bearing = tuple(pair for pair in pairs if bears_number(pair.zh, pair.en))
        yield TestSet(
            "wmt22-numbers", "WMT22, human references with numbers", "WMT22 含数字的人工译文",
            bearing, ("numbers", "approximators"),
        )  # fmt: skip


_MARKED_CATEGORIES = {
    "omission": ("Accuracy/Omission", "omissions", "漏译"),
    "addition": ("Accuracy/Addition", "additions", "增译"),
}
_FORM = ("Fluency/Punctuation", "Fluency/Character encoding", "Accuracy/Source language fragment")
_MEANING = ("Accuracy/", "Terminology/", "Non-translation")


def _marked(data: Path, file: str, name: str, title: str, title_zh: str) -> Iterator[TestSet]:
    """Machine translations in which people marked errors (MQM)."""
    rows = lines(data, f"{file}_segments")
    if not rows:
        return
    clean = [row for row in rows if row["raters_acc_any"] == "0"]
    for detector, (category, what, what_zh) in _MARKED_CATEGORIES.items():
        marked = [row for row in rows if category in row["categories"]]
        cases = [_marked_case(row, category, True) for row in marked]
        cases += [_marked_case(row, category, False) for row in clean]
        yield TestSet(
            f"{name}-{detector}", f"{title}: {what}", f"{title_zh}：{what_zh}", tuple(cases),
            (detector,), natural=True,
        )  # fmt: skip
    if file != "mqm_wmt23":  # one such set is enough, and TED's annotators were one each
        return
    for kind, what, what_zh, categories in (
        ("", "any error of meaning", "任何意义错误", _MEANING),
        ("-form", "punctuation and Chinese left", "标点与残留汉字", _FORM),
    ):
        cases = [_marked_case(row, categories, _has(row, categories)) for row in rows]
        form = ("mechanical",)
        yield TestSet(
            f"{name}{kind}", f"{title}: {what}", f"{title_zh}：{what_zh}", tuple(cases),
            form if kind else (), () if kind else form, natural=True, complete=False,
        )  # fmt: skip


def _has(row: Line, categories: str | tuple[str, ...]) -> bool:
    return any(part.startswith(categories) for part in row["categories"].split(";"))


def _marked_case(row: Line, categories: str | tuple[str, ...], wrong: bool) -> Case:
    spans = [span for span in json.loads(row["spans"]) if wrong and span[1].startswith(categories)]
    return Case(
        row["src_zh"],
        row["src_zh"],
        row["en"],
        wrong,
        tuple(Span(*span[3]) for span in spans if span[3]),
        tuple(Span(*span[4]) for span in spans if span[4]),
    )


def _halomi(data: Path) -> Iterator[TestSet]:
    """HalOmi (Dale et al. 2023); levels from 1 (none) to 4 (everything).

    Words of an English original that the Chinese leaves out are an addition in the English.
    """
    rows = lines(data, "halomi_zh_en")
    for detector, direction in (("omission", "zh-en"), ("addition", "en-zh")) if rows else ():
        cases = [
            _halomi_case(row, detector == "omission", row["omission_level"] != "1")
            for row in rows
            if row["direction"] == direction
        ]
        yield TestSet(
            f"halomi-{detector}", f"HalOmi {direction}, words left out",
            f"HalOmi {'中译英' if direction == 'zh-en' else '英译中'}，漏译", tuple(cases),
            (detector,), natural=True,
        )  # fmt: skip
    if rows:
        cases = [_halomi_case(row, True, row["hallucination_level"] == "4", False) for row in rows]
        yield TestSet(
            "halomi-doubt", "HalOmi, translations out of thin air", "HalOmi，凭空译文",
            tuple(cases), ("doubt",), natural=True,
        )  # fmt: skip


def _halomi_case(row: Line, in_zh: bool, wrong: bool, located: bool = True) -> Case:
    spans = json.loads(row["omit_spans_in_source"]) if wrong and located else []
    gold = tuple(Span(*span[:2]) for span in spans)
    zh_gold, en_gold = (gold, ()) if in_zh else ((), gold)
    return Case(row["zh"], row["zh"], row["en"], wrong, zh_gold, en_gold)
