"""Several people at once: what one does the other sees; links, tabs, resuming, comparing."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import review, served
from tests.support import (
    SAMPLE,
    flag_on,
    plant_flags,
    rows_of,
)
from workbench.domain.operations import new_id
from workbench.domain.sessions import Mode
from workbench.services import review as services
from workbench.services import sessions
from workbench.services.checking import stored_flags

WIDE = {"width": 1440, "height": 900}


@pytest.fixture
def person(chromium):
    """A browser of its own for each person; any error of a script fails the test."""
    contexts, problems = [], []

    def come(link="", **more):
        context = chromium.new_context(**({"viewport": WIDE, "locale": "en-GB"} | more))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        if link:
            page.goto(link)
            page.locator("main button").click()
            page.wait_for_selector("html[data-ready]")
        return page

    yield come
    for context in contexts:
        context.close()
    assert problems == []


def invited(ws, mode, *names):
    """The part of a link after the address, for each reviewer of a new session."""
    made = sessions.create_session(ws, SAMPLE, names, mode=mode, author="Owner", title="Spring")
    people = sessions.session_of(ws, made.id)[1]
    return [f"join/{sessions.invite(ws, one.id)}" for one in people]


def number(page):
    return page.locator("#panel-title").text_content()


def test_two_people_see_each_other_and_what_they_do(ws, person, picture):
    links = invited(ws, Mode.SHARED, "Lin", "Mei")
    with served(ws.root) as address:
        lin = person(address + links[0])
        mei = person(address + links[1], locale="zh-CN", color_scheme="dark")
        lin.locator("#people button", has_text="Mei").wait_for()
        for _ in range(4):
            lin.keyboard.press("j")
        row = lin.locator(".row.current").get_attribute("data-id")
        mei.locator(f'.row[data-id="{row}"][data-people="Lin"]').wait_for()

        mei.keyboard.press("g")
        mei.keyboard.press("p")
        lin.locator("#besides:visible").wait_for()
        assert "Mei" in lin.locator("#besides").text_content()
        picture(lin, "two-people")
        picture(mei, "two-people-dark-chinese")

        assert not lin.locator("#reasons").evaluate("form => form.content.querySelector('select')")

        lin.keyboard.press("v")
        mei.locator(f'.row[data-id="{row}"][data-confirmed]').wait_for()
        mei.keyboard.press("c")
        mei.fill(".composer textarea", "看见了")
        lin.keyboard.press("k")  # confirming went on to the next row
        lin.keyboard.press("m")  # the row of the note being written is merged by the other
        mei.locator(f'.row[data-id="{row}"]').wait_for(state="detached")
        assert mei.locator(".composer textarea").first.input_value() == "看见了"
        mei.keyboard.press("Control+Enter")
        lin.locator("#groups .pen").wait_for()
        lin.close()
        mei.locator('.row[data-people="Lin"]').wait_for(state="detached")


def test_the_second_to_change_the_same_note_is_told_and_loses_nothing(ws, person):
    links = invited(ws, Mode.SHARED, "Lin", "Mei")
    at = next(row for row in rows_of(ws) if len(row.src)).tgt.start  # where the pages open
    note = {"kind": "comment", "tgt": [at, at + 5], "note": "first"}
    services.perform(
        ws, SAMPLE, "annotate", {"annotation": note}, author="Lin", seen=ws.state(SAMPLE).seq,
        operation_id=new_id(),
    )  # fmt: skip
    with served(ws.root) as address:
        lin, mei = (person(address + link) for link in links)
        for page in (lin, mei):
            page.locator("#notes .note [data-edit]").click()
        mei.context.set_offline(True)
        lin.fill(".composer textarea", "Lin's")
        lin.keyboard.press("Control+Enter")
        lin.locator(".composer").wait_for(state="detached")
        mei.fill(".composer textarea", "Mei's")
        mei.keyboard.press("Control+Enter")
        mei.context.set_offline(False)
        mei.locator("#message", has_text="Lin").wait_for()
        assert mei.locator(".composer textarea").first.input_value() == "Mei's"
        lin.locator("#notes .said", has_text="Lin's").wait_for()


def test_a_page_opens_where_its_reader_left_off_also_after_a_restart(ws, person):
    links = invited(ws, Mode.INDEPENDENT, "Lin", "Mei")
    with served(ws.root) as address:
        lin = person(address + links[0])
        with lin.expect_response("**/here"):  # the first says where it begins
            pass
        for _ in range(6):
            lin.keyboard.press("j")
        left = number(lin)
        with lin.expect_response("**/here"):
            pass
        lin.reload()
        lin.wait_for_selector("html[data-ready]")
        assert number(lin) == left
    with served(ws.root) as address:
        lin = person(address + links[0])
        assert number(lin) == left
        lin.keyboard.press("g")
        lin.keyboard.press("d")
        lin.locator('#finish[aria-pressed="true"]').wait_for()
    assert sessions.find_reviewer(ws, "spring", "Lin").finished_at


def test_twelve_tabs_of_one_browser_stay_quick_and_hear_of_changes(ws, chromium):
    """A browser has six connections to a server; streams must leave some for the pages."""
    with served(ws.root) as address:
        context = chromium.new_context(viewport=WIDE, locale="en-GB")
        try:
            tabs = [context.new_page() for _ in range(12)]
            answers = []
            for tab in tabs:
                tab.on(
                    "response",
                    lambda got: got.url.endswith("/live") and answers.append(got.status),
                )
                with tab.expect_response(lambda got: got.url.endswith("/live")):
                    review(tab, address)
            assert answers.count(200) == 2
            assert answers.count(204) >= 10  # after a minute they ask again
            row = tabs[-1].locator(".row.current").get_attribute("data-id")
            tabs[-1].keyboard.press("v")
            for tab in tabs:
                tab.locator(f'.row[data-id="{row}"][data-confirmed]').wait_for()
        finally:
            context.close()


def test_sessions_are_made_and_links_taken_back_on_their_page(ws, page, person, picture):
    with served(ws.root) as address:
        page.goto(f"{address}sessions")
        picture(page, "sessions-empty")
        page.fill('[name="names"]', "Lin, Mei")
        page.fill('[name="title"]', "Spring")
        page.get_by_label("Independent").focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Begin").press("Enter")
        page.locator('[data-name="Lin"] [data-invite]').press("Enter")
        page.locator(".link-place:visible").wait_for()
        link = page.get_by_label("Invitation link").input_value()
        picture(page, "sessions")
        lin = person(link)
        assert re.search(r"/b/spring~lin$", lin.url)
        page.locator('[data-name="Lin"] [data-revoke]').press("Enter")
        page.locator('[data-name="Lin"] [data-revoke]').wait_for(state="hidden")
        lin.goto(link)
        assert "opens nothing" in lin.locator("main").text_content()


def compared(ws, title="Spring"):
    """A closed session in which Lin and Mei differ on a flag and on an error, and agree on one."""
    plant_flags(ws, flag_on(rows_of(ws)[3].id), flag_on(rows_of(ws)[5].id))
    sessions.create_session(
        ws, SAMPLE, ["Lin", "Mei"], mode=Mode.INDEPENDENT, author="Owner", title=title
    )
    people = sessions.session_of(ws, title.lower())[1]
    with ws.db.read() as db:
        flags = [flag.fingerprint for flag in stored_flags(db, people[0].bitext_id)]
    at = rows_of(ws)[10].tgt.start
    for number_, (one, verdict) in enumerate(zip(people, ("accepted", "dismissed"), strict=True)):
        said = {"kind": "error", "category": "accuracy/omission", "note": f"said by {one.name}"}
        said |= {"severity": ("major", "minor")[number_], "tgt": [at + number_, at + 20]}
        for kind, args in (
            ("decide", {"flag": flags[0], "verdict": verdict}),
            ("decide", {"flag": flags[1], "verdict": "dismissed"}),
            ("annotate", {"annotation": said}),
        ):
            services.perform(
                ws, one.bitext_id, kind, args, author=one.name,
                seen=ws.state(one.bitext_id).seq, operation_id=new_id(),
            )  # fmt: skip
    sessions.close_session(ws, title.lower())


def test_differences_are_settled_by_keyboard_alone(ws, page, picture):
    compared(ws)
    with served(ws.root) as address:
        page.goto(f"{address}sessions")
        page.get_by_role("link", name="Compare and settle").press("Enter")
        page.wait_for_selector("html[data-ready]")
        left = page.locator("#left")
        outcome = page.locator(".item.here .outcome")
        assert left.text_content() == "3 not settled"
        picture(page, "compare")
        page.keyboard.press("1")
        outcome.filter(has_text="taken from Lin").wait_for()
        page.keyboard.press("n")
        page.keyboard.press("2")
        outcome.filter(has_text="taken from Mei").wait_for()
        page.keyboard.press("e")
        page.fill('#rewrite [name="note"]', "Settled so.")
        page.keyboard.press("Control+Enter")
        outcome.filter(has_text="written anew").wait_for()
        page.keyboard.press("x")
        outcome.filter(has_text="rejected").wait_for()
        page.keyboard.press("z")
        outcome.filter(has_text="written anew").wait_for()
        page.keyboard.press("A")
        left.filter(has_text="Everything is settled").wait_for()
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert left.text_content() == "Everything is settled."
        picture(page, "compare-settled")
        page.set_viewport_size({"width": 700, "height": 900})
        picture(page, "compare-narrow")
    notes = ws.state(SAMPLE).collection("annotations").values()
    assert {note["note"] for note in notes} >= {"Settled so."}
    assert {note["begun_by"] for note in notes} == {"Lin", "Lin, Mei"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_on_the_pages_of_sessions(ws, chromium, scheme):
    (link, _) = invited(ws, Mode.SHARED, "Lin", "Mei")
    sessions.close_session(ws, "spring")
    compared(ws, "Autumn")
    context = chromium.new_context(locale="en-GB", color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = []
    with served(ws.root) as address:
        for path in ("sessions", "sessions/autumn/compare", link):
            page.goto(address + path)
            violations = Axe().run(page).response["violations"]
            found += [(path, v["id"], v["nodes"][0]["html"][:80]) for v in violations]
        page.locator("main button").click()
        page.wait_for_selector("html[data-ready]")
        violations = Axe().run(page).response["violations"]
        found += [("desk", v["id"], v["nodes"][0]["html"][:80]) for v in violations]
    context.close()
    assert found == []
