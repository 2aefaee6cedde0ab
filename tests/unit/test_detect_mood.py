"""Questions, exclamations and quotations: changes are flagged, free but right renderings not."""

import pytest

from workbench.detect import Context
from workbench.detect.mood import mood
from workbench.detect.quotations import quoted_chinese, quoted_english
from workbench.detect.terms import TermList
from workbench.domain.review import AlignedTexts, Flag, Row

CONTEXT = Context(TermList(()))


def flags(zh: str, en: str) -> list[Flag]:
    return mood(AlignedTexts((Row("a", zh, en),), "zh", "en"), CONTEXT)


CHANGED = [
    ("会谈昨天结束。", "Did the talks end yesterday?", "yesterday?"),
    ("他会来吗？", "He will come.", "他会来吗？"),
    ("会谈取得成功。", "The talks were a success!", "success!"),
    (
        "他说，会谈很成功。",
        "He said that the talks “went very well indeed”.",
        "went very well indeed",
    ),
    ("他说：“会谈很成功，我们满意。”", "He said the talks went well.", "会谈很成功，我们满意。"),
]


@pytest.mark.parametrize(("zh", "en", "words"), CHANGED)
def test_mood_changed_is_flagged_where_it_stands(zh: str, en: str, words: str) -> None:
    (found,) = flags(zh, en)
    assert (found.src.of(zh) if found.src else found.tgt and found.tgt.of(en)) == words


KEPT = [
    ("他会来吗？", "Will he come?"),
    ("他问会谈是否结束。", "Were the talks over? he asked."),
    ("尚不清楚他会不会来？", "It is unclear whether he will come."),
    ("请给我一杯咖啡。", "Could I have a cup of coffee?"),
    ("我们多么高兴啊。", "How glad we are!"),
    ("让我们携手前进！", "Let us march on together."),
    ("杰夫?沃森当选。", "Geoff Watson was elected."),
    ("共建“一带一路”取得进展。", "The Belt and Road made progress."),
    ("电影《渡口》上映。", "The film “The ferry across” was shown."),
    ("父母去哪儿是一档节目。", 'The show "Where Are They Going?", was popular.'),
    ("他说：“不会。”", "He said, ‘It won’t.’"),
]


@pytest.mark.parametrize(("zh", "en"), KEPT)
def test_mood_kept_is_left_alone(zh: str, en: str) -> None:
    assert flags(zh, en) == []


def test_mood_points_to_a_clause_on_the_wrong_side_of_the_marks() -> None:
    zh = "总统指出，“两国政府购买了疫苗和药品，这令人非常失望。”"
    they = "he governments of the two countries bought vaccines and medicines"
    right = f'The president said, "T{they}, which is disappointing."'
    wrong = f'The president said t{they}, "which is disappointing."'
    assert flags(zh, right) == []
    (found,) = flags(zh, wrong)
    assert found.src
    assert found.src.of(zh) == "两国政府购买了疫苗和药品"


def test_mood_reads_nested_and_unclosed_quotation_marks() -> None:
    text = "他说：“她说‘好’。”又说：“走"
    assert [span.of(text) for span in quoted_chinese(text)] == ["她说‘好’。", "走"]
    english = "He said, “She’s ‘fine’.” Then: “Go"
    assert [span.of(english) for span in quoted_english(english)] == ["She’s ‘fine’.", "Go"]
    assert quoted_english("the workers’ ’90s and don’t") == []


def test_mood_reads_either_direction() -> None:
    row = Row("a", "Did the talks end?", "会谈结束了。")
    (found,) = mood(AlignedTexts((row,), "en", "zh"), CONTEXT)
    assert found.src
    assert found.src.of(row.src) == "end?"
