"""Joining the segments gives the text back, whatever the text, and in linear time."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.domain.text import Span
from workbench.segment import clauses, guess_language, segment

NAMED = {
    "empty": "",
    "a space": " ",
    "white space only": " \t\u3000\r\n\r\n\u2028 \x0c",
    "line ends only": "\n\r\r\n\x85\u2029",
    "zero-width only": "\u200b\u200d\ufeff",
    "stops only": "。。。……？！.",
    "NUL": "a\x00b。\x00\n\x00",
    "separators": "一句。\u2028二句。\u2029三句。\x85四句。\x0b五\x0c六\x1c七",
    "mixed line ends": "一。\r\n二。\r三。\n\r四。\n\n\r\n五",
    "zero-width": "他\u200b说。\u200b\ufeff她\u200d说。",
    "NFD": "Cafe\u0301. Resume\u0301. ",
    "emoji": "好。👩\u200d👩\u200d👧\u200d👦 好！🇨🇳。\U0001f600.",
    "astral and private": "\U00020bb7。\ue000。\U0010fffd",
    "lone surrogate": "a\ud800. B\udfff。",
    "leading blank lines": "\n\n \u3000\u3000一。\n\n",
    "unmatched": "（“《「[(\"'。”’》」)]",
    "closers first": "。”他说。）》",
}
ALPHABET = (
    "一是说的。．，；：？！…—“”‘’「」《》（）、 \u3000\n\r\u2028\x85\x0c\x00\u200b\u0301"
    "aBI.?!,;:'\"()[]15-"
)


def check(text, lang):
    division = segment(text, lang)  # its own checks say that both levels tile
    for spans in (division.paragraphs, division.sentences):
        assert "".join(span.of(text) for span in spans) == text
    for span in division.sentences:
        pieces = clauses(text, span, lang)
        assert (pieces[0].start, pieces[-1].stop) == (span.start, span.stop)
        assert all(a.stop == b.start for a, b in pairwise(pieces))
        assert all(pieces)
    starts = {span.start: span for span in division.sentences}
    assert all(span.stop <= starts[span.start].stop for span in division.datelines)
    return division


@pytest.mark.parametrize("lang", ["zh-CN", "en-US"])
@pytest.mark.parametrize("name", NAMED)
def test_named_texts_come_back(name, lang):
    division = check(NAMED[name], lang)
    assert bool(division.sentences) == bool(NAMED[name])
    guess_language(NAMED[name])


@pytest.mark.parametrize("lang", ["zh-CN", "en-US"])
@settings(max_examples=200, derandomize=True, deadline=None)
@given(text=st.text(alphabet=ALPHABET, max_size=60) | st.text(max_size=40))
@example(text="BEIJING, May 1 (X) -- \n\n新华社1月1日电")
def test_any_text_comes_back(lang, text):
    check(text, lang)


@pytest.mark.parametrize("name", ["white space only", "line ends only", "a space"])
def test_white_space_alone_is_one_segment(name):
    division = segment(NAMED[name], "zh-CN")
    assert division.sentences == division.paragraphs == (Span(0, len(NAMED[name])),)


@pytest.mark.parametrize(
    ("pattern", "lang"),
    [
        ("a", "en-US"),
        ("一", "zh-CN"),
        ("。", "zh-CN"),
        (".", "en-US"),
        ("—", "en-US"),
        ("《", "zh-CN"),
        ("“好。”", "zh-CN"),
        ('"a. ', "en-US"),
        ("(a.", "zh-CN"),
        ("Mr. ", "en-US"),
        ("A ", "en-US"),
        ("1,", "en-US"),
        ("\n ", "zh-CN"),
    ],
)
def test_one_long_line_takes_linear_time(pattern, lang):
    # Anything quadratic would take hours here; the test run would not end.
    text = pattern * ((1_000_000 if len(pattern) == 1 else 200_000) // len(pattern))
    division = segment(text, lang)
    assert division.sentences[-1].stop == len(text)
    clauses(text, Span(0, len(text)), lang)
