"""Which rows each person edited, and how often."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from workbench.domain.operations import Change, Operation
from workbench.report.values import Origin
from workbench.services.report_sources import Numbered

_SIDES = ("src", "tgt")


class _Places:
    """The rows by their ids, their flags and their words."""

    def __init__(self, rows: Sequence[Numbered]) -> None:
        self.ids = {row.id for _, row in rows}
        self.flags = {f.flag.fingerprint: row.id for _, row in rows for f in row.flags}
        self._spans = {
            side: sorted(
                (span.start, span.stop, row.id)
                for _, row in rows
                for span in (getattr(row, side).span,)
                if len(span)
            )
            for side in _SIDES
        }

    def of(self, change: Change) -> Iterator[str]:
        """The rows that a change is about, as they are now."""
        value = change.after if change.after is not None else change.before
        if change.id in self.ids:
            yield change.id
        elif change.collection == "decisions":
            yield from filter(None, (self.flags.get(change.id),))
        elif change.collection == "cuts":
            side = change.id.partition(":")[0]
            yield from self._at(side, (int(value["offset"]), int(value["offset"]) + 1))
        elif isinstance(value, Mapping):
            yield from self._on(value)

    def _on(self, value: Mapping[str, Any]) -> Iterator[str]:
        for side in _SIDES:
            if place := value.get(side):
                yield from self._at(side, place)

    def _at(self, side: str, place: Sequence[int]) -> Iterator[str]:
        start, stop = place
        spans = self._spans.get(side, [])
        number = max(0, bisect_right(spans, (start, start, "\uffff")) - 1)
        while number < len(spans) and spans[number][0] < max(stop, start + 1):
            if spans[number][1] > start:
                yield spans[number][2]
            number += 1


def edited(rows: Sequence[Numbered], log: Iterable[Operation]) -> dict[str, tuple[Origin, ...]]:
    """By "edits NAME": the rows that somebody edited, each with the number of edits.

    An edit of several rows counts in each; what was done to no row in particular in none.
    """
    places = _Places(rows)
    counts: dict[str, Counter[str]] = {}
    for entry in log:
        touched = {row for change in entry.changes for row in places.of(change)}
        counts.setdefault(entry.author, Counter()).update(touched)
    return {
        f"edits {name}": tuple(
            Origin(number, row.id, "", share=found[row.id]) for number, row in rows if found[row.id]
        )
        for name, found in sorted(counts.items())
        if found
    }
