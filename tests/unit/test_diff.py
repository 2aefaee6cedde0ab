"""Two wordings word by word: nothing is lost on either side."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.diff import around, word_diff

texts = st.text(alphabet="ab cd,.中文 ’\n", max_size=40)


@given(texts, texts)
def test_both_wordings_are_in_the_pieces(old, new):
    pieces = word_diff(old, new)
    assert "".join(p.text for p in pieces if p.kind != "new") == old
    assert "".join(p.text for p in pieces if p.kind != "old") == new


def test_words_differ_as_wholes():
    pieces = word_diff("century-old changes unseen", "changes unseen in a century")
    kept = [piece.text for piece in pieces if piece.kind == "same"]
    assert "changes unseen" in "".join(kept)
    assert all("centur" not in piece.text or piece.kind != "same" for piece in pieces)


def test_a_blank_between_two_changes_is_part_of_them():
    pieces = word_diff("On the return journey,", "On the way back,")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "On the "),
        ("old", "return journey"),
        ("new", "way back"),
        ("same", ","),
    ]


def test_chinese_differs_by_character():
    assert [(p.kind, p.text) for p in word_diff("百年变局", "百年大变局")] == [
        ("same", "百年"),
        ("new", "大"),
        ("same", "变局"),
    ]


def test_a_number_is_one_word():
    pieces = word_diff("US$3.72 billion", "US$37.2 billion")
    assert [(p.kind, p.text) for p in pieces if p.kind != "same"] == [
        ("old", "3.72"),
        ("new", "37.2"),
    ]


def test_only_the_words_next_to_a_change_are_shown():
    old = "one two three four five six seven many eight nine ten"
    pieces = around(word_diff(old, old.replace("many", "few")), 2)
    assert "".join(p.text for p in pieces) == "… six seven manyfew eight nine …"
    assert around(word_diff("a b", "a c"), 2) == word_diff("a b", "a c")
