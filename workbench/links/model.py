"""How probable a link between each two words is: two logistic regressions, one upon the other.

The first weighs the evidence for a pair alone, the second adds what the probabilities of the
other pairs say, and is applied twice. The coefficients are in `data/weights.json`; how they were
fitted is in `workbench/evaluate/fit_links.py`.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from workbench.encode import Vectors
from workbench.links.evidence import Floats, nearness, plain, together

ROUNDS = 2  # times that the neighbours are asked; a third changes nothing
_LONG = 100  # words of both sides of a row that is weighed again in parts, if it has sentences
MOST = 100_000  # pairs of words weighed at once
_UNEVEN = 1.0  # links that may be lost rather than cut the sides a whole length apart
_STOPS = frozenset("。！？；.!?;")
States = tuple[Vectors, Vectors]
"""Of the Chinese and of the English words, each of shape (words, dim)."""


@dataclass(frozen=True)
class Weights:
    """Coefficients in the order of the evidence, then the constant."""

    alone: Floats
    together: Floats

    def __call__(self, evidence: Floats) -> Floats:
        """Probabilities of all pairs, shape (n, m), from the evidence for each alone."""
        probable = logistic(evidence, self.alone)
        for _ in range(ROUNDS):
            probable = logistic(beside(evidence, probable), self.together)
        return probable


def beside(evidence: Floats, probable: Floats) -> Floats:
    """The evidence for each pair alone and what the others say on it."""
    return np.concatenate([evidence, together(probable)], axis=-1)


def logistic(evidence: Floats, weights: Floats) -> Floats:
    """Probabilities by one regression."""
    found: Floats = 1 / (1 + np.exp(-np.clip(evidence @ weights[:-1] + weights[-1], -30, 30)))
    return found


def probabilities(
    zh: Sequence[str],
    en: Sequence[str],
    states: States | None,
    evidence: Floats | None = None,
) -> Floats:
    """The probability of a link for each two words, shape (len(zh), len(en)).

    states: of the words; without them only dictionary, numbers, strings, sounds and places count.
    evidence: of `evidence_for`, where it has been made already.
    """
    found = np.zeros((len(zh), len(en)))
    if not found.size:
        return found
    weights = _weights()["plain" if states is None else "full"]
    cut = None
    if found.size <= MOST:
        found = weights(evidence_for(zh, en, states) if evidence is None else evidence)
    if sum(found.shape) > _LONG:
        cut = _cut(zh, en, found)
    if cut is not None:
        i, j = cut
        found[:i, j:], found[i:, :j] = 0, 0
        for rows, columns in ((slice(i), slice(j)), (slice(i, None), slice(j, None))):
            part = None if states is None else (states[0][rows], states[1][columns])
            found[rows, columns] = probabilities(zh[rows], en[columns], part)
    return found


def _cut(zh: Sequence[str], en: Sequence[str], probable: Floats) -> tuple[int, int] | None:
    """Where both sides can be cut between sentences, near the middle, with the least links lost.

    A long row is weighed again in parts: the more words there are, the less the best stand out.
    One that is too long to be weighed at all is cut where both sides are halfway.
    """
    rows, columns = (_inner_stops(side, probable.size > MOST) for side in (zh, en))
    if not rows or not columns:
        return None
    sums = np.pad(probable.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    before = sums[np.ix_(rows, columns)]
    lost = sums[rows, -1][:, None] + sums[-1, columns] - 2 * before
    halfway = np.subtract.outer(np.array(rows) / len(zh), np.array(columns) / len(en))
    i, j = np.unravel_index(np.argmin(lost + _UNEVEN * np.abs(halfway)), lost.shape)
    return rows[i], columns[j]


def _inner_stops(words: Sequence[str], anyhow: bool) -> list[int]:
    """After which words in the middle half a sentence ends. anyhow: at least the middle itself."""
    n = len(words)
    found = [k for k in range(max(1, n // 4), min(n, 3 * n // 4 + 1)) if words[k - 1] in _STOPS]
    return found or [n // 2] * (anyhow and n > 1)


def evidence_for(zh: Sequence[str], en: Sequence[str], states: States | None) -> Floats:
    """The evidence for each pair alone, shape (len(zh), len(en), kinds)."""
    found = plain(zh, en)
    return found if states is None else np.concatenate([nearness(*states), found], axis=-1)


def signature() -> str:
    """Names the coefficients: equal signatures, equal probabilities of equal states."""
    return f"links:{hashlib.sha256(_content()).hexdigest()[:12]}"


def threshold() -> float:
    """The least probability of a link that is shown."""
    found: float = json.loads(_content())["threshold"]
    return found


@cache
def _content() -> bytes:
    return files("workbench.links").joinpath("data", "weights.json").read_bytes()


@cache
def _weights() -> dict[str, Weights]:
    content = json.loads(_content())
    return {
        name: Weights(*(_vector(content[name][part]) for part in ("alone", "together")))
        for name in ("full", "plain")
    }


def _vector(named: dict[str, float]) -> Floats:
    return np.array(list(named.values()))
