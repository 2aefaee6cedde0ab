"""The names of a row on both sides, and which of them stand for each other."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbench.detect.names import chinese, english, listed
from workbench.detect.names.listed import Entry
from workbench.detect.names.sound import likeness, plain, readings
from workbench.domain.text import Span

_SOUNDS_ALIKE = 0.62  # below it likeness in sound says nothing
_AS_LISTED = 0.8
_ABBREVIATED = 0.7  # a country of which only the character stands somewhere in the Chinese
_UNKNOWN = 0.5  # initials and Japanese names may stand for anything
_UNLISTED = 0.1  # an unknown name may be translated: Colosseum
_NOT_AS_SPELLED = 0.5  # a Chinese name should be found by its spelling, not by likeness
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name and its counterpart.

    kind: "country", "place", "org", "person", "learned" from the document, or "" where only its
    form is known.
    support: how surely the other side has it, 0 to 1. partner: where; None when nowhere or not
    to be told. sure: that it is a name at all, and not easily left out.
    """

    span: Span
    text: str
    kind: str
    support: float
    partner: Span | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The names of both sides of a row, in order."""

    zh: tuple[Name, ...]
    en: tuple[Name, ...]

    def matched(self) -> list[tuple[Span, Span]]:
        """(Chinese, English) words that stand for one name."""
        pairs = {(name.span, name.partner) for name in self.zh if name.partner}
        pairs |= {(name.partner, name.span) for name in self.en if name.partner}
        return sorted(pairs)


@lru_cache(maxsize=2048)
def read(zh: str, en: str, more: tuple[Entry, ...] = ()) -> Reading:
    """Find and match the names of a Chinese and an English text that should say the same.

    more: names learned from the document, besides those of the lists.
    """
    return _Reader(zh, en, more).read()


class _Reader:
    def __init__(self, zh: str, en: str, more: tuple[Entry, ...]) -> None:
        from workbench.align.lexicon import words

        self.zh, self.en = zh, en
        self.zh_listed = listed.in_chinese(zh, more)
        self.en_listed = listed.in_english(en, more)
        whole = [span for span, _ in self.zh_listed]
        self.groups = [
            (span, groups) for span, groups in chinese.country_groups(zh)
            if not any(len(other) > len(span) and span.overlaps(other) for other in whole)
        ]  # fmt: skip
        taken = [span for span, _ in self.zh_listed] + [span for span, _ in self.groups]
        self.foreign = list(chinese.foreign(zh, taken))
        self.unlisted = list(chinese.unlisted(zh, taken + self.foreign))
        self.en_own = english.names(en, [span for span, _ in self.en_listed])
        self.zh_words = [word for word in words(zh) if _HAN.match(word[0])]
        self.audible = self._without_words(taken)

    def read(self) -> Reading:
        """Names with their counterparts, those of each side found from the other."""
        capital = [(span, entries) for span, entries in self.en_listed
                   if self.en[span.start].isupper() and not _is_money(self.en, span)]  # fmt: skip
        en = [self._english_listed(span, entries) for span, entries in capital]
        en = [name for name in en if name.support or not _may_be_a_word(name)]
        en += [self._english_own(span, own) for span, own in self.en_own]
        found = [name for name in en if name.partner]
        zh = [self._chinese_listed(span, entries, found) for span, entries in self.zh_listed]
        zh += [self._chinese_group(span, groups) for span, groups in self.groups]
        zh += [self._chinese_own(span, True, "person", found) for span in self.foreign]
        zh += [self._chinese_own(span, sure, "person" if person else "", found)
               for span, sure, person in self.unlisted]  # fmt: skip
        return Reading(_in_order(zh), _in_order(en))

    # English names, looked for in the Chinese

    def _english_listed(self, span: Span, entries: tuple[Entry, ...]) -> Name:
        words = span.of(self.en)
        kind = entries[0].kind
        at = _place(span, self.en, self.zh)
        spans = [s for s, others in self.zh_listed if set(others) & set(entries)]
        spans += [s for s, groups in self.groups if any(set(g) & set(entries) for g in groups)]
        spans += [s for e in entries for form in e.zh for s in _all(self.zh, form)]
        spans += _all(self.zh, words)
        if spans:
            return Name(span, words, kind, 1.0, _nearest(spans, at), True)
        if any(char in self.zh for entry in entries for char in listed.characters(entry)):
            return Name(span, words, kind, _ABBREVIATED, None, True)
        support, partner = self._heard(span) if " " not in words else (0.0, None)
        if support < _AS_LISTED:  # its Chinese is known, and not there
            partner = None
        initials = kind == "org" and words.isupper() and len(words) < 7
        least = _UNKNOWN if initials else 0.0
        return Name(span, words, kind, support if partner else least, partner, True)

    def _english_own(self, span: Span, own: Sequence[Span]) -> Name:
        best: tuple[float, Span | None] = (_UNLISTED, None)
        pinyin = len(own) > 1 and all(english.is_pinyin(word.of(self.en)) for word in own)
        for word in own:
            support, partner = self._heard(word)
            if pinyin and support < 1:
                support *= _NOT_AS_SPELLED
            if support > best[0]:
                best = support, partner
        return Name(span, span.of(self.en), "", *best, True)

    def _heard(self, span: Span) -> tuple[float, Span | None]:
        """How surely the Chinese has a word: as it stands, by the dictionary, or by its sound."""
        word = re.sub(r"[’']s$", "", span.of(self.en))
        at = _place(span, self.en, self.zh)
        latin = re.search(rf"(?<![A-Za-z]){re.escape(word)}", self.zh, re.IGNORECASE)
        if latin and len(word) > 1:
            return 1.0, Span(*latin.span())
        if translated := self._translated(span):
            return 1.0, _nearest(translated, at)
        if spelled := self._spelled(word):
            return (1.0, _nearest(spelled, at))
        best: tuple[float, Span | None] = (_UNKNOWN if english.cannot_be_told(word) else 0.0, None)
        for part in re.split(r"[-\s]+", word):
            if len(part) < 3:
                continue
            heard = likeness(part, self.audible)
            if heard.score >= _SOUNDS_ALIKE and heard.score > best[0]:
                best = heard.score, Span(heard.start, heard.stop)
        return best

    def _translated(self, span: Span) -> list[Span]:
        from workbench.align.lexicon import content_words, lexicon

        stems = {stem for stem, _, _ in content_words(plain(span.of(self.en)))}
        stems -= {stem for stem in stems if len(stem) < 3}
        if not stems:
            return []
        find, word = lexicon().translations, re.escape(plain(span.of(self.en)))
        explained = re.compile(rf"(?<!\w){word}(?!\w)", re.IGNORECASE)
        return [
            Span(a, b) for word, a, b in self.zh_words
            if stems & find(word) or (len(word) > 1 and explained.search(lexicon().gloss(word)))
        ]  # fmt: skip

    def _without_words(self, listed_names: Iterable[Span]) -> str:
        """The Chinese with what is no name by sound blanked out: listed names, ordinary words."""
        from workbench.align.lexicon import lexicon

        usual, known = chinese.usual_in_names(), lexicon()
        out = list(self.zh)
        spans = [Span(a, b) for word, a, b in self.zh_words
                 if len(word) > 1 and word in known and not known.is_name(word)
                 and not usual.issuperset(word)]  # fmt: skip
        spans += [span for span in listed_names if not usual.issuperset(span.of(self.zh))]
        for span in spans:
            out[span.start : span.stop] = " " * len(span)
        return "".join(out)

    def _spelled(self, word: str) -> list[Span]:
        """Where the Chinese reads as a word does in pinyin."""
        letters = re.sub(r"[^a-z]", "", plain(word).replace("ü", "u"))
        if len(letters) < 2:
            return []
        found = []
        for at in range(len(self.zh)):
            for stop in _spell(self.zh, at, letters):
                one = stop - at == 1
                if not one or self.zh[at] in chinese.surnames():
                    found.append(Span(at, stop))
        return found

    # Chinese names, looked for in the English

    def _chinese_listed(
        self, span: Span, entries: tuple[Entry, ...], found: Iterable[Name]
    ) -> Name:
        words, kind = span.of(self.zh), entries[0].kind
        at = _place(span, self.zh, self.en)
        spans = [s for s, others in self.en_listed if set(others) & set(entries)]
        spans += [s for e in entries for form in e.en for s in _all_words(self.en, form)]
        spans += [name.span for name in found if name.partner and name.partner.overlaps(span)]
        sure = not self._is_ordinary(words) and (len(words) > 2 or self._is_cut_out(span))
        if spans:
            return Name(span, words, kind, 1.0, _nearest(spans, at), sure)
        return Name(span, words, kind, self._meant(words), None, sure)

    def _is_cut_out(self, span: Span) -> bool:
        """Whether a name begins and ends where words do: 台中 is no name in 舞台中央."""
        starts, stops = {a for _, a, _ in self.zh_words}, {b for _, _, b in self.zh_words}
        return span.start in starts and span.stop in stops

    def _is_ordinary(self, word: str) -> bool:
        from workbench.align.lexicon import lexicon

        return word in lexicon() and not lexicon().is_name(word)

    def _meant(self, word: str) -> float:
        """How surely the English translates a name by words that are none."""
        from workbench.align.lexicon import content_words, lexicon

        stems = {stem for stem, _, _ in content_words(self.en)}
        return 0.9 if lexicon().translations(word) & stems else 0.0

    def _chinese_group(self, span: Span, groups: tuple[tuple[Entry, ...], ...]) -> Name:
        """中俄 is there when each country is, by name, adjective or as its people."""
        words = span.of(self.zh)
        at = _place(span, self.zh, self.en)
        spans, present = [], 0
        for entries in groups:
            here = [s for s, others in self.en_listed if set(others) & set(entries)]
            present += bool(here)
            spans += here
        return Name(span, words, "country", present / len(groups), _nearest(spans, at), True)

    def _chinese_own(self, span: Span, sure: bool, kind: str, found: Iterable[Name]) -> Name:
        words = span.of(self.zh)
        at = _place(span, self.zh, self.en)
        spans = [name.span for name in found if name.partner and name.partner.overlaps(span)]
        if spans:
            return Name(span, words, kind, 1.0, _nearest(spans, at), sure)
        here = _all_words(self.en, words) or _all_spelled(self.en, words)
        if here:
            return Name(span, words, kind, 1.0, _nearest(here, at), sure)
        support = max((self._meant(w) for w, a, b in self.zh_words
                       if Span(a, b).overlaps(span)), default=0.0)  # fmt: skip
        if not support and len(span) > 2 and _HAN.match(words):
            alike = {token: likeness(token.of(self.en), words) for token in english.tokens(self.en)}
            best = max(alike, key=lambda token: alike[token].score, default=None)
            if best and alike[best].score >= _SOUNDS_ALIKE:
                return Name(span, words, kind, alike[best].score, best, sure)
        return Name(span, words, kind, support, None, sure)


def _is_money(text: str, span: Span) -> bool:
    return text.startswith("$", span.stop)


def _may_be_a_word(name: Name) -> bool:
    """Whether the name of a person is also a word, or part of other names: Park, Ho."""
    text = name.text
    return name.kind == "person" and text.isalpha() and (len(text) < 4 or english.is_ordinary(text))


def _spell(text: str, at: int, letters: str, depth: int = 4) -> list[int]:
    """Where a run of characters from `at` ends that is spelled as the letters."""
    if not letters:
        return [at]
    if at >= len(text) or not depth:
        return []
    found = []
    for reading in readings(text[at]):
        flat = reading.replace("ü", "u")
        for form in {flat, reading.replace("ü", "v"), reading.replace("ü", "yu")}:
            if letters.startswith(form):
                found += _spell(text, at + 1, letters[len(form) :], depth - 1)
    return found


def _all_spelled(english_text: str, chinese_name: str) -> list[Span]:
    """Where a short name stands in pinyin, together or apart: Lu Le, Chang'an."""
    if not 2 <= len(chinese_name) <= 3 or not all(readings(char) for char in chinese_name):
        return []
    syllables = ["(?:" + "|".join(r.replace("ü", "[uv]") for r in readings(char)) + ")"
                 for char in chinese_name]  # fmt: skip
    orders = [syllables, [*syllables[1:], syllables[0]]]
    pattern = "|".join(r"[\s'’-]?".join(order) for order in orders)
    found = re.finditer(rf"(?<![A-Za-z])(?:{pattern})", english_text, re.IGNORECASE)
    return [Span(*match.span()) for match in found]


def _place(span: Span, text: str, other: str) -> float:
    """Where on the other side a counterpart is to be expected."""
    return span.start / max(1, len(text)) * len(other)


def _nearest(spans: Sequence[Span], at: float) -> Span | None:
    return min(spans, key=lambda span: abs(span.start - at), default=None)


def _all(text: str, words: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(re.escape(words), text)] if words else []


def _all_words(text: str, words: str) -> list[Span]:
    pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
    return [Span(*match.span()) for match in re.finditer(pattern, text, re.IGNORECASE)]


def _in_order(names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(sorted(names, key=lambda name: name.span))
