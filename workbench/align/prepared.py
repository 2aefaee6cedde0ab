"""The two texts in numbers: what the features of beads are computed from."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from workbench.align.lexicon import content_words, lexicon, words
from workbench.domain.text import Role
from workbench.encode import Encoder, Indices, Vectors, WindowEncoder
from workbench.progress import Progress, silent

Floats = NDArray[np.float64]

MARKS = ("?", "!", '"', ":", ";", ",")
_MARKS = {
    "?": "?？", "!": "!！", '"': "\"“”「」『』", ":": ":：", ";": ";；", ",": ",，、",
}  # fmt: skip
_LIST_MARK = re.compile(
    r"\s*(?:[（(]?([0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]?[、.．)）]|第?([一二三四五六七八九十]{1,3})是)"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_CLAUSE = re.compile(
    r"[，；：:;]+[”’]?|(?:,[”\"’']?|--|[—–])(?=\s|\w)|[.!?。！？…]+[”\"’']?(?=\s|\w)"
)
_QUOTES = (
    re.compile(r"[“「『‘]|(?<![\w.,!?…;:’'\"])[\"'](?=\w)"),  # opening
    re.compile(r"[”」』]|(?<=[.,!?…—–。！？，])[\"'’](?!\w)"),  # closing
)
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}
_CHUNK = 256  # windows made and kept together
_SAMPLE = 1500  # windows from which a mean is taken
_SHRINK = 8.0  # a text this short keeps half of its mean


@dataclass(frozen=True, slots=True)
class Side:
    """One text, as the aligner takes it.

    sentences: without dateline and outer white space.
    paragraphs: for each sentence the number of its paragraph; () when unknown.
    roles: for each sentence the role of its paragraph; () when unknown.
    lang: BCP 47.
    """

    sentences: tuple[str, ...]
    paragraphs: tuple[int, ...] = ()
    roles: tuple[Role, ...] = ()
    lang: str = "en"


@dataclass
class Measured:
    """One side measured. Arrays run over sentences; `sums` are cumulative, with a leading 0.

    chinese: whether words are found with the Chinese segmenter.
    """

    side: Side
    chinese: bool
    encoder: Encoder
    progress: Progress = silent
    lengths: Floats = field(init=False)
    length_sums: Floats = field(init=False)
    mark_sums: Floats = field(init=False)

    def __post_init__(self) -> None:
        texts = self.side.sentences
        self.lengths = np.array([_weight(t, self.chinese) for t in texts], dtype=np.float64)
        self.length_sums = np.concatenate([[0.0], np.cumsum(self.lengths)])
        counts = np.array([[_count(t, mark) for mark in MARKS] for t in texts], dtype=np.float64)
        counts = counts.reshape(len(texts), len(MARKS))
        self.mark_sums = np.concatenate([np.zeros((1, len(MARKS))), np.cumsum(counts, axis=0)])

    def __len__(self) -> int:
        return len(self.side.sentences)

    @cached_property
    def windows(self) -> "Windows":
        """Vectors of sentences and runs of them; the sentences are encoded at first use."""
        texts = self.side.sentences
        if isinstance(self.encoder, WindowEncoder):
            return Windows(self.encoder, self.encoder.parts(texts, self.progress))
        weights = self.lengths.astype(np.float32)[:, None]
        return Windows(self.encoder, self.encoder.encode(texts, self.progress) * weights)

    @cached_property
    def edges(self) -> "Edges":
        """Vectors of the first and last clause of each sentence, encoded at first use."""
        texts = self.side.sentences
        firsts, lasts = zip(*map(edge_clauses, texts), strict=True)
        return Edges(*(self.encoder.encode(some, self.progress) for some in (firsts, lasts)))

    @cached_property
    def edge_words(self) -> tuple[list[Counter[str]], list[Counter[str]]]:
        """At each boundary the words of the last clause before it and of the first after it."""
        nothing: Counter[str] = Counter()
        firsts, lasts = zip(*map(edge_clauses, self.side.sentences), strict=True)
        return (
            [nothing, *map(self._words_of, lasts)],
            [*map(self._words_of, firsts), nothing],
        )

    @cached_property
    def in_quotation(self) -> NDArray[np.float32]:
        """1 at each boundary (0 to n) that lies inside a quotation, else 0."""
        out = np.zeros(len(self) + 1, dtype=np.float32)
        for number, text in enumerate(self.side.sentences, 1):
            opened, closed = (
                max((m.end() for m in mark.finditer(text)), default=-1) for mark in _QUOTES
            )
            out[number] = out[number - 1] if opened == closed else opened > closed
        return out

    @cached_property
    def words(self) -> list[Counter[str]]:
        """For each sentence its words (Chinese) or stems of content words (English)."""
        return [self._words_of(text) for text in self.side.sentences]

    def _words_of(self, text: str) -> Counter[str]:
        return Counter(w for w, _, _ in (words(text) if self.chinese else content_words(text)))

    @cached_property
    def weights(self) -> dict[str, float]:
        """How much each word says: inverse sentence frequency, damped."""
        frequency = Counter(w for found in self.words for w in found)
        return {w: math.log1p(len(self) / (n + 0.5)) for w, n in frequency.items()}

    @cached_property
    def starts_paragraph(self) -> Floats:
        """1 at each boundary (0 to n) where a paragraph starts or the text ends, else 0."""
        out = np.zeros(len(self) + 1)
        if self.side.paragraphs:
            numbers = np.array(self.side.paragraphs)
            out[1:-1] = numbers[1:] != numbers[:-1]
            out[0] = out[-1] = 1
        return out

    @cached_property
    def list_marks(self) -> NDArray[np.int64]:
        """The number of the list mark a sentence starts with (1., 一、, 三是), else 0."""
        return np.array([_list_mark(t) for t in self.side.sentences], dtype=np.int64)

    @cached_property
    def is_heading(self) -> Floats:
        """1 for sentences of headings."""
        roles = self.side.roles or (Role.BODY,) * len(self)
        return np.array([float(role is Role.HEADING) for role in roles])


class Edges:
    """Mean-centred unit vectors of the clauses on both sides of each boundary."""

    def __init__(self, firsts: Vectors, lasts: Vectors) -> None:
        nothing = np.zeros((1, firsts.shape[1]), dtype=np.float32)
        self._before = np.concatenate([nothing, _centre(lasts)])
        self._after = np.concatenate([_centre(firsts), nothing])

    def ending(self, first: int, stop: int) -> Vectors:
        """Last clauses before the boundaries first to stop-1; at the very beginning zeros."""
        return self._before[first:stop]

    def beginning(self, first: int, stop: int) -> Vectors:
        """First clauses after the boundaries first to stop-1; at the very end zeros."""
        return self._after[first:stop]


def _centre(vectors: Vectors) -> Vectors:
    n = len(vectors)
    made = vectors - vectors.mean(axis=0) * np.float32(n / (n + _SHRINK))
    unit: Vectors = made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-6)
    return unit


def edge_clauses(text: str) -> tuple[str, str]:
    """First and last clause of a sentence, each of some length; a short sentence is both."""
    cuts = [m.end() for m in _CLAUSE.finditer(text)]
    long = 4 if _HAN.search(text) else 16
    first = next((at for at in cuts if at >= long and len(text) - at >= long), len(text))
    last = next((at for at in reversed(cuts) if len(text) - at >= long and at >= long), 0)
    return text[:first].strip(), text[last:].strip()


class Windows:
    """Mean-centred unit vectors of all runs of neighbouring sentences of one text, on demand.

    At any time only the runs near those asked for last are in memory.
    """

    def __init__(self, encoder: object, parts: Vectors) -> None:
        self._encoder = encoder
        self._parts = parts
        self._means: dict[int, Vectors] = {}
        self._kept: dict[tuple[int, int], Vectors] = {}

    def ending(self, size: int, first: int, stop: int) -> Vectors:
        """Vectors of the runs of `size` sentences that end at boundaries first to stop-1.

        Boundaries where no such run ends give zero rows.
        """
        chunks = range(first // _CHUNK, (stop - 1) // _CHUNK + 1)
        found = np.concatenate([self._chunk(size, chunk) for chunk in chunks])
        offset = chunks[0] * _CHUNK
        return found[first - offset : stop - offset]

    def part(self, start: int, stop: int) -> "Windows":
        """The runs of some sentences only."""
        if (start, stop) == (0, len(self._parts)):
            return self
        return Windows(self._encoder, self._parts[start:stop])

    def blocks(self, size: int) -> Vectors:
        """Vectors of the runs that cut the text into pieces of `size` sentences.

        The last piece reaches back over its neighbour, so that it is as long as the others.
        """
        n = len(self._parts)
        ends = np.minimum(np.arange(size, n + size, size, dtype=np.intp), n)
        return self._centred(np.maximum(ends - size, 0), ends, min(size, n))

    def _centred(self, starts: Indices, stops: Indices, size: int) -> Vectors:
        made = self._raw(starts, stops) - self._mean(size)
        unit: Vectors = made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-6)
        return unit

    def _chunk(self, size: int, chunk: int) -> Vectors:
        key = (size, chunk)
        if key not in self._kept:
            for old in [k for k in self._kept if k[0] == size][:-7]:
                del self._kept[old]
            ends = np.arange(chunk * _CHUNK, (chunk + 1) * _CHUNK)
            real = ends[(ends >= size) & (ends <= len(self._parts))]
            out = np.zeros((_CHUNK, self._mean(size).shape[-1]), dtype=np.float32)
            if len(real):
                out[real - chunk * _CHUNK] = self._centred(real - size, real, size)
            self._kept[key] = out
        return self._kept[key]

    def _mean(self, size: int) -> Vectors:
        if size not in self._means:
            n = len(self._parts) - size + 1
            if n < 1:
                return self._mean(1) * 0
            ends = np.unique(np.linspace(0, n - 1, min(n, _SAMPLE)).astype(np.intp)) + size
            mean = self._raw(ends - size, ends).mean(axis=0)
            self._means[size] = mean * np.float32(len(ends) / (len(ends) + _SHRINK))
        return self._means[size]

    def plain(self, starts: Indices, stops: Indices) -> Vectors:
        """Unit vectors of runs [start, stop), not centred."""
        return self._raw(starts, stops)

    def _raw(self, starts: Indices, stops: Indices) -> Vectors:
        if isinstance(self._encoder, WindowEncoder):
            return self._encoder.windows(self._parts, starts, stops)
        first, stop = int(starts.min()), int(stops.max())
        some = np.cumsum(self._parts[first:stop], axis=0, dtype=np.float64)
        sums = np.concatenate([np.zeros((1, some.shape[1])), some])
        made = (sums[stops - first] - sums[starts - first]).astype(np.float32)
        unit: Vectors = made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-6)
        return unit


def _weight(text: str, chinese: bool) -> float:
    """Length in English characters, roughly: a Chinese character counts for three."""
    if not chinese:
        return len(text) + 1.0
    return sum(3.0 if "\u3400" <= c <= "\u9fff" else 1.0 for c in text) + 1.0


def _count(text: str, mark: str) -> int:
    return sum(map(text.count, _MARKS[mark]))


def _list_mark(text: str) -> int:
    found = _LIST_MARK.match(text)
    if not found:
        return 0
    number = found[1] or found[2]
    if number.isdigit():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return _DIGITS.get(number, 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def pairing(zh: Sequence[Counter[str]], en: Sequence[Counter[str]]) -> dict[str, list[str]]:
    """For each Chinese word those of its translations that occur in the English text."""
    present = {w for found in en for w in found}
    book = lexicon()
    every = {w for found in zh for w in found}
    links = {w: [t for t in book.translations(w) if t in present] for w in every}
    return {w: found for w, found in links.items() if found}
