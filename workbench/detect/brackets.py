"""Quotation marks and brackets without a partner, across the rows of one language."""

import re
from collections.abc import Iterator, Sequence

from workbench.domain.text import Span

_PAIRS = {"“": "”", "(": ")", "[": "]", "（": "）", "《": "》", "【": "】", "「": "」", "『": "』"}
_CHINESE_ONLY = {"‘": "’"}  # in English ’ is an apostrophe, too
_LIST_MARK = re.compile(r"(?:^|(?<=\s))[(（]?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[)）]")
_SMILEY = re.compile(r"[:;=][-^]?[()]")
_REACH = 8  # rows over which a quotation may run


def unpaired(rows: Sequence[str], chinese: bool) -> Iterator[tuple[int, Span]]:
    """Marks without a partner as (row number, span of the mark and the words after it).

    A quotation that opens in one row and closes in one of the next rows is fine, and so is a
    new opening mark at the head of each paragraph of a long quotation.
    """
    kinds = _PAIRS | (_CHINESE_ONLY if chinese else {})
    for opening, closing in kinds.items():
        loose = [
            (row, *mark) for row, text in enumerate(rows) for mark in _loose(text, opening, closing)
        ]
        yield from _without_partner(rows, loose)
    odd = [
        (row, text.rfind('"'), 1)
        for row, text in enumerate(rows)
        if text.replace('\\"', "").count('"') % 2 and not re.search(r'\d"', text)
    ]
    # Straight marks do not say which way they face: two odd rows near each other make a pair.
    at = 0
    while at < len(odd):
        if at + 1 < len(odd) and odd[at + 1][0] - odd[at][0] <= _REACH:
            at += 2
            continue
        row = odd[at][0]
        yield row, _straight(rows[row])
        at += 1


def _loose(text: str, opening: str, closing: str) -> list[tuple[int, int]]:
    """Marks of one kind that find no partner inside a text, as (offset, +1 opening or -1)."""
    skip = {i for match in (*_LIST_MARK.finditer(text), *_SMILEY.finditer(text))
            for i in range(*match.span())}  # fmt: skip
    open_at: list[int] = []
    loose: list[tuple[int, int]] = []
    for i, char in enumerate(text):
        if i in skip:
            continue
        if char == opening:
            open_at.append(i)
        elif char == closing:
            if open_at:
                open_at.pop()
            else:
                loose.append((i, -1))
    return sorted(loose + [(i, 1) for i in open_at])


def _without_partner(
    rows: Sequence[str], loose: list[tuple[int, int, int]]
) -> Iterator[tuple[int, Span]]:
    waiting: tuple[int, int] | None = None
    for row, at, way in loose:
        if way < 0 and waiting and row - waiting[0] <= _REACH:
            waiting = None
        elif way < 0:
            yield row, Span(max(0, at - 12), at + 1)
        elif waiting and row - waiting[0] <= _REACH and not rows[row][:at].strip():
            waiting = (row, at)  # a long quotation, opened again at the head of a paragraph
        else:
            if waiting:
                yield waiting[0], _words_after(rows[waiting[0]], waiting[1])
            waiting = (row, at)
    if waiting:
        yield waiting[0], _words_after(rows[waiting[0]], waiting[1])


def _words_after(text: str, at: int) -> Span:
    match = re.match(r".[^,.;:?!，。；：？！]{0,60}", text[at:], re.DOTALL)
    stop = at + (match.end() if match else 1)
    while stop > at + 1 and text[stop - 1].isspace():
        stop -= 1
    return Span(at, stop)


def _straight(text: str) -> Span:
    """The odd mark of a row: the one that leans on no word on the side it should."""
    marks = [i for i, char in enumerate(text) if char == '"']
    inside = False
    for n, i in enumerate(marks):
        before, after = text[i - 1 : i], text[i + 1 : i + 2]
        opens = (not before or before.isspace() or before in "(—-") and bool(after.strip())
        if opens and inside:
            return _words_after(text, marks[n - 1])
        inside = opens or (not inside and not bool(before.strip()))
    return _words_after(text, marks[-1])
