"""Review sessions: who reviews a bitext, together or each alone.

In a shared session everybody works on the bitext itself. In an independent one each reviewer has a
copy of its alignment, made when the session began; what they say of it is brought together once
the session is closed.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

COPY = "~"
"""Divides a session's id from a reviewer's part in the id of a copy; no other id holds it."""

IDLE = 60.0
"""Seconds without a sign of activity after which somebody is taken to be away."""


class Mode(StrEnum):
    """Everybody sees everything, or nobody sees the others until the end."""

    SHARED = "shared"
    INDEPENDENT = "independent"


@dataclass(frozen=True, slots=True)
class Session:
    """A named review of a bitext. closed_at: "" while it is open."""

    id: str
    bitext_id: str
    title: str
    mode: Mode
    created_at: str
    created_by: str
    closed_at: str = ""

    @property
    def is_open(self) -> bool:
        """Whether its reviewers are at work."""
        return not self.closed_at


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A person's part in a session. bitext_id: what they work on, their copy or the bitext.

    token_hash: of their invitation, "" without one. finished_at: when they said they are done.
    """

    id: str
    session_id: str
    name: str
    bitext_id: str
    token_hash: str = ""
    invited_at: str = ""
    finished_at: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Where somebody was last in a bitext, and how long they have been at work on it.

    session_id: "" outside of sessions. src, tgt: the row's first characters. milliseconds: of
    activity. last_at: the last sign of it.
    """

    bitext_id: str
    person: str
    session_id: str = ""
    src: int = 0
    tgt: int = 0
    milliseconds: int = 0
    last_at: str = ""

    @property
    def seconds(self) -> int:
        """Whole seconds at work."""
        return self.milliseconds // 1000


def active_milliseconds(last_at: str, at: str) -> int:
    """How long somebody worked between two signs of activity: nothing if they are far apart.

    last_at, at: ISO 8601; "" for no sign yet. Two tabs of one person give signs to one clock, so
    their time counts once.
    """
    if not last_at:
        return 0
    gap = (datetime.fromisoformat(at) - datetime.fromisoformat(last_at)).total_seconds()
    return round(gap * 1000) if 0 < gap <= IDLE else 0
