"""Paragraphs, headings, datelines, clauses, language; and the boundaries of the gold."""

import csv
import textwrap
from pathlib import Path

import pytest

from workbench.domain.text import Role, Span
from workbench.segment import clauses, guess_language, segment

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
PROSE = (
    "The two sides agreed to deepen their cooperation in trade, energy and culture over the "
    "coming years. They signed a number of documents and will meet again in the autumn. "
)
PROSE_ZH = (
    "双方同意在未来几年深化贸易、能源和文化领域的合作，加强战略沟通，维护公平正义。会后签署了文件。"
)


def paragraphs(text, lang="zh-CN"):
    return [span.of(text) for span in segment(text, lang).paragraphs]


def wrap_zh(text, width=30):
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


@pytest.mark.parametrize(
    "expected",
    [
        ["一。\n", "二。\n"],
        ["一。\r\n", "二。"],
        ["一。\r", "二。\r\n\r\n", "三。\n\n \n", "四。"],
        ["\n \n\u3000\u3000一。\n", "\u3000\u3000二。"],
        ["一。\u2028", "二。\u2029", "三。\x85", "四。\x0c", "五。"],
        ["没有换行"],
    ],
)
def test_a_line_is_a_paragraph_and_owns_the_white_space_after_it(expected):
    assert paragraphs("".join(expected)) == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_hand_wrapped_blocks_are_one_paragraph_each(newline):
    block = textwrap.fill(PROSE * 2, 72)
    text = f"A Title\n\n{block}\n\n{block}\n".replace("\n", newline)
    assert [len(piece.split()) for piece in paragraphs(text, "en-US")] == [2, 60, 60]
    assert len(segment(text, "en-US").sentences) == 9


def test_hand_wrapped_chinese_is_joined_and_indents_begin_paragraphs():
    block = wrap_zh("\u3000\u3000" + PROSE_ZH * 2)
    assert paragraphs(f"{block}\n{block}\n{block}") == [block + "\n", block + "\n", block]


def test_lines_that_happen_to_be_alike_are_not_joined():
    lines = [
        f"第{n}条，双方同意加强合作，扩大双边贸易，深化人文交流并保持沟通。\n" for n in "一二三四五"
    ]
    assert paragraphs("".join(lines)) == lines
    names = ["Ambassador Li\n", "Minister Wang\n", "Professor Sun\n", "Secretary Xu\n"]
    assert paragraphs("".join(names), "en-US") == names


HEADINGS = """
一、坚持元首引领，把牢关系航向|（二）深化务实合作|1. 加强沟通|1、加强沟通|第一章 总则
第三节|发言摘要
1. Follow the guidance of the leaders|I. Introduction|Section 2|Section 2. Scope|A Few Remarks
2) Trade and investment|Chapter Three: Trade|2.1 Trade in services
"""


def lines_of(text):
    return [piece for line in text.strip().split("\n") for piece in line.split("|")]


@pytest.mark.parametrize("line", lines_of(HEADINGS))
def test_headings(line):
    lang = "en-US" if line.isascii() else "zh-CN"
    division = segment(f"{line}\n" + (PROSE if line.isascii() else PROSE_ZH), lang)
    assert division.roles == (Role.HEADING, Role.BODY)


@pytest.mark.parametrize("line", ["一、会议通过了决议。", "他说：", "一是加强合作；", "* * *"])
def test_what_ends_like_a_sentence_is_no_heading(line):
    assert segment(f"{line}\n{PROSE_ZH}", "zh-CN").roles[0] is Role.BODY


@pytest.mark.parametrize(
    "line", ["1. The meeting adopted a resolution.", "The leaders met here:", "He agreed."]
)
def test_what_ends_like_an_english_sentence_is_no_heading(line):
    assert segment(f"{line}\n{PROSE}", "en-US").roles[0] is Role.BODY


def test_without_any_punctuation_no_line_counts_as_heading():
    assert set(segment("天下大势\n分久必合\n合久必分", "zh-CN").roles) == {Role.BODY}


DATELINES = [
    "央视网消息（新闻联播）：",
    "某某广播网消息（晚间要闻）：",
    "新华社北京5月10日电（记者张三）",
    "新华社莫斯科５月１０日电 ",
    "人民网北京5月10日电 （记者李四、王五）",
    "本报讯（记者 王五）",
    "中新网5月10日电(记者 张三)",
    "外交部网站消息：",
    "【环球网报道 记者 张三】",
    "人民日报5月10日讯：",
    "\u3000\u3000新华社北京五月十日电\u3000",
    "BEIJING, May 10 (Xinhua) -- ",
    "WASHINGTON (AP) — ",
    "MOSCOW, Sept. 5 — ",
    "(Xinhua) -- ",
    "Geneva, 10 May (Xinhua) – ",
    "CCTV News (Evening News): ",
    "Xinhua News Agency, Beijing, May 10 -- ",
    "NEW YORK/LONDON, May 5 (Reuters) - ",
]
NO_DATELINES = """
王毅说，此访取得圆满成功。|5月10日消息传来，各方高兴。|他在电报中说：很好。|据新华社报道，会议结束。|2025年5月10日，会议结束。
5月10日电话会议结束。|记者会上有消息说：好。
NATO — the alliance — said so.|The Press: he was late.|I — we — they met.|Note (NB) - this is it.
"""


