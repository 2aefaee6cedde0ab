"""The comparison of independent reviewers, and the making of one record."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup, escape

from workbench.domain.review import Severity
from workbench.domain.text import Span
from workbench.errors import UsageError, WorkbenchError
from workbench.services import comparison, settling
from workbench.services.comparison import Comparison, Item
from workbench.services.preferences import preferences
from workbench.services.typologies import typology_of
from workbench.web.access import is_owner
from workbench.web.commands import COMPARING, described
from workbench.web.layout import printable, reviewer, workspace
from workbench.web.live import hub
from workbench.web.sentences import in_words

bp = Blueprint("compare", __name__)


@bp.get("/sessions/<session_id>/compare")
def page(session_id: str) -> ResponseReturnValue:
    """Both texts with what each reviewer said, where they agree and where not."""
    ws = workspace()
    found = comparison.compare(ws, session_id)
    bitext = ws.bitext(found.session.bitext_id)
    return render_template(
        "compare.html",
        found=found,
        figures=comparison.figures(ws, session_id),
        bitext=bitext,
        items=_shown(found),
        typology=typology_of(ws).typology,
        settles=is_owner(),
        severities=_severities(),
        statuses={"revised": _("Revised"), "approved": _("Approved")},
        figure_name=figure_name,
        commands=described(preferences(ws, reviewer()).get("keys", {}), COMPARING),
    )


@bp.post("/sessions/<session_id>/settle")
def settle(session_id: str) -> ResponseReturnValue:
    """Give items an outcome, or take one back, and answer with the items as they are now."""
    ws, body = workspace(), request.get_json()
    try:
        kind, seen, id_ = str(body["kind"]), int(body["seen"]), str(uuid.UUID(str(body["id"])))
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(_("The edit can't be read; reload the page.")) from error
    who: dict[str, Any] = {"author": reviewer(), "seen": seen, "operation_id": id_}
    status, error_ = 200, ""
    try:
        if kind in ("undo", "redo"):
            settling.turn_back(ws, session_id, kind, **who)
        elif kind == "agreed":
            settling.take_agreed(ws, session_id, **who)
        else:
            settling.settle(
                ws,
                session_id,
                [str(body.get("item"))],
                kind,
                taken=str(body.get("taken") or ""),
                annotation=body.get("annotation"),
                **who,
            )
    except WorkbenchError as error:
        status, error_ = error.status, in_words(str(error))
    found = comparison.compare(ws, session_id)
    hub().tell(found.session.bitext_id)
    ws.save_portable(found.session.bitext_id)
    answer = {
        "seq": found.seq,
        "open": found.open_items,
        "items": {
            one.item.id: [
                "" if one.item.outcome is None else one.item.outcome["outcome"],
                render_template("compare_outcome.html", one=one),
            ]
            for one in _shown(found)
        },
    }
    return jsonify(**answer, **({"error": error_} if error_ else {})), status


@dataclass(frozen=True, slots=True)
class Shown:
    """An item with the words around it, its own marked."""

    item: Item
    src: Markup
    tgt: Markup
    words: str


def _shown(found: Comparison) -> list[Shown]:
    ws = workspace()
    bitext = ws.bitext(found.session.bitext_id)
    texts = (ws.text(bitext.src_id).content, ws.text(bitext.tgt_id).content)
    shown = []
    for item in found.items:
        spans = found.spans.get(item.row, (None, None))
        sides = [
            _marked(content, row, words)
            for content, row, words in zip(texts, spans, (item.src, item.tgt), strict=True)
        ]
        words = item.tgt.of(texts[1]) if item.tgt else ""
        if item.kind == "wording":
            words = spans[1].of(texts[1]).strip() if spans[1] else ""
        shown.append(Shown(item, sides[0], sides[1], words))
    return shown


def _marked(content: str, row: Span | None, words: Span | None) -> Markup:
    """A row's words with those of the item marked; the item may go beyond its row."""
    if row is None and words is None:
        return Markup()
    start = min(span.start for span in (row, words) if span)
    stop = max(span.stop for span in (row, words) if span)
    if words is None:
        return escape(printable(content[start:stop].strip()))
    return Markup("{}<mark>{}</mark>{}").format(
        printable(content[start : words.start]),
        printable(words.of(content)),
        printable(content[words.stop : stop].rstrip()),
    )


def _severities() -> dict[str, str]:
    names = (_("neutral"), _("minor"), _("major"), _("critical"))
    return dict(zip(map(str, Severity), names, strict=True))


def figure_name(of: str, what: str, by: str) -> str:
    """What a figure of agreement is about, in words."""
    types = {
        "error": _("Errors"),
        "choice": _("Choices"),
        "comment": _("Comments"),
        "decision": _("Flags"),
        "status": _("Rows"),
    }
    about = {
        ("marked", "row"): _("the same rows marked"),
        ("marked", "word"): _("the same words marked"),
        ("category", "word"): _("the same category, on words that two marked"),
        ("severity", "word"): _("the same severity, on words that two marked"),
        ("verdict", "flag"): _("the same decision"),
        ("status", "row"): _("the same status"),
    }
    return f"{types[of]}: {about[what, by]}"
