"""What the words of a row, taken together, say of an error of meaning in it.

Everything comes from the evidence for its single words (`word_evidence`) and from their number:
how much of either side has no counterpart, how near the words of one side come to those of the
other, how many are linked badly or not at all.
"""

from math import log, log1p

import numpy as np

from workbench.detect.word_evidence import KINDS, Floats, Side

_OF_SIDE = (
    "missing", "worst", "row", "cosine", "low_cosine", "weak", "unlinked", "weak_share",
    "left_own", "near", "dictionary",
)  # fmt: skip
ROW_KINDS = (
    *(f"{lang} {kind}" for lang in ("zh", "en") for kind in _OF_SIDE),
    "words", "unequal", "longer",
)  # fmt: skip
_LEAST = 0.01  # keeps logarithms finite
_MOST = 0.999  # likewise
_WEAK, _UNLINKED = -1.0, -3.0  # log-odds of the best link
_LOW = 4  # the worst quarter of the words
_CHINESE_LETTERS = 3.6  # English characters for a Chinese one, on average


def row_evidence(
    zh: tuple[Side, Floats, Floats], en: tuple[Side, Floats, Floats]
) -> tuple[float, ...]:
    """One number for each of ROW_KINDS.

    zh, en: a side, the evidence for its words, and the probability of each that it has no
    counterpart.
    """
    longer = log(len(zh[0].text) * _CHINESE_LETTERS / len(en[0].text))
    return (*_of_side(*zh[1:]), *_of_side(*en[1:]), log(len(zh[1])), abs(longer), longer)


def _of_side(evidence: Floats, missing: Floats) -> list[float]:
    content = evidence[_of(evidence, "light") < 0.5]
    if not len(content):
        content = evidence
    best, cosines = _of(content, "best"), np.sort(_of(content, "cosine"))
    none_missing = -np.log(1 - np.minimum(missing, _MOST)).sum()
    values = (
        log(none_missing + _LEAST),
        missing.max(),
        _of(evidence, "row")[0],
        cosines.mean(),
        cosines[: max(1, len(cosines) // _LOW)].mean(),
        log1p((best < _WEAK).sum()),
        log1p((best < _UNLINKED).sum()),
        (best < _WEAK).mean(),
        _of(evidence, "left_own")[0],
        _of(content, "near").mean(),
        _of(content, "dictionary").mean(),
    )
    return [float(value) for value in values]


def _of(evidence: Floats, kind: str) -> Floats:
    found: Floats = evidence[:, KINDS.index(kind)]
    return found
