"""The corrected text: choosing corrections, and making a new version of them."""

import uuid

from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workbench.errors import UsageError
from workbench.services import correcting, review
from workbench.services.preferences import preferences
from workbench.web.commands import described
from workbench.web.layout import reviewer, workspace

bp = Blueprint("correcting", __name__)
KINDS = ("use", "settle", "undo", "redo")


@bp.get("/b/<bitext_id>/corrected")
def page(bitext_id: str) -> ResponseReturnValue:
    """The corrections of a bitext, and how it differs from the version it corrects."""
    ws = workspace()
    view = correcting.corrected_view(ws, bitext_id)
    bitext = view.bitext
    return render_template(
        "corrected.html",
        view=view,
        src=ws.text(bitext.src_id),
        tgt=ws.text(bitext.tgt_id),
        commands=described(preferences(ws, reviewer()).get("keys", {})),
    )


@bp.post("/b/<bitext_id>/corrected/operations")
def operate(bitext_id: str) -> ResponseReturnValue:
    """Use or leave out a correction, settle an orphan, undo or redo; answers with the list."""
    ws = workspace()
    body = request.get_json()
    try:
        kind, args, seen = str(body["kind"]), dict(body.get("args") or {}), int(body["seen"])
        id_ = str(uuid.UUID(str(body["id"])))
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(_("The edit can't be read; reload the page.")) from error
    if kind not in KINDS:
        raise UsageError(_("The edit can't be read; reload the page."))
    review.perform(ws, bitext_id, kind, args, author=reviewer(), seen=seen, operation_id=id_)
    ws.save_portable(bitext_id)
    return shown(bitext_id)


@bp.get("/b/<bitext_id>/corrected/list")
def shown(bitext_id: str) -> ResponseReturnValue:
    """What of the page changes with each edit."""
    ws = workspace()
    view = correcting.corrected_view(ws, bitext_id)
    src, tgt = ws.text(view.bitext.src_id), ws.text(view.bitext.tgt_id)
    html = render_template("corrected_list.html", view=view, src=src, tgt=tgt)
    return jsonify(seq=view.seq, html=html)


@bp.post("/b/<bitext_id>/corrected")
def make(bitext_id: str) -> ResponseReturnValue:
    """Make the new version; answers where it is."""
    made = correcting.make_version(workspace(), bitext_id, reviewer())
    return jsonify(url=url_for("review.page", bitext_id=made.id))


@bp.get("/b/<bitext_id>/reading")
def reading(bitext_id: str) -> ResponseReturnValue:
    """Both sides of a row, the English as it reads with its corrections."""
    src, tgt = correcting.reading_of(workspace(), bitext_id, request.args.get("row", ""))
    return jsonify(src=src, tgt=tgt)
