"""Polarity: negations without an answer, told by word links, and words of opposite sense."""

import pytest

from workbench.detect import Context
from workbench.detect.opposites import opposite_stems
from workbench.detect.polarity import polarity, polarity_rank
from workbench.detect.terms import TermList
from workbench.domain.review import AlignedTexts, Flag, Row
from workbench.encode import load_word_encoder
from workbench.links import Linker

UNLINKED = Context(TermList(()))


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(TermList(()), links=Linker(load_word_encoder()))


def texts(zh: str, en: str) -> AlignedTexts:
    return AlignedTexts((Row("a", zh, en),), "zh", "en")


def words(flag: Flag, zh: str, en: str) -> tuple[str, str]:
    return (flag.src.of(zh) if flag.src else "", flag.tgt.of(en) if flag.tgt else "")


CHANGED = [
    ("观众深受感动。", "The audience was not moved.", "not"),
    ("大家无不为之动容。", "Everyone was not moved.", "not"),
    ("大门不会关闭。", "The door will be closed.", "不会关"),
    ("绝不能接受。", "It is acceptable to us.", "不能接"),
    # another negation in the row does not answer
    ("他不愿评论此事，但表示会谈进展顺利。",
     "He would not comment on it, but said that the talks were not going well.", "not"),
    ("双方拒绝制裁，将扩大贸易。",
     "The two sides reject sanctions and will not expand trade.", "not"),
    ("货物免税，运费由买方支付。",
     "The goods are duty free, and freight is not paid by the buyer.", "not"),
    ("代表团不会访问北京，也没有发表声明。",
     "The delegation will visit Beijing and has not issued a statement.", "不会访"),
    # words of opposite sense
    ("中国的进口增长很快。", "China's exports grew fast.", "exports"),
    ("博览会今天在长沙开幕。", "The expo closed in Changsha today.", "closed"),
    ("双方关系得到改善。", "Relations between the two sides deteriorated.", "deteriorated"),
    ("会议在北岸举行。", "The meeting was held on the south bank.", "south"),
    ("这是一个负责任的国家。", "It is an irresponsible country.", "irresponsible"),
]  # fmt: skip


@pytest.mark.parametrize(("zh", "en", "expected"), CHANGED)
def test_what_is_denied_on_one_side_only_is_flagged(
    zh: str, en: str, expected: str, context: Context
) -> None:
    (flag,) = polarity(texts(zh, en), context)
    assert expected in words(flag, zh, en)
    (score,) = polarity_rank(texts(zh, en), context)
    assert score > 0.5


SAME = [
    ("合作不断深化。", "Cooperation is deepening."),
    ("不仅要看，还要做。", "One must look, and act as well."),
    ("领土不可分割的一部分", "an inalienable part of the territory"),
    ("有没有问题？", "Is there a question?"),
    ("他拒绝了。", "He did not agree."),
    ("前所未有的挑战", "unprecedented challenges"),
    ("坚定不移地推进", "advance with resolve"),
    ("学校离这里不远。", "The school is near here."),
    ("这条路近，不难走。", "The road is not far and is easy to walk."),
    ("他不再反对这项计划。", "He no longer opposes the plan."),
    ("防止武器扩散。", "Do not let weapons spread."),
    ("是否批准由部长决定。", "The minister decides whether to approve or not."),
    ("会议于上午开始，晚上结束。", "The meeting began in the morning and ended in the evening."),
    ("不友好的行为", "unfriendly acts"),
    ("水平不高", "a low level"),
    ("赤字有增无减。", "The deficit is growing rather than shrinking."),
]


@pytest.mark.parametrize(("zh", "en"), SAME)
def test_what_is_answered_is_left_alone(zh: str, en: str, context: Context) -> None:
    assert polarity(texts(zh, en), context) == []


def test_from_english_into_chinese_it_is_the_same(context: Context) -> None:
    row = Row("a", "The talks were not held.", "会谈已经举行。")
    (flag,) = polarity(AlignedTexts((row,), "en", "zh"), context)
    assert flag.src
    assert flag.src.of(row.src) == "not"


def test_without_links_any_negative_answers() -> None:
    assert polarity(texts("他不愿评论。", "He would not comment."), UNLINKED) == []
    (flag,) = polarity(texts("观众深受感动。", "The audience was not moved."), UNLINKED)
    assert flag.category == "accuracy/polarity"


@pytest.mark.parametrize(
    ("word", "other"),
    [("exported", "import"), ("widening", "narrow"), ("irresponsible", "responsible")],
)
def test_any_form_of_a_word_has_its_opposite(word: str, other: str) -> None:
    assert other in opposite_stems(word).values()


@pytest.mark.parametrize("word", ["important", "display", "discover", "international", "table"])
def test_most_words_have_no_opposite_of_their_own_making(word: str) -> None:
    assert word not in opposite_stems(word).values()
    assert not {"port", "play", "cover"} & set(opposite_stems(word).values())
