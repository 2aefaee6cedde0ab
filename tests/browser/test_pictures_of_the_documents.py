"""The pictures that the documents show, taken of the sample (`pytest -m full`).

A line of PICTURES is one picture: the page, the keys that lead to the state, and what must be
there before it is taken.
"""

from dataclasses import dataclass

import pytest

from tests.browser.conftest import served
from tests.pictures import small_png
from tests.support import ROOT, SAMPLE, align_by_gold, edit, rows_of, sample_workspace
from workbench.services.checking import check_bitext

FOLDER = ROOT / "docs" / "screenshots"
LARGEST = 150_000  # bytes of one picture
WIDE, NARROW = (1120, 700), (768, 1024)
REVIEW = f"b/{SAMPLE}"


@dataclass(frozen=True)
class Picture:
    """One picture. keys: pressed one after the other. wait: a selector that must be visible."""

    name: str
    path: str
    keys: tuple[str, ...] = ()
    wait: str = "main"
    size: tuple[int, int] = WIDE
    dark: bool = False
    language: str = "en-GB"


PICTURES = [
    Picture("review", REVIEW, ("n",), ".card.pointed"),
    Picture("review-dark", REVIEW, ("n", "n"), ".card.pointed", dark=True),
    Picture("review-chinese", REVIEW, ("n",), ".card.pointed", language="zh-CN"),
    Picture("review-tablet", REVIEW, ("n",), ".card.pointed", NARROW),
    Picture("dismissing", REVIEW, ("n", "x"), "#notes .reasons"),
    Picture(
        "choice",
        REVIEW,
        ("j", "j", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "t"),
        ".composer",
    ),
    Picture("word-links", REVIEW, ("j", "j", "j", "w"), ".link-lines path"),
    Picture("queue", REVIEW, ("q",), "#queue-list li"),
    Picture("search", "search?q=%E5%8A%A1%E5%AE%9E%E5%90%88%E4%BD%9C", (), ".hits li"),
    Picture(
        "concordance",
        "search?q=%E5%8A%A1%E5%AE%9E%E5%90%88%E4%BD%9C&as=concordance",
        (),
        ".concordance",
    ),
    Picture("library", "", (), ".shelf"),
    Picture("export", REVIEW, ("g", "e"), ".export-pairs"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures") / "ws"
    folder.mkdir()
    ws = sample_workspace(folder)
    align_by_gold(ws)
    check_bitext(ws, SAMPLE)
    pairs = [row for row in rows_of(ws) if len(row.src) and len(row.tgt)]
    edit(ws, "confirm", author="Lin", rows=[row.id for row in pairs[:2]], confirmed=True)
    span = [pairs[2].tgt.start, pairs[2].tgt.start + 10]
    edit(ws, "annotate", author="Lin",
         annotation={"kind": "comment", "note": "The opening formula.", "tgt": span})  # fmt: skip
    with served(folder) as found:
        yield found


@pytest.mark.full
@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_taken(chromium, address, picture):
    width, height = picture.size
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        locale=picture.language,
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{address}{picture.path}")
    if picture.path.startswith("b/"):
        page.wait_for_selector("html[data-ready]")
    for key in picture.keys:
        page.keyboard.press(key)
    page.locator(picture.wait).first.wait_for(timeout=60_000)
    page.wait_for_load_state("networkidle")
    FOLDER.mkdir(exist_ok=True)
    data = small_png(chromium, page.screenshot())
    context.close()
    assert len(data) <= LARGEST
    (FOLDER / f"{picture.name}.png").write_bytes(data)
