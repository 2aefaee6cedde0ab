"""Aligning two texts in one language by meaning: which sentences say the same, in any order.

Two readouts of one meeting, or of two, share wordings and meanings but no order; so pairs are
those that are each other's nearest, by the encoder's cosine and by the rare words they share, and
neighbours are joined where the joined sentence is nearer. The bar is set so that a briefing and a
report on other matters hardly share anything.
"""

from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from workbench.align.lexicon import content_words, words
from workbench.domain.comparing import Alike, in_order
from workbench.encode import Encoder

_BAR = 0.42  # the least likeness of a pair
_JOINS = 0.02  # by how much a joined sentence must be nearer
_ROUNDS = 3  # after each, what is left may find its nearest among what is left

Floats = NDArray[np.float32]


def align_alike(
    first: Sequence[str], second: Sequence[str], encoder: Encoder, *, chinese: bool
) -> list[Alike]:
    """The sentences of two texts in rows, in the order of the first text.

    Every sentence is in one row; what has no counterpart is alone.
    """
    likeness = _Likeness(first, second, encoder, chinese=chinese)
    pairs = _joined(_mutual(likeness.matrix), likeness)
    taken = ({n for a, _ in pairs for n in a}, {n for _, b in pairs for n in b})
    rows = [Alike(a, b, round(likeness.of(a, b), 3)) for a, b in pairs]
    rows += [Alike((n,), ()) for n in range(len(first)) if n not in taken[0]]
    rows += [Alike((), (n,)) for n in range(len(second)) if n not in taken[1]]
    return in_order(rows)


Pair = tuple[tuple[int, ...], tuple[int, ...]]


class _Likeness:
    """How alike sentences are: half the cosine, half the shared words by their rarity."""

    def __init__(
        self, first: Sequence[str], second: Sequence[str], encoder: Encoder, *, chinese: bool
    ) -> None:
        self._texts = (first, second)
        self._encoder = encoder
        self._words = [[_content(text, chinese=chinese) for text in side] for side in self._texts]
        counts = Counter(word for side in self._words for found in side for word in found)
        size = len(first) + len(second)
        self._weights = {word: log(size / count) + 0.1 for word, count in counts.items()}
        cosines = encoder.encode(list(first)) @ encoder.encode(list(second)).T
        shared = [[self._shared(a, b) for b in self._words[1]] for a in self._words[0]]
        both = np.array(shared, dtype=np.float32).reshape(cosines.shape)
        self.matrix: Floats = ((cosines + both) / 2).astype(np.float32)

    def _weight(self, found: frozenset[str]) -> float:
        return sum(self._weights[word] for word in found)

    def _shared(self, a: frozenset[str], b: frozenset[str]) -> float:
        """Of the shorter one's words, less where the other is more than twice as long."""
        small, large = sorted((self._weight(a), self._weight(b)))
        return self._weight(a & b) / small * min(1.0, 2 * small / large) if small > 0 else 0.0

    def of(self, first: Sequence[int], second: Sequence[int]) -> float:
        """Of joined sentences."""
        if len(first) == len(second) == 1:
            return float(self.matrix[first[0], second[0]])
        texts = ["".join(self._texts[0][n] for n in first),
                 "".join(self._texts[1][n] for n in second)]  # fmt: skip
        a, b = self._encoder.encode(texts)
        found = [
            frozenset().union(*(side[n] for n in numbers))
            for side, numbers in zip(self._words, (first, second), strict=True)
        ]
        return (float(a @ b) + self._shared(*found)) / 2


def _content(text: str, *, chinese: bool) -> frozenset[str]:
    if chinese:
        return frozenset(word for word, _, _ in words(text) if len(word) > 1)
    return frozenset(stem for stem, _, _ in content_words(text))


def _mutual(matrix: Floats) -> list[Pair]:
    """Pairs that are each other's nearest, then those among what is left."""
    left = matrix.copy()
    found: list[Pair] = []
    for _ in range(_ROUNDS):
        if not left.size:
            break
        rows, columns = left.argmax(axis=1), left.argmax(axis=0)
        new = [(i, int(j)) for i, j in enumerate(rows) if columns[j] == i and left[i, j] >= _BAR]
        for i, j in new:
            found.append(((i,), (j,)))
            left[i, :], left[:, j] = -1.0, -1.0
    return found


def _joined(pairs: Sequence[Pair], likeness: _Likeness) -> list[Pair]:
    """Pairs with a free neighbour on one side joined, where that makes them more alike."""
    taken = [{n for pair in pairs for n in pair[side]} for side in (0, 1)]
    sizes = likeness.matrix.shape
    found = []
    for pair in pairs:
        current, best = pair, likeness.of(*pair)
        for side in (0, 1):
            numbers = current[side]
            for near in (numbers[0] - 1, numbers[-1] + 1):
                if near in taken[side] or not 0 <= near < sizes[side]:
                    continue
                wider = tuple(sorted((*current[side], near)))
                option = (wider, current[1]) if side == 0 else (current[0], wider)
                value = likeness.of(*option)
                if value > best + _JOINS:
                    taken[side].add(near)
                    current, best = option, value
        found.append(current)
    return found
