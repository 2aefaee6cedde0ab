"""A second English version beside the first: shown, read and remembered, by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import review, served
from tests.support import SAMPLE, add_other_version


@pytest.fixture
def two(ws):
    """The address of a workspace whose sample has a second version."""
    add_other_version(ws)
    with served(ws.root) as address:
        yield address


def also(page, number):
    """The third column of the row with a number."""
    row = page.locator(".row[data-id]", has=page.locator(".num", has_text=f"{number}"))
    return row.filter(has=page.locator(f'xpath=.//*[@class="num" and text()="{number}"]')).locator(
        ".also"
    )


def test_the_third_column_follows_the_rows(page, two, picture):
    review(page, two)
    page.keyboard.press("B")
    expect(also(page, 3)).to_contain_text("Minister Sowen said that this is President Tevi")
    expect(also(page, 1)).to_contain_text("briefed the accompanying media")  # two rows in one
    expect(also(page, 2)).to_contain_text("together with the row above")
    expect(page.locator(".head .also")).to_contain_text("The Foreign Ministry's version")
    assert also(page, 3).get_attribute("lang") == "en-US"
    assert page.locator(".head .also").get_attribute("role") == "columnheader"
    picture(page, "third-column")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("m")  # rows 3 and 4 become one
    expect(also(page, 3)).to_contain_text("Against the backdrop")
    page.keyboard.press("z")
    expect(also(page, 3)).not_to_contain_text("Against the backdrop")
    page.keyboard.press("B")
    expect(page.locator(".also")).to_have_count(0)


def test_the_keyboard_reads_the_third_column_and_it_is_remembered(page, two):
    review(page, two)
    page.keyboard.press("O")
    expect(page.locator(".row.current .also")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".row.current .also")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".row.current")).to_be_focused()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator(".row.current .also")).to_have_count(1)


def test_a_narrow_window_has_the_other_version_under_the_first(page, two):
    page.set_viewport_size({"width": 800, "height": 900})
    review(page, two)
    page.keyboard.press("B")
    expect(also(page, 3)).to_be_visible()
    first = page.locator(".row.current .cell.tgt").bounding_box()
    other = page.locator(".row.current .also").bounding_box()
    assert other["y"] >= first["y"] + first["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 800


def test_a_version_is_added_from_the_library(page, two):
    page.goto(two)
    expect(page.locator(".work li")).to_have_count(2)
    page.get_by_role("link", name="Add another English version").click()
    page.get_by_label("English translation").fill("The two sides held talks on cooperation.\n" * 3)
    page.wait_for_selector(".paragraphs li")
    page.get_by_role("button", name="Align and check").click()
    page.wait_for_url(lambda url: "/b/" in url and SAMPLE not in url)
    page.goto(two)
    expect(page.locator(".work li")).to_have_count(3)
