"""Names: what is replaced, dropped or misspelled is flagged; known and sounded names match."""

import pytest

from workbench.detect import Context
from workbench.detect.names import names, names_rank, read
from workbench.detect.names.learned import distance
from workbench.detect.names.sound import likeness, plain
from workbench.detect.terms import TermList
from workbench.domain.review import AlignedTexts, Flag, Row, Severity

CONTEXT = Context(TermList(()))


def texts(*rows: tuple[str, str]) -> AlignedTexts:
    return AlignedTexts(tuple(Row(str(i), zh, en) for i, (zh, en) in enumerate(rows)), "zh", "en")


def flags(*rows: tuple[str, str]) -> list[Flag]:
    return names(texts(*rows), CONTEXT)


MATCHED = [
    ("武契奇总统会见了记者。", "President Vučić met reporters.", "Vučić"),
    ("武契奇总统会见了记者。", "President Vucic met reporters.", "Vucic"),
    ("王毅作了介绍。", "Yi Wang gave a briefing.", "Yi Wang"),
    ("段梦琪站长说。", "Duan Mengqi, the head, said.", "Duan Mengqi"),
    ("孙中山先生的故居。", "The former home of Sun Yat-sen.", "Sun Yat-sen"),
    ("迈克尔·舒马赫退出了比赛。", "Michael Schumacher pulled out.", "Michael Schumacher"),
    ("俄方愿意合作。", "Russia is willing to cooperate.", "Russia"),
    ("联合国安理会开会。", "The UN Security Council met.", "Security Council"),
    ("上合组织成员国", "members of the SCO", "SCO"),
    ("宏碁发布新款。", "Acer presented a new model.", "Acer"),
    ("佛州的死亡人数", "the toll in Florida", "Florida"),
]


@pytest.mark.parametrize(("zh", "en", "name"), MATCHED)
def test_names_find_their_counterpart(zh: str, en: str, name: str) -> None:
    (found,) = [n for n in read(zh, en).en if n.text == name]
    assert found.support >= 0.7
    assert flags((zh, en)) == []


def test_names_replaced_are_flagged_on_both_sides() -> None:
    zh, en = "中国准备不足。", "Seattle was ill-prepared."
    (found,) = flags((zh, en))
    assert found.severity == Severity.MAJOR
    assert found.src
    assert found.tgt
    assert (found.src.of(zh), found.tgt.of(en)) == ("中国", "Seattle")


def test_names_dropped_are_flagged_unless_a_pronoun_stands_for_them() -> None:
    zh = "最新数据显示，比利时有六万人感染。"
    (found,) = flags((zh, "The latest data shows that sixty thousand people were infected."))
    assert found.src
    assert found.src.of(zh) == "比利时"
    assert flags((zh, "The latest data shows sixty thousand infected people in the country.")) == []


def test_names_may_come_from_a_neighbouring_row() -> None:
    zh, en = "他随后离开。", "Macron left afterwards."
    (found,) = flags((zh, en))
    assert found.tgt
    assert found.tgt.of(en) == "Macron"
    assert flags(("马克龙发表了讲话。", "Macron gave a speech."), (zh, en)) == []


def test_names_learned_from_the_document_show_a_slip_of_spelling() -> None:
    rows = [("多姆林总统致辞。", "President Domrin spoke.")] * 3
    found = flags(*rows, ("多姆林总统离开。", "President Dormin left."))
    assert [(f.row, f.severity) for f in found] == [("3", Severity.MINOR)]
    assert "Domrin" in found[0].evidence


OFFICES = [
    ("总理卢迈表示欢迎。", "Foreign Minister Lumai welcomed it.", "Foreign Minister"),
    ("日本首相发表讲话。", "The Japanese President gave a speech.", None),
    ("张德江会见俄罗斯总理。", "Zhang Dejiang met with the President of Russia.", "President"),
]


@pytest.mark.parametrize(("zh", "en", "office"), OFFICES)
def test_names_another_office_is_flagged(zh: str, en: str, office: str | None) -> None:
    found = [f.tgt.of(en) for f in flags((zh, en)) if f.tgt]
    assert found == ([office] if office else [])


RIGHT_OFFICES = [
    ("国务院副总理出席。", "The Vice-Premier attended."),
    ("英国首相和德国总理会晤。", "The British Prime Minister met the German Chancellor."),
    ("中央司令部的报告", "a report of Central Command, said Representative Calvert"),
    ("州长出席。", "Premier Gladys attended."),
]


@pytest.mark.parametrize(("zh", "en"), RIGHT_OFFICES)
def test_names_right_offices_are_left_alone(zh: str, en: str) -> None:
    assert not [f for f in flags((zh, en)) if "一般译作" in f.evidence_zh]


def test_names_order_of_countries_follows_the_speaker() -> None:
    turned = ("中俄关系稳定。", "Relations between Russia and China are stable.")
    (found,) = flags(turned)
    assert found.severity == Severity.MINOR
    assert flags(("中俄关系稳定。", "China-Russia relations are stable.")) == []
    assert flags(("普京总统强调，中俄友好。", "President Putin stressed Russia-China ties.")) == []


def test_names_rank_a_replaced_name_above_a_kept_one() -> None:
    kept, replaced = names_rank(
        texts(("北京有雨。", "It rains in Beijing."), ("北京有雨。", "It rains in St. Wolfgang.")),
        CONTEXT,
    )
    assert replaced > 0.5 > kept


def test_sound_tells_names_apart() -> None:
    assert likeness("Schumacher", "舒马赫").score > 0.8
    assert likeness("Schumacher", "特朗普").score < 0.5
    assert plain("Škoda Vučić Ångström") == "skoda vucic angstrom"
    assert distance("Dormin", "Domrin") == 1
