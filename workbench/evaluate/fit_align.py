"""Fits the weights of the default aligner; makes `workbench/align/data/weights.json`.

    python -m workbench.evaluate.fit_align MAC_DEV:zh MAGAZINE:en --out weights.json

Each folder has `src`, `tgt` and `gold`, with the language of `src` after the colon. The weights
maximise the conditional likelihood of the reference alignments under the semi-Markov chain
(Sarawagi & Cohen 2004), drawn towards the values set by hand (`PRIOR`). Each document of the
first folder comes once more, at half weight, with material put in that has no counterpart and
sentences left out. The weights of the sieve, a chain over what is cheap to know, are fitted in the
same way.
`--leave-one-out` reports instead how weights fitted without a document do on it.
"""

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from workbench.align.cells import LEFT, RIGHT, Floats
from workbench.align.features import GROUPS, NAMES, NULL_NAMES
from workbench.align.lattice import Lattice
from workbench.align.model import SIEVE_NAMES
from workbench.encode import Encoder, load_encoder, one_thread_each
from workbench.evaluate.bench_align import read_lines
from workbench.evaluate.lattice_data import Example, example, with_insertion, with_omissions
from workbench.evaluate.scores import Group, read_gold

# Where a weight starts and what it is drawn to. Those in FIXED stay as they are, since the
# references for fitting have no paragraphs, headings, broken lines or unfinished sentences and
# hardly any lists.
PRIOR = {
    "similarity": 5.0, "margin": 5.0, "shrink": 2.0, "grow": -3.0,
    "similarity by size": 3.0, "margin by size": 3.0,
    "coverage left": 3.0, "coverage right": 3.0, "leak left": -2.0, "leak right": -2.0,
    "coverage by size": 1.0, "length": -1.5, "length squared": -0.5,
    "mark ?": -0.5, "mark !": -0.5, 'mark "': -0.5, "mark :": -0.5, "mark ;": -0.5,
    "mark ,": -0.5,
    "shape 1-2": -1.5, "shape 1-3": -3.0, "shape 1-4": -4.0, "shape 1-5+": -5.5,
    "shape per further": -0.7, "shape 2-2": -3.0, "shape 2-3": -4.0, "shape 3-3+": -6.0,
    "shape minority": -1.2,
    "ends alike": 0.5, "begins alike": 0.5, "end meets beginning": -0.5,
    "beginning meets end": -0.5, "quote cut": -1.0,
    "end sentences": 1.0, "beginning sentences": 1.0, "end and beginning sentences": -0.5,
    "opens together": 0.5, "opens apart": -0.5, "closes together": 0.5, "closes apart": -0.5,
    "end words": 1.0, "beginning words": 1.0, "end and beginning words": -0.5,
    "null open": -3.0, "null extend": -1.0,
}  # fmt: skip
FIXED = {
    "crosses paragraph": -2.0, "starts together": 0.5, "starts apart": -1.0,
    "list mark same": 2.0, "list mark differs": -1.0, "heading differs": -3.0,
    "paragraphs apart": -6.0, "unfinished apart": -1.5,
    "broken apart": -5.0,
}  # fmt: skip
ALL = (*NAMES, *NULL_NAMES)
SIEVE = (*SIEVE_NAMES, *NULL_NAMES)
# The rough score knows words, lengths and shapes already.
_IN_ROUGH = [name for group in ("coverage", "length", "shape") for name in GROUPS[group]]
SIEVE_PRIOR = {**PRIOR, **dict.fromkeys(_IN_ROUGH, 0.0), "rough": 1.0}
# Fitted, a further null bead would be worth more than none, and long stretches of a free
# translation would be given up whole.
SIEVE_FIXED = {**FIXED, "null extend": -0.5}
_PULL = 1.0  # of the prior, an inverse variance
_INSERTED = 0.5  # weight of a document with insertions and omissions
_OMITTED = 0.05  # share of its 1-1 beads that lose a sentence
_STEPS, _MEMORY = 60, 10


def likelihood(one: Example, weights: Floats) -> tuple[float, Floats]:
    """Log likelihood of a document's reference, and its gradient.

    A reference bead outside the kinds or the band adds nothing to either.
    """
    lattice = one.lattice(weights)
    found = np.zeros(len(weights))
    found[:-2] = one.features[:, one.right].sum(axis=1, dtype=np.float64)
    last = None
    for _, _, kind in one.path:
        if kind in (LEFT, RIGHT):
            found[-1 if kind == last else -2] += 1
        last = kind
    gradient = found.copy()
    share = np.exp(np.minimum(lattice.log_probabilities, 0))
    gradient[:-2] -= one.features @ share.astype(np.float32)
    gradient[-2:] -= expected_nulls(lattice)
    return float(weights @ found) - lattice.total, gradient


def expected_nulls(lattice: Lattice) -> Floats:
    """Expected number of runs of null beads, and of null beads beyond the first of a run."""
    logs = lattice.null_log_probabilities
    opened, total = (
        sum(float(np.exp(np.minimum(log, 0)).sum()) for log in some)
        for some in ((logs.left_opened, logs.right_opened), (logs.left, logs.right))
    )
    return np.array([opened, total - opened])


def fit(examples: Sequence[tuple[float, Example]], start: Floats | None = None) -> Floats:
    """Weights of highest likelihood times prior, in the order of `ALL`."""
    return _fitted(examples, ALL, PRIOR, FIXED, start)


