"""Edits of a bitext through the one service that all of them take."""

import pytest

from tests.support import SAMPLE, edit, flag_on, plant_flags, rows_of
from workbench.domain.operations import new_id
from workbench.domain.reading import segmentation
from workbench.errors import Conflict, UnknownName, UsageError
from workbench.services import review
from workbench.services.page import review_view
from workbench.storage import repository


def paired(ws, n=0):
    """The n-th row that has both sides, with its place."""
    found = [(i, row) for i, row in enumerate(rows_of(ws)) if not row.is_null]
    return found[n]


def notes_of(ws):
    return ws.state(SAMPLE).collection("annotations")


def log_of(ws):
    with ws.db.read() as session:
        return repository.operations(session, SAMPLE)


COMMENT = {"kind": "comment", "src": [40, 44], "tgt": [2100, 2110], "note": "Why so?"}


def both_sides(row):
    return [(row.src.start, row.src.stop), (row.tgt.start, row.tgt.stop)]


def test_merge_joins_a_row_with_the_next(ws):
    n, row = paired(ws, 5)
    following = rows_of(ws)[n + 1]
    edit(ws, "merge", row=row.id)
    merged = rows_of(ws)[n]
    assert merged.src.start == row.src.start
    assert merged.src.stop == following.src.stop
    assert merged.tgt.stop == following.tgt.stop
    assert merged.probability is None, "a person's pairing has no machine's score"


def test_split_takes_a_merged_row_apart_where_it_was_joined(ws):
    n, row = paired(ws, 5)
    before = [both_sides(r) for r in rows_of(ws)]
    edit(ws, "merge", row=row.id)
    edit(ws, "split", row=rows_of(ws)[n].id, side="src", offset=row.src.stop)
    assert [both_sides(r) for r in rows_of(ws)] == before


def test_a_row_of_one_sentence_is_not_split(ws):
    _, row = paired(ws)
    with pytest.raises(UsageError, match="single sentence"):
        edit(ws, "split", row=row.id, side="src", offset=row.src.start)


def test_move_gives_a_sentence_to_the_neighbour(ws):
    n, row = paired(ws, 5)
    edit(ws, "merge", row=row.id)
    merged = rows_of(ws)[n]
    edit(ws, "move", row=merged.id, side="tgt", up=False)
    assert rows_of(ws)[n].tgt.stop == rows_of(ws)[n + 1].tgt.start < merged.tgt.stop
    assert rows_of(ws)[n].src == merged.src


def test_unpair_and_pair_bring_a_row_back(ws):
    n, row = paired(ws, 3)
    edit(ws, "unpair", row=row.id)
    source, target = rows_of(ws)[n : n + 2]
    assert (source.src, len(source.tgt)) == (row.src, 0)
    assert (len(target.src), target.tgt) == (0, row.tgt)
    edit(ws, "pair", row=target.id, other=source.id)
    assert both_sides(rows_of(ws)[n]) == both_sides(row)


def test_confirm_and_confirm_above(ws):
    rows = rows_of(ws)
    edit(ws, "confirm", rows=[rows[7].id, rows[9].id], confirmed=True)
    assert [i for i, r in enumerate(rows_of(ws)) if r.confirmed] == [7, 9]
    edit(ws, "confirm", rows=[rows[9].id], confirmed=False)
    edit(ws, "confirm-above", row=rows[3].id)
    assert [i for i, r in enumerate(rows_of(ws)) if r.confirmed] == [0, 1, 2, 3, 7]


def test_a_role_changes_what_the_page_shows(ws):
    edit(ws, "role", side="tgt", paragraph=0, role="body")
    state = ws.state(SAMPLE)
    assert str(segmentation(state, "tgt").roles[0]) == "body"
    with pytest.raises(UsageError, match="no paragraph 1000"):
        edit(ws, "role", side="tgt", paragraph=999, role="body")
    with pytest.raises(UsageError, match="can't be read"):
        edit(ws, "role", side="tgt", paragraph=0, role="poem")


