"""Swapping, distant pairs, sentences divided and joined, statuses, and histories of rows."""

import pytest

from tests.support import SAMPLE, edit, rows_of
from workbench.domain.reading import rows, segmentation
from workbench.domain.status import Status, review_of
from workbench.errors import Conflict, UsageError
from workbench.services.history import row_history
from workbench.services.page import review_view


def view_of(ws, id_):
    return review_view(ws, SAMPLE, "Lin").rows[id_]


def row_of_many(ws, side, n=2):
    """The first row with at least `n` sentences of one side in one paragraph."""
    current = rows(ws.state(SAMPLE))
    stops = {p.stop for p in segmentation(ws.state(SAMPLE), side).paragraphs}
    return next(
        bead
        for bead in current.beads
        if len(found := current.sentences(bead, side)) >= n
        and not any(s.stop in stops for s in found[:-1])
    )


def words_of(ws, side):
    bitext = ws.bitext(SAMPLE)
    return ws.text(bitext.src_id if side == "src" else bitext.tgt_id).content


def is_in_the_files(ws, copied):
    """Whether a workspace made from the files alone has the same state."""
    ws.save_portable(SAMPLE)
    again = copied(ws)
    same = again.state(SAMPLE).values == ws.state(SAMPLE).values
    again.db.engine.dispose()
    return same


# -- sentences ----------------------------------------------------------------------------


def test_a_sentence_is_divided_at_the_cursor_and_joined_again(ws, copied):
    before = segmentation(ws.state(SAMPLE), "tgt").sentences
    bead = rows_of(ws)[20]
    content = words_of(ws, "tgt")
    at = content.index(" ", bead.tgt.start + 10) + 1
    edit(ws, "divide", side="tgt", offset=at)
    after = segmentation(ws.state(SAMPLE), "tgt").sentences
    assert len(after) == len(before) + 1
    assert at in {s.stop for s in after}
    assert "".join(s.of(content) for s in after) == content, "the text never changes"
    assert view_of(ws, bead.id).kind.endswith("2")
    assert is_in_the_files(ws, copied)
    edit(ws, "join", row=bead.id, side="tgt", offset=at)
    assert segmentation(ws.state(SAMPLE), "tgt").sentences == before
    edit(ws, "undo")
    edit(ws, "undo")
    assert segmentation(ws.state(SAMPLE), "tgt").sentences == before


def test_sentences_of_the_program_are_joined_and_the_row_still_splits_elsewhere(ws):
    bead = row_of_many(ws, "tgt")
    first, second = rows(ws.state(SAMPLE)).sentences(bead, "tgt")[:2]
    edit(ws, "join", row=bead.id, side="tgt", offset=first.start)
    assert rows(ws.state(SAMPLE)).sentences(bead, "tgt")[0].stop == second.stop


def test_an_opening_mark_goes_with_its_words(ws):
    content = words_of(ws, "src")
    at = content.index("“")
    edit(ws, "divide", side="src", offset=at + 1)
    assert at in {s.stop for s in segmentation(ws.state(SAMPLE), "src").sentences}


@pytest.mark.parametrize("by", [0, -1])
def test_where_a_sentence_begins_already_nothing_is_divided(ws, by):
    start = rows_of(ws)[20].tgt.start
    with pytest.raises(UsageError, match="sentence"):
        edit(ws, "divide", side="tgt", offset=start + by)


def test_sentences_are_joined_inside_row_and_paragraph_only(ws):
    bead = rows_of(ws)[20]
    with pytest.raises(UsageError, match="single sentence"):
        edit(ws, "join", row=bead.id, side="tgt", offset=bead.tgt.stop - 2)
    with pytest.raises(UsageError, match="cursor into the sentence"):
        edit(ws, "join", row=bead.id, side="tgt", offset=bead.tgt.stop + 5)


def test_a_cut_that_a_row_needs_is_not_taken_back(ws):
    bead = rows_of(ws)[20]
    at = words_of(ws, "tgt").index(" ", bead.tgt.start + 10) + 1
    edit(ws, "divide", side="tgt", offset=at)
    edit(ws, "split", author="Mei", row=bead.id, side="tgt", offset=at)
    with pytest.raises(Conflict, match="Mei has since divided a row"):
        edit(ws, "undo")
    assert at in {s.stop for s in segmentation(ws.state(SAMPLE), "tgt").sentences}


# -- rows that cross ------------------------------------------------------------------------


def test_rows_of_one_side_change_places(ws):
    bead = rows_of(ws)[20]
    edit(ws, "unpair", row=bead.id)
    edit(ws, "swap", row=rows_of(ws)[20].id)
    upper, lower = rows_of(ws)[20:22]
    assert (len(upper.src), len(lower.tgt)) == (0, 0)
    edit(ws, "swap", row=upper.id)
    assert [len(row.src) > 0 for row in rows_of(ws)[20:22]] == [True, False]


