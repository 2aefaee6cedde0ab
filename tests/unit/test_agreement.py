"""Agreement against published worked examples, and on annotations made up by hand.

The examples are those of K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011):
two observers with two values, two with five, four with gaps; and the one with three coders that
the encyclopaedia article on the measure works through.
"""

import pytest

from workbench.domain.notes import Annotation
from workbench.domain.review import AnnotationKind, Severity
from workbench.domain.text import Span
from workbench.report.agreement import Ground, Record, agreement
from workbench.report.alpha import alpha

BINARY = ("0100000010", "1110010000")
NOMINAL = ("aabbdcccedda", "babbbccceddd")
FOUR = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
THREE = ("*****34121133*3", "1*213343*******", "**21344*21133*4")


def units(rows, gap="."):
    """Units from one string for each observer."""
    return [
        {name: value for name, value in enumerate(column) if value != gap}
        for column in zip(*rows, strict=True)
    ]


@pytest.mark.parametrize(
    ("rows", "gap", "metric", "expected"),
    [
        (BINARY, ".", "nominal", 0.095),
        (NOMINAL, ".", "nominal", 0.692),
        (FOUR, ".", "nominal", 0.743),
        (FOUR, ".", "ordinal", 0.815),
        (FOUR, ".", "interval", 0.849),
        (THREE, "*", "nominal", 0.691),
        (THREE, "*", "interval", 0.811),
    ],
)
def test_alpha_is_as_published(rows, gap, metric, expected):
    found = alpha(units(rows, gap), metric=metric, order="12345" if metric == "ordinal" else ())
    assert found.value == pytest.approx(expected, abs=0.0006)


def test_units_with_one_value_count_for_nothing():
    assert alpha(units(FOUR)).units == 11
    assert alpha(units(FOUR)).values == 40


def test_where_all_say_the_same_there_is_nothing_to_correct_for():
    found = alpha([{"Lin": "x", "Mei": "x"}] * 5)
    assert (found.value, found.observed) == (None, 1.0)


def test_nothing_said_is_no_agreement():
    assert alpha([]).value is None
    assert alpha([{"Lin": "x"}]).units == 0


def test_full_agreement_is_one_and_turned_round_is_below_zero():
    assert alpha([{"a": 0, "b": 0}, {"a": 1, "b": 1}] * 6).value == 1.0
    assert alpha([{"a": 0, "b": 1}, {"a": 1, "b": 0}] * 6).value < 0


def test_the_interval_holds_the_figure_and_is_the_same_each_time():
    many = units(NOMINAL) * 5
    found = alpha(many)
    assert found.low < found.value < found.high
    assert alpha(many) == found


def test_words_of_one_row_are_drawn_together():
    many = units(NOMINAL) * 12
    alone, together = alpha(many), alpha(many, groups=[n // 12 for n in range(len(many))])
    assert together.value == alone.value
    assert together.high - together.low < alone.high - alone.low  # every group is the same


GROUND = Ground(
    [("r1", Span(0, 3), Span(0, 13)), ("r2", Span(3, 6), Span(13, 25))],
    "一二三四五六",
    "one two thre four five si",
)


def error(src, tgt, category="accuracy/number", severity=Severity.MAJOR):
    """An error on some characters."""
    spans = [Span(*span) if span else None for span in (src, tgt)]
    return Annotation(AnnotationKind.ERROR, *spans, "", category, severity)


def figures(*people):
    """The figures by (of, by, what); each person is (name, annotations)."""
    records = [Record(name, notes, {}, {}) for name, notes in people]
    return {(f.of, f.by, f.what): f.alpha for f in agreement(records, GROUND)}


def test_a_type_that_nobody_used_has_no_figure():
    assert figures(("Lin", []), ("Mei", [])) == {}


def test_the_same_row_but_other_words():
    found = figures(("Lin", [error(None, (0, 3))]), ("Mei", [error(None, (4, 7))]))
    assert found["error", "row", "marked"].value == 1.0
    assert found["error", "word", "marked"].value < 0
    assert found["error", "word", "category"].units == 0  # no word that both marked


def test_the_same_words_with_another_category_and_severity():
    found = figures(
        ("Lin", [error((0, 1), (0, 7))]),
        ("Mei", [error((0, 1), (0, 7), "accuracy/mistranslation", Severity.MINOR)]),
    )
    assert found["error", "word", "marked"].value == 1.0
    assert found["error", "word", "marked"].units == 6 + 6
    assert found["error", "word", "category"].units == 3
    assert found["error", "word", "category"].observed == 0
    assert found["error", "word", "severity"].observed == 0


def test_of_overlapping_errors_the_gravest_counts():
    two = [error(None, (0, 7), "a", Severity.MINOR), error(None, (4, 12), "b", Severity.CRITICAL)]
    found = figures(("Lin", two), ("Mei", [error(None, (4, 7), "b")]))
    assert found["error", "word", "category"].observed == 1.0


def test_decisions_and_statuses_count_where_two_gave_one():
    records = [
        Record("Lin", [], {"f1": "accepted", "f2": "dismissed", "f3": "accepted"}, {"r1": "x"}),
        Record("Mei", [], {"f1": "accepted", "f2": "accepted"}, {"r1": "x"}),
    ]
    found = {(f.of, f.what): f.alpha for f in agreement(records, GROUND)}
    assert found["decision", "verdict"].units == 2
    assert found["decision", "verdict"].observed == 0.5
    assert found["status", "status"].value is None
