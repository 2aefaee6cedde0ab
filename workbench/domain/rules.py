"""Rules that people made by dismissing a flag for good: the same pattern is silent from then on."""

from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.review import StoredFlag


class Scope(StrEnum):
    """Where a rule holds."""

    TEXT = "text"
    WORKSPACE = "workspace"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of flags that somebody dismissed for good.

    bitext: its id for a rule of one text, else "". src_words, tgt_words: the wordings; case and
    white space make no difference. made_at: ISO 8601, UTC.
    """

    id: str
    scope: Scope
    bitext: str
    detector: str
    category: str
    src_words: str
    tgt_words: str
    reason: str
    author: str
    made_at: str

    def silences(self, flag: StoredFlag, bitext: str) -> bool:
        """Whether a flag of a bitext is of its pattern."""
        return (
            self.bitext in ("", bitext)
            and (self.detector, self.category) == (flag.detector, flag.category)
            and _flat(self.src_words) == _flat(flag.src_words)
            and _flat(self.tgt_words) == _flat(flag.tgt_words)
        )


def _flat(words: str) -> str:
    return " ".join(words.split()).casefold()
