"""Measuring detectors: planted changes, figures with intervals, and the record that is shown."""

import gzip
import json
import random

import pytest

from workbench.detect import Context, detectors, record
from workbench.detect.record import TrackRecord, record_sentences
from workbench.detect.terms import TermList
from workbench.domain.text import Span
from workbench.errors import BadInput, UnknownName
from workbench.evaluate.divergence import bench, changes, keeping
from workbench.evaluate.divergence.cases import Case, TestSet
from workbench.evaluate.divergence.measures import Outcome, headline_of, measure

CONTEXT = Context(TermList(()))
PAIRS = [
    Case("a", "2019年5月有30万人到访。", "In May 2019, some 300,000 people came.", False),
    Case("b", "第三次会议于星期五举行。", "The third meeting was held on Friday.", False),
    Case("c", "他走了。", "He has left.", False),
]


@pytest.mark.parametrize("find", [changes.english_numbers, changes.chinese_numbers])
def test_one_number_is_changed_and_it_is_known_where(find):
    english = find is changes.english_numbers
    wrong = list(changes.changed(PAIRS, find, in_english=english))
    assert [case.group for case in wrong] == ["a", "b"]  # the third has no number
    for case, pair in zip(wrong, PAIRS, strict=False):
        before, after = (pair.en, case.en) if english else (pair.zh, case.zh)
        (gold,) = case.en_gold if english else case.zh_gold
        assert before != after
        assert before.startswith(after[: gold.start])
        assert before.endswith(after[gold.stop :])
    assert wrong == list(changes.changed(PAIRS, find, in_english=english))


def test_changed_digits_make_another_number():
    for seed in range(200):
        draw = random.Random(seed)
        for number in ("7", "30", "2,448", "3.5", "2019", "100"):
            assert changes._other_digits(number, draw) != number


def test_an_approximator_is_dropped_with_its_blank_or_turned_round():
    found = {
        edit.on("It cost nearly 30 yuan.")
        for seed in range(20)
        for edit in changes.english_approximators("It cost nearly 30 yuan.", random.Random(seed))
    }
    assert found == {"It cost 30 yuan.", "It cost more than 30 yuan."}


def outcome(group, wrong, *flags, gold=(), score=None):
    case = Case(group, "甲" * 20 + group, "a" * 20 + group, wrong, en_gold=gold)
    return Outcome(case, tuple((None, flag) for flag in flags), score or float(bool(flags)))


def test_figures_count_what_they_say():
    gold = (Span(0, 10),)
    outcomes = [
        outcome("1", True, Span(0, 5), gold=gold, score=0.9),
        outcome("2", True, Span(15, 20), gold=gold, score=0.8),
        outcome("3", True, gold=gold),
        outcome("4", False, Span(0, 3), score=0.5),
        *[outcome(f"r{n}", False) for n in range(6)],
    ]
    test = TestSet("t", "t", "t", tuple(o.case for o in outcomes))
    figures = measure(test, outcomes).figures
    assert (figures["found"].right, figures["found"].of) == (2, 3)
    assert (figures["false_alarms"].right, figures["false_alarms"].of) == (1, 7)
    assert (figures["hit1"].right, figures["hit1"].of) == (1, 3)
    assert figures["f1"].value == pytest.approx(2 * 5 / (10 + 30))
    assert figures["auc"].value == pytest.approx((7 + 7 + 3) / 21)
    assert "precision" not in figures  # three flags are too few to say
    for figure in figures.values():
        assert 0 <= figure.low <= figure.value <= figure.high <= 1


def test_the_bootstrap_draws_sources_not_pairs():
    """Twenty copies of one sentence are one piece of evidence."""
    flags = [outcome(str(n), True, Span(0, 1)) for n in range(10)]
    misses = [outcome(str(n), True) for n in range(10, 20)]
    test = TestSet("t", "t", "t", ())
    apart = measure(test, flags + misses).figures["found"]
    same = [outcome(str(n % 2), True, *([Span(0, 1)] if n % 2 else [])) for n in range(20)]
    together = measure(test, same).figures["found"]
    assert apart.value == together.value == 0.5
    assert together.high - together.low > apart.high - apart.low


