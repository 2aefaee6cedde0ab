"""What a number expression says: its value apart from its wording, its kind and its looseness."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from workbench.domain.text import Span


class Kind(StrEnum):
    """What is counted. Only months and weekdays are never equal to a bare number in words."""

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
    approx: Approx = Approx.EXACT
    approx_span: Span | None = None
    required: bool = True

    @property
    def readings(self) -> frozenset[Fraction]:
        """All the values it may stand for."""
        return frozenset((self.value, *self.also))


def approximator(match: re.Match[str], offset: int) -> tuple[Approx, Span]:
    """Which of the groups over, under and about a pattern has found, and where."""
    name = next(name for name in ("over", "under", "about") if match[name])
    return Approx(name), Span(*match.span(name)).shift(offset)


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether two expressions can mean the same number."""
    if Kind.WEEKDAY in (a.kind, b.kind):
        return a.kind == b.kind and a.value == b.value
    if Kind.MONTH in (a.kind, b.kind):
        return {a.kind, b.kind} <= {Kind.MONTH, Kind.COUNT} and a.value == b.value
    if _shares(a, b):
        return True
    if a.top is not None or b.top is not None:
        return _within(a, b) or _within(b, a)
    return any(_rounds_to(x, y) for x in a.readings for y in b.readings)


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
    return low <= other_high and other.value <= high


def _rounds_to(x: Fraction, y: Fraction) -> bool:
    """Whether one is the other, rounded to three or more figures (2448.2亿 and 244.8 billion)."""
    whole = x.denominator == y.denominator == 1
    if min(x, y) <= 0 or x == y or (whole and max(x, y) < 10_000):
        return x == y
    for rough, fine in ((x, y), (y, x)):
        digits = _figures(rough)
        if digits >= 3 and _figures(fine) > digits:
            step = Fraction(10) ** (_magnitude(rough) - digits + 1)
            if abs(rough - fine) <= step / 2:
                return True
    return False


def _magnitude(x: Fraction) -> int:
    exponent = 0
    while x >= 10:
        x, exponent = x / 10, exponent + 1
    while x < 1:
        x, exponent = x * 10, exponent - 1
    return exponent


def _figures(x: Fraction) -> int:
    """How many significant decimal figures, at most 12."""
    scaled = x / Fraction(10) ** _magnitude(x)
    for digits in range(1, 12):
        if scaled.denominator == 1:
            return digits
        scaled *= 10
    return 12


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
