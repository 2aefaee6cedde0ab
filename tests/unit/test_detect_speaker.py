"""Who says what: lost attribution, verbs of another force, supplied and turned subjects."""

import pytest

from workbench.detect import Context
from workbench.detect.speaker import speaker
from workbench.detect.terms import TermList
from workbench.domain.review import AlignedTexts, Flag, Row

CONTEXT = Context(TermList(()))


def flags(zh: str, en: str) -> list[Flag]:
    return speaker(AlignedTexts((Row("a", zh, en),), "zh", "en"), CONTEXT)


CHANGED = [
    ("各界关注此访，普遍认为此访注入了稳定性。", "All followed it. It has injected stability."),
    ("国内外媒体关注此访，普遍认为意义重大。", "It is generally believed that it matters."),
    ("双方重申加强合作。", "The two sides said that they will cooperate more."),
    ("声明强调不能损害他国，应当摒弃冷战思维。", "It stressed that they should abandon it."),
    ("塞尔维亚总统说，中国是朋友，愿与中国合作。",
     "The Serbian president said that China is a friend and is willing to work with China."),
]  # fmt: skip


@pytest.mark.parametrize(("zh", "en"), CHANGED)
def test_speaker_changes_are_flagged(zh: str, en: str) -> None:
    (found,) = flags(zh, en)
    assert found.category == "accuracy/attribution"


KEPT = [
    ("他指出，合作很重要。", "He said that cooperation matters."),
    ("国际社会普遍认为意义重大。", "The international community generally believes it matters."),
    ("普遍认为意义重大。", "It is generally believed that it matters."),
    ("各国应当合作。", "Countries should cooperate."),
    ("中方愿同俄方合作。", "China is willing to work with Russia."),
    ("中国表示感谢。", "China is grateful."),
]


@pytest.mark.parametrize(("zh", "en"), KEPT)
def test_speaker_kept_is_left_alone(zh: str, en: str) -> None:
    assert flags(zh, en) == []
