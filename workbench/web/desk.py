"""What the review page says of the session that somebody works in, and of where they were."""

from dataclasses import dataclass

from workbench.domain.sessions import Attendance, Reviewer, Session
from workbench.services import attending, sessions
from workbench.services.workspace import Workspace
from workbench.web.access import part_here
from workbench.web.layout import reviewer


@dataclass(frozen=True, slots=True)
class Desk:
    """session, person: None outside of a session. place: where the person was last, and for how
    long they have been at work."""

    session: Session | None
    person: Reviewer | None
    place: Attendance

    @property
    def open(self) -> bool:
        """Whether anything can be changed here."""
        return self.session is None or self.session.is_open


def desk(ws: Workspace, bitext_id: str) -> Desk:
    """The desk of the person at this browser."""
    me = reviewer()
    person = part_here() or sessions.part_of(ws, bitext_id, me)
    session = sessions.session_of(ws, person.session_id)[0] if person else None
    place = attending.attended(ws, bitext_id, me, session.id if session else "")
    return Desk(session, person, place)
