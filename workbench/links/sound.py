"""How alike a Chinese word and an English one sound, for names written by sound."""

import re
import unicodedata
from functools import lru_cache

# Sounds that one script writes for several of the other; vowels and h and w between are dropped.
_SAME = str.maketrans("bdgfvkqcjzslr", "ptkppkkkkkkll")
_LETTERS = {"x": "k", "ck": "k", "ph": "p", "sh": "k", "ch": "k", "zh": "k", "th": "t", "ng": "n"}
_SHORTEST = 2  # consonants; fewer are alike by chance


@lru_cache(maxsize=50_000)
def skeleton(letters: str) -> str:
    """The consonants of a word in Latin letters, as classes, doubled ones once."""
    plain = unicodedata.normalize("NFD", letters.lower())
    for written, sound in _LETTERS.items():
        plain = plain.replace(written, sound)
    bare = re.sub(r"[^ptkmnl]", "", plain.translate(_SAME))
    return re.sub(r"(.)\1+", r"\1", bare)


@lru_cache(maxsize=100_000)
def likeness(one: str, other: str) -> float:
    """0 to 1: the longest common subsequence of two skeletons, as a part of both."""
    if min(len(one), len(other)) < _SHORTEST:
        return 0.0
    row = [0] * (len(other) + 1)
    for a in one:
        before, row = row, [0] * (len(other) + 1)
        for k, b in enumerate(other, start=1):
            row[k] = before[k - 1] + 1 if a == b else max(before[k], row[k - 1])
    return 2 * row[-1] / (len(one) + len(other))
