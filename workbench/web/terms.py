"""The workspace's terms, and the rules by which flags are dismissed."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workbench.domain.rules import Scope
from workbench.domain.terms import Term
from workbench.errors import UsageError
from workbench.services import rules, term_lists
from workbench.web.layout import reviewer, workspace

bp = Blueprint("terms", __name__)
_CONFIDENCES = ("high", "medium", "low")
_LONGEST = 2000  # characters of a field


@bp.get("/terms")
def page() -> ResponseReturnValue:
    """The workspace's own terms, how many the product has, and the rules."""
    ws = workspace()
    return render_template(
        "terms.html",
        terms=term_lists.own_terms(ws),
        shipped=len(term_lists.workspace_terms(ws).entries),
        rules=rules.rules(ws),
        confidences=_CONFIDENCES,
    )


@bp.post("/terms")
def save() -> ResponseReturnValue:
    """Add or change a term. From a form it leads back to the page."""
    fields = request.get_json() if request.is_json else request.form

    def field(name: str) -> str:
        return " ".join(str(fields.get(name, "")).split())[:_LONGEST]

    confidence = field("confidence") or "high"
    if confidence not in _CONFIDENCES:
        raise UsageError(_("Confidence is high, medium or low."))
    term = Term(
        field("src"),
        field("preferred"),
        _several(field("admitted")),
        _several(field("deprecated")),
        confidence,
        field("note"),
        field("source") or reviewer(),
    )
    term_lists.save_term(workspace(), term)
    return jsonify(ok=True) if request.is_json else redirect(url_for("terms.page"))


@bp.post("/terms/keep")
def keep() -> ResponseReturnValue:
    """Make a rendering that a reviewer accepts the term's, from the review page."""
    fields = request.get_json()
    src, rendering = (str(fields.get(name, ""))[:_LONGEST] for name in ("src", "rendering"))
    term = term_lists.keep_rendering(workspace(), src, rendering, reviewer())
    return jsonify(src=term.src, preferred=term.preferred)


@bp.post("/terms/remove")
def remove() -> ResponseReturnValue:
    """Take a term out of the workspace's list."""
    term_lists.remove_term(workspace(), str(request.form.get("src", "")))
    return redirect(url_for("terms.page"))


@bp.post("/b/<bitext_id>/rules")
def dismiss_always(bitext_id: str) -> ResponseReturnValue:
    """Dismiss a flag and all like it, now and from now on."""
    body = request.get_json()
    try:
        scope, flag = Scope(body["scope"]), str(body["flag"])
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(_("The edit can't be read; reload the page.")) from error
    reason = str(body.get("reason") or "").strip()[:_LONGEST]
    rule = rules.dismiss_always(workspace(), bitext_id, flag, scope, reason, reviewer())
    return jsonify(rule=rule.id)


@bp.post("/rules/<rule_id>/remove")
def remove_rule(rule_id: str) -> ResponseReturnValue:
    """Take a rule away, with the decisions it made."""
    rules.remove_rule(workspace(), rule_id)
    return redirect(url_for("terms.page"))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())
