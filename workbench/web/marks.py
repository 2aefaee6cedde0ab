"""How the marks of a run are drawn: the line's style says the kind, its tint the severity."""

from markupsafe import Markup, escape

from workbench.services.views import Mark, Run
from workbench.web.layout import printable

FAMILIES = {
    "numbers": "number",
    "approximators": "number",
    "omission": "coverage",
    "addition": "coverage",
    "terms": "term",
    "consistency": "term",
    "names": "term",
    "mechanical": "mechanical",
    "note": "note",
}


def family(style: str) -> str:
    """The kind of line for a detector, or for a note."""
    return FAMILIES.get(style, "meaning")


def run_html(run: Run) -> Markup:
    """A run as a span that knows its offset in the text and the flags and notes on it."""
    attributes = f'class="run" data-a="{run.start}"'
    if run.marks:
        top = max(run.marks, key=_weight)
        classes = ["run", "m", f"m-{family(top.style)}", f"sev-{top.severity}"]
        classes += ["settled"] if top.settled else []
        classes += ["noted"] if any(mark.style == "note" for mark in run.marks) else []
        refs = escape(" ".join(mark.ref for mark in run.marks))
        attributes = f'class="{" ".join(classes)}" data-a="{run.start}" data-refs="{refs}"'
    return Markup("<span {}>{}</span>").format(Markup(attributes), printable(run.text))


def _weight(mark: Mark) -> tuple[bool, bool, int]:
    return (not mark.settled, mark.style != "note", mark.severity.rank)
