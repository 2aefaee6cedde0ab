"""Terms by longest match, with the tolerance English needs; consistency in a document."""

from pathlib import Path

import pytest

from workbench.detect import Context
from workbench.detect.consistency import consistency
from workbench.detect.terms import TermList, terms
from workbench.domain.review import AlignedTexts, Flag, Row, Severity
from workbench.domain.terms import Term
from workbench.errors import BadInput

OWN = TermList.load()


def texts(*rows: tuple[str, str]) -> AlignedTexts:
    return AlignedTexts(tuple(Row(str(i), zh, en) for i, (zh, en) in enumerate(rows)), "zh", "en")


def flags(zh: str, en: str, term_list: TermList = OWN) -> list[Flag]:
    return terms(texts((zh, en)), Context(term_list))


def test_own_list_is_large_and_consistent() -> None:
    assert len(OWN.entries) >= 300
    for term in OWN.entries:
        good = {rendering.lower() for rendering in (term.preferred, *term.admitted)}
        assert not good & {rendering.lower() for rendering in term.deprecated}, term.src


def test_longest_term_wins() -> None:
    found = OWN.find("深化全面战略协作伙伴关系，加强战略协作")
    assert [term.src for _, term in found] == ["全面战略协作伙伴关系", "战略协作"]


WRONG = [
    ("加强战略协作。", "Strengthen strategic cooperation.", "战略协作", "strategic cooperation"),
    ("坚持多边主义，反对集团对抗。", "Uphold multilateralism; oppose group confrontation.",
     "集团对抗", "group confrontation"),
    ("构建人类命运共同体。", "Build a community of common destiny for mankind.",
     "人类命运共同体", "community of common destiny for mankind"),
    ("奉行一个中国原则。", "It follows the one-China policy.", "一个中国原则", "one-China policy"),
]  # fmt: skip


@pytest.mark.parametrize(("zh", "en", "zh_words", "en_words"), WRONG)
def test_deprecated_rendering_is_major(zh: str, en: str, zh_words: str, en_words: str) -> None:
    (flag,) = flags(zh, en)
    assert flag.src
    assert flag.src.of(zh) == zh_words
    assert flag.tgt
    assert flag.tgt.of(en) == en_words
    assert flag.severity == Severity.MAJOR
    assert flag.category == "terminology/wrong-term"


RIGHT = [
    ("加强战略协作。", "Strengthen strategic coordination."),
    ("战略协作和战略合作", "strategic coordination and strategic cooperation"),
    ("一个中国原则和一个中国政策", "the one-China principle and the one-China policy"),
    ("维护联合国宪章。", "Uphold the Charter of the United Nations."),
    ("反对冷战思维。", "Oppose the cold-war mentality."),
    ("两国发表联合声明。", "The two countries issued joint statements."),
    ("全面战略协作伙伴关系", "the Comprehensive Strategic Partnership of Coordination"),
    ("乌克兰危机", "the crisis in Ukraine"),
    ("联合国发挥作用，联合国不可替代。", "The UN plays a role and cannot be replaced."),
]


@pytest.mark.parametrize(("zh", "en"), RIGHT)
def test_good_rendering_is_left_alone(zh: str, en: str) -> None:
    assert flags(zh, en) == []


def test_the_reason_is_given_in_both_languages() -> None:
    (flag,) = flags("构建人类命运共同体。", "Build a community of common destiny.")
    assert "(the former English, common destiny, was given up)" in flag.evidence
    assert "（旧译common destiny已不用）" in flag.evidence_zh


def test_near_miss_of_a_sure_term_is_minor() -> None:
    en = "The authority of the victorious results of the war must be defended."
    term = Term("胜利成果", "victorious outcome of the war", confidence="high")
    (flag,) = flags("捍卫胜利成果。", en, TermList((term,)))
    assert flag.severity == Severity.MINOR
    assert flag.tgt
    assert flag.tgt.of(en) == "victorious results of the war"


def test_a_user_list_goes_on_top(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text("src,preferred,deprecated\n热点问题,burning issues,hotspot issues\n", "utf-8")
    (flag,) = flags("热点问题", "hotspot issues", TermList.load(path))
    assert "burning issues" in flag.evidence


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("term,preferred\na,b\n", "no column 'src'"),
        ("src,preferred\n热点,\n", "line 2"),
        ("src,preferred,confidence\n热点,hotspot,sure\n", "confidence is 'sure'"),
    ],
)
def test_a_bad_list_says_where(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(BadInput, match=says):
        TermList.load(path)


def test_two_renderings_of_one_term_in_a_document() -> None:
    rows = texts(
        ("深化务实合作。", "Deepen practical cooperation."),
        ("扩大务实合作。", "Expand practical cooperation."),
        ("推进务实合作。", "Advance pragmatic cooperation."),
    )
    (flag,) = consistency(rows, Context(OWN))
    assert flag.row == "2"
    assert "“practical cooperation” elsewhere (twice)" in flag.evidence


def test_short_forms_and_inflection_are_consistent() -> None:
    rows = texts(
        ("联合国很重要。", "The United Nations matters."),
        ("支持联合国。", "Support the UN."),
        ("反对保护主义。", "Oppose protectionism."),
        ("抵制保护主义逆流。", "Resist the protectionist current."),
    )
    assert consistency(rows, Context(OWN)) == []
