"""The probability that a row holds a major error."""

from workbench.detect import Context, examine
from workbench.detect.coverage import row_words
from workbench.detect.error import error_probabilities
from workbench.detect.row_evidence import ROW_KINDS
from workbench.detect.terms import TermList
from workbench.domain.review import AlignedTexts, Flag, Row, Severity
from workbench.encode import load_word_encoder
from workbench.links import Linker

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


def test_the_states_of_words_tell_nonsense_from_a_translation() -> None:
    said = "The station was reached before the rain ended, yet the last bus had already left."
    nonsense = "They managed to stop the rain in the car, but the end of class was driving."
    zh = "他们在雨停之前赶到了车站，可是末班车已经开走了。"
    rows = (Row("a", zh, said), Row("b", zh, nonsense))
    context = Context(TermList(()), None, Linker(load_word_encoder()))
    there = error_probabilities(AlignedTexts(rows, "zh", "en"), context, [])
    assert there[1] > there[0] + 0.1
    turned = tuple(Row(row.id, row.tgt, row.src) for row in rows)
    assert error_probabilities(AlignedTexts(turned, "en", "zh"), context, []) == there


def test_a_row_says_together_what_its_words_say() -> None:
    found = {item.row.id: words.evidence for item, words in row_words(TEXTS, CONTEXT)}
    whole, half = (dict(zip(ROW_KINDS, found[row], strict=True)) for row in "ab")
    assert half["zh missing"] > whole["zh missing"]
    assert half["zh weak"] > whole["zh weak"]
    assert half["words"] == whole["words"]
    assert half["longer"] > whole["longer"]  # the Chinese, compared with its English
