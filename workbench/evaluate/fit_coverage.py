"""Fitting the regressions behind coverage: which words have no counterpart.

    python -m workbench.evaluate.fit_coverage DATA PARALLEL STORE > FILE

FILE is workbench/detect/data/coverage.json. DATA holds DEMETR and the WMT23 MQM segments as
`workbench bench detect` reads them, PARALLEL tico19.tsv.gz and tatoeba_test.tsv.gz (lines
`Chinese<TAB>English`); STORE is a file in which word links are kept, so that a second run is
quick. Chinese words learn from the omission spans of WMT23 MQM; English words from the additions
of DEMETR and of WMT23 MQM and from words planted in correct pairs (`planted_words`). How well
this does on source sentences it was not fitted on is printed too.
"""

import csv
import gzip
import json
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.detect.coverage import Known, evidence_of
from workbench.detect.word_evidence import KINDS, Floats
from workbench.domain.links import LinkedPair
from workbench.domain.text import Span
from workbench.encode import WordEncoder, load_word_encoder
from workbench.evaluate.divergence.cases import Case
from workbench.evaluate.divergence.measures import area_under
from workbench.evaluate.divergence.planted_words import SEED, deleted, inserted, words_before
from workbench.evaluate.divergence.published import lines
from workbench.evaluate.regression import ridge
from workbench.links import link
from workbench.links.store import LinkStore

SETS = "WMT23 MQM (Apache-2.0), DEMETR (MIT), TICO-19 (CC0), Tatoeba (CC BY 2.0 FR)"
_FOLDS = 5
_RIDGE = 10.0  # penalty on squared coefficients of standardised evidence
_UNSURE = 0.5  # weight of words in rows where people marked other errors of meaning
_TICO, _TATOEBA, _CLEAN, _DELETED = 160, 120, 200, 260  # pairs in which words are planted
_SHORTEST = 6  # characters of a Chinese sentence that is worth planting in


