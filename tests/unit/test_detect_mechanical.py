"""Form: what is wrong is flagged, correct typography of both languages is not."""

import re
from pathlib import Path

import pytest

from workbench.detect import Context
from workbench.detect.mechanical import mechanical
from workbench.detect.patterns import read_patterns
from workbench.detect.terms import TermList
from workbench.domain.review import AlignedTexts, Row, Severity
from workbench.errors import BadInput

CONTEXT = Context(TermList(()))


def texts(*rows: tuple[str, str]) -> AlignedTexts:
    return AlignedTexts(tuple(Row(str(i), zh, en) for i, (zh, en) in enumerate(rows)), "zh", "en")


def words(src: str, tgt: str, lang: str = "zh") -> list[str]:
    other = {"zh": "en", "en": "zh"}[lang]
    found = mechanical(AlignedTexts((Row("a", src, tgt),), lang, other), CONTEXT)
    return [(f.tgt.of(tgt) if f.tgt else "") or (f.src.of(src) if f.src else "") for f in found]


WRONG = [
    ("国际体系", "the the system", ["the the"]),
    ("负责任的国家", "a responsible, responsible and trusted country",
     ["responsible, responsible"]),
    ("反对“脱钩”。", 'Oppose "decoupling and more.', ['"decoupling and more']),
    ("友谊", "friendship 友谊 lasts", ["友谊"]),
    ("气候、粮食", "climate，food", ["，"]),
    ("两国友好", "two  countries", ["  "]),
    ("会谈结束后他离开了。", "会谈结束后他离开了。", ["会谈结束后他离开了。"]),
    ("他来了，走了。", "He came,, and left.", [",,"]),
    ("他来了，走了。", "He came , and left.", [" ,"]),
    ("见 www.example.org/a。", "See www.example.org/b.",
     ["www.example.org/a", "www.example.org/b"]),
    ("写信给 ann@example.org。", "Write to us.", ["ann@example.org"]),
    ("编号为GB-3565。", "It has a number.", ["GB-3565"]),
    ("他离开了。", "He left", ["left"]),
    ("他离开了。", "he left.", ["he"]),
    ("他离开了。", " He left.", [" "]),
    ("他离开了。", "He left. ", [" "]),
]  # fmt: skip


@pytest.mark.parametrize(("zh", "en", "expected"), WRONG)
def test_form_is_flagged(zh: str, en: str, expected: list[str]) -> None:
    assert words(zh, en) == expected


WRONG_CHINESE = [
    ("our position", "我们的的立场", ["的的"]),
    ("He said so.", "他说（略。", ["（略"]),
    ("climate, food", "气候,粮食", [","]),
    ("He came and left.", "他来了，，走了。", ["，，"]),
]


@pytest.mark.parametrize(("en", "zh", "expected"), WRONG_CHINESE)
def test_form_of_chinese_is_flagged_where_it_is_the_translation(
    en: str, zh: str, expected: list[str]
) -> None:
    assert words(en, zh, "en") == expected
    assert words(zh, en) == []


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
    ("这是引文的开头：“我们来了。", "This is where the quotation begins: “We came."),
    ("见 www.example.org/a。", "See www.example.org/a."),
    ("编号为GB-3565。", "Its number is GB 3565."),
    ("内存为16GB，5G网络。", "It has 16 gigabytes and a 5G network."),
    ("加强合作", "strengthen cooperation"),
    ("iPhone很贵。", "iPhones are dear."),
    ("他问：“为什么……”", "He asked, “Why …”"),
]  # fmt: skip


@pytest.mark.parametrize(("zh", "en"), RIGHT)
def test_correct_form_is_left_alone(zh: str, en: str) -> None:
    assert words(zh, en) == []


def test_the_same_row_translated_otherwise() -> None:
    rows = texts(
        ("我们反对一切制裁。", "We oppose all sanctions."),
        ("我们反对一切制裁！", "We oppose all sanctions!"),
        ("我们反对一切制裁。", "We are against any sanction."),
        ("会谈取得圆满成功。", "We oppose all sanctions."),
    )
    first, second = mechanical(rows, CONTEXT)
    assert (first.row, first.severity) == ("2", Severity.MINOR)
    assert "We oppose all sanctions." in first.evidence
    assert (second.row, second.severity) == ("3", Severity.NEUTRAL)


PATTERNS = """pattern,lang,severity,note,unless
Peking\\b,,,write Beijing,北大
(?i)utili[sz]e,en,neutral,,
的的,zh,major,,
"""


def test_a_workspace_looks_for_its_own_patterns(tmp_path: Path) -> None:
    path = tmp_path / "patterns.csv"
    path.write_text(PATTERNS, encoding="utf-8")
    context = Context(TermList(()), patterns=read_patterns(path))
    rows = texts(("北京", "Peking"), ("北大", "Peking University"), ("使用", "Utilise it"))
    found = mechanical(rows, context)
    assert [(f.row, f.severity) for f in found] == [("0", Severity.MINOR), ("2", Severity.NEUTRAL)]
    assert found[0].evidence.endswith("write Beijing")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("word,lang\nx,en\n", "no column 'pattern'"),
        ("pattern,lang\n(,en\n", "line 2: '(' is no regular expression"),
        ("pattern,lang\nx,fr\n", "line 2: the language is 'fr'"),
        ("pattern,severity\nx,grave\n", "line 2: the severity is 'grave'"),
    ],
)
def test_a_wrong_pattern_is_named(content: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "patterns.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=re.escape(said)):
        read_patterns(path)


def test_a_quotation_may_run_over_rows() -> None:
    rows = texts(("他说：“好。", "He said, “Fine."), ("我们开始吧。”", "Let us begin.”"))
    assert mechanical(rows, CONTEXT) == []
