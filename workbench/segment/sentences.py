"""Sentences of a paragraph: stops are found here, the languages decide which of them end one.

Which language decides goes by the character before the stop, not by the language of the text:
English names and quotations in Chinese text, and the reverse, follow their own rules.
"""

import re

from workbench.domain.text import Span
from workbench.segment import chinese, english
from workbench.segment.marks import STOP, End, Marks, absorb_closers, is_han, read_marks
from workbench.segment.paragraphs import INVISIBLE

_SPACE = re.compile(rf"[\s{INVISIBLE}]*")
_CHINESE_STOPS = "。｡．！？"


def sentences(content: str, paragraph: Span, lang: str, *, dotted: bool) -> list[Span]:
    """Spans of the sentences of one paragraph; they tile it.

    dotted: the text ends its Chinese sentences with dots, having no ideographic full stop.
    """
    marks = read_marks(content, paragraph)
    spans: list[Span] = []
    start, at = paragraph.start, paragraph.start
    while match := STOP.search(content, at, paragraph.stop):
        after = absorb_closers(content, match.end(), paragraph.stop, marks)
        at = _skip_space(content, after, paragraph.stop)
        if at == paragraph.stop:
            break
        end = End(content, start, match.start(), match.end(), after, at, paragraph.stop)
        if _ends_sentence(end, marks, lang, dotted=dotted):
            spans.append(Span(start, at))
            start = at
    spans.append(Span(start, paragraph.stop))
    return spans


def _ends_sentence(end: End, marks: Marks, lang: str, *, dotted: bool) -> bool:
    if marks.in_title(end.first):
        return False
    is_chinese = _is_chinese(end, lang)
    aside = marks.aside(end.first)
    if aside and _skip_space(end.content, end.start, aside.start) < aside.start:
        # An aside within a sentence is part of it; the English goes on in lower case.
        return not is_chinese and aside.stop <= end.after and english.ends(end)
    if aside and is_chinese and aside.stop == end.after:
        return True  # an aside that is a sentence of its own
    return chinese.ends(end, marks, dotted=dotted) if is_chinese else english.ends(end)


def _is_chinese(end: End, lang: str) -> bool:
    if any(char in _CHINESE_STOPS for char in end.run):
        return True
    if not end.before or end.before.isspace():
        return lang.startswith("zh")
    if end.before.isalnum():
        return is_han(end.before)
    return is_han(end.before) or lang.startswith("zh")


def _skip_space(content: str, at: int, stop: int) -> int:
    match = _SPACE.match(content, at, stop)
    return match.end() if match else at
