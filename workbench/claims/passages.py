"""The original as passages in which the evidence for a claim is looked up."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin

from workbench.align.lexicon import content_words, stems_behind, words
from workbench.claims.wording import REPORTING_ZH, ContentWord
from workbench.detect.numbers import chinese
from workbench.detect.numbers.values import Quantity
from workbench.domain.text import Span, Text
from workbench.encode import Encoder
from workbench.segment import clauses

Floats = NDArray[np.float32]

# A word whose nearest word of a passage has this cosine is as good as absent, or as translated.
_FAR, _NEAR = 0.5, 0.85
_BY_NEARNESS = 0.8  # at most, for a word that is only near
_REPORTED = 0.9
_COMMON = 0.7  # how much less a word tells that every passage has


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of the original.

    span, clauses: characters of the original. english: its translation, "" when it has none.
    stems: of the English words that it may be rendered by. pairs: neighbouring stems of the
    translation. numbers: their spans count from the passage's start.
    """

    span: Span
    text: str
    clauses: tuple[Span, ...]
    english: str
    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    sounds: frozenset[str]
    numbers: tuple[Quantity, ...]


class Passages:
    """All sentences of an original, and how near a claim is to each."""

    def __init__(
        self, original: Text, sentences: Sequence[Span], english: Sequence[str], encoder: Encoder
    ) -> None:
        self.original = original
        self.encoder = encoder
        self.items = tuple(
            _passage(original, span, rendering)
            for span, rendering in zip(sentences, english, strict=True)
            if span.of(original.content).strip()
        )
        self.all_stems = frozenset().union(*(item.stems for item in self.items))

    @cached_property
    def _counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for item in self.items:
            for word in item.stems:
                counts[word] = counts.get(word, 0) + 1
        return counts

    def weight(self, word: ContentWord) -> float:
        """How telling a word is: 1 for one that no passage has, less the more passages have it."""
        if not word.stems:
            return 0.5 if word.alternatives else 0.8
        commonest = min(self._counts.get(stem, 0) for stem in word.stems)
        size = np.log(1 + len(self.items))
        return float(1 - _COMMON * np.log(1 + commonest) / size) * (1 + 0.3 * (len(word.stems) > 1))

    @cached_property
    def _parts(self) -> tuple[Floats, NDArray[np.intp]]:
        """Vectors of each passage, its clauses and its translation; whose they are."""
        texts, owners = [], []
        for number, item in enumerate(self.items):
            pairs = [
                Span(first.start, last.stop).of(self.original.content)
                for i, first in enumerate(item.clauses)
                for last in item.clauses[i : i + 2]
            ]
            found = [item.text, *pairs, *([item.english] if item.english else [])]
            texts += found
            owners += [number] * len(found)
        return self.encoder.encode(texts), np.array(owners, dtype=np.intp)

    @cached_property
    def _words(self) -> tuple[Floats, list[NDArray[np.intp]]]:
        """Vectors of the words of all passages, and which of them each passage has."""
        numbers: dict[str, int] = {}
        owned = []
        for item in self.items:
            found = [word for word, _, _ in words(item.text) if len(word) > 1]
            found += [item.english[a:b] for _, a, b in content_words(item.english)]
            owned.append(
                np.array(sorted({numbers.setdefault(w, len(numbers)) for w in found}), np.intp)
            )
        return self.encoder.encode(list(numbers)), owned

    def nearness(self, text: str) -> Floats:
        """The cosine of a text to the nearest part of each passage; shape (passages,)."""
        vectors, owners = self._parts
        best = np.zeros(len(self.items), dtype=np.float32)
        np.maximum.at(best, owners, vectors @ self.encoder.encode([text])[0])
        return best

    def wording(self, text: str) -> Floats:
        """The share of neighbouring content words that stand together in each translation."""
        wanted = list(pairwise(stem for stem, _, _ in content_words(text)))
        counts = [sum(pair in item.pairs for pair in wanted) for item in self.items]
        return np.array([count / max(1, len(wanted)) for count in counts], dtype=np.float32)

    def coverage(self, wanted: Sequence[ContentWord]) -> Floats:
        """How surely each word has a counterpart in each passage; shape (words, passages)."""
        vectors, owned = self._words
        out = np.zeros((len(wanted), len(self.items)), dtype=np.float32)
        if not wanted:
            return out
        own = self.encoder.encode([word.text for word in wanted])
        for row, (word, vector) in enumerate(zip(wanted, own, strict=True)):
            cosines = vectors @ vector
            for column, item in enumerate(self.items):
                out[row, column] = self._has(word, item, cosines[owned[column]])
        return out

    def _has(self, word: ContentWord, item: Passage, cosines: Floats) -> float:
        if any(set(stems) <= item.stems for stems in (word.stems, *word.alternatives) if stems):
            return 1.0
        if word.is_report and REPORTING_ZH.search(item.text):
            return _REPORTED
        if word.is_name and word.text.lower() in item.sounds:
            return 1.0
        if word.idea:
            return float(word.idea.zh_side(item.text) is not None)
        if word.is_name or len(word.stems) > 1 or not len(cosines):
            return 0.0  # a name is there or it is not
        near = (float(cosines.max()) - _FAR) / (_NEAR - _FAR)
        return _BY_NEARNESS * min(1.0, max(0.0, near))


def _passage(original: Text, span: Span, english: str) -> Passage:
    text = span.of(original.content)
    translated = [stem for stem, _, _ in content_words(english)]
    return Passage(
        span,
        text,
        clauses(original.content, span, original.lang),
        english,
        stems_behind(text) | frozenset(translated),
        frozenset(pairwise(translated)),
        frozenset(lazy_pinyin(text)),
        tuple(chinese.read(text)),
    )