def test_an_annotation_is_written_changed_and_removed(ws):
    edit(ws, "annotate", id="", annotation=COMMENT)
    (id_,) = notes_of(ws)
    ws_note = COMMENT | {"note": "Settled: official wording."}
    review.perform(
        ws,
        SAMPLE,
        "annotate",
        {"id": id_, "annotation": ws_note},
        author="Lin",
        seen=ws.state(SAMPLE).seq,
        operation_id=new_id(),
    )
    assert notes_of(ws) == {id_: ws_note}
    review.perform(
        ws,
        SAMPLE,
        "remove-annotation",
        {"id": id_},
        author="Lin",
        seen=ws.state(SAMPLE).seq,
        operation_id=new_id(),
    )
    assert notes_of(ws) == {}
    edit(ws, "undo")
    assert notes_of(ws) == {id_: ws_note}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (COMMENT | {"src": [0, 10**9]}, "not in the text"),
        (COMMENT | {"src": [5, 5]}, "holds no characters"),
        (COMMENT | {"src": [-3, 5]}, "holds no characters"),
        (COMMENT | {"src": None, "tgt": None}, "select some"),
        (COMMENT | {"note": " \n"}, "comment is empty"),
        (COMMENT | {"note": "x" * 20_001}, "at most 20,000"),
        (COMMENT | {"note": "half \ud83d"}, "half a character"),
        ({"kind": "error", "src": [1, 2]}, "Choose a category"),
        ({"kind": "error", "src": [1, 2], "category": "other"}, "Choose a severity"),
        ({"kind": "poem", "src": [1, 2]}, "no annotation kind"),
        ([1, 2], "can't be read"),
        ("words", "can't be read"),
    ],
)
def test_an_annotation_that_makes_no_sense_is_refused(ws, reopen, value, message):
    with pytest.raises(UsageError, match=message):
        edit(ws, "annotate", annotation=value)
    assert notes_of(ws) == {}
    assert reopen(ws).differences == {}


@pytest.mark.parametrize(
    ("kind", "args"),
    [
        ("merge", {}),
        ("merge", {"row": "not there"}),
        ("split", {"row": "?", "side": "left", "offset": 3}),
        ("confirm", {"rows": 7, "confirmed": True}),
        ("move", {"side": "src", "up": True}),
        ("remove-annotation", {}),
        ("decide", {}),
        ("explode", {}),
    ],
)
def test_an_edit_that_makes_no_sense_changes_nothing(ws, kind, args):
    before = log_of(ws)
    with pytest.raises((UsageError, Conflict)):
        edit(ws, kind, **args)
    assert log_of(ws) == before


def test_no_such_bitext(ws):
    with pytest.raises(UnknownName, match="no bitext named 'x'"):
        review.perform(ws, "x", "merge", {}, author="Lin", seen=0, operation_id=new_id())


# -- the log ---------------------------------------------------------------------------------


def test_the_same_operation_sent_twice_is_done_once(ws):
    _, row = paired(ws, 2)
    id_ = new_id()
    seq = edit(ws, "merge", id=id_, row=row.id)
    rows = rows_of(ws)
    assert edit(ws, "merge", id=id_, row=row.id) == seq
    assert rows_of(ws) == rows


def test_an_edit_that_changes_nothing_leaves_no_trace(ws):
    _, row = paired(ws)
    edit(ws, "confirm", rows=[row.id], confirmed=True)
    before = log_of(ws)
    edit(ws, "confirm", rows=[row.id], confirmed=True)
    assert log_of(ws) == before


def test_undo_and_redo_walk_back_and_forth_also_after_a_new_start(ws, reopen):
    stages = [rows_of(ws)]
    for n in (40, 30, 20):
        edit(ws, "merge", row=rows_of(ws)[n].id)
        stages.append(rows_of(ws))
    edit(ws, "undo")
    assert rows_of(ws) == stages[2]
    again = reopen(ws)
    edit(again, "undo")
    assert rows_of(again) == stages[1]
    edit(again, "redo")
    edit(again, "redo")
    assert rows_of(again) == stages[3]
    with pytest.raises(UsageError, match="nothing of yours to redo"):
        edit(again, "redo")
    for stage in (2, 1, 0):
        edit(again, "undo")
        assert rows_of(again) == stages[stage]
    with pytest.raises(UsageError, match="nothing of yours to undo"):
        edit(again, "undo")


