"""Vectors of sentences, of runs of neighbouring sentences, and of the clauses at their ends."""

from functools import cached_property

import numpy as np

from workbench.align.cells import Numbers
from workbench.encode import Indices, Vectors, WindowEncoder, sums_of

_SAMPLE = 600  # windows from which a mean is taken
_SHORT, _SMALL = 800, 5  # sentences of a text and of a run; each size takes 800 times 2 kB at most
_PIECE = 4096  # vectors
_SHRINK = 8.0  # a text this short keeps half of its mean


class Edges:
    """Mean-centred unit vectors of the clauses on both sides of each boundary, 0 to n.

    Kept in half precision, since there are two for each sentence.
    """

    def __init__(self, firsts: Vectors, lasts: Vectors) -> None:
        self._firsts = firsts.astype(np.float16, copy=False)
        self._lasts = lasts.astype(np.float16, copy=False)
        self._means = _mean_of(firsts), _mean_of(lasts)

    def joined(self, starts: Numbers, stops: Numbers) -> "Edges":
        """The clauses at the ends of the runs [start, stop), which make up the text."""
        new = object.__new__(Edges)
        new._firsts, new._lasts = self._firsts[starts], self._lasts[stops - 1]
        new._means = self._means
        return new

    def before(self, boundaries: Numbers) -> Vectors:
        """The last clause before each of some boundaries; at the very beginning 0."""
        out = self._lasts[np.maximum(boundaries - 1, 0)] - self._means[1]
        out[boundaries == 0] = 0
        return _unit(out)

    def after(self, boundaries: Numbers) -> Vectors:
        """The first clause after each of some boundaries; at the very end 0."""
        n = len(self._firsts)
        out = self._firsts[np.minimum(boundaries, n - 1)] - self._means[0]
        out[boundaries == n] = 0
        return _unit(out)


def _norms(vectors: Vectors) -> Vectors:
    found: Vectors = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))[:, None]
    return np.maximum(found, 1e-6)


def _unit(vectors: Vectors) -> Vectors:
    """The same array, its rows brought to unit length."""
    vectors /= _norms(vectors)
    return vectors


class Windows:
    """Mean-centred unit vectors of all runs of neighbouring sentences of one text, on demand."""

    def __init__(self, encoder: object, parts: Vectors) -> None:
        self._encoder = encoder
        self._parts = parts
        self._means: dict[int, Vectors] = {}
        self._kept: dict[int, Vectors] = {}

    def __len__(self) -> int:
        return len(self._parts)

    @cached_property
    def single(self) -> Vectors:
        """Vectors of the sentences one by one, which are asked for again and again."""
        starts = np.arange(len(self._parts))
        found = self.plain(starts, starts + 1)
        self._means[1] = _mean_of(found[_sample(len(found))])
        found -= self._means[1]
        return _unit(found)

    def whole(self, numbers: Numbers) -> Vectors:
        """Unit vectors of some single sentences, not centred: the network need not run again.

        Each is the one point at length 1 on the line from the mean in the direction of `single`.
        """
        direction, mean = self.single[numbers], self._means[1]
        ahead = direction @ mean
        far = np.sqrt(ahead**2 + 1 - mean @ mean) - ahead
        found: Vectors = direction * far[:, None] + mean
        return found

    def ending(self, size: int, ends: Numbers) -> Vectors:
        """Vectors of the runs of `size` sentences that end at some boundaries (0 to n).

        Boundaries where no such run ends give zero rows.
        """
        real = (ends >= size) & (ends <= len(self._parts))
        at = ends[real]
        if not len(at):
            return np.zeros((len(ends), self.single.shape[1]), dtype=np.float32)
        found = self.single[at - 1] if size == 1 else self._ending(size, at)
        if len(at) == len(ends):
            return found
        out = np.zeros((len(ends), found.shape[1]), dtype=np.float32)
        out[real] = found
        return out

    def _ending(self, size: int, ends: Numbers) -> Vectors:
        """Of short texts small runs are kept, since somebody waits when these are aligned again.

        All of a size are made at once: in other company the last digits would differ.
        """
        if len(self) > _SHORT or size > _SMALL:
            return self._centred(ends - size, ends)
        if size not in self._kept:
            stops = np.arange(size, len(self) + 1)
            self._kept[size] = self._centred(stops - size, stops)
        return self._kept[size][ends - size]

    def runs(self, ends: Numbers, sizes: Numbers) -> Vectors:
        """Vectors of runs of any sizes, sorted by their ends."""
        out = np.empty((len(ends), self.single.shape[1]), dtype=np.float32)
        longest, short = int(sizes.max(initial=0)), len(self) <= _SHORT
        for size in range(1, (longest if short else 1) + 1):
            some = np.flatnonzero(sizes == size)
            out[some] = self.ending(size, ends[some])
        many = np.flatnonzero((sizes > 1) & (not short))
        for at in range(0, len(many), _PIECE):
            some = many[at : at + _PIECE]
            out[some] = self._centred(ends[some] - sizes[some], ends[some])
        return out

    def part(self, start: int, stop: int) -> "Windows":
        """The runs of some sentences only."""
        if (start, stop) == (0, len(self._parts)):
            return self
        return Windows(self._encoder, self._parts[start:stop])

    def joined(self, starts: Numbers, stops: Numbers) -> "Windows":
        """The runs [start, stop), which make up the text, as if each were one sentence."""
        if isinstance(self._encoder, WindowEncoder):
            return Windows(self._encoder, self._encoder.joined(self._parts, starts, stops))
        return Windows(self._encoder, sums_of(self._parts, starts, stops))

    def blocks(self, size: int) -> Vectors:
        """Averages of the single vectors of pieces of `size` sentences that make up the text.

        The last piece reaches back over its neighbour, so that it is as long as the others.
        """
        if size == 1:
            return self.single
        n = len(self._parts)
        ends = np.minimum(np.arange(size, n + size, size, dtype=np.intp), n)
        return _unit(sums_of(self.single, np.maximum(ends - size, 0), ends))

    def _centred(self, starts: Indices, stops: Indices) -> Vectors:
        found = self.plain(starts, stops)
        sizes, which = np.unique(stops - starts, return_inverse=True)
        found -= np.stack([self._mean(int(size)) for size in sizes])[which]
        return _unit(found)

    def _mean(self, size: int) -> Vectors:
        if size not in self._means:
            n = len(self._parts) - size + 1
            starts = _sample(n)
            self._means[size] = _mean_of(self.plain(starts, starts + size))
        return self._means[size]

    def plain(self, starts: Indices, stops: Indices) -> Vectors:
        """Unit vectors of the runs [start, stop), not centred."""
        if isinstance(self._encoder, WindowEncoder):
            return self._encoder.windows(self._parts, starts, stops)
        return _unit(sums_of(self._parts, starts, stops))


def _sample(n: int) -> Numbers:
    """Some of n numbers, evenly spread."""
    return np.unique(np.linspace(0, n - 1, min(n, _SAMPLE)).astype(np.intp))


def _mean_of(some: Vectors) -> Vectors:
    mean: Vectors = some.mean(axis=0, dtype=np.float32)
    return mean * np.float32(len(some) / (len(some) + _SHRINK))
