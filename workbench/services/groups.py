"""The paragraph groups of the review page; they follow from the rows."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from workbench.domain.alignment import Bead, paragraph_groups
from workbench.domain.beads import Rows, in_sentences
from workbench.domain.text import Role, Segmentation
from workbench.services.views import GroupView


class Grouping:
    """Groups rows by paragraph; remembers what each row is in sentences."""

    def __init__(self) -> None:
        self._ends: tuple[Sequence[int], Sequence[int]] = ((), ())
        self._numbers: dict[str, tuple[int, ...]] = {}
        self._known: dict[str, tuple[object, Bead]] = {}
        self._places: list[tuple[object, ...]] = []
        self._divisions: Mapping[str, Segmentation] = {}
        self._found: tuple[GroupView, ...] = ()

    def groups(self, rows: Rows, divisions: Mapping[str, Segmentation]) -> tuple[GroupView, ...]:
        """The groups in order, each a run of rows; together they hold every row once.

        Most edits leave rows and division as they are; then so are the groups.
        """
        places: list[tuple[object, ...]] = [(bead.id, bead.src, bead.tgt) for bead in rows.beads]
        if divisions != self._divisions or places != self._places:
            self._found = self._groups(rows, divisions)
            self._places, self._divisions = places, dict(divisions)
        return self._found

    def _groups(self, rows: Rows, divisions: Mapping[str, Segmentation]) -> tuple[GroupView, ...]:
        if (rows.src_ends, rows.tgt_ends) != self._ends:
            self._ends = (rows.src_ends, rows.tgt_ends)
            self._known = {}
            self._numbers = {side: d.paragraph_numbers() for side, d in divisions.items()}
        beads = self._in_sentences(rows)
        found = paragraph_groups(beads, self._numbers["src"], self._numbers["tgt"])
        groups: list[GroupView] = []
        for first, last, members in _runs(self._members(beads, found)):
            roles = {
                role
                for number in members
                for side, span in (("src", found[number].src), ("tgt", found[number].tgt))
                for role in divisions[side].roles[span.start : span.stop]
            }
            size = max(sum(len(getattr(found[n], side)) for n in members) for side in divisions)
            ids = tuple(bead.id for bead in rows.beads[first : last + 1])
            group = GroupView(_role(roles), size, ids)
            if group.role is Role.COMMENTARY and groups and groups[-1].role is group.role:
                before = groups.pop()
                group = GroupView(group.role, before.paragraphs + size, before.rows + ids)
            groups.append(group)
        return tuple(groups)

    def _in_sentences(self, rows: Rows) -> list[Bead]:
        known = {}
        for bead in rows.beads:
            old = self._known.get(bead.id)
            if old is None or old[0] is not bead:
                src, tgt = (
                    in_sentences(bead.src, rows.src_ends),
                    in_sentences(bead.tgt, rows.tgt_ends),
                )
                old = (bead, Bead(src, tgt))
            known[bead.id] = old
        self._known = known
        return [bead for _, bead in known.values()]

    def _members(self, beads: Sequence[Bead], groups: Sequence[Bead]) -> list[list[int]]:
        """For each group the first and the last of its rows."""
        starts = {side: [getattr(group, side).start for group in groups] for side in ("src", "tgt")}
        spans: list[list[int]] = [[] for _ in groups]
        for number, bead in enumerate(beads):
            side, at = ("src", bead.src) if len(bead.src) else ("tgt", bead.tgt)
            numbers = self._numbers[side]
            # A row without a counterpart may join paragraphs that are groups of their own.
            for paragraph in range(numbers[at.start], numbers[at.stop - 1] + 1):
                group = bisect_right(starts[side], paragraph) - 1
                while paragraph not in getattr(groups[group], side):
                    group -= 1  # an empty side starts where another group's side does
                spans[group] = [spans[group][0] if spans[group] else number, number]
        return spans


def _runs(spans: Sequence[Sequence[int]]) -> Iterable[tuple[int, int, list[int]]]:
    """Runs of rows that no group crosses: first row, last row, the groups inside."""
    inside: list[int] = []
    first = last = -1
    for (start, stop), number in sorted((span, number) for number, span in enumerate(spans)):
        if inside and start > last:
            yield first, last, inside
            inside = []
        first = first if inside else start
        last = max(last, stop)
        inside.append(number)
    if inside:
        yield first, last, inside


def _role(roles: set[Role]) -> Role:
    for role in (Role.COMMENTARY, Role.HEADING):
        if roles == {role}:
            return role
    return Role.BODY
