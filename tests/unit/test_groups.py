"""Paragraph groups: every row in exactly one, in order, and the same when made step by step."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.beads import ReviewBead, Rows
from workbench.domain.text import Role, Segmentation, Span
from workbench.services.groups import Grouping

KINDS = [(1, 1), (1, 0), (0, 1), (2, 1), (1, 2)]


def made(kinds, src_breaks, tgt_breaks):
    """Rows of sentences one character long, with paragraphs that end where `breaks` say."""
    beads, i, j = [], 0, 0
    for number, (a, b) in enumerate(kinds):
        beads.append(ReviewBead(str(number), Span(i, i + a), Span(j, j + b)))
        i, j = i + a, j + b
    divisions = {"src": division(i, src_breaks), "tgt": division(j, tgt_breaks)}
    ends = [tuple(range(1, size + 1)) for size in (i, j)]
    return Rows(tuple(beads), *ends), divisions


def division(size, breaks):
    stops = sorted({stop for stop in breaks if 0 < stop < size} | ({size} if size else set()))
    paragraphs = tuple(Span(a, b) for a, b in zip([0, *stops], stops, strict=False))
    sentences = tuple(Span(n, n + 1) for n in range(size))
    return Segmentation(paragraphs, sentences, (Role.BODY,) * len(paragraphs))


breaks = st.sets(st.integers(1, 30), max_size=12)


@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=20), breaks, breaks)
def test_groups_hold_every_row_once_and_in_order(kinds, src_breaks, tgt_breaks):
    rows, divisions = made(kinds, src_breaks, tgt_breaks)
    groups = Grouping().groups(rows, divisions)
    assert [id_ for group in groups for id_ in group.rows] == [bead.id for bead in rows.beads]


@given(st.lists(st.sampled_from(KINDS), min_size=2, max_size=20), breaks, breaks)
def test_paired_rows_that_share_a_paragraph_share_a_group(kinds, src_breaks, tgt_breaks):
    rows, divisions = made(kinds, src_breaks, tgt_breaks)
    group_of = {id_: n for n, g in enumerate(Grouping().groups(rows, divisions)) for id_ in g.rows}
    number = {side: d.paragraph_numbers() for side, d in divisions.items()}
    pairs = [b for b in rows.beads if not b.is_null]
    for a, b in pairwise(pairs):
        if number["src"][a.src.stop - 1] == number["src"][b.src.start]:
            assert group_of[a.id] == group_of[b.id]
        if number["tgt"][a.tgt.stop - 1] == number["tgt"][b.tgt.start]:
            assert group_of[a.id] == group_of[b.id]


@given(
    st.lists(st.sampled_from(KINDS), min_size=2, max_size=20),
    breaks,
    breaks,
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 4)), min_size=1, max_size=6),
)
def test_what_was_grouped_before_makes_no_difference(kinds, src_breaks, tgt_breaks, merges):
    rows, divisions = made(kinds, src_breaks, tgt_breaks)
    roles = {
        side: tuple(Role.COMMENTARY if n % 3 else Role.BODY for n, _ in enumerate(one.paragraphs))
        for side, one in divisions.items()
    }
    divisions = {side: replace(one, roles=roles[side]) for side, one in divisions.items()}
    grouping = Grouping()
    assert grouping.groups(rows, divisions) == Grouping().groups(rows, divisions)
    for at, size in merges:
        rows = merged(rows, at % len(rows.beads), size)
        assert grouping.groups(rows, divisions) == Grouping().groups(rows, divisions)


def merged(rows, at, size):
    """Rows of which some were made one; taken apart by side if it was one alone."""
    old = rows.beads[at : at + size]
    src = Span(old[0].src.start, old[-1].src.stop)
    tgt = Span(old[0].tgt.start, old[-1].tgt.stop)
    new = [ReviewBead(f"{old[0].id}+", src, tgt)]
    if len(old) == 1 and not old[0].is_null:
        above = Span(tgt.start, tgt.start)
        new = [
            ReviewBead(f"{old[0].id}<", src, above),
            ReviewBead(f"{old[0].id}>", Span(src.stop, src.stop), tgt),
        ]
    return replace(rows, beads=(*rows.beads[:at], *new, *rows.beads[at + size :]))
