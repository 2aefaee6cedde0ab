"""How probable it is that a row leaves something out, adds something, or holds a major error.

Logistic regressions over what the words of a row say together and over the likeness of its two
sides; `workbench/evaluate/fit_rows.py` says how the coefficients in `data/rows.json` were fitted.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

import numpy as np

from workbench.detect.coverage import RowWords
from workbench.detect.row_evidence import ROW_KINDS
from workbench.detect.word_evidence import Floats

FILE = "rows.json"
CONSTANT, LIKENESS = "constant", "likeness"


@dataclass(frozen=True, slots=True)
class _Weights:
    """Coefficients of ROW_KINDS and of likeness (none without states), and the constant."""

    evidence: Floats
    likeness: Floats
    constant: float


def probability(what: str, words: RowWords) -> float:
    """Of a major "error" of meaning, an "omission" or an "addition", in a row with evidence."""
    weights = _weights()[what, "full" if len(words.likeness) else "plain"]
    odds = weights.constant + float(weights.evidence @ np.array(words.evidence))
    odds += float(weights.likeness @ np.array(words.likeness))
    return 1 / (1 + exp(-odds))


@cache
def _weights() -> dict[tuple[str, str], _Weights]:
    """By what is asked, with and without the words' states."""
    content = json.loads(files("workbench.detect").joinpath("data", FILE).read_text("utf-8"))
    return {
        (what, name): _Weights(
            np.array([kinds.get(kind, 0.0) for kind in ROW_KINDS]),
            np.array(kinds.get(LIKENESS, [])),
            kinds[CONSTANT],
        )
        for what, by_name in content["weights"].items()
        for name, kinds in by_name.items()
    }
