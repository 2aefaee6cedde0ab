"""How sure we are that a word has a counterpart on the other side.

Evidence: CC-CEDICT and pinyin (through the aligner's lexicon), equal numbers, terms, and how near
the word is to the nearest short phrase of the other text for a sentence encoder. The last two
numbers of a word, dictionary and nearness, are weighed by a logistic regression.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workbench.detect.numbers.compare import match
from workbench.detect.resources import lines
from workbench.detect.sides import Pair
from workbench.detect.terms import term_uses
from workbench.domain.text import Span

if TYPE_CHECKING:
    from workbench.detect import Context
    from workbench.encode import Encoder

_PHRASE_WORDS = 3  # content words in the longest English phrase that is encoded
_NAME = 0.8  # dictionary evidence for a word that may be a name, beside English names
_PHRASE_LENGTH = 48  # characters
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Word:
    """A content word and the evidence for its counterpart.

    exact: a number, term or string that is there beyond doubt. dictionary: 1 when a translation
    of the word stands on the other side, less when only a part of it is translated.
    nearness: cosine to the nearest phrase of the other text, less what is usual for the word;
    0 without an encoder.
    """

    span: Span
    text: str
    exact: bool
    dictionary: float
    nearness: float


@dataclass(frozen=True, slots=True)
class RowWords:
    """The content words of both sides of a row."""

    zh: tuple[Word, ...]
    en: tuple[Word, ...]


@cache
def _light_chinese() -> frozenset[str]:
    return frozenset(lines("light_chinese.txt"))


@cache
def _light_english() -> frozenset[str]:
    return frozenset(lines("light_english.txt"))


def row_words(items: Sequence[Pair], context: "Context") -> list[RowWords]:
    """The content words of each row with their evidence; the encoder is asked once for all."""
    drafts = [_Draft(item, context) for item in items]
    near = _Nearness(context.encoder, drafts) if context.encoder else None
    return [draft.finish(number, near) for number, draft in enumerate(drafts)]


class _Draft:
    """One row: its words, phrases, and what is settled without the encoder."""

    def __init__(self, item: Pair, context: "Context") -> None:
        from workbench.align.lexicon import content_words, lexicon, words

        self._lexicon = lexicon()
        self.zh_words = [
            (word, Span(start, stop))
            for word, start, stop in words(item.zh)
            if start >= item.zh_dateline and is_content(word)
        ]
        found = content_words(item.en)
        self.en_stems = {s for s, _, _ in found}
        self.en_words = [
            (s, Span(start, stop))
            for s, start, stop in found
            if item.en[start:stop].lower() not in _light_english()
        ]
        self.item = item
        self._has_names = bool(re.search(r"[a-z,] [A-Z][a-z]+", item.en))
        self.zh_exact, self.en_exact = _exact_spans(item, context)
        self.zh_phrases = [w for w, _ in self.zh_words] + _joined(item.zh, self.zh_words)
        self.en_phrases = _phrases(item.en, [Span(a, b) for _, a, b in found])

    def finish(self, number: int, near: "_Nearness | None") -> RowWords:
        """The row's words with all their evidence; number: of the row among those encoded."""
        zh = tuple(
            Word(
                span,
                word,
                _touches(span, self.zh_exact) or self._latin(word),
                self._dictionary(word),
                near.zh(number, word) if near else 0.0,
            )
            for word, span in self.zh_words
        )
        return RowWords(zh, tuple(self._english(number, near)))

    def _english(self, number: int, near: "_Nearness | None") -> Iterable[Word]:
        translated: set[str] = set()
        for word in [word for word, _ in self.zh_words] + _HAN.findall(self.item.zh):
            translated |= self._lexicon.translations(word)
        for root, span in self.en_words:
            text = span.of(self.item.en)
            yield Word(
                span,
                text,
                _touches(span, self.en_exact) or text.lower() in self.item.zh.lower(),
                float(root in translated),
                near.en(number, text) if near else 0.0,
            )

    def _latin(self, word: str) -> bool:
        return not _HAN.search(word) and word.lower() in self.item.en.lower()

    def _dictionary(self, word: str) -> float:
        if self._lexicon.translations(word) & self.en_stems:
            return 1.0
        if word not in self._lexicon and len(word) > 1 and self._has_names:
            return _NAME  # a foreign name written by sound
        if len(word) < 2:
            return 0.0
        parts = self._lexicon.inside(word) or list(word)
        hit = sum(len(p) for p in parts if self._lexicon.translations(p) & self.en_stems)
        return 0.6 * hit / len(word)


