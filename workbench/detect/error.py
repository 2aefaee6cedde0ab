"""How probable it is that a row holds a major error of any kind."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, prod
from typing import TYPE_CHECKING

import numpy as np

from workbench.detect.coverage import RowWords, row_words
from workbench.detect.row_evidence import ROW_KINDS
from workbench.detect.word_evidence import Floats
from workbench.domain.review import AlignedTexts, Flag, Severity

if TYPE_CHECKING:
    from workbench.detect import Context

FILE = "error.json"
_BY_COVERAGE = ("omission", "addition")


@dataclass(frozen=True, slots=True)
class _Weights:
    """Coefficients of ROW_KINDS and of likeness, and the constant."""

    evidence: Floats
    likeness: Floats
    constant: float


def error_probabilities(texts: AlignedTexts, context: "Context", flags: list[Flag]) -> list[float]:
    """For each row the probability of a major error.

    By a logistic regression over what the words of the row say together and over the likeness of
    its two sides, and by the major flags of other detectors, each taken as independent. A row
    without one side goes by its flags alone.
    """
    clear = {row.id: 1.0 for row in texts.rows}
    covered = set()
    for item, words in row_words(texts, context):
        if words.evidence:
            covered.add(item.row.id)
            clear[item.row.id] = 1 - _probability(words)
    doubts: dict[str, list[float]] = {row.id: [] for row in texts.rows}
    for flag in flags:
        known = flag.row in covered and flag.detector in _BY_COVERAGE
        if flag.severity.rank >= Severity.MAJOR.rank and not known:
            doubts[flag.row].append(1 - flag.confidence)
    return [1 - clear[row.id] * prod(doubts[row.id]) for row in texts.rows]


def _probability(words: RowWords) -> float:
    weights = _weights()["full" if len(words.likeness) else "plain"]
    odds = weights.constant + float(weights.evidence @ np.array(words.evidence))
    if len(words.likeness):
        odds += float(weights.likeness @ np.array(words.likeness))
    return 1 / (1 + exp(-odds))


@cache
def _weights() -> dict[str, _Weights]:
    """With and without the words' states; `evaluate/fit_error.py` says how they were fitted."""
    content = json.loads(files("workbench.detect").joinpath("data", FILE).read_text("utf-8"))
    return {
        name: _Weights(
            np.array([kinds[kind] for kind in ROW_KINDS]),
            np.array(content["likeness"]),
            kinds["constant"],
        )
        for name, kinds in content["weights"].items()
    }
