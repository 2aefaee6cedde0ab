"""Corrections of the English: what clashes, what the corrected text is, what an edit makes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.corrections import Correction, clashes, corrected, reworded, stretches
from workbench.domain.text import Span

TEXT = "Many forces glorify the war. It may help."


def on(words, wording, id="n", content=TEXT, **more):  # noqa: A002
    start = content.index(words)
    return Correction(Span(start, start + len(words)), wording, id, **more)


def put_in(at, wording, id="n"):  # noqa: A002
    return Correction(Span(at, at), wording, id)


def text_with(*corrections, content=TEXT):
    return corrected(stretches(content, corrections))


def test_corrections_take_the_place_of_their_words():
    many, may = on("Many", "A few", "a"), on("may", "will", "b")
    assert text_with(may, many) == "A few forces glorify the war. It will help."
    assert [piece.by for piece in stretches(TEXT, [may, many])] == [("a",), (), ("b",), ()]


def test_what_is_left_out_changes_nothing():
    assert text_with(on("Many", "A few", used=False)) == TEXT


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        (on("Many forces", "A few", "a"), on("forces", "powers", "b"), True),
        (on("Many", "A few", "a"), on("Many", "Some", "b"), True),
        (on("Many", "A few", "a"), on("Many", "A few", "b"), False),
        (on("Many", "A few", "a"), on(" forces", " powers", "b"), False),
        (put_in(4, " dark", "a"), put_in(4, " evil", "b"), True),
        (put_in(4, " dark", "a"), on("Many forces", "Some", "b"), True),
        (put_in(4, " dark", "a"), on("Many", "Some", "b"), False),
        (put_in(4, " dark", "a"), on(" forces", " powers", "b"), False),
        (on("Many", "A few", "a"), on("Many", "Some", "b", used=False), False),
    ],
)
def test_two_wordings_for_the_same_words_clash(first, second, clash):
    assert clashes([second, first]) == ((frozenset("ab"),) if clash else ())
    if clash:
        assert text_with(first, second) == TEXT  # neither is preferred in silence


def test_a_clash_takes_in_whatever_overlaps_one_of_them():
    chain = [on("Many forces", "x", "a"), on("forces glorify", "y", "b"), on("glorify", "z", "c")]
    assert clashes([*chain, on("help", "hinder", "d")]) == (frozenset("abc"),)


def edited(corrections, text, content=TEXT, within=None):
    """The corrections after somebody wrote a run of the text anew."""
    within = within or Span(0, len(content))
    made, gone = reworded(content, corrections, within, text)
    kept = [one for one in corrections if one.id not in gone]
    new = [Correction(*one, f"new {n}", edited=True) for n, one in enumerate(made)]
    return [*kept, *new], gone


def test_an_edit_is_as_small_as_what_differs():
    now, gone = edited([], "Many powers glorify the war. It may help us.")
    assert not gone
    assert [(one.span.of(TEXT), one.wording) for one in now] == [("forces", "powers"), ("", " us")]


def test_an_edit_elsewhere_leaves_a_suggested_wording_alone():
    many = on("Many forces", "A few forces", "a")
    now, gone = edited([many], "A few forces glorify this war. It may help.")
    assert not gone
    assert many in now
    assert len(now) == 2


def test_an_edit_of_corrected_words_takes_the_correction_over():
    now, gone = edited([on("Many forces", "A few forces", "a")],
                       "A few states glorify the war. It may help.")  # fmt: skip
    assert gone == {"a"}
    assert [(one.span.of(TEXT), one.wording) for one in now] == [("Many forces", "A few states")]


def test_writing_the_old_words_again_takes_a_correction_back():
    now, gone = edited([on("Many", "A few", "a")], TEXT)
    assert (now, gone) == ([], {"a"})
    now, gone = edited([on(" the war", "", "a")], TEXT)
    assert (now, gone) == ([], {"a"})


words = st.lists(st.sampled_from(["a", "b", "c", " ", ". ", "中", "\n"]), max_size=8).map("".join)


@st.composite
def cases(draw):
    """A text, corrections that do not clash, and how a run of it should read."""
    content = draw(words.filter(bool))
    cuts = sorted(draw(st.lists(st.integers(0, len(content)), max_size=6)))
    places = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    found = [Correction(span, draw(words), str(n)) for n, span in enumerate(places)]
    clashing = set().union(*clashes(found))
    found = [one for one in found if one.id not in clashing]
    a, b = sorted(draw(st.tuples(st.integers(0, len(content)), st.integers(0, len(content)))))
    found = [one for one in found if not _crosses(one.span, Span(a, b))]
    return content, found, Span(a, b), draw(words)


def _crosses(span, run):
    inside = run.start <= span.start and span.stop <= run.stop
    return not inside and span.start < run.stop and run.start < span.stop


@given(cases())
def test_the_corrected_text_tiles_the_old_one(case):
    content, found, _, _ = case
    pieces = stretches(content, found)
    assert "".join(piece.span.of(content) for piece in pieces) == content
    assert all(piece.text == piece.span.of(content) for piece in pieces if not piece.by)


@given(cases())
def test_after_an_edit_the_run_reads_as_it_was_written(case):
    content, found, within, text = case
    now, _ = edited(found, text, content, within)
    assert not clashes(now)
    assert corrected(stretches(content, now, within)) == text


@given(cases())
def test_an_edit_that_says_what_is_there_changes_nothing(case):
    content, found, within, _ = case
    text = corrected(stretches(content, found, within))
    assert reworded(content, found, within, text) == ([], set())
