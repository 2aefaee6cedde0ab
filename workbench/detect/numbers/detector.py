"""The detector of numbers that differ between the two languages."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.detect.numbers import chinese, english
from workbench.detect.numbers.compare import (
    Matching,
    currencies_differ,
    match,
    may_render,
    nearest,
)
from workbench.detect.numbers.english_patterns import MONTHS, WEEKDAYS
from workbench.detect.numbers.values import (
    DATE_KINDS,
    Kind,
    Quantity,
    in_chinese,
    in_english,
    same_value,
)
from workbench.detect.sides import Pair, neighbours, pairs
from workbench.domain.review import AlignedTexts, Flag, Severity
from workbench.domain.text import Span

if TYPE_CHECKING:
    from workbench.detect import Context

_CATEGORY = "accuracy/number"
_CURRENCY_NAMES = {
    "USD": ("US dollars", "美元"), "CNY": ("yuan", "元人民币"), "EUR": ("euros", "欧元"),
    "GBP": ("pounds", "英镑"), "JPY": ("yen", "日元"), "RUB": ("rubles", "卢布"),
    "HKD": ("Hong Kong dollars", "港元"), "DOLLAR": ("dollars", "美元"),
    "YEN": ("yuan or yen", "元"), "KRW": ("won", "韩元"), "AUD": ("Australian dollars", "澳元"),
    "CAD": ("Canadian dollars", "加元"), "CHF": ("Swiss francs", "瑞士法郎"),
    "INR": ("rupees", "卢比"), "SGD": ("Singapore dollars", "新元"),
}  # fmt: skip


def numbers(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """Numbers, dates and amounts whose values differ.

    Idioms and names that contain numerals are left alone, and so are numbers that the
    neighbouring row has. Approximators (近, "nearly") are another detector's matter.
    """
    items = pairs(texts)
    matchings = {item.number: match(item.zh, item.en) for item in items}
    flags: list[Flag] = []
    for at, item in enumerate(items):
        if not item.is_null:
            near = [matchings[other.number] for other in neighbours(items, at)]
            flags += _row(item, matchings[item.number], near)
    return flags


def _row(item: Pair, found: Matching, near: Sequence[Matching]) -> list[Flag]:
    zh_left = [q for q in found.zh_left if not _in(q, [o for m in near for o in m.en_left])]
    en_left = [q for q in found.en_left if not _in(q, [o for m in near for o in m.zh_left])]
    flags = [_money(item, a, b) for a, b in found.matched if currencies_differ(a, b)]
    flags += [
        _points(item, a, b)
        for a, b in found.matched
        if {a.kind, b.kind} == {Kind.PERCENT, Kind.POINT}
    ]
    while zh_left or en_left:
        pair = _next_pair(item, zh_left, en_left)
        if pair is None:
            break
        a, b = pair
        flags.append(_differ(item, a, b))
        zh_left.remove(a)
        en_left.remove(b)
    if chinese.names_relative_date(item.zh):
        en_left = [q for q in en_left if q.kind not in DATE_KINDS]
    if english.names_relative_date(item.en):
        zh_left = [q for q in zh_left if q.kind not in DATE_KINDS]
    flags += [_alone(item, q, True) for q in zh_left if _stands_alone(q)]
    # English likes to supply the year and the number of a meeting.
    supplied = (Kind.YEAR, Kind.ORDINAL)
    flags += [
        _alone(item, q, False) for q in en_left if _stands_alone(q) and q.kind not in supplied
    ]
    return _one_per_expression(flags)


def _in(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    return any(same_value(quantity, other) for other in others)


def _next_pair(
    item: Pair, zh_left: Sequence[Quantity], en_left: Sequence[Quantity]
) -> tuple[Quantity, Quantity] | None:
    """The next needed number that something unequal on the other side may stand for."""
    for a in zh_left:
        if a.required or a.kind == Kind.CODE:
            place = a.span.start / len(item.zh) * len(item.en)
            if b := nearest(a, [o for o in en_left if may_render(a, o)], place):
                return a, b
    for b in en_left:
        if b.required:
            place = b.span.start / len(item.en) * len(item.zh)
            if other := nearest(b, [o for o in zh_left if may_render(o, b)], place):
                return other, b
    return None


def _stands_alone(q: Quantity) -> bool:
    """Whether a number without any counterpart is worth a flag: small counts are not."""
    if not q.required:
        return False
    return q.kind in (Kind.PERCENT, Kind.POINT) or bool(q.currency) or q.value > 12


def _value(q: Quantity) -> tuple[str, str]:
    """A value spelled out in English and Chinese."""
    number, number_zh = in_english(q.value), in_chinese(q.value)
    whole = int(q.value)
    if q.currency:
        names = _CURRENCY_NAMES[q.currency]
        return f"{number} {names[0]}", number_zh + names[1]
    match q.kind:
        case Kind.MONTH:
            return MONTHS[whole - 1].capitalize(), f"{whole}月"
        case Kind.WEEKDAY:
            return WEEKDAYS[whole - 1].capitalize(), "星期" + "一二三四五六日"[whole - 1]
        case Kind.YEAR:
            return str(whole), f"{whole}年"
        case Kind.DECADE:
            return f"{whole}s", f"{whole}年代"
        case Kind.CODE:
            return f"{q.code}{whole}", f"{q.code}{whole}"
    wording, wording_zh = _WORDINGS.get(q.kind, ("{}", "{}"))
    return wording.format(number), wording_zh.format(number_zh)


_WORDINGS = {
    Kind.PERCENT: ("{} percent", "{}%"),
    Kind.POINT: ("{} percentage points", "{}个百分点"),
    Kind.ORDINAL: ("number {}", "第{}"),
    Kind.DAY: ("day {}", "{}日"),
}


def _differ(item: Pair, a: Quantity, b: Quantity) -> Flag:
    zh_words, en_words = a.whole.of(item.zh), b.whole.of(item.en)
    confidence = 0.9 if a.required and b.required and a.kind == b.kind else 0.75
    return item.flag(
        "numbers", _CATEGORY, Severity.MAJOR, a.whole, b.whole,
        (
            f"{zh_words} is {_value(a)[0]}; the English says {_said(en_words, _value(b)[0])}.",
            f"中文“{zh_words}”，英文“{en_words}”是{_value(b)[1]}，两者不等。",
        ),
        confidence,
    )  # fmt: skip


def _said(words: str, value: str) -> str:
    return words if value in words or words.replace(",", "") in value else f"{words}, {value}"


def _alone(item: Pair, q: Quantity, in_chinese_text: bool) -> Flag:
    zh, en = (q.whole, None) if in_chinese_text else (None, q.whole)
    words = q.whole.of(item.zh if in_chinese_text else item.en)
    where, where_zh = ("English", "英文") if in_chinese_text else ("Chinese", "中文")
    return item.flag(
        "numbers", _CATEGORY, Severity.MAJOR, zh, en,
        (
            f"The number {words} ({_value(q)[0]}) has no counterpart in the {where}.",
            f"“{words}”（{_value(q)[1]}）在{where_zh}里没有对应的数。",
        ),
        0.6,
    )  # fmt: skip


def _money(item: Pair, a: Quantity, b: Quantity) -> Flag:
    names = _CURRENCY_NAMES[a.currency], _CURRENCY_NAMES[b.currency]
    return item.flag(
        "numbers", _CATEGORY, Severity.MAJOR, a.whole, b.whole,
        (
            f"The amounts agree but the money does not: {a.whole.of(item.zh)} is in {names[0][0]}, "
            f"{b.whole.of(item.en)} in {names[1][0]}.",
            f"数额相同而币种不同：中文为{names[0][1]}，英文“{b.whole.of(item.en)}”为{names[1][1]}。",
        ),
        0.85,
    )  # fmt: skip


def _points(item: Pair, a: Quantity, b: Quantity) -> Flag:
    kinds = {Kind.PERCENT: ("percent", "百分比"), Kind.POINT: ("percentage points", "百分点")}
    return item.flag(
        "numbers", _CATEGORY, Severity.MINOR, a.whole, b.whole,
        (
            f"{a.whole.of(item.zh)} counts {kinds[a.kind][0]}, "
            f"{b.whole.of(item.en)} {kinds[b.kind][0]}; they are different measures.",
            f"中文“{a.whole.of(item.zh)}”说的是{kinds[a.kind][1]}，英文说的是{kinds[b.kind][1]}。",
        ),
        0.7,
    )  # fmt: skip


def _one_per_expression(flags: list[Flag]) -> list[Flag]:
    """Year, month and day of one date give one flag, the first."""
    seen: set[tuple[Span | None, Span | None]] = set()
    kept = []
    for flag in flags:
        key = (flag.src, flag.tgt)
        if key not in seen:
            seen.add(key)
            kept.append(flag)
    return kept
