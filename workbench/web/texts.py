"""What is said of a text, changed where it is read."""

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workbench.errors import UsageError
from workbench.services.about import FIELDS, checked_about, describe_text
from workbench.web.layout import workspace

bp = Blueprint("texts", __name__)


@bp.post("/texts/<text_id>/about")
def about(text_id: str) -> ResponseReturnValue:
    """Keep who issued a text, whether it is official, its date, address and licence."""
    body = request.get_json()
    if not isinstance(body, dict):
        raise UsageError(_("What is said of the text can't be read; reload the page."))
    given = {name: str(body[name]) for name in FIELDS if name in body}
    entry = describe_text(workspace(), text_id, **given)
    values = {name: getattr(entry, name) for name in FIELDS}
    return jsonify(values=values, html=render_template("text_about.html", text=entry))


def asked_about(field: str) -> dict[str, str]:
    """What a form with two texts says of one of them. field: "src" or "tgt"."""
    given = {name: request.form.get(f"{field}_{name}", "") for name in FIELDS}
    return checked_about(**{name: value for name, value in given.items() if value.strip()})
