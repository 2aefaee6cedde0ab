"""Words that say the opposite of the word they are linked to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from workbench.align.lexicon import content_words, lexicon, stem
from workbench.detect.answers import around
from workbench.detect.linked import Linked
from workbench.detect.negation import negatives
from workbench.detect.resources import lines
from workbench.domain.text import Span

_LEAST = 0.6  # probability of a link that is believed
_DENIED_WORDS = 3  # that may say what a negation denies
_SHORTEST_BASE = (4, 5)  # letters; a base after in- and im- is longer than that (plant, implant)
# Single characters that mean one thing only as words.
_CLEAR = frozenset(
    "前后好坏大小多少高低新旧早晚左右东南西北内外男女生死买卖进出开关远近快慢长短升降增减"
)
_NEGATING = ("un", "in", "im", "ir", "il", "dis", "non")
# What only looks like a negative prefix.
_NO_PREFIX = tuple(
    re.findall(r"\w+", """
discover disclose dispatch discount discharge discourse display impress improve imprison increase
instance insight intense indeed inform invest income import impose install inherit inbound
indoor implant inland inner input intake international interest
""")
)  # fmt: skip
_LONGEST_SENSE = 4
_DENIAL = re.compile(r"(?:to |be )*(?:not?|without|never|before too)\b")
_NEGATED_EN = re.compile(
    r"(?:\b(?:not?|never|without|cannot|hardly|rather than|instead of)|n[’']t)(?:\W+\w+){0,2}\W+$",
    re.I,
)
_NEGATED_ZH = re.compile(r"(?:[不没未无非勿]|没有?什么|不(?:是|太|很|会|能|再))$")
_NEGATIVE = re.compile(r"no\w*|never|\w*n[’']t|un\w+|whether|lack\w*", re.I)
_NEGATIVE_ZH = re.compile(r"[不没未无非]")


@dataclass(frozen=True, slots=True)
class Opposed:
    """A Chinese and an English word of opposite sense. meant: the English word one expects."""

    zh: Span
    en: Span
    meant: str
    probability: float


@cache
def _sides() -> dict[str, tuple[frozenset[str], dict[str, str]]]:
    """By stem: the stems that go with it, and the stems opposed to it with a word of each."""
    same: dict[str, set[str]] = {}
    opposed: dict[str, dict[str, str]] = {}
    for line in lines("opposites.txt"):
        one, _, other = line.partition("|")
        for mine, its in ((one, other), (other, one)):
            words = {stem(word): word for word in reversed(its.split())}
            own = {stem(word) for word in mine.split()}
            for found in own - set(words):
                same.setdefault(found, set()).update(own)
                for word, shown in words.items():
                    if word not in own:
                        opposed.setdefault(found, {}).setdefault(word, shown)
    return {
        word: (frozenset(same[word]), {k: v for k, v in found.items() if k not in same[word]})
        for word, found in opposed.items()
    }


@lru_cache(maxsize=20_000)
def opposite_stems(word: str) -> dict[str, str]:
    """Stems of the words opposed to an English word, each with the word itself."""
    word = word.lower()
    found = dict(_sides().get(stem(word), (frozenset(), {}))[1])
    known = lexicon().english_words
    for prefix in _NEGATING:
        base = word.removeprefix(prefix)
        fits = base != word and len(base) > _SHORTEST_BASE[prefix[0] == "i"] and base in known
        if fits and not word.startswith(_NO_PREFIX):
            found.setdefault(stem(base), base)
    return found


def _allied(word: str) -> frozenset[str]:
    own = stem(word.lower())
    return _sides().get(own, (frozenset(), {}))[0] | {own}


def opposed(linked: Linked) -> Iterator[Opposed]:
    """English words linked to a Chinese word that the dictionary renders by their opposite only.

    A negation before just one of the two turns its sense round, and nothing is said then.
    """
    for e, found in linked.of_en.items():
        z, probability = max(found, key=lambda link: link[1])
        en, zh = linked.en[e], linked.zh[z]
        word, chinese = en.of(linked.en_text), zh.of(linked.zh_text)
        inner = chinese[0] in "不没未无非" and len(chinese) > 1 and chinese not in lexicon()
        negated = inner or _is_negated(linked, zh)
        unclear = len(chinese) == 1 and chinese not in _CLEAR
        if unclear or probability < _LEAST or negated != _is_negated_en(linked, en):
            continue
        chinese = chinese[1:] if inner else chinese
        if _NEGATIVE_ZH.search(chinese) and _negates_nearby(linked, en):
            continue
        meant = _contradicts(chinese, word)
        if meant and not any(meant[0] in _stems(linked, k) for k, _ in linked.of_zh[z] if k != e):
            yield Opposed(zh, en, meant[1], probability)


def _negates_nearby(linked: Linked, en: Span) -> bool:
    clause = around(linked.en_clauses, en)
    return any(not word.weak for word in negatives(clause.of(linked.en_text), "en"))


def turned_round(linked: Linked, negation: Span, lang: str) -> bool:
    """Whether the other language says positively the opposite of what is denied (not far: 近)."""
    clauses, words, text = (
        (linked.zh_clauses, linked.zh, linked.zh_text) if lang == "zh"
        else (linked.en_clauses, linked.en, linked.en_text)
    )  # fmt: skip
    clause = around(clauses, negation)
    after = [w for w in words if w.stop > negation.stop and w.overlaps(clause)][:_DENIED_WORDS]
    others = _across(linked, clause, after, lang)
    if lang == "en":
        told = [word.of(text) for word in after if content_words(word.of(text))]
        return any(_contradicts(z, word) for word in told for z in others)
    denied = [Span(max(word.start, negation.stop), word.stop).of(text) for word in after]
    return any(_contradicts(z, word) for z in denied for word in others)


def _across(linked: Linked, clause: Span, after: list[Span], lang: str) -> list[str]:
    """The words of the clauses of the other language that are linked to a clause, without those
    that go with other words than these.
    """
    mine, its, text = (
        (linked.zh, linked.en, linked.en_text) if lang == "zh"
        else (linked.en, linked.zh, linked.zh_text)
    )  # fmt: skip
    links = [(z, e) if lang == "zh" else (e, z) for z, e, p in linked.links if p > _LEAST]
    reached = {b for a, b in links if mine[a].overlaps(clause)}
    other = {b for a, b in links if mine[a] not in after} - {
        b for a, b in links if mine[a] in after
    }
    clauses = linked.en_clauses if lang == "zh" else linked.zh_clauses
    near = [c for c in clauses if any(its[b].overlaps(c) for b in reached)]
    free = [word for b, word in enumerate(its) if b not in other]
    return [word.of(text) for word in free if not near or any(word.overlaps(c) for c in near)]


def _stems(linked: Linked, number: int) -> list[str]:
    return [found for found, _, _ in content_words(linked.en[number].of(linked.en_text))]


def _is_negated(linked: Linked, zh: Span) -> bool:
    return bool(_NEGATED_ZH.search(linked.zh_text[: zh.start]))


def _is_negated_en(linked: Linked, en: Span) -> bool:
    return bool(_NEGATED_EN.search(linked.en_text[max(0, en.start - 40) : en.start]))


def _contradicts(chinese: str, english: str) -> tuple[str, str] | None:
    """The stem and the word that the dictionary has instead, if it has the opposite only."""
    meaning, denied = _senses(chinese)
    own = stem(english.lower())
    for other, shown in opposite_stems(english).items():
        if other in meaning and not meaning & _allied(english):
            return other, shown
    if own in denied and own not in meaning and not _NEGATIVE.fullmatch(english):
        return own, f"not {english.lower()}"
    return None


@lru_cache(maxsize=20_000)
def _senses(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """Stems of what a Chinese word means, and of what its senses deny (not alike)."""
    known = lexicon()
    meaning: set[str] = set()
    denied: set[str] = set()
    for part in [word] if word in known else known.inside(word) or sorted(_CLEAR & set(word)):
        for _, senses in known.entries(part):
            for sense in senses:
                bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", sense)
                stems = [found for found, _, _ in content_words(bare)]
                if len(stems) <= _LONGEST_SENSE:
                    (denied if _DENIAL.match(bare) else meaning).update(stems)
    return frozenset(meaning), frozenset(denied)
