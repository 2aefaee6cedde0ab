"""Whole-row doubt: strangers are flagged, translations and confirmed pairings are not."""

import pytest

from workbench.detect import Context
from workbench.detect.doubt import doubt, doubt_rank
from workbench.detect.terms import TermList
from workbench.domain.review import AlignedTexts, Row

CONTEXT = Context(TermList(()))
ZH = "两国政府去年签署了关于农业和能源合作的文件。"
RIGHT = "Last year the two governments signed documents on cooperation in agriculture and energy."
WRONG = "The museum keeps more than forty thousand paintings by artists from many centuries."


def texts(en: str, probability: float | None = None) -> AlignedTexts:
    return AlignedTexts((Row("a", ZH, en, probability=probability),), "zh", "en")


def test_doubt_falls_on_a_stranger() -> None:
    (found,) = doubt(texts(WRONG), CONTEXT)
    assert (found.src, found.tgt) == (None, None)
    assert "Chinese words" in found.evidence
    assert doubt(texts(RIGHT), CONTEXT) == []


@pytest.mark.parametrize("probability", [0.2, 0.97])
def test_doubt_leaves_translations_whatever_the_aligner_says(probability: float) -> None:
    assert doubt(texts(RIGHT, probability), CONTEXT) == []


def test_doubt_listens_to_the_aligner_and_obeys_the_person() -> None:
    scores = [doubt_rank(texts(WRONG, p), CONTEXT)[0] for p in (1.0, 0.97, None, 0.2)]
    assert scores == sorted(scores)
    assert doubt(texts(WRONG, 1.0), CONTEXT) == []


def test_doubt_has_nothing_to_say_of_one_side_alone() -> None:
    assert doubt_rank(texts(""), CONTEXT) == [0.0]
    assert doubt(texts(""), CONTEXT) == []
