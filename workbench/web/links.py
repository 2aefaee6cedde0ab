"""Word links and dictionary entries, as the scripts of the review page ask for them."""

from dataclasses import asdict

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from workbench.services import glosses
from workbench.services.linking import row_links
from workbench.web.layout import workspace

bp = Blueprint("links", __name__)
ROWS_AT_ONCE = 50
WORDS_AT_ONCE = 6


@bp.get("/b/<bitext_id>/links")
def of_rows(bitext_id: str) -> ResponseReturnValue:
    """The links of some rows; null for a row that waits to be linked."""
    ids = [id_ for id_ in request.args.get("ids", "").split(",") if id_][:ROWS_AT_ONCE]
    return jsonify(rows=row_links(workspace(), bitext_id, ids))


@bp.get("/gloss")
def gloss() -> ResponseReturnValue:
    """What the dictionary says of some Chinese words."""
    words = [word for word in request.args.getlist("word") if word.strip()][:WORDS_AT_ONCE]
    found = [asdict(glosses.gloss(word)) for word in words]
    return jsonify(glosses=found, credit=glosses.CREDIT)
