"""Another English version beside the review, cut by its rows."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from workbench.services import versions
from workbench.services.preferences import prefer, preferences
from workbench.web.layout import printable, reviewer, workspace

bp = Blueprint("versions", __name__)


@bp.get("/b/<bitext_id>/beside/<other_id>")
def beside(bitext_id: str, other_id: str) -> ResponseReturnValue:
    """What another version has beside each row."""
    cells = versions.beside(workspace(), bitext_id, other_id)
    return jsonify(
        cells={
            id_: {
                "words": printable(cell.words),
                "joined": cell.joined,
                "extra": [printable(words) for words in cell.extra],
            }
            for id_, cell in cells.items()
        }
    )


@bp.post("/b/<bitext_id>/beside")
def remember(bitext_id: str) -> ResponseReturnValue:
    """Keep which version a person reads beside this one; "" for none."""
    ws, other = workspace(), str(request.get_json().get("other", ""))
    known = {version.bitext for version in versions.versions_of(ws, bitext_id)}
    chosen = dict(preferences(ws, reviewer()).get("beside", {}))
    chosen[bitext_id] = other if other in known else ""
    prefer(ws, reviewer(), "beside", chosen)
    return jsonify(ok=True)
