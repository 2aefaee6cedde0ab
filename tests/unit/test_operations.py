"""The log of operations: applying, conflicts, undo and redo."""

import pytest

from workbench.domain.operations import (
    Change,
    Operation,
    State,
    apply,
    apply_all,
    check_seen,
    inverse,
    undoable,
)
from workbench.errors import Conflict


def operation(id, *changes, author="Lin", kind="edit", seq=1, undoes=""):  # noqa: A002
    return Operation(id, kind, author, "2026-01-02T03:04:05.000Z", changes, undoes=undoes, seq=seq)


def test_apply_sets_values_and_remembers_who_set_them():
    state = apply(State(), operation("1", Change("beads", "a", None, {"n": 1}), seq=7))
    assert state.get("beads", "a") == {"n": 1}
    assert state.seq == 7
    assert state.touched[("beads", "a")].author == "Lin"


def test_apply_refuses_a_change_whose_value_is_not_what_its_author_saw():
    state = apply(State(), operation("1", Change("beads", "a", None, 1), author="Mei"))
    with pytest.raises(Conflict, match=r"Mei changed this first"):
        apply(state, operation("2", Change("beads", "a", 2, 3)))
    assert state.get("beads", "a") == 1


def test_a_refused_operation_changes_none_of_its_keys():
    state = apply(State(), operation("1", Change("beads", "a", None, 1)))
    both = operation("2", Change("beads", "b", None, 5), Change("beads", "a", 9, 3))
    with pytest.raises(Conflict):
        apply(state, both)
    assert state.get("beads", "b") is None


def test_two_people_on_different_rows_do_not_disturb_each_other():
    state = apply_all(
        State(),
        [
            operation("1", Change("beads", "a", None, 1), author="Lin", seq=1),
            operation("2", Change("beads", "b", None, 2), author="Mei", seq=2),
        ],
    )
    assert state.collection("beads") == {"a": 1, "b": 2}


def test_undo_is_the_inverse_and_redo_brings_it_back():
    edit = operation("1", Change("beads", "a", None, 1))
    after = apply(State(), edit)
    undo = inverse(edit, kind="undo", made_at="t", id="2")
    undone = apply(after, undo)
    assert undone.get("beads", "a") is None
    redone = apply(undone, inverse(edit, kind="redo", made_at="t", id="3"))
    assert redone.get("beads", "a") == 1


def test_undo_is_refused_by_name_when_somebody_built_on_it():
    first = operation("1", Change("beads", "a", None, 1), author="Lin", seq=1)
    second = operation("2", Change("beads", "a", 1, 2), author="Mei", seq=2)
    state = apply_all(State(), [first, second])
    with pytest.raises(Conflict, match="Mei"):
        apply(state, inverse(first, kind="undo", made_at="t", id="3"))


def test_undoable_follows_the_log_of_one_author_only():
    log = [
        operation("1", author="Lin"),
        operation("2", author="Mei"),
        operation("3", author="Lin"),
        operation("4", author="Lin", kind="undo", undoes="3"),
    ]
    undo, redo = undoable(log, "Lin")
    assert [o.id for o in undo] == ["1"]
    assert [o.id for o in redo] == ["3"]


def test_a_new_edit_ends_what_could_be_redone():
    log = [operation("1"), operation("2", kind="undo", undoes="1"), operation("3")]
    undo, redo = undoable(log, "Lin")
    assert [o.id for o in undo] == ["3"]
    assert redo == []


def test_undo_redo_undo_walks_the_same_edit():
    log = [
        operation("1"),
        operation("2", kind="undo", undoes="1"),
        operation("3", kind="redo", undoes="1"),
        operation("4", kind="undo", undoes="1"),
    ]
    assert undoable(log, "Lin") == ([], [log[0]])


def test_an_imported_file_is_nobodys_to_undo():
    assert undoable([operation("1", kind="import")], "Lin") == ([], [])


def test_check_seen_refuses_what_changed_after_the_author_looked():
    state = apply(State(), operation("1", Change("beads", "a", None, 1), author="Mei", seq=9))
    check_seen(state, [("beads", "a")], seen=9)
    with pytest.raises(Conflict, match="Mei"):
        check_seen(state, [("beads", "a")], seen=8)


def test_check_seen_refuses_what_is_gone():
    with pytest.raises(Conflict, match="not there any more"):
        check_seen(State(), [("beads", "gone")], seen=0)
