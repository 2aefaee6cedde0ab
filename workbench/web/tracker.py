"""Remembers what each page revision showed, so that only what differs is sent again."""

import threading
from collections import defaultdict

from workbench.services.views import GroupView, ReviewView, RowView


class Tracker:
    """The rows of one bitext with the revision in which each last changed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[str, tuple[RowView, int]] = {}
        self._groups: tuple[GroupView, ...] = ()
        self._groups_rev = 0
        self._rev = 0
        self._seen: tuple[int, int] = (-1, -1)

    def update(self, view: ReviewView) -> int:
        """Take note of a view and return the page's revision; an older view changes nothing."""
        with self._lock:
            at = (view.seq, view.bitext.checked_seq)
            if at[0] < self._seen[0]:
                return self._rev
            self._seen = at
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
            return self._rev

    def since(self, rev: int) -> tuple[list[str], bool]:
        """Ids of the rows changed after a revision, and whether the order changed."""
        with self._lock:
            return [id_ for id_, (_, at) in self._rows.items() if at > rev], self._groups_rev > rev


class Trackers:
    """One tracker for each bitext."""

    def __init__(self) -> None:
        self._trackers: defaultdict[str, Tracker] = defaultdict(Tracker)

    def of(self, bitext_id: str) -> Tracker:
        """The tracker of a bitext."""
        return self._trackers[bitext_id]