def fit_sieve(examples: Sequence[tuple[float, Example]]) -> Floats:
    """The weights of the sieve in the same way, in the order of `SIEVE`."""
    sieved = [(share, one.for_sieve()) for share, one in examples]
    return _fitted(sieved, SIEVE, SIEVE_PRIOR, SIEVE_FIXED)


def _fitted(
    examples: Sequence[tuple[float, Example]],
    names: Sequence[str],
    priors: Mapping[str, float],
    fixed: Mapping[str, float],
    start: Floats | None = None,
) -> Floats:
    """By limited-memory BFGS (Nocedal 1980)."""
    prior = np.array([{**priors, **fixed}.get(name, 0.0) for name in names])
    free = np.array([name not in fixed for name in names])

    def ask(weights: Floats) -> tuple[float, Floats]:
        value = _PULL / 2 * float(((weights - prior) ** 2).sum())
        gradient = _PULL * (weights - prior)
        for share, one in examples:
            found = likelihood(one, weights)
            value -= share * found[0]
            gradient -= share * found[1]
        return value, gradient * free

    return minimise(ask, prior if start is None else start)


def minimise(ask, weights: Floats) -> Floats:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Lowest point of a convex function that `ask` gives with its gradient."""
    value, gradient = ask(weights)
    moves: list[tuple[Floats, Floats]] = []
    for _ in range(_STEPS):
        direction = -_curved(gradient, moves)
        step = 1.0 if moves else min(1.0, 1.0 / float(np.abs(gradient).sum()))
        slope = float(direction @ gradient)
        while True:
            new = weights + step * direction
            new_value, new_gradient = ask(new)
            if new_value <= value + 1e-4 * step * slope or step < 1e-6:
                break
            step /= 2
        moves = [*moves[-_MEMORY + 1 :], (new - weights, new_gradient - gradient)]
        done = value - new_value < 1e-3
        weights, value, gradient = new, new_value, new_gradient
        if done:
            break
    return weights


def _curved(gradient: Floats, moves: list[tuple[Floats, Floats]]) -> Floats:
    out = gradient.copy()
    kept = []
    for s, y in reversed(moves):
        a = float(s @ out) / float(s @ y)
        out -= a * y
        kept.append((a, s, y))
    if moves:
        s, y = moves[-1]
        out *= float(s @ y) / float(y @ y)
    for a, s, y in reversed(kept):
        out += (a - float(y @ out) / float(s @ y)) * s
    return out


def load(folder: Path, src_lang: str) -> list[tuple[str, tuple[list[str], list[str]], list[Group]]]:
    """The documents of a folder: name, (Chinese, English) sentences, reference."""
    found = []
    for path in sorted((folder / "gold").glob("*.align")):
        src, tgt = (list(read_lines(folder / side / path.stem)) for side in ("src", "tgt"))
        gold = read_gold(path)
        if src_lang != "zh":
            src, tgt, gold = tgt, src, [(b, a) for a, b in gold]
        found.append((f"{folder.name}/{path.stem}", (src, tgt), gold))
    return found


def collect(folders: Sequence[str], encoder: Encoder) -> list[tuple[float, Example]]:
    """All documents, and those of the first folder again with insertions and omissions."""
    rng = random.Random(11)
    found: list[tuple[float, Example]] = []
    for number, folder in enumerate(folders):
        path, _, lang = folder.rpartition(":")
        documents = load(Path(path), lang)
        for at, (name, sides, gold) in enumerate(documents):
            found.append((1.0, example(name, *sides, gold, encoder)))
            if number:
                continue
            share = (0.08, 0.2, 0.35)[at % 3]
            for away, (side, size) in enumerate(((at % 2, share), (1 - at % 2, 0.1)), 1):
                # each side from another document, so that they do not translate each other
                strange = documents[(at + away) % len(documents)][1][side]
                first = rng.randrange(len(strange) // 2)
                foreign = strange[first : first + int(size * len(sides[side]))]
                sides, gold = with_insertion(sides, gold, side, foreign, rng)
            sides, gold = with_omissions(sides, gold, _OMITTED, rng)
            found.append((_INSERTED, example(name, *sides, gold, encoder)))
    return found


def main(arguments: Sequence[str]) -> None:
    """Fit and write the weights, or report on documents left out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", help="FOLDER:LANGUAGE_OF_SRC")
    parser.add_argument("--out", type=Path, help="where to write the weights")
    parser.add_argument("--leave-one-out", type=Path, help="where to write weights by document")
    options = parser.parse_args(arguments)
    with one_thread_each():
        examples = collect(options.folders, load_encoder("bundled"))
        weights, sieve = fit(examples), fit_sieve(examples)
        if options.out:
            options.out.write_text(_json(weights, sieve), encoding="utf-8")
        for name in {one.name for _, one in examples} if options.leave_one_out else ():
            kept = [(share, one) for share, one in examples if one.name != name]
            path = options.leave_one_out / f"{name.replace('/', '-')}.json"
            path.write_text(_json(fit(kept, weights), fit_sieve(kept)), encoding="utf-8")


def _json(weights: Floats, sieve: Floats) -> str:
    both = {
        kind: {name: round(float(w), 4) for name, w in zip(names, values, strict=True)}
        for kind, names, values in (("weights", ALL, weights), ("sieve", SIEVE, sieve))
    }
    return json.dumps(both, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
