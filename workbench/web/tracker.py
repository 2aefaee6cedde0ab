"""Remembers what each page revision showed, so that only what differs is sent again."""

import threading
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from workbench.services.page import PageMemory
from workbench.services.views import GroupView, ReviewView, RowView

REMEMBERED = 50  # orders of the rows; a page that has an older one is sent the whole order


@dataclass(frozen=True, slots=True)
class Splice:
    """Groups that take the place of `drop` groups of the page's order, from number `at` on."""

    at: int
    drop: int
    groups: tuple[GroupView, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A view with what of it is news to a page.

    rev: the page's revision. rows: ids of the new and changed rows. splice: what changed in the
    order and the groups, None if nothing did; `drop` is -1 when the page's order is not known.
    """

    view: ReviewView
    rev: int
    rows: tuple[str, ...]
    splice: Splice | None


class Tracker:
    """The rows of one bitext with the revision in which each last changed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._memory = PageMemory()
        self._rows: dict[str, tuple[RowView, int]] = {}
        self._orders: deque[tuple[int, tuple[GroupView, ...]]] = deque(maxlen=REMEMBERED)
        self._rev = 0

    def show(self, make: Callable[[PageMemory], ReviewView], since: int = -1) -> Shown:
        """A fresh view, and what of it changed after revision `since`.

        The view is made in turn with those of other requests: one that is overtaken while it
        is made would name rows that are gone.
        """
        with self._lock:
            view = make(self._memory)
            self._note(view)
            rows = tuple(id_ for id_, (_, rev) in self._rows.items() if rev > since)
            return Shown(view, self._rev, rows, self._splice(since))

    def _note(self, view: ReviewView) -> None:
        new = self._rev + 1
        rows = {}
        for id_, row in view.rows.items():
            old = self._rows.get(id_)
            rows[id_] = old if old and (old[0] is row or old[0] == row) else (row, new)
        changed = any(rev == new for _, rev in rows.values())
        if not self._orders or view.groups != self._orders[-1][1]:
            self._orders.append((new, view.groups))
            changed = True
        self._rows = rows
        self._rev = new if changed else self._rev

    def _splice(self, since: int) -> Splice | None:
        """What to put into the order that a page of revision `since` has."""
        rev, now = self._orders[-1]
        if rev <= since:
            return None
        had = next((groups for rev, groups in reversed(self._orders) if rev <= since), None)
        if had is None:
            return Splice(0, -1, now)
        start = 0
        while start < min(len(had), len(now)) and had[start] == now[start]:
            start += 1
        end = 0
        while end < min(len(had), len(now)) - start and had[-1 - end] == now[-1 - end]:
            end += 1
        return Splice(start, len(had) - end - start, now[start : len(now) - end])


class Trackers:
    """One tracker for each bitext."""

    def __init__(self) -> None:
        self._trackers: defaultdict[str, Tracker] = defaultdict(Tracker)

    def of(self, bitext_id: str) -> Tracker:
        """The tracker of a bitext."""
        return self._trackers[bitext_id]
