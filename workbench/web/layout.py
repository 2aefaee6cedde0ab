"""What every page shares: the reviewer's name, the language and the theme."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Flask, current_app, jsonify, request, session
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from workbench import __version__
from workbench.domain.diff import word_diff
from workbench.domain.notes import DISMISSAL_REASONS
from workbench.domain.operations import WORKBENCH
from workbench.domain.typology import DEFAULT
from workbench.errors import UsageError
from workbench.services.preferences import prefer
from workbench.services.preferences import preferences as preferences_of
from workbench.services.typologies import typology_of
from workbench.services.workspace import Workspace
from workbench.web.access import part_here
from workbench.web.commands import checked_keys

bp = Blueprint("layout", __name__)
THEMES = ("auto", "light", "dark")
_LONGEST_TERM, _LONGEST_RENDERING = 24, 100  # characters that can still be a term


def workspace() -> Workspace:
    """The workspace that this application serves."""
    ws: Workspace = current_app.extensions["workbench"]
    return ws


NOBODY = "Reviewer"  # in the log, whatever the interface's language


def reviewer() -> str:
    """The name under which edits are made; an invited person has that of the invitation."""
    part = part_here()
    return part.name if part else str(session.get("name") or NOBODY)


def in_chinese() -> bool:
    """Whether the interface is in Chinese."""
    return str(get_locale()).startswith("zh")


def label(names: Mapping[str, tuple[str, str]], key: str) -> str:
    """The name of a category or type in the interface's language."""
    return names.get(key, (key, key))[in_chinese()]


def category_names() -> dict[str, str]:
    """What errors are called here; detectors may know some that the workspace does not."""
    errors = {**DEFAULT.errors, **typology_of(workspace()).typology.errors}
    return {key: label(errors, key) for key in errors}


def choice_names() -> dict[str, str]:
    """What types of choice are called here."""
    choices = {**DEFAULT.choices, **typology_of(workspace()).typology.choices}
    return {key: label(choices, key) for key in choices}


def detector_names() -> dict[str, str]:
    """What the detectors are called on the pages."""
    return {
        "numbers": _("Numbers"),
        "approximators": _("Approximations"),
        "omission": _("Omissions"),
        "addition": _("Additions"),
        "names": _("Names"),
        "terms": _("Terms"),
        "consistency": _("Consistency"),
        "polarity": _("Negation"),
        "modality": _("Commitment"),
        "speaker": _("Speakers"),
        "mood": _("Questions and quotations"),
        "mechanical": _("Mechanical"),
        "doubt": _("Doubtful pairings"),
    }


@bp.post("/preferences")
def preferences() -> ResponseReturnValue:
    """Set the reviewer's name, the language, the theme, the keys of commands, the type."""
    wanted = request.get_json()
    if "name" in wanted and part_here() is None:
        name = " ".join(str(wanted["name"]).split())
        if not 1 <= len(name) <= 60:
            raise UsageError(_("A name has between 1 and 60 characters."))
        if name.casefold() == WORKBENCH:
            raise UsageError(_("This name is the program's own; choose another."))
        session["name"] = name
    if "language" in wanted:
        session["language"] = str(wanted["language"])
    if wanted.get("theme") in THEMES:
        session["theme"] = wanted["theme"]
    if "keys" in wanted:
        checked = checked_keys(wanted["keys"])
        own = preferences_of(workspace(), reviewer()).get("keys", {})
        kept = {id_: keys for id_, keys in own.items() if id_ not in wanted["keys"]}
        prefer(workspace(), reviewer(), "keys", kept | checked)
    if "look" in wanted:
        prefer(workspace(), reviewer(), "look", checked_look(wanted["look"]))
    session.permanent = True
    return jsonify(name=session.get("name", ""))


SIZES, LEADINGS = (13, 28), (0.85, 1.5)


def checked_look(value: Any) -> dict[str, Any]:  # noqa: ANN401
    """How a person wants the texts set, as it may be stored: type in pixels, lines by a factor.

    Raises:
        UsageError: it is no such thing.
    """
    try:
        size, leading, swapped = int(value["size"]), float(value["leading"]), value["swapped"]
    except (KeyError, TypeError, ValueError):
        size, leading, swapped = 0, 0.0, None
    fits = SIZES[0] <= size <= SIZES[1] and LEADINGS[0] <= leading <= LEADINGS[1]
    if not fits or not isinstance(swapped, bool):
        raise UsageError(_("Type of this size can't be kept; reload the page and try again."))
    return {"size": size, "leading": leading, "swapped": swapped}


def init_app(app: Flask) -> None:
    """Give the templates what they share."""

    from workbench.detect.record import record_sentences
    from workbench.web.marks import family, run_html
    from workbench.web.sentences import in_words

    @app.context_processor
    def shared() -> dict[str, Any]:
        chinese = in_chinese()
        errors, choices = category_names(), choice_names()
        return {
            "version": __version__,
            "reviewer_id": reviewer(),
            "reviewer": reviewer() if part_here() else session.get("name") or _("Reviewer"),
            "html_lang": "zh-CN" if chinese else "en",
            "chinese": chinese,
            "theme": session.get("theme", "auto"),
            "category_name": lambda key: errors.get(key, key),
            "choice_name": lambda key: choices.get(key, key),
            "detector_name": lambda key: detector_names().get(key, key),
            "word_diff": word_diff,
            "dismissal_reasons": DISMISSAL_REASONS,
            "printable": printable,
            "in_words": in_words,
            "family": family,
            "term_of": term_of,
            "run_html": run_html,
            "track_record": lambda detector: record_sentences(detector)[1 if chinese else 0],
        }


def term_of(src: str, tgt: str, better: str, src_lang: str) -> tuple[str, str] | None:
    """The Chinese and the rendering that a flag or a note is about, short enough for a term.

    better: a wording put forward in the place of `tgt`, "" for none.
    """
    zh, en = (src, better or tgt) if src_lang.startswith("zh") else (better or tgt, src)
    zh, en = zh.strip(), " ".join(en.split())
    return (zh, en) if 0 < len(zh) <= _LONGEST_TERM and 0 < len(en) <= _LONGEST_RENDERING else None


def printable(text: str) -> str:
    """Text as a page can show it: controls HTML can't hold become pictures, one for one."""
    return text.translate(_PICTURES)


_PICTURES = {n: 0x2400 + n for n in range(0x20) if n not in (0x09, 0x0A, 0x0D)}
_PICTURES |= {0x7F: 0x2421, 0x0A: 0x20, 0x0D: 0x20, 0x85: 0x20, 0x2028: 0x20, 0x2029: 0x20}
