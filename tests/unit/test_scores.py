"""The scorer against cases worked out by hand."""

import pytest

from workbench.domain.alignment import Bead
from workbench.domain.text import Span
from workbench.errors import BadInput
from workbench.evaluate.calibration import calibration
from workbench.evaluate.scores import Score, by_kind, groups, joined, lax, read_gold, strict

GOLD = [((0,), (0,)), ((1,), (1, 2)), ((2, 3), (3,)), ((4,), ()), ((), (4,))]


def test_a_perfect_result():
    assert strict(GOLD, GOLD) == Score(5, 5, 5, 5)
    assert lax(GOLD, GOLD).f1 == 1.0


def test_strict_counts_exact_beads_only_and_nulls_like_others():
    found = [((0,), (0,)), ((1,), (1,)), ((), (2,)), ((2, 3), (3,)), ((4,), (4,))]
    score = strict(found, GOLD)
    assert (score.right, score.found, score.expected) == (2, 5, 5)
    assert score.f1 == pytest.approx(0.4)


def test_lax_counts_beads_that_touch_on_both_sides():
    found = [((0,), (0,)), ((1,), (1,)), ((), (2,)), ((2, 3), (3,)), ((4,), (4,))]
    score = lax(found, GOLD)
    assert score.precision == pytest.approx(3 / 5)  # the null bead and the last one touch none
    assert score.recall == pytest.approx(3 / 5)  # both nulls of the reference were missed


def test_joined_takes_what_lies_within_one_reference_bead_as_one():
    gold = [((0, 1), (0, 1)), ((2,), (2,)), ((3,), (3, 4)), ((4,), ())]
    found = [((0,), (0,)), ((1,), (1,)), ((2,), (2, 3)), ((3,), (4,)), ((4,), ())]
    score = joined(found, gold)
    assert (score.right, score.found, score.expected) == (2, 4, 4)
    assert strict(found, gold).right == 1


def test_joined_takes_nulls_to_the_bead_they_lie_in():
    gold = [((0, 1), (0, 1)), ((2,), (2,))]
    found = [((0,), (0, 1)), ((1,), ()), ((2,), (2,))]
    assert joined(found, gold).f1 == 1.0


def test_a_bead_found_twice_counts_once():
    assert strict([GOLD[0], GOLD[0]], GOLD).right == 1


def test_nothing_found_and_nothing_expected():
    assert strict([], []).f1 == 1.0
    assert strict([], GOLD).recall == 0.0
    assert strict([], GOLD).f1 == 0.0


def test_scores_pool_by_adding_counts():
    pooled = strict(GOLD, GOLD) + strict([GOLD[0]], GOLD)
    assert (pooled.precision, pooled.recall) == (1.0, 0.6)


def test_kinds_are_scored_apart():
    found = [((0,), (0,)), ((1,), (1,)), ((), (2,))]
    kinds = by_kind(found, GOLD)
    assert kinds["1-1"].precision == 0.5
    assert kinds["1-2"].recall == 0.0
    assert kinds["0-1"].right == 0


def test_beads_become_groups():
    beads = [Bead(Span(0, 2), Span(0, 1)), Bead(Span(2, 2), Span(1, 2))]
    assert groups(beads) == [((0, 1), (0,)), ((), (1,))]


def test_gold_is_read_with_and_without_blanks_and_costs(tmp_path):
    path = tmp_path / "x.align"
    path.write_text("[0]:[0]\n\n[1, 2]:[1]:0.25\n[3]:[]\n", encoding="utf-8")
    assert read_gold(path) == [((0,), (0,)), ((1, 2), (1,)), ((3,), ())]


@pytest.mark.parametrize("line", ["[0]", "0:0", "[0]:[x]", "[0][0]"])
def test_gold_of_another_form_is_refused_with_its_line(tmp_path, line):
    path = tmp_path / "x.align"
    path.write_text(f"[0]:[0]\n{line}\n", encoding="utf-8")
    with pytest.raises(BadInput, match="Line 2 of"):
        read_gold(path)


def test_honest_probabilities_have_no_error():
    outcomes = [(1.0, True)] * 50 + [(0.5, k % 2 == 0) for k in range(50)]
    assert calibration(outcomes).error == pytest.approx(0.0)
    assert calibration(outcomes).expected_errors == pytest.approx(25)


def test_boasting_shows_as_error():
    assert calibration([(0.9, k % 2 == 0) for k in range(100)]).error == pytest.approx(0.4)


def test_auc_by_hand():
    # pairs of right and wrong: (.9, .2) (.9, .8) (.5, .2) won, (.5, .8) lost
    found = calibration([(0.9, True), (0.5, True), (0.2, False), (0.8, False)])
    assert found.auc == pytest.approx(0.75)
    assert calibration([(0.5, True), (0.5, False)]).auc == pytest.approx(0.5)
    assert calibration([(0.5, True)]).auc is None
