"""What speaks for and against a counterpart of each word of one side of a row.

Everything comes from the word links and from the words themselves: how well a word is linked,
how well its neighbours are, what is left over on both sides, and where. The other languages'
words stand in `other`; nothing here knows which language is the source.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log

import numpy as np
from numpy.typing import NDArray

from workbench.detect.resources import lines
from workbench.domain.text import Span
from workbench.links.evidence import OF_WORD
from workbench.links.words import is_chinese, is_light

Floats = NDArray[np.float64]

KINDS = (
    "best", "bad", "good", "second", "sum", "cosine", "near_cosine", "nearest_cosine",
    "next_cosine", "lead", "near", "nearer", "dictionary", "part", "number", "sound", "rival",
    "mutual", "off", "before", "after", "before2", "after2", "clause", "row", "other",
    "length", "single", "light", "digit", "capital", "frequency", "repeated", "new", "gloss",
    "out_of_line", "left_near", "left_between", "between", "left_own", "left_other",
    "best_light", "best_single", "best_clause", "best_left", "cosine_light", "both_beside",
)  # fmt: skip
_LEAST = 0.001  # keeps log-odds finite
_BAD, _GOOD = -3.0, 0.0  # log-odds of the best link from which it is weighed anew
_NEAR, _NEAREST = 0.35, 0.55  # cosines likewise
_UNKNOWN = 0.8  # how well the words beyond the ends are taken to be linked
_LINKED = 0.5
_REACH = 3.0  # words over which a neighbour loses its say
_FURTHEST, _WIDEST, _AROUND = 15.0, 25, 4  # words
_BREAK = re.compile(r"[，。；：！？、,.;:!?()（）]")
_GLOSS = re.compile(r"([\u3400-\u9fff·•]{2,})\s*[(（]([A-Za-zÀ-ž.'’\s-]{4,})[)）]")


@dataclass(frozen=True)
class Side:
    """One side of a row: its text, its words, and what is known of each from the links."""

    text: str
    spans: Sequence[Span]
    of_word: Floats

    @property
    def words(self) -> list[str]:
        """The words as they stand in the text."""
        return [span.of(self.text) for span in self.spans]

    def known(self, kind: str) -> Floats:
        """One kind of `OF_WORD` for every word."""
        found: Floats = self.of_word[:, OF_WORD.index(kind)]
        return found


def without_head(zh: Side, en: Side, heads: tuple[int, int]) -> tuple[Side, Side]:
    """Both sides without the words that begin in their first characters, which are a dateline."""
    first = [
        sum(span.start < head for span in side.spans)
        for side, head in zip((zh, en), heads, strict=True)
    ]
    return _cut(zh, first[0], first[1]), _cut(en, first[1], first[0])


def _cut(side: Side, first: int, other: int) -> Side:
    """A side from a word on, where the other side begins with another word too."""
    if not first and not other:
        return side
    of_word = side.of_word[first:].copy()
    at = OF_WORD.index("partner")
    of_word[:, at] = np.maximum(of_word[:, at] - other, 0)
    return Side(side.text, side.spans[first:], of_word)


@cache
def light_words(chinese: bool) -> frozenset[str]:
    """Words on the list of those with little content, Chinese or English."""
    return frozenset(lines("light_chinese.txt" if chinese else "light_english.txt"))


def is_weak(word: str) -> bool:
    """Whether a word carries so little content that nobody misses it."""
    return is_light(word) or word.lower() in light_words(is_chinese(word))


def word_evidence(own: Side, other: Side) -> Floats:
    """Shape (words, kinds); both sides have words."""
    words, weak = own.words, np.array([is_weak(word) for word in own.words])
    weak_other = np.array([is_weak(word) for word in other.words])
    best, best_other = own.known("best"), other.known("best")
    missing, left = (1 - best) * ~weak, (1 - best_other) * ~weak_other
    found = _alone(own) | _of_form(words, weak)
    found |= _beside(own, weak) | _left(own, left, len(other.spans))
    found |= {
        "off": np.abs(_places(len(words)) - (own.known("partner") + 0.5) / len(other.spans)),
        "row": np.full(len(words), _mean(best, ~weak)),
        "other": np.full(len(words), _mean(best_other, ~weak_other)),
        "left_own": np.full(len(words), log(1 + missing.sum())),
        "left_other": np.full(len(words), log(1 + left.sum())),
        "gloss": _gloss(own),
    }
    found |= {
        "best_light": found["best"] * weak,
        "cosine_light": found["cosine"] * weak,
        "best_single": found["best"] * found["single"],
        "best_clause": found["best"] * found["clause"],
        "best_left": found["best"] * found["left_near"],
        "both_beside": found["before"] * found["after"],
    }
    return np.stack([found[kind] for kind in KINDS], axis=-1).astype(float)


def _alone(own: Side) -> dict[str, Floats]:
    best, cosine = _odds(own.known("best")), own.known("cosine")
    same = ("second", "sum", "near", "nearer", "next_cosine", "dictionary", "part", "number",
            "sound", "mutual")  # fmt: skip
    return {kind: own.known(kind) for kind in same} | {
        "best": best,
        "second": _odds(own.known("second")),
        "rival": _odds(own.known("rival")),
        "bad": np.maximum(_BAD - best, 0),
        "good": np.maximum(best - _GOOD, 0),
        "cosine": cosine,
        "near_cosine": np.maximum(cosine - _NEAR, 0),
        "nearest_cosine": np.maximum(cosine - _NEAREST, 0),
        "lead": cosine - own.known("mean_cosine"),
    }


def _odds(p: Floats) -> Floats:
    p = np.clip(p, _LEAST, 1 - _LEAST)
    found: Floats = np.log(p) - np.log(1 - p)
    return found


def _of_form(words: Sequence[str], weak: NDArray[np.bool_]) -> dict[str, Floats]:
    return {
        "length": np.array([float(len(word)) for word in words]),
        "single": np.array([float(len(word) == 1) for word in words]),
        "light": weak.astype(float),
        "digit": np.array([float(any(c.isdigit() for c in word)) for word in words]),
        "capital": np.array([float(word[:1].isupper()) for word in words]),
        "frequency": np.array([_frequency(word) for word in words]),
    }


def _frequency(word: str) -> float:
    from workbench.align.cutting import cutter

    return log(1 + cutter().frequency(word)) if is_chinese(word) else 0.0


def _beside(own: Side, weak: NDArray[np.bool_]) -> dict[str, Floats]:
    """How well the words around are linked, and other occurrences of the same word."""
    best, n = own.known("best"), len(own.spans)
    wide = np.pad(best, 2, constant_values=_UNKNOWN)
    clause = np.empty(n)
    for here in _clauses(own):
        clause[here] = _mean(best[here], ~weak[here])
    places: dict[str, list[int]] = {}
    for k, word in enumerate(own.words):
        places.setdefault(word.lower(), []).append(k)
    again = np.full(n, -1.0)
    for same in places.values():
        if len(same) > 1:
            for k in same:
                again[k] = max(best[j] for j in same if j != k)
    return {
        "before": wide[1 : n + 1],
        "after": wide[3 : n + 3],
        "before2": wide[:n],
        "after2": wide[4 : n + 4],
        "clause": clause,
        "repeated": np.maximum(again, 0),
        "new": (again < 0).astype(float),
    }


def _clauses(own: Side) -> list[slice]:
    """The words between two marks, or more of them."""
    starts, before = [0], 0
    for k, span in enumerate(own.spans):
        if k and _BREAK.search(own.text, before, span.start):
            starts.append(k)
        before = span.stop
    return [slice(a, b) for a, b in zip(starts, [*starts[1:], len(own.spans)], strict=True)]


def _left(own: Side, left: Floats, m: int) -> dict[str, Floats]:
    """What nothing answers on the other side, where a counterpart would be looked for.

    There it may be a free rendering. left: for each of the m words there, how badly it is linked.
    """
    n, best, partner = len(own.spans), own.known("best"), own.known("partner")
    places, numbers = np.arange(m), np.arange(n)
    say = np.exp(-np.abs(np.subtract.outer(numbers, numbers)) / _REACH) * best
    np.fill_diagonal(say, 0)
    expected = partner + np.subtract.outer(numbers, numbers) * (m / n)
    total = say.sum(axis=1)
    line = np.where(total > 1e-6, (say * expected).sum(axis=1) / np.maximum(total, 1e-6),
                    numbers * m / n)  # fmt: skip
    near = np.exp(-np.abs(np.subtract.outer(line, places)) / _REACH) @ left
    between = np.array([_between(k, best, partner, left) for k in range(n)])
    return {
        "out_of_line": np.minimum(np.abs(partner - line), _FURTHEST),
        "left_near": near,
        "left_between": np.log1p(np.maximum(between, 0)),
        "between": (between >= 0).astype(float),
    }


def _between(k: int, best: Floats, partner: Floats, left: Floats) -> float:
    """What is left between the partners of the nearest linked words; -1 where that says nothing."""
    before = [j for j in range(max(0, k - _AROUND), k) if best[j] >= _LINKED]
    after = [j for j in range(k + 1, min(len(best), k + _AROUND + 1)) if best[j] >= _LINKED]
    if not before or not after:
        return -1.0
    a, b = sorted((int(partner[before[-1]]), int(partner[after[0]])))
    return float(left[a + 1 : b].sum()) if b - a < _WIDEST else -1.0


def _gloss(own: Side) -> Floats:
    """For a name that stands there twice, 武契奇（Vucic）: how well the other writing is linked."""
    found, best = np.zeros(len(own.spans)), own.known("best")
    for match in _GLOSS.finditer(own.text):
        letters = sum(c.isalpha() for c in match[2])
        start = max(match.start(1), match.end(1) - letters // 2)
        name, latin = Span(start, match.end(1)), Span(*match.span(2))
        sides = [
            [k for k, span in enumerate(own.spans) if span.overlaps(place)]
            for place in (name, latin)
        ]
        for here, there in (sides, sides[::-1]):
            if there:
                found[here] = best[there].mean()
    return found


def _places(n: int) -> Floats:
    found: Floats = (np.arange(n) + 0.5) / n
    return found


def _mean(values: Floats, which: NDArray[np.bool_]) -> float:
    return float(values[which].mean() if which.any() else values.mean())
