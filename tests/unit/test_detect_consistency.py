"""Consistency by word links: one expression with several renderings, several with one."""

import pytest

from workbench.detect import Context
from workbench.detect.consistency import consistency
from workbench.detect.terms import TermList
from workbench.domain.review import AlignedTexts, Flag, Row, Severity
from workbench.domain.terms import Term
from workbench.encode import load_word_encoder
from workbench.links import Linker
from workbench.links.store import LinkStore

COORDINATION = (
    Term("战略协作", "strategic coordination", (), (), "high", "", ""),
    Term("协作机制", "coordination mechanism", (), (), "high", "", ""),
)


@pytest.fixture(scope="module")
def linker(tmp_path_factory: pytest.TempPathFactory) -> Linker:
    store = LinkStore(tmp_path_factory.mktemp("links") / "links.sqlite")
    return Linker(load_word_encoder(), store)


def texts(*rows: tuple[str, str]) -> AlignedTexts:
    return AlignedTexts(tuple(Row(str(i), zh, en) for i, (zh, en) in enumerate(rows)), "zh", "en")


def said(flags: list[Flag]) -> list[tuple[str, str]]:
    return [(flag.row, flag.evidence) for flag in flags]


PHRASES = [
    ("双方维护港口安全。", "The two sides maintain port security."),
    ("我们要维护港口安全。", "We must maintain port security."),
    ("他们希望维护港口安全。", "They hope to safeguard port security."),
]


def test_a_repeated_phrase_in_another_rendering(linker: Linker) -> None:
    (flag,) = consistency(texts(*PHRASES), Context(TermList(()), links=linker))
    assert flag.row == "2"
    assert flag.severity is Severity.MINOR
    assert flag.suggestion == "maintain port security"
    assert "twice" in flag.evidence


def test_a_word_becomes_a_remark_only_when_it_comes_often(linker: Linker) -> None:
    rows = [
        ("格局发生变化。", "The landscape is changing."),
        ("经济格局很复杂。", "The economic landscape is complex."),
        ("人们谈论安全格局。", "People talk about the security landscape."),
        ("格局没有改变。", "The pattern has not changed."),
        ("贸易格局不错。", "The trade pattern is good."),
    ]
    assert consistency(texts(*rows[:4]), Context(TermList(()), links=linker)) == []
    (flag,) = consistency(texts(*rows), Context(TermList(()), links=linker))
    assert (flag.row, flag.severity) == ("3", Severity.NEUTRAL)
    assert "landscape" in flag.evidence
    assert "3 times" in flag.evidence


SAME = [
    # inflections, longer and shorter forms, initials
    [("联合国很重要。", "The United Nations is important."),
     ("联合国成立。", "The UN was founded.")],
    [("经济合作很好。", "Economic cooperation is good."),
     ("经济合作机构", "an economic cooperative body")],
    [("世界人民团结。", "The world's people unite."),
     ("世界人民友好。", "The world's peoples are friendly.")],
    # one word of general language twice
    [("这个问题很重大。", "This is a great problem."), ("责任重大。", "The duty is heavy.")],
]  # fmt: skip


@pytest.mark.parametrize("rows", SAME)
def test_forms_of_one_rendering_are_no_difference(
    rows: list[tuple[str, str]], linker: Linker
) -> None:
    assert consistency(texts(*rows), Context(TermList(()), links=linker)) == []


def test_a_word_that_takes_the_rendering_of_another(linker: Linker) -> None:
    rows = [
        ("两国加强合作。", "The two countries strengthen cooperation."),
        ("合作很重要。", "Cooperation is important."),
        ("我们欢迎合作。", "We welcome cooperation."),
        ("双方的协作很好。", "The coordination between the two sides is good."),
        ("他们谈到协作。", "They talked about cooperation."),
    ]
    (flag,) = consistency(texts(*rows), Context(TermList(COORDINATION), links=linker))
    assert flag.row == "4"
    assert "合作" in flag.evidence
    # the dictionary has both for 协作; only the term list says that they are kept apart
    assert consistency(texts(*rows), Context(TermList(()), links=linker)) == []


def test_two_phrases_with_one_rendering(linker: Linker) -> None:
    rows = [
        ("双方谈到国际局势。", "They discussed the international situation."),
        ("双方谈到国际形势。", "They discussed the international situation."),
    ]
    (flag,) = consistency(texts(*rows), Context(TermList(()), links=linker))
    assert flag.severity is Severity.NEUTRAL
    assert "国际局势" in flag.evidence


def test_other_texts_of_the_workspace_count(linker: Linker) -> None:
    other, here = texts(*PHRASES[:2]), texts(PHRASES[2])
    linker(other)
    assert consistency(here, Context(TermList(()), links=linker)) == []
    (flag,) = consistency(here, Context(TermList(()), links=linker, others=(other,)))
    assert flag.row == "0"
    assert "maintain port security" in flag.evidence
