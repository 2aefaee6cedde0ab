"""How sure we are that a word has a counterpart on the other side.

The evidence is that of the word links, of a word's neighbours and of what is left over on both
sides (`word_evidence`). A logistic regression weighs it, one for each language; the coefficients
are in `data/coverage.json`, and `workbench/evaluate/fit_coverage.py` says how they were fitted.
"""

import json
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from workbench.detect.row_evidence import row_evidence
from workbench.detect.sides import Pair, pairs
from workbench.detect.word_evidence import (
    KINDS,
    Floats,
    Side,
    is_weak,
    light_words,
    without_head,
    word_evidence,
)
from workbench.domain.review import AlignedTexts
from workbench.domain.text import Span
from workbench.links.evidence import OF_WORD

if TYPE_CHECKING:
    from workbench.detect import Context
    from workbench.domain.links import LinkedPair

FILE = "coverage.json"
LANGS = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and how probable it is that it has no counterpart.

    weak: it carries so little content that nobody misses it.
    """

    span: Span
    text: str
    missing: float
    weak: bool


@dataclass(frozen=True, slots=True)
class RowWords:
    """The words of both sides of a row; those of a dateline are left out.

    evidence: what they say of the row, in the order of `row_evidence.ROW_KINDS`, nothing where
    one side is empty. likeness: see `LinkedPair`.
    """

    zh: tuple[Word, ...] = ()
    en: tuple[Word, ...] = ()
    evidence: tuple[float, ...] = ()
    likeness: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class RowCoverage:
    """The words of a row's source and target, each with how surely it has a counterpart."""

    src: tuple[tuple[Span, float], ...] = ()
    tgt: tuple[tuple[Span, float], ...] = ()


def is_content(word: str) -> bool:
    """Whether a Chinese word carries content of its own."""
    return bool(re.search(r"[\u3400-\u9fffA-Za-z]", word)) and word not in light_words(True)


def row_words(texts: AlignedTexts, context: "Context") -> list[tuple[Pair, RowWords]]:
    """The words of each row that has two sides and is not left out.

    Rows that the context has seen cost nothing.
    """
    items = [item for item in pairs(texts) if not item.is_null]
    keys = [(item.zh, item.en, item.zh_dateline, item.en_dateline) for item in items]
    new = {key: item for key, item in zip(keys, items, strict=True) if key not in context.words}
    linked = _linked(list(new.values()), texts, context)
    for (key, item), one in zip(new.items(), linked, strict=True):
        context.words[key] = _words(item, one)
    return [(item, context.words[key]) for item, key in zip(items, keys, strict=True)]


def _linked(
    items: Sequence[Pair], texts: AlignedTexts, context: "Context"
) -> "Sequence[LinkedPair]":
    """The word links of some rows, Chinese first."""
    from workbench.links import Linker

    if not items:
        return []
    linker = context.links or Linker(None)
    rows = AlignedTexts(tuple(item.row for item in items), texts.src_lang, texts.tgt_lang)
    found = linker(rows)
    return found if items[0].zh_is_src else [one.flipped() for one in found]


def _words(item: Pair, linked: "LinkedPair") -> RowWords:
    both = evidence_of(item.zh, item.en, linked, (item.zh_dateline, item.en_dateline))
    if both is None:
        return RowWords()
    missing = [_missing(evidence, lang) for (_, evidence), lang in zip(both, LANGS, strict=True)]
    zh, en = (_judged(side, p) for (side, _), p in zip(both, missing, strict=True))
    evidence = row_evidence((*both[0], missing[0]), (*both[1], missing[1]))
    return RowWords(zh, en, evidence, linked.likeness)


Known = tuple[Side, Floats]
"""One side of a row and the evidence for each of its words."""


def evidence_of(
    zh: str, en: str, linked: "LinkedPair", datelines: tuple[int, int] = (0, 0)
) -> tuple[Known, Known] | None:
    """Both sides of a row with the evidence for each word; None where there is none.

    linked: Chinese first. datelines: characters at the head of each side that are left out.
    """
    if not linked.src_evidence:
        return None
    sides = without_head(
        Side(zh, linked.src_words, _by_word(linked.src_evidence)),
        Side(en, linked.tgt_words, _by_word(linked.tgt_evidence)),
        datelines,
    )
    if not all(side.spans for side in sides):
        return None
    return (
        (sides[0], word_evidence(sides[0], sides[1])),
        (sides[1], word_evidence(sides[1], sides[0])),
    )


def _by_word(evidence: "array[float]") -> Floats:
    return np.array(evidence, dtype=float).reshape(-1, len(OF_WORD))


def _missing(evidence: Floats, lang: str) -> Floats:
    """For each word the probability that it has no counterpart."""
    full = bool(evidence[:, KINDS.index("cosine")].any())
    weights = _weights()[lang, "full" if full else "plain"]
    odds = np.clip(evidence @ weights[:-1] + weights[-1], -30, 30)
    found: Floats = 1 / (1 + np.exp(-odds))
    return found


def _judged(side: Side, missing: Floats) -> tuple[Word, ...]:
    return tuple(
        Word(span, word, round(float(p), 4), is_weak(word))
        for span, word, p in zip(side.spans, side.words, missing, strict=True)
    )


@cache
def _weights() -> dict[tuple[str, str], Floats]:
    """By language and by whether the words' states were known: one for each kind, a constant."""
    content = json.loads(files("workbench.detect").joinpath("data", FILE).read_text("utf-8"))
    return {
        (lang, name): np.array([*(kinds.get(kind, 0.0) for kind in KINDS), kinds["constant"]])
        for lang in LANGS
        for name, kinds in content["weights"][lang].items()
    }


def row_coverage(texts: AlignedTexts, context: "Context") -> list[RowCoverage]:
    """The coverage of each row; of a row left out or without one side nothing is said."""
    found = {}
    for item, words in row_words(texts, context):
        zh, en = (tuple((w.span, 1 - w.missing) for w in side) for side in (words.zh, words.en))
        found[item.row.id] = RowCoverage(zh, en) if item.zh_is_src else RowCoverage(en, zh)
    return [found.get(row.id, RowCoverage()) for row in texts.rows]


def prepare(texts: AlignedTexts, context: "Context") -> None:
    """Look at all rows at once, so that looking at one of them later costs nothing."""
    row_words(texts, context)
