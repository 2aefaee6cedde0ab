"""Edits made while the workbench is away: told, kept over a reload, and carried out once."""

import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tests.browser.conftest import review
from tests.support import ROOT, SAMPLE, edit, rows_of
from workbench.services.workspace import Workspace


@pytest.fixture
def port():
    """A port that nothing else is likely to take while the server is away."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def serving(folder, port):
    """A server that can be stopped and started again at the same address."""
    command = [sys.executable, "-m", "workbench", "-w", str(folder), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert f":{port}/" in server.stdout.readline()
        yield
    finally:
        server.terminate()
        server.wait(timeout=60)
        server.stdout.close()


def test_edits_are_kept_while_the_server_is_gone_and_over_a_reload(ws, page, port):
    before = len(rows_of(ws))
    with serving(ws.root, port):
        review(page, f"http://127.0.0.1:{port}/")
        for key in "jjj":
            page.keyboard.press(key)
    page.keyboard.press("m")  # the server is gone now
    bar = page.locator("#away-bar")
    bar.wait_for()
    merged = page.locator(".row[data-waiting]").get_attribute("data-id")
    for key in "jjv":
        page.keyboard.press(key)
    other = page.locator(f'.row[data-waiting]:not([data-id="{merged}"])')
    other.wait_for()
    confirmed = other.get_attribute("data-id")
    page.keyboard.press("c")
    page.locator(".composer textarea").fill("typed while away")
    page.keyboard.press("Control+Enter")
    page.locator("#away-bar", has_text="back: 3.").wait_for()
    assert "start it again" in bar.inner_text()
    assert page.locator(".row.current[data-waiting]").count() == 1
    page.goto("about:blank")  # the tab is closed
    with serving(ws.root, port):
        review(page, f"http://127.0.0.1:{port}/")
        page.locator("#panel-title", has_text="Row 1").wait_for()
        while page.evaluate("Object.keys(localStorage).some((key) => key.includes('.edit.'))"):
            page.wait_for_timeout(100)
        page.locator(".pen").first.wait_for()
        assert bar.is_hidden()
        assert page.locator("#draft-bar").is_hidden()
        page.reload()
        page.wait_for_selector("html[data-ready]")
    after = rows_of(Workspace(ws.root))
    assert len(after) == before - 1
    notes = Workspace(ws.root).state(SAMPLE).collection("annotations")
    assert [note["note"] for note in notes.values()] == ["typed while away"]
    assert confirmed in {bead.id for bead in after if bead.confirmed}


def test_an_edit_that_somebody_overtook_is_refused_and_its_words_stay(ws, page, port):
    with serving(ws.root, port):
        review(page, f"http://127.0.0.1:{port}/")
        for key in "jjj":
            page.keyboard.press(key)
        row = page.locator(".row.current").get_attribute("data-id")
    page.keyboard.press("m")
    page.locator("#away-bar").wait_for()
    edit(Workspace(ws.root), "confirm", author="Mei", rows=[row], confirmed=True)
    with serving(ws.root, port):
        page.locator("#message", has_text="Mei changed this first").wait_for()
        assert page.locator("#away-bar").is_hidden()
    assert len(rows_of(Workspace(ws.root))) == len(rows_of(ws))


def test_the_page_says_when_the_server_is_gone_though_nothing_was_edited(desk, page):
    review(page, desk)
    page.context.set_offline(True)
    page.locator("#away-bar", has_text="does not answer").wait_for()
    page.context.set_offline(False)
    page.locator("#away-bar").wait_for(state="hidden")
