"""Where paragraphs end: one a line, or one a block in text that was wrapped by hand.

Every line end that Unicode knows counts (LF, CR, CRLF, NEL, U+2028, U+2029, form feed).
A blank line belongs to the paragraph before it, leading blank lines to the first one.
"""

import re
import unicodedata
from itertools import pairwise

from workbench.domain.text import Span

INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff"
"""Zero-width characters that show nothing: a line of these alone is blank."""

_BLANK = re.compile(rf"[\s{INVISIBLE}]*")
_FIRST_WORD = re.compile(r"\s*(\S{0,40})")
_STOP = re.compile(r"[.!?:;。！？：；…][\"'”’」』）)\]]*\s*\Z")

# Text is taken for hand-wrapped when its lines are as wide as a page or a mail (in columns,
# a Chinese character counting two), nearly every line is full and few end with a stop.
_NARROWEST, _WIDEST = 40, 140
_FULL_LINES, _OPEN_LINES = 0.8, 0.5
_FEWEST_BREAKS = 3
_SLACK = 0.85


def paragraphs(content: str) -> tuple[Span, ...]:
    """Spans of the paragraphs; they tile the text. No paragraph for an empty text."""
    lines = _lines(content)
    width = _wrap_width(content, lines)
    spans: list[Span] = []
    previous: Span | None = None
    for line in lines:
        blank = _is_blank(content, line)
        if spans and (blank or _continues(content, previous, line, width)):
            spans[-1] = Span(spans[-1].start, line.stop)
        elif spans and _is_blank(content, spans[-1]):
            spans[-1] = Span(spans[-1].start, line.stop)  # blank lines before the first paragraph
        else:
            spans.append(line)
        previous = None if blank else line
    return tuple(spans)


def _lines(content: str) -> list[Span]:
    spans, at = [], 0
    for line in content.splitlines(keepends=True):
        spans.append(Span(at, at + len(line)))
        at += len(line)
    return spans


def _is_blank(content: str, span: Span) -> bool:
    match = _BLANK.match(content, span.start, span.stop)
    return match is not None and match.end() == span.stop


def _wrap_width(content: str, lines: list[Span]) -> int:
    """Columns at which the text was wrapped by hand, 0 when it was not."""
    breaks = [
        (a, b)
        for a, b in pairwise(lines)
        if not _is_blank(content, a) and not _is_blank(content, b)
    ]
    if len(breaks) < _FEWEST_BREAKS:
        return 0
    if sum(len(a) > _WIDEST + 2 for a, _ in breaks) > len(breaks) * (1 - _FULL_LINES):
        return 0  # ordinary paragraphs; measuring their columns would only cost time
    widths = sorted(_columns(content, a) for a, _ in breaks)
    width = widths[int(len(widths) * 0.95)]
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    full = sum(_is_full(content, a, b, width) for a, b in breaks)
    unended = sum(not _STOP.search(content[max(a.start, a.stop - 12) : a.stop]) for a, _ in breaks)
    wrapped = full >= _FULL_LINES * len(breaks) and unended >= _OPEN_LINES * len(breaks)
    return width if wrapped else 0


def _continues(content: str, previous: Span | None, line: Span, width: int) -> bool:
    """Whether a line goes on with the paragraph of the line right before it."""
    if not width or previous is None:
        return False
    if _is_indented(content, line) and not _is_indented(content, previous):
        return False
    if _is_full(content, previous, line, width):
        return True
    return not _STOP.search(content[max(previous.start, previous.stop - 12) : previous.stop])


def _is_indented(content: str, line: Span) -> bool:
    return content.startswith(("  ", "\t", "\u3000"), line.start)


def _is_full(content: str, line: Span, following: Span, width: int) -> bool:
    """Whether the first word of the following line had no room on this one."""
    word = _FIRST_WORD.match(content, following.start, following.stop)
    first = word.group(1) if word else ""
    if first and _is_wide(first[0]):
        first = first[:1]
    needed = _columns(content, line) + 1 + sum(1 + _is_wide(char) for char in first)
    return needed > width * _SLACK


def _columns(content: str, line: Span) -> int:
    text = content[line.start : min(line.stop, line.start + 2 * _WIDEST)].rstrip()
    return sum(1 + _is_wide(char) for char in text)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"
