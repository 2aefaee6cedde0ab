"""Serving the pages of a workspace: on this machine, or beyond it to those who are invited."""

import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from workbench.cli.terminal import say
from workbench.errors import UsageError
from workbench.services.workspace import Workspace

if TYPE_CHECKING:
    from workbench.web.access import Served

PORT = 8765
TRIES = 20  # ports tried after the usual one, when none was asked for
HERE = "127.0.0.1"
LOOPBACK = (HERE, "localhost", "::1")
ANY = ("0.0.0.0", "::")


@click.command()
@click.option("--port", type=int, default=None, help=f"Port of the page; default: {PORT}.")
@click.option(
    "--host",
    default=HERE,
    help="Address to listen on; beyond this machine the pages open only by invitation.",
)
@click.option(
    "--url",
    default="",
    help="Address that invited reviewers use, such as "
    "https://review.example.org; default: http://HOST:PORT.",
)
@click.pass_obj
def serve(root: Path, port: int | None, host: str, url: str) -> None:
    """Serve the pages of the workspace on this machine, or to those who are invited."""
    ws = Workspace(root)
    if host in LOOPBACK and not url:
        run_server(ws, port)
        return
    served, own = _beyond(ws, host, port or PORT, url)
    run_server(ws, port or PORT, host, served, own)


def _beyond(ws: Workspace, host: str, port: int, url: str) -> "tuple[Served, str]":
    """How to serve beyond this machine, and the owner's own link.

    Raises:
        UsageError: nobody is invited, or it is not said at which address the pages are.
    """
    from workbench.services import sessions
    from workbench.web.access import Served

    if not sessions.anybody_invited(ws):
        raise UsageError(
            "Beyond this machine the pages open only by invitation, and nobody is invited yet; "
            "make a session and its links first: workbench session create, then session invite."
        )
    if not url and host in ANY:
        raise UsageError(
            "Say at which address the reviewers find this machine: --url http://NAME:PORT."
        )
    url = (url or f"http://{host}:{port}").rstrip("/")
    name = urlsplit(url).hostname
    if not name or urlsplit(url).scheme not in ("http", "https"):
        raise UsageError(f"{url} is no address of a page; write it as https://NAME or http://NAME.")
    if url.startswith("http:") and name not in LOOPBACK:
        say(
            "What is sent over http can be read on its way, the links too; in a network you do "
            "not trust, put a server for https before this one and name it with --url."
        )
    token = secrets.token_urlsafe(32)
    shown = f"[{name}]" if ":" in name else name
    served = Served(url, (shown, host), sessions.hashed(token))
    return served, f"{url}/join/{token}"


def run_server(
    ws: Workspace,
    port: int | None,
    host: str = HERE,
    served: "Served | None" = None,
    own: str = "",
) -> None:
    """Serve until interrupted, with a worker beside it. own: the owner's link, if it takes one.

    Raises:
        UsageError: the port is taken.
    """
    import waitress

    from workbench.web import create_app
    from workbench.web.access import Served
    from workbench.web.hub import STREAMS

    app = create_app(ws, served=served or Served())
    server, chosen = None, port or PORT
    last = chosen if port else chosen + TRIES
    while server is None:
        try:
            server = waitress.create_server(app, host=host, port=chosen, threads=STREAMS + 8)
        except OSError:
            if chosen >= last:
                raise UsageError(
                    f"Port {chosen} is taken; choose another with --port, or stop what uses it."
                ) from None
            chosen += 1

    def stop(_number: int, _frame: FrameType | None) -> None:
        app.extensions["workbench.hub"].close()  # open pages hold streams that never end
        sys.exit(0)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    stopping = threading.Event()
    keeper = threading.Thread(target=_keep_worker, args=(ws.root, stopping), daemon=True)
    keeper.start()
    where = served.url if served else f"http://{HERE}:{chosen}"
    click.echo(f"Workbench is at {where}/ (stop it with Ctrl+C)")
    if own:
        click.echo(f"Your own link, until it is stopped: {own}")
    sys.stdout.flush()
    try:
        server.run()
    finally:
        stopping.set()
        keeper.join(timeout=5)


def _keep_worker(root: Path, stopping: threading.Event) -> None:
    """Keep one worker alive; one that dies is started again, a little later each time."""
    pause = 1.0
    while not stopping.is_set():
        started = time.monotonic()
        command = [sys.executable, "-m", "workbench.worker", str(root), str(os.getpid())]
        worker = subprocess.Popen(command)
        while worker.poll() is None and not stopping.wait(0.3):
            pass
        if worker.poll() is None:
            worker.terminate()
            worker.wait(timeout=5)
            return
        pause = 1.0 if time.monotonic() - started > 60 else min(pause * 2, 30)
        stopping.wait(pause)
