"""Multilingual E5 small (Wang et al. 2024) in plain numpy: the states of a text's words.

Its middle layers say best which words of two languages mean the same (Jalili Sabet et al. 2020
found so for multilingual models), so only those below are computed. Words are read apart from
each other, which suits the model better than Chinese without spaces.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np

from workbench.encode import Indices, Vectors, one_thread_each
from workbench.encode.e5_file import PACKAGE, SHA256, VERSION, E5File, Sizes, weight_file
from workbench.progress import Progress, silent

READING = "Reading words in context"
LAYER = 7  # whose states are taken; of the neighbouring layers none links words better
_BATCH = 512  # tokens computed together
_SPACE = "\u2581"
_UNLIKELY = 10.0  # how much worse than the rarest piece a character outside the vocabulary is


class E5Words:
    """Contextual vectors of words, 384 dimensions, offline, no torch."""

    name = "multilingual-e5-small"
    signature = f"{name}|{PACKAGE}=={VERSION}|sha256:{SHA256[:12]}|layer:{LAYER}"

    def words(self, texts: Sequence[Sequence[str]], progress: Progress = silent) -> list[Vectors]:
        """For each text, a list of words, their states: shape (words, 384), not normalised.

        A word's state is the mean of its pieces'.

        Raises:
            Unavailable: the weights are not there or are not the expected ones.
            Stopped: from `progress`.
        """
        out = [np.zeros((len(words), self._model.width), np.float32) for words in texts]
        windows = sorted(self._windows(texts), key=lambda window: len(window.pieces))
        batches = list(_batches(windows))
        done = 0
        with one_thread_each(), ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
            for batch, states in zip(
                batches, pool.map(lambda some: self._model([w.pieces for w in some]), batches),
                strict=True,
            ):  # fmt: skip
                progress(READING, done, len(windows))
                for window, state in zip(batch, states, strict=True):
                    at = np.array(window.starts)
                    sums = np.add.reduceat(state[:-1], at)
                    sizes = np.diff([*window.starts, len(window.pieces) - 1])
                    rows = slice(window.first, window.first + len(at))
                    out[window.text][rows] = sums / sizes[:, None]
                done += len(batch)
        progress(READING, len(windows), len(windows))
        return out

    @cached_property
    def _model(self) -> "_Model":
        return _Model(self._file)

    @cached_property
    def _file(self) -> E5File:
        return E5File(weight_file())

    @cached_property
    def tokenizer(self) -> "Tokenizer":
        """The model's own way to cut words into pieces."""
        return Tokenizer(self._file)

    def _windows(self, texts: Sequence[Sequence[str]]) -> Iterator["_Window"]:
        """Texts as runs of words that the model can read at once."""
        room = self._model.longest - 2
        for number, words in enumerate(texts):
            window = _Window(number, 0, self._file.first)
            for at, word in enumerate(words):
                pieces = self.tokenizer.pieces(word)[:room]
                if len(window.pieces) + len(pieces) > room + 1:
                    yield window.closed(self._file.last)
                    window = _Window(number, at, self._file.first)
                window.starts.append(len(window.pieces))
                window.pieces += pieces
            if window.starts:
                yield window.closed(self._file.last)


class _Window:
    """A run of words of one text: its pieces with the marks of both ends, and where words begin."""

    def __init__(self, text: int, first: int, mark: int) -> None:
        self.text, self.first = text, first
        self.pieces, self.starts = [mark], list[int]()

    def closed(self, mark: int) -> "_Window":
        self.pieces.append(mark)
        return self


def _batches(windows: Iterable[_Window]) -> Iterator[list[_Window]]:
    batch: list[_Window] = []
    size = 0
    for window in windows:
        if batch and size + len(window.pieces) > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append(window)
        size += len(window.pieces)
    if batch:
        yield batch


class Tokenizer:
    """Unigram segmentation (Kudo 2018) with the vocabulary of the weight file."""

    def __init__(self, file: E5File) -> None:
        self._normal = file.normal
        self._numbers = {piece: number for number, piece in enumerate(file.pieces)}
        self._scores = file.scores.tolist()
        self._longest = max(map(len, self._numbers))
        self._unknown = file.unknown
        self._worst = min(self._scores) - _UNLIKELY
        self.pieces = lru_cache(maxsize=200_000)(self._cut)

    def _cut(self, word: str) -> list[int]:
        """Numbers of the pieces of a word, or of a text with single spaces; never empty."""
        text = _SPACE + " ".join(word.translate(self._normal).split()).replace(" ", _SPACE)
        best = [0.0] + [-1e30] * len(text)
        back = [(0, self._unknown)] * (len(text) + 1)
        for start in range(len(text)):
            for stop in range(start + 1, min(len(text), start + self._longest) + 1):
                number = self._numbers.get(text[start:stop])
                if number is not None:
                    score = best[start] + self._scores[number]
                elif stop == start + 1:
                    number, score = self._unknown, best[start] + self._worst
                else:
                    continue
                if score > best[stop]:
                    best[stop], back[stop] = score, (start, number)
        found, at = [], len(text)
        while at:
            at, number = back[at]
            found.append(number)
        return found[::-1]


