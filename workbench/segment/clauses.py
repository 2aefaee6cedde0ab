"""Clauses of a sentence: the pieces between commas, used to locate and not to align."""

import re

from workbench.domain.text import Span
from workbench.segment.marks import CLOSERS, is_han

_MARK = re.compile(r"[，；、：,;:﹐﹔﹕､]+")
_EDGE = re.compile(
    r"[，；：:;]+[”’]?|(?:,[”\"’']?|--|[—–])(?=\s|\w)|[.!?。！？…]+[”\"’']?(?=\s|\w)"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_AFTER = re.compile(rf"[{re.escape(CLOSERS)}]*\s*")


def clauses(content: str, span: Span, lang: str) -> tuple[Span, ...]:
    """Spans of the clauses of a passage; they tile it. A clause owns the mark that ends it.

    Clauses end at ，；、： and at , ; : outside numbers, times and addresses.
    """
    spans: list[Span] = []
    start = span.start
    for match in _MARK.finditer(content, span.start, span.stop):
        tail = _AFTER.match(content, match.end(), span.stop)
        stop = tail.end() if tail else match.end()
        if start < stop < span.stop and _separates(content, match, lang):
            spans.append(Span(start, stop))
            start = stop
    return (*spans, Span(start, span.stop)) if start < span.stop else tuple(spans)


def _separates(content: str, mark: re.Match[str], lang: str) -> bool:
    before = content[mark.start() - 1 : mark.start()]
    after = content[mark.end() : mark.end() + 1]
    if before.isdecimal() and after.isdecimal() and mark.group() != "、":
        return False  # 1,000 and 10:30, in either width
    if not mark.group().isascii():
        return True
    if after.isspace() or after in CLOSERS + "\"'":
        return True
    return lang.startswith("zh") and (is_han(before or " ") or is_han(after))


def edge_clauses(text: str) -> tuple[int, int]:
    """Where the first clause of a sentence stops and where its last one starts.

    Both are of some length; a short sentence is both.
    """
    cuts = [m.end() for m in _EDGE.finditer(text)]
    long = 4 if _HAN.search(text) else 16
    first = next((at for at in cuts if at >= long and len(text) - at >= long), len(text))
    last = next((at for at in reversed(cuts) if len(text) - at >= long and at >= long), 0)
    return first, last
