"""Threads, replies, several flags at once, and a workspace's own names, through the one service."""

from dataclasses import replace

import pytest

from tests.support import SAMPLE, edit, flag_on, plant_flags, rows_of
from workbench.domain.operations import new_id
from workbench.domain.typology import DEFAULT
from workbench.errors import Conflict, UsageError
from workbench.exchange.typology import dump
from workbench.services import review
from workbench.services.page import review_view
from workbench.services.typologies import typology_of

NOTE = "7c1ff2a2-6a58-4f4e-8d0e-6a3d8f2c9b11"


def note_view(ws):
    views = [note for row in review_view(ws, SAMPLE, "Lin").rows.values() for note in row.notes]
    return next(note for note in views if note.id == NOTE)


def act(ws, kind, author="Lin", **args):
    """An edit whose arguments may hold an id."""
    seen = ws.state(SAMPLE).seq
    review.perform(ws, SAMPLE, kind, args, author=author, seen=seen, operation_id=new_id())


def note_on(ws, author="Lin", **more):
    start = rows_of(ws)[20].tgt.start
    value = {"kind": "comment", "tgt": [start, start + 12], "note": "Why so?", **more}
    act(ws, "annotate", author, id=NOTE, annotation=value)


@pytest.fixture
def flags(ws):
    rows = rows_of(ws)[20:24]
    return plant_flags(ws, *(replace(flag_on(row.id), suggestion="the visit") for row in rows))


def annotations(ws):
    return ws.state(SAMPLE).collection("annotations")


# -- threads --------------------------------------------------------------------------------


def test_a_thread_grows_is_resolved_and_opened_again(ws, copied):
    note_on(ws)
    edit(ws, "reply", author="Mei", note=NOTE, text=" Because.\nSee row 4. ")
    edit(ws, "reply", note=NOTE, text="I see.")
    edit(ws, "resolve", author="Mei", notes=[NOTE], resolved=True)
    view = note_view(ws)
    assert [(r.touch.author, r.text) for r in view.replies] == [
        ("Mei", "Because.\nSee row 4."),
        ("Lin", "I see."),
    ]
    assert view.resolved.author == "Mei"
    ws.save_portable(SAMPLE)
    again = copied(ws)
    assert again.state(SAMPLE).values == ws.state(SAMPLE).values
    again.db.engine.dispose()
    edit(ws, "resolve", notes=[NOTE], resolved=False)
    assert note_view(ws).resolved is None


def test_a_removed_note_takes_its_thread_along_and_undo_brings_all_back(ws):
    note_on(ws)
    edit(ws, "reply", author="Mei", note=NOTE, text="Because.")
    edit(ws, "resolve", notes=[NOTE], resolved=True)
    before = ws.state(SAMPLE).values
    act(ws, "remove-annotation", id=NOTE)
    assert not ws.state(SAMPLE).collection("replies")
    assert not ws.state(SAMPLE).collection("threads")
    edit(ws, "undo")
    assert ws.state(SAMPLE).values == before


def test_a_reply_to_nothing_and_an_empty_one_are_refused(ws):
    with pytest.raises(Conflict, match="not there any more"):
        edit(ws, "reply", note="gone", text="Hm")
    note_on(ws)
    with pytest.raises(UsageError, match="empty"):
        edit(ws, "reply", note=NOTE, text="  ")


def test_who_began_a_note_stays_its_author(ws):
    note_on(ws, author="Lin")
    note_on(ws, author="Mei", tags=["style"])
    view = note_view(ws)
    assert (view.author, view.touch.author) == ("Lin", "Mei")
    note_on(ws, author="Lin", tags=["style", "tone", "style "])
    view = note_view(ws)
    assert (view.author, view.annotation.begun_by) == ("Lin", "")
    assert view.annotation.tags == ("style", "tone")


# -- many flags at once -----------------------------------------------------------------------


def test_several_flags_are_decided_and_undone_in_one_step(ws, flags):
    names = [flag.fingerprint for flag in flags]
    edit(ws, "decide", flags=names[:3], verdict="dismissed", reason="legitimate")
    assert review_view(ws, SAMPLE, "Lin").summary.open_flags == 1
    edit(ws, "undo")
    assert review_view(ws, SAMPLE, "Lin").summary.open_flags == 4
    edit(ws, "decide", flags=names, verdict="accepted")
    assert [note["wording"] for note in annotations(ws).values()] == ["the visit"] * 4
    edit(ws, "decide", flags=names, verdict="deferred")
    assert not annotations(ws), "what was accepted only now is taken back with its error"
    edit(ws, "undo")
    assert len(annotations(ws)) == 4


def test_one_flag_that_is_gone_stops_all(ws, flags):
    with pytest.raises(Conflict, match="not there any more"):
        edit(ws, "decide", flags=[flags[0].fingerprint, "gone"], verdict="dismissed")
    assert not ws.state(SAMPLE).collection("decisions")


# -- names ------------------------------------------------------------------------------------


def test_a_workspace_names_its_own_choices(ws):
    path = ws.root / "texts" / "typology.toml"
    path.write_text(dump(DEFAULT) + '\n[[choice]]\nid = "calque"\nen = "Calque"\nzh = "仿译"\n')
    assert typology_of(ws).typology.choices["calque"] == ("Calque", "仿译")
    start = rows_of(ws)[20].src.start
    edit(
        ws,
        "annotate",
        annotation={"kind": "choice", "src": [start, start + 2], "category": "calque"},
    )
    path.unlink()
    assert typology_of(ws).typology == DEFAULT
    review_view(ws, SAMPLE, "Lin")  # what was written stays readable
    with pytest.raises(UsageError, match="knows no choice 'calque'"):
        edit(
            ws,
            "annotate",
            annotation={"kind": "choice", "src": [start, start + 3], "category": "calque"},
        )


def test_a_broken_file_is_said_to_be_on_the_page_and_the_usual_names_hold(ws, reader):
    (ws.root / "texts" / "typology.toml").write_text('[[choice]]\nid = "calque"\n')
    page = reader.get(f"/b/{SAMPLE}").text
    assert "calque has no English name" in page
    assert "Explicitation" in page


def test_terms_in_the_chosen_words_are_offered(reader):
    answer = reader.get(f"/b/{SAMPLE}/terms?words=此访发生在百年变局之中")
    assert [src for src, _ in answer.json["terms"]] == ["百年变局"]
