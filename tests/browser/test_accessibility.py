"""axe finds nothing to object to, on each page and in its states, in both themes."""

from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import served
from tests.support import (
    SAMPLE,
    edit,
    flag_on,
    plant_flags,
    rows_of,
)
from workbench.domain.text import Span

STATES = [
    ("", ""),
    ("add", ""),
    (f"b/{SAMPLE}", "n"),
    (f"b/{SAMPLE}", "nx"),
    (f"b/{SAMPLE}", "nt"),
    (f"b/{SAMPLE}", "f?"),
    (f"b/{SAMPLE}", "E"),
    (f"b/{SAMPLE}/corrected", ""),
    (f"b/{SAMPLE}/report", ""),
    (f"b/{SAMPLE}", "q"),
    (f"b/{SAMPLE}", "/"),
    (f"b/{SAMPLE}", "gv"),
    (f"b/{SAMPLE}", "gi"),
    ("search", ""),
    ("search?type=flag", ""),
    ("search?q=%E5%8A%A1%E5%AE%9E%E5%90%88%E4%BD%9C", ""),
    ("search?q=%E5%8A%A1%E5%AE%9E%E5%90%88%E4%BD%9C&as=concordance", ""),
    ("terms", ""),
    (f"b/{SAMPLE}", "wi"),
    (f"b/{SAMPLE}", ("Control+k",)),
    ("nowhere", ""),
]


COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""All that a theme can spoil: the rest of a page is the same in both."""


def test_axe_finds_no_violation(ws, chromium):
    edit(ws, "reword", row=rows_of(ws)[9].id, text="In short, they paid a visit.")
    plant_flags(ws, flag_on(rows_of(ws)[12].id, src=Span(0, 4), tgt=Span(0, 9)))
    # axe is put into the page as a script, which the pages' own policy would forbid
    context = chromium.new_context(locale="en-GB", bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_navigation_timeout(180_000)  # the report links all words when it is first read
    found = []
    with served(ws.root) as address:
        for path, keys in STATES:
            page.emulate_media(color_scheme="light")
            page.goto(f"{address}{path}")
            if keys:
                page.wait_for_selector("html[data-ready]")
            for key in keys:
                page.keyboard.press(key)
            for scheme, options in (("light", None), ("dark", COLOURS)):
                page.emulate_media(color_scheme=scheme)
                violations = Axe().run(page, options=options).response["violations"]
                found += [
                    (path, keys, scheme, one["id"], one["nodes"][0]["html"][:80])
                    for one in violations
                ]
    context.close()
    assert found == []
