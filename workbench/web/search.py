"""Searching the workspace, and the concordance."""

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from workbench.domain.text import Span
from workbench.errors import UsageError
from workbench.search.query import Mode, Query
from workbench.services.concordance import concordance
from workbench.services.remarks import Filter
from workbench.services.search import read_ahead, search, titles
from workbench.services.typologies import typology_of
from workbench.web.layout import printable, workspace
from workbench.web.sentences import in_words

bp = Blueprint("search", __name__)
_PARTS = ("zh", "en", "no_zh", "no_en")


@bp.get("/search")
def page() -> ResponseReturnValue:
    """What answers a query, or the lines of a concordance."""
    ws = workspace()
    asked = {name: request.args.get(name, "").strip() for name in ("q", "in", "as", *_PARTS)}
    query, wanted = _query(), _filter()
    shown: dict[str, object] = {"results": None, "lines": None, "problem": ""}
    try:
        if asked["as"] == "concordance" and asked["q"]:
            shown["lines"] = concordance(ws, asked["q"])
        elif query.asks or wanted.asks:
            shown["results"] = search(ws, query, only=asked["in"], wanted=wanted)
        else:
            read_ahead(ws)
    except UsageError as error:
        shown["problem"] = in_words(str(error))
    return render_template(
        "search.html",
        asked=asked,
        mode=query.mode,
        modes=list(Mode),
        wanted=wanted,
        typology=typology_of(ws).typology,
        bitexts=titles(ws),
        marked=marked,
        **shown,
    )


@bp.get("/b/<bitext_id>/find")
def find(bitext_id: str) -> ResponseReturnValue:
    """What answers a query in one bitext, as a list beside its texts."""
    ws = workspace()
    ws.bitext(bitext_id)
    query = _query()
    results = search(ws, query, only=bitext_id) if query.asks else None
    html = render_template("review_found.html", results=results, marked=marked)
    return jsonify(html=html, total=results.total if results else 0)


def _query() -> Query:
    mode = Mode(request.args["mode"]) if request.args.get("mode") in list(Mode) else Mode.PLAIN
    parts = (request.args.get(name, "").strip() for name in _PARTS)
    return Query(request.args.get("q", "").strip(), mode, *parts)


def _filter() -> Filter:
    names = ("type", "category", "severity", "status", "reviewer", "pairing")
    try:
        doubt = min(1.0, max(0.0, float(request.args.get("doubt") or 0)))
    except ValueError:
        doubt = 0.0
    return Filter(**{name: request.args.get(name, "").strip() for name in names}, doubt=doubt)


def marked(text: str, spans: tuple[Span, ...]) -> Markup:
    """A text with some of its places marked."""
    parts: list[str] = []
    at = 0
    for span in sorted(spans):
        if span.start < at:
            continue
        parts.append(escape(printable(text[at : span.start])))
        parts.append(Markup("<mark>%s</mark>") % printable(span.of(text)))
        at = span.stop
    parts.append(escape(printable(text[at:].rstrip())))
    return Markup("").join(parts)
