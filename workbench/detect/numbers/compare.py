"""Matching the numbers of a row by value, and saying what does not match."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from workbench.detect.numbers import chinese, english
from workbench.detect.numbers.values import DATE_KINDS, Kind, Quantity, rounds_to, same_value

# Units that a translator may rightly convert: how many English units make one Chinese unit.
_CONVERSIONS: dict[str, dict[str, float]] = {
    "公里": {"mile": 0.621}, "千米": {"mile": 0.621}, "米": {"f": 3.281, "yard": 1.094},
    "亩": {"hectare": 0.0667, "acre": 0.165}, "公顷": {"acre": 2.47},
    "斤": {"metric": 0.0005, "ton": 0.0005, "k": 0.5, "pound": 1.1},
    "公斤": {"pound": 2.2, "lb": 2.2}, "里": {"k": 0.5, "mile": 0.31}, "厘米": {"inch": 0.394},
    "平方公里": {"mile": 0.386}, "周": {"day": 7}, "个月": {"week": 4.3, "year": 1 / 12},
    "小时": {"minute": 60},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matching:
    """What answers what in one row.

    matched: pairs of equal value, one to one. zh_left, en_left: numbers that nothing on the other
    side equals, needed or not. zh_spare, en_spare: needed numbers that something equals, but
    something that answers another number already, or that only happens to be there.
    """

    matched: list[tuple[Quantity, Quantity]]
    zh_left: list[Quantity]
    en_left: list[Quantity]
    zh_spare: list[Quantity]
    en_spare: list[Quantity]


def match(zh_text: str, en_text: str, *, from_zh: bool = True) -> Matching:
    """Pair the numbers of two texts by value, one to one, the most alike first.

    from_zh: whether the Chinese is the original, so that only the English may round.
    """
    numbers = chinese.read(zh_text), english.read(en_text)
    return pair_up(*numbers, (len(zh_text), len(en_text)), from_zh=from_zh)


def pair_up(
    zh: Sequence[Quantity],
    en: Sequence[Quantity],
    sizes: tuple[int, int],
    *,
    from_zh: bool = True,
) -> Matching:
    """The same for numbers that have been read; sizes: lengths of both texts in characters."""
    options = [
        (_likeness(a, b, sizes), i, j)
        for i, a in enumerate(zh)
        for j, b in enumerate(en)
        if same_value(a, b) or _converted(a, b) or (rounds_to(b, a) if from_zh else rounds_to(a, b))
    ]
    zh_done: dict[int, int] = {}
    en_done: dict[int, int] = {}
    for _, i, j in sorted(options, key=lambda option: (-option[0], option[1], option[2])):
        if i not in zh_done and j not in en_done:
            zh_done[i], en_done[j] = j, i
    # A number may be said once here and twice there; what is vague answers one number only.
    clear = [(i, j) for _, i, j in options if zh[i].top is None and en[j].top is None]
    zh_equal = {i for i, _ in clear} | zh_done.keys()
    en_equal = {j for _, j in clear} | en_done.keys()
    return Matching(
        [(zh[i], en[j]) for i, j in sorted(zh_done.items())],
        [q for i, q in enumerate(zh) if i not in zh_equal],
        [q for j, q in enumerate(en) if j not in en_equal],
        [q for i, q in enumerate(zh) if i in zh_equal and _spare(q, en, zh_done.get(i))],
        [q for j, q in enumerate(en) if j in en_equal and _spare(q, zh, en_done.get(j))],
    )


def _spare(quantity: Quantity, others: Sequence[Quantity], answer: int | None) -> bool:
    """Whether a needed number is answered by nothing, or only by such as 一个, "two" or "both"."""
    if not quantity.required or answer is None:
        return quantity.required
    other = others[answer]
    return not other.required and other.kind in _PLAIN and other.value <= 2


_PLAIN = frozenset((Kind.COUNT, Kind.TIMES, Kind.ORDINAL))


def _likeness(a: Quantity, b: Quantity, sizes: tuple[int, int]) -> float:
    """Same kind, exact value, same unit and like place count in this order."""
    place = abs(a.span.start / max(1, sizes[0]) - b.span.start / max(1, sizes[1]))
    return (
        4.0 * (a.value == b.value)
        + 2.0 * (a.kind == b.kind)
        + 1.0 * (bool(a.currency) and bool(b.currency))
        + 2.5 * (a.required and b.required)
        - place
    )


def _converted(a: Quantity, b: Quantity) -> bool:
    for unit, factor in _CONVERSIONS.get(a.unit, {}).items():
        if b.unit.startswith(unit) and a.value:
            ratio = float(b.value / a.value) / factor
            if 0.94 < ratio < 1.06:
                return True
    return False


def nearest(quantity: Quantity, fitting: Sequence[Quantity], place: float) -> Quantity | None:
    """Of the unanswered numbers on the other side the one it is most probably rendered by.

    place: the offset at which a counterpart is expected.
    """
    return min(
        fitting, key=lambda o: (_distance(quantity, o), abs(o.span.start - place)), default=None
    )


def may_render(a: Quantity, b: Quantity) -> bool:
    """Whether two unequal numbers, the first of them Chinese, may be meant for each other."""
    if a.kind == Kind.SILENT:
        return False
    if {a.kind, b.kind} & {Kind.CODE, Kind.HEADING}:
        return a.kind == b.kind and a.code == b.code
    if a.kind in DATE_KINDS or b.kind in DATE_KINDS:
        return a.kind == b.kind or (a.unit == "号" and b.kind in _PLAIN)
    if _far_apart(a.value, b.value):
        return False
    if a.required and b.required:
        return True
    if Kind.VAGUE in (a.kind, b.kind):
        return a.kind == b.kind  # hundreds of millions for 几千万
    # What needs no counterpart is taken for a number only if the two are as small, or if they are
    # round: a thousand for 百问.
    if not a.required and a.value == 1 and a.unit not in _NUMBERING and a.kind != Kind.ORDINAL:
        return False
    round_ = min(a.value, b.value) >= 100 and _same_figures(a.value, b.value)
    small = max(a.value, b.value) <= 12 or round_
    return {a.kind, b.kind} <= _PLAIN and small


def _far_apart(x: Fraction, y: Fraction) -> bool:
    """Whether two values have neither size nor figures in common, as 3 and 19,540 million."""
    low, high = sorted((x, y))
    return high > 1000 * low and not _same_figures(x, y)


_NUMBERING = frozenset(("号", "期", "届", "级", "楼", "层"))


def _distance(a: Quantity, b: Quantity) -> int:
    """How unlike two unequal numbers are in everything but their value."""
    ordered = a.kind == Kind.ORDINAL
    return (
        2 * (a.kind != b.kind)
        + 2 * (bool(a.currency) != bool(b.currency))
        + 2 * (ordered != (b.kind == Kind.ORDINAL))
        + (not _same_figures(a.value, b.value))
    )


def _same_figures(x: Fraction, y: Fraction) -> bool:
    """Whether two values differ by powers of ten only, as a slip between 亿 and million does."""
    figures = [re.sub(r"[.0]+$", "", f"{float(v):.6e}".split("e")[0]) for v in (x, y)]
    return figures[0] == figures[1]


def currencies_differ(a: Quantity, b: Quantity) -> bool:
    """Whether equal amounts are in different money; a bare $ and ¥ may be several."""
    if not a.currency or not b.currency or a.currency == b.currency:
        return False
    loose = {
        "DOLLAR": {"USD", "HKD", "AUD", "CAD", "SGD"},
        "YEN": {"CNY", "JPY"},
    }
    return a.currency not in loose.get(b.currency, set())
