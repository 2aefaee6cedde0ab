"""What a report holds, as values: every figure with the rows that it comes from."""

from dataclasses import dataclass, field

from workbench.domain.claims import Judgement
from workbench.domain.doubt import Doubt
from workbench.domain.review import Severity
from workbench.report.agreement import Agreement
from workbench.report.score import Score


@dataclass(frozen=True, slots=True)
class Size:
    """How long a text is. characters: without white space and marks; words: of an English one."""

    paragraphs: int
    sentences: int
    characters: int
    words: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A divergence: an error that a person noted, or a flag that waits for a decision.

    row: id of the bead. number: of the row on the page, from 1. src, tgt: the row's words;
    src_words, tgt_words: those in question. by: the person, or "" for a flag. group: what it
    does to the meaning: omission, addition, softening, strengthening or change.
    weight: penalty points, times the confidence of a flag.
    """

    row: str
    number: int
    group: str
    category: str
    severity: Severity
    src: str
    tgt: str
    src_words: str
    tgt_words: str
    note: str
    note_zh: str
    wording: str
    by: str
    weight: float


@dataclass(frozen=True, slots=True)
class Choice:
    """A translation choice that somebody wrote down."""

    row: str
    number: int
    type: str
    src_words: str
    tgt_words: str
    rationale: str
    wording: str
    by: str


@dataclass(frozen=True, slots=True)
class Rendering:
    """One rendering of a phrase. standing: preferred, admitted, deprecated or "" (not listed)."""

    words: str
    count: int
    standing: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A recurring Chinese phrase with its renderings, the most frequent first."""

    src: str
    preferred: str
    renderings: tuple[Rendering, ...]

    @property
    def uneven(self) -> bool:
        """Whether it is rendered in more than one way, or in one that the list deprecates."""
        return len(self.renderings) > 1 or any(
            r.standing in ("deprecated", "") for r in self.renderings
        )


@dataclass(frozen=True, slots=True)
class Person:
    """What one person did, and from when to when (ISO 8601)."""

    name: str
    edits: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class DetectorLine:
    """The flags of one detector by decision; right: its track record, None when not measured."""

    detector: str
    open: int
    accepted: int
    dismissed: int
    deferred: int
    right: float | None


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the document: its heading, and of its words the share that has a home."""

    title: str
    first: int
    last: int
    src_coverage: float
    tgt_coverage: float
    errors: int
    open_flags: int


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row as the charts need it: penalty of errors, and what open flags are expected to add."""

    number: int
    id: str
    penalty: float
    expected: float
    worst: Severity | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure comes from. number, row: of the row; words: those that were counted.

    beside: what stands for them on the other side, where the whole row is meant. share: what the
    row adds to a figure that is no count, such as penalty points; None for a count. size: of the
    whole row, characters of the original and of the translation and words of the translation.
    """

    number: int
    row: str
    words: str
    beside: str = ""
    share: float | None = None
    size: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What undecided flags would add if flags like them are right as often as on reference data.

    flags: how many were counted; unmeasured: how many were left out for want of a record.
    """

    penalty: float
    normed: float
    flags: int
    unmeasured: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a revision lead signs and an analyst quotes.

    kinds: beads by kind ("1-2"). coverage: shares of the content words of source and target
    that have a counterpart. days: decisions by day (ISO), as (day, accepted, dismissed, other).
    sources: by the name of a figure, the rows and words it was counted from.
    agreement: of the reviewers of its latest closed independent session, empty without one.
    """

    bitext: str
    title: str
    made: str
    signature: str
    check_signature: str
    src_title: str
    tgt_title: str
    src_lang: str
    tgt_lang: str
    src_sha256: str
    tgt_sha256: str
    src_size: Size
    tgt_size: Size
    rows: int
    confirmed: int
    kinds: dict[str, int]
    doubt: Doubt
    coverage: tuple[float, float]
    detectors: tuple[DetectorLine, ...]
    annotations: dict[str, dict[Severity, int]]
    score: Score
    expected: Expected
    findings: tuple[Finding, ...]
    phrases: tuple[Phrase, ...]
    choices: tuple[Choice, ...]
    people: tuple[Person, ...]
    sections: tuple[Section, ...]
    row_lines: tuple[ReportRow, ...]
    days: tuple[tuple[str, int, int, int], ...]
    claims: tuple[Judgement, ...] = field(default=())
    sources: dict[str, tuple[Origin, ...]] = field(default_factory=dict)
    agreement: tuple[Agreement, ...] = ()
