"""Form: what is wrong is flagged, correct typography of both languages is not."""

import pytest

from workbench.detect import Context
from workbench.detect.mechanical import mechanical
from workbench.detect.terms import TermList
from workbench.domain.review import AlignedTexts, Row

CONTEXT = Context(TermList(()))


def texts(*rows: tuple[str, str]) -> AlignedTexts:
    return AlignedTexts(tuple(Row(str(i), zh, en) for i, (zh, en) in enumerate(rows)), "zh", "en")


def words(zh: str, en: str) -> list[str]:
    return [
        (f.src.of(zh) if f.src else "") or (f.tgt.of(en) if f.tgt else "")
        for f in mechanical(texts((zh, en)), CONTEXT)
    ]


WRONG = [
    ("国际体系", "the the system", ["the the"]),
    ("我们的的立场", "our position", ["的的"]),
    (
        "负责任的国家",
        "a responsible, responsible and trusted country",
        ["responsible, responsible"],
    ),
    ("反对“脱钩”。", 'Oppose "decoupling and more.', ['"decoupling and more']),
    ("他说（略。", "He said so.", ["（略"]),
    ("友谊", "friendship 友谊 lasts", ["友谊"]),
    ("气候、粮食", "climate，food", ["，"]),
    ("气候,粮食", "climate, food", [","]),
    ("两国友好", "two  countries", ["  "]),
    ("会谈结束后他离开了。", "会谈结束后他离开了。", ["会谈结束后他离开了。"]),
]


@pytest.mark.parametrize(("zh", "en", "expected"), WRONG)
def test_form_is_flagged(zh: str, en: str, expected: list[str]) -> None:
    assert words(zh, en) == expected


RIGHT = [
    ("他说：“她说‘好’。”", "He said, “She said ‘fine’.”"),
    ("《宣言》（2020年）", "the Declaration (2020)"),
    ("九十年代", "the workers’ ’90s and don’t"),
    ("他认为那是对的。", "He said that that was right; she had had enough."),
    ("实实在在的成果", "real results. Two blanks.  After a stop."),
    ("1）加强合作", "1) Strengthen cooperation a) now"),
    ("高5英尺6英寸", "a man 5'6\" tall"),
    ("3.5%，10:30，1,000元", "3.5%, 10:30, 1,000 yuan"),
    ("胞波（pauk-phaw）", "brotherhood (胞波)"),
    ("中国热", "New York, New York"),
]


@pytest.mark.parametrize(("zh", "en"), RIGHT)
def test_correct_form_is_left_alone(zh: str, en: str) -> None:
    assert words(zh, en) == []


def test_a_quotation_may_run_over_rows() -> None:
    rows = texts(("他说：“好。", "He said, “Fine."), ("我们开始吧。”", "Let us begin.”"))
    assert mechanical(rows, CONTEXT) == []
