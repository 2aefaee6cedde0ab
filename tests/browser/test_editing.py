"""Every edit of rows, sentences and statuses, by key and by mouse; undone, redone, reloaded."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import review
from tests.browser.test_main_path import current, go_to, press, rows, settled

HERE = "回程途中"


def look(page):
    """What stands on the page: the words and the state of each row."""
    return page.evaluate(
        """[...document.querySelectorAll('.row[data-id]')].map((row) =>
            [...row.querySelectorAll('.cell')].map((cell) => cell.innerText).join('|')
            + ('confirmed' in row.dataset))"""
    )


def sentences(page, side):
    return current(page).locator(f".cell.{side} .s").count()


def click_button(page, name):
    panel = page.locator("#panel")
    if panel.locator(".more:not([open])").count():
        panel.locator(".more summary").click()
    panel.get_by_role("button", name=name, exact=True).click()
    settled(page)


def put_cursor(page, side, words):
    """Click a word, as somebody would who wants to divide before it."""
    x, y = page.evaluate(
        """([side, words]) => {
            for (const run of document.querySelectorAll(`.row.current .cell.${side} .run`)) {
                const at = run.textContent.indexOf(words);
                if (at < 0) continue;
                const range = new Range();
                range.setStart(run.firstChild, at + 1);
                range.setEnd(run.firstChild, at + 2);
                const box = range.getBoundingClientRect();
                return [box.x + 1, box.y + box.height / 2];
            }
        }""",
        [side, words],
    )
    page.mouse.click(x, y)


@pytest.mark.parametrize("way", ["key", "mouse"])
def test_neighbours_swap_their_translations(desk, page, way):
    review(page, desk)
    go_to(page, HERE)
    before = look(page)
    press(page, "W") if way == "key" else click_button(page, "Swap")
    elsewhere = current(page).locator(".elsewhere")
    expect(elsewhere).to_contain_text("elsewhere")
    elsewhere.get_by_role("button").click()
    assert current(page).locator(".elsewhere .moved").inner_text().startswith(HERE)
    press(page, "z")
    assert look(page) == before
    press(page, "Z")
    assert page.locator(".row .elsewhere").count() == 4
    page.reload()
    page.wait_for_selector("html[data-ready]")
    press(page, "z")
    assert look(page) == before


@pytest.mark.parametrize("way", ["key", "mouse"])
def test_a_sentence_is_divided_at_the_cursor_and_joined(desk, page, way):
    review(page, desk)
    go_to(page, HERE)
    before, count = look(page), sentences(page, "tgt")
    put_cursor(page, "tgt", "Sowen")
    press(page, "S") if way == "key" else click_button(page, "Divide the sentence")
    assert sentences(page, "tgt") == count + 1
    assert rows(page).count() == len(before), "rows stay as they are"
    press(page, "J") if way == "key" else click_button(page, "Join sentences")
    assert sentences(page, "tgt") == count
    press(page, "z", "z")
    assert look(page) == before


def test_without_a_cursor_one_is_asked_for(desk, page):
    review(page, desk)
    page.keyboard.press("j")
    page.keyboard.press("S")
    expect(page.locator("#message")).to_contain_text("word cursor")


def test_distant_rows_are_paired_by_marking_going_and_pairing(desk, page):
    review(page, desk)
    go_to(page, HERE)
    press(page, "u", "j", "j", "j", "u")
    go_to(page, HERE)
    press(page, "Space", "j", "j", "j", "j", "Space")
    expect(current(page).locator(".elsewhere .moved")).to_have_text(
        page.locator(".row", has_text=HERE).first.locator(".cell.src").inner_text()
    )
    press(page, "u")
    assert page.locator(".elsewhere").count() == 0


def test_a_paragraph_becomes_commentary_and_text_again(desk, page):
    review(page, desk)
    go_to(page, HERE)
    before = look(page)
    page.keyboard.press("b")
    page.locator("#role-dialog [data-side=tgt]").get_by_label("heading").check()
    page.get_by_role("button", name="Save").click()
    settled(page)
    expect(current(page).locator(".cell.tgt")).to_have_class("cell tgt heading")
    press(page, "z")
    expect(current(page).locator(".cell.tgt")).to_have_class("cell tgt body")
    assert look(page) == before


@pytest.mark.parametrize("way", ["key", "mouse"])
def test_a_row_is_revised_and_approved_by_two_people(desk, chromium, page, way):
    review(page, desk)
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.get_by_label("two people").check()
    page.locator("#review-dialog").get_by_label("Revised").check()
    page.locator("#review-dialog").get_by_role("button", name="Save").click()
    expect(page.locator("#review-state")).to_have_text("Revised")
    go_to(page, HERE)
    press(page, "2") if way == "key" else click_button(page, "Revised")
    assert page.locator(".stage.revised").count() == 1
    press(page, "k")
    press(page, "3") if way == "key" else click_button(page, "Approved")
    expect(page.locator("#summary")).to_contain_text("1 approved")
    assert page.locator(".stage.approved[data-signed='1']").count() == 1
    other = chromium.new_context(locale="en-GB").new_page()
    review(other, desk)
    other.locator("#name-button").click()
    other.locator("#name-dialog input").fill("Mei")
    other.locator("#name-dialog").get_by_role("button", name="Save").click()
    other.locator("#name-button", has_text="Mei").wait_for()
    go_to(other, HERE)
    press(other, "3")
    expect(page.locator(".stage.approved[data-signed='2']")).to_have_attribute(
        "title", "Approved by Reviewer, Mei"
    )
    other.context.close()


def test_the_history_says_who_did_what(desk, page):
    review(page, desk)
    go_to(page, HERE)
    press(page, "v", "k", "m", "z")
    page.keyboard.press("h")
    events = page.locator("#history-list li")
    expect(events.nth(0)).to_contain_text("took back: merged rows")
    expect(events.nth(2)).to_contain_text("confirmed")
    assert current(page).evaluate("row => row === document.activeElement"), "focus stays"
    page.keyboard.press("j")
    expect(events).to_have_count(3)  # the merge and its undo were about this row too


def test_the_rest_is_aligned_again_and_that_is_undone(desk, page):
    review(page, desk)
    go_to(page, HERE)
    press(page, "v", "m")
    before = look(page)
    page.keyboard.press("g")
    page.keyboard.press("a")
    expect(page.locator("#job-bar")).to_be_visible()
    expect(page.locator("#message")).to_contain_text("Aligned again")
    assert page.locator(".row[data-confirmed]", has_text=HERE).count() == 1
    press(page, "z")
    expect(page.locator(".row.filled")).to_have_count(len(before))
    assert look(page) == before


def test_a_link_leads_to_a_row(desk, page):
    review(page, desk)
    go_to(page, HERE)
    id_ = current(page).get_attribute("data-id")
    page.goto(f"{page.url}#r-{id_}")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert HERE in current(page).inner_text()
