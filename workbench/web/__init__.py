"""The browser pages. A view parses the request, calls one service and renders the answer."""

import secrets
from pathlib import Path

from flask import Flask, Response, request, session
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect

from workbench.errors import UsageError
from workbench.services.workspace import Workspace
from workbench.settings import Settings
from workbench.storage.files import write_atomic
from workbench.web import access
from workbench.web.access import Served
from workbench.web.hub import Hub

LANGUAGES = {"en": "English", "zh_Hans_CN": "中文"}
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def create_app(
    workspace: Path | Workspace,
    settings: Settings | None = None,
    served: Served = Served(),  # noqa: B008  # a value without state
) -> Flask:
    """The web application of one workspace.

    served: how far it can be reached; as it is, it answers only requests made to this machine.

    Raises:
        UsageError: the folder is no workspace.
    """
    ws = workspace if isinstance(workspace, Workspace) else Workspace(workspace, settings)
    app = Flask("workbench.web")
    app.config.update(
        SECRET_KEY=_secret(ws.hidden / "secret"),
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_NAME="workbench",
        PERMANENT_SESSION_LIFETIME=365 * 24 * 3600,
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=10 * ws.settings.upload_limit + 100_000,
        MAX_FORM_MEMORY_SIZE=4 * ws.settings.upload_limit,
        BABEL_TRANSLATION_DIRECTORIES=str(Path(__file__).with_name("translations")),
    )
    app.extensions["workbench"] = ws
    CSRFProtect(app)
    Babel(app, locale_selector=_language)
    app.extensions["workbench.hub"] = Hub()
    access.init_app(app, ws, served)
    app.after_request(_harden)
    _register(app)
    return app


def _register(app: Flask) -> None:
    from workbench.web import (
        adding,
        compare,
        comparing,
        correcting,
        errors,
        exporting,
        formulations,
        joining,
        layout,
        library,
        links,
        live,
        report,
        review,
        search,
        sessions,
        terms,
        texts,
        trends,
        versions,
    )

    working = (library, adding, review, links, live, report, search, terms, texts, exporting)
    analysing = (formulations, correcting, versions, comparing, trends)
    for module in (*working, *analysing, layout, sessions, compare, joining):
        app.register_blueprint(module.bp)
    errors.init_app(app)
    layout.init_app(app)


def _language() -> str:
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    best = request.accept_languages.best_match(["en", "zh-CN", "zh-Hans", "zh"], "en")
    return "zh_Hans_CN" if best.startswith("zh") else "en"


def _harden(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    if "text/html" in response.content_type or "json" in response.content_type:
        response.headers["Cache-Control"] = "no-store"
    return response


def _secret(path: Path) -> str:
    """The key that signs cookies; made once, readable by its owner only."""
    if not path.exists():
        write_atomic(path, secrets.token_hex(32).encode())
        path.chmod(0o600)
    secret = path.read_text(encoding="ascii").strip()
    if not secret:
        raise UsageError(f"{path} is empty; delete it and start again.")
    return secret
