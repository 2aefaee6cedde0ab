"""Fitting the regression behind `error_probability`: which rows hold a major error of meaning.

    python -m workbench.evaluate.fit_error DATA STORE > FILE

FILE is workbench/detect/data/error.json. DATA holds the WMT23 MQM segments and the critical
errors of WMT21 as `workbench bench detect` reads them; STORE is a file in which word links are
kept, so that a second run is quick. Run it again after replacing the coefficients of words.

Two regressions, one on what the words of a row say together, one on the likeness of its sides,
are fitted on both sets; a third weighs them, on scores of documents of WMT23 that they were not
fitted on (Wolpert 1992). All three are linear, so that one set of coefficients is kept. How well
this does on documents left out is printed too.
"""

import json
import random
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.detect import Context
from workbench.detect.coverage import RowWords, row_words
from workbench.detect.row_evidence import ROW_KINDS
from workbench.detect.terms import TermList
from workbench.domain.review import AlignedTexts, Row
from workbench.encode import load_word_encoder
from workbench.evaluate.divergence.measures import area_under
from workbench.evaluate.divergence.planted_words import SEED
from workbench.evaluate.divergence.published import lines
from workbench.evaluate.regression import Floats, ridge
from workbench.links import Linker
from workbench.links.store import LinkStore

SETS = "WMT23 MQM (Apache-2.0), WMT21 critical errors (CC0)"
_FOLDS = 6
_RIDGE, _RIDGE_LIKENESS = 20.0, 300.0
_CRITICAL = 0.5  # weight of the rows of WMT21, which are of another kind
_MOST_PEOPLE = 0.5


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair, Chinese first, and how much of those asked found a major error of meaning in it."""

    zh: str
    en: str
    share: float
    document: str


@dataclass(frozen=True)
class Rows:
    """Rows to learn from. evidence, likeness: one line a row; own: whether from WMT23."""

    evidence: Floats
    likeness: Floats
    share: Floats
    own: NDArray[np.bool_]
    document: NDArray[np.str_]

    def part(self, some: NDArray[np.bool_]) -> "Rows":
        """Some of them."""
        return Rows(self.evidence[some], self.likeness[some], self.share[some], self.own[some],
                    self.document[some])  # fmt: skip


def labelled(data: Path) -> list[Labelled]:
    """The rows of both sets."""
    found = []
    for row in lines(data, "mqm_wmt23_segments"):
        share = int(row["raters_acc_major"]) / int(row["n_raters"])
        found.append(Labelled(row["src_zh"], row["en"], share, row["doc"]))
    for row in lines(data, "ced_enzh"):
        found.append(Labelled(row["mt_zh"], row["src_en"], float(row["label"] == "ERR"), ""))
    return found


def rows(examples: Sequence[Labelled], linker: Linker) -> Rows:
    """The evidence of each pair that has any."""
    texts = AlignedTexts(
        tuple(Row(str(n), one.zh, one.en) for n, one in enumerate(examples)), "zh", "en"
    )
    found = {int(item.row.id): words for item, words in row_words(
        texts, Context(TermList(()), None, linker)
    )}  # fmt: skip
    used: list[tuple[Labelled, RowWords]] = [
        (one, found[n]) for n, one in enumerate(examples) if n in found and found[n].evidence
    ]
    return Rows(
        np.array([words.evidence for _, words in used]),
        np.array([words.likeness for _, words in used]),
        np.array([one.share for one, _ in used]),
        np.array([bool(one.document) for one, _ in used]),
        np.array([one.document for one, _ in used]),
    )


def fit(given: Rows, evidence: Floats, penalty: float) -> Floats:
    """Coefficients and constant for rows of WMT23: that they come from there is evidence too."""
    n = len(evidence)
    both = np.column_stack([evidence, ~given.own])
    weight = np.where(given.own, 1.0, _CRITICAL)
    found = ridge(
        np.concatenate([both, both]),
        np.repeat([1.0, 0.0], n),
        np.concatenate([weight * given.share, weight * (1 - given.share)]),
        penalty,
    )
    return np.append(found[:-2], found[-1])


def scores(given: Rows) -> tuple[Floats, Floats]:
    """Log-odds by evidence and by likeness for rows of WMT23, by fits without their documents."""
    names = sorted(set(given.document[given.own].tolist()))
    random.Random(SEED).shuffle(names)
    fold = {name: number % _FOLDS for number, name in enumerate(names)} | {"": -1}
    of = np.array([fold[name] for name in given.document.tolist()])
    out = np.zeros((2, len(of)))
    for number in range(_FOLDS):
        rest, here = given.part(of != number), of == number
        for k, (known, all_, penalty) in enumerate((
            (rest.evidence, given.evidence, _RIDGE),
            (rest.likeness, given.likeness, _RIDGE_LIKENESS),
        )):  # fmt: skip
            weights = fit(rest, known, penalty)
            out[k, here] = all_[here] @ weights[:-1] + weights[-1]
    return out[0, given.own], out[1, given.own]


def weigh(share: Floats, found: Floats) -> Floats:
    """Coefficients of scores, shape (n, kinds), and a constant, so that probabilities are right."""
    n = len(share)
    return ridge(
        np.concatenate([found, found]), np.repeat([1.0, 0.0], n),
        np.concatenate([share, 1 - share]), 1.0,
    )  # fmt: skip


def report(name: str, share: Floats, score: Floats) -> None:
    """Print how well rows in which most people found a major error are told from others."""
    wrong, right = share > _MOST_PEOPLE, share == 0
    auc = area_under(score[wrong | right], wrong[wrong | right])
    sys.stderr.write(
        f"{name}: {wrong.sum()} rows by most people, {right.sum()} by nobody; "
        f"documents left out: AUC {auc:.3f}\n"
    )


def main(arguments: Sequence[str]) -> None:
    """Fit with and without the words' states, and print the file."""
    if len(arguments) != 2:
        raise SystemExit("Name the folder DATA and the file STORE.")
    data, path = map(Path, arguments)
    examples = labelled(data)
    weights: dict[str, dict[str, float]] = {}
    likeness: list[float] = []
    with closing(LinkStore(path)) as store:
        for name, encoder in (("full", load_word_encoder()), ("plain", None)):
            given = rows(examples, Linker(encoder, store))
            share = given.share[given.own]
            known = np.column_stack(scores(given)[: 2 if encoder else 1])
            over = weigh(share, known)
            report(name, share, known @ over[:-1] + over[-1])
            of_evidence = fit(given, given.evidence, _RIDGE)
            constant = over[-1] + over[0] * of_evidence[-1]
            if encoder:
                of_likeness = fit(given, given.likeness, _RIDGE_LIKENESS)
                constant += over[1] * of_likeness[-1]
                likeness = [round(float(w), 3) for w in over[1] * of_likeness[:-1]]
            values = zip(ROW_KINDS, over[0] * of_evidence[:-1], strict=True)
            weights[name] = {kind: round(float(w), 4) for kind, w in values}
            weights[name]["constant"] = round(float(constant), 4)
    content = {"fitted on": SETS, "weights": weights, "likeness": likeness}
    sys.stdout.write(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
