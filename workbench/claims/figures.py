"""The numbers of a claim beside those of a passage."""

import re
from collections.abc import Sequence

from workbench.align.lexicon import stem, stems_behind
from workbench.claims.passages import Passage
from workbench.claims.wording import answers
from workbench.detect.numbers import chinese
from workbench.detect.numbers.compare import may_render
from workbench.detect.numbers.values import DATE_KINDS, Kind, Quantity, same_value

_TIMES = {"time": "[次回]", "minute": "分", "hour": "(?:小时|钟头)", "day": "[天日]",
          "week": "(?:周(?!年)|星期)", "month": "月", "year": "(?:周?年|岁)"}  # fmt: skip
_AFTER = re.compile(
    r"[\d.,一二两三四五六七八九十百千万亿余多]+([^\d，。；：一二两三四五六七八九十]{1,8})"
)
_MANY = 100
_SHARES = {Kind.FRACTION, Kind.PERCENT}
_PLAIN = {Kind.COUNT, Kind.ORDINAL, Kind.TIMES}  # the tenth year running, 连续8年


def tells(quantity: Quantity) -> bool:
    """Whether a number says something: "second-largest" and "half" do, "both" does not."""
    if quantity.required or quantity.code or quantity.approx:
        return True
    ranked = quantity.kind == Kind.ORDINAL and quantity.value > 1
    return ranked or quantity.kind == Kind.FRACTION


def share(quantity: Quantity, item: Passage) -> float:
    """How far a number has an answer in a passage: 1 for an equal one, half for another."""
    equal, unequal, missing = compare([quantity], item)
    return 1.0 if equal else 0.5 if unequal or not missing else 0.0  # not missing: 去年 for 2024


def _measures_alike(zh: Quantity, text: str, en: Quantity) -> bool:
    """Whether both count the same stretch of time, as far as they count any: not 5年 and hours."""
    unit = next((name for name in _TIMES if en.unit.startswith(name)), "")
    after = text[zh.span.stop : zh.span.stop + 4]
    units = {
        name for name, pattern in _TIMES.items() if re.match(rf"[多余来几]?个?多?{pattern}", after)
    }
    return not unit or not units or unit in units


def _fits(zh: Quantity, en: Quantity) -> bool:
    """Whether two unequal numbers may count the same thing."""
    if {zh.kind, en.kind} == {Kind.VAGUE, Kind.COUNT}:  # 上万名, about 2,000
        return min(zh.value, en.value) >= _MANY
    shares = {zh.kind, en.kind} <= _SHARES
    if not shares and not may_render(zh, en):
        return False
    if not (shares or zh.kind == en.kind or {zh.kind, en.kind} <= _PLAIN):
        return False
    return bool(zh.currency) == bool(en.currency)


def _counts(zh: Quantity, text: str, en: Quantity) -> bool:
    """Whether the words after a Chinese number, or its measure, answer those of an English one."""
    after = _AFTER.match(text, zh.span.start)
    if not after or not en.unit:
        return False
    answer = answers(en.unit)
    return stem(en.unit) in stems_behind(after[1]) or bool(answer and answer.search(after[1]))


Pairs = list[tuple[Quantity, Quantity]]


def compare(numbers: Sequence[Quantity], item: Passage) -> tuple[Pairs, Pairs, list[Quantity]]:
    """Numbers with an equal one in the passage, those with an unequal one, those without any."""
    equal: Pairs = []
    unequal: Pairs = []
    missing = []
    for quantity in numbers:
        like = [q for q in item.numbers if _measures_alike(q, item.text, quantity)]
        same = [q for q in like if same_value(q, quantity)]
        other = [q for q in like if _fits(q, quantity)]
        counted = [q for q in other if _counts(q, item.text, quantity)]
        if same and counted and not any(_counts(q, item.text, quantity) for q in same):
            unequal.append((quantity, counted[0]))  # four countries, 三国四地
        elif same:
            equal.append((quantity, same[0]))
        elif other:
            unequal.append((quantity, other[0]))
        elif not (quantity.kind in DATE_KINDS and chinese.names_relative_date(item.text)):
            missing.append(quantity)
    return equal, unequal, missing
