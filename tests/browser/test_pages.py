"""Pages at rest and at the edges: two tabs, bad input, dark, narrow, Chinese, very long."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import review
from tests.browser.test_main_path import current, go_to, press, rows, settled

# what stands in each row; not its flags, since the text is checked again meanwhile
PAIRED = """[...document.querySelectorAll('.row[data-id]')].map((row) => [
    row.querySelector('.num').innerText, row.dataset.confirmed,
    ...[...row.querySelectorAll('.cell.src, .cell.tgt')].map((cell) => cell.innerText)])"""


def test_a_second_tab_is_told_and_overwrites_nothing(desk, chromium, page):
    other = chromium.new_context(locale="en-GB").new_page()
    for news in ("**/live", "**/changes?*"):  # it hears of nothing, so what it shows gets old
        other.route(news, lambda route: route.abort())
    review(page, desk)
    review(other, desk)
    go_to(page, "回程途中")
    go_to(other, "回程途中")
    press(page, "m")
    merged = rows(page).count()
    press(other, "u")
    message = other.locator("#message")
    message.wait_for()
    assert "nothing was overwritten" in message.inner_text()
    assert rows(other).count() == merged
    other.context.close()


def test_another_tabs_edit_arrives_by_itself(desk, chromium, page):
    other = chromium.new_context(locale="en-GB").new_page()
    review(page, desk)
    review(other, desk)
    before = rows(other).count()
    go_to(page, "回程途中")
    press(page, "m")
    expect(rows(other)).to_have_count(before - 1)
    assert other.locator(".row.current").count() == 1
    other.context.close()


def test_every_pairing_command_by_keyboard(desk, page):
    review(page, desk)
    go_to(page, "回程途中")
    start = page.evaluate(PAIRED)
    for keys in (["m"], ["M"], ["u"], ["["], ["]"], ["{"], ["}"], ["m", "s"], ["v"], ["V"]):
        for key in keys:
            press(page, key)
        assert page.locator("#message").is_hidden(), keys
        for _ in keys:
            press(page, "z")
        assert page.evaluate(PAIRED) == start, keys
        go_to(page, "回程途中")


def test_split_goes_to_the_word_cursor(desk, page):
    review(page, desk)
    go_to(page, "回程途中")
    press(page, "m")
    second = page.locator(".row.current .cell.tgt .s").nth(1)
    x, y = second.evaluate(
        "s => [...s.getClientRects()].slice(-1).flatMap((r) => [r.x + 8, r.y + 8])"
    )
    page.mouse.click(x, y)
    press(page, "s")
    assert "On the return journey" in current(page).inner_text()
    assert "Sowen said" not in current(page).inner_text()


def test_a_comment_by_mouse_and_its_removal(desk, page):
    review(page, desk)
    go_to(page, "回程途中")
    page.locator(".note-actions").get_by_role("button", name="Comment").click()
    page.locator(".composer textarea").fill("Nachsehen")
    page.locator(".composer").get_by_role("button", name="Save").click()
    page.locator("#panel .note", has_text="Nachsehen").wait_for()
    page.locator("#panel .note").get_by_role("button", name="Remove").click()
    settled(page)
    assert page.locator("#panel .note").count() == 0
    press(page, "z")
    assert page.locator("#panel .note").count() == 1


def test_typing_in_a_field_is_no_command(desk, page):
    review(page, desk)
    go_to(page, "回程途中")
    before = rows(page).count()
    page.keyboard.press("c")
    page.locator(".composer textarea").press_sequentially("mum zu vx")
    assert rows(page).count() == before
    page.keyboard.press("Escape")
    assert page.locator(".composer").count() == 0
    press(page, "j")
    assert "此访是" in current(page).inner_text()


def test_an_edit_made_while_the_server_is_away_is_sent_when_it_is_back(desk, page):
    review(page, desk)
    go_to(page, "回程途中")
    before = rows(page).count()
    page.context.set_offline(True)
    page.keyboard.press("m")
    page.locator('#saved[data-state="unsaved"]').wait_for()
    page.context.set_offline(False)
    settled(page)
    assert rows(page).count() == before - 1


@pytest.mark.parametrize(
    ("name", "settings", "language"),
    [
        ("review-dark", {"color_scheme": "dark"}, "en-GB"),
        ("review-narrow", {"viewport": {"width": 800, "height": 900}}, "en-GB"),
        ("review-chinese", {}, "zh-CN"),
    ],
)
def test_looks(desk, chromium, picture, name, settings, language):
    context = chromium.new_context(locale=language, **settings)
    page = context.new_page()
    review(page, desk)
    go_to(page, "回程途中")
    picture(page, name)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "the page scrolls sideways"
    assert page.locator("html").get_attribute("lang") == ("zh-CN" if language == "zh-CN" else "en")
    context.close()


def test_the_name_stands_beside_the_edits(desk, page):
    review(page, desk)
    page.locator("#name-button").click()
    page.locator("#name-dialog input").fill("Mei Lin")
    page.locator("#name-dialog").get_by_role("button", name="Save").click()
    page.locator("#name-button", has_text="Mei Lin").wait_for()
    go_to(page, "回程途中")
    press(page, "v")
    press(page, "k")
    assert "Mei Lin" in page.locator("#panel-kind").inner_text()


def test_bad_files_are_explained_and_nothing_is_stored(desk, page, picture):
    page.goto(f"{desk}add")
    page.set_input_files(
        'input[name="src_file"]',
        {"name": "scan.txt", "mimeType": "text/plain", "buffer": b"%PDF-1.7\n\x00\xff"},
    )
    page.locator('[data-field="src"] .form-error').wait_for()
    assert "PDF" in page.locator('[data-field="src"] .form-error').inner_text()
    page.fill("#tgt-text", "One sentence.")
    page.locator('[data-field="tgt"] .recognised').wait_for()
    assert page.get_by_role("button", name="Align and check").is_disabled()
    page.get_by_role("button", name="Paste instead").click()
    page.fill("#src-text", "Two sentences. Also English.")
    page.locator('[data-field="src"] .recognised').wait_for()
    page.get_by_role("button", name="Align and check").click()
    page.locator("#add > .form-error").wait_for()
    assert "Both texts are in English" in page.locator("#add > .form-error").inner_text()
    picture(page, "add-texts-error")
