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
# Words further off that loosen a number as well, so that it is not bare: 不超过计划数的5%.
_LOOSE_ZH = re.compile(
    r"(?:超|逾|近|约|不到|不足|不少于|不低于|至少|最多|最长|最高|最低|至多|突破|跌破|高达|多达|长达|有望|之巨|满|以来|或|大概|差不多|起$)"
)
_LOOSE_EN = re.compile(
    r"\b(?:surpass\w*|top\w*|exceed\w*|beyond|reach\w*|pass\w*|cross\w*"
    r"|as (?:many|much|high|long) as|up to|at least|at most|over|above|below|under|nearly"
    r"|almost|about|around|some|whopping|full"
    r"|approach\w*|maximum|minimum)\b",
    re.IGNORECASE,
)
_REACHING_ZH = re.compile(r"(?:达到?|第|超越)[了过]?$")
_RECENT_EN = re.compile(
    r"\b(?:past|last|latest|recent|previous|these|coming)\s+(?:an?\s+)?$", re.IGNORECASE
)
_NEIGHBOURS = re.compile(r"[一二两三四五六七八九]{2}")
_NEAR_ZH, _NEAR_EN = 14, 28  # characters in front of a number


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
    if zh.approx == en.approx or kinds & (DATE_KINDS | _NEVER):
        return False
    if {zh.approx, en.approx} == {Approx.ABOUT, Approx.UNDER}:
        return False  # 近 and "about", 左右 and "nearly": too close to quarrel over
    bare = Approx.EXACT in (zh.approx, en.approx)
    if bare and not (zh.required or en.required) and zh.value < 2:
        return False
    if _NEIGHBOURS.search(item.zh[max(0, zh.span.start - 1) : zh.span.stop + 1]):
        return False  # 五六个
    zh_before, en_before = item.zh[: zh.whole.start], item.en[: en.whole.start]
    if zh.approx == Approx.UNDER and _RECENT_EN.search(en_before):
        return False  # 近三年, "the past three years"
    if zh.approx == Approx.EXACT:
        reaching = en.approx != Approx.OVER and _REACHING_ZH.search(zh_before)
        return not (reaching or _LOOSE_ZH.search(_clause(zh_before, _NEAR_ZH)))
    return en.approx != Approx.EXACT or not _LOOSE_EN.search(_clause(en_before, _NEAR_EN))


_NEVER = frozenset(
    (Kind.VAGUE, Kind.CODE, Kind.ORDINAL, Kind.HEADING, Kind.SILENT, Kind.DECADE, Kind.CENTURY)
)


def _clause(before: str, size: int) -> str:
    """What stands in front of a number in its clause, no more than so many characters."""
    return re.split(r"[，。；：、,.;:!?()（）]", before[-size:])[-1]


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
