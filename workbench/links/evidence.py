"""What speaks for a link between a Chinese and an English word: alone, and beside its neighbours.

Everything is a matrix over all pairs of words, shape (Chinese words, English words), and the
matrices of one kind are stacked along a last axis in the order of their names.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workbench.align.lexicon import content_words, lexicon
from workbench.encode import Vectors
from workbench.links import numerals
from workbench.links.sound import likeness, skeleton
from workbench.links.words import is_chinese, is_light, is_mark

Floats = NDArray[np.float64]

NEARNESS = ("near_zh", "near_en", "nearer_zh", "nearer_en", "cosine")
PLAIN = (
    "dictionary", "part", "number", "string", "sound", "distance", "light_en", "light_zh",
    "light_both", "article", "marks", "one_mark",
)  # fmt: skip
TOGETHER = (
    "alone", "diagonal", "crossing", "beside_en", "beside_zh", "rival_en", "rival_zh",
    "out_of_line", "others_en", "others_zh",
)  # fmt: skip
OF_WORD = (
    "best", "second", "sum", "cosine", "next_cosine", "mean_cosine", "near", "nearer",
    "dictionary", "part", "number", "string", "sound", "rival", "mutual", "partner",
)  # fmt: skip
"""What is known of a word alone: its best link, the second best, the sum of all; its cosines to
the words of the other side, and how they stand out; hits of the dictionary and of forms; the
strongest claim of another word on its partner, whether that one prefers it, and its number."""
_HITS = ("dictionary", "part", "number", "string", "sound")
_MANY = 3.0  # links of a word beyond which more say nothing
_SHARP, _SOFT = 0.05, 0.1  # temperatures of the softmax over cosines
_DRIFT, _FURTHEST = 0.005, 40  # cosine lost by each word out of place, so that a word that comes
# again and again in a long row goes with the one near it
_LEAST = 1e-4  # keeps logarithms finite
_REACH = 3.0  # words over which a neighbour's link loses its say
_FAR = 10  # words beyond which it does not matter how far a link is out of line
_ARTICLES = ("the", "a", "an")
_LIGHT = frozenset(
    "的了着地得在是和与及并而对将把被于以之等中上下为所也都就又还个这那其从向由到给让使"
)


def nearness(zh: Vectors, en: Vectors) -> Floats:
    """What the states of the words say; zh, en: shapes (words, dim)."""
    cosine = (_centred(zh) @ _centred(en).T).astype(np.float64)
    off = np.abs(np.subtract.outer(_places(len(zh)), _places(len(en)))) * (len(zh) + len(en)) / 2
    near = cosine - _DRIFT * np.minimum(off, _FURTHEST)
    found = [
        np.log(_softmax(near, axis, heat) + _LEAST) for heat in (_SHARP, _SOFT) for axis in (1, 0)
    ]
    return np.stack([*found, cosine], axis=-1)


def _places(n: int) -> Floats:
    """Where each of n words stands, as a part of its side."""
    found: Floats = (np.arange(n) + 0.5) / max(n, 1)
    return found


def _centred(states: Vectors) -> Vectors:
    """Unit vectors of states without what all words of the sentence share."""
    moved = states - states.mean(axis=0) if len(states) > 1 else states
    unit: Vectors = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6)
    return unit


def _softmax(x: Floats, axis: int, heat: float) -> Floats:
    e = np.exp((x - x.max(axis=axis, keepdims=True)) / heat)
    found: Floats = e / e.sum(axis=axis, keepdims=True)
    return found


def plain(zh: Sequence[str], en: Sequence[str]) -> Floats:
    """What dictionary, numbers, strings, sounds and places say."""
    n, m = len(zh), len(en)
    english = [_english(word.lower()) for word in en]
    found = _matches([_chinese(word) for word in zh], english)
    found["distance"] = np.abs(np.subtract.outer(_places(n), _places(m)))
    light_zh = np.array([is_chinese(word) and is_light(word) for word in zh])[:, None]
    light_en = np.array([word.light for word in english])
    mark_zh = np.array([is_mark(word) for word in zh])[:, None]
    mark_en = np.array([is_mark(word) for word in en])
    nothing = np.zeros((n, m))
    found["light_en"] = nothing + light_en
    found["light_zh"] = nothing + light_zh
    found["light_both"] = nothing + (light_zh & light_en)
    found["article"] = nothing + np.array([word.text in _ARTICLES for word in english])
    found["marks"] = nothing + (mark_zh & mark_en)
    found["one_mark"] = nothing + (mark_zh ^ mark_en)
    return np.stack([found[name] for name in PLAIN], axis=-1)


def _matches(chinese: "Sequence[_Word]", english: "Sequence[_Word]") -> dict[str, Floats]:
    """Every hit of the dictionary, of numbers, of strings, and how alike names sound."""
    kinds = ("dictionary", "part", "number", "string")
    found = {kind: np.zeros((len(chinese), len(english))) for kind in (*kinds, "sound")}
    for i, word in enumerate(chinese):
        for j, other in enumerate(english):
            if word.text == other.text:
                found["string"][i, j] = 1
            elif word.numbers & other.numbers:
                found["number"][i, j] = 1
            elif word.whole & other.stems:
                found["dictionary"][i, j] = 1
            elif word.part & other.stems:
                found["part"][i, j] = 1
            if word.sound and other.sound:
                found["sound"][i, j] = likeness(word.sound, other.sound)
    return found | {kind: _shared(found[kind]) for kind in kinds}


def _shared(hits: Floats) -> Floats:
    """The more words a word could go with, the less each hit says."""
    rivals = np.maximum(hits.sum(axis=0), hits.sum(axis=1, keepdims=True))
    found: Floats = hits / np.sqrt(np.maximum(1, rivals))
    return found


class _Word:
    """What is looked up of a word, whatever stands beside it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.numbers: set[str] = set()
        self.whole: frozenset[str] = frozenset()
        self.part: frozenset[str] = frozenset()
        self.stems: frozenset[str] = frozenset()
        self.sound = ""
        self.light = False


