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

    def places(self, first: int, stop: int) -> tuple[Numbers, Numbers]:
        """Sorted numbers word × size + bag of some neighbouring bags, and where each is here."""
        some = slice(self.starts[first], self.starts[stop])
        keys = self.word[some] * self.size + self.bag[some]
        order = np.argsort(keys)
        return keys[order], order + some.start


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

    @classmethod
    def of(cls, bags: Bags, at: Numbers, others: Bags, where: Numbers) -> "Found":
        """From words of some bags that meet words of others; both by their place in the arrays."""
        keys = np.sort(at * others.size + others.bag[where])
        keys = keys[np.diff(keys, prepend=-1) > 0]
        at, home = keys // others.size, keys % others.size
        gap = np.full(len(keys), _FAR)
        same = np.flatnonzero(at[1:] == at[:-1])
        gap[1:][same] = (home[1:] - home[:-1])[same]
        return cls(bags.bag[at], home, bags.weight[at], gap)


@dataclass(frozen=True)
class Links:
    """Which words of one side translate which of the other: starts[w]:starts[w + 1] of `others`."""

    starts: Numbers
    others: Numbers

    def of_word(self, word: int) -> Numbers:
        """The words of the other side that a word is linked to."""
        return self.others[self.starts[word] : self.starts[word + 1]]


def link_words(zh: Sequence[str], en: Sequence[str]) -> Links:
    """Links by the dictionary from Chinese words to English stems."""
    number = {word: at for at, word in enumerate(en)}
    book = lexicon()
    pairs = [
        (at, number[stem])
        for at, word in enumerate(zh)
        for stem in book.translations(word)
        if stem in number
    ]
    left, right = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2).T
    return Links(np.searchsorted(left, np.arange(len(zh) + 1)), right)


def homes(
    left: Bags, right: Bags, links: Links, lower: Numbers, upper: Numbers, first: int = 0
) -> tuple[Found, Found]:
    """Where the words of some left bags have a home among right ones, and these among those.

    links: from left words to right ones.
    lower, upper: for the left bags from `first` on, the range [lower, upper) of right ones.
    """
    lower, upper = np.maximum(lower, 0), np.minimum(upper, right.size)
    upper = np.maximum(upper, lower)
    pieces = [
        _meetings(left, right, links, lower[at : at + _BAGS], upper[at : at + _BAGS], first + at)
        for at in range(0, max(len(lower), 1), _BAGS)
    ]
    one, other = (np.concatenate(some) for some in zip(*pieces, strict=True))
    return Found.of(left, one, right, other), Found.of(right, other, left, one)


def _meetings(
    left: Bags, right: Bags, links: Links, lower: Numbers, upper: Numbers, first: int
) -> tuple[Numbers, Numbers]:
    """The pairs of a left and a right word that are linked, by their places in the arrays."""
    start = int(left.starts[first])
    some = slice(start, int(left.starts[first + len(lower)]))
    bag, word = left.bag[some] - first, left.word[some]
    many = links.starts[word + 1] - links.starts[word]
    token = np.repeat(np.arange(len(word)), many)
    linked = links.others[spread(links.starts[word], many)]
    # most words are nowhere near: leave them out before looking for places
    real = lower < upper
    around = int(lower[real].min(initial=right.size)), int(upper[real].max(initial=0))
    near = np.zeros(right.known, dtype=np.bool_)
    near[right.words_of(*around)] = True
    kept = np.flatnonzero(near[linked])
    token, linked = token[kept], linked[kept] * right.size
    keys, places = right.places(*around)
    begin = np.searchsorted(keys, linked + lower[bag][token])
    end = np.searchsorted(keys, linked + upper[bag][token])
    return np.repeat(token, end - begin) + start, places[spread(begin, end - begin)]


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
