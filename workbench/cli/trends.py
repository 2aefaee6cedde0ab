"""Trends over everything that was reviewed in the workspace."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from workbench.cli.terminal import print_json, print_table, say
from workbench.cli.texts import as_json_option
from workbench.report.trends import Rate
from workbench.services.trends import GROUPS, Trends, trend_frame
from workbench.services.trends import trends as gather
from workbench.services.workspace import Workspace


@click.command()
@click.option(
    "--by",
    type=click.Choice(("text", *GROUPS, "category", "term")),
    default="text",
    help="What to compare; default: text, in order of date.",
)
@click.option("--translator", default="", help="Only the texts of this translator.")
@click.option("--kind", default="", help="Only the texts of this kind.")
@click.option("--counterpart", default="", help="Only the texts about this counterpart.")
@click.option(
    "--csv",
    "table",
    type=click.Choice(("texts", "errors", "terms")),
    help="Print the table behind the trends as CSV.",
)
@as_json_option
@click.pass_obj
def trends(
    root: Path, by: str, translator: str, kind: str, counterpart: str, table: str, as_json: bool
) -> None:
    """Compare translations over time, translators, series, categories and terms."""
    found = gather(Workspace(root), translator=translator, kind=kind, counterpart=counterpart)
    if table:
        trend_frame(found, table).to_csv(sys.stdout, index=False)
        return
    lines: list[tuple[object, ...]]
    heads: tuple[str, ...] = (by, "date", "words", "errors", "per 1,000", "low", "high")
    if by == "term":
        heads = (by, "times", "as listed", "renderings")
        lines = [
            (term, total, good, "; ".join(f"{words} × {n}" for words, n in renderings.items()))
            for term, total, good, renderings in found.terms()
        ]
    else:
        lines = [
            (
                *(r.measured.key, r.measured.date, round(r.measured.words), r.errors),
                *(f"{number:.1f}" for number in (r.normed, r.low, r.high)),
            )
            for r in _rates(found, by)
        ]
    if as_json:
        print_json([dict(zip(heads, line, strict=True)) for line in lines])
        return
    print_table(heads, lines)
    if found.change and found.change.ratio is not None:
        change = found.change
        say(
            f"Later half against earlier half: {change.ratio:.2f} times the penalty points "
            f"(95%: {change.low:.2f} to {change.high:.2f})"
        )


def _rates(found: Trends, by: str) -> Sequence[Rate]:
    if by == "text":
        return found.rates
    return [rate for _, rate, _ in found.categories()] if by == "category" else found.by(by)
