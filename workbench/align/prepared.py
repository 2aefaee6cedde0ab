"""The two texts in numbers: what the features of beads are computed from."""

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.align.cells import Floats
from workbench.align.lexicon import content_words, words
from workbench.align.windows import Edges, Windows
from workbench.align.words import Bags
from workbench.domain.text import Role
from workbench.encode import Encoder, Vectors, WindowEncoder
from workbench.progress import Progress, silent
from workbench.segment.clauses import edge_clauses

Word = tuple[str, int, int]

MARKS = ("?", "!", '"', ":", ";", ",")
_MARKS = {
    "?": "?？", "!": "!！", '"': "\"“”「」『』", ":": ":：", ";": ";；", ",": ",，、",
}  # fmt: skip
_LIST_MARK = re.compile(
    r"\s*(?:[（(]?([0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]?[、.．)）]|第?([一二三四五六七八九十]{1,3})是)"
)
_QUOTE = re.compile("[“「『‘”」』\"'’]")
_QUOTES = (
    re.compile(r"[“「『‘]|(?<![\w.,!?…;:’'\"])[\"'](?=\w)"),  # opening
    re.compile(r"[”」』]|(?<=[.,!?…—–。！？，])[\"'’](?!\w)"),  # closing
)
_OPENS = re.compile(r"\s*[“「『‘\"']")
_CLOSES = re.compile(r"[。！？，.!?,…—–-][”」』’\"']\s*$")  # of speech, not of a word
_UNFINISHED = re.compile(r"[，、；：,;:—–-][”」』’\"']*\s*$")
_BROKEN = re.compile(r"\s(an?|and|as|at|by|for|from|in|of|on|or|that|the|to|with)\s*$")
_FINISHED = re.compile(r"[，、；：,;:—–。！？.!?…”」』’\"')）-]\s*$")
_PIECE = 4096  # vectors
_PLANE = 0x10000  # no mark has a higher code
_KINDS = range(1, len(MARKS) + 2)  # the marks, and Chinese characters
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}


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
        codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
        bounds = np.concatenate([[0], np.cumsum([len(text) for text in texts], dtype=np.int64)])
        kinds = _kinds()[np.minimum(codes, _PLANE - 1)]
        counts = [np.searchsorted(np.flatnonzero(kinds == kind), bounds) for kind in _KINDS]
        self.mark_sums = np.stack(counts[:-1], axis=1).astype(np.float64)
        # in English characters, roughly: a Chinese character counts for three
        longer = 2 * counts[-1] if self.chinese else 0
        self.length_sums = (bounds + longer + np.arange(len(texts) + 1)).astype(np.float64)
        self.lengths = np.diff(self.length_sums)

    def __len__(self) -> int:
        return len(self.side.sentences)

    @cached_property
    def windows(self) -> Windows:
        """Vectors of sentences and runs of them; the sentences are encoded at first use."""
        if isinstance(self.encoder, WindowEncoder):
            return Windows(self.encoder, self._parts)
        weights = self.lengths.astype(np.float32)[:, None]
        vectors = self.encoder.encode(self.side.sentences, self.progress)
        return Windows(self.encoder, vectors * weights)

    @cached_property
    def edges(self) -> Edges:
        """Vectors of the first and last clause of each sentence."""
        if isinstance(self.encoder, WindowEncoder):
            firsts, lasts, cut = self.encoder.edges(self._parts)
            for some in np.array_split(np.flatnonzero(~cut), 1 + len(cut) // _PIECE):
                firsts[some] = lasts[some] = self.windows.whole(some)
            return Edges(firsts, lasts)
        texts = self.side.sentences
        cuts = [edge_clauses(text) for text in texts]
        ends = (
            [text[:cut].strip() for text, (cut, _) in zip(texts, cuts, strict=True)],
            [text[cut:].strip() for text, (_, cut) in zip(texts, cuts, strict=True)],
        )
        return Edges(*(self.encoder.encode(some, self.progress) for some in ends))

    @cached_property
    def _parts(self) -> Vectors:
        encoder: Any = self.encoder
        found: Vectors = encoder.parts(self.side.sentences, self.progress)
        return found

    @cached_property
    def paragraph_bounds(self) -> NDArray[np.int64]:
        """The boundaries (0 to n) where paragraphs start, and the last one."""
        return np.flatnonzero(self.starts_paragraph)

    @cached_property
    def by_paragraph(self) -> "Measured":
        """The same text with its paragraphs as units; nothing is encoded anew."""
        starts, stops = self.paragraph_bounds[:-1], self.paragraph_bounds[1:]
        space = "" if self.chinese else " "
        texts = [space.join(self.side.sentences[a:b]) for a, b in zip(starts, stops, strict=True)]
        roles = tuple(self.side.roles[at] for at in starts) if self.side.roles else ()
        whole = Measured(Side(tuple(texts), (), roles, self.side.lang), self.chinese, self.encoder)
        whole.windows = self.windows.joined(starts, stops)
        whole.edges = self.edges.joined(starts, stops)
        return whole

    @cached_property
    def in_quotation(self) -> NDArray[np.float32]:
        """1 at each boundary (0 to n) that lies inside a quotation, else 0."""
        out = np.zeros(len(self) + 1, dtype=np.float32)
        for number, text in enumerate(self.side.sentences, 1):
            if not _QUOTE.search(text):
                out[number] = out[number - 1]
                continue
            opened, closed = (
                max((m.end() for m in mark.finditer(text)), default=-1) for mark in _QUOTES
            )
            out[number] = out[number - 1] if opened == closed else opened > closed
        return out

    @cached_property
    def opens(self) -> NDArray[np.float32]:
        """1 for each sentence that begins with an opening quotation mark."""
        return np.array([_OPENS.match(t) is not None for t in self.side.sentences], np.float32)

    @cached_property
    def closes(self) -> NDArray[np.float32]:
        """1 for each sentence that ends with the end of something said."""
        return np.array(
            [_CLOSES.search(t[-8:]) is not None for t in self.side.sentences], np.float32
        )

    @cached_property
    def unfinished(self) -> NDArray[np.float32]:
        """1 for each sentence that ends with a comma or the like, so that more is to come."""
        ends = [_UNFINISHED.search(t[-8:]) is not None for t in self.side.sentences]
        return np.array(ends, np.float32)

    @cached_property
    def broken(self) -> NDArray[np.float32]:
        """1 for each line that breaks off: it ends in "of" or such, or a small letter follows."""
        texts = self.side.sentences
        ends = [
            _BROKEN.search(text[-8:]) is not None
            or (after[:1].islower() and _FINISHED.search(text[-8:]) is None)
            for text, after in zip(texts, [*texts[1:], ""], strict=True)
        ]
        return np.array(ends, np.float32)

    @cached_property
    def words(self) -> "Words":
        """Words (Chinese) or stems of content words (English) of sentences and their clauses."""
        return Words(self.side.sentences, words if self.chinese else content_words)

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


class Words:
    """The words of one text, numbered.

    known: the words by number. sentences: those of each sentence. before, after: at each boundary
    those of the last clause before it and of the first clause after it.
    """

    def __init__(self, texts: Sequence[str], split: Callable[[str], list[Word]]) -> None:
        number: defaultdict[str, int] = defaultdict()
        number.default_factory = number.__len__  # a new word gets the next number
        words, starts = array("q"), array("q")
        counts, cuts = [], []
        for text in texts:
            found = split(text)
            if found:
                its_words, its_starts, _ = zip(*found, strict=True)
                words.extend(map(number.__getitem__, its_words))
                starts.extend(its_starts)
            counts.append(len(found))
            cuts.append(edge_clauses(text))
        self.known = tuple(number)
        n, many = len(texts), max(len(number), 1)
        word, start = (np.frombuffer(some, dtype=np.int64) for some in (words, starts))
        bag_of = np.repeat(np.arange(n), counts)
        first_stops, last_starts = np.array(cuts, dtype=np.int64).reshape(-1, 2).T
        first, last = start < first_stops[bag_of], start >= last_starts[bag_of]
        frequency = np.bincount(np.unique(bag_of * many + word) % many, minlength=len(number))
        # how much each word says: inverse sentence frequency, damped
        worth = np.log1p(n / (frequency + 0.5))
        self.sentences = Bags.count(n, bag_of, word, worth)
        self.after = Bags.count(n + 1, bag_of[first], word[first], worth)
        self.before = Bags.count(n + 1, bag_of[last] + 1, word[last], worth)


@cache
def _kinds() -> NDArray[np.uint8]:
    """For each character of the basic plane: which of `_KINDS` it is, or 0."""
    kinds = np.zeros(_PLANE, dtype=np.uint8)
    for kind, mark in zip(_KINDS, MARKS, strict=False):
        kinds[[ord(c) for c in _MARKS[mark]]] = kind
    kinds[0x3400:0xA000] = _KINDS[-1]
    return kinds


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