@pytest.mark.parametrize("prefix", DATELINES)
def test_datelines_are_found_inside_the_first_sentence(prefix):
    english = prefix.isascii() or prefix[0].isascii()
    text = prefix + ("Two leaders met. They left." if english else "两国元首会谈。会后签字。")
    for lead in ("", "他说。\n" if not english else "He left.\n"):
        division = segment(lead + text, "en-US" if english else "zh-CN")
        assert [span.of(lead + text) for span in division.datelines] == [prefix]
        assert len(division.sentences) == 2 + bool(lead)


@pytest.mark.parametrize("text", lines_of(NO_DATELINES))
def test_ordinary_beginnings_are_no_datelines(text):
    lang = "en-US" if text[0].isascii() and text[0].isalpha() else "zh-CN"
    assert segment(text, lang).datelines == ()


@pytest.mark.parametrize(
    ("text", "lang"),
    [("新华社北京5月10日电\n", "zh-CN"), ("BEIJING, May 10 (Xinhua) --\n", "en-US")],
)
def test_a_dateline_alone_gives_its_paragraph_the_role(text, lang):
    division = segment(text + PROSE, lang)
    assert division.roles[0] is Role.DATELINE
    assert division.datelines == ()


@pytest.mark.parametrize(
    ("marked", "lang"),
    [
        ("回望历史、|着眼未来，|取得成功；|他说：|“好的，|可以。”", "zh-CN"),
        ("共有1，800万人，|时间是10：30，|共1,000元", "zh-CN"),
        ("他来了,|她走了:|很好", "zh-CN"),
        ("In 2024, |trade hit US$1,000.5; |it rose at 10:30: |so he said.", "en-US"),
        ("“Yes,” |he said, |“it is.”", "en-US"),
        ("see https://a.org/b,c:d for it", "en-US"),
        ("没有标点", "zh-CN"),
    ],
)
def test_clauses(marked, lang):
    text = "前面。" + marked.replace("|", "")
    pieces = clauses(text, Span(3, len(text)), lang)
    assert [span.of(text) for span in pieces] == marked.split("|")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (PROSE_ZH, "zh-CN"),
        ("習近平主席對俄羅斯進行國事訪問。", "zh-TW"),
        ("双方就 Belt and Road Initiative 交换意见，一致同意继续加强合作", "zh-CN"),
        (PROSE, "en-US"),
        ("The term 全面战略协作伙伴关系 is rendered in several ways by the translators.", "en-US"),
        ("Le président a rencontré le ministre des affaires étrangères à Paris hier soir.", "und"),
        ("これは日本語の文章です。漢字も使います。", "und"),
        ("Привет, как дела сегодня?", "und"),
        ("1234 5678", "und"),
        ("", "und"),
    ],
)
def test_language_is_guessed(text, lang):
    guess = guess_language(text)
    assert guess.lang == lang
    assert (guess.confidence > 0.5) == (lang != "und")


def test_a_few_words_are_guessed_with_little_confidence():
    guess = guess_language("Joint Statement")
    assert guess.lang == "en-US"
    assert guess.confidence <= 0.5


def located(text, lang):
    division = segment(text, lang)
    numbers = division.paragraph_numbers()
    return [
        (number, span.start, span.stop)
        for number, span in zip(numbers, division.sentences, strict=True)
    ]


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(("side", "lang"), [("zh", "zh-CN"), ("en", "en-US")])
def test_sample_is_divided_as_in_its_gold(side, lang):
    text = (ROOT / "texts" / f"lanting-visit.{side}.txt").read_bytes().decode()
    gold = rows(ROOT / "alignments" / "gold" / f"lanting-visit.{side}.sentences.tsv")[1:]
    assert located(text, lang) == [(int(p), int(a), int(b)) for _, p, a, b in gold]


@pytest.mark.parametrize(("side", "lang", "count"), [("zh", "zh-CN", 101), ("en", "en-US", 146)])
def test_readout_is_divided_as_in_its_gold(side, lang, count):
    path = SHARED / "texts" / "readout-2025-05" / f"{side}.txt"
    if not path.exists():
        pytest.skip("the shared folder with the readout is not here")
    text = path.read_bytes().decode()
    gold = rows(SHARED / "gold" / "readout-2025-05" / f"{side}.sents.tsv")
    expected = [(int(row[0]) - 1, row[3]) for row in gold]
    found = [(number, text[a:b].strip()) for number, a, b in located(text, lang)]
    assert len(found) == count
    assert found == expected


@pytest.mark.parametrize(
    ("folder", "lang", "joint", "least"),
    [
        ("mac-dev/src", "zh-CN", "", 0.988),
        ("mac-dev/tgt", "en-US", " ", 0.993),
        ("mag/src", "en-US", " ", 0.98),
        ("mag/tgt", "zh-CN", "", 0.98),
    ],
)
def test_boundaries_in_other_genres(folder, lang, joint, least):
    files = sorted((SHARED / "bench" / "align" / folder).glob("*"))
    if not files:
        pytest.skip("the shared folder with the benchmark is not here")
    right = found = gold = 0
    for path in files:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n")]
        text, ends = "", set()
        for line in filter(None, lines):
            text += line + joint
            ends.add(len(text))
        stops = {span.stop for span in segment(text, lang).sentences} - {len(text)}
        ends -= {len(text)}
        right, found, gold = right + len(stops & ends), found + len(stops), gold + len(ends)
    assert 2 * right / (found + gold) >= least
