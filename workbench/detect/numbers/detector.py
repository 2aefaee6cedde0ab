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
from workbench.detect.numbers.values import DATE_KINDS, Kind, Quantity, same_value
from workbench.detect.numbers.wording import SMALL, alone, differ, money, points
from workbench.detect.sides import Pair, neighbours, pairs
from workbench.domain.review import AlignedTexts, Flag
from workbench.domain.text import Span

if TYPE_CHECKING:
    from workbench.detect import Context


def numbers(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """Numbers, dates and amounts whose values differ.

    Idioms and names that contain numerals are left alone, and so are numbers that the
    neighbouring row has. Approximators (近, "nearly") are another detector's matter.
    """
    items = pairs(texts)
    matchings = {item.number: match(item.zh, item.en, from_zh=item.zh_is_src) for item in items}
    flags: list[Flag] = []
    for at, item in enumerate(items):
        if not item.is_null:
            near = [matchings[other.number] for other in neighbours(items, at)]
            flags += _row(item, matchings[item.number], near)
    return flags


def numbers_rank(texts: AlignedTexts, context: "Context") -> list[float]:
    """How likely a number of each row differs: the surest flag, else what is left unanswered."""
    surest: dict[str, float] = {}
    for flag in numbers(texts, context):
        surest[flag.row] = max(flag.confidence, surest.get(flag.row, 0.0))
    scores = dict.fromkeys((row.id for row in texts.rows), 0.0)
    for item in pairs(texts):
        if not item.is_null:
            found = match(item.zh, item.en, from_zh=item.zh_is_src)
            left = [q for q in (*found.zh_left, *found.en_left) if q.kind != Kind.SILENT]
            needed = sum(q.required for q in left) + len(found.zh_spare) + len(found.en_spare)
            unanswered = needed / (needed + 1) / 4 + len(left) / (len(left) + 1) / 8
            scores[item.row.id] = surest.get(item.row.id, unanswered)
    return [scores[row.id] for row in texts.rows]


def _row(item: Pair, found: Matching, near: Sequence[Matching]) -> list[Flag]:
    zh_left = [q for q in found.zh_left if not _in(q, [o for m in near for o in m.en_left])]
    en_left = [q for q in found.en_left if not _in(q, [o for m in near for o in m.zh_left])]
    flags = [money(item, a, b) for a, b in found.matched if currencies_differ(a, b)]
    flags += [
        points(item, a, b)
        for a, b in found.matched
        if {a.kind, b.kind} == {Kind.PERCENT, Kind.POINT}
    ]
    zh_free, en_free = [*zh_left, *found.zh_spare], [*en_left, *found.en_spare]
    while pair := _next_pair(item, (zh_left, zh_free), (en_left, en_free)):
        a, b = pair
        flags.append(differ(item, a, b))
        for quantity, lists in ((a, (zh_left, zh_free)), (b, (en_left, en_free))):
            for quantities in lists:
                if quantity in quantities:
                    quantities.remove(quantity)
    if chinese.names_relative_date(item.zh):
        en_left = [q for q in en_left if q.kind not in DATE_KINDS]
    if english.names_relative_date(item.en):
        zh_left = [q for q in zh_left if q.kind not in DATE_KINDS]
    flags += [alone(item, q, True) for q in zh_left if _stands_alone(q)]
    # English likes to supply the year and the number of a meeting.
    supplied = (Kind.YEAR, Kind.ORDINAL)
    flags += [alone(item, q, False) for q in en_left if _stands_alone(q) and q.kind not in supplied]
    return _one_per_expression(flags)


def _in(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    return any(same_value(quantity, other) for other in others)


_SIGNED = (Kind.CODE, Kind.HEADING, Kind.VAGUE)
"""Kinds that need no counterpart, but whose counterpart has to agree if there is one."""

_Lists = tuple[Sequence[Quantity], Sequence[Quantity]]
"""Numbers that nothing equals, and those with the ones that are equal to a number too many."""


def _next_pair(item: Pair, zh: _Lists, en: _Lists) -> tuple[Quantity, Quantity] | None:
    """The next needed number that something unequal on the other side may stand for."""
    # What is quite unanswered makes the likelier pair.
    for left, right in ((0, 0), (0, 1), (1, 0)):
        for a in zh[left]:
            if a.required or a.kind in _SIGNED:
                place = a.span.start / len(item.zh) * len(item.en)
                if b := nearest(a, [o for o in en[right] if may_render(a, o)], place):
                    return a, b
        for b in en[left]:
            if b.required or b.kind in _SIGNED:
                place = b.span.start / len(item.en) * len(item.zh)
                if other := nearest(b, [o for o in zh[right] if may_render(o, b)], place):
                    return other, b
    return None


def _stands_alone(q: Quantity) -> bool:
    """Whether a number without any counterpart is worth a flag: 一 and 两 are not."""
    if not q.required:
        return False
    large = q.kind in (Kind.PERCENT, Kind.POINT) or bool(q.currency) or q.value > SMALL
    return large or (q.kind == Kind.COUNT and q.value > 2)


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
