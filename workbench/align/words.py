"""Words of sentences and clauses as numbers, and where on the other side each has a home."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from workbench.align.cells import Floats, Numbers
from workbench.align.lexicon import lexicon

_FAR = 1000  # a gap that is longer than any bead
_BAGS = 256  # looked up together


@dataclass(frozen=True)
class Bags:
    """Bags of words, one for each sentence or clause, in order; empty ones too.

    known: how many different words there are in the text.
    bag, word, weight: for each word of each bag the bag's number, the word's, and how much it
        says there; sorted by bag.
    """

    size: int
    known: int
    bag: Numbers
    word: Numbers
    weight: Floats

    @classmethod
    def count(cls, size: int, bag: Numbers, word: Numbers, worth: Floats) -> "Bags":
        """Bags from single words, which may repeat; worth: what each word says, by number."""
        many = max(len(worth), 1)
        found, counts = np.unique(bag * many + word, return_counts=True)
        return cls(size, len(worth), found // many, found % many, worth[found % many] * counts)

    @cached_property
    def starts(self) -> Numbers:
        """Where each bag starts in the arrays, and where the last one stops."""
        return np.searchsorted(self.bag, np.arange(self.size + 1))

    @cached_property
    def sums(self) -> Floats:
        """Weight of all bags before each, with that of all at the end."""
        return np.concatenate([[0.0], np.cumsum(self.weight)])[self.starts]

    @cached_property
    def totals(self) -> Floats:
        """Weight of each bag."""
        return np.diff(self.sums)

    def words_of(self, first: int, stop: int) -> Numbers:
        """The numbers of the words in some neighbouring bags."""
        return self.word[self.starts[first] : self.starts[stop]]

    def places(self, first: int, stop: int) -> Numbers:
        """Sorted numbers word × size + bag: which of some neighbouring bags each word is in."""
        some = slice(self.starts[first], self.starts[stop])
        return np.sort(self.word[some] * self.size + self.bag[some])


@dataclass(frozen=True, slots=True)
class Found:
    """Homes of words: for each word of each bag and each home of it, one entry.

    bag, home: numbers of the bag and of the one on the other side. weight: of the word in its bag.
    gap: how many bags on from the word's home before it; far for the first one.
    """

    bag: Numbers
    home: Numbers
    weight: Floats
    gap: Numbers


@dataclass(frozen=True)
class Links:
    """Which words of one side translate which of the other: starts[w]:starts[w + 1] of `others`."""

    starts: Numbers
    others: Numbers

    @classmethod
    def of(cls, words: Numbers, others: Numbers, size: int) -> "Links":
        """From pairs of words; size: number of different words on the first side."""
        order = np.argsort(words, kind="stable")
        return cls(np.searchsorted(words[order], np.arange(size + 1)), others[order])

    def of_word(self, word: int) -> Numbers:
        """The words of the other side that a word is linked to."""
        return self.others[self.starts[word] : self.starts[word + 1]]


def link_words(zh: Sequence[str], en: Sequence[str]) -> tuple[Links, Links]:
    """Links by the dictionary between Chinese words and English stems, in both directions."""
    number = {word: at for at, word in enumerate(en)}
    book = lexicon()
    pairs = [
        (at, number[stem])
        for at, word in enumerate(zh)
        for stem in book.translations(word)
        if stem in number
    ]
    left, right = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2).T
    return Links.of(left, right, len(zh)), Links.of(right, left, len(en))


def homes(
    bags: Bags, others: Bags, links: Links, lower: Numbers, upper: Numbers, first: int = 0
) -> Found:
    """Where the words of some bags have a home among others.

    lower, upper: for the bags from `first` on, the range [lower, upper) of others looked at.
    """
    lower, upper = np.maximum(lower, 0), np.minimum(upper, others.size)
    upper = np.maximum(upper, lower)
    parts = []
    for at in range(0, max(len(lower), 1), _BAGS):
        some = slice(at, at + _BAGS)
        parts.append(_homes(bags, others, links, lower[some], upper[some], first + at))
    return Found(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _homes(
    bags: Bags, others: Bags, links: Links, lower: Numbers, upper: Numbers, first: int
) -> tuple[Numbers, Numbers, Floats, Numbers]:
    some = slice(bags.starts[first], bags.starts[first + len(lower)])
    bag, word, weight = bags.bag[some] - first, bags.word[some], bags.weight[some]
    many = links.starts[word + 1] - links.starts[word]
    token = np.repeat(np.arange(len(word)), many)
    linked = links.others[spread(links.starts[word], many)]
    # most words are nowhere near: leave them out before looking for places
    real = lower < upper
    around = slice(lower[real].min(initial=others.size), upper[real].max(initial=0))
    near = np.zeros(others.known, dtype=np.bool_)
    near[others.words_of(around.start, around.stop)] = True
    kept = np.flatnonzero(near[linked])
    token, linked = token[kept], linked[kept] * others.size
    places = others.places(around.start, around.stop)
    begin = np.searchsorted(places, linked + lower[bag][token])
    end = np.searchsorted(places, linked + upper[bag][token])
    token = np.repeat(token, end - begin)
    found = np.sort(token * others.size + places[spread(begin, end - begin)] % others.size)
    found = found[np.diff(found, prepend=-1) > 0]
    token, home = found // others.size, found % others.size
    gap = np.full(len(found), _FAR)
    same = token[1:] == token[:-1]
    gap[1:][same] = (home[1:] - home[:-1])[same]
    return bag[token] + first, home, weight[token], gap


def spread(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> Numbers:
    """The numbers start, start + 1, …, `counts` of them, for each start, one after another."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    found: Numbers = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return found


def tabulate(found: Found, at: Numbers, size: int, depth: int = 1) -> Floats:
    """Weight of the words of one bag that have a home in another, by pair of bags.

    found: as `homes` gives it; at: the number of the pair of each, below `size`.
    Row d counts the words with no home in the d bags before the other bag, so that in a run of
    bags each word is counted once. Shape (depth, size + 1), the last column 0.
    """
    number = (np.minimum(found.gap, depth) - 1) * (size + 1) + at
    once = np.bincount(number, found.weight, depth * (size + 1)).reshape(depth, size + 1)
    out: Floats = np.cumsum(once[::-1], axis=0, dtype=np.float64)[::-1]
    out[:, -1] = 0
    return out