class _Model:
    """The transformer up to `LAYER`."""

    def __init__(self, file: E5File) -> None:
        self._file = file
        sizes = file.sizes
        self.width, self.longest = sizes.hidden, sizes.longest
        kind = file.vector("emb.type").reshape(-1, self.width)[0]
        self._places = file.vector("emb.pos").reshape(-1, self.width) + kind
        self._layers = [_Layer(file, number, sizes) for number in range(LAYER)]

    def __call__(self, texts: Sequence[Sequence[int]]) -> list[Vectors]:
        """The states of each text's tokens: shape (tokens, width)."""
        file, lengths = self._file, [len(text) for text in texts]
        x = file.rows("emb.word", self.width, np.concatenate([np.array(t) for t in texts]))
        x += np.concatenate([self._places[:length] for length in lengths])
        _normalise(x, file.vector("emb.ln.w"), file.vector("emb.ln.b"), file.epsilon)
        ends = np.cumsum([0, *lengths])
        for layer in self._layers:
            x = layer(x, ends)
        return [x[a:b] for a, b in pairwise(ends)]


class _Layer:
    """Attention inside each text, then the feed-forward part."""

    def __init__(self, file: E5File, number: int, sizes: Sizes) -> None:
        def matrix(name: str, width: int = sizes.hidden) -> Vectors:
            return np.ascontiguousarray(file.matrix(f"l{number}.{name}", width).T)

        def vector(name: str) -> Vectors:
            return file.vector(f"l{number}.{name}")

        self._heads = sizes.heads
        self._ask = np.concatenate([matrix("q.w"), matrix("k.w"), matrix("v.w")], axis=1)
        self._ask_b = np.concatenate([vector("q.b"), vector("k.b"), vector("v.b")])
        self._out, self._out_b = matrix("ao.w"), vector("ao.b")
        self._up, self._up_b = matrix("fi.w"), vector("fi.b")
        self._down, self._down_b = matrix("fo.w", sizes.inner), vector("fo.b")
        self._norms = [(vector(f"{n}.w"), vector(f"{n}.b"), file.epsilon) for n in ("aln", "oln")]

    def __call__(self, x: Vectors, ends: Indices) -> Vectors:
        asked = _linear(x, self._ask, self._ask_b)
        seen = np.empty_like(x)
        for a, b in pairwise(ends):
            seen[a:b] = self._attend(asked[a:b])
        y = _linear(seen, self._out, self._out_b)
        y += x
        _normalise(y, *self._norms[0])
        z = _linear(_gelu(_linear(y, self._up, self._up_b)), self._down, self._down_b)
        z += y
        _normalise(z, *self._norms[1])
        return z

    def _attend(self, asked: Vectors) -> Vectors:
        n = len(asked)
        q, k, v = asked.reshape(n, 3, self._heads, -1).transpose(1, 2, 0, 3)
        q *= np.float32(q.shape[-1] ** -0.5)
        weights: Vectors = q @ k.transpose(0, 2, 1)
        np.subtract(weights, weights.max(axis=-1, keepdims=True), out=weights)
        np.exp(weights, out=weights)
        weights /= weights.sum(axis=-1, keepdims=True)
        found: Vectors = (weights @ v).transpose(1, 0, 2).reshape(n, -1)
        return found


def _linear(x: Vectors, weights: Vectors, bias: Vectors) -> Vectors:
    found: Vectors = x @ weights
    found += bias
    return found


def _gelu(x: Vectors) -> Vectors:
    """The activation by its usual tanh formula: within 0.0005 of the exact one, and far faster."""
    inner = x * x
    inner *= np.float32(0.044715)
    inner += 1
    inner *= x
    inner *= np.float32(0.7978845608)
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner


def _normalise(x: Vectors, gain: Vectors, bias: Vectors, epsilon: float) -> None:
    x -= x.mean(axis=-1, keepdims=True)
    variance = np.einsum("ij,ij->i", x, x) / x.shape[-1]
    x *= (1 / np.sqrt(variance + epsilon))[:, None]
    x *= gain
    x += bias