@dataclass(frozen=True)
class Table:
    """Words to learn from: evidence, whether there is no counterpart, weight, source sentence."""

    evidence: Floats
    missing: Floats
    weight: Floats
    group: NDArray[np.str_]
    row: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair whose words without counterpart are known on one side. weight: of its words."""

    case: Case
    weight: float = 1.0


def omissions(data: Path) -> Iterator[Labelled]:
    """The machine translations of WMT23 with the Chinese words that they leave out."""
    yield from _marked(data, "Accuracy/Omission", 3)


def additions(data: Path, parallel: Path, linked: "Links") -> Iterator[Labelled]:
    """English words that the Chinese does not have: marked, published and planted ones."""
    yield from _marked(data, "Accuracy/Addition", 4)
    for row in lines(data, "demetr_zh"):
        if row["category"] == "critical_id6_addition":
            gold = tuple(Span(*edit["bad"]) for edit in json.loads(row["spans"]) if edit["bad"])
            yield Labelled(Case(row["src_zh"], row["src_zh"], row["bad_en"], True, (), gold))
            for name in ("good_en", "human_en"):
                if row[name]:
                    yield Labelled(Case(row["src_zh"], row["src_zh"], row[name], False))
    clean = [one.case for one in _marked(data, "", 4) if one.weight == 1.0]
    random.Random(SEED).shuffle(clean)
    sets = {name: _pairs(parallel / f"{name}.tsv.gz") for name in ("tico19", "tatoeba_test")}
    plain = sets["tico19"][:_TICO] + sets["tatoeba_test"][:_TATOEBA]
    before = words_before(case.en for cases in sets.values() for case in cases)
    found = [*plain, *inserted([*plain, *clean[:_CLEAN]], before)]
    found += deleted(clean[:_DELETED], linked(clean[:_DELETED]))
    yield from (Labelled(case) for case in found)


def _marked(data: Path, category: str, side: int) -> Iterator[Labelled]:
    """Rows of WMT23 MQM; side: of the span in its entry. Without a category, none is wrong."""
    for row in lines(data, "mqm_wmt23_segments"):
        spans = [
            Span(*entry[side])
            for entry in json.loads(row["spans"])
            if category and entry[1].startswith(category) and entry[side]
        ]
        gold = tuple(span for span in spans if any(c.isalnum() for c in span.of(
            row["src_zh"] if side == 3 else row["en"])))  # fmt: skip
        both = (gold, ()) if side == 3 else ((), gold)
        sure = bool(gold) or row["raters_acc_any"] == "0"
        case = Case(row["src_zh"], row["src_zh"], row["en"], bool(gold), *both)
        yield Labelled(case, 1.0 if sure else _UNSURE)


def _pairs(path: Path) -> list[Case]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    cases = [Case(zh, zh, en, False) for zh, en in rows if len(zh) >= _SHORTEST]
    random.Random(SEED).shuffle(cases)
    return cases


class Links:
    """Links words, and keeps what it has linked."""

    def __init__(self, encoder: WordEncoder | None, store: LinkStore) -> None:
        self._encoder, self._store = encoder, store

    def __call__(self, cases: Sequence[Case]) -> list[LinkedPair]:
        """The links of each pair, Chinese first."""
        pairs = [(case.zh, case.en) for case in cases]
        return link(pairs, "zh", encoder=self._encoder, store=self._store)


def table(labelled: Sequence[Labelled], linked: Links, in_english: bool) -> Table:
    """The words of one side of the pairs."""
    parts: list[tuple[Floats, Floats, float, str]] = []
    for one, links in zip(labelled, linked([one.case for one in labelled]), strict=True):
        both = evidence_of(one.case.zh, one.case.en, links)
        if both:
            gold = one.case.en_gold if in_english else one.case.zh_gold
            parts.append((*_labels(both[in_english], gold), one.weight, one.case.group))
    sizes = [len(missing) for _, missing, _, _ in parts]
    return Table(
        np.concatenate([evidence for evidence, _, _, _ in parts]),
        np.concatenate([missing for _, missing, _, _ in parts]),
        np.repeat([weight for _, _, weight, _ in parts], sizes),
        np.repeat([group for _, _, _, group in parts], sizes),
        np.repeat(np.arange(len(parts)), sizes),
    )


def _labels(known: Known, gold: Sequence[Span]) -> tuple[Floats, Floats]:
    side, evidence = known
    missing = [float(any(span.overlaps(there) for there in gold)) for span in side.spans]
    return evidence, np.array(missing)


def fit(words: Table) -> Floats:
    """Coefficients in the order of KINDS, then the constant."""
    return ridge(words.evidence, words.missing, words.weight, _RIDGE)


def left_out(words: Table) -> Floats:
    """Log-odds for words of sentences that the coefficients were not fitted on."""
    groups = sorted(set(words.group.tolist()))
    random.Random(SEED).shuffle(groups)
    fold = {group: number % _FOLDS for number, group in enumerate(groups)}
    of = np.array([fold[group] for group in words.group.tolist()])
    found = np.zeros(len(of))
    for number in range(_FOLDS):
        rest, here = of != number, of == number
        part = Table(words.evidence[rest], words.missing[rest], words.weight[rest],
                     words.group[rest], words.row[rest])  # fmt: skip
        weights = fit(part)
        found[here] = words.evidence[here] @ weights[:-1] + weights[-1]
    return found


def report(name: str, words: Table) -> None:
    """Print how well words without counterpart are told in rows that have some."""
    p = left_out(words)
    rows = np.unique(words.row[words.missing > 0])
    inside = np.isin(words.row, rows)
    first = [words.missing[at][p[at].argmax()] for at in (words.row == row for row in rows)]
    auc = area_under(p[inside], words.missing[inside] > 0)
    sys.stderr.write(
        f"{name}: {len(rows)} rows, {int(words.missing.sum())} words; left out: "
        f"AUC {auc:.3f}, first guess right {np.mean(first):.3f}\n"
    )


def main(arguments: Sequence[str]) -> None:
    """Fit for both languages, with and without the words' states, and print the file."""
    if len(arguments) != 3:
        raise SystemExit("Name the folders DATA and PARALLEL and the file STORE.")
    data, parallel, path = map(Path, arguments)
    weights: dict[str, dict[str, Any]] = {"zh": {}, "en": {}}
    with closing(LinkStore(path)) as store:
        for name, encoder in (("full", load_word_encoder()), ("plain", None)):
            linked = Links(encoder, store)
            for lang, labelled in (
                ("zh", list(omissions(data))),
                ("en", list(additions(data, parallel, linked))),
            ):
                words = table(labelled, linked, lang == "en")
                report(f"{lang} {name}", words)
                values = zip((*KINDS, "constant"), fit(words), strict=True)
                weights[lang][name] = {kind: round(float(w), 4) for kind, w in values}
    sys.stdout.write(json.dumps({"fitted on": SETS, "weights": weights}, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
