"""Chinese lists and their members."""

import pytest

from workbench.detect.series import series
from workbench.domain.text import Span


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("加强政治、经贸和人文交流。", ["加强政治", "经贸", "人文交流"]),
        ("贸易和投资、能源、农业以及科技合作", ["贸易和投资", "能源", "农业", "科技合作"]),
        ("会见总统、总理、议长，", ["会见总统", "总理", "议长"]),
    ],
)
def test_marks_and_the_last_word_join_members(text, members):
    (found,) = series(text)
    assert [member.of(text) for member in found.members] == members
    assert found.opening == ""


def test_clauses_that_begin_alike_are_a_list():
    text = "双方共商大计，共建家园，共享成果。共有三份文件。"
    (found,) = series("共商大计，共建家园，共享成果。共有三份文件。")
    assert (found.opening, len(found.members)) == ("共", 3)
    assert list(series(text)) == [], "the first clause begins with another word"


@pytest.mark.parametrize(
    "text", ["", "中国、塞尔维亚。", "和平与发展。", "，，，", "他来了，他走了。", "、、、"]
)
def test_two_members_are_no_list(text):
    assert list(series(text)) == []


def test_a_span_touches_the_members_it_overlaps():
    (found,) = series("会见总统、总理、议长。")
    assert found.touched(Span(2, 4)) == 1
    assert found.touched(Span(5, 10)) == 2
    assert found.touched(Span(10, 11)) == 0
