"""How likely a row holds a major error of any kind."""

from math import prod

from workbench.domain.review import AlignedTexts, Flag, Severity


def error_probabilities(texts: AlignedTexts, flags: list[Flag]) -> list[float]:
    """For each row the probability that one of its major flags is right, taken as independent."""
    doubts: dict[str, list[float]] = {row.id: [] for row in texts.rows}
    for flag in flags:
        if flag.severity.rank >= Severity.MAJOR.rank:
            doubts[flag.row].append(1 - flag.confidence)
    return [1 - prod(doubts[row.id]) for row in texts.rows]
