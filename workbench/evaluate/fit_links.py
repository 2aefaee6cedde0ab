"""Fitting the two regressions behind the word links.

    python -m workbench.evaluate.fit_links STEM > workbench/links/data/weights.json

STEM.src-tgt holds `Chinese tokens ||| English tokens`, STEM.gold the links of each line.
The first regression is fitted on the evidence for each pair of words alone; the second on
probabilities that the first (then the second) gives to sentences it was not fitted on.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from workbench.encode import WordEncoder, load_word_encoder
from workbench.errors import UsageError
from workbench.evaluate.bench_links import GoldPair, LinkBench, compare, read_pairs
from workbench.links import evidence
from workbench.links.evidence import Floats
from workbench.links.model import ROUNDS, Weights, beside, evidence_for, logistic
from workbench.progress import Progress, silent

THRESHOLD = 0.5
_FOLDS = 5
_RIDGE = 1.0  # penalty on squared coefficients
_STEPS = 30
_ENOUGH = 1e-6


def fit(tables: Sequence[Floats], truths: Sequence[Floats]) -> Weights:
    """Both regressions, from the evidence, (n, m, kinds), and 0 or 1, (n, m), of each sentence."""
    alone = _regression(tables, truths)
    probable = _left_out(tables, truths)
    together = alone
    for left in reversed(range(ROUNDS)):
        wide = [beside(table, p) for table, p in zip(tables, probable, strict=True)]
        together = _regression(wide, truths)
        if left:
            probable = _left_out(wide, truths)
    return Weights(alone, together)


def judge_left_out(
    pairs: Sequence[GoldPair],
    src_lang: str = "zh",
    *,
    encoder: WordEncoder | None,
    progress: Progress = silent,
) -> LinkBench:
    """Score links by weights that were fitted on the other folds of the same sentences.

    Raises:
        UsageError: the source is not Chinese.
    """
    if src_lang[:2] != "zh":
        raise UsageError("Weights are fitted with Chinese as the source; leave out --src-lang.")
    tables, truths = prepare(pairs, encoder, progress)
    probable = _by_folds(len(pairs), lambda rest, here: _with(tables, truths, rest, here))
    links = [frozenset((int(i), int(j)) for i, j in np.argwhere(p >= THRESHOLD)) for p in probable]
    return compare(pairs, links, f"{encoder.signature if encoder else 'plain'}|left out")


def _with(
    tables: Sequence[Floats], truths: Sequence[Floats], rest: list[int], here: list[int]
) -> list[Floats]:
    weights = fit([tables[k] for k in rest], [truths[k] for k in rest])
    return [weights(tables[k]) for k in here]


def _left_out(tables: Sequence[Floats], truths: Sequence[Floats]) -> list[Floats]:
    def by(rest: list[int], here: list[int]) -> list[Floats]:
        weights = _regression([tables[k] for k in rest], [truths[k] for k in rest])
        return [logistic(tables[k], weights) for k in here]

    return _by_folds(len(tables), by)


def _by_folds(n: int, ask: Callable[[list[int], list[int]], list[Floats]]) -> list[Floats]:
    """Join what `ask` says of each fold, given the numbers of the others and of the fold."""
    found: list[Floats] = []
    for fold in range(_FOLDS):
        here = list(range(fold * n // _FOLDS, (fold + 1) * n // _FOLDS))
        rest = [k for k in range(n) if k not in set(here)]
        found += ask(rest, here)
    return found


def _regression(tables: Sequence[Floats], truths: Sequence[Floats]) -> Floats:
    """Ridge logistic regression by Newton's method; the constant, last, is not penalised."""
    x = np.concatenate([table.reshape(-1, table.shape[-1]) for table in tables])
    x = np.concatenate([x, np.ones((len(x), 1))], axis=1)
    y = np.concatenate([truth.ravel() for truth in truths])
    penalty = np.full(x.shape[1], _RIDGE)
    penalty[-1] = 1e-6
    weights = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (y - p) - penalty * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < _ENOUGH:
            break
    return weights


def prepare(
    pairs: Sequence[GoldPair], encoder: WordEncoder | None, progress: Progress = silent
) -> tuple[list[Floats], list[Floats]]:
    """Evidence and truth for each sentence; possible links count as links."""
    sides = [side for pair in pairs for side in (pair.src, pair.tgt)]
    states = encoder.words(sides, progress) if encoder else None
    tables = [
        evidence_for(pair.src, pair.tgt, (states[2 * k], states[2 * k + 1]) if states else None)
        for k, pair in enumerate(pairs)
    ]
    return tables, [pair.truth() for pair in pairs]


def main(arguments: Sequence[str]) -> None:
    """Fit with and without the encoder and print the file of weights."""
    if len(arguments) != 1:
        raise SystemExit("Name the stem of STEM.src-tgt and STEM.gold.")
    pairs = read_pairs(Path(f"{arguments[0]}.src-tgt"), Path(f"{arguments[0]}.gold"))
    found: dict[str, object] = {"threshold": THRESHOLD}
    for name, encoder in (("full", load_word_encoder()), ("plain", None)):
        kinds = (evidence.NEARNESS if encoder else ()) + evidence.PLAIN
        weights = fit(*prepare(pairs, encoder))
        found[name] = {
            "alone": _named(kinds, weights.alone),
            "together": _named(kinds + evidence.TOGETHER, weights.together),
        }
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


def _named(kinds: Sequence[str], weights: Floats) -> dict[str, float]:
    names = (*kinds, "constant")
    return {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}


if __name__ == "__main__":
    main(sys.argv[1:])
