"""Errors a person can act on; anything else is a bug and must surface as one.

WorkbenchError            HTTP  exit
├── UsageError             400     2  the request itself makes no sense
├── UnknownName            404     2  no such encoder, detector, text, bitext
├── BadInput               422     3  a file or text that can't be used as it is
│   └── InvalidAlignment   422     3  beads do not tile the two texts
├── NotTranslations        422     4  the two texts are not translations of each other
├── Conflict               409     2  somebody changed the same thing first
├── NotInvited             403     2  a page that this person may not open
├── TooMany                429     2  tried too often in a short time
├── Unavailable            503     3  a model or a file is not to be had now
└── Stopped                409     5  stopped by the user; can be resumed

Every message is one sentence that says what was wrong, where, and what to do next.
"""

from collections.abc import Iterable


class WorkbenchError(Exception):
    """Base class. `status` is the HTTP answer, `exit_code` that of the command line."""

    status = 400
    exit_code = 2


class UsageError(WorkbenchError):
    """The request itself makes no sense."""


class UnknownName(WorkbenchError):
    """No such choice; the message lists the known names."""

    status = 404

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        choices = ", ".join(sorted(known)) or "none yet"
        super().__init__(f"There is no {kind} named {name!r}; choose from: {choices}.")


class BadInput(WorkbenchError):
    """A file or text that can't be used as it is."""

    status = 422
    exit_code = 3


class InvalidAlignment(BadInput):
    """The beads do not tile the two texts."""


class NotTranslations(WorkbenchError):
    """The two texts do not seem to be translations of each other."""

    status = 422
    exit_code = 4


class Conflict(WorkbenchError):
    """Somebody changed the same thing first; nothing was overwritten."""

    status = 409


class NotInvited(WorkbenchError):
    """A page that this person may not open."""

    status = 403


class TooMany(WorkbenchError):
    """Tried too often in a short time."""

    status = 429


class Unavailable(WorkbenchError):
    """Something this needs is not to be had now, such as a model while offline."""

    status = 503
    exit_code = 3


class Stopped(WorkbenchError):
    """The user stopped the work; what was done is kept and can be resumed."""

    status = 409
    exit_code = 5
