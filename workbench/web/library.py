"""The library, and adding texts to it."""

from dataclasses import dataclass

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workbench.errors import BadInput, UsageError, WorkbenchError
from workbench.services import jobs, library, versions
from workbench.services.about import describe_text
from workbench.services.library import Draft
from workbench.services.workspace import Workspace
from workbench.web.layout import workspace
from workbench.web.texts import asked_about

bp = Blueprint("library", __name__)
SHOWN = 200  # paragraphs of a preview; more would only be scrolled past


@bp.get("/")
def index() -> ResponseReturnValue:
    """The library: every bitext of the workspace."""
    ws = workspace()
    return render_template("library.html", works=library.works(ws), differences=ws.differences)


@bp.get("/add")
def add() -> ResponseReturnValue:
    """The page to add two texts, or another version of an original that is here."""
    ws = workspace()
    to = request.args.get("to", "")
    return render_template(
        "add.html",
        languages=library.LANGUAGES,
        limit=ws.settings.upload_limit,
        to=to,
        original=ws.catalogue.entry(library.find_bitext(ws, to).src_id) if to else None,
    )


@dataclass(frozen=True, slots=True)
class Pane:
    """One side of the preview: a draft, or what was wrong."""

    draft: Draft | None
    error: str = ""


@bp.post("/add/preview")
def preview() -> ResponseReturnValue:
    """What was recognised in one text, and the paragraphs as they will be split."""
    try:
        pane = Pane(_draft("text", request.form.get("lang", "")))
    except WorkbenchError as error:
        pane = Pane(None, str(error))
    html = render_template("add_preview.html", pane=pane, shown=SHOWN)
    draft = pane.draft
    return jsonify(
        html=html,
        ok=draft is not None,
        lang=draft.lang if draft else "",
        title=draft.title if draft else "",
    )


@bp.post("/add")
def create() -> ResponseReturnValue:
    """Store two texts, pair them and start aligning."""
    ws = workspace()
    if request.form.get("to"):
        return _add_version(ws, request.form["to"])
    first = _draft("src", request.form.get("src_lang", ""))
    second = _draft("tgt", request.form.get("tgt_lang", ""))
    library.check_languages(first.lang, second.lang)
    about = [asked_about("src"), asked_about("tgt")]
    if first.lang.startswith("en"):  # the original is the Chinese, whichever pane it was put in
        first, second = second, first
        about.reverse()
    title = " ".join(request.form.get("title", "").split())[:200]
    bitext = library.create_bitext(ws, first, second, title=title)
    for text_id, said in zip((bitext.src_id, bitext.tgt_id), about, strict=True):
        describe_text(ws, text_id, **said)
    if not ws.state(bitext.id).seq:
        jobs.enqueue(ws, jobs.ALIGN, bitext.id)
    return jsonify(url=url_for("review.page", bitext_id=bitext.id))


def _add_version(ws: Workspace, to: str) -> ResponseReturnValue:
    """Store another version of an original and start aligning it."""
    draft = _draft("tgt", request.form.get("tgt_lang", ""))
    title = " ".join(request.form.get("title", "").split())[:200]
    bitext = versions.add_version(ws, to, draft, title=title)
    describe_text(ws, bitext.tgt_id, **asked_about("tgt"))
    if not ws.state(bitext.id).seq:
        jobs.enqueue(ws, jobs.ALIGN, bitext.id)
    return jsonify(url=url_for("review.page", bitext_id=bitext.id))


def _draft(field: str, lang: str) -> Draft:
    ws = workspace()
    file = request.files.get(field)
    if file is None:
        raise UsageError(_("Choose a file or paste a text on each side."))
    data = file.read()
    name = "" if file.filename in (None, "", "blob", "pasted") else str(file.filename)
    limit = ws.settings.upload_limit
    if len(data) > limit:
        raise BadInput(
            _(
                "%(name)s holds %(size).1f MB; the browser takes texts of up to %(limit).1f MB. "
                "Use “workbench import” on the command line, or divide the file.",
                name=name or _("The pasted text"),
                size=len(data) / 1e6,
                limit=limit / 1e6,
            )
        )
    return library.read_draft(ws, data, name=name, lang=lang)


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
