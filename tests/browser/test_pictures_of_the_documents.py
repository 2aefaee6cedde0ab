"""The pictures that the documents show, taken of the sample (`pytest -m full`).

A line of PICTURES is one picture: the page, what leads to the state, and what must be there before
it is taken.
"""

from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from tests.browser.conftest import served
from tests.pictures import small_png
from tests.support import (
    ROOT,
    SAMPLE,
    align_by_gold,
    edit,
    rows_of,
    sample_workspace,
)
from workbench.domain.operations import new_id
from workbench.domain.sessions import Mode
from workbench.services import review, sessions
from workbench.services.checking import check_bitext

FOLDER = ROOT / "docs" / "screenshots"
LARGEST = 150_000  # bytes of one picture
WIDE, NARROW, MAGNIFIED = (1120, 700), (768, 1024), (560, 350)
REVIEW = f"b/{SAMPLE}"


@dataclass(frozen=True)
class Picture:
    """One picture. keys: pressed one after the other. wait: a selector that must be visible.

    click: a button, by its name, before the keys. new: of a workspace where nothing was done yet.
    """

    name: str
    path: str
    keys: tuple[str, ...] = ()
    wait: str = "main"
    size: tuple[int, int] = WIDE
    dark: bool = False
    language: str = "en-GB"
    new: bool = False
    click: str = ""
    offline: bool = False


PICTURES = [
    Picture("review", REVIEW, ("n",), ".card.pointed"),
    Picture("review-dark", REVIEW, ("n", "n"), ".card.pointed", dark=True),
    Picture("review-chinese", REVIEW, ("n",), ".card.pointed", language="zh-CN"),
    Picture("review-tablet", REVIEW, ("n",), ".card.pointed", NARROW),
    Picture("review-magnified", REVIEW, ("n",), ".card.pointed", MAGNIFIED),
    Picture("dismissing", REVIEW, ("n", "x"), "#notes .reasons"),
    Picture(
        "choice",
        REVIEW,
        ("j", "j", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "t"),
        ".composer",
    ),
    Picture("word-links", REVIEW, ("j", "j", "j", "w"), ".link-lines path"),
    Picture("queue", REVIEW, ("q",), "#queue-list li"),
    Picture("away", REVIEW, ("n", "v"), "#away-bar", offline=True),
    Picture("search", "search?q=%E5%8A%A1%E5%AE%9E%E5%90%88%E4%BD%9C", (), ".hits li"),
    Picture(
        "concordance",
        "search?q=%E5%8A%A1%E5%AE%9E%E5%90%88%E4%BD%9C&as=concordance",
        (),
        ".concordance",
    ),
    Picture("library", "", (), ".shelf"),
    Picture("comparison", "sessions/spring/compare", ("j",), ".item.here"),
    Picture("export", REVIEW, ("g", "e"), ".export-pairs"),
    Picture("first-start", "", (), ".glimpse", new=True),
    Picture("aligning", "", (), ".job-steps .now", new=True, click="Align and check"),
]


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    """Of a workspace in which people are at work, and of one in which nothing was done yet."""
    folder = tmp_path_factory.mktemp("pictures")
    for name in ("new", "used"):
        (folder / name).mkdir()
    sample_workspace(folder / "new")
    with ExitStack() as stack:
        used = at_work(sample_workspace(folder / "used"))
        yield [stack.enter_context(served(path)) for path in (used, folder / "new")]


def at_work(ws):
    """Some rows are confirmed, there is a note, and two reviewers were compared."""
    align_by_gold(ws)
    check_bitext(ws, SAMPLE)
    pairs = [row for row in rows_of(ws) if len(row.src) and len(row.tgt)]
    edit(ws, "confirm", author="Lin", rows=[row.id for row in pairs[:2]], confirmed=True)
    span = [pairs[2].tgt.start, pairs[2].tgt.start + 10]
    edit(ws, "annotate", author="Lin",
         annotation={"kind": "comment", "note": "The opening formula.", "tgt": span})  # fmt: skip
    made = sessions.create_session(
        ws, SAMPLE, ["Lin", "Mei"], mode=Mode.INDEPENDENT, author="Owner", title="Spring"
    )
    said = (("Softening stands in the Chinese too.", "softening"), ("Milder here.", "register"))
    people = sessions.session_of(ws, made.id)[1]
    for person, (note, category) in zip(people, said, strict=True):
        choice = {"kind": "choice", "category": category, "note": note, "tgt": span}
        review.perform(
            ws, person.bitext_id, "annotate", {"annotation": choice}, author=person.name,
            seen=ws.state(person.bitext_id).seq, operation_id=new_id(),
        )  # fmt: skip
    sessions.close_session(ws, made.id)
    return ws.root


@pytest.mark.full
@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_taken(chromium, addresses, picture):
    width, height = picture.size
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if picture.size == MAGNIFIED else 1,
        locale=picture.language,
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{addresses[picture.new]}{picture.path}")
    if picture.path.startswith(("b/", "sessions/")):
        page.wait_for_selector("html[data-ready]")
    if picture.click:
        page.get_by_role("button", name=picture.click).first.click()
    context.set_offline(picture.offline)
    for key in picture.keys:
        page.keyboard.press(key)
    page.locator(picture.wait).first.wait_for(timeout=60_000)
    FOLDER.mkdir(exist_ok=True)
    data = small_png(chromium, page.screenshot())
    context.close()
    assert len(data) <= LARGEST
    (FOLDER / f"{picture.name}.png").write_bytes(data)
