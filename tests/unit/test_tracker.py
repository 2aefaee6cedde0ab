"""What of a page is sent again: only the rows that really differ."""

from dataclasses import replace

import pytest

from tests.support import SAMPLE, edit, rows_of
from workbench.services.page import review_view
from workbench.web.tracker import Tracker, Trackers


@pytest.fixture
def tracker():
    return Tracker()


@pytest.fixture
def view(ws):
    return review_view(ws, SAMPLE, "Lin")


def test_the_first_view_is_all_news(tracker, view):
    shown = tracker.show(lambda _: view)
    assert shown.view is view
    assert shown.rows == tuple(view.rows)
    assert shown.splice


def test_the_same_again_is_no_news_and_no_new_revision(tracker, view):
    first = tracker.show(lambda _: view)
    again = tracker.show(lambda _: view, first.rev)
    assert again.rev == first.rev
    assert again.rows == ()
    assert again.splice is None


def test_a_changed_row_alone_is_sent(tracker, ws, view):
    rev = tracker.show(lambda _: view).rev
    row = rows_of(ws)[3].id
    edit(ws, "confirm", rows=[row], confirmed=True)
    shown = tracker.show(lambda _: review_view(ws, SAMPLE, "Lin"), rev)
    assert shown.rows == (row,)
    assert shown.splice is None, "no row came or went"


def test_a_merge_sends_the_new_row_and_the_new_order(tracker, ws, view):
    rev = tracker.show(lambda _: view).rev
    first, second = (row.id for row in rows_of(ws)[6:8])
    edit(ws, "merge", row=first)
    shown = tracker.show(lambda _: review_view(ws, SAMPLE, "Lin"), rev)
    old = set(view.rows)
    assert shown.splice
    assert {first, second}.isdisjoint(shown.view.rows)
    assert set(shown.rows) >= set(shown.view.rows) - old
    assert len(shown.rows) < 5


def test_a_page_that_missed_several_revisions_gets_all_of_them(tracker, ws, view):
    rev = tracker.show(lambda _: view).rev
    chosen = [rows_of(ws)[n].id for n in (2, 9)]
    for row in chosen:
        edit(ws, "confirm", rows=[row], confirmed=True)
        tracker.show(lambda _: review_view(ws, SAMPLE, "Lin"))
    shown = tracker.show(lambda _: review_view(ws, SAMPLE, "Lin"), rev)
    assert set(shown.rows) == set(chosen)


def test_a_row_that_went_and_came_back_is_sent(tracker, ws, view):
    rows = rows_of(ws)
    edit(ws, "merge", row=rows[4].id)
    rev = tracker.show(lambda _: review_view(ws, SAMPLE, "Lin")).rev
    edit(ws, "undo")
    shown = tracker.show(lambda _: review_view(ws, SAMPLE, "Lin"), rev)
    assert rows[4].id in shown.rows


def test_a_revision_from_another_start_gets_everything(tracker, view):
    assert tracker.show(lambda _: view, -1).rows == tuple(view.rows)


def test_changed_flags_are_news_though_the_log_stands_still(tracker, view):
    rev = tracker.show(lambda _: view).rev
    id_, row = next(iter(view.rows.items()))
    later = replace(view, rows=view.rows | {id_: replace(row, score=9.9)})
    assert tracker.show(lambda _: later, rev).rows == (id_,)


def test_each_bitext_has_a_tracker_of_its_own():
    trackers = Trackers()
    assert trackers.of("a") is trackers.of("a")
    assert trackers.of("a") is not trackers.of("b")
