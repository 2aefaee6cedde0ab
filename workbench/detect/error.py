"""How probable it is that a row holds a major error of any kind."""

from math import prod
from typing import TYPE_CHECKING

from workbench.detect.coverage import row_words
from workbench.detect.row_model import probability
from workbench.domain.review import AlignedTexts, Flag, Severity

if TYPE_CHECKING:
    from workbench.detect import Context

_BY_COVERAGE = ("omission", "addition")


def error_probabilities(texts: AlignedTexts, context: "Context", flags: list[Flag]) -> list[float]:
    """For each row the probability of a major error.

    By what the words of the row say together and the likeness of its sides (`row_model`), and by
    the major flags of other detectors, each taken as independent. A row without one side goes by
    its flags alone.
    """
    clear = {row.id: 1.0 for row in texts.rows}
    covered = set()
    for item, words in row_words(texts, context):
        if words.evidence:
            covered.add(item.row.id)
            clear[item.row.id] = 1 - probability("error", words)
    doubts: dict[str, list[float]] = {row.id: [] for row in texts.rows}
    for flag in flags:
        known = flag.row in covered and flag.detector in _BY_COVERAGE
        if flag.severity.rank >= Severity.MAJOR.rank and not known:
            doubts[flag.row].append(1 - flag.confidence)
    return [1 - clear[row.id] * prod(doubts[row.id]) for row in texts.rows]
