"""Searching the workspace, and the concordance."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from workbench.domain.text import Span
from workbench.errors import UsageError
from workbench.search.query import Mode, Query
from workbench.services.concordance import concordance
from workbench.services.search import corpus, search
from workbench.web.layout import printable, workspace

bp = Blueprint("search", __name__)
_PARTS = ("zh", "en", "no_zh", "no_en")


@bp.get("/search")
def page() -> ResponseReturnValue:
    """What answers a query, or the lines of a concordance."""
    ws = workspace()
    asked = {name: request.args.get(name, "").strip() for name in ("q", "in", "as", *_PARTS)}
    mode = Mode(request.args["mode"]) if request.args.get("mode") in list(Mode) else Mode.PLAIN
    query = Query(asked["q"], mode, *(asked[name] for name in _PARTS))
    shown: dict[str, object] = {"results": None, "lines": None, "problem": ""}
    try:
        if asked["as"] == "concordance" and asked["q"]:
            shown["lines"] = concordance(ws, asked["q"])
        elif query.asks:
            shown["results"] = search(ws, query, only=asked["in"])
    except UsageError as error:
        shown["problem"] = str(error)
    return render_template(
        "search.html",
        asked=asked,
        mode=mode,
        modes=list(Mode),
        bitexts=[(bitext.id, bitext.title) for bitext in corpus(ws)],
        marked=marked,
        **shown,
    )


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