def is_content(word: str) -> bool:
    """Whether a Chinese word carries content of its own."""
    return bool(re.search(r"[\u3400-\u9fffA-Za-z]", word)) and word not in _light_chinese()


def _exact_spans(item: Pair, context: "Context") -> tuple[list[Span], list[Span]]:
    numbers = match(item.zh, item.en).matched
    uses = [use for use in term_uses(item, context.terms) if use.en]
    zh = [a.whole for a, _ in numbers] + [use.zh for use in uses]
    en = [b.whole for _, b in numbers] + [use.en for use in uses if use.en]
    return zh, en


def _touches(span: Span, others: Iterable[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


def _joined(text: str, words: Sequence[tuple[str, Span]]) -> list[str]:
    """Neighbouring content words as one phrase, as far as they touch or nearly so."""
    return [
        text[a.start : b.stop]
        for (_, a), (_, b) in pairwise(words)
        if b.start - a.stop <= 1 and b.stop - a.start <= 8
    ]


def _phrases(text: str, spans: Sequence[Span]) -> list[str]:
    """Runs of one to three content words with what stands between them."""
    found = []
    for i, first in enumerate(spans):
        for last in spans[i : i + _PHRASE_WORDS]:
            phrase = text[first.start : last.stop]
            if len(phrase) > _PHRASE_LENGTH or re.search(r"[.;:!?]\s", phrase):
                break
            found.append(phrase)
    return found


class _Nearness:
    """Cosines of words to the phrases of the other side, less what is usual for the word."""

    def __init__(self, encoder: "Encoder", drafts: Sequence[_Draft]) -> None:
        strings: dict[str, int] = {}
        for draft in drafts:
            singles = [span.of(draft.item.en) for _, span in draft.en_words]
            for text in (*draft.zh_phrases, *draft.en_phrases, *singles):
                strings.setdefault(text, len(strings))
        self._at = strings
        self._vectors = encoder.encode(list(strings))
        self._zh = [self._rows(draft.zh_phrases) for draft in drafts]
        self._en = [self._rows(draft.en_phrases) for draft in drafts]
        # Words that are near to everything are near to nothing in particular.
        self._usual_en = _mean([self._vectors[rows].mean(axis=0) for rows in self._en if len(rows)])
        self._usual_zh = _mean([self._vectors[rows].mean(axis=0) for rows in self._zh if len(rows)])

    def _rows(self, texts: Iterable[str]) -> NDArray[np.intp]:
        return np.array([self._at[text] for text in dict.fromkeys(texts)], dtype=np.intp)

    def zh(self, number: int, word: str) -> float:
        """Of a Chinese word to the English phrases of its row."""
        return self._nearest(word, self._en[number], self._usual_en)

    def en(self, number: int, word: str) -> float:
        """Of an English word to the Chinese phrases of its row."""
        return self._nearest(word, self._zh[number], self._usual_zh)

    def _nearest(
        self, word: str, rows: NDArray[np.intp], usual: NDArray[np.float32] | None
    ) -> float:
        if not len(rows) or usual is None:
            return 0.0
        vector = self._vectors[self._at[word]]
        return float(np.max(self._vectors[rows] @ vector) - usual @ vector)


def _mean(vectors: Sequence[NDArray[np.float32]]) -> NDArray[np.float32] | None:
    return np.mean(vectors, axis=0) if len(vectors) else None
