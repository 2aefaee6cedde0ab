"""How the words and repeated phrases of a document are rendered, by its word links."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.align.lexicon import content_words
from workbench.detect.linked import Linked
from workbench.detect.resources import lines
from workbench.domain.text import Span

_BELIEVED = 0.6  # probability of a link
_LONGEST = 4  # words of a phrase
_SHORTEST_PHRASE = 4  # characters
_ROOT, _SHARE = 4, 0.65  # letters that words of one root share, and the part of the longer one
_GAP = 3  # English words that may stand between those of one rendering
_PLURAL = re.compile(r"(?<=people)s$", re.IGNORECASE)  # which the lexicon takes for another word
_HAN = re.compile(r"[\u3400-\u9fff]+")

Key = frozenset[str]


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a Chinese expression is rendered.

    number: of the row among those looked at. words: the rendering. key: stems of its content words.
    """

    number: int
    zh: Span
    en: Span
    words: str
    key: Key


@dataclass(frozen=True, slots=True)
class Rendered:
    """A Chinese expression with its renderings, each with its places in order.

    usual: the most frequent one. others: the rest, the most frequent first. is_phrase: of several
    words.
    """

    zh: str
    usual: tuple[Use, ...]
    others: tuple[tuple[Use, ...], ...]
    is_phrase: bool

    @property
    def count(self) -> int:
        """Places in all."""
        return len(self.usual) + sum(map(len, self.others))


def renderings(rows: Sequence[Linked]) -> list[Rendered]:
    """The words and phrases with their renderings.

    Renderings of the same root, and longer and shorter forms of one, count as one.
    """
    found: dict[str, list[Use]] = defaultdict(list)
    phrases = set()
    for number, row in enumerate(rows):
        for span, words in _units(row):
            if use := _use(row, number, span, words):
                text = span.of(row.zh_text)
                found[text].append(use)
                if len(words) > 1 and len(text) >= _SHORTEST_PHRASE:
                    phrases.add(text)
    return [Rendered(text, *_grouped(places), text in phrases) for text, places in found.items()]


def _grouped(places: Sequence[Use]) -> tuple[tuple[Use, ...], tuple[tuple[Use, ...], ...]]:
    groups: list[list[Use]] = []
    for use in places:
        group = next((g for g in groups if any(alike(use, other) for other in g)), None)
        if group is None:
            groups.append([use])
        else:
            group.append(use)
    groups.sort(key=len, reverse=True)
    return tuple(groups[0]), tuple(tuple(group) for group in groups[1:])


def alike(one: Use, other: Use) -> bool:
    """Whether two renderings are forms of one: by root, as a part, or as initials."""
    if _within(one.key, other.key) or _within(other.key, one.key):
        return True
    return is_short_form(one.words, other.words) or is_short_form(other.words, one.words)


def _within(one: Key, other: Key) -> bool:
    return all(any(_same_root(a, b) for b in other) for a in one)


def _same_root(a: str, b: str) -> bool:
    shorter = min(len(a), len(b))
    common = next((k for k in range(shorter) if a[k] != b[k]), shorter)
    if common < _ROOT:
        return a == b
    return common >= _SHARE * max(len(a), len(b)) or (common > _ROOT and common == shorter)


def is_short_form(short: str, long: str) -> bool:
    """Whether one is made of the initials of the other: UN and United Nations."""
    initials = "".join(word[0] for word in re.findall(r"\w+", long) if word[0].isupper())
    return short.replace(".", "").upper() == initials.upper() and len(initials) > 1


def _units(row: Linked) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """Words of two characters and more, and runs of up to four words without a mark between."""
    for first in range(len(row.zh)):
        for last in range(first, min(first + _LONGEST, len(row.zh))):
            if last > first and row.zh[last].start != row.zh[last - 1].stop:
                break
            span = Span(row.zh[first].start, row.zh[last].stop)
            words = tuple(range(first, last + 1))
            if len(span) > 1 and _HAN.fullmatch(span.of(row.zh_text)) and _is_content(row, words):
                yield span, words


def _is_content(row: Linked, words: Sequence[int]) -> bool:
    """Whether an expression neither begins nor ends with a function word."""
    light = lines("light_chinese.txt")
    ends = {row.zh[k].of(row.zh_text) for k in (words[0], words[-1])}
    return all(len(end) > 1 and end not in light for end in ends)


def _use(row: Linked, number: int, span: Span, words: Sequence[int]) -> Use | None:
    """The rendering, if all words are linked to English ones that stand together."""
    links = [[e for e, p in row.of_zh.get(k, ()) if p >= _BELIEVED] for k in words]
    ordered = sorted({e for some in links for e in some})
    if not all(links):
        return None
    if any(b - a > _GAP for a, b in pairwise(ordered)):
        return None
    said = [row.en[e].of(row.en_text) for e in ordered]
    key = frozenset(stem for word in said for stem, _, _ in content_words(_PLURAL.sub("", word)))
    if not key:
        return None
    en = Span(row.en[ordered[0]].start, row.en[ordered[-1]].stop)
    return Use(number, span, en, en.of(row.en_text), key)