def _set(name):
    real = name != "planted"
    return TestSet(name, f"{name} set", name, (), natural=real, complete=not real)


def test_the_headline_prefers_real_translations_that_say_something():
    planted = [outcome(str(n), n < 30, *([Span(0, 1)] if n < 30 else [])) for n in range(60)]
    real = [outcome(str(n), n < 60, *([Span(0, 1)] if n < 80 else [])) for n in range(100)]
    few = real[:3] + real[70:74]
    sets = {
        name: (_set(name), outcomes)
        for name, outcomes in (("planted", planted), ("real", real), ("few", few))
    }

    def headline(*names):
        chosen = [sets[name] for name in names]
        return headline_of(chosen, [measure(*one) for one in chosen])

    assert headline("planted", "real")["where"] == "real set"
    assert (headline("planted", "real")["right"], headline("planted", "real")["of"]) == (60, 80)
    assert headline("few", "planted")["where"] == "planted"
    assert headline("few", "planted")["pairs"] == 60
    assert headline("few") is None


def test_a_detector_without_data_says_so(monkeypatch):
    monkeypatch.setattr(record, "stored", dict)
    record.track_record.cache_clear()
    assert "not been measured" in record_sentences("numbers")[0]
    assert "尚未测定" in record_sentences("numbers")[1]
    assert "`numbers` | not measured" in keeping.markdown({})
    record.track_record.cache_clear()


def test_a_record_is_told_in_both_languages():
    past = TrackRecord(87, 100, 0.8, 0.93, True, 0, 0, "WMT23 MQM", "WMT23", "2025-01-01", "")
    english, chinese = past.sentences()
    assert english.startswith("Of 100 flags like this on reference data, 87 were right (80 to 93")
    assert "有87条正确（80至93；WMT23，共100条提示）" in chinese


@pytest.mark.parametrize("name", list(detectors))
def test_the_stored_record_can_be_shown(name):
    english, chinese = record_sentences(name)
    assert english.endswith(".")
    assert chinese.endswith("。")


def test_the_page_shows_the_stored_figures():
    from tests.support import ROOT

    page = (ROOT / "docs" / "detectors.md").read_text(encoding="utf-8")
    written = keeping.on_page(page, record.stored())
    assert written == page, "run: workbench bench detect --keep"


def write_sets(folder):
    columns = ["id", "src_zh", "refA_en", "refB_en", "split"]
    rows = [[case.group, case.zh, case.en, "", "tune"] for case in PAIRS * 4]
    with gzip.open(folder / "wmt22_human_refs.tsv.gz", "wt", encoding="utf-8") as file:
        file.writelines("\t".join(row) + "\n" for row in [columns, *rows])


def test_bench_measures_what_there_is(tmp_path):
    write_sets(tmp_path)
    (result,) = bench.run(tmp_path, tmp_path, CONTEXT, only=["numbers"])
    body = json.loads(json.dumps(result.to_json(), ensure_ascii=False))
    by_set = {measured["set"]: measured for measured in body["measures"]}
    assert by_set["wmt22"]["figures"]["false_alarms"]["value"] == 0
    assert by_set["wmt22-numbers-en"]["figures"]["found"]["of"] == 8
    assert by_set["wmt22-numbers-en"]["figures"]["found"]["value"] > 0.5
    assert body["headline"]["right"] <= body["headline"]["of"]


def test_bench_refuses_a_folder_without_sets(tmp_path):
    with pytest.raises(BadInput, match=r"reference sets"):
        bench.run(tmp_path, tmp_path, CONTEXT)
    write_sets(tmp_path)
    with pytest.raises(UnknownName):
        bench.run(tmp_path, tmp_path, CONTEXT, only=["nothing"])