def test_translations_of_neighbours_are_swapped(ws, copied):
    a, b = rows_of(ws)[20:22]
    unpaired = review_view(ws, SAMPLE, "Lin").summary.unpaired
    edit(ws, "swap", row=a.id)
    rows_now = rows_of(ws)[20:24]
    seen = [view_of(ws, row.id).elsewhere for row in rows_now]
    assert [(e.side, e.span) for e in seen] == [
        ("tgt", b.tgt), ("src", b.src), ("tgt", a.tgt), ("src", a.src),
    ]  # fmt: skip
    assert review_view(ws, SAMPLE, "Lin").summary.unpaired == unpaired
    assert is_in_the_files(ws, copied)
    edit(ws, "undo")
    assert rows_of(ws)[20:22] == (a, b)
    assert not ws.state(SAMPLE).collection("moves")


def test_distant_rows_are_paired_and_unpaired(ws):
    a, b = rows_of(ws)[20], rows_of(ws)[23]
    for row in (a, b):
        edit(ws, "unpair", row=row.id)
    lone_src = next(r for r in rows_of(ws) if r.src == a.src and not len(r.tgt))
    lone_tgt = next(r for r in rows_of(ws) if r.tgt == b.tgt and not len(r.src))
    edit(ws, "pair", row=lone_src.id, other=lone_tgt.id)
    assert view_of(ws, lone_src.id).elsewhere.words == b.tgt.of(words_of(ws, "tgt")).strip()
    assert view_of(ws, lone_tgt.id).elsewhere.span == a.src
    with pytest.raises(UsageError, match="distant row already"):
        edit(ws, "pair", row=lone_src.id, other=lone_tgt.id)
    edit(ws, "unpair", row=lone_tgt.id)
    assert view_of(ws, lone_src.id).elsewhere is None


def test_a_distant_pair_ends_when_one_of_its_rows_is_merged(ws):
    a = rows_of(ws)[20]
    edit(ws, "swap", row=a.id)
    edit(ws, "merge", row=rows_of(ws)[20].id)
    moves = ws.state(SAMPLE).collection("moves")
    assert not moves, "both moves had a side in the merged row"
    edit(ws, "undo")
    assert len(ws.state(SAMPLE).collection("moves")) == 2


# -- statuses -------------------------------------------------------------------------------


def test_a_row_is_revised_then_approved_by_two(ws, copied):
    id_ = rows_of(ws)[20].id
    edit(ws, "status", rows=[id_], status="revised")
    assert view_of(ws, id_).standing.status is Status.REVISED
    assert view_of(ws, id_).confirmed
    edit(ws, "status", rows=[id_], status="approved")
    edit(ws, "status", rows=[id_], status="approved")
    edit(ws, "status", author="Mei", rows=[id_], status="approved")
    assert view_of(ws, id_).standing.signed == ("Lin", "Mei")
    summary = review_view(ws, SAMPLE, "Lin").summary
    assert (summary.revised, summary.approved) == (0, 1)
    assert is_in_the_files(ws, copied)
    edit(ws, "status", rows=[id_], status="draft")
    assert view_of(ws, id_).standing.signed == ()


def test_a_row_that_is_paired_anew_is_a_draft_again_and_undo_brings_the_status_back(ws):
    id_ = rows_of(ws)[20].id
    edit(ws, "status", rows=[id_], status="approved")
    edit(ws, "merge", row=id_)
    assert not ws.state(SAMPLE).collection("statuses")
    edit(ws, "undo")
    assert view_of(ws, id_).standing.signed == ("Lin",)


def test_the_review_has_a_state_of_its_own(ws, copied):
    edit(ws, "review", status="revised", signatures=2)
    review = review_of(ws.state(SAMPLE))
    assert (review.status, review.signatures) == (Status.REVISED, 2)
    assert is_in_the_files(ws, copied)
    with pytest.raises(UsageError, match="one person or by two"):
        edit(ws, "review", signatures=3)
    with pytest.raises(UsageError, match="no status"):
        edit(ws, "review", status="perfect")
    edit(ws, "undo")
    assert review_of(ws.state(SAMPLE)).status is Status.DRAFT


# -- history --------------------------------------------------------------------------------


def test_the_history_of_a_row_follows_it_through_merges(ws):
    first, _, other = rows_of(ws)[20:23]
    edit(ws, "confirm", author="Mei", rows=[first.id], confirmed=True)
    edit(ws, "confirm", author="Mei", rows=[other.id], confirmed=True)
    edit(ws, "merge", row=first.id)
    edit(ws, "undo")
    edit(ws, "redo")
    note = {"kind": "comment", "src": [first.src.start, first.src.start + 2], "note": "Hm"}
    edit(ws, "annotate", author="Mei", annotation=note)
    events = row_history(ws, SAMPLE, rows_of(ws)[20].id)
    assert [(e.author, e.kind, e.undone) for e in events] == [
        ("Mei", "annotate", ""),
        ("Lin", "redo", "merge"),
        ("Lin", "undo", "merge"),
        ("Lin", "merge", ""),
        ("Mei", "confirm", ""),
        ("workbench", "align", ""),
    ]
    assert len(row_history(ws, SAMPLE, other.id)) == 2


def test_the_history_of_a_row_that_is_gone_says_so(ws):
    with pytest.raises(UsageError, match="not there any more"):
        row_history(ws, SAMPLE, "gone")