def test_a_new_edit_ends_what_could_be_redone(ws):
    edit(ws, "merge", row=rows_of(ws)[20].id)
    edit(ws, "undo")
    edit(ws, "merge", row=rows_of(ws)[30].id)
    with pytest.raises(UsageError, match="redo"):
        edit(ws, "redo")


def test_everyone_undoes_their_own(ws):
    rows = rows_of(ws)
    edit(ws, "confirm", author="Lin", rows=[rows[5].id], confirmed=True)
    edit(ws, "confirm", author="Mei", rows=[rows[6].id], confirmed=True)
    edit(ws, "undo", author="Lin")
    assert [i for i, r in enumerate(rows_of(ws)) if r.confirmed] == [6]
    with pytest.raises(UsageError):
        edit(ws, "undo", author="Wu")


def test_an_undo_that_somebody_built_on_is_refused_with_their_name(ws):
    n, row = paired(ws, 4)
    edit(ws, "merge", author="Lin", row=row.id)
    edit(ws, "confirm", author="Mei", rows=[rows_of(ws)[n].id], confirmed=True)
    before = rows_of(ws)
    with pytest.raises(Conflict, match="Mei changed this first"):
        edit(ws, "undo", author="Lin")
    assert rows_of(ws) == before
    edit(ws, "undo", author="Mei")
    edit(ws, "undo", author="Lin")
    assert rows_of(ws)[n].id == row.id


# -- two people ------------------------------------------------------------------------------


def test_a_second_author_on_the_same_row_is_refused_and_nothing_overwritten(ws):
    _, row = paired(ws, 4)
    seen = ws.state(SAMPLE).seq
    edit(ws, "confirm", author="Mei", rows=[row.id], confirmed=True)
    before = ws.state(SAMPLE)
    with pytest.raises(Conflict, match="Mei changed this first"):
        edit(ws, "merge", author="Lin", seen=seen, row=row.id)
    assert ws.state(SAMPLE) == before


def test_a_row_that_somebody_merged_away_is_not_there_any_more(ws):
    n, row = paired(ws, 4)
    seen = ws.state(SAMPLE).seq
    following = rows_of(ws)[n + 1].id
    edit(ws, "merge", author="Mei", row=row.id)
    with pytest.raises((Conflict, UsageError), match=r"not there|Mei changed this"):
        edit(ws, "confirm", author="Lin", seen=seen, rows=[following], confirmed=True)


def test_a_second_author_on_another_row_is_not_disturbed(ws):
    seen = ws.state(SAMPLE).seq
    rows = rows_of(ws)
    edit(ws, "merge", author="Mei", seen=seen, row=rows[40].id)
    edit(ws, "merge", author="Lin", seen=seen, row=rows[10].id)
    assert len(rows_of(ws)) == len(rows) - 2


def test_two_people_on_one_annotation(ws):
    edit(ws, "annotate", annotation=COMMENT)
    (id_,) = notes_of(ws)
    seen = ws.state(SAMPLE).seq
    args = {"id": id_, "annotation": COMMENT | {"note": "Mei's"}}
    perform = {"bitext_id": SAMPLE, "kind": "annotate", "seen": seen}
    review.perform(ws, **perform, args=args, author="Mei", operation_id=new_id())
    args = {"id": id_, "annotation": COMMENT | {"note": "Lin's"}}
    with pytest.raises(Conflict, match="Mei"):
        review.perform(ws, **perform, args=args, author="Lin", operation_id=new_id())
    assert notes_of(ws)[id_]["note"] == "Mei's"


# -- flags and notes -------------------------------------------------------------------------


@pytest.fixture
def flag(ws):
    (found,) = plant_flags(ws, flag_on(paired(ws, 6)[1].id))
    return found


