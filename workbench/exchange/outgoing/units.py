"""Which pairs of a bitext become units of a memory, and with which words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from workbench.domain.beads import Side
from workbench.domain.text import Role, Span
from workbench.exchange.outgoing import ExportOptions, ExportReport, Level
from workbench.exchange.outgoing.fixes import Fixes
from workbench.exchange.tags import Tag
from workbench.exchange.whole import FlagEntry, NoteEntry, WholeBitext, WholeRow, tags_in


@dataclass(frozen=True, slots=True)
class Words:
    """One side of a unit, without the white space around it.

    start: where it begins in the whole text. tags: inline codes, `at` an offset into `text`.
    """

    text: str
    start: int
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportUnit:
    """What becomes one unit of a file: a row, or a paragraph group.

    tgt: with the corrections in their place; corrected: whether there are any; uncorrected: as
    the translation has it, "" when nothing was corrected. level: what the unit is called.
    """

    rows: tuple[WholeRow, ...]
    src: Words
    tgt: Words
    level: Level
    uncorrected: str = ""
    corrected: bool = False

    @property
    def id(self) -> str:
        """That of its first row."""
        return self.rows[0].id

    @property
    def confirmed(self) -> bool:
        """Whether a person confirmed every pair in it."""
        return all(row.bead.confirmed for row in self.rows if row.is_pair)

    @property
    def status(self) -> str:
        """How far the row is that is least far; only people tie rows that are apart."""
        order = ("draft", "confirmed", "revised", "approved")
        found = [row.status for row in self.rows if row.is_pair or self.is_move]
        lowest = min(found, key=order.index)
        return "confirmed" if self.is_move and lowest == "draft" else lowest

    @property
    def is_move(self) -> bool:
        """Whether its two sides stand in different places of the texts."""
        return not any(row.is_pair for row in self.rows)

    @property
    def kind(self) -> str:
        """Sentences on both sides, such as "1-2"."""
        sizes = (sum(len(getattr(row, f"{side}_sentences")) for row in self.rows) for side in SIDES)
        return "-".join(map(str, sizes))

    @property
    def flags(self) -> tuple[FlagEntry, ...]:
        """Those of all its rows."""
        return tuple(flag for row in self.rows for flag in row.flags)

    @property
    def notes(self) -> tuple[NoteEntry, ...]:
        """Those of all its rows."""
        return tuple(note for row in self.rows for note in row.notes)


SIDES: tuple[Side, Side] = ("src", "tgt")


def select(
    bitext: WholeBitext, options: ExportOptions, report: ExportReport
) -> Iterator[ExportUnit]:
    """The units of a bitext in text order; what is left out is counted in `report`."""
    far, fixes = _Far(bitext), Fixes(bitext)
    for rows in _members(bitext, options.level):
        found = [_unit(bitext, *place, options, fixes) for place in far.places(rows)]
        for unit in found:
            if isinstance(unit, str):
                report.left_out[unit] += 1
            else:
                report.units += 1
                report.corrected += unit.corrected
                yield unit


def _members(bitext: WholeBitext, level: Level) -> Iterator[tuple[WholeRow, ...]]:
    if level == "paragraph":
        for _, rows in groupby(bitext.rows, key=lambda row: row.group):
            yield tuple(rows)
    else:
        for row in bitext.rows:
            yield (row,)


Place = tuple[tuple[WholeRow, ...], Span, Span]
"""Rows, with the characters of both sides."""


class _Far:
    """Knows which rows translate each other across others."""

    def __init__(self, bitext: WholeBitext) -> None:
        moves = bitext.moves
        rows = [row for row in bitext.rows if not row.is_pair] if moves else []
        by_target = {row.bead.tgt: row for row in rows if len(row.bead.tgt)}
        self._partners = {
            row.id: by_target[moves[row.bead.src]]
            for row in rows
            if len(row.bead.src) and moves.get(row.bead.src) in by_target
        }
        self._taken = {row.id for row in self._partners.values()}

    def places(self, rows: tuple[WholeRow, ...]) -> Iterator[Place]:
        """What becomes of some rows: one unit, or, if they have one side only, one for each of
        them that is translated elsewhere; where that is, there is nothing left."""
        src = Span(rows[0].bead.src.start, rows[-1].bead.src.stop)
        tgt = Span(rows[0].bead.tgt.start, rows[-1].bead.tgt.stop)
        if len(src) and len(tgt):
            yield rows, src, tgt
            return
        moved = [row for row in rows if row.id in self._partners]
        for row in moved:
            other = self._partners[row.id]
            yield (row, other), row.bead.src, other.bead.tgt
        if any(row.id not in self._taken and row not in moved for row in rows):
            yield rows, src, tgt


def _unit(
    bitext: WholeBitext,
    rows: tuple[WholeRow, ...],
    src: Span,
    tgt: Span,
    options: ExportOptions,
    fixes: Fixes,
) -> ExportUnit | str:
    """The unit, or the key of `LEFT_OUT` that says why there is none."""
    put_in = fixes.put_in(rows[0]) if len(rows) == 1 and not len(tgt) else ""
    if not bitext.words("src", src).strip() or not (bitext.words("tgt", tgt).strip() or put_in):
        return "commentary" if rows[0].role is Role.COMMENTARY else "one-sided"
    if options.confirmed_only and not all(row.bead.confirmed for row in rows if row.is_pair):
        return "unconfirmed"
    if not options.with_errors:
        if fixes.clash(tgt):
            return "clash"
        if any(fixes.is_grave(row, row.bead.tgt) for row in rows):
            return "error"
    many = any(len(row.src_sentences) > 1 or len(row.tgt_sentences) > 1 for row in rows)
    level = options.many_as if options.level == "sentence" and many else options.level
    plain = words_of(bitext, "tgt", tgt)
    unit = ExportUnit(rows, words_of(bitext, "src", src), plain, level)
    edits = [(one.span, one.wording) for one in fixes.within(_trimmed(plain))]
    if put_in:
        return replace(unit, tgt=Words(put_in, tgt.start), corrected=True)
    if not edits:
        return unit
    tgt_words = _corrected(plain, list(dict.fromkeys(edits)))
    return replace(unit, tgt=tgt_words, uncorrected=plain.text, corrected=True)


def _trimmed(words: Words) -> Span:
    return Span(words.start, words.start + len(words.text))


def words_of(bitext: WholeBitext, side: Side, span: Span) -> Words:
    """One side of a row or a group, trimmed, with its inline codes."""
    text = bitext.text(side)
    words = span.of(text.content)
    start = span.start + len(words) - len(words.lstrip())
    words = words.strip()
    tags = tuple(
        replace(tag, at=min(max(tag.at - start, 0), len(words)))
        for tag in tags_in(text.tags, span, len(text.content))
    )
    return Words(words, start, tags)


def _corrected(words: Words, edits: Sequence[tuple[Span, str]]) -> Words:
    """Words with corrections in their place; inline codes move with what stands around them."""
    text, tags = words.text, words.tags
    for place, wording in reversed(edits):
        start = max(place.start - words.start, 0)
        stop = min(place.stop - words.start, len(text))
        grown = len(wording) - (stop - start)
        text = text[:start] + wording + text[stop:]
        tags = tuple(
            tag
            if tag.at <= start
            else replace(tag, at=tag.at + grown if tag.at >= stop else start + len(wording))
            for tag in tags
        )
    return Words(text, words.start, tags)
