"""Rows that do not seem to belong together at all: the pairing may be wrong."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench.detect.coverage import is_content
from workbench.detect.sides import Pair, pairs
from workbench.domain.review import AlignedTexts, Flag, Severity

if TYPE_CHECKING:
    from workbench.detect import Context

_CALIBRATED = "use-"  # encoders for whose cosines the weights hold
_PRIOR = 0.05  # how often a pairing nothing is known of is taken to be wrong
_FLOOR, _CEILING = 0.001, 0.9  # of that prior, where the aligner gave one
_ALARM, _GRAVE = 0.5, 0.8  # probabilities of being wrong
_CHINESE_LETTERS = 3.2  # English characters for a Chinese one, on average


@dataclass(frozen=True, slots=True)
class _Weights:
    """Log-odds of a wrong pairing: of shared words, unequal length and cosine, each also times
    the logarithm of the size, and of that logarithm.
    """

    bias: float
    shared: tuple[float, float]
    length: tuple[float, float]
    size: float
    cosine: tuple[float, float] = (0.0, 0.0)


# Fitted on 3,351 right and 6,696 shifted pairs of TICO-19 (CC0), Tatoeba (CC BY), 3AM and DEMETR
# (MIT), both kinds weighing the same.
_WITH_ENCODER = _Weights(3.95, (-3.9, -3.33), (2.66, 1.02), 2.02, (-18.67, 2.52))
_PLAIN = _Weights(1.69, (-12.3, -4.67), (4.65, 0.46), 2.17)


@dataclass(frozen=True, slots=True)
class _Shared:
    """How many content words of each side the dictionary finds on the other, of how many."""

    zh: int
    zh_all: int
    en: int
    en_all: int

    @property
    def share(self) -> float:
        return ((self.zh + 0.5) / (self.zh_all + 1) + (self.en + 0.5) / (self.en_all + 1)) / 2

    @property
    def size(self) -> float:
        return math.log1p(min(self.zh_all, self.en_all))


def doubt(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """Rows whose two sides have hardly anything in common.

    Judged by shared words, length, and the encoder together with what the aligner thought of the
    pairing; never by one of them alone. A pairing that a person confirmed is not doubted.
    """
    return [
        _flag(item, shared, probability)
        for item, shared, probability in _judged(texts, context)
        if probability >= _ALARM
    ]


def doubt_rank(texts: AlignedTexts, context: "Context") -> list[float]:
    """The probability that the two sides of each row do not belong together."""
    scores = [0.0] * len(texts.rows)
    for item, _, probability in _judged(texts, context):
        scores[item.number] = probability
    return scores


@lru_cache(maxsize=1)
def _judged(texts: AlignedTexts, context: "Context") -> list[tuple[Pair, _Shared, float]]:
    items = [item for item in pairs(texts) if not item.is_null]
    encoder = context.encoder
    if encoder and not encoder.signature.startswith(_CALIBRATED):
        encoder = None
    weights = _WITH_ENCODER if encoder else _PLAIN
    cosines: Sequence[float] = [0.0] * len(items)
    if encoder and items:
        sides = (
            encoder.encode([item.zh[item.zh_dateline :] for item in items]),
            encoder.encode([item.en[item.en_dateline :] for item in items]),
        )
        cosines = (sides[0] * sides[1]).sum(axis=1).tolist()
    return [
        (item, shared, _probability(item, shared, cosine, weights))
        for item, cosine in zip(items, cosines, strict=True)
        for shared in (_shared(item),)
    ]


def _shared(item: Pair) -> _Shared:
    from workbench.align.lexicon import content_words, lexicon, words

    zh_text, find = item.zh[item.zh_dateline :], lexicon().translations
    zh = [find(w) for w, _, _ in words(zh_text) if is_content(w) or w[0].isdigit()]
    en = [stem for stem, _, _ in content_words(item.en[item.en_dateline :])]
    reached: set[str] = set().union(*zh, *(find(char) for char in zh_text))
    stems = set(en)
    return _Shared(
        sum(bool(found & stems) for found in zh), len(zh),
        sum(stem in reached for stem in en), len(en),
    )  # fmt: skip


def _probability(item: Pair, shared: _Shared, cosine: float, weights: _Weights) -> float:
    """That the pairing is wrong, given the two texts and what the aligner thought of them."""
    lengths = len(item.zh) - item.zh_dateline, len(item.en) - item.en_dateline
    unequal = abs(math.log((lengths[0] * _CHINESE_LETTERS + 10) / (lengths[1] + 10)))
    values = (
        (weights.shared, shared.share),
        (weights.length, unequal),
        (weights.cosine, cosine),
    )
    odds = weights.bias + weights.size * shared.size
    odds += sum((alone + more * shared.size) * value for (alone, more), value in values)
    said = item.row.probability
    prior = _PRIOR if said is None else min(max(1 - said, _FLOOR), _CEILING)
    return 1 / (1 + math.exp(-(odds + math.log(prior / (1 - prior)))))


def _flag(item: Pair, shared: _Shared, probability: float) -> Flag:
    said = item.row.probability
    aligner = "" if said is None else f"; the aligner gave this pairing {said:.0%}"
    aligner_zh = "" if said is None else f"，对齐程序给出的概率为{said:.0%}"
    return item.flag(
        "doubt", "other", Severity.MAJOR if probability >= _GRAVE else Severity.MINOR, None, None,
        (
            "These two passages hardly resemble each other: the dictionary links "
            f"{shared.zh} of {shared.zh_all} Chinese words and {shared.en} of {shared.en_all} "
            f"English ones{aligner}. Check the pairing before the words.",
            f"两边文字很不相像：按词典，{shared.zh_all}个中文词只有{shared.zh}个、"
            f"{shared.en_all}个英文词只有{shared.en}个能对上{aligner_zh}。请先核对配对是否正确。",
        ),
        probability,
    )  # fmt: skip
