"""The review page: its rows, its edits, and the work in progress."""

import logging
import uuid
from functools import partial

from flask import Blueprint, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from workbench.domain.carrying import ORPHANS
from workbench.domain.review import Severity
from workbench.domain.text import Text
from workbench.errors import Conflict, UsageError, WorkbenchError
from workbench.services import jobs, review
from workbench.services.about import FIELDS
from workbench.services.attending import News
from workbench.services.edits import REPAIRING
from workbench.services.history import row_history
from workbench.services.page import last_change_of_rows, review_view
from workbench.services.preferences import preferences
from workbench.services.term_lists import workspace_terms
from workbench.services.typologies import typology_of
from workbench.services.versions import Version, versions_of
from workbench.services.views import ReviewView
from workbench.services.workspace import Workspace
from workbench.storage.repository import Bitext
from workbench.web import live
from workbench.web.access import part_here
from workbench.web.commands import described
from workbench.web.desk import desk
from workbench.web.entries import AT_ONCE, entry, first_rows, group, rows_html, splice
from workbench.web.hub import Hub
from workbench.web.layout import category_names, choice_names, detector_names, reviewer, workspace
from workbench.web.sentences import in_words
from workbench.web.tracker import Shown, Trackers

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
    live.know_browser()
    shown = _show(bitext_id)
    view = shown.view
    if view.checking and (job is None or job.status in jobs.FINISHED):
        jobs.enqueue(ws, jobs.CHECK, bitext_id)  # such as after a rebuild from the files
    own = preferences(ws, reviewer())
    return render_template(
        "review.html",
        view=view,
        src=ws.text(bitext.src_id),
        tgt=ws.text(bitext.tgt_id),
        rev=shown.rev,
        mark=_news(view, job is not None and job.status in jobs.UNDER_WAY).mark,
        boot=BOOT,
        rows={id_: entry(row) for id_, row in view.rows.items()},
        groups=[group(one) for one in view.groups],
        first=Markup(rows_html(view, first_rows(view))),
        typology=typology_of(ws).typology,
        notice=in_words(typology_of(ws).problem),
        names=_names(),
        about=[_about(ws.text(bitext.src_id)), _about(ws.text(bitext.tgt_id))],
        desk=desk(ws, bitext_id),
        others=_others(ws, bitext),
        beside=own.get("beside", {}).get(bitext_id, ""),
        orphans=len(ws.state(bitext_id).collection(ORPHANS)),
        look=own.get("look", {}),
        commands=described(own.get("keys", {})),
    )


def _others(ws: Workspace, bitext: Bitext) -> list[Version]:
    """The aligned versions that can stand beside a bitext; whoever was invited sees their own."""
    if part_here() or bitext.session_id:
        return []
    found = versions_of(ws, bitext.id)
    return [version for version in found if version.aligned and version.bitext != bitext.id]


def _names() -> dict[str, object]:
    """What the scripts call things."""
    severities = (_("neutral"), _("minor"), _("major"), _("critical"))
    return {
        "errors": category_names(),
        "choices": choice_names(),
        "detectors": detector_names(),
        "severities": dict(zip(map(str, Severity), severities, strict=True)),
        "comment": _("Comment"),
    }


def _about(text: Text) -> dict[str, str]:
    """A text as the dialog about it and quotations take it."""
    values = {name: getattr(text, name) for name in ("id", "title", "lang", *FIELDS)}
    return {
        **values,
        "version": text.sha256[:8],
        "url": url_for("texts.about", text_id=text.id),
    }


def _show(bitext_id: str, since: int = -1) -> Shown:
    ws, who = workspace(), reviewer()
    return _trackers().of(bitext_id).show(lambda m: review_view(ws, bitext_id, who, m), since)


@bp.post("/b/<bitext_id>/operations")
def operate(bitext_id: str) -> ResponseReturnValue:
    """Carry out one edit and answer with what changed on the page."""
    ws = workspace()
    body = request.get_json()
    try:
        kind, args, seen = str(body["kind"]), dict(body.get("args") or {}), int(body["seen"])
        id_ = str(uuid.UUID(str(body["id"])))
        unseen = [str(one) for one in body.get("after", [])][-AHEAD:]
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(_("The edit can't be read; reload the page.")) from error
    try:
        made = review.perform(
            ws, bitext_id, kind, args, author=reviewer(), seen=seen, operation_id=id_, unseen=unseen
        )
    except Conflict as error:
        return jsonify(error=in_words(str(error)), **_patch(bitext_id, body)), 409
    except UsageError as error:
        return jsonify(error=in_words(str(error)), **_patch(bitext_id, body)), 400
    turned = kind in ("undo", "redo") and last_change_of_rows(ws.state(bitext_id)) >= made
    check = kind in REPAIRING or turned
    answer = jsonify(**_patch(bitext_id, body, begun=check))
    after = partial(_after, ws, bitext_id, check=check, hub=live.hub(), log=current_app.logger)
    answer.call_on_close(after)
    return answer


