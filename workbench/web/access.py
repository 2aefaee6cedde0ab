"""Who may open what.

On this machine alone everybody is the owner, unless their browser came in by an invitation.
Beyond it nobody gets in without a link of their own. A reviewer sees what they were invited to and
nothing else: what is not named here is for the owner.
"""

import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workbench.domain.sessions import COPY, Reviewer, Session
from workbench.errors import Conflict, NotInvited, TooMany
from workbench.services import sessions
from workbench.services.sessions import hashed
from workbench.services.workspace import Workspace

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
OPEN = frozenset(("static", "joining.welcome", "joining.enter", "joining.leave"))
"""What a browser may ask for before it is known who sits at it."""

EVERYWHERE = frozenset(("layout.preferences", "links.gloss"))
"""What a reviewer may ask for that is about no bitext."""

DESK = frozenset(
    (
        "review.page",
        "review.operate",
        "review.changes",
        "review.rows",
        "review.terms",
        "review.history",
        "review.job_state",
        "review.realign",
        "review.find_moved",
        "links.of_rows",
        "search.find",
        "correcting.page",
        "correcting.operate",
        "correcting.shown",
        "correcting.reading",
        "report.page",
        "report.claims",
        "report.rule",
        "report.download",
        "exporting.preview",
        "exporting.download",
        "live.stream",
        "live.here",
        "sessions.finish",
    )
)
"""What a reviewer may ask for about the bitext, or the copy, that is theirs."""

AFTERWARDS = frozenset(("compare.page",))
"""What the reviewers of an independent session may see once it is closed."""

ATTEMPTS, PERIOD = 10, 60.0  # wrong invitations from one address in as many seconds


@dataclass(frozen=True, slots=True)
class Served:
    """How the pages are served. url: the address reviewers use, "" on this machine alone.

    names: hosts that are answered to beside those of this machine. owner: hash of the owner's
    own link, "" on this machine alone.
    """

    url: str = ""
    names: tuple[str, ...] = ()
    owner: str = ""

    @property
    def beyond(self) -> bool:
        """Whether others than this machine can reach the pages."""
        return bool(self.owner)


class Attempts:
    """Counts wrong invitations by address, so that nobody tries them by the thousand."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failed: defaultdict[str, deque[float]] = defaultdict(deque)

    def check(self, address: str) -> None:
        """Refuse an address that tried too often. Raises TooMany."""
        with self._lock:
            times = self._failed[address]
            while times and time.monotonic() - times[0] > PERIOD:
                times.popleft()
            if len(times) >= ATTEMPTS:
                raise TooMany(
                    _("Too many wrong links from your address; wait a minute and try again.")
                )

    def failed(self, address: str) -> None:
        """Count a wrong invitation."""
        with self._lock:
            if len(self._failed) > 10_000:
                self._failed.clear()
            self._failed[address].append(time.monotonic())


def init_app(app: Flask, ws: Workspace, served: Served) -> None:
    """Ask at each request who it is."""
    app.extensions["workbench.served"] = served
    app.extensions["workbench.attempts"] = Attempts()
    app.config["SESSION_COOKIE_SECURE"] = served.url.startswith("https:")

    @app.before_request
    def admit() -> ResponseReturnValue | None:
        _check_host(served)
        part = _part(ws)
        g.part = part
        if request.endpoint in OPEN:
            return None
        if part:
            return _admit_reviewer(ws, part)
        if served.beyond and session.get("owner") != served.owner:
            raise NotInvited(
                _("This page opens only by invitation; use the link that was sent to you.")
            )
        _keep_blind(ws)
        return None

    @app.context_processor
    def shared() -> dict[str, Any]:
        return {"part": part_here()}


def part_here() -> Reviewer | None:
    """The part of the person at this browser, if they came in by an invitation."""
    found: Reviewer | None = g.get("part")
    return found


def is_owner() -> bool:
    """Whether the person at this browser came in without an invitation to a session."""
    return part_here() is None


def public_url() -> str:
    """The address that invitations begin with."""
    served: Served = current_app.extensions["workbench.served"]
    return (served.url or request.host_url).rstrip("/")


def _check_host(served: Served) -> None:
    """Answer only to known names, so that no web page can reach in by another one."""
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if host not in LOCAL_HOSTS and host not in served.names:
        abort(421)


def _part(ws: Workspace) -> Reviewer | None:
    """Whose invitation the browser holds; None when it was taken back."""
    id_, mark = (*session.get("part", ()), "", "")[:2]
    if not id_:
        return None
    found = sessions.reviewer_of(ws, str(id_))
    if found is None or not found.token_hash or found.token_hash[: len(mark)] != mark:
        session.pop("part", None)
        return None
    return found


def _admit_reviewer(ws: Workspace, part: Reviewer) -> ResponseReturnValue | None:
    endpoint, arguments = request.endpoint, request.view_args or {}
    if endpoint == "library.index":
        return redirect(url_for("review.page", bitext_id=part.bitext_id))
    if endpoint in EVERYWHERE:
        return None
    found, _people = sessions.session_of(ws, part.session_id)
    if endpoint in DESK and arguments.get("bitext_id") == part.bitext_id:
        if request.method != "GET" and not found.is_open and endpoint != "live.here":
            raise Conflict(_("This session is closed; what you did in it is kept."))
        return None
    if endpoint in AFTERWARDS and arguments.get("session_id") == part.session_id:
        if found.is_open:
            raise NotInvited(_("The reviewers can be compared once the session is closed."))
        return None
    raise NotInvited(_("This page is not part of your review; go back to it by the first link."))


def _keep_blind(ws: Workspace) -> None:
    """Nobody opens another reviewer's copy while its session is open, the owner neither."""
    bitext_id = str((request.view_args or {}).get("bitext_id", ""))
    if COPY not in bitext_id:
        return
    from workbench.web.layout import reviewer

    found, people = sessions.session_of(ws, bitext_id.partition(COPY)[0])
    person = next((one for one in people if one.bitext_id == bitext_id), None)
    if found.is_open and (person is None or person.name != reviewer()):
        raise NotInvited(
            _("Each reviewer of this session works alone; it can be compared once it is closed.")
        )


def let_in(person: Reviewer) -> None:
    """Remember that this browser is a reviewer's."""
    session["part"] = [person.id, person.token_hash[:16]]
    session.permanent = True


def who(ws: Workspace, token: str) -> tuple[Reviewer, Session] | None:
    """Whose invitation a token is; None for the owner's own link.

    Raises:
        TooMany: the address tried too many wrong ones.
        NotInvited: nobody's, or it was taken back.
    """
    served: Served = current_app.extensions["workbench.served"]
    attempts: Attempts = current_app.extensions["workbench.attempts"]
    address = request.remote_addr or ""
    attempts.check(address)
    mark = hashed(token)
    if served.owner and mark == served.owner:
        return None
    found = sessions.invited(ws, mark)
    if found is None:
        attempts.failed(address)
        raise NotInvited(
            _("This link opens nothing any more; ask whoever sent it to you for a new one.")
        )
    return found, sessions.session_of(ws, found.session_id)[0]
