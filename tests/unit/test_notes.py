"""Annotations and decisions: what is accepted, and that nothing is lost on the way."""

import pytest

from workbench.domain.notes import NOTE_LIMIT, Annotation, Decision
from workbench.errors import UsageError

ERROR = {
    "kind": "error",
    "src": [3, 7],
    "tgt": [10, 19],
    "category": "accuracy/number",
    "severity": "major",
    "note": "亿 is 100 million",
    "wording": "US$244.8 billion",
    "flag": "f00",
}


@pytest.mark.parametrize(
    "value",
    [
        ERROR,
        {"kind": "comment", "src": [0, 1], "note": "Look at this."},
        {"kind": "choice", "tgt": [5, 9], "category": "image-kept", "note": "同舟共济"},
    ],
)
def test_an_annotation_survives_the_way_to_json_and_back(value):
    assert Annotation.from_json(value).to_json() == value


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "praise"}, "annotation kind"),
        ({"severity": "huge"}, "severity"),
        ({"severity": ""}, "severity"),
        ({"src": None, "tgt": None}, "needs words"),
        ({"src": [7, 3]}, "holds no characters"),
        ({"src": ["a", "b"]}, "two offsets"),
        ({"note": "x" * (NOTE_LIMIT + 1)}, "at most"),
        ({"kind": "comment", "note": "  "}, "empty"),
    ],
)
def test_an_annotation_that_makes_no_sense_is_refused_in_one_sentence(change, message):
    with pytest.raises(UsageError, match=message):
        Annotation.from_json({**ERROR, **change})


def test_a_decision_survives_the_way_to_json_and_back():
    value = {
        "verdict": "dismissed",
        "detector": "numbers",
        "category": "accuracy/number",
        "src_words": "近10小时",
        "tgt_words": "nearly 10 hours",
        "reason": "correct",
    }
    assert Decision.from_json(value).to_json() == value


def test_an_unknown_verdict_is_refused():
    with pytest.raises(UsageError, match="choose from: accepted, dismissed, deferred"):
        Decision.from_json({"verdict": "maybe"})
