"""One finding of form, before it becomes a flag."""

from dataclasses import dataclass

from workbench.domain.review import Severity
from workbench.domain.text import Span

PUNCTUATION = "linguistic-conventions/punctuation"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with the characters at a place. evidence: English, Chinese."""

    category: str
    severity: Severity
    span: Span
    evidence: tuple[str, str]
    confidence: float = 0.9
