"""Tiling, and paragraph groups that follow from sentence beads."""

import pytest

from workbench.domain.alignment import Alignment, Bead, paragraph_groups
from workbench.domain.text import Span
from workbench.errors import InvalidAlignment


def bead(a, b, c, d):
    return Bead(Span(a, b), Span(c, d))


@pytest.mark.parametrize(
    "beads",
    [
        (bead(0, 1, 0, 1), bead(2, 3, 1, 2)),
        (bead(0, 2, 0, 1), bead(1, 3, 1, 2)),
        (bead(0, 1, 0, 1),),
        (bead(0, 3, 0, 2), bead(3, 3, 2, 2)),
    ],
)
def test_beads_that_do_not_tile_are_refused(beads):
    with pytest.raises(InvalidAlignment):
        Alignment(beads, 3, 2, "s")


def kinds(beads, src, tgt):
    return " ".join(group.kind for group in paragraph_groups(beads, src, tgt))


def test_paragraphs_pair_as_their_sentences_do():
    beads = [bead(0, 1, 0, 1), bead(1, 2, 1, 3), bead(2, 3, 3, 4)]
    assert kinds(beads, (0, 0, 1), (0, 0, 0, 1)) == "1-1 1-1"


def test_a_paragraph_without_any_counterpart_stays_alone_where_it_is():
    beads = [bead(0, 0, 0, 1), bead(0, 0, 1, 2), bead(0, 1, 2, 3), bead(1, 2, 3, 3)]
    assert kinds(beads, (0, 1), (0, 1, 2)) == "0-1 0-1 1-1 1-0"


def test_one_paragraph_split_in_two_is_one_group():
    beads = [bead(0, 1, 0, 1), bead(1, 2, 1, 2)]
    assert kinds(beads, (0, 0), (0, 1)) == "1-2"


def test_a_bead_across_a_paragraph_end_joins_both():
    beads = [bead(0, 2, 0, 1), bead(2, 3, 1, 2)]
    assert kinds(beads, (0, 1, 1), (0, 1)) == "2-2"


def test_an_unpaired_sentence_stays_in_its_paragraph():
    beads = [bead(0, 1, 0, 1), bead(1, 2, 1, 1), bead(2, 3, 1, 2)]
    assert kinds(beads, (0, 0, 0), (0, 0)) == "1-1"


def test_nothing_paired_gives_every_paragraph_alone():
    beads = [bead(0, 2, 0, 0), bead(2, 2, 0, 2)]
    assert kinds(beads, (0, 1), (0, 0)) == "1-0 1-0 0-1"
