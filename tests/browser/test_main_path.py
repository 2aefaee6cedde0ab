"""The whole path in a real browser: import, align, read, decide, annotate, correct, export."""

from lxml import etree

from tests.browser.conftest import served
from tests.support import ROOT
from workbench.services.workspace import Workspace

ZH = ROOT / "texts" / "lanting-visit.zh.txt"
EN = ROOT / "texts" / "lanting-visit.en.txt"


def settled(page):
    """Wait until every edit is saved."""
    page.locator('#saved[data-state="saved"], #saved[data-state="checking"]').wait_for()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
    settled(page)


def rows(page):
    return page.locator("#groups .row[data-id]")


def current(page):
    return page.locator(".row.current")


def go_to(page, words):
    page.locator("#groups .row[data-id]", has_text=words).first.locator(".run").first.click()


def open_flags(page):
    return page.evaluate(
        "[...document.querySelectorAll('.row[data-id]')]"
        ".reduce((sum, row) => sum + Number(row.dataset.open), 0)"
    )


def test_the_whole_path(tmp_path, page, picture):
    Workspace.init(tmp_path)
    with served(tmp_path) as address:
        page.goto(address)
        picture(page, "library-empty")
        _import(page, picture)
        _read(page, picture)
        _dismiss(page)
        _annotate(page, picture)
        _merge_undo_redo(page)
        _confirm(page)
        kept = _state(page)
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert _state(page) == kept
        press(page, "z")
        assert page.locator(".row[data-confirmed]").count() == 0
        press(page, "Z")
        _export(page, tmp_path)
    with served(tmp_path) as address:  # the same after a restart, and undo still works
        page.goto(address)
        page.get_by_role("link", name="Visit").first.click()
        page.wait_for_selector("html[data-ready]")
        assert _state(page) == kept
        press(page, "z")
        assert page.locator(".row[data-confirmed]").count() == 0


def _import(page, picture):
    page.get_by_role("link", name="Add texts").first.click()
    page.fill('input[name="title"]', "Visit")
    page.fill("#src-text", ZH.read_text(encoding="utf-8"))
    page.set_input_files('input[name="tgt_file"]', EN)
    page.locator('[data-field="src"] .recognised').wait_for()
    page.locator('[data-field="tgt"] .recognised').wait_for()
    recognised = page.locator('[data-field="src"] .recognised').inner_text()
    assert "Simplified Chinese" in recognised
    assert "18 paragraphs" in recognised
    assert "a dateline" in recognised
    assert page.locator('[data-field="tgt"] .paragraphs li').count() == 21
    picture(page, "add-texts")
    page.get_by_role("button", name="Align and check").click()
    page.wait_for_selector("html[data-ready]")


def _read(page, picture):
    assert page.locator(".group.commentary").count() == 1
    assert "2 paragraphs" in page.locator(".group.commentary .fold").inner_text()
    assert page.locator(".group.commentary .row[data-id]").first.is_hidden()
    assert page.locator(".group.heading").count() == 4
    assert open_flags(page) > 5
    press(page, "n")
    assert page.locator("#panel .flag.open").count() >= 1
    assert current(page).locator(".run.m").count() >= 1
    picture(page, "review")


def _dismiss(page):
    before = open_flags(page)
    page.keyboard.press("x")
    page.locator(".reasons").wait_for()
    press(page, "2")
    assert open_flags(page) == before - 1
    assert "A legitimate choice" in page.locator("#panel .flag.settled").first.inner_text()
    press(page, "z")
    assert open_flags(page) == before
    press(page, "n")
    page.keyboard.press("x")
    page.locator(".reasons").wait_for()
    press(page, "1")


def _annotate(page, picture):
    go_to(page, "回程途中")
    page.keyboard.press("Escape")
    page.keyboard.press("o")  # to the Chinese side: the click put the cursor there already
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("o")
    page.keyboard.press("Shift+ArrowRight")
    page.locator("#selection-bar").wait_for()
    page.keyboard.press("t")
    composer = page.locator(".composer")
    assert composer.locator("blockquote").count() == 2
    composer.locator('[name="choice-category"]').select_option("explicitation")
    composer.locator('[name="choice-note"]').fill("Der Ort wird genannt 🙂 途中")
    composer.locator('[name="choice-wording"]').fill("On the way back")
    picture(page, "composer")
    page.keyboard.press("Control+Enter")
    composer.wait_for(state="detached")
    settled(page)
    note = page.locator("#panel .note").first
    assert "Explicitation" in note.inner_text()
    assert note.locator(".wording ins").all_inner_texts() == ["way back"]
    assert page.locator(".run.m-note").count() >= 2


def _merge_undo_redo(page):
    go_to(page, "回程途中")
    before = rows(page).count()
    press(page, "m")
    assert rows(page).count() == before - 1
    assert "Sowen said" in current(page).inner_text()
    assert page.locator("#panel .note").count() == 1  # the note hangs on its words, not on the row
    press(page, "z")
    assert rows(page).count() == before
    press(page, "Z")
    assert rows(page).count() == before - 1
    press(page, "z")
    go_to(page, "回程途中")
    press(page, "u")
    assert rows(page).count() == before + 1
    assert page.locator('.row[data-lacks="tgt"]', has_text="回程途中").count() == 1
    press(page, " ", "j", " ")
    assert rows(page).count() == before


def _confirm(page):
    go_to(page, "回程途中")
    press(page, "v")
    assert page.locator(".row[data-confirmed]").count() == 1
    assert "此访是" in current(page).inner_text()  # confirming goes on to the next row


def _state(page):
    return page.evaluate(
        """[...document.querySelectorAll('.row[data-id]')].map((row) => [
            row.dataset.id, row.dataset.open, 'confirmed' in row.dataset,
            row.querySelector('template').content.textContent.includes('way back')])"""
    )


def _export(page, tmp_path):
    page.get_by_role("button", name="Export").click()
    page.locator(".export-count", has_text="units").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    target = tmp_path / "out.tmx"
    download.value.save_as(target)
    tree = etree.parse(target)
    assert tree.docinfo.encoding == "UTF-8"
    assert tree.getroot().get("version") == "1.4"
    languages = {tuv.get("{http://www.w3.org/XML/1998/namespace}lang") for tuv in tree.iter("tuv")}
    assert languages == {"zh-CN", "en-US"}
    units = {seg[0].text: seg[1].text for seg in ([*tu.iter("seg")] for tu in tree.iter("tu"))}
    chinese = next(text for text in units if text.startswith("回程途中"))
    assert units[chinese].startswith("On the return journey")
    assert any("On the way back" in (prop.text or "") for prop in tree.iter("prop"))
    assert any(prop.text == "confirmed" for prop in tree.iter("prop"))
