"""Common rows of several versions: they tile every text, hold whole beads, and are smallest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.domain.alignment import Bead, check_tiling
from workbench.domain.text import Span
from workbench.domain.versions import between, common_rows
from workbench.errors import InvalidAlignment


def beads_of(kinds):
    """Beads from kinds such as "1-1 2-1 0-1"."""
    beads, i, j = [], 0, 0
    for kind in kinds.split():
        a, b = map(int, kind.split("-"))
        beads.append(Bead(Span(i, i + a), Span(j, j + b)))
        i, j = i + a, j + b
    return beads


def shapes(rows):
    return " ".join("-".join(str(len(span)) for span in (row.src, *row.versions)) for row in rows)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("1-1 1-1", "1-1 1-1", "1-1-1 1-1-1"),
        ("2-1 1-1", "1-1 1-2 1-1", "2-1-3 1-1-1"),
        ("2-1 2-1", "1-1 2-1 1-1", "4-2-3"),
        ("1-0 1-1", "1-1 1-1", "1-0-1 1-1-1"),
        ("0-1 1-1", "1-1 0-2", "0-1-0 1-1-1 0-0-2"),
        ("1-1 0-1 1-1", "2-1", "2-3-1"),
        ("1-1 0-1 1-1", "1-1 0-1 1-1", "1-1-1 0-1-0 0-0-1 1-1-1"),
        ("0-1 0-1 1-1", "0-1 1-1", "0-1-0 0-1-0 0-0-1 1-1-1"),
        ("1-1 1-0", "1-0 1-1", "1-1-0 1-0-1"),
        ("1-0", "1-0", "1-0-0"),
    ],
)
def test_rows_are_the_smallest_unions_of_beads(first, second, expected):
    assert shapes(common_rows([beads_of(first), beads_of(second)])) == expected


def test_versions_of_different_sources_have_no_rows_in_common():
    with pytest.raises(InvalidAlignment, match="same source"):
        common_rows([beads_of("1-1"), beads_of("2-1")])


@st.composite
def alignments(draw):
    """Alignments of two to four versions with one source."""
    size = draw(st.integers(1, 12))
    return [draw(_alignment(size)) for _ in range(draw(st.integers(2, 4)))]


@st.composite
def _alignment(draw, size):
    beads, i, j = [], 0, 0
    while True:
        for _ in range(draw(st.integers(0, 2))):
            beads.append(Bead(Span(i, i), Span(j, j + 1)))
            j += 1
        if i == size:
            return beads
        a, b = draw(st.integers(1, min(3, size - i))), draw(st.integers(0, 3))
        beads.append(Bead(Span(i, i + a), Span(j, j + b)))
        i, j = i + a, j + b


@given(alignments())
def test_common_rows_tile_every_text(versions):
    rows = common_rows(versions)
    for number, beads in enumerate(versions):
        ours = [Bead(row.src, row.versions[number]) for row in rows]
        kept = [bead for bead in ours if len(bead.src) or len(bead.tgt)]
        check_tiling(kept, beads[-1].src.stop, beads[-1].tgt.stop)
    assert all(len(row.src) or any(map(len, row.versions)) for row in rows)


@given(alignments())
def test_common_rows_are_unions_of_whole_beads(versions):
    for number, beads in enumerate(versions):
        seen = []
        for row in common_rows(versions):
            run = row.beads[number]
            seen += range(run.start, run.stop)
            for bead in beads[run.start : run.stop]:
                assert row.src.start <= bead.src.start <= bead.src.stop <= row.src.stop
                span = row.versions[number]
                assert span.start <= bead.tgt.start <= bead.tgt.stop <= span.stop
        assert seen == list(range(len(beads)))


@given(alignments())
def test_no_common_row_could_be_divided(versions):
    for row in common_rows(versions):
        inner = [
            {bead.src.stop for bead in beads[run.start : run.stop]}
            for beads, run in zip(versions, row.beads, strict=True)
            if len(run)
        ]
        assert not {end for end in set.intersection(*inner) if row.src.start < end < row.src.stop}


@given(st.integers(1, 12).flatmap(_alignment))
def test_a_version_beside_itself_has_its_own_beads(beads):
    rows = common_rows([beads, beads])
    assert [row.src for row in rows if len(row.src)] == [b.src for b in beads if len(b.src)]
    assert all(len(run) <= 1 for row in rows for run in row.beads)


@given(alignments())
def test_two_versions_are_aligned_through_the_source(versions):
    beads = between(common_rows(versions))
    check_tiling(beads, versions[0][-1].tgt.stop, versions[1][-1].tgt.stop)
