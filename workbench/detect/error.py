"""How probable it is that a row holds a major error of any kind."""

import math
from math import prod
from typing import TYPE_CHECKING

from workbench.detect.coverage import RowWords, named_weights, row_words
from workbench.detect.omission import weight
from workbench.domain.review import AlignedTexts, Flag, Severity

if TYPE_CHECKING:
    from workbench.detect import Context

KINDS = ("omitted", "added", "words")
_BY_COVERAGE = ("omission", "addition")
_LEAST = 0.01  # keeps logarithms finite


def error_evidence(words: RowWords) -> tuple[float, ...]:
    """What coverage says of a row with two sides, in the order of KINDS.

    How much of either side has no counterpart, and how many Chinese words there are: longer
    rows have more room for errors.
    """
    return (
        math.log(weight(words.zh) + _LEAST),
        math.log(weight(words.en) + _LEAST),
        math.log(1 + len(words.zh)),
    )


def error_probabilities(texts: AlignedTexts, context: "Context", flags: list[Flag]) -> list[float]:
    """For each row the probability of a major error.

    By a logistic regression over coverage, and by the major flags of other detectors, each taken
    as independent. A row without one side goes by its flags alone.
    """
    weights = named_weights()["error"]
    clear = {row.id: 1.0 for row in texts.rows}
    covered = set()
    for item, words in row_words(texts, context):
        if words.zh and words.en:
            covered.add(item.row.id)
            values = zip(KINDS, error_evidence(words), strict=True)
            odds = weights["constant"] + sum(weights[kind] * value for kind, value in values)
            clear[item.row.id] = 1 / (1 + math.exp(odds))
    doubts: dict[str, list[float]] = {row.id: [] for row in texts.rows}
    for flag in flags:
        known = flag.row in covered and flag.detector in _BY_COVERAGE
        if flag.severity.rank >= Severity.MAJOR.rank and not known:
            doubts[flag.row].append(1 - flag.confidence)
    return [1 - clear[row.id] * prod(doubts[row.id]) for row in texts.rows]
