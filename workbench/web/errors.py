"""One place that turns errors into a page or into JSON. No traceback reaches a reader."""

from flask import Flask, current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from workbench.errors import WorkbenchError


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(WorkbenchError, _known)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)


def _known(error: WorkbenchError) -> ResponseReturnValue:
    return answer(str(error), error.status)


def _expired(_: CSRFError) -> ResponseReturnValue:
    return answer(_text("expired"), 400)


def _http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, RequestEntityTooLarge):
        return answer(_text("too large"), 413)
    code = error.code or 500
    return answer(
        {404: _text("missing"), 421: _text("host")}.get(code, error.description or ""), code
    )


def _unknown(error: Exception) -> ResponseReturnValue:
    current_app.logger.exception("Unexpected error", exc_info=error)
    return answer(_text("bug"), 500)


def _text(which: str) -> str:
    return {
        "expired": _("This page is out of date; reload it and do that again."),
        "too large": _(
            "These files are too large for the browser; use “workbench import” on the command "
            "line, or divide them."
        ),
        "missing": _("There is no page at this address; go back to the library."),
        "host": _("This workbench answers only on this machine; open it at 127.0.0.1."),
        "bug": _(
            "Something went wrong inside the workbench; nothing was lost. Reload the page, and "
            "look at the terminal if it comes back."
        ),
    }[which]


def answer(message: str, status: int) -> ResponseReturnValue:
    """The message as JSON for a script's request, else as a page."""
    if request.accept_mimetypes.best == "application/json":
        return make_response(jsonify(error=message, status=status), status)
    return make_response(render_template("error.html", message=message, status=status), status)
