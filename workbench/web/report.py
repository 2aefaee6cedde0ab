"""The report of a bitext, as a page and as a file that stands alone."""

from io import BytesIO
from pathlib import Path

from flask import Blueprint, Response, jsonify, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from workbench.domain.claims import Verdict
from workbench.domain.operations import new_id
from workbench.report import charts
from workbench.report.quoting import around
from workbench.report.values import Report, ReportRow
from workbench.services.claims import bitext_claims
from workbench.services.reporting import GROUPS, report, scorecard
from workbench.services.review import perform
from workbench.services.workspace import Workspace
from workbench.web.compare import figure_name
from workbench.web.layout import category_names, reviewer, workspace

bp = Blueprint("report", __name__)
_STYLES = Path(__file__).parent / "static" / "css"


@bp.get("/b/<bitext_id>/report")
def page(bitext_id: str) -> ResponseReturnValue:
    """The report; every figure leads to the rows it comes from."""
    home = url_for("review.page", bitext_id=bitext_id)
    shown = _shown(report(workspace(), bitext_id), home)
    return render_template("report.html", **shown, alone=False)


@bp.get("/b/<bitext_id>/report/claims")
def claims(bitext_id: str) -> ResponseReturnValue:
    """What the commentary says, held against the original; slow, hence asked for apart."""
    return _claims(workspace(), bitext_id)


@bp.post("/b/<bitext_id>/report/claims")
def rule(bitext_id: str) -> ResponseReturnValue:
    """Keep a reviewer's verdict on a claim, or take it back; answers with the claims anew."""
    body = request.get_json()
    args = {"tgt": body.get("span"), "verdict": body.get("verdict"), "note": body.get("note")}
    ws = workspace()
    perform(
        ws, bitext_id, "rule", args,
        author=reviewer(), seen=int(body.get("seen") or 0), operation_id=new_id(),
    )  # fmt: skip
    ws.save_portable(bitext_id)
    return jsonify(html=_claims(ws, bitext_id))


def _claims(ws: Workspace, bitext_id: str) -> str:
    return render_template(
        "report_claims.html",
        records=list(bitext_claims(ws, bitext_id).to_json()),
        home=url_for("review.page", bitext_id=bitext_id),
        verdicts=list(Verdict),
        seen=ws.state(bitext_id).seq,
    )


@bp.get("/b/<bitext_id>/report.html")
def download(bitext_id: str) -> ResponseReturnValue:
    """The report as one file."""
    html = standalone(workspace(), bitext_id)
    headers = {"Content-Disposition": f"attachment; filename={bitext_id}-report.html"}
    return Response(html, mimetype="text/html", headers=headers)


@bp.get("/b/<bitext_id>/report.docx")
def memo(bitext_id: str) -> ResponseReturnValue:
    """The report as a Word document."""
    from workbench.exchange.printing import pictures
    from workbench.report.memo import write_docx

    stream = BytesIO()
    html = standalone(workspace(), bitext_id)
    write_docx(stream, html, pictures(html))
    stream.seek(0)
    return send_file(stream, as_attachment=True, download_name=f"{bitext_id}-report.docx")


def standalone(ws: Workspace, bitext_id: str, language: str = "") -> str:
    """The report as one HTML file with its style inside, claims included.

    language: a locale of the interface; that of the request when empty.
    """
    found = report(ws, bitext_id)
    style = "\n".join(
        (_STYLES / name).read_text(encoding="utf-8") for name in ("base.css", "report.css")
    )
    records = list(bitext_claims(ws, bitext_id).to_json())

    def render() -> str:
        return render_template(
            "report.html", **_shown(found), alone=True, style=Markup(style), records=records
        )

    if not language:
        return render()
    with force_locale(language):
        return render()


def _shown(found: Report, home: str = "") -> dict[str, object]:
    """What the template needs besides the report: the drawings, with names in this language.

    home: address of the review page, "" for a file that stands alone.
    """

    def place(row: ReportRow) -> str:
        return f"{home}#r-{row.id}" if home else f"#row-{row.number}"

    names = [section.title or _("Opening") for section in found.sections]
    categories = category_names()
    lines = [(categories.get(key, key), counts) for key, counts in found.annotations.items()]
    return {
        "report": found,
        "row_numbers": {row.id: row.number for row in found.row_lines},
        "row_ids": {row.number: row.id for row in found.row_lines},
        "card": scorecard(workspace()),
        "groups": [(group, [f for f in found.findings if f.group == group]) for group in GROUPS],
        "along": Markup(charts.along_document(found.row_lines, place)),
        "by_severity": Markup(charts.severities(lines)),
        "by_section": Markup(charts.coverage(found.sections, names)),
        "by_day": Markup(charts.days(found.days)),
        "section_names": names,
        "by_agreement": Markup(
            charts.agreement([(figure_name(f.of, f.what, f.by), f.alpha) for f in found.agreement])
        ),
        "figure_name": figure_name,
        "around": around,
    }
