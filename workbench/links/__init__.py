"""Word links: which words of a Chinese and an English text translate each other.

The states of the words in context (multilingual E5), the dictionary CC-CEDICT, numbers, equal
strings, likeness of sound and places are weighed for every pair of words of a row; see
docs/links.md.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbench.domain.links import LinkedPair, WordLink
from workbench.progress import Progress, silent

if TYPE_CHECKING:
    from workbench.domain.review import AlignedTexts
    from workbench.encode import Vectors, WordEncoder
    from workbench.links.evidence import Floats
    from workbench.links.store import LinkStore
    from workbench.links.words import Word

LINKING = "Linking words"
_REMEMBERED = 20_000  # rows; a stream of pairs would go on for ever
_AT_ONCE = 256  # rows linked together and kept: what a kill can cost
Texts = tuple[str, str]
Tokens = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Found:
    """Of two texts: the probabilities of links, the evidence behind them, and their likeness."""

    table: "Floats"
    evidence: "Floats | None"
    likeness: Sequence[float]


class Linker:
    """Links the rows of aligned texts; what it linked once it remembers.

    encoder: None for links by dictionary and form only. store: keeps links beyond this process.
    """

    def __init__(self, encoder: "WordEncoder | None", store: "LinkStore | None" = None) -> None:
        self._encoder = encoder
        self._store = store
        self._seen: dict[tuple[str, Texts], LinkedPair] = {}
        self.signature = signature(encoder)

    def __call__(self, texts: "AlignedTexts", progress: Progress = silent) -> list[LinkedPair]:
        """One linked pair for each row, spans in the row's texts.

        Raises:
            Unavailable: the encoder's weights or the dictionary can't be read.
            Stopped: from `progress`.
        """
        keys = [(texts.src_lang, (row.src, row.tgt)) for row in texts.rows]
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        new = list(dict.fromkeys(key for key in keys if key not in self._seen))
        linked = link(
            [pair for _, pair in new],
            texts.src_lang,
            encoder=self._encoder,
            store=self._store,
            progress=progress,
        )
        self._seen.update(zip(new, linked, strict=True))
        return [self._seen[key] for key in keys]

    def known(self, texts: "AlignedTexts") -> list[LinkedPair | None]:
        """The same without linking anything: None for a row that is not in the store."""
        if self._store is None:
            return [None] * len(texts.rows)
        flip = _flips(texts.src_lang)
        pairs = [(row.tgt, row.src) if flip else (row.src, row.tgt) for row in texts.rows]
        found = self._store.get(self.signature, pairs)
        kept = [found.get(pair) for pair in pairs]
        return [one.flipped() if one and flip else one for one in kept]


def link(
    pairs: Sequence[Texts],
    src_lang: str = "zh",
    *,
    encoder: "WordEncoder | None",
    store: "LinkStore | None" = None,
    progress: Progress = silent,
) -> list[LinkedPair]:
    """The words and links of each pair of texts, source first.

    src_lang: of the source, Chinese or English; the other side is the other language. encoder:
    None for links by dictionary and form only. store: keeps what was linked once.

    Raises:
        Unavailable: the encoder's weights or the dictionary can't be read.
        Stopped: from `progress`.
    """
    flip = _flips(src_lang)
    by_language = [(b, a) if flip else (a, b) for a, b in pairs]
    found = _kept(by_language, encoder, store, progress)
    return [one.flipped() for one in found] if flip else found


def link_tokens(
    pairs: Sequence[Tokens],
    src_lang: str = "zh",
    *,
    encoder: "WordEncoder | None",
    progress: Progress = silent,
) -> list[tuple[WordLink, ...]]:
    """The links of each pair of texts that are cut into words and marks already.

    Raises:
        Unavailable: the encoder's weights or the dictionary can't be read.
        Stopped: from `progress`.
    """
    flip = _flips(src_lang)
    tables = _probabilities([(b, a) if flip else (a, b) for a, b in pairs], encoder, progress)
    return [_links(one.table.T if flip else one.table) for one in tables]


def _flips(src_lang: str) -> bool:
    return src_lang.lower().split("-")[0] != "zh"


def signature(encoder: "WordEncoder | None") -> str:
    """Names all that links depend on besides the texts."""
    from workbench.links import model
    from workbench.links.evidence import OF_WORD

    states = encoder.signature if encoder else "plain"
    return f"{states}|{model.signature()}|words:{len(OF_WORD)}|likeness"


def _kept(
    pairs: Sequence[Texts],
    encoder: "WordEncoder | None",
    store: "LinkStore | None",
    progress: Progress,
) -> list[LinkedPair]:
    if store is None:
        return _linked(pairs, encoder, progress)
    name = signature(encoder)
    found = store.get(name, pairs)
    missing = [pair for pair in dict.fromkeys(pairs) if pair not in found]
    inner = progress if len(missing) <= _AT_ONCE else silent  # one count is enough to follow
    for at in range(0, len(missing), _AT_ONCE):
        progress(LINKING, at, len(missing))
        some = missing[at : at + _AT_ONCE]
        new = dict(zip(some, _linked(some, encoder, inner), strict=True))
        store.put(name, new)
        found |= new
    return [found[pair] for pair in pairs]


def _linked(
    pairs: Sequence[Texts], encoder: "WordEncoder | None", progress: Progress
) -> list[LinkedPair]:
    from workbench.links.words import chinese, english

    words = [(chinese(zh), english(en)) for zh, en in pairs]
    tokens = [tuple([word.text for word in side] for side in sides) for sides in words]
    tables = _probabilities([(zh, en) for zh, en in tokens], encoder, progress)
    return [_pair(*sides, found) for sides, found in zip(words, tables, strict=True)]


def _probabilities(
    pairs: Sequence[Tokens], encoder: "WordEncoder | None", progress: Progress
) -> "list[_Found]":
    """What is found for each pair; evidence is left out where there is too much."""
    from workbench.links.model import MOST, evidence_for, probabilities

    # a side that stands alone has nothing to be linked to: its states are not needed
    sides = [side if all(pair) else () for pair in pairs for side in pair]
    states = encoder.words(sides, progress) if encoder else None
    found = []
    for k, (zh, en) in enumerate(pairs):
        progress(LINKING, k, len(pairs))
        here = (states[2 * k], states[2 * k + 1]) if states and zh and en else None
        whole = 0 < len(zh) * len(en) <= MOST
        evidence = evidence_for(zh, en, here) if whole else None
        table = probabilities(zh, en, here, evidence)
        found.append(_Found(table, evidence, _likeness(*here) if here else ()))
    return found


def _likeness(zh: "Vectors", en: "Vectors") -> Sequence[float]:
    """See `LinkedPair.likeness`; in the precision in which it is kept."""
    means = (side.mean(axis=0, dtype=np.float64) for side in (zh, en))
    a, b = (mean / max(float(np.linalg.norm(mean)), 1e-9) for mean in means)
    both: list[float] = np.concatenate([abs(a - b), a * b]).astype(np.float16).tolist()
    return both


def _pair(zh: "Sequence[Word]", en: "Sequence[Word]", found: "_Found") -> LinkedPair:
    rows = [k for k, word in enumerate(zh) if not word.is_mark]
    columns = [k for k, word in enumerate(en) if not word.is_mark]
    inner = found.table[np.ix_(rows, columns)]
    behind = None if found.evidence is None else found.evidence[np.ix_(rows, columns)]
    return LinkedPair(
        tuple(zh[k].span for k in rows),
        tuple(en[k].span for k in columns),
        _links(inner),
        tuple(_rounded(inner.max(axis=1, initial=0))),
        tuple(_rounded(inner.max(axis=0, initial=0))),
        _of_words(inner, behind, 0),
        _of_words(inner.T, behind if behind is None else behind.swapaxes(0, 1), 1),
        array("f", found.likeness),
    )


def _of_words(table: "Floats", evidence: "Floats | None", own: int) -> "array[float]":
    from workbench.links.evidence import of_words

    if evidence is None or not table.size:
        return array("f")
    return array("f", _rounded(of_words(table, evidence, own).ravel()))


def _links(table: "Floats") -> tuple[WordLink, ...]:
    from workbench.links.model import threshold

    return tuple(
        WordLink(int(i), int(j), round(float(table[i, j]), 3))
        for i, j in np.argwhere(table >= threshold())
    )


def _rounded(values: "Floats") -> list[float]:
    return [round(float(value), 3) for value in values]
