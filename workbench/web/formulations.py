"""Set formulations: the list, one of them, and what a text says that earlier ones do not."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from workbench.domain.formulations import Formulation, Place, Shift
from workbench.errors import UnknownName, UsageError
from workbench.formulations import FEWEST
from workbench.report.strips import strip
from workbench.services import formulation_edits as corrected
from workbench.services import formulations as found
from workbench.services.dated import add_dated
from workbench.web.layout import reviewer, workspace
from workbench.web.search import marked

bp = Blueprint("formulations", __name__)
_PAGE = 150


@bp.get("/formulations")
def page() -> ResponseReturnValue:
    """The dated texts and what they repeat."""
    series = found.series(workspace())
    query = "".join(request.args.get("q", "").split())
    shown = [f for f in series.formulations if query in f.words or query in f.label]
    most = None if request.args.get("all") else _PAGE
    return render_template(
        "formulations.html",
        series=series,
        fewest=FEWEST,
        query=query,
        total=len(shown),
        shown=[(f, _strip(f, series)) for f in shown[:most]],
        kinds=sorted({e.kind for e in series.entries.values() if e.kind}),
        corrections=corrected.corrections(workspace()),
    )


def _strip(formulation: Formulation, series: found.Series, here: str = "") -> Markup:
    ids = [text.id for text in series.texts]
    counts = [formulation.count(text) for text in ids]
    return Markup(strip(counts, ids.index(here) if here else -1))


@bp.get("/formulations/phrase")
def phrase() -> ResponseReturnValue:
    """One formulation with every occurrence."""
    words = request.args.get("words", "")
    ws = workspace()
    series = found.series(ws)
    chosen = next((f for f in series.formulations if f.words == words), None)
    if chosen is None:
        raise UnknownName("formulation", words, [f.words for f in series.formulations[:10]])
    renderings = found.renderings_of(ws, chosen.places)
    counts: dict[str, int] = {}
    for words_ in renderings.values():
        counts[words_.lower()] = counts.get(words_.lower(), 0) + 1
    return render_template(
        "formulation.html",
        formulation=chosen,
        drawing=_strip(chosen, series),
        texts={text.id: text for text in series.texts},
        around=lambda place: _around(series, place),
        renderings=renderings,
        counts=sorted(counts.items(), key=lambda item: -item[1]),
        others=[f.words for f in series.formulations if f.words != chosen.words],
    )


def _around(series: found.Series, place: Place) -> Markup:
    content = series.text(place.text).content
    return marked(place.clause.of(content), (place.span.shift(-place.clause.start),))


@bp.get("/formulations/text/<text_id>")
def text(text_id: str) -> ResponseReturnValue:
    """What a text says that the earlier ones do not, and the reverse."""
    by = request.args.get("by")
    comparison = found.compare_text(workspace(), text_id, by)
    series = found.series(workspace())
    return render_template(
        "formulation_changes.html",
        c=comparison,
        entry=series.entries[text_id],
        shifts=[
            (shift, [c for c in comparison.changes if c.shift is shift])
            for shift in Shift
        ],
        drawing=lambda formulation: _strip(formulation, series, text_id),
        around=lambda place: _around(series, place),
        unheard=[
            (u, marked(u.clause.of(comparison.text.content),
                       tuple(w.shift(-u.clause.start) for w in u.words)))
            for u in comparison.unheard
        ],
        texts={t.id: t for t in series.texts},
        groups=[g for g in found.GROUPS if not g or getattr(series.entries[text_id], g)],
    )  # fmt: skip


@bp.post("/formulations/correct")
def correct() -> ResponseReturnValue:
    """Join, drop, add or rename a formulation."""
    form = request.form
    made = corrected.correct(
        workspace(), form.get("do", ""), form.get("phrase", ""), form.get("other", ""), reviewer()
    )
    if made.do in ("add", "rename"):
        return redirect(url_for("formulations.phrase", words=made.phrase))
    return redirect(url_for("formulations.page", _anchor="h-corrections"))


@bp.post("/formulations/take-back")
def take_back() -> ResponseReturnValue:
    """Take a correction back."""
    corrected.take_back(workspace(), request.form.get("id", ""))
    return redirect(url_for("formulations.page", _anchor="h-corrections"))


@bp.post("/formulations/texts")
def add_texts() -> ResponseReturnValue:
    """Store several dated texts."""
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        raise UsageError(_("Choose one or more files whose names hold a date."))
    for file in files:
        add_dated(
            workspace(),
            file.read(),
            file.filename or "",
            kind=" ".join(request.form.get("kind", "").split())[:100],
            counterpart=" ".join(request.form.get("counterpart", "").split())[:100],
        )
    return redirect(url_for("formulations.page"))


@bp.get("/formulations.csv")
def table() -> ResponseReturnValue:
    """Every occurrence as a table."""
    content = found.formulation_frame(workspace()).to_csv(index=False)
    headers = {"Content-Disposition": "attachment; filename=formulations.csv"}
    return Response("\ufeff" + content, mimetype="text/csv", headers=headers)
