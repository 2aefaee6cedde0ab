"""What is denied in one language only, and words that say the opposite."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.detect.answers import denied_is_rendered, unanswered
from workbench.detect.linked import Linked, linked_rows
from workbench.detect.negation import Negative
from workbench.detect.opposites import Opposed, opposed, turned_round
from workbench.detect.sides import Pair, pairs
from workbench.domain.review import AlignedTexts, Flag, Severity
from workbench.domain.text import Span

if TYPE_CHECKING:
    from workbench.detect import Context

_CATEGORY = "accuracy/polarity"
# How well a negation must be answered. English says much positively that Chinese denies.
_ENOUGH = {"en": 0.5, "zh": 0.25}
_OPPOSITE = 0.6


def polarity(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """Negations that nothing on the other side answers, and words of the opposite sense.

    Words whose negation has faded (不断, 不仅, 无疑, "not only") need no answer.
    """
    flags: list[Flag] = []
    for item, linked in _rows(texts, context):
        found = unanswered(linked)
        answered = {_wording(item, n) for n, lang, fit in found if fit >= _ENOUGH[lang]}
        flags += [
            _negation(item, negative, lang, fit)
            for negative, lang, fit in found
            if fit < _ENOUGH[lang]
            and (lang == "en" or _wording(item, negative) not in answered)
            and _is_lost(linked, negative, lang)
        ]
        flags += [_opposite(item, found) for found in opposed(linked)]
    return flags


def _wording(item: Pair, negative: Negative) -> str:
    """A Chinese negation with the characters beside it: said twice, it may be rendered once."""
    return item.zh[max(0, negative.span.start - 2) : negative.span.stop + 1]


def _is_lost(linked: Linked, negative: Negative, lang: str) -> bool:
    if lang == "zh" and not denied_is_rendered(linked, negative.span):
        return False
    return not turned_round(linked, negative.span, lang)


def polarity_rank(texts: AlignedTexts, context: "Context") -> list[float]:
    """For each row how little the worst of its negations is answered, or how surely a word says
    the opposite.
    """
    scores = {row.id: 0.0 for row in texts.rows}
    for item, linked in _rows(texts, context):
        doubts = [
            (1 - fit) * (1.0 if _is_lost(linked, negative, lang) else 0.6)
            for negative, lang, fit in unanswered(linked)
        ]  # fmt: skip
        doubts += [0.5 + 0.5 * found.probability for found in opposed(linked)]
        scores[item.row.id] = max(doubts, default=0.0)
    return list(scores.values())


def _rows(texts: AlignedTexts, context: "Context") -> Iterator[tuple[Pair, Linked]]:
    items = [item for item in pairs(texts) if not item.is_null]
    return zip(items, linked_rows(items, texts, context), strict=True)


def _negation(item: Pair, negative: Negative, lang: str, fit: float) -> Flag:
    confidence = (0.85 if lang == "en" else 0.6) * (1 - fit)
    if lang == "en":
        words = negative.span.of(item.en)
        evidence = (
            f"The English negates (“{words}”); nothing in the Chinese here does.",
            f"英文有否定（“{words}”），中文此处没有。",
        )
        zh, en = None, negative.span
    else:
        zh, en = _with_words_after(item.zh, negative.span), None
        words = zh.of(item.zh)
        evidence = (
            f"The Chinese negates ({words}); nothing in the English here does.",
            f"中文有否定（“{words}”），英文此处没有。",
        )
    return item.flag("polarity", _CATEGORY, Severity.MAJOR, zh, en, evidence, confidence)


def _with_words_after(text: str, span: Span) -> Span:
    """The negation with the two characters that follow it."""
    stop = span.stop
    while stop < min(len(text), span.stop + 2) and text[stop] not in "，。；：、！？”’）":
        stop += 1
    return Span(span.start, stop)


def _opposite(item: Pair, found: Opposed) -> Flag:
    words, said = found.zh.of(item.zh), found.en.of(item.en)
    evidence = (
        f"{words} is “{found.meant}”; “{said}” says the opposite.",
        f"“{words}”意为“{found.meant}”，“{said}”意思相反。",
    )
    return item.flag(
        "polarity", _CATEGORY, Severity.MAJOR, found.zh, found.en, evidence,
        _OPPOSITE * found.probability,
    )  # fmt: skip
