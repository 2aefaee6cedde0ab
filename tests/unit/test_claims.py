"""Claims of a commentary against the original: which passage bears on them, and the verdict."""

import csv
import io

import pytest

from tests.support import ROOT
from workbench.claims import Passages, find_claims, judge
from workbench.domain.claims import Claim, Verdict
from workbench.domain.text import Span, Text
from workbench.encode import load_encoder
from workbench.errors import BadInput
from workbench.segment import segment
from workbench.services.claims import read_claims

ORIGINAL = (
    "行程结束之际，外交部长索温介绍了访问情况。双方签署26项合作文件。两国元首会谈近10小时。"
    "2023年双边贸易额达到372亿美元。双方反对单边制裁。年内启动自由贸易协定谈判。"
)


def verdicts(commentary, *words, original=ORIGINAL):
    """The judgements on words of a commentary about an original that nobody translated."""
    division = segment(original, "zh-CN")
    text = Text("o", "o", "zh-CN", original, "")
    blank = [""] * len(division.sentences)
    passages = Passages(text, division.sentences, blank, load_encoder("bundled"))
    claims = [
        Claim(str(n), Span(commentary.index(w), commentary.index(w) + len(w)))
        for n, w in enumerate(words)
    ]
    return judge(claims, commentary, segment(commentary, "en-US").sentences, passages)


@pytest.mark.parametrize(
    ("commentary", "words", "verdict", "evidence"),
    [
        ("They signed 26 documents.", "signed 26 documents", "supported", "26项"),
        ("They signed 36 documents.", "signed 36 documents", "contradicted", "26项"),
        ("They talked for over 10 hours.", "over 10 hours", "contradicted", "近10小时"),
        ("Trade was $37.2 billion in 2023.", "$37.2 billion in 2023", "supported", "372亿美元"),
        ("He spoke at the outset of the trip.", "at the outset of the trip", "contradicted",
         "结束"),
        ("They support unilateral sanctions.", "support unilateral sanctions", "contradicted",
         "反对"),
        ("The text says nothing about a free trade agreement.",
         "says nothing about a free trade agreement", "contradicted", "自由贸易协定"),
        ("It follows a Trump administration tactic.", "Trump administration tactic",
         "not in original", None),
        ("Both governments put their names to 26 deals.", "put their names to 26 deals",
         "supported", "26项"),
        ("Trade came to 37.2 billion euros in 2023.", "Trade came to 37.2 billion euros in 2023",
         "contradicted", "372亿美元"),
        ("Sowen named Japan.", "Sowen named Japan", "not in original", None),
        ("Both oppose “unilateral sanctions”.", "oppose “unilateral sanctions”", "supported",
         "反对"),
        ("Sowen called it a “paper tiger”.", "Sowen called it a “paper tiger”", "not in original",
         None),
    ],
)  # fmt: skip
def test_a_claim_gets_its_verdict_and_its_evidence(commentary, words, verdict, evidence):
    (judgement,) = verdicts(commentary, words)
    assert judgement.verdict == Verdict(verdict), judgement.reason
    if evidence:
        assert evidence in judgement.evidence[0].of(ORIGINAL)


SPEECHES = (
    "外交部长索温介绍了访问情况。普京总统表示，加征高关税违背常理，只会反噬自身。"
    "习近平主席指出，不能以牺牲他国安全来保障自身安全。此访历时6天，走访三国四地。"
    "2025年是建交50周年。俄罗斯已成为中国最大能源供应国。双方共同出席APEC会议。"
)


def test_another_speaker_a_denial_and_another_count_contradict():
    expected = {
        "Putin said that high tariffs will backfire": "supported",
        "Xi said that high tariffs will backfire": "contradicted",
        "security can be guaranteed at the expense of others": "contradicted",
        "security cannot be guaranteed at the expense of others": "supported",
        "a visit to four countries": "contradicted",
        "a visit to three countries": "supported",
        "the 40th anniversary of diplomatic relations": "contradicted",
        "Russia is China’s second-largest energy supplier": "contradicted",
        "attended an APEC meeting": "supported",
    }
    found = verdicts(". ".join(expected) + ".", *expected, original=SPEECHES)
    assert {words: one.verdict for words, one in zip(expected, found, strict=True)} == expected


def test_a_traditional_original_is_judged_like_a_simplified_one_and_quoted_as_it_is():
    traditional = "雙方簽署26項合作文件。雙方反對單邊制裁。"
    (wrong,) = verdicts("They signed 36 deals.", "signed 36 deals", original=traditional)
    assert wrong.verdict == Verdict.CONTRADICTED
    assert "26項" in wrong.reason
    (right,) = verdicts("They oppose sanctions.", "oppose sanctions", original=traditional)
    assert right.evidence[0].of(traditional) == "雙方反對單邊制裁"


def test_and_does_not_part_names_or_short_phrases():
    text = "Ties between Russia and China grow, and trade reached $37.2 billion in 2023."
    found = [c.span.of(text) for c in find_claims(text, [Span(0, len(text))])]
    assert any("Russia and China" in words for words in found)
    assert "trade reached $37.2 billion in 2023" in found


def test_claims_are_found_by_number_name_quotation_and_statement():
    text = "Trade reached $37.2 billion, and the “anchor” of the relationship is Mr. Tevi."
    found = {c.span.of(text): c.kind for c in find_claims(text, [Span(0, len(text))])}
    assert found["Trade reached $37.2 billion"] == "number"
    assert "quotation" in found.values()


SPANNED = "One claim here. Another claim here."


@pytest.mark.parametrize(
    "content",
    [
        '{"id": "a", "start": 16, "stop": 29}\n',
        '{"id": "a", "span": [16, 29]}\n',
        '{"id": "a", "claim_span": [16, 29]}\n',
        '{"id": "a", "text": "Another claim"}\n',
        "id\tstart\tstop\na\t16\t29\n",
        "id\ten_para\ten_sent_global\tclaim_span\na\t1\t1\tAnother claim\n",
        "a\t16\t29\n",
        "a\tAnother claim\n",
    ],
)
def test_claims_are_read_in_any_of_their_forms(content):
    division = segment(SPANNED, "en-US")
    assert read_claims(content, SPANNED, division) == [Claim("a", Span(16, 29))]


def test_words_that_occur_twice_are_found_in_their_sentence():
    division = segment(SPANNED, "en-US")
    (claim,) = read_claims("id\ten_sent_global\tclaim_span\na\t1\tclaim here\n", SPANNED, division)
    assert claim.span == Span(24, 34)


@pytest.mark.parametrize(
    "content", ["{broken\n", "a\t16\t99\n", "a\tno such words\n", '{"id": 1}\n']
)
def test_claims_that_are_not_in_the_text_are_refused(content):
    with pytest.raises(BadInput):
        read_claims(content, SPANNED, segment(SPANNED, "en-US"))


def test_the_samples_claims_table_quotes_the_texts():
    table = (ROOT / "texts" / "lanting-visit.claims.tsv").read_text(encoding="utf-8")
    texts = {
        side: (ROOT / "texts" / f"lanting-visit.{side}.txt").read_text(encoding="utf-8")
        for side in ("zh", "en")
    }
    rows = list(csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) == 13
    for row in rows:
        for side in ("zh", "en"):
            if row[f"{side}_start"]:
                span = Span(int(row[f"{side}_start"]), int(row[f"{side}_stop"]))
                assert span.of(texts[side]) == row[f"{side}_words"]
