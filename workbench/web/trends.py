"""Trends: what was reviewed in the workspace, over time and in groups."""

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from workbench.report.trend_charts import groups, over_time
from workbench.report.trends import share_interval
from workbench.services.trends import (
    GROUPS,
    ErrorLine,
    Reviewed,
    Trends,
    trend_frame,
    trends,
)
from workbench.web.layout import category_names, workspace

bp = Blueprint("trends", __name__)
_TERMS = 40


@bp.get("/trends")
def page() -> ResponseReturnValue:
    """Scores by text, translator, series and category; renderings of terms."""
    asked = _asked()
    found = trends(workspace(), **asked)
    everything = trends(workspace()) if any(asked.values()) else found
    names = category_names()
    links = [url_for("report.page", bitext_id=one.bitext) for one in found.reviewed]
    terms = [(*line, share_interval(line[2], line[1])) for line in found.terms()]
    categories = found.categories()
    return render_template(
        "trends.html",
        found=found,
        asked=asked,
        choices={
            name: sorted({one.name(name) for one in everything.reviewed} - {""}) for name in asked
        },
        along=Markup(over_time(found.rates, found.card.points, links)),
        links=links,
        groups=[(name, rates, _drawn(rates), found.against(name))
                for name in GROUPS for rates in (found.by(name),) if len(rates) > 1],
        categories=[(names.get(key, key), rate, change) for key, rate, change in categories],
        by_category=Markup(groups(
            [(names.get(key, key), r.normed, r.low, r.high) for key, r, _ in categories])),
        where=[(names.get(key, key), _errors(found, key)) for key, _, _ in categories],
        terms=terms[:_TERMS],
        by_term=Markup(groups(
            [(term, good / total, low, high)
             for term, total, good, _, (low, high) in terms[:12]], percent=True)),
    )  # fmt: skip


def _errors(found: Trends, category: str) -> list[tuple[Reviewed, ErrorLine]]:
    return [(one, e) for one in found.reviewed for e in one.errors if e.category == category]


def _drawn(rates: list) -> Markup:  # type: ignore[type-arg]
    return Markup(groups([(r.measured.key, r.normed, r.low, r.high) for r in rates]))


def _asked() -> dict[str, str]:
    return {name: request.args.get(name, "") for name in ("translator", "kind", "counterpart")}


@bp.get("/trends/<what>.csv")
def table(what: str) -> ResponseReturnValue:
    """A table behind the trends."""
    content = trend_frame(trends(workspace(), **_asked()), what).to_csv(index=False)
    headers = {"Content-Disposition": f"attachment; filename=trends-{what}.csv"}
    return Response("\ufeff" + content, mimetype="text/csv", headers=headers)
