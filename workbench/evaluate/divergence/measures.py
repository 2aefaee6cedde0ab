"""From what a detector said about the pairs of a set to figures with their intervals.

Intervals are percentile bootstrap, 95%, over groups of pairs with one source sentence (Efron &
Tibshirani 1993), 1,000 draws by a fixed seed.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.domain.text import Span
from workbench.evaluate.divergence.cases import Case, TestSet

DRAWS = 1000
SEED = 20250510
_MANY = 30  # flags from which on translations as they came are believed
FLAGS_NEEDED = 10  # fewer flags say nothing about how many are right

Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a detector said about one pair.

    flags: spans in the Chinese and in the English of each flag, the surest first.
    score: how likely the detector holds an error; ranks pairs of one set.
    """

    case: Case
    flags: tuple[tuple[Span | None, Span | None], ...]
    score: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A share or an AUC with its interval. right, of: the counts behind a share."""

    value: float
    low: float
    high: float
    right: int = 0
    of: int = 0

    def to_json(self) -> dict[str, float | int]:
        """Rounded to three decimals."""
        body: dict[str, float | int] = {
            "value": round(self.value, 3),
            "low": round(self.low, 3),
            "high": round(self.high, 3),
        }
        return body | ({"right": self.right, "of": self.of} if self.of else {})


@dataclass(frozen=True, slots=True)
class Measured:
    """How one detector did on one set; figures that make no sense there are missing.

    found: wrong pairs flagged. false_alarms: right pairs flagged. precision: flags that are
    right, that is, on a wrong pair and at the words of the error where these are known. auc: a
    wrong pair ranks above a right one. hit1: of the wrong pairs whose error has its place, those
    in which the surest flag touches it. f1: of the characters flagged and those in error.
    """

    test: TestSet
    wrong: int
    right: int
    figures: dict[str, Figure] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The set, its sizes and the figures."""
        return {
            "set": self.test.id,
            "title": self.test.title,
            "title_zh": self.test.title_zh,
            "natural": self.test.natural,
            "wrong": self.wrong,
            "right": self.right,
            "figures": {name: figure.to_json() for name, figure in self.figures.items()},
        }


def measure(test: TestSet, outcomes: Sequence[Outcome]) -> Measured:
    """All figures that the set allows."""
    wrong = [o for o in outcomes if o.case.wrong]
    right = [o for o in outcomes if not o.case.wrong]
    located = [o for o in wrong if o.case.located]
    draws = _draws(outcomes)
    figures: dict[str, Figure | None] = {}
    if test.complete:
        figures["found"] = _share(
            outcomes, draws, lambda o: (o.case.wrong and bool(o.flags), o.case.wrong)
        )
    figures["false_alarms"] = _share(
        outcomes, draws, lambda o: (not o.case.wrong and bool(o.flags), not o.case.wrong)
    )
    if wrong and right:
        precision = _share(outcomes, draws, lambda o: (_flags_right(o), len(o.flags)))
        figures["precision"] = precision if precision and precision.of >= FLAGS_NEEDED else None
    if wrong and right and test.complete:
        figures["auc"] = _auc(outcomes, draws)
    if located and test.complete:
        figures["hit1"] = _share(
            outcomes, draws, lambda o: (_hits(o), o.case.wrong and o.case.located)
        )
        figures["f1"] = _f1(located)
    kept = {name: figure for name, figure in figures.items() if figure}
    return Measured(test, len(wrong), len(right), kept)


def headline_of(
    found: Sequence[tuple[TestSet, Sequence[Outcome]]], measures: Sequence[Measured]
) -> dict[str, Any] | None:
    """How many flags are right, in one figure, as `detect.record.TrackRecord` wants it.

    From translations as they came in which every error was marked, if there are enough flags on
    them, however wide the interval; else from all the planted errors pooled with all the correct
    pairs, which is too rosy for natural text. None without enough flags.
    """
    for test, measured in zip([test for test, _ in found], measures, strict=True):
        figure = measured.figures.get("precision")
        whole = test.natural and not test.complete  # not only the pairs with one kind of error
        if whole and figure and figure.of >= _MANY:
            sizes = (measured.wrong, measured.wrong + measured.right)
            return _headline(figure, True, sizes, ([test.title], [test.title_zh]))
    pool = {(o.case.zh, o.case.en): o for test, outcomes in found if not test.natural
            for o in outcomes}  # fmt: skip
    outcomes = list(pool.values())
    wrong = sum(o.case.wrong for o in outcomes)
    if not wrong:
        return None
    figure = _share(outcomes, _draws(outcomes), lambda o: (_flags_right(o), len(o.flags)))
    if figure is None or figure.of < FLAGS_NEEDED:
        return None
    tests = [test for test, _ in found if not test.natural]
    names = [
        list(dict.fromkeys(re.split(r"[ ,，]", title)[0] for title in titles))
        for titles in ([t.title for t in tests], [t.title_zh for t in tests])
    ]
    return _headline(figure, False, (wrong, len(outcomes)), (names[0], names[1]))


