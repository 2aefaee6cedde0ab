"""The word links of a row read by language, for detectors that ask what stands for what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.detect.sides import Pair
from workbench.domain.links import LinkedPair
from workbench.domain.review import AlignedTexts
from workbench.domain.text import Span

if TYPE_CHECKING:
    from workbench.detect import Context

_STOPS = {
    "zh": re.compile(r"[，。；：！？…—\n]+|[“”‘’（）《》]"),
    "en": re.compile(r"[,;:!?](?=\s|$|[”’\"])|\.(?=\s|$|[”’\"])|[()“”—]|\s[-–]\s|\n"),
}


@dataclass(frozen=True)
class Linked:
    """The words of both sides of a row, Chinese first, and which translate each other.

    zh, en: spans of words. links: (Chinese word, English word, probability).
    """

    zh_text: str
    en_text: str
    zh: tuple[Span, ...]
    en: tuple[Span, ...]
    links: tuple[tuple[int, int, float], ...]

    @cached_property
    def of_zh(self) -> dict[int, list[tuple[int, float]]]:
        """By Chinese word, the English words it is linked to, with probabilities."""
        return _by(self.links)

    @cached_property
    def of_en(self) -> dict[int, list[tuple[int, float]]]:
        """By English word, the Chinese words it is linked to."""
        return _by([(e, z, p) for z, e, p in self.links])

    @cached_property
    def zh_clauses(self) -> tuple[Span, ...]:
        """The Chinese between marks of punctuation."""
        return clauses(self.zh_text, "zh")

    @cached_property
    def en_clauses(self) -> tuple[Span, ...]:
        """The English between marks of punctuation."""
        return clauses(self.en_text, "en")


def _by(links: Sequence[tuple[int, int, float]]) -> dict[int, list[tuple[int, float]]]:
    found: dict[int, list[tuple[int, float]]] = {}
    for a, b, probability in links:
        found.setdefault(a, []).append((b, probability))
    return found


def linked_rows(items: Sequence[Pair], texts: AlignedTexts, context: "Context") -> list[Linked]:
    """The words and links of each pair; without a linker, words alone."""
    if context.links is None:
        return [Linked(item.zh, item.en, (), (), ()) for item in items]
    rows = context.links(texts)
    return [linked(item, rows[item.number]) for item in items]


def linked(item: Pair, found: LinkedPair | None) -> Linked:
    """A pair with what is known of its links."""
    if found is None:
        return Linked(item.zh, item.en, (), (), ())
    by_language = found if item.zh_is_src else found.flipped()
    links = tuple((link.src, link.tgt, link.probability) for link in by_language.links)
    return Linked(item.zh, item.en, by_language.src_words, by_language.tgt_words, links)


def clauses(text: str, lang: str) -> tuple[Span, ...]:
    """The stretches of a text between marks of punctuation; lang: "zh" or "en"."""
    found, start = [], 0
    for match in _STOPS[lang].finditer(text):
        if match.start() > start:
            found.append(Span(start, match.start()))
        start = match.end()
    if start < len(text):
        found.append(Span(start, len(text)))
    return tuple(found)


def at(spans: Sequence[Span], place: Span) -> list[int]:
    """The numbers of the spans that touch a place."""
    return [k for k, span in enumerate(spans) if span.overlaps(place)]
