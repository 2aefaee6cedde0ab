"""Scores against examples that were worked out by hand."""

import pytest

from workbench.domain.review import Severity
from workbench.errors import BadInput
from workbench.report.score import load_scorecard, score

CARD = load_scorecard()  # 0/1/5/25, style and conventions half, limit 25 per 1,000, mark 80


@pytest.mark.parametrize(
    ("penalties", "words", "normed", "raw", "calibrated", "passed"),
    [
        ([], 1000, 0, 100, 100, True),  # nothing wrong
        ([1], 1000, 1, 99.9, 99.2, True),
        ([5], 1000, 5, 99.5, 96, True),
        ([25], 1000, 25, 97.5, 80, True),  # just at the limit
        ([25, 1], 1000, 26, 97.4, 79.2, False),
        ([1, 1, 5], 2000, 3.5, 99.65, 97.2, True),  # 7 points on twice the words
        ([5, 5, 5, 5], 400, 50, 95, 60, False),  # 20 points on 400
        ([0, 0, 0], 500, 0, 100, 100, True),  # neutral errors weigh nothing
        ([5], 20, 250, 75, 0, False),  # one sentence: cut at 0
        ([25] * 200, 1_000_000, 5, 99.5, 96, True),  # a very long text
        ([25] * 100, 1000, 2500, 0, 0, False),  # worse than nothing: cut at 0
    ],
)
def test_scores_are_as_worked_out_by_hand(penalties, words, normed, raw, calibrated, passed):
    found = score(penalties, words, CARD)
    assert found.normed == pytest.approx(normed)
    assert found.raw == pytest.approx(raw)
    assert found.calibrated == pytest.approx(calibrated)
    assert found.passed is passed


def test_a_text_without_words_has_no_verdict():
    found = score([5], 0, CARD)
    assert (found.passed, found.sure, found.normed) == (None, False, 0.0)


def test_a_short_text_does_not_support_a_pass_and_a_long_one_does():
    assert not score([], 100, CARD).sure
    assert score([], 5000, CARD).sure
    assert score([25] * 100, 5000, CARD).sure  # far over the limit


def test_the_interval_holds_the_value_and_narrows_with_size():
    short, long = score([5, 1], 1000, CARD), score([5, 1] * 50, 50_000, CARD)
    for found in (short, long):
        assert found.low < found.normed < found.high
    assert long.high - long.low < (short.high - short.low) / 3


def test_equal_weights_give_the_exact_poisson_interval():
    # 10 errors of one point each on 1,000 words: Garwood's interval is 4.795 to 18.39; the
    # upper bound here allows for one unseen major error, so it is wider.
    found = score([1] * 10, 1000, CARD)
    assert found.low == pytest.approx(4.795, abs=0.01)
    assert found.high > 18.39


@pytest.mark.parametrize(
    ("category", "severity", "points"),
    [
        ("accuracy/number", Severity.MAJOR, 5),
        ("style/awkward", Severity.MAJOR, 2.5),
        ("linguistic-conventions/spelling", Severity.MINOR, 0.5),
        ("stylish", Severity.MINOR, 1),  # no beginning of a category, only of its letters
        ("other", Severity.CRITICAL, 25),
        ("accuracy/omission", Severity.NEUTRAL, 0),
    ],
)
def test_the_longest_beginning_of_a_category_decides_its_weight(category, severity, points):
    assert CARD.penalty(category, severity) == points


@pytest.mark.parametrize(
    ("characters", "penalties", "normed", "calibrated", "passed"),
    [
        (1700, [5], 5, 96, True),  # 1,000 words
        (3400, [25, 25], 25, 80, True),  # 2,000 words, just at the limit
        (850, [5, 5, 5], 30, 76, False),  # 500 words
        (17, [1], 100, 20, False),  # a sentence of 10 words
        (0, [], 0, 0, None),
    ],
)
def test_a_chinese_target_is_scored_at_its_ratio(characters, penalties, normed, calibrated, passed):
    found = score(penalties, CARD.words(0, characters, chinese=True), CARD)
    assert found.normed == pytest.approx(normed)
    assert found.calibrated == pytest.approx(calibrated)
    assert found.passed is passed


def test_chinese_is_measured_in_characters():
    assert CARD.words(0, 1700, chinese=True) == pytest.approx(1000)
    assert CARD.words(900, 5000, chinese=False) == 900


GOOD = (
    "[severities]\nneutral=0\nminor=1\nmajor=5\ncritical=25\n[weights]\n"
    "[size]\nper=1000\ncharacters_per_word=1.7\n[pass]\npoints=25\nmark=80\n"
)


@pytest.mark.parametrize(
    "content",
    [
        "[severities",
        GOOD.replace("minor=1\n", ""),
        GOOD.replace("per=1000", "per=0"),
        GOOD.replace("mark=80", "mark=100"),
        GOOD.replace("major=5", "major=-5"),
        GOOD.replace("major=5", 'major="five"'),
    ],
)
def test_a_scorecard_that_makes_no_sense_is_refused_with_its_name(tmp_path, content):
    path = tmp_path / "scorecard.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match="scorecard"):
        load_scorecard(path)
