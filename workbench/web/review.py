"""The review page: its rows, its edits, and the work in progress."""

import uuid

from flask import Blueprint, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workbench.errors import Conflict, UsageError
from workbench.services import jobs, review
from workbench.services.page import review_view
from workbench.services.preferences import preferences
from workbench.services.views import ReviewView
from workbench.web.commands import described
from workbench.web.layout import reviewer, workspace
from workbench.web.tracker import Trackers

bp = Blueprint("review", __name__)
BOOT = uuid.uuid4().hex  # a page that was made before a restart asks for everything anew


def _trackers() -> Trackers:
    found: Trackers = current_app.extensions.setdefault("workbench.trackers", Trackers())
    return found


@bp.get("/b/<bitext_id>")
def page(bitext_id: str) -> ResponseReturnValue:
    """The review of a bitext, or how far its alignment is."""
    ws = workspace()
    bitext = ws.bitext(bitext_id)
    job = jobs.current(ws, bitext_id)
    if not ws.state(bitext_id).collection("beads"):
        return render_template("aligning.html", bitext=bitext, job=job)
    shown = _trackers().of(bitext_id).show(lambda: review_view(ws, bitext_id, reviewer()))
    view = shown.view
    if view.checking and (job is None or job.status in jobs.FINISHED):
        jobs.enqueue(ws, jobs.CHECK, bitext_id)  # such as after a rebuild from the files
    return render_template(
        "review.html",
        view=view,
        src=ws.text(bitext.src_id),
        tgt=ws.text(bitext.tgt_id),
        **_languages(view),
        rev=shown.rev,
        boot=BOOT,
        commands=described(preferences(ws, reviewer()).get("keys", {})),
    )


@bp.post("/b/<bitext_id>/operations")
def operate(bitext_id: str) -> ResponseReturnValue:
    """Carry out one edit and answer with what changed on the page."""
    ws = workspace()
    body = request.get_json()
    try:
        kind, args, seen = str(body["kind"]), dict(body.get("args") or {}), int(body["seen"])
        id_ = str(uuid.UUID(str(body["id"])))
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(_("The edit can't be read; reload the page.")) from error
    try:
        review.perform(ws, bitext_id, kind, args, author=reviewer(), seen=seen, operation_id=id_)
    except Conflict as error:
        return jsonify(error=str(error), **_patch(bitext_id, body)), 409
    except UsageError as error:
        return jsonify(error=str(error), **_patch(bitext_id, body)), 400
    if kind in CHANGES_ROWS:
        jobs.enqueue(ws, jobs.CHECK, bitext_id)
    answer = _patch(bitext_id, body)
    ws.save_portable(bitext_id)
    return jsonify(**answer)


CHANGES_ROWS = {"merge", "split", "move", "unpair", "pair", "undo", "redo", "role"}


@bp.get("/b/<bitext_id>/changes")
def changes(bitext_id: str) -> ResponseReturnValue:
    """What changed since a revision of the page; asked for every few seconds."""
    return jsonify(**_patch(bitext_id, request.args))


def _patch(bitext_id: str, asked: object) -> dict[str, object]:
    """The rows that are new or different since the revision the page has."""
    ws = workspace()
    get = asked.get  # type: ignore[attr-defined]  # a JSON body or a query string
    rev = str(get("rev"))
    since = int(rev) if get("boot") == BOOT and rev.isdecimal() else -1
    tracker = _trackers().of(bitext_id)
    shown = tracker.show(lambda: review_view(ws, bitext_id, reviewer()), since)
    view = shown.view
    job = jobs.current(ws, bitext_id)
    return {
        "boot": BOOT,
        "rev": shown.rev,
        "seq": view.seq,
        "rows": {id_: _row_html(view, id_) for id_ in shown.rows},
        "groups": _groups(view) if shown.regrouped else None,
        "summary": render_template("review_summary.html", view=view),
        "undo": view.summary.can_undo,
        "redo": view.summary.can_redo,
        "checking": view.checking and job is not None and job.status in ("queued", "running"),
    }


def _row_html(view: ReviewView, row_id: str) -> str:
    row = view.rows[row_id]
    return render_template("review_row.html", row=row, view=view, **_languages(view))


def _languages(view: ReviewView) -> dict[str, str]:
    ws = workspace()
    src, tgt = ws.text(view.bitext.src_id), ws.text(view.bitext.tgt_id)
    return {"src_lang": src.lang, "tgt_lang": tgt.lang}


def _groups(view: ReviewView) -> list[dict[str, object]]:
    return [
        {
            "html": render_template("review_group.html", group=group),
            "role": str(group.role),
            "rows": list(group.rows),
        }
        for group in view.groups
    ]


@bp.get("/b/<bitext_id>/job")
def job_state(bitext_id: str) -> ResponseReturnValue:
    """How far the newest job of a bitext is."""
    ws = workspace()
    bitext = ws.bitext(bitext_id)
    job = jobs.current(ws, bitext_id)
    ready = bool(ws.state(bitext_id).collection("beads"))
    if job is None:
        return jsonify(status="done" if ready else "none", ready=ready)
    html = render_template("job.html", job=job, bitext=bitext)
    return jsonify(status=job.status, ready=ready, html=html)


@bp.post("/jobs/<job_id>/<action>")
def job_action(job_id: str, action: str) -> ResponseReturnValue:
    """Stop a job, or queue it again."""
    ws = workspace()
    if action == "stop":
        jobs.stop(ws, job_id)
    elif action == "resume":
        jobs.resume(ws, job_id)
    else:
        raise UsageError(_("A job can be stopped or resumed."))
    return jsonify(ok=True)
