"""The page of review sessions: making them, inviting people, closing them."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workbench.domain.sessions import Mode
from workbench.errors import UsageError
from workbench.services import attending, library, sessions
from workbench.web.access import part_here, public_url
from workbench.web.layout import reviewer, workspace
from workbench.web.live import hub

bp = Blueprint("sessions", __name__)


@bp.get("/sessions")
def page() -> ResponseReturnValue:
    """Every session with its reviewers, and a form for a new one."""
    ws = workspace()
    ready = [shelf for shelf in library.shelves(ws) if shelf.rows]
    return render_template(
        "sessions.html",
        overviews=attending.overviews(ws),
        ready=ready,
        chosen=request.args.get("bitext", ""),
        me=reviewer(),
    )


@bp.post("/sessions")
def create() -> ResponseReturnValue:
    """Begin a session."""
    try:
        mode = Mode(request.form.get("mode", ""))
    except ValueError as error:
        raise UsageError(_("A session is shared or independent.")) from error
    made = sessions.create_session(
        workspace(),
        request.form.get("bitext", ""),
        request.form.get("names", "").replace("，", ",").replace("\n", ",").split(","),
        mode=mode,
        author=reviewer(),
        title=request.form.get("title", ""),
    )
    return redirect(url_for("sessions.page") + f"#s-{made.id}")


@bp.post("/sessions/<session_id>/reviewers")
def add(session_id: str) -> ResponseReturnValue:
    """Let one more person take part."""
    sessions.add_reviewer(workspace(), session_id, request.form.get("name", ""))
    return redirect(url_for("sessions.page") + f"#s-{session_id}")


@bp.post("/sessions/<session_id>/<any(close, reopen):what>")
def course(session_id: str, what: str) -> ResponseReturnValue:
    """Close or reopen a session."""
    act = sessions.close_session if what == "close" else sessions.reopen_session
    act(workspace(), session_id)
    return redirect(url_for("sessions.page") + f"#s-{session_id}")


@bp.post("/reviewers/<reviewer_id>/invitation")
def invite(reviewer_id: str) -> ResponseReturnValue:
    """A new link for a person; it is shown once."""
    token = sessions.invite(workspace(), reviewer_id)
    return jsonify(link=public_url() + url_for("joining.welcome", token=token))


@bp.post("/reviewers/<reviewer_id>/revoke")
def revoke(reviewer_id: str) -> ResponseReturnValue:
    """Take a person's link back."""
    sessions.revoke(workspace(), reviewer_id)
    return jsonify(ok=True)


@bp.post("/b/<bitext_id>/finish")
def finish(bitext_id: str) -> ResponseReturnValue:
    """The person at this browser says that they are done, or not yet."""
    part = part_here() or sessions.part_of(workspace(), bitext_id, reviewer())
    if part is None:
        raise UsageError(_("You are in no session here."))
    sessions.finish(workspace(), part.id, done=bool(request.get_json().get("done")))
    hub().tell(bitext_id)
    return jsonify(ok=True)
