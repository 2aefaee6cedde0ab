"""How sure we are that a word has a counterpart on the other side.

Evidence: CC-CEDICT and pinyin (through the aligner's lexicon), equal numbers, terms, and how near
the word is to the nearest short phrase of the other text for a sentence encoder. The last two
numbers of a word, dictionary and nearness, are weighed by a logistic regression.
"""

import math
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
from workbench.detect.sides import Pair, pairs
from workbench.detect.terms import term_uses
from workbench.domain.review import AlignedTexts
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
    """The content words of each row with their evidence.

    The encoder is asked once for all rows; rows that the context has seen cost nothing.
    """
    keys = [(item.zh, item.en, item.zh_dateline, item.en_dateline) for item in items]
    new = {key: item for key, item in zip(keys, items, strict=True) if key not in context.words}
    drafts = [_Draft(item, context) for item in new.values()]
    near = _Nearness(context.encoder, drafts) if context.encoder else None
    for number, (key, draft) in enumerate(zip(new, drafts, strict=True)):
        context.words[key] = draft.finish(number, near)
    return [context.words[key] for key in keys]


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


@dataclass(frozen=True, slots=True)
class Model:
    """Logistic regression for "this word has no counterpart", and the rule that flags.

    weights: of exact evidence, dictionary, nearness and `odd`. run: probability from which words
    join a run. alarm: score from which a run is flagged (see `_runs`), grave: as major.
    """

    bias: float
    weights: tuple[float, float, float, float]
    run: float
    alarm: float
    grave: float

    def probability(self, word: Word, odd: bool) -> float:
        """How likely the word has no counterpart."""
        evidence = (word.exact, word.dictionary, word.nearness, odd)
        z = self.bias + sum(w * x for w, x in zip(self.weights, evidence, strict=True))
        return 1 / (1 + math.exp(-z))


# Chinese: fitted on the omission spans of WMT23 MQM (zh-en); odd: a word of one character.
CHINESE = Model(0.31, (-0.88, -1.28, -5.08, -0.36), 0.2, 0.5, 0.95)
CHINESE_PLAIN = Model(-1.50, (-0.86, -2.33, 0.0, -0.24), 0.18, 0.7, 1.2)
# English: fitted on the additions of DEMETR (zh-en); odd: a capitalised word.
ENGLISH = Model(-0.47, (-1.87, -2.29, -3.52, -1.68), 0.1, 0.4, 0.9)
ENGLISH_PLAIN = Model(-1.65, (-1.43, -2.77, 0.0, -1.72), 0.15, 0.6, 1.1)

Scored = list[tuple[Word, float]]


def scored_words(texts: AlignedTexts, context: "Context") -> list[tuple[Pair, Scored, Scored]]:
    """For each paired row, its words with the probability of having no counterpart."""
    items = [item for item in pairs(texts) if not item.is_null]
    zh_model = CHINESE if context.encoder else CHINESE_PLAIN
    en_model = ENGLISH if context.encoder else ENGLISH_PLAIN
    return [
        (
            item,
            [(w, zh_model.probability(w, len(w.text) == 1)) for w in words.zh],
            [(w, en_model.probability(w, w.text[:1].isupper())) for w in words.en],
        )
        for item, words in zip(items, row_words(items, context), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class RowCoverage:
    """The words of a row's source and target, each with how surely it has a counterpart."""

    src: tuple[tuple[Span, float], ...] = ()
    tgt: tuple[tuple[Span, float], ...] = ()


def row_coverage(texts: AlignedTexts, context: "Context") -> list[RowCoverage]:
    """The coverage of each row; of a row left out or without one side nothing is said."""
    found = {}
    for item, *scored in scored_words(texts, context):
        zh, en = (tuple((word.span, 1 - p) for word, p in words) for words in scored)
        found[item.row.id] = RowCoverage(zh, en) if item.zh_is_src else RowCoverage(en, zh)
    return [found.get(row.id, RowCoverage()) for row in texts.rows]


def prepare(texts: AlignedTexts, context: "Context") -> None:
    """Look at all rows at once, so that looking at one of them later costs nothing."""
    row_words([item for item in pairs(texts) if not item.is_null], context)
