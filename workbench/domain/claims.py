"""What a commentary claims about a text, and how the text bears it out."""

from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.text import Span

STATEMENT, NAME = "statement", "name"


class Verdict(StrEnum):
    """What the original says to a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    ABSENT = "not in original"
    UNCHECKABLE = "not checkable"


@dataclass(frozen=True, slots=True)
class Claim:
    """Words of a commentary that can be held against the original.

    span: characters of the commentary's text. kind: number, name, quotation, attribution,
    absence, `STATEMENT` for a phrase with none of these, "" when a person marked the words.
    """

    id: str
    span: Span
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A claim with the passage of the original that bears on it, and a verdict.

    evidence: characters of the original, best first; empty when nothing bears on the claim.
    support: between 0 and 1, how much of the claim's content stands in the evidence.
    reason, reason_zh: one sentence each.
    """

    claim: Claim
    verdict: Verdict
    evidence: tuple[Span, ...]
    support: float
    reason: str
    reason_zh: str
