"""Folding, pinyin and patterns: what answers a query, and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.text import Span
from workbench.errors import UsageError
from workbench.search.folding import fold
from workbench.search.query import Mode, Query, compile_query

ZH, EN = "王毅说，深化戰略協作。", "Wang Yi said: deepen strategic Coordination with Vučić."


def places(query):
    found = compile_query(query).match(fold(ZH), fold(EN))
    if found is None:
        return None
    return [[span.of(text) for span in spans] for spans, text in zip(found, (ZH, EN), strict=True)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query("战略协作"), [["戰略協作"], []]),  # simplified finds traditional
        (Query("coordination"), [[], ["Coordination"]]),
        (Query("ｃｏordination"), [[], ["Coordination"]]),  # full width
        (Query("vucic"), [[], ["Vučić"]]),
        (Query("wang  yi"), [[], ["Wang Yi"]]),
        (Query("wangyi", Mode.PINYIN), [["王毅"], []]),
        (Query("zhan lüe", Mode.PINYIN), [["戰略"], []]),
        (Query("angyi", Mode.PINYIN), None),  # syllables are not cut through
        (Query("coord", Mode.WORD), None),
        (Query("deepen", Mode.WORD), [[], ["deepen"]]),
        (Query("co\\w+n", Mode.REGEX), [[], ["Coordination"]]),
        (Query(zh="协作", no_en="cooperation"), [["戰略協作"[2:]], []]),
        (Query(zh="协作", no_en="coordination"), None),
        (Query("nowhere"), None),
    ],
)
def test_what_answers_a_query_and_where(query, expected):
    assert places(query) == expected


@given(st.text(max_size=60))
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


@given(st.text(min_size=1, max_size=8).filter(str.strip), st.text(max_size=20))
def test_a_text_finds_itself(words, before):
    found = compile_query(Query(words)).match(fold(before + words), "")
    assert found is not None
    assert all(isinstance(span, Span) for span in found[0])


@pytest.mark.parametrize("pattern", ["(a+)+b", "[", "(a*)*", "(x|y+)*z"])
def test_patterns_that_break_or_never_end_are_refused(pattern):
    with pytest.raises(UsageError):
        compile_query(Query(pattern, Mode.REGEX))


def test_pinyin_needs_letters():
    with pytest.raises(UsageError):
        compile_query(Query("王", Mode.PINYIN))
