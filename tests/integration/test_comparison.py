"""Comparing the reviewers of an independent session, and making one record of what they said."""

import pytest

from tests.support import (
    SAMPLE,
    Reader,
    align_by_gold,
    copy_workspace,
    edit,
    flag_on,
    plant_flags,
    rows_of,
    sample_workspace,
)
from workbench.domain.operations import new_id
from workbench.domain.sessions import Mode
from workbench.errors import Conflict, UsageError
from workbench.services import comparison, review, sessions, settling
from workbench.services.checking import stored_flags
from workbench.services.correcting import corrected_view
from workbench.services.history import row_history
from workbench.services.workspace import Workspace
from workbench.web import create_app

TAKEN, EDITED, REJECTED = settling.TAKEN, settling.EDITED, settling.REJECTED


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """Lin and Mei: a flag decided differently and one alike, an error each on words that overlap,
    a choice of Mei's alone. Closed."""
    folder = tmp_path_factory.mktemp("compared")
    ws = sample_workspace(folder)
    align_by_gold(ws)
    rows = rows_of(ws)
    plant_flags(ws, *(flag_on(rows[number].id) for number in (3, 5, 7)))
    made = sessions.create_session(
        ws, SAMPLE, ["Lin", "Mei"], mode=Mode.INDEPENDENT, author="Owner", title="Spring"
    )
    lin, mei = ((person.bitext_id, person.name) for person in people_of(ws))
    with ws.db.read() as db:
        flags = [flag.fingerprint for flag in stored_flags(db, lin[0])]
    say(ws, lin, "decide", flag=flags[0], verdict="accepted")
    say(ws, mei, "decide", flag=flags[0], verdict="dismissed", reason="legitimate")
    for who in (lin, mei):
        say(ws, who, "decide", flag=flags[1], verdict="dismissed", reason="correct")
    start = rows[10].tgt.start
    say(ws, lin, "annotate", annotation=error(start, start + 20, "accuracy/mistranslation"))
    say(ws, mei, "annotate", annotation=error(start + 5, start + 30, "accuracy/omission"))
    choice = {"kind": "choice", "category": "softening", "note": "Milder."}
    at = rows[20].tgt.start
    say(ws, mei, "annotate", annotation=choice | {"tgt": [at, at + 12]})
    say(ws, lin, "status", rows=[rows[30].id], status="approved")
    say(ws, mei, "status", rows=[rows[30].id, rows[31].id], status="approved")
    say(ws, lin, "reword", row=rows[32].id, text="Lin would say it so.")
    say(ws, mei, "reword", row=rows[32].id, text="Mei would say it otherwise.")
    sessions.close_session(ws, made.id)
    return folder


@pytest.fixture
def ws(template, tmp_path):
    return copy_workspace(template, tmp_path / "ws")


def people_of(ws):
    return sessions.session_of(ws, "spring")[1]


def say(ws, who, kind, **args):
    bitext_id, name = who
    seen = ws.state(bitext_id).seq
    review.perform(ws, bitext_id, kind, args, author=name, seen=seen, operation_id=new_id())


def error(start, stop, category, severity="major"):
    value = {"kind": "error", "tgt": [start, stop], "category": category, "severity": severity}
    return value | {"note": f"{category}."}


def items(ws):
    """The items by what they are: flags and statuses by number, else kinds."""
    found = comparison.compare(ws, "spring").items
    several = {kind: [item for item in found if item.kind == kind] for kind in ("flag", "status")}
    return {
        f"{kind} {n}": item for kind, items in several.items() for n, item in enumerate(items)
    } | {item.kind: item for item in found if item.kind not in several}


def settle(ws, item, outcome, author="Owner", **more):
    return settling.settle(
        ws, "spring", [item.id], outcome, author=author, seen=ws.state(SAMPLE).seq,
        operation_id=new_id(), **more,
    )  # fmt: skip


def written(ws):
    return ws.state(SAMPLE).collection("annotations")


