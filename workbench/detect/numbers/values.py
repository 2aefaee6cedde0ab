"""What a number expression says: its value apart from its wording, its kind and its looseness."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from workbench.domain.text import Span


class Kind(StrEnum):
    """What is counted. Only months and weekdays are never equal to a bare number in words.

    SILENT is a numeral in an idiom or a name: 四季 may answer "four seasons" and needs no answer.
    """

    COUNT = "count"
    ORDINAL = "ordinal"
    PERCENT = "percent"
    POINT = "percentage point"
    FRACTION = "fraction"
    TIMES = "times"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    MONTH = "month"
    DAY = "day"
    WEEKDAY = "weekday"
    CODE = "code"
    HEADING = "heading"
    SILENT = "silent"
    VAGUE = "vague"


DATE_KINDS = frozenset({Kind.YEAR, Kind.MONTH, Kind.DAY, Kind.WEEKDAY})


class Approx(StrEnum):
    """How a number is loosened: 多 and "over", 近 and "nearly", 约 and "about"."""

    EXACT = ""
    OVER = "over"
    UNDER = "under"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number expression.

    span: the number with its unit sign. whole: the expression to quote, such as a full date.
    value: unitless; a percentage counts in percent. also: other values it may be read as.
    top: for a vague number (几十, dozens), the largest value meant; `value` is the smallest.
    code: the letters of an alphanumeric name, such as "C" of C919.
    step: the smallest place that is written: 100 million for 2448亿 and 244.8 billion, 0.01 for
        3.50; 0 where that means nothing.
    required: whether it must have a counterpart; "one", "both" and 两国 need none.
    """

    span: Span
    whole: Span
    value: Fraction
    kind: Kind = Kind.COUNT
    also: tuple[Fraction, ...] = ()
    top: Fraction | None = None
    currency: str = ""
    unit: str = ""
    code: str = ""
    step: Fraction = Fraction(0)
    approx: Approx = Approx.EXACT
    approx_span: Span | None = None
    required: bool = True

    @property
    def readings(self) -> frozenset[Fraction]:
        """All the values it may stand for."""
        return frozenset((self.value, *self.also))


def approximator(match: re.Match[str], offset: int) -> tuple[Approx, Span]:
    """Which of the groups over, under and about (over2, …) a pattern has found, and where."""
    name = next(name for name, found in match.groupdict().items() if found)
    return Approx(name.rstrip("2")), Span(*match.span(name)).shift(offset)


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether two expressions can mean the same number, none of them rounded."""
    if Kind.WEEKDAY in (a.kind, b.kind):
        return a.kind == b.kind and a.value == b.value
    if Kind.MONTH in (a.kind, b.kind):
        dated = a.kind == b.kind or "/" in (a.unit, b.unit)
        return dated and bool(a.readings & b.readings)
    if _shares(a, b):
        return True
    return (a.top is not None or b.top is not None) and (_within(a, b) or _within(b, a))


def rounds_to(rough: Quantity, fine: Quantity) -> bool:
    """Whether one is the other with fewer figures: 2448.2亿 and 244.8 billion, but not 240.

    At least three figures have to be left, or two when it says that it is loose ("some").
    """
    if {rough.kind, fine.kind} & (DATE_KINDS | {Kind.CODE}) or not 0 < fine.step < rough.step:
        return False
    if rough.value <= 0 or fine.value <= 0 or (fine.value < 10_000 and fine.step >= 1):
        return False
    figures = _magnitude(rough.value) - _magnitude(rough.step) + 1
    loose = rough.approx != Approx.EXACT
    off = abs(rough.value - fine.value)
    return figures >= (2 if loose else 3) and off <= (rough.step if loose else rough.step / 2)


def step_of(written: str, value: Fraction) -> Fraction:
    """The smallest place that a number shows. written: its digits or words; value: as read."""
    if not value:
        return Fraction(0)
    if match := re.match(r"(?P<digits>[\d,]*\d\.(?P<places>\d+))", written):
        scale = value / Fraction(match["digits"].replace(",", ""))
        return scale / Fraction(10 ** len(match["places"]))
    step = Fraction(1)
    while (value / (step * 10)).denominator == 1:
        step *= 10
    return step if value.denominator == 1 else Fraction(0)


def _shares(a: Quantity, b: Quantity) -> bool:
    if a.readings & b.readings:
        return True
    # 三成, 30% and three tenths; 增长一倍 and "doubled"
    return bool(_scaled(a) & _scaled(b)) and a.kind != b.kind


def _scaled(q: Quantity) -> frozenset[Fraction]:
    """Shares and multiples on one scale, percent."""
    if q.kind in (Kind.FRACTION, Kind.TIMES):
        return frozenset(value * 100 for value in q.readings)
    if q.kind == Kind.PERCENT:
        return q.readings
    return frozenset()


def _within(vague: Quantity, other: Quantity) -> bool:
    if vague.top is None:
        return False
    low, high = vague.value, vague.top
    other_high = other.top if other.top is not None else other.value
    return low <= other_high and other.value < high


def _magnitude(x: Fraction) -> int:
    exponent = 0
    while x >= 10:
        x, exponent = x / 10, exponent + 1
    while x < 1:
        x, exponent = x * 10, exponent - 1
    return exponent


_ENGLISH_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_CHINESE_SCALES = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))


def decimal(x: Fraction) -> str:
    """A value in digits with comma groups, at most four decimals."""
    if x.denominator == 1:
        return f"{int(x):,}"
    return f"{float(x):,.4f}".rstrip("0").rstrip(".")


def in_english(x: Fraction) -> str:
    """A value as English writes it: 244.8 billion."""
    for scale, name in _ENGLISH_SCALES:
        if x >= scale:
            return f"{decimal(x / scale)} {name}"
    return decimal(x)


def in_chinese(x: Fraction) -> str:
    """A value as Chinese writes it: 2448亿."""
    for scale, name in _CHINESE_SCALES:
        if x >= scale:
            return decimal(x / scale).replace(",", "") + name
    return decimal(x).replace(",", "")
