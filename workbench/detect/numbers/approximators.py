"""Numbers of equal value that one language loosens and the other does not: 70多年, "70 years"."""

import re
from typing import TYPE_CHECKING

from workbench.detect.numbers.compare import match
from workbench.detect.numbers.values import (
    DATE_KINDS,
    Approx,
    Kind,
    Quantity,
    in_chinese,
    in_english,
)
from workbench.detect.sides import Pair, pairs
from workbench.domain.review import AlignedTexts, Flag, Severity

if TYPE_CHECKING:
    from workbench.detect import Context

_MEANS = {
    Approx.OVER: ("more than", "超过"),
    Approx.UNDER: ("less than", "不到"),
    Approx.ABOUT: ("about", "约"),
    Approx.EXACT: ("just", "正好"),
}
# Verbs and phrases that lean either way, so that neither wording contradicts them.
_LEANING_ZH = re.compile(
    r"(?:突破|高达|达到?|多达|长达|至少|最多|之巨|第|超越|满|有望|以来)[了过]?$"
)
_LEANING_EN = re.compile(
    r"\b(?:surpass\w*|top\w*|exceed\w*|beyond|reach\w*|pass\w*|as (?:many|much|high|long) as"
    r"|up to|at least|at most|whopping|full)\b[^.;,]{0,12}$",
    re.IGNORECASE,
)


def approximators(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """Approximators lost, added or turned round: 近10小时 and "over 10 hours".

    Only where the numbers themselves agree. Vague numbers (几十, dozens) are left alone.
    """
    return [
        _flag(item, zh, en)
        for item in pairs(texts)
        if not item.is_null
        for zh, en in match(item.zh, item.en, from_zh=item.zh_is_src).matched
        if _differ(item, zh, en)
    ]


def _differ(item: Pair, zh: Quantity, en: Quantity) -> bool:
    kinds = {zh.kind, en.kind}
    if zh.approx == en.approx or kinds & (DATE_KINDS | {Kind.VAGUE, Kind.CODE, Kind.ORDINAL}):
        return False
    if Approx.ABOUT in (zh.approx, en.approx) and Approx.EXACT not in (zh.approx, en.approx):
        return False  # 近 and "about", 左右 and "nearly": too close to quarrel over
    if not (zh.required or en.required) and zh.value < 2:
        return False
    if zh.approx == Approx.UNDER and re.search(
        r"\b(?:past|last|recent) $", item.en[: en.whole.start]
    ):
        return False  # 近三年, "the past three years"
    if zh.approx == Approx.EXACT and _LEANING_ZH.search(item.zh[: zh.whole.start]):
        return False
    return not (en.approx == Approx.EXACT and _LEANING_EN.search(item.en[: en.whole.start]))


def _flag(item: Pair, zh: Quantity, en: Quantity) -> Flag:
    opposed = Approx.EXACT not in (zh.approx, en.approx)
    zh_words, en_words = zh.whole.of(item.zh), en.whole.of(item.en)
    value, value_zh = in_english(zh.value), in_chinese(zh.value)
    return item.flag(
        "approximators", "accuracy/number", Severity.MINOR, zh.whole, en.whole,
        (
            f"{zh_words} means {_MEANS[zh.approx][0]} {value}; the English has "
            f"{_MEANS[en.approx][0]} {value} (“{en_words}”).",
            f"中文“{zh_words}”是{_MEANS[zh.approx][1]}{value_zh}，"
            f"英文“{en_words}”是{_MEANS[en.approx][1]}{value_zh}。",
        ),
        0.8 if opposed else 0.6,
    )  # fmt: skip