def _after(ws: Workspace, bitext_id: str, *, check: bool, hub: Hub, log: logging.Logger) -> None:
    """What nobody waits for, once the answer is sent; the edit itself is in the log already.

    The others hear of it, the words are checked again, the portable file is written.
    """
    try:
        if check:
            jobs.enqueue(ws, jobs.CHECK, bitext_id)
        hub.tell(bitext_id)
        ws.save_portable(bitext_id)
    except (WorkbenchError, OSError) as error:  # it is tried again with the next edit
        log.warning("%s was changed, but not its file or its flags: %s", bitext_id, error)


@bp.get("/b/<bitext_id>/changes")
def changes(bitext_id: str) -> ResponseReturnValue:
    """What changed since a revision of the page; asked for every few seconds."""
    return jsonify(**_patch(bitext_id, request.args))


@bp.get("/b/<bitext_id>/rows")
def rows(bitext_id: str) -> ResponseReturnValue:
    """The words and notes of some rows, as they are now."""
    ids = request.args.get("ids", "").split(",")[:ASKED]
    shown = _show(bitext_id)
    return jsonify(rev=shown.rev, html=rows_html(shown.view, ids))


def _news(view: ReviewView, working: bool) -> News:
    """Up to where a view has come, so that its page need not ask when it hears of just that."""
    return News(view.seq, view.bitext.checked_seq, working)


AHEAD = 500  # edits that may have been made before one whose outcome is not seen
ASKED = 200  # rows whose words may be asked for at once


def _patch(bitext_id: str, asked: object, *, begun: bool = False) -> dict[str, object]:
    """The rows that are new or different since the revision the page has.

    begun: a check is asked for as soon as this is sent.
    """
    get = asked.get  # type: ignore[attr-defined]  # a JSON body or a query string
    rev = str(get("rev"))
    since = int(rev) if get("boot") == BOOT and rev.isdecimal() else -1
    shown = _show(bitext_id, since)
    view = shown.view
    job = jobs.current(workspace(), bitext_id)
    news = _news(view, begun or (job is not None and job.status in jobs.UNDER_WAY))
    return {
        "boot": BOOT,
        "rev": shown.rev,
        "seq": view.seq,
        "rows": {id_: entry(view.rows[id_]) for id_ in shown.rows},
        "html": rows_html(view, shown.rows) if len(shown.rows) <= AT_ONCE else "",
        "splice": splice(shown.splice),
        "summary": render_template("review_summary.html", view=view),
        "review": {"status": view.review.status, "signatures": view.review.signatures},
        "undo": view.summary.can_undo,
        "redo": view.summary.can_redo,
        "mark": news.mark,
        "checking": view.checking and news.working,
        "people": live.people(bitext_id),
    }


@bp.get("/b/<bitext_id>/terms")
def terms(bitext_id: str) -> ResponseReturnValue:
    """The terms that stand in some Chinese words, with their renderings."""
    ws = workspace()
    ws.bitext(bitext_id)
    found = workspace_terms(ws).find(request.args.get("words", ""))
    return jsonify(terms=[[term.src, term.preferred] for _, term in found])


@bp.get("/b/<bitext_id>/history")
def history(bitext_id: str) -> ResponseReturnValue:
    """What happened to a row, and by whom."""
    events = row_history(workspace(), bitext_id, request.args.get("row", ""))
    return jsonify(html=render_template("review_history.html", events=events))


@bp.post("/b/<bitext_id>/realign")
def realign(bitext_id: str) -> ResponseReturnValue:
    """Align anew what nobody confirmed or made; who asks can undo it."""
    ws = workspace()
    ws.bitext(bitext_id)
    job = jobs.enqueue(ws, jobs.ALIGN, bitext_id, force=True, author=reviewer())
    return jsonify(job=job.id)


@bp.post("/b/<bitext_id>/moved")
def find_moved(bitext_id: str) -> ResponseReturnValue:
    """Look for passages that the translation puts elsewhere; who asks can undo what is found."""
    ws = workspace()
    ws.bitext(bitext_id)
    job = jobs.enqueue(ws, jobs.MOVES, bitext_id, author=reviewer())
    return jsonify(job=job.id)


@bp.get("/b/<bitext_id>/job")
def job_state(bitext_id: str) -> ResponseReturnValue:
    """How far the newest job of a bitext is."""
    ws = workspace()
    bitext = ws.bitext(bitext_id)
    job = jobs.current(ws, bitext_id)
    ready = bool(ws.state(bitext_id).collection("beads"))
    if job is None:
        return jsonify(status="done" if ready else "none", ready=ready)
    return jsonify(
        status=job.status,
        ready=ready,
        html=render_template("job.html", job=job, bitext=bitext),
        message=in_words(job.message),
        done=job.done,
        total=job.total,
        stop=url_for("review.job_action", job_id=job.id, action="stop"),
    )


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
