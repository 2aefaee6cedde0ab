"""The corrected text by keyboard alone: edit, choose, make the new version, look at what stayed."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import review
from tests.support import SAMPLE

ENGLISH = "President Tevi attended a packed series of nearly 15 bilateral and multilateral events."


def read(page, selector):
    """Words of the page as they are seen, each on one line."""
    texts = page.locator(selector).all_inner_texts()
    return [" ".join(text.split()) for text in texts]


def edit_english(page, words):
    page.keyboard.press("E")
    page.wait_for_selector("#reword-dialog[open]")
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#reword-dialog:not([open])", state="attached")
    page.wait_for_selector(".row.current .reading")


@pytest.fixture
def edited(page, desk):
    """The review with the English of its second row written anew."""
    review(page, desk)
    page.keyboard.press("j")
    edit_english(page, "On the way home, Foreign Minister Ista Sowen briefed the media.")
    return page


def test_an_edit_of_the_english_is_shown_and_taken_back(edited):
    page = edited
    row = page.locator(".row.current .reading")
    assert "way home" in row.locator("ins").first.inner_text()
    assert row.locator("del").count() > 0
    assert page.evaluate("document.activeElement.classList.contains('current')")
    page.keyboard.press("z")
    page.wait_for_selector(".row.current .reading", state="detached")
    page.keyboard.press("Z")
    page.wait_for_selector(".row.current .reading")


def test_what_was_typed_comes_back_after_escape_and_a_reload(page, desk):
    review(page, desk)
    page.keyboard.press("E")
    page.wait_for_selector("#reword-dialog[open]")
    page.keyboard.type(" And more")
    page.keyboard.press("Escape")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.locator("#draft-bar button").click()
    page.wait_for_selector("#reword-dialog[open]")
    assert page.locator("#reword-dialog textarea").input_value().endswith(" And more")


def test_a_new_version_is_made_by_keyboard(edited, picture):
    page = edited
    page.keyboard.press("j")
    edit_english(page, ENGLISH)
    page.keyboard.press("g")
    page.keyboard.press("n")
    page.wait_for_url("**/corrected")
    page.wait_for_selector("html[data-ready]")
    picture(page, "corrected-text")
    boxes = page.locator("input[data-id]")
    used = boxes.count()
    page.keyboard.press("j")
    page.keyboard.press("Space")
    page.wait_for_function(f"document.querySelectorAll('input[data-id]:checked').length < {used}")
    assert page.evaluate("document.activeElement.dataset.id") == boxes.first.get_attribute(
        "data-id"
    )
    page.keyboard.press("z")
    expect(page.locator("input[data-id]:checked")).to_have_count(used)
    page.focus("[data-make]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{SAMPLE}-2")
    page.wait_for_selector("html[data-ready]")
    assert any("nearly 15" in text for text in read(page, ".cell.tgt"))
    page.keyboard.press("g")
    page.keyboard.press("n")
    page.wait_for_url("**/corrected")
    assert any("nearly 15" in text for text in read(page, ".corrected-rows .wording"))


def test_the_page_fits_a_narrow_window(edited):
    page = edited
    page.set_viewport_size({"width": 640, "height": 800})
    page.keyboard.press("g")
    page.keyboard.press("n")
    page.wait_for_url("**/corrected")
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
