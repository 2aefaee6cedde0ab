"""Clauses of a sentence: the pieces between commas, used to locate and not to align."""

import re

from workbench.domain.text import Span
from workbench.segment.marks import CLOSERS, is_han

_MARK = re.compile(r"[，；、：,;:﹐﹔﹕､]+")
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
