"""Two texts in one language side by side."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from workbench.errors import WorkbenchError
from workbench.services.comparing import compare
from workbench.web.layout import workspace
from workbench.web.sentences import in_words

bp = Blueprint("comparing", __name__)


@bp.get("/compare")
def page() -> ResponseReturnValue:
    """Choose two texts; what both say, what only one says, and which words differ."""
    ws = workspace()
    entries = [entry for entry in ws.catalogue.entries().values() if entry.file]
    entries.sort(key=lambda entry: (not entry.lang.startswith("zh"), entry.date, entry.title))
    asked = {name: request.args.get(name, "") for name in ("first", "second", "show")}
    found, problem = None, ""
    if asked["first"] and asked["second"]:
        try:
            found = compare(ws, asked["first"], asked["second"])
        except WorkbenchError as error:
            problem = in_words(str(error))
    return render_template(
        "comparing.html", entries=entries, asked=asked, found=found, problem=problem
    )