def test_what_belongs_together_stands_together(ws):
    found = items(ws)
    assert set(found) == {
        "flag 0", "flag 1", "error", "choice", "status 0", "status 1", "wording"
    }  # fmt: skip
    assert [said.nothing for said in found["error"].said] == [False, False]
    assert [said.nothing for said in found["choice"].said] == [True, False]
    assert {name: item.agreed for name, item in found.items()} == {
        "flag 0": False,
        "flag 1": True,
        "error": False,
        "choice": False,
        "status 0": True,
        "status 1": False,
        "wording": False,
    }
    assert found["flag 0"].said[0].annotation  # what accepting wrote is part of the decision
    assert (found["error"].number, found["choice"].number) > (0, 0)


def test_there_are_figures_for_what_was_used(ws):
    figures = {(f.of, f.what): f.alpha for f in comparison.figures(ws, "spring")}
    assert figures["decision", "verdict"].units == 2
    assert figures["decision", "verdict"].observed == 0.5
    assert ("comment", "marked") not in figures


def test_an_open_or_a_shared_session_is_not_compared(ws):
    sessions.reopen_session(ws, "spring")
    with pytest.raises(Conflict):
        comparison.compare(ws, "spring")
    other = sessions.create_session(ws, SAMPLE, ["Lin"], mode=Mode.SHARED, author="Owner")
    with pytest.raises(UsageError):
        comparison.compare(ws, other.id)


def test_what_is_taken_names_both_the_writer_and_who_took_it(ws):
    settle(ws, items(ws)["error"], TAKEN, taken="Mei")
    ((id_, value),) = written(ws).items()
    assert (value["category"], value["begun_by"]) == ("accuracy/omission", "Mei")
    assert ws.state(SAMPLE).touched["annotations", id_].author == "Owner"
    outcome = items(ws)["error"].outcome
    assert (outcome["outcome"], outcome["taken"]) == ("taken", "Mei")
    assert {one["by"] for one in outcome["of"]} == {"Lin", "Mei"}


def test_another_outcome_takes_the_place_of_the_first(ws):
    settle(ws, items(ws)["error"], TAKEN, taken="Mei")
    settle(ws, items(ws)["error"], TAKEN, taken="Lin")
    assert [value["category"] for value in written(ws).values()] == ["accuracy/mistranslation"]
    settle(ws, items(ws)["error"], REJECTED)
    assert not written(ws)
    assert items(ws)["error"].outcome["outcome"] == "rejected"


def test_what_is_written_anew_names_all_who_wrote_before(ws):
    item = items(ws)["error"]
    value = item.said[0].annotation.to_json() | {"note": "Both.", "severity": "minor"}
    settle(ws, item, EDITED, annotation=value)
    (found,) = written(ws).values()
    assert (found["note"], found["severity"], found["begun_by"]) == ("Both.", "minor", "Lin, Mei")


def test_a_decision_taken_is_the_bitexts_decision(ws):
    item = items(ws)["flag 0"]
    settle(ws, item, TAKEN, taken="Lin")
    assert ws.state(SAMPLE).get("decisions", item.id)["verdict"] == "accepted"
    assert [value["flag"] for value in written(ws).values()] == [item.id]
    settle(ws, items(ws)["flag 0"], TAKEN, taken="Mei")
    assert ws.state(SAMPLE).get("decisions", item.id)["verdict"] == "dismissed"
    assert not written(ws)
    settle(ws, items(ws)["flag 0"], REJECTED)
    assert ws.state(SAMPLE).get("decisions", item.id) is None


def test_a_status_taken_is_the_rows_and_bears_the_names_of_all_who_approved(ws):
    item = items(ws)["status 0"]
    settle(ws, item, TAKEN, taken="Mei")
    assert ws.state(SAMPLE).get("statuses", item.row) == {
        "status": "approved",
        "signed": ["Lin", "Mei"],
    }
    assert ws.state(SAMPLE).get("beads", item.row)["confirmed"]
    settle(ws, items(ws)["status 0"], REJECTED)
    assert ws.state(SAMPLE).get("statuses", item.row) is None
    with pytest.raises(UsageError, match="written anew"):
        settle(ws, items(ws)["status 1"], EDITED)


def test_a_status_of_a_row_that_is_paired_otherwise_by_now_is_refused(ws):
    item = items(ws)["status 1"]
    edit(ws, "merge", author="Owner", row=rows_of(ws)[30].id)  # with the row of the item
    with pytest.raises(UsageError, match="paired otherwise"):
        settle(ws, item, TAKEN, taken="Mei")


