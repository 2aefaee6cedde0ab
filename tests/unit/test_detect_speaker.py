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
    ("普京表示，愿同默克尔合作。", "Merkel said she wants to work with Putin."),
    ("会谈取得成果。", "The ministry claimed that the talks had a result."),
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
    ("普京表示，愿同默克尔合作。", "Putin said he wants to work with Merkel."),
    ("普京在会见默克尔时表示，会谈很好。", "Meeting Merkel, Putin said that the talks were good."),
    ("据报道，会谈取得成果。", "It is reported that the ministry said that it went well."),
]


@pytest.mark.parametrize(("zh", "en"), KEPT)
def test_speaker_kept_is_left_alone(zh: str, en: str) -> None:
    assert flags(zh, en) == []


def rows(*pairs: tuple[str, str]) -> list[Flag]:
    made = tuple(Row(str(n), *pair) for n, pair in enumerate(pairs))
    return speaker(AlignedTexts(made, "zh", "en"), CONTEXT)


FIRST = ("部长指出，世界不太平。", "The minister pointed out that the world is not at peace.")


def test_a_speaker_goes_on_over_rows() -> None:
    """“He said” may be left out after a row that says who speaks, and may be repeated."""
    later = ("强调，各国应该共同努力维护和平。", "All countries should work for peace together.")
    assert rows(FIRST, later) == []
    assert len(rows(("世界不太平。", "The world is not at peace."), later)) == 1
    said_again = ("发展经济很重要。", "He stressed that it matters to develop the economy.")
    assert rows(FIRST, said_again) == []
    (made_up,) = rows(said_again)
    assert "somebody" in made_up.evidence


def test_another_speaker_is_not_the_one_who_went_on() -> None:
    other = ("外国专家认为这一政策完全没有根据。", "This policy is entirely without foundation.")
    (lost,) = rows(FIRST, other)
    assert lost.row == "1"
