"""A long text: only what is near is in the page, and everything is within reach."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import review, served
from tests.browser.test_main_path import current, press, rows
from tests.support import long_workspace

ROWS = 1200


@pytest.fixture
def long_desk(tmp_path):
    bitext = long_workspace(tmp_path / "ws", ROWS)
    with served(tmp_path / "ws") as address:
        yield address, bitext


def filled(page):
    return page.locator("#groups .row.filled").count()


def number(page):
    return current(page).locator(".num").inner_text()


def test_only_what_is_near_is_in_the_page(long_desk, page):
    review(page, *long_desk)
    assert rows(page).count() == ROWS
    assert 30 < filled(page) < 300
    for _ in range(12):
        page.mouse.move(400, 500)
        page.mouse.wheel(0, 4000)
        page.wait_for_timeout(120)
    assert filled(page) < 500
    page.wait_for_function(  # the words on the screen are there
        "() => [...document.querySelectorAll('.row.filled .cell')].filter((cell) => {"
        " const { top } = cell.getBoundingClientRect();"
        " return top > 130 && top < innerHeight && cell.innerText.trim(); }).length > 8"
    )


def test_far_rows_are_reached_and_edited(long_desk, page):
    review(page, *long_desk)
    page.keyboard.press("End")
    expect(current(page).locator(".num")).to_have_text(str(ROWS))
    expect(page.locator("#panel-title")).to_have_text(f"Row {ROWS}")
    press(page, "M")
    assert rows(page).count() == ROWS - 1
    assert current(page).locator(".cell.tgt .s").count() == 2
    page.keyboard.press("Home")
    expect(current(page).locator(".num")).to_have_text("1")
    press(page, "z")
    assert rows(page).count() == ROWS
    page.keyboard.press("Control+k")
    page.keyboard.type("600")
    page.keyboard.press("Enter")
    expect(current(page).locator(".num")).to_have_text("600")
    box = current(page).bounding_box()
    assert 80 < box["y"] < 900
    press(page, "V")
    expect(page.locator("#summary")).to_contain_text(f"600 of {ROWS} rows confirmed")
    press(page, "Home")
    expect(current(page).locator(".tick")).to_be_visible()


def test_the_map_goes_by_click_drag_and_keys(long_desk, page):
    review(page, *long_desk)
    box = page.locator("#map").bounding_box()
    page.mouse.move(box["x"] + 6, box["y"] + box["height"] / 2)
    page.mouse.down()
    expect(current(page).locator(".num")).to_have_text(str(ROWS // 2 + 1))
    page.mouse.move(box["x"] + 6, box["y"] + box["height"] * 0.75)
    page.mouse.up()
    assert abs(int(number(page)) - ROWS * 0.75) < 5
    page.locator("#map").focus()
    here = int(number(page))
    page.keyboard.press("PageUp")
    expect(page.locator("#map")).to_have_attribute("aria-valuetext", f"Row {here - 20}")
    page.keyboard.press("End")
    expect(page.locator("#map")).to_have_attribute("aria-valuenow", str(ROWS))
    expect(page.locator("#map")).to_be_focused()
