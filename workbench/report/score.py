"""MQM scores: the linear model, raw and calibrated, with what the sample's size allows to say.

The model is that of MQM 2.0 (Lommel et al. 2024, "The Multi-Range Theory of Translation Quality
Measurement"): penalty points are summed, normed to a number of words, and taken off 100. The
interval treats errors as a weighted sum of Poisson counts (Fay and Feuer 1997, Statistics in
Medicine 16:791-801).
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from workbench.domain.review import Severity
from workbench.errors import BadInput

FILE = "scorecard.toml"


@dataclass(frozen=True, slots=True)
class Scorecard:
    """How errors are counted.

    severities: penalty points. weights: by the beginning of a category; "" for the rest.
    per: words that penalties are normed to. characters_per_word: of Chinese.
    points: the most penalty points per `per` words that pass; mark: the score they give.
    """

    severities: Mapping[Severity, float]
    weights: Mapping[str, float]
    per: int
    characters_per_word: float
    points: float
    mark: float

    def penalty(self, category: str, severity: Severity) -> float:
        """Penalty points of one error."""
        fitting = [
            name
            for name in self.weights
            if not name or category == name or category.startswith(f"{name}/")
        ]
        return self.weights[max(fitting, key=len)] * self.severities[severity]

    def words(self, words: int, characters: int, *, chinese: bool) -> float:
        """The size of a translation in words. characters: without white space and marks."""
        return characters / self.characters_per_word if chinese else float(words)


def load_scorecard(path: Path | None = None) -> Scorecard:
    """The scorecard of a file, or the product's own.

    Raises:
        BadInput: the file is no TOML, or a part is missing or makes no sense; says which.
    """
    default = files("workbench.report") / "data" / FILE
    content = (path or default).read_text(encoding="utf-8")
    name = path.name if path else FILE
    try:
        return _scorecard(tomllib.loads(content))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name} can't be read ({error}); mend it or delete it.") from None
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(
            f"{name}: {error} is missing or no number in range; compare it with the documents."
        ) from None


def _scorecard(table: dict[str, dict[str, float]]) -> Scorecard:
    card = Scorecard(
        {severity: float(table["severities"][str(severity)]) for severity in Severity},
        {"": 1.0} | {name: float(weight) for name, weight in table["weights"].items()},
        int(table["size"]["per"]),
        float(table["size"]["characters_per_word"]),
        float(table["pass"]["points"]),
        float(table["pass"]["mark"]),
    )
    for name, value in (("per", card.per), ("characters_per_word", card.characters_per_word),
                        ("points", card.points)):  # fmt: skip
        if value <= 0:
            raise ValueError(name)
    if not 0 <= card.mark < 100:
        raise ValueError("mark")
    if any(value < 0 for value in (*card.severities.values(), *card.weights.values())):
        raise ValueError("weights")
    return card


@dataclass(frozen=True, slots=True)
class Score:
    """The score of a translation.

    words: its size. penalty: points in all. normed: per `per` words; 0 when there are no words.
    raw: 100 less the points per 100 words. calibrated: 100 without errors, the pass mark at the
    limit. Both are cut at 0. low, high: of `normed`, 95% for texts of this kind and size.
    passed: whether `normed` is within the limit; None without words. sure: whether the interval
    lies on one side of the limit, so that pass or fail is supported by this much text.
    """

    words: float
    penalty: float
    normed: float
    raw: float
    calibrated: float
    low: float
    high: float
    passed: bool | None
    sure: bool


def score(penalties: Sequence[float], words: float, card: Scorecard) -> Score:
    """Score a translation of so many words by the penalty points of each of its errors."""
    counted = [points for points in penalties if points > 0]
    total = sum(counted)
    if words <= 0:
        return Score(0.0, total, 0.0, 0.0, 0.0, 0.0, 0.0, None, False)
    scale = card.per / words
    normed = total * scale
    low, high = interval([points * scale for points in counted], usual(card) * scale)
    return Score(
        words,
        total,
        normed,
        max(0.0, 100 - 100 * normed / card.per),
        max(0.0, 100 - (100 - card.mark) * normed / card.points),
        low,
        high,
        normed <= card.points,
        high <= card.points or low > card.points,
    )


def usual(card: Scorecard) -> float:
    """The error that may have been missed by chance: a major one of full weight."""
    return max(card.weights.values()) * card.severities[Severity.MAJOR]


def interval(weights: Sequence[float], unseen: float, level: float = 0.95) -> tuple[float, float]:
    """Bounds of a weighted sum of Poisson counts, each weight seen once.

    unseen: the weight of one more event, at least that of the heaviest that was seen.
    """
    from scipy.special import gammaincinv  # its statistics take seconds to import

    def quantile(share: float, degrees: float) -> float:
        """Of the chi-squared distribution."""
        return 2 * float(gammaincinv(degrees / 2, share))

    total, spread = sum(weights), sum(weight * weight for weight in weights)
    tail = (1 - level) / 2
    low = 0.0
    if total > 0:
        low = spread / (2 * total) * quantile(tail, 2 * total * total / spread)
    more = max([unseen, *weights])
    if more <= 0:
        return low, total
    upper, wide = total + more, spread + more * more
    high = wide / (2 * upper) * quantile(1 - tail, 2 * upper * upper / wide)
    return low, high
