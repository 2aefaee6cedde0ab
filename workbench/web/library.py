"""The library: what there is, and texts that the catalogue knows fetched from their address."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workbench.exchange.documents import Wishes
from workbench.services import fetching, jobs, library, memories
from workbench.web.adding import asked_from_here
from workbench.web.layout import workspace

bp = Blueprint("library", __name__)
SHOWN = 40  # paragraphs of a fetched text that differ


@bp.get("/")
def index() -> ResponseReturnValue:
    """The library: every bitext of the workspace."""
    ws = workspace()
    return render_template(
        "library.html",
        works=library.works(ws),
        differences=ws.differences,
        memories=memories.memories(ws),
    )


@bp.post("/b/<bitext_id>/align")
def align(bitext_id: str) -> ResponseReturnValue:
    """Align a bitext, also one that only the catalogue names so far."""
    ws = workspace()
    bitext = library.find_bitext(ws, bitext_id)
    jobs.enqueue(ws, jobs.ALIGN, bitext.id, force=request.form.get("force") == "1")
    return redirect(url_for("review.page", bitext_id=bitext.id))


@bp.post("/b/<bitext_id>/settle")
def settle(bitext_id: str) -> ResponseReturnValue:
    """Take an alignment file that was changed outside, or keep the database's state."""
    workspace().settle(bitext_id, keep=request.form.get("keep", ""))
    return redirect(url_for("library.index"))


@bp.post("/memories/<memory_id>/remove")
def remove_memory(memory_id: str) -> ResponseReturnValue:
    """Take a memory away."""
    memories.remove_memory(workspace(), memory_id)
    return redirect(url_for("library.index") + "#memories")


@bp.post("/texts/<text_id>/fetch")
def fetch(text_id: str) -> ResponseReturnValue:
    """Fetch a text that the catalogue knows by its address; kept once its differences were seen.

    What is kept is fetched again, and must be what was shown.
    """
    ws = workspace()
    wishes = Wishes(whole_page=request.form.get("whole_page") == "1")
    found = fetching.fetch_entry(ws, text_id, wishes=wishes, private=asked_from_here())
    shown = request.form.get("shown", "")
    if shown == found.mark:
        fetching.store_fetched(ws, found)
        return redirect(url_for("library.index"))
    return render_template(
        "fetched.html",
        found=found,
        limit=SHOWN,
        whole_page=wishes.whole_page,
        changed_meanwhile=bool(shown),
    )
