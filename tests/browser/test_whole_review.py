"""A whole review by keyboard alone: every flag decided, choices noted, pairings changed, every row
seen and confirmed; and all of it there after a reload.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import review, served
from tests.browser.test_main_path import press
from tests.support import READOUT, SAMPLE, sample_workspace
from workbench.services import jobs, library
from workbench.services.aligning import align_bitext
from workbench.services.workspace import Workspace
from workbench.storage import repository


def decide_every_flag(page, most=200):
    """Go from flag to flag, accept every other one and give a reason for the rest."""
    for turn in range(most):
        page.keyboard.press("n")
        if page.locator("#queue-size").inner_text() == "0":
            return turn
        if turn % 2:
            press(page, "a")
        else:
            page.keyboard.press("x")
            page.locator("#notes .reasons").wait_for()
            press(page, str(1 + turn % 5))
    raise AssertionError("flags are left")


def note_choices(page, count):
    """Select two words of one row after the other and say why they were chosen."""
    page.keyboard.press("Home")
    for turn in range(count):
        page.keyboard.press("j")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Shift+ArrowRight")
        page.keyboard.press("t")
        page.locator(".composer select").first.wait_for()
        page.keyboard.press("Tab")  # from the type to the rationale
        page.keyboard.type(f"reason {turn}")
        press(page, "Control+Enter")
        page.locator(".composer").wait_for(state="detached")
        page.keyboard.press("Escape")


def change_pairings(page, count):
    """Merge a row with the next, further and further down."""
    page.keyboard.press("Home")
    for _ in range(count):
        page.keyboard.press("j")
        page.keyboard.press("j")
        press(page, "m")


def checked(page, ws, bitext_id):
    """Wait until what was paired anew is checked and shown; how many flags there are."""
    while jobs.current(ws, bitext_id).status not in jobs.FINISHED:
        page.wait_for_timeout(200)
    with ws.db.read() as session:
        flags = repository.flags(session, bitext_id)
    page.locator("#queue-size", has_text=re.compile(f"^{len(flags)}$")).wait_for()
    return len(flags)


def see_every_row(page):
    """From the first row to the last; the focus never leaves the rows."""
    page.keyboard.press("Home")
    seen, last = set(), None
    while True:
        here = page.evaluate("document.activeElement.dataset.id")
        assert here, "the focus was lost"
        if here == last:
            break
        seen.add(here)
        last = here
        page.keyboard.press("j")
    press(page, "V")
    return seen


def whole(page, ws, bitext_id, *, choices, pairings):
    before = len(ws.state(bitext_id).collection("beads"))
    change_pairings(page, pairings)
    flags = checked(page, ws, bitext_id)
    assert decide_every_flag(page) == flags
    note_choices(page, choices)
    seen = see_every_row(page)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    state = Workspace(ws.root).state(bitext_id)
    beads, notes = state.collection("beads"), state.collection("annotations")
    assert len(beads) == before - pairings
    assert seen <= set(beads)
    assert all(beads[id_].get("confirmed") for id_ in seen)
    said = [note["note"] for note in notes.values() if note["kind"] == "choice"]
    assert sorted(said) == sorted(f"reason {turn}" for turn in range(choices))
    assert page.locator("#queue-size").inner_text() == "0"
    return flags, len(seen)


def test_the_sample_is_reviewed_from_first_row_to_last_without_the_mouse(ws, page):
    with served(ws.root) as address:
        review(page, address)
        flags, seen = whole(page, ws, SAMPLE, choices=3, pairings=2)
    assert flags > 10
    assert seen == 80 - 2


@pytest.mark.full
@pytest.mark.skipif(not READOUT.exists(), reason="the readout's files are not here")
def test_the_readout_is_reviewed_without_the_mouse_while_another_browser_sees_it(
    tmp_path, page, chromium
):
    (tmp_path / "ws").mkdir()
    ws = sample_workspace(tmp_path / "ws")
    sides = [library.read_draft(ws, (READOUT / name).read_bytes()) for name in ("zh.txt", "en.txt")]
    bitext = library.create_bitext(ws, *sides)
    align_bitext(ws, bitext.id)
    with served(tmp_path / "ws") as address:
        review(page, address, bitext.id)
        other = chromium.new_context(locale="en-GB").new_page()
        review(other, address, bitext.id)
        flags, seen = whole(page, ws, bitext.id, choices=20, pairings=10)
        told = {"timeout": 60_000}
        expect(other.locator("#queue-size")).to_have_text("0", **told)
        expect(other.locator("#summary")).to_have_text(
            page.locator("#summary").inner_text(), use_inner_text=True, **told
        )
        other.context.close()
    assert flags > 20
    assert seen == 101 - 10
