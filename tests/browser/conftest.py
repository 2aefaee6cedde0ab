"""A served workspace and a browser. Skipped, with a reason, where there is no Chromium."""

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tests.support import ROOT, SAMPLE, copy_workspace
from workbench.services import checking

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
SCREENSHOTS = ROOT / "screenshots"
PATIENCE = 90_000  # milliseconds; on a slow machine a page may take its time, and be right
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine: apt-get install chromium fonts-noto-cjk")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as runner:
        browser = runner.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        playwright.expect.set_options(timeout=PATIENCE)
        new_context = browser.new_context

        def patient(**options):
            context = new_context(**options)
            context.set_default_timeout(PATIENCE)
            return context

        browser.new_context = patient
        yield browser
        browser.close()


@contextmanager
def served(folder):
    """The address of a workspace, served by the real command with its worker."""
    command = [sys.executable, "-m", "workbench", "-w", str(folder), "serve"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        line = server.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found, f"the server did not start: {line!r}"
        yield found[0]
    finally:
        server.terminate()
        server.wait(timeout=60)
        server.stdout.close()


@pytest.fixture
def page(chromium):
    """A page that fails the test on any error of its scripts."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    problems = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "console",
        lambda message: (
            problems.append(message.text)
            if message.type == "error" and "Failed to load resource" not in message.text
            else None
        ),
    )
    yield opened
    context.close()
    assert problems == []


@pytest.fixture(scope="session")
def checked_template(aligned_template, tmp_path_factory):
    """The folder of a workspace whose sample is aligned by gold and checked. Never changed.

    A page that shows a text not yet checked has it checked, which is long work for every test.
    """
    ws = copy_workspace(aligned_template, tmp_path_factory.mktemp("checked") / "ws")
    checking.check_bitext(ws, SAMPLE)
    ws.db.engine.dispose()
    return ws.root


@pytest.fixture
def ws(checked_template, tmp_path):
    """A workspace of the test's own, its sample aligned by gold and checked; to be served."""
    ws = copy_workspace(checked_template, tmp_path / "ws")
    yield ws
    ws.db.engine.dispose()


@pytest.fixture
def desk(ws):
    """The address of a workspace whose sample is aligned and checked."""
    with served(ws.root) as address:
        yield address


def review(page, desk, bitext=SAMPLE):
    """Open the review of the sample, or of another bitext."""
    page.goto(f"{desk}b/{bitext}")
    page.wait_for_selector("html[data-ready]")


@pytest.fixture
def picture():
    """Keep a screenshot under a name."""
    SCREENSHOTS.mkdir(exist_ok=True)

    def keep(page, name):
        page.screenshot(path=SCREENSHOTS / f"{name}.png")

    return keep
