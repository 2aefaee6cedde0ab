"""Adding texts: two of them, or one file that holds more than a text, shown before it is stored."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.utils import secure_filename

from workbench.errors import BadInput, UsageError, WorkbenchError
from workbench.exchange.documents import Wishes
from workbench.exchange.fetching import fetch
from workbench.services import arrivals, bilingual, jobs, library, versions
from workbench.services.about import describe_text
from workbench.services.arrivals import Arrival, Choice
from workbench.services.library import Draft
from workbench.services.workspace import Workspace
from workbench.storage.repository import Bitext
from workbench.web.access import Served
from workbench.web.layout import workspace
from workbench.web.sentences import in_words
from workbench.web.texts import asked_about

bp = Blueprint("adding", __name__)
SHOWN = 200  # paragraphs of a preview; more would only be scrolled past
_MIXED = ("table", "alternating", "blocks")  # recognised by what is in them, so it may be wrong
_WRAPPED = (b"%PDF-", b"PK\x03\x04")  # files whose text is a small part of them
WRAPPED = 5  # times as many bytes as a plain text may have
_PASTED = "pasted"


@bp.get("/add")
def page() -> ResponseReturnValue:
    """The page to add texts, files that hold more than one, or another version of an original."""
    ws, to = workspace(), request.args.get("to", "")
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
    lang = request.form.get("lang", "")
    pane, form = Pane(None), ""
    try:
        with _sent("text") as path:
            form = arrivals.kind_of(path)
            if form == "intertext text" or (form and not (lang and form in _MIXED)):
                return _of_several(path, form)
        pane = Pane(_draft("text", lang))
    except WorkbenchError as error:
        pane = Pane(None, in_words(str(error)))
    html = render_template("add_preview.html", pane=pane, shown=SHOWN)
    draft = pane.draft
    return jsonify(
        html=html,
        ok=draft is not None,
        lang=draft.lang if draft else "",
        title=draft.title if draft else "",
        kind=draft.encoding if draft else "",
    )


def _of_several(path: Path, form: str) -> ResponseReturnValue:
    """The answer to a file in a pane that is no single text."""
    if form != "intertext text":
        return jsonify(html="", ok=False, several=True)
    findings = bilingual.look_into(path, form)
    html = render_template("add_divided.html", sentences=findings.units)
    return jsonify(html=html, ok=True, lang="", title="", kind=form)


@bp.post("/add/fetch")
def fetch_address() -> ResponseReturnValue:
    """What is at a web address, as it came; the page goes on with it as with a chosen file."""
    found = fetch(request.form.get("address", "").strip(), private=asked_from_here())
    answer = Response(found.data, mimetype="application/octet-stream")
    answer.headers["X-Name"] = secure_filename(PurePath(found.name).name) or "page.html"
    answer.headers["Content-Disposition"] = "attachment"  # never shown as a page of ours
    return answer


@bp.post("/add/several")
def look() -> ResponseReturnValue:
    """What a file of another tool holds, before it is stored."""
    ws = workspace()
    with _sent("several") as path:
        form = arrivals.kind_of(path)
        if not form:
            raise BadInput(
                _(
                    "%(name)s is a text in one language; put it into one of the two fields above.",
                    name=_name("several"),
                )
            )
        arrival = arrivals.look(ws, path, form)
    html = render_template(
        "add_several.html",
        arrival=arrival,
        facts=_facts(arrival),
        ways=_ways(),
        shelves=library.shelves(ws) if arrivals.ERRORS in arrival.ways else [],
    )
    return jsonify(html=html, ok=bool(arrival.ways), links=arrivals.LINKS in arrival.ways)


@bp.post("/add/several/store")
def store() -> ResponseReturnValue:
    """Store a file of another tool in the way that was chosen."""
    ws = workspace()
    form = request.form
    langs = (form.get("several_src", ""), form.get("several_tgt", ""))
    choice = Choice(form.get("way", ""), _title(), langs, form.get("bitext", ""))
    with _sent("several") as path:
        stored = arrivals.store(ws, path, arrivals.kind_of(path), choice)
    if stored.way == arrivals.MEMORY:
        return jsonify(url=url_for("library.index") + "#memories")
    if stored.way == arrivals.TERMS:
        return jsonify(url=url_for("terms.page"))
    if stored.way in (arrivals.ROWS, arrivals.TEXTS):
        wanted = jobs.ALIGN if stored.way == arrivals.TEXTS else jobs.CHECK
        if not ws.bitext(stored.bitext).check_signature:
            jobs.enqueue(ws, wanted, stored.bitext)
    return jsonify(url=url_for("review.page", bitext_id=stored.bitext))


@bp.post("/add")
def create() -> ResponseReturnValue:
    """Store two texts, pair them and start aligning; or pair them as a file of links says."""
    ws = workspace()
    if request.form.get("to"):
        return _add_version(ws, request.form["to"])
    if "links" in request.files:
        return _create_linked()
    first = _draft("src", request.form.get("src_lang", ""))
    second = _draft("tgt", request.form.get("tgt_lang", ""))
    library.check_languages(first.lang, second.lang)
    sources = (_address("src"), _address("tgt"))
    about = [asked_about("src"), asked_about("tgt")]
    if first.lang.startswith("en"):  # the original is the Chinese, whichever pane it was put in
        first, second, sources = second, first, sources[::-1]
        about.reverse()
    bitext = library.create_bitext(ws, first, second, title=_title(), sources=sources)
    _describe(bitext, about)
    if not ws.state(bitext.id).seq:
        jobs.enqueue(ws, jobs.ALIGN, bitext.id)
    return jsonify(url=url_for("review.page", bitext_id=bitext.id))


def _add_version(ws: Workspace, to: str) -> ResponseReturnValue:
    """Store another version of an original and start aligning it."""
    draft = _draft("tgt", request.form.get("tgt_lang", ""))
    bitext = versions.add_version(ws, to, draft, title=_title())
    from_address = {"source": _address("tgt")} if _address("tgt") else {}
    describe_text(ws, bitext.tgt_id, **from_address | asked_about("tgt"))
    if not ws.state(bitext.id).seq:
        jobs.enqueue(ws, jobs.ALIGN, bitext.id)
    return jsonify(url=url_for("review.page", bitext_id=bitext.id))


def _create_linked() -> ResponseReturnValue:
    ws = workspace()
    langs = (request.form.get("src_lang", ""), request.form.get("tgt_lang", ""))
    about = [asked_about("src"), asked_about("tgt")]
    with _sent("src") as src, _sent("tgt") as tgt, _sent("links") as links:
        files = (src, tgt)
        if request.form.get("first") == "tgt":
            files, langs = files[::-1], langs[::-1]
        bitext = bilingual.import_linked(ws, files, links, title=_title(), langs=langs)
    _describe(bitext, about)
    jobs.enqueue(ws, jobs.CHECK, bitext.id)
    return jsonify(url=url_for("review.page", bitext_id=bitext.id))


def _describe(bitext: Bitext, about: Sequence[dict[str, str]]) -> None:
    for text_id, said in zip((bitext.src_id, bitext.tgt_id), about, strict=True):
        describe_text(workspace(), text_id, **said)


def asked_from_here() -> bool:
    """Whether only this machine reaches the pages; then its own addresses may be fetched too."""
    served: Served = current_app.extensions["workbench.served"]
    return not served.beyond


def _title() -> str:
    return " ".join(request.form.get("title", "").split())[:200]


def _address(field: str) -> str:
    return request.form.get(f"{field}_address", "").strip()[:2000]


def _name(field: str) -> str:
    """The name of a file that was sent, "" for pasted text."""
    file = request.files.get(field)
    if file is None:
        raise UsageError(_("Choose a file or paste a text on each side."))
    return "" if file.filename in (None, "", "blob", _PASTED) else str(file.filename)


def _bytes(field: str) -> bytes:
    name, limit = _name(field), workspace().settings.upload_limit
    data: bytes = request.files[field].read()
    request.files[field].seek(0)
    if field == "several" or data.startswith(_WRAPPED):
        limit *= WRAPPED
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
    return data


@contextmanager
def _sent(field: str) -> Iterator[Path]:
    """A file that was sent, for a moment on disk under its own name, for readers of files."""
    data = _bytes(field)
    with TemporaryDirectory() as folder:
        # No letter of the name leads out of the folder; most are kept, since the title shows them.
        name = PurePath(_name(field).replace("\\", "/")).name.strip(". ")[-120:] or _PASTED
        path = Path(folder) / name.replace("\x00", "")
        path.write_bytes(data)
        yield path


def _draft(field: str, lang: str) -> Draft:
    whole_page = request.form.get(f"{field}_whole_page") == "1"
    changes = "original" if request.form.get(f"{field}_changes") == "original" else "accepted"
    return library.read_draft(
        workspace(), _bytes(field), name=_name(field), lang=lang, wishes=Wishes(whole_page, changes)
    )


def _facts(arrival: Arrival) -> list[str]:
    """What is known of a file, in a few words each."""
    found = arrival.findings
    langs = ", ".join(f"{lang or '?'} {count:,}" for lang, count in found.langs.items())
    first, last = _day(found.first), _day(found.last)
    dates = first if first == last else f"{first} – {last}"
    return [
        fact
        for fact in (
            f"{_forms().get(arrival.form, arrival.form)} {found.version}".strip(),
            found.tool,
            _("%(n)s units", n=format(found.units, ",")),
            langs,
            dates,
            _("%(n)s with words in one language only", n=found.one_sided)
            if found.one_sided
            else "",
            _("%(n)s inline codes", n=found.tags) if found.tags else "",
        )
        if fact
    ]


def _day(moment: str) -> str:
    """The day of a moment: files write 20240131T120000Z or 2024-01-31T12:00:00Z."""
    if moment[:8].isdigit():
        return f"{moment[:4]}-{moment[4:6]}-{moment[6:8]}"
    return moment[:10]


def _forms() -> dict[str, str]:
    return {
        "tmx": "TMX",
        "xliff": "XLIFF",
        "tbx": "TBX",
        "jsonl": "JSON Lines",
        "mqm": "MQM-TSV",
        "table": _("a table in two languages"),
        "alternating": _("paragraphs that change language by turns"),
        "blocks": _("one language below the other"),
        "notes": _("notes from a review packet"),
        "lists": _("links between sentences (Vecalign, Bertalign)"),
        "ladder": _("links between sentences (Hunalign)"),
        "intertext links": _("links between sentences (InterText)"),
        "intertext text": _("a text divided for InterText"),
    }


def _ways() -> dict[str, tuple[str, str]]:
    """What can become of a file: what it is called, and what that means."""
    return {
        arrivals.ROWS: (
            _("two texts to review"),
            _("rows as they are paired in the file, with states, notes and inline codes"),
        ),
        arrivals.TEXTS: (_("two texts to align"), _("the upper and the lower part")),
        arrivals.MEMORY: (
            _("a memory for the concordance"),
            _("only looked into when you search for a phrase; not a text to review"),
        ),
        arrivals.TERMS: (_("entries of the term list"), _("the checks go by them from then on")),
        arrivals.ERRORS: (_("errors in a text that is here already"), ""),
        arrivals.COMMENTS: (_("comments in the text they are about"), ""),
        arrivals.LINKS: (
            _("the pairing of two divided texts"),
            _("put the two texts, one sentence a line, into the fields above"),
        ),
    }