def _headline(
    figure: Figure, natural: bool, sizes: tuple[int, int], names: tuple[list[str], list[str]]
) -> dict[str, Any]:
    return {
        "right": figure.right,
        "of": figure.of,
        "low": round(figure.low, 3),
        "high": round(figure.high, 3),
        "natural": natural,
        "wrong": sizes[0],
        "pairs": sizes[1],
        "where": ", ".join(names[0]),
        "where_zh": "、".join(names[1]),
    }


def _draws(outcomes: Sequence[Outcome]) -> Counts:
    """How often each outcome is in each bootstrap sample, (draws, outcomes)."""
    numbers = {group: i for i, group in enumerate(dict.fromkeys(o.case.group for o in outcomes))}
    group_of = np.array([numbers[o.case.group] for o in outcomes], dtype=np.intp)
    random = np.random.default_rng(SEED)
    size = len(numbers)
    taken = np.zeros((DRAWS, size))
    for draw in range(DRAWS):
        taken[draw] = np.bincount(random.integers(0, size, size), minlength=size)
    return taken[:, group_of]


def _share(
    outcomes: Sequence[Outcome], draws: Counts, count: Callable[[Outcome], tuple[int, int]]
) -> Figure | None:
    counts = np.array([count(o) for o in outcomes], dtype=float).reshape(-1, 2)
    hits, of = counts.sum(axis=0)
    if not of:
        return None
    drawn = draws @ counts
    shares = drawn[:, 0] / np.maximum(drawn[:, 1], 1)
    low, high = np.percentile(shares[drawn[:, 1] > 0], (2.5, 97.5))
    return Figure(float(hits / of), float(low), float(high), int(hits), int(of))


def _flags_right(outcome: Outcome) -> int:
    if not outcome.case.wrong:
        return 0
    return sum(not outcome.case.located or _touches(flag, outcome.case) for flag in outcome.flags)


def _hits(outcome: Outcome) -> bool:
    case = outcome.case
    return case.wrong and case.located and bool(outcome.flags) and _touches(outcome.flags[0], case)


def _touches(flag: tuple[Span | None, Span | None], case: Case) -> bool:
    sides = zip(flag, (case.zh_gold, case.en_gold), strict=True)
    return any(span and any(span.overlaps(gold) for gold in golds) for span, golds in sides)


def _f1(outcomes: Sequence[Outcome]) -> Figure | None:
    """Of characters, on the sides where the error has words, pooled over the wrong pairs."""
    counts = np.zeros((len(outcomes), 3))
    for n, outcome in enumerate(outcomes):
        golds = (outcome.case.zh_gold, outcome.case.en_gold)
        for side, spans in enumerate(golds):
            if not spans:
                continue
            gold = {i for span in spans for i in range(span.start, span.stop)}
            said = {
                i for flag in outcome.flags if (s := flag[side]) for i in range(s.start, s.stop)
            }
            counts[n] += (len(gold & said), len(said), len(gold))
    draws = _draws(outcomes) @ counts
    both = np.maximum(draws[:, 1] + draws[:, 2], 1)
    low, high = np.percentile(2 * draws[:, 0] / both, (2.5, 97.5))
    common, said, gold = counts.sum(axis=0)
    return Figure(float(2 * common / max(said + gold, 1)), float(low), float(high))


def _auc(outcomes: Sequence[Outcome], draws: Counts) -> Figure | None:
    scores = np.array([o.score for o in outcomes])
    wrong = np.array([o.case.wrong for o in outcomes])
    if len(np.unique(scores)) < 2:
        return None  # it ranks nothing here
    drawn = np.array([area_under(scores, wrong, weights) for weights in draws])
    low, high = np.nanpercentile(drawn, (2.5, 97.5))
    return Figure(area_under(scores, wrong), float(low), float(high))


def area_under(scores: Counts, wrong: NDArray[np.bool_], weights: Counts | None = None) -> float:
    """Area under the ROC curve; pairs of equal score count half (Mann & Whitney 1947)."""
    _, level = np.unique(scores, return_inverse=True)
    weights = np.ones(len(scores)) if weights is None else weights
    bad = np.bincount(level, weights * wrong)
    good = np.bincount(level, weights * ~wrong)
    below = np.cumsum(good) - good / 2
    size = bad.sum() * good.sum()
    return float(bad @ below / size) if size else float("nan")
