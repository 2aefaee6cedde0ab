"""Edits of the pairing keep both texts tiled and touch nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.domain import beads as edits
from workbench.domain.beads import ReviewBead, Rows, in_order
from workbench.domain.operations import Operation, State, apply, inverse
from workbench.domain.text import Span
from workbench.errors import UsageError

SIZE = 10  # characters of each sentence in these tests


def make_rows(kinds: str) -> Rows:
    """Rows from kinds such as "1-1 2-1 0-1", each sentence SIZE characters long."""
    beads, at = [], [0, 0]
    for number, kind in enumerate(kinds.split()):
        sizes = [int(n) * SIZE for n in kind.split("-")]
        spans = [Span(a, a + size) for a, size in zip(at, sizes, strict=True)]
        beads.append(ReviewBead(f"b{number}", *spans, probability=0.9))
        at = [span.stop for span in spans]
    ends = [tuple(range(SIZE, stop + 1, SIZE)) for stop in at]
    return Rows(tuple(beads), *ends)


def after(rows: Rows, changes) -> Rows:
    values = {("beads", bead.id): bead.to_json() for bead in rows.beads}
    state = apply(State(values=values), Operation("o", "edit", "Lin", "t", tuple(changes)))
    found = [ReviewBead.from_json(k, v) for k, v in state.collection("beads").items()]
    result = Rows(in_order(found), rows.src_ends, rows.tgt_ends)
    edits.check(result)
    return result


def kinds(rows: Rows) -> str:
    return " ".join(f"{len(b.src) // SIZE}-{len(b.tgt) // SIZE}" for b in rows.beads)


@pytest.mark.parametrize(
    ("before", "row", "expected"),
    [("1-1 1-1 1-1", "b0", "2-2 1-1"), ("1-1 0-1", "b0", "1-2"), ("1-0 0-1", "b0", "1-1")],
)
def test_merge_joins_a_row_with_the_next(before, row, expected):
    rows = make_rows(before)
    assert kinds(after(rows, edits.merge(rows, row))) == expected


def test_merge_of_the_last_row_says_so():
    rows = make_rows("1-1 1-1")
    with pytest.raises(UsageError, match="last row"):
        edits.merge(rows, "b1")


@pytest.mark.parametrize(
    ("before", "side", "offset", "expected"),
    [
        ("1-2", "tgt", 9, "1-1 0-1"),
        ("2-1", "src", 11, "1-1 1-0"),
        ("2-2", "src", 10, "1-1 1-1"),
        ("3-3", "tgt", 21, "2-2 1-1"),
        ("2-4", "src", 10, "1-2 1-2"),
        ("1-3", "tgt", 19, "1-2 0-1"),
    ],
)
def test_split_cuts_both_sides_in_proportion(before, side, offset, expected):
    rows = make_rows(before)
    assert kinds(after(rows, edits.split(rows, "b0", side, offset))) == expected


def test_split_of_a_single_sentence_says_so():
    rows = make_rows("1-2")
    with pytest.raises(UsageError, match="single sentence"):
        edits.split(rows, "b0", "src", 3)


@pytest.mark.parametrize(
    ("before", "row", "side", "up", "expected"),
    [
        ("1-1 1-2", "b1", "tgt", True, "1-2 1-1"),
        ("1-2 1-1", "b0", "tgt", False, "1-1 1-2"),
        ("1-1 0-1 1-1", "b1", "tgt", True, "1-2 1-1"),
        ("2-1 1-1", "b0", "src", False, "1-1 2-1"),
        ("1-1 1-1", "b1", "src", True, "2-1 0-1"),
    ],
)
def test_move_gives_a_sentence_to_the_neighbour(before, row, side, up, expected):
    rows = make_rows(before)
    assert kinds(after(rows, edits.move(rows, row, side, up))) == expected


def test_move_beyond_the_ends_says_so():
    rows = make_rows("1-1")
    with pytest.raises(UsageError, match="no row above"):
        edits.move(rows, "b0", "src", True)


def test_unpair_puts_the_source_first():
    rows = make_rows("1-1 2-1")
    assert kinds(after(rows, edits.unpair(rows, "b1"))) == "1-1 2-0 0-1"


@pytest.mark.parametrize(
    ("before", "one", "other", "expected"),
    [
        ("1-0 0-1", "b0", "b1", "1-1"),
        ("1-0 1-0 0-1 0-1", "b1", "b2", "1-0 1-1 0-1"),
        ("1-0 1-0 0-1 0-1", "b0", "b3", "0-1 1-1 1-0"),
        ("1-0 1-0 0-1 0-1", "b3", "b0", "0-1 1-1 1-0"),
        ("0-1 1-0 1-1", "b0", "b1", "1-1 1-1"),
    ],
)
def test_pair_joins_two_lone_rows(before, one, other, expected):
    rows = make_rows(before)
    assert kinds(after(rows, edits.pair(rows, one, other))) == expected


def test_pair_across_a_paired_row_names_it():
    rows = make_rows("1-0 1-1 0-1")
    with pytest.raises(UsageError, match="Row 2 between"):
        edits.pair(rows, "b0", "b2")


def test_rows_with_a_paired_row_between_them_are_apart():
    rows = make_rows("1-0 1-1 0-1 1-0")
    assert edits.is_apart(rows, "b0", "b2")
    assert not edits.is_apart(rows, "b2", "b3")
    assert not edits.is_apart(rows, "b0", "b3"), "both are source only"


def test_swap_exchanges_two_rows_of_one_side_each():
    rows = make_rows("1-1 1-0 0-1 1-1")
    result = after(rows, edits.swap(rows, "b1")).beads
    assert [b.is_null for b in result] == [False, True, True, False]
    assert (len(result[1].src), len(result[1].tgt)) == (0, 10)
    assert (len(result[2].src), len(result[2].tgt)) == (10, 0)


@pytest.mark.parametrize("kinds", ["1-1 1-0", "1-0 1-0", "1-1 1-1"])
def test_swap_needs_one_row_of_each_side(kinds):
    with pytest.raises(UsageError, match="change places"):
        edits.swap(make_rows(kinds), "b0")


def test_a_row_that_ends_inside_a_sentence_is_found():
    rows = make_rows("1-1 2-1 1-1")
    assert edits.cut_through(rows) is None
    joined = replace(rows, src_ends=(20, 30, 40))
    assert edits.cut_through(joined) is rows.beads[0]


def test_pair_needs_one_row_of_each_side():
    rows = make_rows("1-0 1-0")
    with pytest.raises(UsageError, match="only the source"):
        edits.pair(rows, "b0", "b1")


def test_confirm_keeps_the_pairing_and_its_probability():
    rows = make_rows("1-1 1-1")
    result = after(rows, edits.confirm(rows, ["b1"], True))
    assert [bead.confirmed for bead in result.beads] == [False, True]
    assert result.beads[1].probability == 0.9


def test_an_edit_names_only_the_rows_it_touches():
    rows = make_rows("1-1 1-1 1-1 1-1")
    assert {change.id for change in edits.merge(rows, "b1") if change.before} == {"b1", "b2"}


KINDS = st.lists(
    st.sampled_from(["1-1", "1-2", "2-1", "1-0", "0-1", "2-2"]), min_size=1, max_size=8
)
EDITS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 99), st.integers(0, 99)), max_size=8)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(KINDS, EDITS)
def test_any_sequence_of_edits_tiles_and_can_be_taken_back(some_kinds, sequence):
    start = make_rows(" ".join(some_kinds))
    values = {("beads", bead.id): bead.to_json() for bead in start.beads}
    state, done = State(values=values), []
    for kind, row, place in sequence:
        found = [ReviewBead.from_json(k, v) for k, v in state.collection("beads").items()]
        rows = Rows(in_order(found), start.src_ends, start.tgt_ends)
        bead = rows.beads[row % len(rows.beads)].id
        other = rows.beads[place % len(rows.beads)].id
        calls = [
            lambda: edits.merge(rows, bead),  # noqa: B023
            lambda: edits.split(rows, bead, "src", place),  # noqa: B023
            lambda: edits.split(rows, bead, "tgt", place),  # noqa: B023
            lambda: edits.move(rows, bead, "src", place % 2 == 0),  # noqa: B023
            lambda: edits.move(rows, bead, "tgt", place % 2 == 0),  # noqa: B023
            lambda: edits.unpair(rows, bead),  # noqa: B023
            lambda: edits.pair(rows, bead, other),  # noqa: B023
        ]
        try:
            changes = calls[kind]()
        except UsageError:
            continue
        operation = Operation(str(len(done)), "edit", "Lin", "t", changes)
        state = apply(state, operation)
        done.append(operation)
        found = [ReviewBead.from_json(k, v) for k, v in state.collection("beads").items()]
        edits.check(Rows(in_order(found), start.src_ends, start.tgt_ends))
    for operation in reversed(done):
        state = apply(state, inverse(operation, kind="undo", made_at="t", id="u"))
    assert dict(state.values) == values
