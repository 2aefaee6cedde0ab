"""Shades of degree and manner that have no counterpart: 大搞, 足以, 坚决, 不容."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from workbench.detect.sides import Pair
from workbench.domain.review import Flag, Severity
from workbench.domain.text import Span

_ACHIEVED = re.compile(r"(探索|摸索|研究|研制|开发|寻找|创造)出")


@dataclass(frozen=True, slots=True)
class _Shade:
    """An expression, the beginnings of English words that keep it, and what it says."""

    zh: str
    kept: re.Pattern[str]
    note: str
    note_zh: str


@cache
def _shades() -> tuple[_Shade, ...]:
    content = files("workbench.detect").joinpath("data", "shades.csv").read_text(encoding="utf-8")
    return tuple(
        _Shade(row["zh"], _kept(row["en"]), row["note"], row["note_zh"])
        for row in csv.DictReader(content.splitlines())
    )


def _kept(cell: str) -> re.Pattern[str]:
    parts = [r".{1,60}\b".join(map(re.escape, p.split(" … "))) for p in cell.split("|")]
    return re.compile(rf"\b(?:{'|'.join(parts)})", re.IGNORECASE)


def shades(item: Pair) -> list[Flag]:
    """Expressions of the list that nothing in the English row keeps, and what Chinese has achieved
    while English is at it; neutral findings.
    """
    found = [
        _flag(item, shade, Span(at, at + len(shade.zh)))
        for shade in _shades()
        for at in (item.zh.find(shade.zh),)
        if at >= 0 and not shade.kept.search(item.en)
    ]
    return found + [_unfinished(item, *where) for where in _under_way(item)]


def _under_way(item: Pair) -> Iterator[tuple[Span, Span]]:
    """A search that 出 says succeeded (探索出), with its English verb where that is only …ing."""
    from workbench.align.lexicon import content_words, lexicon

    match = _ACHIEVED.search(item.zh)
    if match:
        meant = lexicon().translations(match[1])
        verbs = [Span(a, b) for stem, a, b in content_words(item.en) if stem in meant]
        if verbs and all(verb.of(item.en).endswith("ing") for verb in verbs):
            yield Span(*match.span()), verbs[0]


def _flag(item: Pair, shade: _Shade, zh: Span) -> Flag:
    return item.flag(
        "modality", "accuracy/modality", Severity.NEUTRAL, zh, None,
        (f"{shade.note}; nothing in the English keeps that.", f"{shade.note_zh}，英文没有体现。"),
        0.4,
    )  # fmt: skip


def _unfinished(item: Pair, zh: Span, en: Span) -> Flag:
    words, said = zh.of(item.zh), en.of(item.en)
    return item.flag(
        "modality", "accuracy/modality", Severity.NEUTRAL, zh, en,
        (f"{words} says that it was achieved; “{said}” leaves that open.",
         f"“{words}”表示已有结果，“{said}”没有体现。"),
        0.4,
    )  # fmt: skip