@lru_cache(maxsize=50_000)
def _chinese(text: str) -> _Word:
    word, known = _Word(text.lower()), lexicon()
    word.numbers = numerals.of_chinese(text)
    if is_chinese(text):
        word.whole = known.translations(text)
        if len(text) > 1:
            parts = known.inside(text) or list(text)
            word.part = frozenset[str]().union(*map(known.translations, parts))
        if known.may_be_name(text):
            word.sound = skeleton("".join(map(known.sound, text)))
    return word


@lru_cache(maxsize=50_000)
def _english(text: str) -> _Word:
    word = _Word(text)
    word.numbers = numerals.of_english(text)
    word.stems = frozenset(stem for stem, _, _ in content_words(text))
    word.light = not word.stems and text.isascii()  # marks too, unlike `is_light`
    word.sound = "" if word.light or text[:1].isdigit() else skeleton(text)
    return word


def together(probable: Floats) -> Floats:
    """What the probabilities of the other pairs say on each; probable: shape (n, m)."""
    n, m = probable.shape
    wide = np.pad(probable, 1)

    def beside(i: int, j: int) -> Floats:
        return wide[1 + i : 1 + i + n, 1 + j : 1 + j + m]

    found = [
        np.log(np.maximum(probable, _LEAST)) - np.log(np.maximum(1 - probable, _LEAST)),
        beside(-1, -1) + beside(1, 1),
        beside(-1, 1) + beside(1, -1),
        beside(0, -1) + beside(0, 1),
        beside(-1, 0) + beside(1, 0),
        _strongest_other(probable, 1),
        _strongest_other(probable, 0),
        _out_of_line(probable),
        probable.sum(axis=1, keepdims=True) - probable,
        probable.sum(axis=0, keepdims=True) - probable,
    ]
    return np.stack(found, axis=-1)


def _strongest_other(probable: Floats, axis: int) -> Floats:
    top = probable.max(axis=axis, keepdims=True)
    if probable.shape[axis] < 2:
        return np.zeros_like(probable)
    second = np.take(np.sort(probable, axis=axis), [-2], axis=axis)
    return np.where(probable == top, second, top)


def _out_of_line(probable: Floats) -> Floats:
    """How many tens of words a link would be off the line of the links around it."""
    n, m = probable.shape
    places = probable @ np.arange(m) / np.maximum(probable.sum(axis=1), 1e-6)
    weights, numbers = probable.max(axis=1), np.arange(n)
    found = np.zeros((n, m))
    for i in range(n):
        say = weights * np.exp(-np.abs(numbers - i) / _REACH)
        say[i] = 0
        expected = places + (i - numbers) * (m / n)
        off = np.minimum(np.abs(expected[:, None] - np.arange(m)), _FAR)
        found[i] = say @ off / max(say.sum(), 1e-6)
    return found / _FAR


def of_words(probable: Floats, evidence: Floats, own: int) -> Floats:
    """What speaks for a counterpart of each word on the left, shape (n, kinds of OF_WORD).

    probable: of links, shape (n, m), m not 0. evidence: for each pair alone; its first kinds are
    those of NEARNESS, or missing when words were linked without their states. own: 0 when the
    Chinese is on the left, else 1.
    """
    n, m = probable.shape
    rows, partner = np.arange(n), probable.argmax(axis=1)
    top = np.sort(np.pad(probable, ((0, 0), (0, 1))), axis=1)
    hits = evidence[..., -len(PLAIN) :].max(axis=1)
    found = {kind: hits[:, PLAIN.index(kind)] for kind in _HITS}
    found |= {kind: found[kind] > 0 for kind in _HITS if kind != "sound"}
    found |= {
        "best": top[:, -1],
        "second": top[:, -2],
        "sum": np.minimum(probable.sum(axis=1), _MANY),
        "rival": _strongest_other(probable, 0)[rows, partner],
        "mutual": probable.argmax(axis=0)[partner] == rows,
        "partner": partner,
    }
    if evidence.shape[-1] > len(PLAIN):
        cosine = np.sort(evidence[..., NEARNESS.index("cosine")], axis=1)
        found |= {
            "cosine": cosine[:, -1],
            "next_cosine": cosine[:, max(-2, -m)],
            "mean_cosine": cosine.mean(axis=1),
            "near": evidence[..., own].max(axis=1),
            "nearer": evidence[..., 1 - own].max(axis=1),
        }
    return np.stack([found.get(kind, np.zeros(n)) for kind in OF_WORD], axis=-1).astype(float)
