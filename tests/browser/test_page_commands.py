"""Commands by key and by name; keys are changed in place and stay changed."""

from tests.browser.conftest import review
from tests.browser.test_main_path import current, go_to, press, rows


def key_of(page, command):
    return page.locator(f'#help [data-id="{command}"]')


def test_a_key_is_changed_in_place_and_kept(desk, page):
    review(page, desk)
    page.keyboard.press("?")
    key_of(page, "confirm").click()
    page.keyboard.press("Y")
    page.locator("#help [role=status]", has_text="Kept.").wait_for()
    assert key_of(page, "confirm").inner_text() == "Y"
    page.keyboard.press("Escape")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    go_to(page, "回程途中")
    press(page, "v")
    assert page.locator(".row[data-confirmed]").count() == 0
    press(page, "Y")
    assert page.locator(".row[data-confirmed]").count() == 1
    page.keyboard.press("?")
    page.get_by_role("button", name="The usual keys again").click()
    page.locator("#help [role=status]", has_text="usual keys").wait_for()
    assert key_of(page, "confirm").inner_text() == "v"


def test_a_key_taken_from_another_command_is_said_to_be(desk, page):
    review(page, desk)
    page.keyboard.press("?")
    key_of(page, "confirm").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("m")
    page.locator("#help [role=status]", has_text="Merge with the next row").wait_for()
    assert key_of(page, "merge").inner_text() == "–"
    assert page.evaluate("document.activeElement.dataset.id") == "confirm"


def test_two_keys_after_each_other(desk, page):
    review(page, desk)
    page.keyboard.press("?")
    key_of(page, "fold").click()
    page.keyboard.press("g")
    page.keyboard.press("z")
    page.locator("#help [role=status]", has_text="Kept.").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".group.commentary.folded").count() == 1
    page.keyboard.press("f")
    assert page.locator(".group.commentary.folded").count() == 1
    page.keyboard.press("g")
    page.keyboard.press("z")
    assert page.locator(".group.commentary.folded").count() == 0


def test_the_palette_finds_a_command_by_its_name(desk, page, picture):
    review(page, desk)
    go_to(page, "回程途中")
    before = rows(page).count()
    page.keyboard.press("Control+k")
    page.keyboard.type("merge with next")
    page.keyboard.press("Backspace")
    picture(page, "palette")
    assert "Merge with the next row" in page.locator("#palette [aria-selected=true]").inner_text()
    press(page, "Enter")
    assert rows(page).count() == before - 1
    assert current(page).evaluate("row => row === document.activeElement")


def test_the_palette_goes_to_a_row_by_its_number(desk, page):
    review(page, desk)
    page.keyboard.press("Control+k")
    page.keyboard.type("31")
    page.keyboard.press("Enter")
    assert current(page).locator(".num").inner_text() == "31"
    press(page, "End")
    assert current(page).evaluate("row => row === [...document.querySelectorAll('.row')].at(-1)")
    press(page, "Home")
    assert current(page).locator(".num").inner_text() == "1"
