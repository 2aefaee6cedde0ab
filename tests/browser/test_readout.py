"""The real readout in the browser: recognised, rightly paired, and exported validly."""

import pytest
from lxml import etree

from tests.browser.conftest import served
from tests.browser.test_main_path import press
from tests.support import READOUT, SHARED, sample_workspace

pytestmark = pytest.mark.skipif(not READOUT.exists(), reason="the readout's files are not here")


def test_the_readout_is_known_paired_and_exported(tmp_path, page, picture):
    (tmp_path / "ws").mkdir()
    sample_workspace(tmp_path / "ws")
    with served(tmp_path / "ws") as address:
        page.goto(address)
        assert "not stored here" in page.locator(".shelf li", has_text="Russia").inner_text()
        picture(page, "library")
        page.goto(f"{address}add")
        page.set_input_files('input[name="src_file"]', READOUT / "zh.txt")
        page.set_input_files('input[name="tgt_file"]', READOUT / "en.txt")
        page.locator("text=The workbench knows this text").nth(1).wait_for()
        page.get_by_role("button", name="Align and check").click()
        page.wait_for_selector("html[data-ready]")
        assert page.url.endswith("/b/readout-2025-05")
        press(page, "n")
        picture(page, "readout-review")
        groups = page.evaluate(
            """[...document.querySelectorAll('.group')].map((group) => [group.dataset.role,
              group.querySelectorAll('.row[data-lacks]').length,
              group.querySelectorAll('.row[data-id]').length])"""
        )
        assert groups[0] == ["commentary", 33, 33]
        assert "10 paragraphs" in page.locator(".fold").inner_text()
        assert len(groups) == 21  # the commentary, and twenty paragraph pairs
        assert sum(lacking for _, lacking, _ in groups[1:]) == 0
        with page.expect_download() as download:
            page.goto(f"{address}add")  # leaves the page; the export is an address of its own
            page.evaluate(
                "location.assign('/b/readout-2025-05/export/file?level=paragraph&with_errors=1')"
            )
        target = tmp_path / "readout.tmx"
        download.value.save_as(target)
    dtd = etree.DTD(str(SHARED / "interop" / "schemas" / "tmx14.dtd"))
    tree = etree.parse(target)
    assert dtd.validate(tree), dtd.error_log
    assert len(tree.findall(".//tu")) == 20
