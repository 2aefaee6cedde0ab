"""The queue with its filter, decisions one by one and many at once, and threads of notes."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import review, served
from tests.browser.test_main_path import current, go_to, press, settled
from tests.support import (
    SAMPLE,
    copy_workspace,
    edit,
    flag_on,
    plant_flags,
    rows_of,
)
from workbench.domain.review import Severity

HERE = "回程途中"


@pytest.fixture
def flagged(aligned_template, tmp_path):
    """A served sample with five flags, in text order: minor, major, minor, critical, minor."""
    ws = copy_workspace(aligned_template, tmp_path / "ws")
    edit(ws, "confirm", rows=[rows_of(ws)[12].id], confirmed=True)
    severities = (Severity.MINOR, Severity.MAJOR, Severity.MINOR, Severity.CRITICAL, Severity.MINOR)
    made = [
        replace(flag_on(row.id), severity=severity, confidence=0.3 + n / 10, suggestion="the visit")
        for n, (row, severity) in enumerate(zip(rows_of(ws)[12:17], severities, strict=True))
    ]
    made[2] = replace(made[2], detector="terms", category="terminology/wrong-term")
    plant_flags(ws, *made)
    with served(tmp_path / "ws") as address:
        yield address


def numbers(page, count):
    """The rows that as many steps through the queue lead to."""
    found = []
    for _ in range(count):
        press(page, "n")
        found.append(current(page).locator(".num").inner_text())
    return found


def first_number(page):
    return int(page.locator(".row[data-open='1'] .num").first.inner_text())


def test_the_gravest_and_surest_flags_come_first(flagged, page):
    review(page, flagged)
    first = first_number(page)
    assert numbers(page, 6) == [str(first + n) for n in (3, 1, 4, 2, 0, 3)]
    expect(page.locator("#flag-position")).to_have_text("1/5")
    press(page, "p")
    expect(page.locator("#flag-position")).to_have_text("5/5")
    page.keyboard.press("q")
    page.get_by_label("Order").select_option("text")
    page.keyboard.press("Escape")
    assert numbers(page, 2) == [str(first + 1), str(first + 2)]


def test_what_is_put_off_comes_last_and_the_next_takes_its_place(flagged, page):
    review(page, flagged)
    first = first_number(page)
    press(page, "n", "l")
    assert numbers(page, 5) == [str(first + n) for n in (1, 4, 2, 0, 3)]
    press(page, "a")
    expect(page.locator("#flag-position")).to_have_text("4")
    assert numbers(page, 1) == [str(first + 1)]


def test_the_filter_narrows_the_queue_and_all_is_decided_and_undone_at_once(flagged, page):
    review(page, flagged)
    page.keyboard.press("q")
    expect(page.locator("#queue-count")).to_have_text("5 found")
    page.get_by_label("Severity").select_option("minor")
    expect(page.locator("#queue-list li")).to_have_count(3)
    page.get_by_label("Category").select_option("accuracy/number")
    expect(page.locator("#queue-count")).to_have_text("2 found")
    page.keyboard.press("Escape")
    assert page.locator("#filtered").is_visible()
    page.keyboard.press("X")
    expect(page.locator("#bulk h2")).to_have_text("Dismiss 2 flags?")
    press(page, "2")
    expect(page.locator("#summary")).to_contain_text("3 open flags")
    page.keyboard.press("n")
    assert "Nothing fits" in page.locator("#announce").inner_text()
    press(page, "z")
    expect(page.locator("#summary")).to_contain_text("5 open flags")
    page.keyboard.press("q")
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("button", name="Accept all").click()
    page.get_by_role("button", name="Decide").click()
    settled(page)
    expect(page.locator("#summary")).to_contain_text("0 open flags · 5 notes")
    page.get_by_label("Status", exact=True).select_option("accepted")
    expect(page.locator("#queue-list li")).to_have_count(5)


def test_filters_by_detector_rows_words_and_notes(flagged, page):
    review(page, flagged)
    press(page, "n", "a")
    page.keyboard.press("q")
    for label, value, count in (
        ("Detector", "terms", 1),
        ("Detector", "", 4),
        ("Rows", "no-tgt", 0),
        ("Rows", "", 4),
        ("Doubt about the pairing", "0.5", 0),
        ("Doubt about the pairing", "", 4),
        ("Flags or notes", "error", 1),
    ):
        page.get_by_label(label, exact=True).select_option(value)
        expect(page.locator("#queue-list li")).to_have_count(count)
    assert page.get_by_role("button", name="Dismiss all").is_disabled()
    page.get_by_label("Words", exact=True).fill("nothing like it")
    expect(page.locator("#queue-list li")).to_have_count(0)
    expect(page.locator("#queue .nothing")).to_be_visible()
    page.get_by_label("Words", exact=True).fill("120 BECAME")
    page.locator("#queue-list button").click()
    expect(page.locator("#panel .note.pointed")).to_contain_text("120 became 12")


def test_an_accepted_flag_brings_its_wording_word_by_word(flagged, page):
    review(page, flagged)
    press(page, "n", "a")
    note = page.locator("#panel .note.error")
    expect(note).to_contain_text("Number")
    assert note.locator(".wording ins").all_inner_texts()
    assert note.locator(".wording del").all_inner_texts()


def test_a_thread_by_keyboard(desk, chromium, page):
    review(page, desk)
    go_to(page, HERE)
    page.keyboard.press("c")
    page.locator(".composer textarea").fill("Who was there?")
    page.locator('.composer [name="tags"]').fill("people, press；people")
    press(page, "Control+Enter")
    assert page.locator(".tag").all_inner_texts() == ["people", "press"]
    page.keyboard.press("r")
    page.keyboard.type("The press.")
    press(page, "Control+Enter")
    expect(page.locator("#panel .reply")).to_contain_text("The press.")
    assert current(page).evaluate("row => row === document.activeElement")
    other = chromium.new_context(locale="en-GB").new_page()
    review(other, desk)
    other.locator("#name-button").click()
    other.locator("#name-dialog input").fill("Mei")
    other.locator("#name-dialog").get_by_role("button", name="Save").click()
    other.locator("#name-button", has_text="Mei").wait_for()
    go_to(other, HERE)
    other.locator("#panel .note").get_by_role("button", name="Reply").click()
    other.keyboard.type("And the staff.")
    press(other, "Control+Enter")
    expect(page.locator("#panel .reply")).to_have_count(2)
    other.context.close()
    press(page, "R")
    expect(page.locator("#panel .note")).to_contain_text("Resolved by Reviewer")
    press(page, "R", "Enter")
    page.locator(".composer textarea").fill("Who was on the plane?")
    press(page, "Control+Enter")
    expect(page.locator("#panel .note")).to_contain_text("on the plane")
    press(page, "Delete")
    expect(page.locator("#panel .note")).to_have_count(0)
    press(page, "z")
    expect(page.locator("#panel .reply")).to_have_count(2)


def test_an_edit_elsewhere_leaves_what_is_being_typed(desk, chromium, page):
    review(page, desk)
    go_to(page, HERE)
    page.keyboard.press("c")
    page.locator(".composer textarea").fill("First")
    press(page, "Control+Enter")
    page.keyboard.press("r")
    page.keyboard.type("Half a sen")
    other = chromium.new_context(locale="en-GB").new_page()
    review(other, desk)
    press(other, "End", "v")
    go_to(other, HERE)
    press(other, "v")
    expect(page.locator("#summary")).to_contain_text("2 of")
    page.keyboard.type("tence")
    assert page.locator(".reply-form textarea").input_value() == "Half a sentence"
    other.context.close()


def test_what_is_typed_survives_escape_and_a_reload(desk, page):
    review(page, desk)
    go_to(page, HERE)
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.locator('.composer [name="error-note"]').fill("Not quite")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    assert page.locator('.composer [name="error-note"]').input_value() == "Not quite"
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.get_by_role("button", name="Go on writing").click()
    assert page.locator('.composer [name="error-note"]').input_value() == "Not quite"
    assert HERE in current(page).inner_text()
    press(page, "Control+Enter")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert not page.get_by_role("button", name="Go on writing").is_visible()


def test_a_choice_with_alternatives_and_a_term(desk, page):
    review(page, desk)
    go_to(page, "百年变局")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    composer = page.locator(".composer")
    composer.locator('[name="choice-category"]').select_option("official")
    composer.locator('[name="choice-alternatives"]').fill("changes unseen in a century\n\nupheaval")
    expect(composer.locator("datalist option[value='百年变局']")).to_have_count(1)
    composer.locator('[name="choice-term"]').fill("百年变局")
    press(page, "Control+Enter")
    note = page.locator("#panel .note.choice")
    expect(note).to_contain_text("changes unseen in a century · upheaval")
    expect(note.get_by_role("link", name="百年变局")).to_have_attribute(
        "href", re.compile(r"/search\?q=.+&as=concordance")
    )
    assert SAMPLE in page.url
