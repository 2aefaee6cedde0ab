"""A bitext with all that is known of it, as one value.

Every export is made from it, and the formats that keep everything are read back into it. It holds
nothing that is computed for a page and nothing that depends on where it is stored, so that the
same bitext gives the same bytes in any workspace.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.domain.alignment import Bead, check_tiling
from workbench.domain.beads import ReviewBead, Side
from workbench.domain.moves import MOVES, Move
from workbench.domain.notes import Annotation, Decision
from workbench.domain.operations import WORKBENCH
from workbench.domain.review import StoredFlag
from workbench.domain.status import Standing, Status
from workbench.domain.text import Role, Segmentation, Span
from workbench.errors import BadInput
from workbench.exchange.tags import Tag


@dataclass(frozen=True, slots=True)
class Setting:
    """Who set a value, and when (ISO 8601, UTC)."""

    author: str = WORKBENCH
    made_at: str = ""

    @property
    def by_person(self) -> bool:
        """Whether somebody set it, and not the program by itself."""
        return self.author != WORKBENCH


@dataclass(frozen=True, slots=True)
class WholeText:
    """One of the two texts.

    official: "yes", "no", or "" when nobody said.
    division: as it was divided by the program, with the roles the program gave.
    tags: inline codes kept from an import, `at` an offset into `content`, in order.
    """

    id: str
    title: str
    lang: str
    sha256: str
    content: str
    division: Segmentation
    tags: tuple[Tag, ...] = ()
    date: str = ""
    source: str = ""
    licence: str = ""
    issuer: str = ""
    official: str = ""
    kind: str = ""
    counterpart: str = ""
    translator: str = ""

    @property
    def about(self) -> dict[str, str]:
        """What the catalogue says of it, by the names there."""
        return {name: getattr(self, name) for name in ABOUT}


ABOUT = (
    "date", "source", "licence", "issuer", "official", "kind", "counterpart", "translator",
)  # fmt: skip
"""What is said of a text: the fields of a `WholeText` and of the catalogue."""


@dataclass(frozen=True, slots=True)
class FlagEntry:
    """A flag of the last check, and what was decided about it."""

    flag: StoredFlag
    decision: Decision | None = None
    decided: Setting | None = None


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """A decision by the fingerprint of its flag; the flag may be gone."""

    fingerprint: str
    decision: Decision
    made: Setting


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """An annotation; its spans count characters of the whole texts."""

    id: str
    annotation: Annotation
    made: Setting


@dataclass(frozen=True, slots=True)
class RoleEntry:
    """A role that a person gave a paragraph. paragraph: 0-based."""

    side: Side
    paragraph: int
    role: Role
    made: Setting


@dataclass(frozen=True, slots=True)
class ValueEntry:
    """Anything else that the log keeps: moves, sentence ends that people set, statuses, replies.

    value: JSON, as the log holds it, so that an export keeps also what it knows nothing of.
    """

    collection: str
    id: str
    value: Any
    made: Setting


@dataclass(frozen=True, slots=True)
class WholeRow:
    """A row with what hangs on it.

    number: 1-based, in text order. group: number of its paragraph group, 0-based; role: what
    that group is. src_sentences, tgt_sentences: spans in the whole texts; they tile the bead.
    made: who set the pairing last. flags, notes: those whose first word is in this row.
    standing: how far the row is, and who approved it.
    """

    number: int
    bead: ReviewBead
    group: int
    role: Role
    src_sentences: tuple[Span, ...]
    tgt_sentences: tuple[Span, ...]
    made: Setting
    flags: tuple[FlagEntry, ...] = ()
    notes: tuple[NoteEntry, ...] = ()
    standing: Standing = field(default_factory=Standing)

    @property
    def id(self) -> str:
        """The id of the bead."""
        return self.bead.id

    @property
    def kind(self) -> str:
        """Sentences on both sides, such as "1-2"."""
        return f"{len(self.src_sentences)}-{len(self.tgt_sentences)}"

    @property
    def is_pair(self) -> bool:
        """Whether both sides have words."""
        return not self.bead.is_null

    @property
    def status(self) -> str:
        """How far it is: "approved", "revised", "confirmed" (only the pairing) or "draft"."""
        if self.standing.status is not Status.DRAFT:
            return str(self.standing.status)
        return "confirmed" if self.bead.confirmed else "draft"


@dataclass(frozen=True, slots=True)
class WholeBitext:
    """A bitext as it stands. Its rows tile both texts.

    signature: how it was aligned; check_signature: with what it was checked, "" if it was not,
    or not since its rows changed. aligned: when its rows were first made. decisions: all of
    them, also of flags that are gone. values: what else the log keeps.
    """

    id: str
    title: str
    created_at: str
    signature: str
    check_signature: str
    aligned: Setting
    src: WholeText
    tgt: WholeText
    rows: tuple[WholeRow, ...]
    roles: tuple[RoleEntry, ...] = ()
    decisions: tuple[DecisionEntry, ...] = ()
    values: tuple[ValueEntry, ...] = ()

    @property
    def moves(self) -> dict[Span, Span]:
        """Passages that the translation puts elsewhere: the source words and those far away."""
        found = [Move.from_json(one.value) for one in self.values if one.collection == MOVES]
        return {move.src: move.tgt for move in found}

    def text(self, side: Side) -> WholeText:
        """One of the two texts."""
        return self.src if side == "src" else self.tgt

    def words(self, side: Side, span: Span | None) -> str:
        """The quoted words, as they stand; "" for None."""
        return span.of(self.text(side).content) if span else ""


def sentences_in(sentences: Sequence[Span], span: Span) -> tuple[Span, ...]:
    """The sentences, of all those of a text, that lie in a span."""
    first = bisect_left(sentences, span.start, key=lambda one: one.start)
    return tuple(sentences[first : bisect_right(sentences, span.stop, key=lambda one: one.stop)])


def tags_in(tags: Sequence[Tag], span: Span, size: int) -> tuple[Tag, ...]:
    """The inline codes of a span; one at its very end belongs to what follows.

    size: of the whole text, after which nothing follows.
    """
    first = bisect_left(tags, span.start, key=lambda tag: tag.at)
    stop = span.stop + (span.stop == size)
    last = bisect_left(tags, stop, key=lambda tag: tag.at)
    return tuple(tags[first:last])


def starting_in(spans: Sequence[Span], place: Span) -> Sequence[Span]:
    """Those of some spans, in order, that begin in a place."""
    first = bisect_left(spans, place.start, key=lambda one: one.start)
    return spans[first : bisect_left(spans, place.stop, key=lambda one: one.start)]


def check_whole(bitext: WholeBitext) -> None:
    """Make sure that what somebody else wrote can become the state of a bitext.

    Raises:
        BadInput: its rows do not tile the texts in whole sentences, or something is about words
            or paragraphs that are not there.
    """
    sizes = len(bitext.src.content), len(bitext.tgt.content)
    check_tiling([Bead(row.bead.src, row.bead.tgt) for row in bitext.rows], *sizes)
    if len({row.id for row in bitext.rows}) < len(bitext.rows):
        raise BadInput("Two rows have the same id; export the bitext again.")
    ends = [
        {0, *(sentence.stop for sentence in text.division.sentences)}
        for text in (bitext.src, bitext.tgt)
    ]
    for row in bitext.rows:
        if row.bead.src.stop not in ends[0] or row.bead.tgt.stop not in ends[1]:
            raise BadInput(f"Row {row.number} ends where no sentence ends; export it again.")
        if not all(
            _is_inside(span, size)
            for pair in _spans(row)
            for span, size in zip(pair, sizes, strict=True)
        ):
            raise BadInput(f"Row {row.number}: a note or a flag is on words that are not there.")
    for entry in bitext.roles:
        if not 0 <= entry.paragraph < len(bitext.text(entry.side).division.roles):
            raise BadInput(f"There is no paragraph {entry.paragraph + 1} to be {entry.role}.")
    for text in (bitext.src, bitext.tgt):
        if any(not 0 <= tag.at <= len(text.content) for tag in text.tags):
            raise BadInput(f"An inline code is outside of the text {text.id}.")


def _spans(row: WholeRow) -> Iterator[tuple[Span | None, Span | None]]:
    for entry in row.flags:
        yield entry.flag.src, entry.flag.tgt
    for note in row.notes:
        yield note.annotation.src, note.annotation.tgt


def _is_inside(span: Span | None, size: int) -> bool:
    return span is None or 0 <= span.start < span.stop <= size