def test_accepting_a_flag_writes_the_annotation_it_stands_for(ws, flag):
    edit(ws, "decide", flag=flag.fingerprint, verdict="accepted")
    (note,) = notes_of(ws).values()
    assert note["kind"] == "error"
    assert note["category"] == flag.category
    assert note["src"] == [flag.src.start, flag.src.stop]
    assert note["flag"] == flag.fingerprint
    edit(ws, "undo")
    assert notes_of(ws) == {}
    assert ws.state(SAMPLE).collection("decisions") == {}
    edit(ws, "redo")
    assert list(notes_of(ws).values()) == [note]


def test_deciding_again_takes_the_annotation_away(ws, flag):
    edit(ws, "decide", flag=flag.fingerprint, verdict="accepted")
    edit(ws, "decide", flag=flag.fingerprint, verdict="dismissed", reason="legitimate")
    assert notes_of(ws) == {}
    decision = ws.state(SAMPLE).get("decisions", flag.fingerprint)
    assert (decision["verdict"], decision["reason"]) == ("dismissed", "legitimate")
    edit(ws, "decide", flag=flag.fingerprint, verdict="")
    assert ws.state(SAMPLE).get("decisions", flag.fingerprint) is None


def test_a_flag_put_off_stays_open_and_a_decided_one_does_not(ws, flag):
    edit(ws, "decide", flag=flag.fingerprint, verdict="deferred")
    assert review_view(ws, SAMPLE, "Lin").summary.open_flags == 1
    edit(ws, "decide", flag=flag.fingerprint, verdict="dismissed", reason="misread")
    assert review_view(ws, SAMPLE, "Lin").summary.open_flags == 0


def test_an_unknown_verdict_or_flag_is_refused(ws, flag):
    with pytest.raises(UsageError, match="can't be read"):
        edit(ws, "decide", flag=flag.fingerprint, verdict="perhaps")
    with pytest.raises(Conflict, match="not there any more"):
        edit(ws, "decide", flag="unknown", verdict="accepted")


def test_two_people_on_one_flag(ws, flag):
    seen = ws.state(SAMPLE).seq
    edit(ws, "decide", author="Mei", flag=flag.fingerprint, verdict="accepted")
    with pytest.raises(Conflict, match="Mei"):
        edit(ws, "decide", author="Lin", seen=seen, flag=flag.fingerprint, verdict="dismissed")
    assert ws.state(SAMPLE).get("decisions", flag.fingerprint)["verdict"] == "accepted"


def row_with_note(ws):
    view = review_view(ws, SAMPLE, "Lin")
    return next((id_, row.notes) for id_, row in view.rows.items() if row.notes)


def test_notes_and_flags_keep_their_words_when_rows_change(ws, flag):
    n, row = paired(ws, 6)
    words = row.src.start, row.src.start + 4
    edit(ws, "annotate", annotation={"kind": "comment", "src": words, "note": "Here."})
    before = row_with_note(ws)
    assert before[0] == row.id
    edit(ws, "merge", row=rows_of(ws)[n - 1].id)
    after = row_with_note(ws)
    assert after[0] == rows_of(ws)[n - 1].id
    assert after[1] == before[1], "the same words, author and time"
    merged = review_view(ws, SAMPLE, "Lin").rows[after[0]]
    assert [view.flag for view in merged.flags] == [flag]
    edit(ws, "undo")
    assert row_with_note(ws) == before


def test_a_decision_is_found_again_after_the_rows_were_changed(ws, flag):
    n, row = paired(ws, 6)
    edit(ws, "decide", flag=flag.fingerprint, verdict="dismissed", reason="correct")
    edit(ws, "merge", row=row.id)
    (again,) = plant_flags(ws, flag_on(rows_of(ws)[n].id))
    assert again.fingerprint == flag.fingerprint
    assert review_view(ws, SAMPLE, "Lin").summary.open_flags == 0


def test_a_row_of_several_commentary_paragraphs_is_shown(ws):
    for _ in range(4):
        edit(ws, "merge", row=rows_of(ws)[0].id)
        view = review_view(ws, SAMPLE, "Lin")
        shown = [id_ for group in view.groups for id_ in group.rows]
        assert shown == [row.id for row in rows_of(ws)]