def test_an_english_taken_or_written_anew_is_how_the_corrected_text_reads(ws):
    def reads():
        found = corrected_view(ws, SAMPLE).rows
        return ["".join(p.text for p in row.pieces if p.kind != "old") for row in found]

    settle(ws, items(ws)["wording"], TAKEN, taken="Mei")
    assert reads() == ["Mei would say it otherwise."]
    settle(ws, items(ws)["wording"], TAKEN, taken="Lin")
    assert reads() == ["Lin would say it so."]
    settle(ws, items(ws)["wording"], EDITED, annotation={"wording": "Both say it."})
    assert reads() == ["Both say it."]
    settle(ws, items(ws)["wording"], REJECTED)
    assert reads() == []


def test_nothing_can_be_taken_of_somebody_who_said_nothing(ws):
    with pytest.raises(UsageError, match="said nothing"):
        settle(ws, items(ws)["choice"], TAKEN, taken="Lin")
    with pytest.raises(UsageError):
        settle(ws, items(ws)["choice"], "praised")


def test_an_outcome_is_undone_and_redone(ws):
    before = ws.state(SAMPLE).values
    settle(ws, items(ws)["error"], TAKEN, taken="Mei")
    after = ws.state(SAMPLE).values
    for kind, expected in (("undo", before), ("redo", after)):
        settling.turn_back(
            ws, "spring", kind, author="Owner", seen=ws.state(SAMPLE).seq, operation_id=new_id()
        )
        assert ws.state(SAMPLE).values == expected


def test_only_outcomes_are_undone_there(ws):
    edit(ws, "annotate", author="Owner", annotation={"kind": "comment", "tgt": [0, 4], "note": "x"})
    with pytest.raises(UsageError, match="no outcome"):
        settling.turn_back(
            ws, "spring", "undo", author="Owner", seen=ws.state(SAMPLE).seq, operation_id=new_id()
        )
    assert written(ws)


def test_all_that_is_agreed_is_taken_in_one_step(ws):
    seen = ws.state(SAMPLE).seq
    count = settling.take_agreed(ws, "spring", author="Owner", seen=seen, operation_id=new_id())
    assert count == 2
    assert items(ws)["flag 1"].outcome
    assert items(ws)["status 0"].outcome
    assert items(ws)["flag 0"].outcome is None


def test_two_who_settle_the_same_are_told(ws):
    item, seen = items(ws)["error"], ws.state(SAMPLE).seq
    settle(ws, item, TAKEN, taken="Lin")
    with pytest.raises(Conflict, match="Owner"):
        settling.settle(
            ws, "spring", [item.id], TAKEN, author="Second", seen=seen, operation_id=new_id(),
            taken="Mei",
        )  # fmt: skip


def test_outcomes_are_in_the_history_and_survive_the_loss_of_the_database(ws):
    item = items(ws)["error"]
    settle(ws, item, TAKEN, taken="Mei")
    assert row_history(ws, SAMPLE, item.row)[0].kind == settling.ADJUDICATE
    ws.save_portable(SAMPLE)
    for file in ws.root.glob("workbench.sqlite*"):
        file.unlink()
    rebuilt = Workspace(ws.root)
    assert rebuilt.differences == {}
    assert items(rebuilt)["error"].outcome["taken"] == "Mei"


def test_the_page_settles_and_answers_with_what_is_left(ws):
    reader = Reader(create_app(ws))
    page = reader.get("/sessions/spring/compare")
    assert page.status_code == 200
    body = {"kind": "taken", "taken": "Mei", "item": items(ws)["error"].id, "id": new_id()}
    answer = reader.send("/sessions/spring/settle", body | {"seen": ws.state(SAMPLE).seq})
    assert (answer.status_code, answer.json["open"]) == (200, 6)
    assert answer.json["items"][body["item"]][0] == "taken"
    undo = {"kind": "undo", "id": new_id(), "seen": answer.json["seq"]}
    assert reader.send("/sessions/spring/settle", undo).json["open"] == 7
    refused = reader.send("/sessions/spring/settle", undo | {"id": new_id()})
    assert (refused.status_code, refused.json["open"]) == (400, 7)
