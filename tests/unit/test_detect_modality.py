"""Strength of commitment: differences of two levels are reported, free renderings are not."""

import pytest

from workbench.detect import Context
from workbench.detect.modality import modality, modality_rank
from workbench.detect.terms import TermList
from workbench.domain.review import AlignedTexts, Flag, Row, Severity

CONTEXT = Context(TermList(()))


def flags(zh: str, en: str) -> list[Flag]:
    return modality(AlignedTexts((Row("a", zh, en),), "zh", "en"), CONTEXT)


CHANGED = [
    ("项目必须通过评价。", "Projects are encouraged to pass an assessment.", "weaker"),
    ("必将带来福祉，必将作出贡献。", "It will surely bring benefits and may contribute.", "weaker"),
    ("韦方愿考虑提供场所。", "Vessar will certainly provide a venue.", "stronger"),
    ("会谈可能失败。", "The talks must fail.", "stronger"),
]


@pytest.mark.parametrize(("zh", "en", "way"), CHANGED)
def test_modality_of_another_strength_is_reported_without_claim(zh: str, en: str, way: str) -> None:
    (found,) = flags(zh, en)
    assert found.severity == Severity.MINOR
    assert f"the English is {way}" in found.evidence


KEPT = [
    ("我们要深化改革。", "We must deepen reform."),
    ("我们要深化改革。", "We will deepen reform."),
    ("必须坚持。", "It is imperative to persist."),
    ("各国应当合作。", "Countries shall cooperate."),
    ("合作前景大有可为。", "Cooperation may have great prospects."),
    ("不得不承认，机会很多。", "Admittedly, there could be many chances."),
    ("必须深化改革。", "Reform deepens."),
]


@pytest.mark.parametrize(("zh", "en"), KEPT)
def test_modality_of_like_strength_is_left_alone(zh: str, en: str) -> None:
    assert flags(zh, en) == []


SHADES = [
    ("个别国家大搞强权霸凌。", "Some countries pursue power bullying.", True),
    ("个别国家大搞强权霸凌。", "Some countries engage in bullying wholesale.", False),
    ("历史不容篡改。", "History cannot be rewritten.", True),
    ("历史不容篡改。", "History brooks no rewriting.", False),
    ("两国探索出相处之道。", "exploring the way to get along", True),
    ("两国探索出相处之道。", "They have explored and found the way.", False),
]


@pytest.mark.parametrize(("zh", "en", "lost"), SHADES)
def test_modality_shades_are_neutral(zh: str, en: str, lost: bool) -> None:
    assert [f.severity for f in flags(zh, en)] == [Severity.NEUTRAL] * lost


def test_modality_ranks_by_how_far_apart_the_two_are() -> None:
    rows = [Row(str(n), zh, en) for n, (zh, en, *_) in enumerate((*KEPT[:1], *CHANGED[:1]))]
    kept, changed = modality_rank(AlignedTexts(tuple(rows), "zh", "en"), CONTEXT)
    assert changed > kept == 0
