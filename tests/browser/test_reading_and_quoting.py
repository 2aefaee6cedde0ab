"""How the texts are set, who issued them, and passages taken away as quotations."""

import pytest

from tests.browser.conftest import review


def size_of(page, side):
    return page.evaluate(
        "side => parseFloat(getComputedStyle(document.querySelector(`.row.current .${side}`))"
        ".fontSize)",
        side,
    )


def order_of(page):
    return page.evaluate(
        "[...document.querySelectorAll('.row.current > .cell')].map(c => c.dataset.side)"
    )


def settled(page):
    page.wait_for_load_state("networkidle")


def test_size_spacing_and_columns_change_by_key_and_are_remembered(page, desk):
    review(page, desk)
    before = size_of(page, "src"), size_of(page, "tgt")
    with page.expect_request("**/preferences"):
        page.keyboard.press("+")
        page.keyboard.press("+")
        page.keyboard.press(">")
        page.keyboard.press("g")
        page.keyboard.press("c")
    settled(page)
    after = size_of(page, "src"), size_of(page, "tgt")
    assert after == (before[0] + 2, before[1] + 2)
    assert order_of(page) == ["tgt", "src"]
    heads = page.locator(".row.head .cell").evaluate_all("cells => cells.map(c => c.className)")
    assert ["tgt" in name for name in heads] == [True, False]
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert (size_of(page, "src"), size_of(page, "tgt")) == after
    assert order_of(page) == ["tgt", "src"]
    page.keyboard.press("j")
    assert order_of(page) == ["tgt", "src"]
    page.keyboard.press("0")
    assert (size_of(page, "src"), size_of(page, "tgt")) == before


def test_the_dialog_changes_the_same_by_mouse(page, desk):
    review(page, desk)
    page.get_by_role("button", name="How the texts are set").click()
    before = size_of(page, "tgt")
    page.get_by_role("button", name="Smaller type").click()
    assert size_of(page, "tgt") == before - 1
    assert page.locator("#look-dialog [data-size]").inner_text() == f"{before - 1:.0f} px"
    page.get_by_label("English on the left").check()
    assert order_of(page) == ["tgt", "src"]


def test_who_issued_a_version_stands_over_it_and_is_changed_there(page, desk):
    review(page, desk)
    page.keyboard.press("g")
    page.keyboard.press("i")
    dialog = page.get_by_role("dialog", name="About this version")
    dialog.get_by_label("Issued by").fill("A press office")
    dialog.get_by_label("Date").fill("last week")
    page.keyboard.press("Enter")
    assert "is no date" in dialog.get_by_role("alert").inner_text()
    dialog.get_by_label("Date").fill("2024-06")
    dialog.get_by_label("Official").select_option("yes")
    dialog.get_by_role("button", name="Save").click()
    dialog.wait_for(state="hidden")
    shown = page.locator(".head .tgt .about").inner_text()
    assert [part in shown for part in ("A press office", "official", "2024-06")] == [True] * 3
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.locator(".head .tgt .about").inner_text() == shown


@pytest.fixture
def clipboard(page, desk):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def read():
        return page.evaluate(
            """async () => {
              const [item] = await navigator.clipboard.read();
              const text = async (type) => (await item.getType(type)).text();
              return { plain: await text("text/plain"), html: await text("text/html") };
            }"""
        )

    return read


def test_a_row_is_copied_in_both_languages_with_where_it_stands(page, desk, clipboard):
    review(page, desk)
    page.keyboard.press("j")
    page.keyboard.press("j")
    row = page.locator(".row.current")
    words = [row.locator(f".{side} p").inner_text() for side in ("tgt", "src")]
    page.keyboard.press("y")
    page.locator("#announce", has_text="quotation").wait_for(state="attached")
    copied = clipboard()
    plain = copied["plain"].replace("\r\n", "\n").split("\n\n")
    assert plain[:2] == words
    assert plain[2].startswith("— Sowen, “")
    assert plain[3].startswith("— 索温，")
    assert "not official, 2024-06-14, version e5fcdc19" in plain[2]
    assert "官方文本，2024-06-14，版本 f6f591db" in plain[3]
    assert plain[4].startswith(f"{desk}b/lanting-visit#tgt-")
    assert copied["html"].count("<blockquote") == 2
    assert f'href="{plain[4]}"' in copied["html"]


def test_selected_words_are_quoted_and_the_link_finds_them_again(page, desk, clipboard):
    review(page, desk)
    for key in ("j", "j", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "y"):
        page.keyboard.press(key)
    page.locator("#announce", has_text="quotation").wait_for(state="attached")
    row = page.locator(".row.current")
    picked, id_ = page.evaluate("CSS.highlights.get('picked').size"), row.get_attribute("id")
    assert picked
    plain = clipboard()["plain"].replace("\r\n", "\n").split("\n\n")
    assert row.locator(".tgt p").inner_text().startswith(plain[0])
    assert len(plain[0].split()) == 3
    assert plain[1] == row.locator(".src p").inner_text()
    page.goto("about:blank")
    page.goto(plain[4])
    page.wait_for_selector("html[data-ready]")
    assert page.locator(".row.current").get_attribute("id") == id_
    while not page.evaluate("CSS.highlights.get('picked').size"):
        page.wait_for_timeout(50)
