"""What the review page shows, as values.

Frozen and comparable, so that after an edit only the rows that really differ are sent.
"""

from dataclasses import dataclass, field

from workbench.detect.speaking import speaker
from workbench.domain.beads import Side
from workbench.domain.diff import Piece
from workbench.domain.doubt import Doubt
from workbench.domain.notes import Annotation, Decision
from workbench.domain.operations import Touch
from workbench.domain.review import Severity, Verdict
from workbench.domain.status import Review, Standing
from workbench.domain.text import Role, Span
from workbench.services.checking import StoredFlag
from workbench.storage.repository import Bitext

NOTE = "note"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of one side that a flag or an annotation is about.

    ref: fingerprint of the flag or id of the annotation. style: the detector's id, or "note".
    settled: a decided flag, drawn faintly.
    """

    span: Span
    ref: str
    style: str
    severity: Severity
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one side that carry the same marks. start: offset in the whole text."""

    start: int
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class FlagView:
    """A flag with what was decided about it, and by whom."""

    flag: StoredFlag
    decision: Decision | None
    touch: Touch | None

    @property
    def open(self) -> bool:
        """Whether it still waits for a decision (one put off still does)."""
        return self.decision is None or self.decision.verdict is Verdict.DEFERRED


@dataclass(frozen=True, slots=True)
class ReplyView:
    """What somebody answered to an annotation."""

    id: str
    text: str
    touch: Touch


@dataclass(frozen=True, slots=True)
class NoteView:
    """An annotation with its words, its author, and what was answered, the first reply first.

    resolved: who closed the thread, None while it is open.
    """

    id: str
    annotation: Annotation
    src_words: str
    tgt_words: str
    touch: Touch
    replies: tuple[ReplyView, ...] = ()
    resolved: Touch | None = None

    @property
    def author(self) -> str:
        """Who wrote it first."""
        return self.annotation.begun_by or self.touch.author


@dataclass(frozen=True, slots=True)
class SideView:
    """One side of a row: its sentences as runs."""

    span: Span
    role: Role
    sentences: tuple[tuple[Run, ...], ...]

    @property
    def words(self) -> str:
        """The words of all sentences."""
        return "".join(run.text for sentence in self.sentences for run in sentence)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Words that translate a row of one side, but stand in another row. side: whose words."""

    side: Side
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What of the English of a row reads otherwise with its corrections, word by word.

    clash: whether two wordings want the same words, and nobody chose; they are not in `pieces`.
    """

    pieces: tuple[Piece, ...]
    clash: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of the page.

    opens: whether a paragraph begins here, on either side. touch: the person who last changed
    the row, None if nobody did. elsewhere: where its other side stands, None if it is here or
    nowhere. reading: None if its English is not corrected.
    """

    id: str
    opens: bool
    src: SideView
    tgt: SideView
    confirmed: bool
    probability: float | None
    score: float | None
    flags: tuple[FlagView, ...]
    notes: tuple[NoteView, ...]
    touch: Touch | None
    standing: Standing = field(default_factory=Standing)
    elsewhere: Elsewhere | None = None
    reading: Reading | None = None

    @property
    def kind(self) -> str:
        """Sentences on both sides, such as "1-2"."""
        return f"{len(self.src.sentences)}-{len(self.tgt.sentences)}"

    @property
    def is_pair(self) -> bool:
        """Whether both sides have words."""
        return bool(self.src.sentences and self.tgt.sentences)

    @property
    def is_commentary(self) -> bool:
        """Whether it is somebody's comment, which translates nothing."""
        return not self.src.sentences and self.tgt.role is Role.COMMENTARY

    @property
    def speaker(self) -> tuple[str, str] | None:
        """Who says it, in Chinese and in English; None where both do not plainly say so."""
        return speaker(self.src.words, self.tgt.words)

    @property
    def open_flags(self) -> int:
        """How many flags wait for a decision."""
        return sum(flag.open for flag in self.flags)

    @property
    def worst(self) -> Severity | None:
        """The gravest severity among the open flags."""
        found = [flag.flag.severity for flag in self.flags if flag.open]
        return max(found, key=lambda severity: severity.rank, default=None)


@dataclass(frozen=True, slots=True)
class GroupView:
    """A paragraph group, or a whole run of commentary.

    role: heading, commentary or body. paragraphs: how many there are on the longer side.
    """

    role: Role
    paragraphs: int
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures in the bar. revised, approved: rows of that status."""

    rows: int
    confirmed: int
    revised: int
    approved: int
    flags: int
    open_flags: int
    notes: int
    unpaired: int
    doubt: Doubt
    can_undo: bool = False
    can_redo: bool = False


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The whole page. seq: the log number it shows. checking: its flags are behind its rows."""

    bitext: Bitext
    seq: int
    signature: str
    groups: tuple[GroupView, ...]
    rows: dict[str, RowView]
    summary: Summary
    checking: bool
    review: Review = field(default_factory=Review)

    @property
    def unreviewed(self) -> list[float]:
        """The probabilities of the rows that nobody confirmed or made."""
        return [
            row.probability
            for row in self.rows.values()
            if row.probability and not row.confirmed and not row.is_commentary
        ]
