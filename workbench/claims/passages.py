"""The original as passages in which the evidence for a claim is looked up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin

from workbench.align.lexicon import content_words, lexicon, stem, stems_behind, words
from workbench.claims.wording import REPORTING_ZH, ContentWord
from workbench.detect.names import listed
from workbench.detect.names.chinese import country_groups
from workbench.detect.names.listed import Entry
from workbench.detect.names.sound import likeness
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
_LIGHT = 0.2  # what a word weighs that says little
_IDEA = 1.5  # one of a pair of opposites tells more than another word
_ALIKE = 0.7  # how like a name characters have to sound
_COMMA = re.compile("[，；,;]+[”’]?\\s*")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]+")
_COMMON = 0.7  # how much less a word tells that every passage has


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of the original.

    span, clauses: characters of the original. text: its words, traditional characters as
    simplified ones. english: its translation, "" when it has none.
    stems: of the English words that it may be rendered by. pairs: neighbouring stems of the
    translation. numbers: their spans count from the passage's start. names: those of the lists.
    """

    span: Span
    text: str
    clauses: tuple[Span, ...]
    english: str
    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    sounds: frozenset[str]
    numbers: tuple[Quantity, ...]
    names: frozenset[Entry]


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
        self._inside: dict[int, Passages] = {}
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
        if word.is_light:
            return _LIGHT
        if word.names:
            commonest = int(self._naming(word.names).sum())
        elif not word.stems:
            return 0.5 if word.alternatives else 0.8
        else:
            commonest = min(self._counts.get(stem, 0) for stem in word.stems)
        size = np.log(1 + len(self.items))
        told = float(1 - _COMMON * np.log(1 + commonest) / size)
        return told * (_IDEA if word.idea else 1.3 if len(word.stems) > 1 else 1.0)

    def _naming(self, names: frozenset[Entry]) -> NDArray[np.bool_]:
        """Which passages have one of some listed names."""
        return np.array([not names.isdisjoint(item.names) for item in self.items], dtype=bool)

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
        out = np.zeros((len(wanted), len(self.items)), dtype=np.float32)
        if not wanted or not self.items:
            return out
        vectors, owned = self._words
        own = self.encoder.encode([word.text for word in wanted])
        for row, (word, vector) in enumerate(zip(wanted, own, strict=True)):
            cosines = vectors @ vector
            near = [cosines[one].max() if len(one) else 0.0 for one in owned]
            out[row] = self._has(word, np.array(near, dtype=np.float32))
        return out

    def _has(self, word: ContentWord, near: Floats) -> Floats:
        """Of each passage; near: the cosine of its nearest word."""
        if word.names:
            named = self._naming(word.names)
            if word.answers:
                named |= np.array([bool(word.answers.search(item.text)) for item in self.items])
            return named.astype(np.float32)
        there = np.zeros(len(self.items), dtype=bool)
        for stems in (word.stems, *word.alternatives):
            if stems:
                there |= self._with_stems(stems)
        if word.answers:
            there |= np.array([bool(word.answers.search(item.text)) for item in self.items])
        if word.idea:
            there |= np.array([word.idea.zh_side(item.text) is not None for item in self.items])
        if word.is_name:
            there |= np.array([_sounds_like(word.text, item) for item in self.items])
        out = there.astype(np.float32)
        if word.is_report:
            says = [bool(REPORTING_ZH.search(item.text)) for item in self.items]
            out = np.maximum(out, _REPORTED * np.array(says, dtype=np.float32))
        if word.is_name or word.idea or len(word.stems) > 1:
            return out  # a name is there or it is not
        found: Floats = np.maximum(
            out, _BY_NEARNESS * np.clip((near - _FAR) / (_NEAR - _FAR), 0.0, 1.0)
        )
        return found

    def _with_stems(self, stems: Sequence[str]) -> NDArray[np.bool_]:
        nowhere = np.zeros(len(self.items), dtype=bool)
        found = [self._places.get(stem, nowhere) for stem in stems]
        return np.array([all(column) for column in zip(*found, strict=True)], dtype=bool)

    @cached_property
    def _places(self) -> dict[str, NDArray[np.bool_]]:
        """By stem: which passages have it."""
        found: dict[str, NDArray[np.bool_]] = {}
        for number, item in enumerate(self.items):
            for one in item.stems:
                found.setdefault(one, np.zeros(len(self.items), dtype=bool))[number] = True
        return found

    def clauses_of(self, number: int) -> "Passages":
        """The clauses of a passage, to be looked into as passages are; made once for each."""
        if number not in self._inside:
            parts = sentence_clauses(self.original.content, self.items[number].span)
            blank = [""] * len(parts)
            self._inside[number] = Passages(self.original, parts, blank, self.encoder)
        return self._inside[number]


def sentence_clauses(content: str, span: Span) -> list[Span]:
    """The clauses of a sentence by its commas and semicolons; lists stay whole."""
    ends = [m.end() for m in _COMMA.finditer(content, span.start, span.stop)]
    bounds = [span.start, *(end for end in ends if end < span.stop), span.stop]
    return [Span(a, b) for a, b in pairwise(bounds) if content[a:b].strip()]


def _sounds_like(name: str, item: Passage) -> bool:
    """Whether a passage writes a name by its sound; one with a translation has it there."""
    if name.lower() in item.sounds:
        return True
    return not item.english and len(name) > 3 and likeness(name, item.text).score >= _ALIKE


def simplified(chinese: str) -> str:
    """The same with simplified characters, each in its place."""
    return "".join(lexicon().simplified().get(char, char) for char in chinese)


def _passage(original: Text, span: Span, english: str) -> Passage:
    text = simplified(span.of(original.content))
    translated = [stem for stem, _, _ in content_words(english)]
    return Passage(
        span,
        text,
        clauses(original.content, span, original.lang),
        english,
        _stems(text) | frozenset(translated),
        frozenset(pairwise(translated)),
        frozenset(lazy_pinyin(text)),
        tuple(chinese.read(text)),
        _names(text, english),
    )


def _stems(text: str) -> frozenset[str]:
    """Of the English words that may render a passage; single characters have too many senses."""
    whole = [word for word, _, _ in words(text) if len(word) > 1]
    latin = (stem(word.lower()) for word in _LATIN.findall(text))
    return frozenset(latin).union(*(stems_behind(word) for word in whole))


def _names(text: str, english: str) -> frozenset[Entry]:
    """The listed names of a passage, and those within a longer one: 开罗 in 开罗宣言."""
    longer = [span.of(text) for span, _ in listed.in_chinese(text)]
    within = [word[:n] for word in longer for n in range(2, len(word))]
    found = [
        one for part in (text, *within) for _, entries in listed.in_chinese(part) for one in entries
    ]
    latin = " ".join(_LATIN.findall(text))
    found += [one for _, entries in listed.in_english(latin) for one in entries]
    found += [one for _, group in country_groups(text) for entries in group for one in entries]
    found += [one for _, entries in listed.in_english(english) for one in entries]
    return frozenset(found)
