"""One place that turns errors into a page or into JSON. No traceback reaches a reader."""

import errno

from flask import Flask, current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from workbench.errors import WorkbenchError
from workbench.web.sentences import in_words


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(WorkbenchError, _known)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OSError, _disk)
    app.register_error_handler(Exception, _unknown)


def _known(error: WorkbenchError) -> ResponseReturnValue:
    return answer(in_words(str(error)), error.status)


def _expired(_error: CSRFError) -> ResponseReturnValue:
    return answer(_("This page is out of date; reload it and do that again."), 400)


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if isinstance(error, RequestEntityTooLarge):
        message = _(
            "These files are too large for the browser; use “workbench import” on the command "
            "line, or divide them."
        )
    elif code == 404:
        message = _("There is no page at this address; go back to the library.")
    elif code == 421:
        message = _("This workbench answers only on this machine; open it at 127.0.0.1.")
    else:
        message = _("That request makes no sense here; go back to the library and try again.")
    return answer(message, code)


def _disk(error: OSError) -> ResponseReturnValue:
    if error.errno not in (errno.ENOSPC, errno.EDQUOT):
        return _unknown(error)
    return answer(_("The disk is full, so nothing was saved; free some space."), 503)


def _unknown(error: Exception) -> ResponseReturnValue:
    current_app.logger.exception("Unexpected error", exc_info=error)
    message = _(
        "Something went wrong inside the workbench; nothing was lost. Reload the page, and look "
        "at the terminal if it comes back."
    )
    return answer(message, 500)


def answer(message: str, status: int) -> ResponseReturnValue:
    """The message as JSON for a script's request, else as a page."""
    if request.accept_mimetypes.best == "application/json":
        return make_response(jsonify(error=message, status=status), status)
    return make_response(render_template("error.html", message=message, status=status), status)
