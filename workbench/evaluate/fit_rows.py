"""Fitting the regressions behind `detect.row_model`: which rows leave out, add, or are wrong.

    python -m workbench.evaluate.fit_rows DATA STORE > FILE

FILE is workbench/detect/data/rows.json. DATA holds the WMT23 MQM segments and the critical errors
of WMT21 as `workbench bench detect` reads them; STORE is a file in which word links are kept, so
that a second run is quick. Run it again after replacing the coefficients of words.

For each question one regression on what the words of a row say together and one on the likeness
of its sides are fitted; a third weighs them, on scores of documents of WMT23 that they were not
fitted on (Wolpert 1992). All three are linear, so that one set of coefficients is kept. How well
this does on documents left out is printed too. Omissions and additions are learned from rows of
WMT23 that have some and from those without any error of meaning.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.detect import Context
from workbench.detect.coverage import RowWords, row_words
from workbench.detect.row_evidence import ROW_KINDS
from workbench.detect.row_model import CONSTANT, LIKENESS
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
_TRUST = 0.5  # in the weight of likeness: WMT23 is one kind of text by ten systems, and on TED and
# WMT21, which nothing was fitted on, this half of it did best


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair, Chinese first, with what people found in it.

    share: of those asked who found a major error of meaning. marked: kinds of error of meaning
    that somebody found. document: of WMT23; "" for the rows of WMT21.
    """

    zh: str
    en: str
    share: float
    marked: frozenset[str]
    document: str


@dataclass(frozen=True)
class Rows:
    """Rows to learn from: one line a row. truth: how true it is what is asked, 0 to 1."""

    evidence: Floats
    likeness: Floats
    truth: Floats
    document: NDArray[np.str_]

    @property
    def own(self) -> NDArray[np.bool_]:
        """Which rows are of WMT23."""
        found: NDArray[np.bool_] = self.document != ""
        return found

    def part(self, some: NDArray[np.bool_]) -> "Rows":
        """Some of them."""
        return Rows(self.evidence[some], self.likeness[some], self.truth[some], self.document[some])


def labelled(data: Path) -> Iterator[Labelled]:
    """The rows of both sets."""
    for row in lines(data, "mqm_wmt23_segments"):
        share = int(row["raters_acc_major"]) / int(row["n_raters"])
        wrong = row["raters_acc_any"] != "0"
        kinds = ("Omission", "Addition") if wrong else ()
        marked = {kind.lower() for kind in kinds if f"Accuracy/{kind}" in row["categories"]}
        marked |= {"any"} if wrong else set()
        yield Labelled(row["src_zh"], row["en"], share, frozenset(marked), row["doc"])
    for row in lines(data, "ced_enzh"):
        wrong = row["label"] == "ERR"
        marked = {"any"} if wrong else set()
        yield Labelled(row["mt_zh"], row["src_en"], float(wrong), frozenset(marked), "")


Known = tuple[Labelled, RowWords]


def known(examples: Sequence[Labelled], linker: Linker) -> list[Known]:
    """The pairs for which there is evidence, with it."""
    texts = AlignedTexts(
        tuple(Row(str(n), one.zh, one.en) for n, one in enumerate(examples)), "zh", "en"
    )
    found = row_words(texts, Context(TermList(()), None, linker))
    return [(examples[item.number], words) for item, words in found if words.evidence]


def asked(what: str, given: Sequence[Known]) -> tuple[Rows, list[str]]:
    """The rows from which one question is learned, and the kinds of evidence for it."""
    if what == "error":
        return _rows(given, [one.share for one, _ in given], ROW_KINDS), list(ROW_KINDS)
    used = [
        (one, words) for one, words in given
        if one.document and (what in one.marked or not one.marked)
    ]  # fmt: skip
    kinds = ["zh missing" if what == "omission" else "en missing"]
    return _rows(used, [float(what in one.marked) for one, _ in used], kinds), kinds


def _rows(given: Sequence[Known], truth: Sequence[float], kinds: Sequence[str]) -> Rows:
    columns = [ROW_KINDS.index(kind) for kind in kinds]
    return Rows(
        np.array([words.evidence for _, words in given])[:, columns],
        np.array([words.likeness for _, words in given]),
        np.array(truth),
        np.array([one.document for one, _ in given]),
    )


def fit(given: Rows, evidence: Floats, penalty: float) -> Floats:
    """Coefficients and constant for rows of WMT23: that others don't come from there counts too."""
    n = len(evidence)
    both = np.column_stack([evidence, np.where(given.own, 0.0, 1.0)])
    weight = np.where(given.own, 1.0, _CRITICAL)
    found = ridge(
        np.concatenate([both, both]),
        np.repeat([1.0, 0.0], n),
        np.concatenate([weight * given.truth, weight * (1 - given.truth)]),
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


def weigh(truth: Floats, found: Floats) -> Floats:
    """Coefficients of scores, shape (n, kinds), and a constant, so that probabilities are right."""
    n = len(truth)
    return ridge(
        np.concatenate([found, found]), np.repeat([1.0, 0.0], n),
        np.concatenate([truth, 1 - truth]), 1.0,
    )  # fmt: skip


def answer(what: str, name: str, given: Sequence[Known]) -> dict[str, float | list[float]]:
    """The coefficients for one question; prints how well documents left out are judged."""
    rows, kinds = asked(what, given)
    truth = rows.truth[rows.own]
    left_out = np.column_stack(scores(rows)[: 2 if rows.likeness.size else 1])
    over = weigh(truth, left_out)
    report(f"{what} {name}", truth, left_out @ over[:-1] + over[-1])
    if rows.likeness.size:
        over[1] *= _TRUST
        scale, shift = weigh(truth, (left_out @ over[:-1])[:, None])
        over = np.append(scale * over[:-1], shift)
        report(f"{what} {name}, as kept", truth, left_out @ over[:-1] + over[-1])
    of_evidence = fit(rows, rows.evidence, _RIDGE)
    constant = over[-1] + over[0] * of_evidence[-1]
    found: dict[str, float | list[float]] = {
        kind: round(float(w), 4) for kind, w in zip(kinds, over[0] * of_evidence[:-1], strict=True)
    }
    if rows.likeness.size:
        of_likeness = fit(rows, rows.likeness, _RIDGE_LIKENESS)
        constant += over[1] * of_likeness[-1]
        found[LIKENESS] = [round(float(w), 3) for w in over[1] * of_likeness[:-1]]
    return found | {CONSTANT: round(float(constant), 4)}


def report(name: str, truth: Floats, score: Floats) -> None:
    """Print how well rows of which it is true, for most people, are told from the others."""
    wrong, right = truth > _MOST_PEOPLE, truth == 0
    auc = area_under(score[wrong | right], wrong[wrong | right])
    sys.stderr.write(
        f"{name}: {wrong.sum()} rows with, {right.sum()} without; left out: AUC {auc:.3f}\n"
    )


def main(arguments: Sequence[str]) -> None:
    """Fit with and without the words' states, and print the file."""
    if len(arguments) != 2:
        raise SystemExit("Name the folder DATA and the file STORE.")
    examples = list(labelled(Path(arguments[0])))
    weights: dict[str, dict[str, dict[str, float | list[float]]]] = {}
    with closing(LinkStore(Path(arguments[1]))) as store:
        for name, encoder in (("full", load_word_encoder()), ("plain", None)):
            given = known(examples, Linker(encoder, store))
            for what in ("error", "omission", "addition"):
                weights.setdefault(what, {})[name] = answer(what, name, given)
    sys.stdout.write(json.dumps({"fitted on": SETS, "weights": weights}, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
