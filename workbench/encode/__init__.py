"""Encoders: sentences in, unit vectors out, the same for every model behind them."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cache
from importlib import import_module
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from workbench.progress import Progress, silent
from workbench.registry import Registry

Vectors = NDArray[np.float32]
Indices = NDArray[np.intp]

ENCODING = "Encoding sentences"
_FEW = 24  # rows


class Encoder(Protocol):
    """Turns sentences into vectors whose cosine says how near they are in meaning.

    name: as the user gave it; `signature` pins the weights: equal signatures, equal vectors.
    dim: length of a vector.
    """

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def signature(self) -> str: ...  # noqa: D102

    @property
    def dim(self) -> int: ...  # noqa: D102

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        """Vectors of shape (len(texts), dim), rows of unit length; [] gives (0, dim).

        Raises:
            Unavailable: the model can't be had now.
        """


@runtime_checkable
class WindowEncoder(Protocol):
    """An encoder that makes the vector of several sentences joined from parts of each.

    So every run of neighbouring sentences has its own vector at the price of one encoding per
    sentence, and so have the clauses at the ends of each.
    """

    def parts(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        """What is kept of each sentence: shape (len(texts), any fixed width), half precision."""

    def windows(self, parts: Vectors, starts: Indices, stops: Indices) -> Vectors:
        """Unit vectors of the texts [start, stop) joined: shape (len(starts), dim)."""

    def joined(self, parts: Vectors, starts: Indices, stops: Indices) -> Vectors:
        """The parts of the texts [start, stop) joined, without the marks of inner ends."""

    def edges(self, parts: Vectors) -> tuple[Vectors, Vectors, NDArray[np.bool_]]:
        """Unit vectors of each text's first and last clause (`segment.clauses.edge_clauses`).

        And whether it has both; where a text is one clause the vectors are 0.
        """


class WordEncoder(Protocol):
    """Turns the words of a text into vectors that say what each means in its context.

    `signature` pins the weights: equal signatures, equal vectors.
    """

    @property
    def signature(self) -> str: ...  # noqa: D102

    def words(self, texts: Sequence[Sequence[str]], progress: Progress = silent) -> list[Vectors]:
        """For each text, given as its words, their states: shape (words, dim), any length.

        Raises:
            Unavailable: the model can't be had now.
        """


encoders: Registry[type[Encoder]] = Registry(
    "encoder", {"bundled": "workbench.encode.use:UniversalSentenceEncoder"}
)


def load_encoder(name: str) -> Encoder:
    """The encoder of that name; its model is loaded when it is first used.

    name: one of `encoders`, else the hub name or local folder of a sentence-transformers model.

    Raises:
        Unavailable: no such model here, and it can't be fetched while offline.
    """
    if name in encoders:
        return _registered(name)
    from workbench.encode.transformer import TransformerEncoder

    return TransformerEncoder(name)


def load_word_encoder() -> WordEncoder | None:
    """The bundled encoder of words, loaded at first use; None where its weights are missing."""
    from workbench.encode.e5_file import installed

    if not installed():
        return None
    return _word_encoder()


# One instance in a process: weights take a second or two and a hundred megabytes to read.


@cache
def _registered(name: str) -> Encoder:
    return encoders.get(name)()


@cache
def _word_encoder() -> WordEncoder:
    from workbench.encode.e5 import E5Words

    return E5Words()


def one_thread_each() -> AbstractContextManager[Any]:
    """Keep the linear algebra library from starting threads of its own, for small products."""
    limits = import_module("threadpoolctl").threadpool_limits
    limited: AbstractContextManager[Any] = limits(limits=1, user_api="blas")
    return limited


def sums_of(rows: Vectors, starts: Indices, stops: Indices) -> Vectors:
    """Sums of the rows [start, stop)."""
    out: Vectors = np.zeros((len(starts), rows.shape[1]), dtype=np.float32)
    if not len(starts):
        return out
    sizes, first, stop = stops - starts, int(starts.min()), int(stops.max())
    longest = int(sizes.max())
    if stop - first <= len(starts) and longest <= _FEW:  # nearly all of them are asked for
        near = rows[first:stop].astype(np.float32)
        sums = near.copy()
        for size in range(1, longest + 1):
            some = np.flatnonzero(sizes == size)
            out[some] = sums[starts[some] - first]
            sums = sums[:-1]
            sums += near[size:]
        return out
    if longest * len(starts) <= 4 * (stop - first):
        for k in range(longest):
            some = np.flatnonzero(sizes > k)
            out[some] += rows[starts[some] + k]
        return out
    up_to = np.zeros((stop - first + 1, rows.shape[1]))
    np.cumsum(rows[first:stop], axis=0, out=up_to[1:], dtype=np.float64)
    out[:] = up_to[stops - first] - up_to[starts - first]
    return out
