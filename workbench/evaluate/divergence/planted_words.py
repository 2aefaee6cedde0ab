"""Words that one side of a pair has too many, planted by program in correct pairs.

Either a word is inserted into the English, one that stands before the same word somewhere else;
or some words of the Chinese are deleted, and what was linked to them alone is then too much.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from workbench.align.lexicon import content_words
from workbench.domain.links import LinkedPair
from workbench.domain.text import Span
from workbench.evaluate.divergence.cases import Case

SEED = 20250510
_CHOICES = 3  # different words that must have been seen before a word
_CLAUSE = (3, 30)  # characters of a clause that is deleted
_CLAUSES = 0.45  # how often it is a clause, else one to three words
_WORD = re.compile(r"[A-Za-z]+")
_TOKEN = re.compile(r"[A-Za-z]+|[^\w\s]")
_MARKS = re.compile(r"[，。；！？]")

Before = dict[str, Counter[str]]


def words_before(texts: Iterable[str]) -> Before:
    """For each English word the content words that stand right before it somewhere."""
    found: Before = defaultdict(Counter)
    for text in texts:
        tokens = _TOKEN.findall(text)
        for first, then in pairwise(tokens):
            if first.islower() and len(first) > 2 and then.isalpha() and content_words(first):
                found[then.lower()][first] += 1
    return {word: known for word, known in found.items() if content_words(word)}


def inserted(pairs: Iterable[Case], before: Before) -> Iterator[Case]:
    """Each pair with one word too many in the English, where one can be found."""
    for number, pair in enumerate(pairs):
        draw = random.Random(f"{SEED}:inserted:{number}")
        there = set(pair.en.lower().split())
        places = [
            (match.start(), sorted(before[match[0].lower()].keys() - there))
            for match in _WORD.finditer(pair.en)
            if match.start() and pair.en[match.start() - 1] == " "
            and len(before.get(match[0].lower(), ())) >= _CHOICES
        ]  # fmt: skip
        places = [(at, words) for at, words in places if words]
        if places:
            at, words = draw.choice(places)
            word = draw.choice(words)
            en = f"{pair.en[:at]}{word} {pair.en[at:]}"
            yield Case(pair.group, pair.zh, en, True, en_gold=(Span(at, at + len(word)),))


def deleted(pairs: Sequence[Case], linked: Sequence[LinkedPair]) -> Iterator[Case]:
    """Each pair without some words of the Chinese, if anything was linked to them alone."""
    for number, (pair, links) in enumerate(zip(pairs, linked, strict=True)):
        draw = random.Random(f"{SEED}:deleted:{number}")
        gone = _clause(pair.zh, draw) if draw.random() < _CLAUSES else _words(pair.zh, links, draw)
        if gone is None:
            continue
        gold = tuple(_alone(pair.en, links, gone))
        if gold:
            zh = pair.zh[: gone.start] + pair.zh[gone.stop :]
            yield Case(pair.group, zh, pair.en, True, en_gold=gold)


def _clause(zh: str, draw: random.Random) -> Span | None:
    """A clause with the mark before it."""
    marks = [match.start() for match in _MARKS.finditer(zh)] + [len(zh)]
    clauses = [
        Span(a, b)
        for a, b in pairwise(marks)
        if zh[a] in "，；" and _CLAUSE[0] <= b - a <= _CLAUSE[1]
    ]
    return draw.choice(clauses) if clauses else None


def _words(zh: str, links: LinkedPair, draw: random.Random) -> Span | None:
    words = links.src_words
    if len(words) < 2:
        return None
    first = draw.randrange(len(words))
    last = min(len(words) - 1, first + draw.choice((0, 0, 1, 2)))
    span = Span(words[first].start, words[last].stop)
    return None if _MARKS.search(span.of(zh)) or span.of(zh).isdigit() else span


def _alone(en: str, links: LinkedPair, gone: Span) -> Iterator[Span]:
    """The English words that are linked to nothing outside the deleted span."""
    inside: dict[int, bool] = {}
    for link in links.links:
        here = links.src_words[link.src].overlaps(gone)
        inside[link.tgt] = here and inside.get(link.tgt, True)
    spans = [links.tgt_words[word] for word, alone in sorted(inside.items()) if alone]
    if any(content_words(span.of(en)) for span in spans):
        yield from spans
