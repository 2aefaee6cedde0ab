"""What open pages hear of each other: a stream of news, and who is on which row."""

import json
import secrets
import time
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request, session
from flask.typing import ResponseReturnValue

from workbench.domain.sessions import Attendance
from workbench.services import attending, sessions
from workbench.services.workspace import Workspace
from workbench.web.access import part_here
from workbench.web.hub import Here, Hub
from workbench.web.layout import reviewer, workspace

bp = Blueprint("live", __name__)
LOOK = 1.0  # seconds between two looks at what the worker and the command line did
LONGEST = 40  # characters of a page's own name


def hub() -> Hub:
    """The hub of this application."""
    found: Hub = current_app.extensions["workbench.hub"]
    return found


def know_browser() -> None:
    """Give the browser a name, to count the streams it holds."""
    if "browser" not in session:
        session["browser"] = secrets.token_hex(8)


def people(bitext_id: str) -> list[tuple[str, int, int]]:
    """Everybody else at this bitext."""
    return hub().people(bitext_id, reviewer())


def session_id(bitext_id: str) -> str:
    """The session in which the person at this browser works on a bitext, or ""."""
    part = part_here() or sessions.part_of(workspace(), bitext_id, reviewer())
    return part.session_id if part else ""


@bp.get("/b/<bitext_id>/live")
def stream(bitext_id: str) -> ResponseReturnValue:
    """News as it happens; no content when there are too many streams already."""
    ws, here, me = workspace(), hub(), reviewer()
    ws.bitext(bitext_id)
    browser = str(session.get("browser", request.remote_addr))
    if not here.take(browser):
        return "", 204
    answer = Response(_events(ws, here, bitext_id, me), mimetype="text/event-stream")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    answer.call_on_close(lambda: here.give_back(browser))
    return answer


def _events(ws: Workspace, here: Hub, bitext_id: str, me: str) -> Iterator[str]:
    """An event at each change; between them a blank line now and then, which finds out whether
    the page is still there."""
    seen, mark, last = -1, "", time.monotonic()
    yield "retry: 3000\n\n"
    while not here.closed:
        news = here.wait(bitext_id, seen, LOOK)
        now = attending.news(ws, bitext_id)
        if news != seen or now.mark != mark:
            last = time.monotonic()
            value = {"seq": now.seq, "mark": now.mark, "people": here.people(bitext_id, me)}
            yield f"data: {json.dumps(value, ensure_ascii=False)}\n\n"
        elif time.monotonic() - last > 5:
            last = time.monotonic()
            yield ": here\n\n"
        seen, mark = news, now.mark


@bp.post("/b/<bitext_id>/here")
def here(bitext_id: str) -> ResponseReturnValue:
    """Where somebody is, and whether they are at work; asked for by open pages."""
    body: dict[str, Any] = request.get_json()
    page = str(body.get("page", ""))[:LONGEST]
    if body.get("left"):
        hub().left(bitext_id, page)
        return jsonify(people=[])
    me, place = reviewer(), (int(body.get("src", 0)), int(body.get("tgt", 0)))
    hub().here(bitext_id, page, Here(me, *place, time.monotonic()))
    attendance = Attendance(bitext_id, me, session_id(bitext_id), *place)
    kept = attending.attend(workspace(), attendance, active=bool(body.get("active")))
    return jsonify(people=people(bitext_id), seconds=kept.seconds)
