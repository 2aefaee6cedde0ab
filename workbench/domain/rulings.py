"""What a reviewer says of a claim in place of the workbench's own verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.domain.claims import Verdict
from workbench.domain.notes import NOTE_LIMIT
from workbench.domain.operations import Change, State
from workbench.domain.text import Span
from workbench.errors import UsageError

RULINGS = "rulings"
"""The collection of rulings, by the claim's first and last offset."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict on a claim, by a person. span: characters of the commentary's text."""

    span: Span
    verdict: Verdict
    note: str = ""

    @property
    def id(self) -> str:
        """The name under which the log holds it: there is one ruling for each claim."""
        return f"{self.span.start}-{self.span.stop}"

    def to_json(self) -> dict[str, Any]:
        """The value as the log and the portable file hold it."""
        value = {"tgt": [self.span.start, self.span.stop], "verdict": str(self.verdict)}
        return value | ({"note": self.note} if self.note else {})

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Ruling":
        """The inverse of `to_json`.

        Raises:
            UsageError: no such verdict, no words, or too long a note.
        """
        try:
            start, stop = (int(offset) for offset in value["tgt"])
            verdict = Verdict(value["verdict"])
        except (KeyError, TypeError, ValueError):
            raise UsageError(
                f"A verdict on a claim is one of: {', '.join(Verdict)}; and it needs the claim."
            ) from None
        note = str(value.get("note") or "").strip()
        if not 0 <= start < stop:
            raise UsageError("A claim has at least one character.")
        if len(note) > NOTE_LIMIT:
            raise UsageError(f"A note holds at most {NOTE_LIMIT:,} characters; shorten it.")
        return cls(Span(start, stop), verdict, note)


def rule(state: State, args: Mapping[str, Any], size: int) -> tuple[Change, ...]:
    """The changes of a ruling. args: as `Ruling.from_json` takes them; without a verdict it is
    taken back, and the workbench's own counts again. size: characters of the text.
    """
    taken_back = not args.get("verdict")
    ruling = Ruling.from_json({**args, "verdict": args.get("verdict") or Verdict.SUPPORTED})
    if ruling.span.stop > size:
        raise UsageError("The claim is not in the text any more; reload the page.")
    before = state.get(RULINGS, ruling.id)
    after = None if taken_back else ruling.to_json()
    return () if before == after else (Change(RULINGS, ruling.id, before, after),)
