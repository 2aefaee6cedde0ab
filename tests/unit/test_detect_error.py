"""The probability that a row holds a major error."""

from workbench.detect import Context, examine
from workbench.detect.error import error_probabilities
from workbench.detect.terms import TermList
from workbench.domain.review import AlignedTexts, Flag, Row, Severity

CONTEXT = Context(TermList(()))
ZH = "会议在热烈友好的气氛中举行，双方还就地区安全交换了意见。"
WHOLE = "The meeting was held in a warm and friendly atmosphere, and the two sides exchanged views \
on regional security."
HALF = "The meeting was held in a warm and friendly atmosphere."
TEXTS = AlignedTexts((Row("a", ZH, WHOLE), Row("b", ZH, HALF), Row("c", ZH, "")), "zh", "en")


def flag(row: str, detector: str, severity: Severity, confidence: float) -> Flag:
    return Flag(detector, row, "other", severity, None, None, "", "", confidence)


def test_a_row_that_leaves_more_out_is_likelier_wrong() -> None:
    whole, half, alone = error_probabilities(TEXTS, CONTEXT, [])
    assert 0 < whole < half < 1
    assert alone == 0  # nothing is flagged, and there are no words to compare


def test_major_flags_of_other_detectors_raise_it() -> None:
    before = error_probabilities(TEXTS, CONTEXT, [])
    for detector, severity, raised in (
        ("numbers", Severity.MAJOR, True),
        ("numbers", Severity.MINOR, False),
        ("omission", Severity.MAJOR, False),  # coverage has said so already
    ):
        after = error_probabilities(TEXTS, CONTEXT, [flag("a", detector, severity, 0.9)])
        assert (after[0] > before[0] + 0.3) is raised
        assert after[1:] == before[1:]


def test_a_row_without_one_side_goes_by_its_flags() -> None:
    found = examine(TEXTS, CONTEXT)
    assert found.errors[2] == 0.8
    assert found.errors[1] > found.errors[0]
