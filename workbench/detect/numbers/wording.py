"""What is said of numbers that differ: their values in both languages, and the arithmetic."""

from fractions import Fraction

from workbench.detect.numbers.english_patterns import MONTHS, WEEKDAYS
from workbench.detect.numbers.values import Kind, Quantity, in_chinese, in_english
from workbench.detect.sides import Pair
from workbench.domain.review import Flag, Severity

_CATEGORY = "accuracy/number"
SMALL = 12  # counts up to here are often left to the context
_CURRENCY_NAMES = {
    "USD": ("US dollars", "美元"), "CNY": ("yuan", "元人民币"), "EUR": ("euros", "欧元"),
    "GBP": ("pounds", "英镑"), "JPY": ("yen", "日元"), "RUB": ("rubles", "卢布"),
    "HKD": ("Hong Kong dollars", "港元"), "DOLLAR": ("dollars", "美元"),
    "YEN": ("yuan or yen", "元"), "KRW": ("won", "韩元"), "AUD": ("Australian dollars", "澳元"),
    "CAD": ("Canadian dollars", "加元"), "CHF": ("Swiss francs", "瑞士法郎"),
    "INR": ("rupees", "卢比"), "SGD": ("Singapore dollars", "新元"),
}  # fmt: skip


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


def _times(zh: Fraction, en: Fraction) -> tuple[str, str]:
    """Says so when one value is the other with its point moved, as when 亿 became million."""
    ratio = en / zh if zh and en else Fraction(0)
    for power in range(1, 10):
        if ratio == 10**power:
            return f", {10**power:,} times as much", f"英文是中文的{10**power}倍"
        if ratio == Fraction(1, 10**power):
            return f", 1/{10**power:,} of it", f"英文是中文的{10**power}分之一"
    return "", "两者不等"


def differ(item: Pair, a: Quantity, b: Quantity) -> Flag:
    """Two numbers that should be equal."""
    zh_words, en_words = a.whole.of(item.zh), b.whole.of(item.en)
    confidence = 0.9 if a.required and b.required and a.kind == b.kind else 0.75
    times = _times(a.value, b.value)
    return item.flag(
        "numbers", _CATEGORY, Severity.MAJOR, a.whole, b.whole,
        (
            f"{_read(zh_words, _value(a)[0])}; the English says {_said(en_words, _value(b)[0])}"
            f"{times[0]}.",
            f"中文“{zh_words}”{_equals(zh_words, _value(a)[1])}，"
            f"英文“{en_words}”{_equals(en_words, _value(b)[1])}，{times[1]}。",
        ),
        confidence,
    )  # fmt: skip


def _read(words: str, value: str) -> str:
    return f"The Chinese has {words}" if value == words else f"{words} is {value}"


def _with(words: str, value: str) -> str:
    return words if value == words else f"{words} ({value})"


def _equals(words: str, value: str) -> str:
    return "" if value == words else f"即{value}"


def _said(words: str, value: str) -> str:
    return words if value in words or words.replace(",", "") in value else f"{words}, {value}"


def alone(item: Pair, q: Quantity, in_chinese_text: bool) -> Flag:
    """A number that nothing answers."""
    zh, en = (q.whole, None) if in_chinese_text else (None, q.whole)
    words = q.whole.of(item.zh if in_chinese_text else item.en)
    where, where_zh = ("English", "英文") if in_chinese_text else ("Chinese", "中文")
    small = q.kind == Kind.COUNT and q.value <= SMALL and not q.currency
    return item.flag(
        "numbers", _CATEGORY, Severity.MINOR if small else Severity.MAJOR, zh, en,
        (
            f"The number {_with(words, _value(q)[0])} has no counterpart in the {where}.",
            f"“{words}”{_equals(words, _value(q)[1])}，在{where_zh}里没有对应的数。",
        ),
        0.4 if small else 0.6,
    )  # fmt: skip


def money(item: Pair, a: Quantity, b: Quantity) -> Flag:
    """Equal amounts of different money."""
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


def points(item: Pair, a: Quantity, b: Quantity) -> Flag:
    """Percent against percentage points."""
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
