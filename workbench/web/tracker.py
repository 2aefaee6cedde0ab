"""Remembers what each page revision showed, so that only what differs is sent again."""

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from workbench.services.views import GroupView, ReviewView, RowView


@dataclass(frozen=True, slots=True)
class Shown:
    """A view with what of it is news to a page.

    rev: the page's revision. rows: ids of the new and changed rows. regrouped: whether the order
    or the groups changed.
    """

    view: ReviewView
    rev: int
    rows: tuple[str, ...]
    regrouped: bool


class Tracker:
    """The rows of one bitext with the revision in which each last changed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[str, tuple[RowView, int]] = {}
        self._groups: tuple[GroupView, ...] = ()
        self._groups_rev = 0
        self._rev = 0

    def show(self, make: Callable[[], ReviewView], since: int = -1) -> Shown:
        """A fresh view, and what of it changed after revision `since`.

        The view is made in turn with those of other requests: one that is overtaken while it
        is made would name rows that are gone.
        """
        with self._lock:
            view = make()
            self._note(view)
            rows = tuple(id_ for id_, (_, rev) in self._rows.items() if rev > since)
            return Shown(view, self._rev, rows, self._groups_rev > since)

    def _note(self, view: ReviewView) -> None:
        new = self._rev + 1
        rows = {}
        for id_, row in view.rows.items():
            old = self._rows.get(id_)
            rows[id_] = old if old and old[0] == row else (row, new)
        changed = any(rev == new for _, rev in rows.values())
        if view.groups != self._groups:
            self._groups, self._groups_rev, changed = view.groups, new, True
        self._rows = rows
        self._rev = new if changed else self._rev


class Trackers:
    """One tracker for each bitext."""

    def __init__(self) -> None:
        self._trackers: defaultdict[str, Tracker] = defaultdict(Tracker)

    def of(self, bitext_id: str) -> Tracker:
        """The tracker of a bitext."""
        return self._trackers[bitext_id]
