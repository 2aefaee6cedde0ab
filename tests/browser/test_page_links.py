"""Word links on the review page: lit by pointing and by the cursor, drawn; the dictionary."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import review, served
from tests.browser.test_main_path import current, go_to, press
from tests.support import SAMPLE, copy_workspace
from workbench.services.linking import link_bitext

HERE = "此访日程紧凑、成果丰硕"
LIT = """(name) => [...CSS.highlights.get(name)].map(String)"""
WORD = """([side, word]) => {
    for (const run of document.querySelectorAll(`.row.current .cell.${side} .run`)) {
        const at = run.textContent.indexOf(word);
        if (at < 0) continue;
        const range = new Range();
        range.setStart(run.firstChild, at);
        range.setEnd(run.firstChild, at + word.length);
        const box = range.getClientRects()[0];
        return [box.x + box.width / 2, box.y + box.height / 2];
    }
}"""


@pytest.fixture(scope="module")
def linked(checked_template, tmp_path_factory):
    """The address of the sample, aligned by its gold, checked and linked."""
    ws = copy_workspace(checked_template, tmp_path_factory.mktemp("linked") / "ws")
    link_bitext(ws, SAMPLE)
    with served(ws.root) as address:
        yield address


@pytest.fixture
def row(page, linked):
    review(page, linked)
    go_to(page, HERE)
    return current(page)


def point(page, side, word):
    page.mouse.move(*page.evaluate(WORD, [side, word]))


def lit(page, name, *words):
    """Wait until exactly these words carry a highlight."""
    page.wait_for_function(
        f"([name, words]) => ({LIT})(name).join() === words", arg=[name, ",".join(words)]
    )


def test_pointing_at_a_word_lights_its_counterpart_and_moves_nothing(page, row):
    before = row.bounding_box()
    point(page, "src", "日程")
    lit(page, "pointed", "日程")
    lit(page, "linked", "schedule")
    point(page, "tgt", "schedule")
    lit(page, "pointed", "schedule")
    lit(page, "linked", "日程")
    assert row.bounding_box() == before
    page.mouse.move(5, 5)
    lit(page, "linked")


def test_the_word_cursor_lights_and_says_the_counterpart(page, row):
    page.mouse.click(*page.evaluate(WORD, ["src", "紧凑"]))
    page.mouse.move(5, 5)
    page.keyboard.press("ArrowLeft")
    lit(page, "pointed", "日程")
    lit(page, "linked", "schedule")
    expect(page.locator("#announce")).to_have_text("日程 – schedule")


def test_all_links_of_the_row_are_drawn_and_go_with_it(page, row, picture):
    press(page, "w")
    lines = page.locator(".row.current .link-lines path")
    expect(lines.first).to_be_attached()
    assert lines.count() > 10
    assert page.evaluate(LIT, "unlinked")
    picture(page, "links")
    press(page, "j")
    expect(page.locator(".link-lines")).to_have_count(1)
    expect(page.locator(".row.current .link-lines")).to_be_attached()
    press(page, "w")
    expect(page.locator(".link-lines")).to_have_count(0)
    assert not page.evaluate(LIT, "unlinked")


def test_the_dictionary_opens_at_a_word_and_closes_with_escape(page, row, picture):
    card = page.get_by_role("dialog", name="Dictionary")
    point(page, "tgt", "schedule")
    lit(page, "linked", "日程")
    press(page, "i")
    expect(card).to_contain_text("rì chéng")  # the dictionary is read first
    expect(card).to_contain_text("itinerary")
    expect(card).to_contain_text("CC-CEDICT")
    picture(page, "dictionary")
    press(page, "Escape")
    expect(card).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('.row.current')")


def test_a_row_that_was_just_made_has_no_links_until_it_is_checked(page, row):
    press(page, "m")
    press(page, "w")
    expect(page.locator("#announce")).not_to_have_text("")
    page.wait_for_function(
        """() => fetch(`${document.getElementById('links').dataset.links}?ids=`
            + document.querySelector('.row.current').dataset.id)
            .then((answer) => answer.json()).then(({ rows }) => Object.values(rows)[0] !== null)""",
    )
    press(page, "z")
