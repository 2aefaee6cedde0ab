"""English numbers that belong together: dates and ranges."""

import re
from dataclasses import replace

from workbench.detect.numbers import english_patterns as words
from workbench.detect.numbers.values import Kind, Quantity
from workbench.domain.text import Span

_DATES = (Kind.YEAR, Kind.MONTH, Kind.DAY)
_GLUE = re.compile(
    r"(?:st|nd|rd|th)?[ ,.]*(?:to|and|through|until|till|of|the|-|–|—)?(?: the)?[ ,]*"
)


def join_dates(text: str, found: list[Quantity]) -> list[Quantity]:
    """Turn numbers beside a month into days, and let the parts of one date quote all of it."""
    joined = list(found)
    for i, quantity in enumerate(joined):
        if (
            quantity.kind in (Kind.COUNT, Kind.ORDINAL)
            and 1 <= quantity.value <= 31
            and _near_month(text, joined, i)
        ):
            joined[i] = replace(quantity, kind=Kind.DAY)
    start = 0
    for i in range(1, len(joined) + 1):
        together = (
            i < len(joined)
            and joined[i].kind in _DATES
            and joined[i - 1].kind in _DATES
            and _GLUE.fullmatch(text[joined[i - 1].span.stop : joined[i].span.start])
        )
        if not together:
            if i - start > 1:
                whole = Span(joined[start].span.start, joined[i - 1].span.stop)
                joined[start:i] = [replace(q, whole=whole) for q in joined[start:i]]
            start = i
    return joined


def _near_month(text: str, found: list[Quantity], i: int) -> bool:
    if i and found[i - 1].kind in (Kind.MONTH, Kind.DAY):
        between = text[found[i - 1].span.stop : found[i].span.start]
        if _GLUE.fullmatch(between):
            return True
    if i + 1 < len(found) and found[i + 1].kind == Kind.MONTH:
        return bool(_GLUE.fullmatch(text[found[i].span.stop : found[i + 1].span.start]))
    return False


def join_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """In "3 to 5 million" the first may mean 3 million; in "2019-20" the second means 2020."""
    joined = list(found)
    for i in range(1, len(joined)):
        a, b = joined[i - 1], joined[i]
        if not re.fullmatch(
            r"\s?(?:-|–|—|to|or|and)\s?(?:US\$|\$|€|£)?", text[a.span.stop : b.span.start]
        ):
            continue
        scale = re.search(
            r"(thousand|million|billion|trillion)$", text[b.span.start : b.span.stop], re.I
        )
        if scale and a.value < 1000:
            joined[i - 1] = replace(a, also=(*a.also, a.value * words.SCALE[scale[1].lower()]))
        if 1000 <= a.value <= 2100 and b.value < 100:
            joined[i] = replace(b, also=(*b.also, a.value - a.value % 100 + b.value))
    return joined
