"""The paragraph groups of the review page; they follow from the rows."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from workbench.domain.alignment import Bead, paragraph_groups
from workbench.domain.beads import ReviewBead, Rows, differing, in_sentences
from workbench.domain.text import Role, Segmentation, Span
from workbench.services.views import GroupView


class Grouping:
    """Groups rows by paragraph; what is not near a changed row is taken over from the last time."""

    def __init__(self) -> None:
        self._divisions: Mapping[str, Segmentation] = {}
        self._numbers: dict[str, tuple[int, ...]] = {}
        self._beads: tuple[ReviewBead, ...] = ()
        self._found: list[GroupView] = []

    def groups(self, rows: Rows, divisions: Mapping[str, Segmentation]) -> tuple[GroupView, ...]:
        """The groups in order, each a run of rows; together they hold every row once."""
        if divisions != self._divisions:
            self._divisions, self._beads, self._found = dict(divisions), (), []
            self._numbers = {side: d.paragraph_numbers() for side, d in divisions.items()}
        first, stop = differing(self._beads, rows.beads)
        grown = len(rows.beads) - len(self._beads)
        if first < stop or grown:
            self._renew(rows, first, stop - grown, grown)
        self._beads = rows.beads
        return tuple(self._found)

    def _renew(self, rows: Rows, first: int, stop: int, grown: int) -> None:
        """Find the groups anew that held the rows from `first` to before `stop`.

        Rows join the paragraphs they are in, and a run of commentary the next one: the groups
        beside those are found anew as well, and no others can differ.
        """
        ends = list(accumulate(len(group.rows) for group in self._found))
        low = max(0, bisect_right(ends, first) - 1)
        high = min(len(ends), bisect_right(ends, max(first, stop - 1)) + 2)
        begin, end = (ends[low - 1] if low else 0), (ends[high - 1] if high else 0) + grown
        self._found[low:high] = self._groups(rows, begin, end)

    def _groups(self, rows: Rows, begin: int, end: int) -> list[GroupView]:
        """The groups of a run of rows that begins and ends where paragraphs do."""
        spans = {
            "src": [in_sentences(bead.src, rows.src_ends) for bead in rows.beads[begin:end]],
            "tgt": [in_sentences(bead.tgt, rows.tgt_ends) for bead in rows.beads[begin:end]],
        }
        numbers, roles = {}, {}
        for side, found in spans.items():
            start, stop = found[0].start, found[-1].stop
            here = self._numbers[side][start:stop]
            numbers[side] = [number - here[0] for number in here]
            roles[side] = self._divisions[side].roles[here[0] : here[-1] + 1] if here else ()
            spans[side] = [Span(span.start - start, span.stop - start) for span in found]
        beads = [Bead(src, tgt) for src, tgt in zip(spans["src"], spans["tgt"], strict=True)]
        ids = [bead.id for bead in rows.beads[begin:end]]
        return _grouped(ids, beads, numbers, roles)


def _grouped(
    ids: Sequence[str],
    beads: Sequence[Bead],
    numbers: Mapping[str, Sequence[int]],
    roles: Mapping[str, Sequence[Role]],
) -> list[GroupView]:
    """numbers: for each sentence, that of its paragraph. roles: of the paragraphs."""
    found = paragraph_groups(beads, numbers["src"], numbers["tgt"])
    groups: list[GroupView] = []
    for first, last, members in _runs(_members(beads, found, numbers)):
        inside = {
            role
            for number in members
            for side, span in (("src", found[number].src), ("tgt", found[number].tgt))
            for role in roles[side][span.start : span.stop]
        }
        size = max(sum(len(getattr(found[n], side)) for n in members) for side in roles)
        group = GroupView(_role(inside), size, tuple(ids[first : last + 1]))
        if group.role is Role.COMMENTARY and groups and groups[-1].role is group.role:
            before = groups.pop()
            group = GroupView(group.role, before.paragraphs + size, before.rows + group.rows)
        groups.append(group)
    return groups


def _members(
    beads: Sequence[Bead], groups: Sequence[Bead], numbers: Mapping[str, Sequence[int]]
) -> list[list[int]]:
    """For each group the first and the last of its rows."""
    starts = {side: [getattr(group, side).start for group in groups] for side in ("src", "tgt")}
    spans: list[list[int]] = [[] for _ in groups]
    for number, bead in enumerate(beads):
        side, at = ("src", bead.src) if len(bead.src) else ("tgt", bead.tgt)
        # A row without a counterpart may join paragraphs that are groups of their own.
        for paragraph in range(numbers[side][at.start], numbers[side][at.stop - 1] + 1):
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
