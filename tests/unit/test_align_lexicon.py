"""The dictionary as the aligner and the detectors see it."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.align.lexicon import content_words, cut, lexicon, stem, words


@pytest.mark.parametrize(
    ("word", "expected"),
    [("合作", "cooperate"), ("俄罗斯", "Russia"), ("加强", "strengthening"), ("茶叶", "tea")],
)
def test_a_word_meets_its_translations_in_any_form(word, expected):
    assert stem(expected.lower()) in lexicon().translations(word)


def test_names_meet_their_pinyin():
    assert {"chen", "qingyang"} <= lexicon().translations("陈清扬")


def test_numbers_meet_by_their_significant_digits():
    (number,) = lexicon().translations("2448")
    assert number in {found for found, _, _ in content_words("US$244.8 billion")}
    assert lexicon().translations("２３．５") == {"#235"}


def test_unknown_words_have_nothing():
    assert lexicon().translations("\ue000") == frozenset()
    assert lexicon().gloss("囧囧囧囧") == ""
    assert "cooperate" in lexicon().gloss("合作")


@pytest.mark.parametrize(
    "forms",
    [("cooperate", "cooperates", "cooperated", "cooperating"), ("country", "countries"),
     ("stop", "stopped", "stopping"), ("go", "went"), ("carry", "carried", "carries")],
)  # fmt: skip
def test_forms_of_a_word_share_their_stem(forms):
    assert len({stem(form) for form in forms}) == 1


def test_words_say_where_they_are():
    text = "双边贸易额达到45亿美元，Vessar 同意。"
    found = words(text)
    assert all(text[start:stop] == word for word, start, stop in found)
    assert ("45", text.index("45"), text.index("45") + 2) in found
    assert "贸易额" in [word for word, _, _ in found] or "贸易" in "".join(w for w, _, _ in found)
    assert not any("，" in word for word, _, _ in found)


def test_content_words_leave_out_grammar_and_keep_places():
    text = "The president's talks are on trade."
    found = content_words(text)
    assert [text[start:stop] for _, start, stop in found] == ["president's", "talks", "trade"]


@settings(deadline=None, max_examples=60)
@given(
    st.text(
        st.sampled_from("神就差遣他到摩西那里去说你们当敬畏耶和华的名永远㐀龥鿕鿿乘法"), max_size=30
    )
)
def test_words_are_cut_as_jieba_cuts_them(run):
    import jieba

    assert cut(run) == jieba.lcut(run)


def test_real_sentences_are_cut_as_jieba_cuts_them():
    import jieba

    text = (Path(__file__).parents[2] / "texts" / "lanting-visit.zh.txt").read_text("utf-8")
    for run in re.findall(r"[\u3400-\u9fff]+", text):
        assert cut(run) == jieba.lcut(run)
