"""Chinese numbers that belong together: dates and ranges."""

import re
from dataclasses import replace

from workbench.detect.numbers.numerals import chinese_value
from workbench.detect.numbers.values import DATE_KINDS, Kind, Quantity
from workbench.domain.text import Span

_DATE_GLUE = re.compile(r" ?[至到\-—~和、及与]? ?(?:次年|同年|翌年)?")


def join_dates(text: str, found: list[Quantity]) -> list[Quantity]:
    """Let year, month and day of one date quote the whole date."""
    dates = (Kind.YEAR, Kind.MONTH, Kind.DAY)
    joined = list(found)
    start = 0
    for i in range(1, len(joined) + 1):
        together = (
            i < len(joined)
            and joined[i].kind in dates
            and joined[i - 1].kind in dates
            and _DATE_GLUE.fullmatch(text[joined[i - 1].span.stop : joined[i].span.start])
        )
        if not together:
            whole = Span(joined[start].whole.start, joined[i - 1].whole.stop)
            if i - start > 1:
                joined[start:i] = [replace(q, whole=whole) for q in joined[start:i]]
            start = i
    return joined


def join_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """In 3至5万 the first number may mean 30,000; in 2019-20 the second means 2020."""
    joined = list(found)
    for i in range(1, len(joined)):
        a, b = joined[i - 1], joined[i]
        if not re.fullmatch(r" ?[至到\-—~]+ ?", text[a.span.stop : b.span.start]):
            continue
        if a.kind == Kind.COUNT and b.kind in DATE_KINDS and _fits(a, b.kind):
            joined[i - 1] = replace(a, kind=b.kind)  # 3至6月, 2013-2017年
            continue
        scale = re.search(r"[十百千万亿]+$", text[b.span.start : b.span.stop])
        if (
            scale
            and a.value < b.value
            and not re.search(r"[万亿]", text[a.span.start : a.span.stop])
        ):
            unit = chinese_value("一" + scale[0])
            if unit is not None:
                joined[i - 1] = replace(a, also=(*a.also, a.value * unit.value))
        if 1000 <= a.value <= 2100 and b.value < 100:
            century = a.value - a.value % 100
            joined[i] = replace(b, also=(*b.also, century + b.value))
    return joined


_LARGEST = {Kind.MONTH: 12, Kind.DAY: 31, Kind.YEAR: 2100}


def _fits(quantity: Quantity, kind: Kind) -> bool:
    low = 1000 if kind == Kind.YEAR else 1
    return low <= quantity.value <= _LARGEST.get(kind, 0)


def join_decades(text: str, found: list[Quantity]) -> list[Quantity]:
    """Let 20世纪50年代 and 上世纪80年代 mean one decade, 1950s and 1980s."""
    joined = list(found)
    for i in range(1, len(joined)):
        century, decade = joined[i - 1], joined[i]
        if (century.kind, decade.kind) == (Kind.CENTURY, Kind.DECADE) and re.fullmatch(
            r"[的, ]?", text[century.span.stop : decade.span.start]
        ):
            whole = Span(century.span.start, decade.whole.stop)
            year = century.value * 100 - 100 + decade.value
            joined[i] = replace(decade, value=year, also=(decade.value,), whole=whole)
            joined[i - 1] = replace(century, required=False)
    return joined
