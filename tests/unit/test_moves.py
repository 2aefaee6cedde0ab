"""Rows set apart for passages that were moved."""

import pytest

from workbench.domain.alignment import check_tiling, without_end
from workbench.domain.beads import ReviewBead
from workbench.domain.moves import set_apart
from workbench.domain.text import Span

BEADS = (
    ReviewBead("a", Span(0, 10), Span(0, 5), probability=0.9),
    ReviewBead("b", Span(10, 20), Span(5, 5), probability=0.7),
    ReviewBead("c", Span(20, 20), Span(5, 9), probability=0.6),
    ReviewBead("d", Span(20, 30), Span(9, 9), probability=0.8),
    ReviewBead("e", Span(30, 50), Span(9, 12), probability=0.5),
)


def places(beads):
    return [((b.src.start, b.src.stop), (b.tgt.start, b.tgt.stop)) for b in beads]


@pytest.mark.parametrize(
    ("side", "words", "expected"),
    [
        ("src", Span(10, 20), places(BEADS)),
        ("src", Span(10, 30), [((0, 10), (0, 5)), ((10, 10), (5, 9)), ((10, 30), (9, 9)),
                               ((30, 50), (9, 12))]),
        ("src", Span(30, 40), [*places(BEADS[:4]), ((30, 40), (9, 9)), ((40, 50), (9, 12))]),
        ("src", Span(40, 50), [*places(BEADS[:4]), ((30, 40), (9, 12)), ((40, 50), (12, 12))]),
        ("tgt", Span(9, 11), [*places(BEADS[:4]), ((30, 30), (9, 11)), ((30, 50), (11, 12))]),
    ],
)  # fmt: skip
def test_words_get_a_row_of_their_own(side, words, expected):
    found = set_apart(BEADS, side, words)
    assert places(found) == expected
    check_tiling(found, 50, 12)
    assert all(bead.probability is not None for bead in found), "nobody made these rows"


def test_joined_rows_are_as_doubtful_as_the_most_doubtful():
    joined = set_apart(BEADS, "src", Span(10, 30))[2]
    assert joined.probability == 0.7
    assert joined.is_null


def test_the_two_parts_of_a_row_are_in_order():
    assert without_end(BEADS[4], "src", Span(30, 35)) == [
        (Span(30, 35), Span(9, 9)),
        (Span(35, 50), Span(9, 12)),
    ]
