"""Review sessions as the services have them: copies, blindness, closing, time, files."""

import json

import pytest

from tests.support import (
    SAMPLE,
    align_by_gold,
    edit,
    flag_on,
    plant_flags,
    rows_of,
    sample_workspace,
)
from workbench.domain.operations import new_id
from workbench.domain.sessions import Attendance, Mode
from workbench.errors import Conflict, UnknownName, UsageError
from workbench.services import attending, library, review, search, sessions
from workbench.services.checking import stored_flags
from workbench.services.workspace import Workspace


@pytest.fixture
def ws(tmp_path):
    """The sample, aligned, with one flag and one comment of Lin's."""
    ws = sample_workspace(tmp_path)
    align_by_gold(ws)
    plant_flags(ws, flag_on(rows_of(ws)[3].id))
    edit(ws, "annotate", annotation={"kind": "comment", "tgt": [0, 4], "note": "Lin was here"})
    return ws


def begin(ws, mode=Mode.INDEPENDENT, names=("Lin", "Mei")):
    """A session about the sample and its people by name."""
    session = sessions.create_session(ws, SAMPLE, names, mode=mode, author="Owner", title="Spring")
    return session, {person.name: person for person in sessions.session_of(ws, session.id)[1]}


def say(ws, bitext_id, kind, author, **args):
    """One edit of a bitext or a copy."""
    seen = ws.state(bitext_id).seq
    return review.perform(
        ws, bitext_id, kind, args, author=author, seen=seen, operation_id=new_id()
    )


def note(start, stop, words="said"):
    """A comment on some English."""
    return {"kind": "comment", "tgt": [start, stop], "note": words}


def test_a_copy_has_the_rows_and_the_flags_but_nobodys_words(ws):
    _, people = begin(ws)
    copy, own = ws.state(people["Mei"].bitext_id), ws.state(SAMPLE)
    assert copy.collection("beads") == own.collection("beads")
    assert own.collection("annotations")
    assert not copy.collection("annotations")
    assert people["Mei"].bitext_id != people["Lin"].bitext_id


def test_what_one_says_is_in_no_other_copy_and_not_in_the_bitext(ws):
    _, people = begin(ws)
    before = ws.state(SAMPLE)
    say(ws, people["Lin"].bitext_id, "annotate", "Lin", annotation=note(0, 9))
    assert len(ws.state(people["Lin"].bitext_id).collection("annotations")) == 1
    assert not ws.state(people["Mei"].bitext_id).collection("annotations")
    assert ws.state(SAMPLE) == before


def test_the_rows_of_a_copy_stay_as_they_are(ws):
    _, people = begin(ws)
    row = rows_of(ws)[0].id
    with pytest.raises(UsageError, match="independent session"):
        say(ws, people["Lin"].bitext_id, "merge", "Lin", row=row)
    say(ws, people["Lin"].bitext_id, "status", "Lin", rows=[row], status="revised")


def test_edits_of_the_bitext_do_not_reach_a_copy(ws):
    _, people = begin(ws)
    copy = ws.state(people["Lin"].bitext_id)
    edit(ws, "merge", row=rows_of(ws)[0].id)
    assert ws.state(people["Lin"].bitext_id) == copy


def test_a_closed_session_takes_no_edits_until_it_is_reopened(ws):
    session, people = begin(ws)
    sessions.close_session(ws, session.id)
    with pytest.raises(Conflict, match="closed"):
        say(ws, people["Lin"].bitext_id, "annotate", "Lin", annotation=note(0, 9))
    sessions.reopen_session(ws, session.id)
    say(ws, people["Lin"].bitext_id, "annotate", "Lin", annotation=note(0, 9))


@pytest.mark.parametrize(
    ("names", "mode"),
    [
        ([], Mode.SHARED),
        (["Lin"], Mode.INDEPENDENT),
        (["Lin", " lin "], Mode.SHARED),
        (["Ｌｉｎ", "Lin"], Mode.SHARED),
        (["workbench"], Mode.SHARED),
        (["x" * 61], Mode.SHARED),
        ([str(n) for n in range(21)], Mode.SHARED),
    ],
)
def test_names_that_make_no_sense_are_refused(ws, names, mode):
    with pytest.raises(UsageError):
        sessions.create_session(ws, SAMPLE, names, mode=mode, author="Owner")


def test_reviewers_with_the_same_latin_letters_have_copies_of_their_own(ws):
    _, people = begin(ws, names=("林", "李", "Li"))
    assert len({person.bitext_id for person in people.values()}) == 3


def test_somebody_who_comes_later_gets_the_same_rows(ws):
    session, people = begin(ws)
    edit(ws, "merge", row=rows_of(ws)[0].id)
    say(ws, people["Lin"].bitext_id, "annotate", "Lin", annotation=note(0, 9))
    late = sessions.add_reviewer(ws, session.id, "Wang")
    copy = ws.state(late.bitext_id)
    assert copy.collection("beads") == ws.state(people["Mei"].bitext_id).collection("beads")
    assert not copy.collection("annotations")
    with pytest.raises(UsageError):
        sessions.add_reviewer(ws, session.id, "wang")


def test_progress_counts_what_each_said_themselves(ws):
    session, people = begin(ws)
    lin = people["Lin"].bitext_id
    say(ws, lin, "annotate", "Lin", annotation=note(0, 9))
    say(ws, lin, "status", "Lin", rows=[row.id for row in rows_of(ws)[:3]], status="revised")
    with ws.db.read() as db:
        flag = stored_flags(db, lin)[0].fingerprint
    say(ws, lin, "decide", "Lin", flag=flag, verdict="dismissed")
    found = {p.reviewer.name: p for p in attending.overview(ws, session.id).progress}
    assert (found["Lin"].done, found["Lin"].decided, found["Lin"].notes) == (3, 1, 1)
    assert (found["Mei"].done, found["Mei"].decided, found["Mei"].notes) == (0, 0, 0)
    assert found["Mei"].flags == 1


def test_progress_in_a_shared_session_tells_people_apart(ws):
    session, _ = begin(ws, Mode.SHARED)
    edit(ws, "annotate", author="Mei", annotation=note(10, 14))
    found = {p.reviewer.name: p.notes for p in attending.overview(ws, session.id).progress}
    assert found == {"Lin": 1, "Mei": 1}


def at(minute, second=0):
    return f"2026-03-01T10:{minute:02}:{second:02}.000Z"


@pytest.mark.parametrize(
    ("signs", "seconds"),
    [
        ([], 0),
        ([at(0)], 0),
        ([at(0), at(0, 20), at(0, 50)], 50),
        ([at(0), at(0, 20), at(10), at(10, 15)], 35),  # a pause is not counted
        ([at(0), at(0, 20), at(0, 10), at(0, 20)], 20),  # two tabs, out of order
        ([at(0), at(1), at(2), at(3, 1)], 120),  # a minute is the most
    ],
)
def test_only_time_at_work_is_counted(ws, signs, seconds):
    for sign in signs:
        attending.attend(ws, Attendance(SAMPLE, "Lin"), active=True, at=sign)
    attending.attend(ws, Attendance(SAMPLE, "Lin"), active=False, at=at(30))
    assert attending.attended(ws, SAMPLE, "Lin").seconds == seconds


def test_the_place_is_kept_for_each_person(ws):
    attending.attend(ws, Attendance(SAMPLE, "Lin", src=5, tgt=9), active=False)
    attending.attend(ws, Attendance(SAMPLE, "Mei", src=7, tgt=11), active=False)
    assert attending.attended(ws, SAMPLE, "Lin").src == 5


def test_an_invitation_is_kept_as_a_hash_and_can_be_taken_back(ws):
    _, people = begin(ws)
    token = sessions.invite(ws, people["Lin"].id)
    stored = sessions.find_reviewer(ws, "spring", "lin").token_hash
    assert stored == sessions.hashed(token)
    assert token not in stored
    other = sessions.invite(ws, people["Lin"].id)
    assert sessions.find_reviewer(ws, "spring", "lin").token_hash == sessions.hashed(other)
    sessions.revoke(ws, people["Lin"].id)
    assert sessions.find_reviewer(ws, "spring", "lin").token_hash == ""
    with pytest.raises(UnknownName):
        sessions.find_reviewer(ws, "spring", "nobody")


def test_nobody_is_invited_to_a_closed_session(ws):
    session, people = begin(ws)
    sessions.close_session(ws, session.id)
    with pytest.raises(Conflict):
        sessions.invite(ws, people["Lin"].id)


def test_sessions_and_copies_survive_the_loss_of_the_database(ws):
    session, people = begin(ws)
    lin = people["Lin"].bitext_id
    say(ws, lin, "annotate", "Lin", annotation=note(0, 9, "kept"))
    attending.attend(ws, Attendance(lin, "Lin", session.id), active=True, at=at(0))
    attending.attend(ws, Attendance(lin, "Lin", session.id, 4, 5), active=True, at=at(0, 30))
    sessions.invite(ws, people["Lin"].id)
    ws.save_portable(lin)
    sessions.close_session(ws, session.id)
    for file in ws.root.glob("workbench.sqlite*"):
        file.unlink()
    rebuilt = Workspace(ws.root)
    assert rebuilt.differences == {}
    found = attending.overview(rebuilt, session.id)
    assert found.session.closed_at
    by_name = {p.reviewer.name: p for p in found.progress}
    assert (by_name["Lin"].notes, by_name["Lin"].attendance.seconds) == (1, 30)
    assert by_name["Lin"].reviewer.token_hash == ""
    assert rebuilt.state(lin).collection("beads") == rebuilt.state(SAMPLE).collection("beads")
    assert Workspace(ws.root).differences == {}


def test_a_copy_is_no_book_of_the_library(ws):
    _, people = begin(ws)
    say(ws, people["Lin"].bitext_id, "annotate", "Lin", annotation=note(0, 9, "xyzzy"))
    assert SAMPLE in [shelf.id for shelf in library.shelves(ws)]
    assert not [shelf.id for shelf in library.shelves(ws) if "~" in shelf.id]
    assert [found.id for found in search.corpus(ws)] == [SAMPLE]


def test_a_session_file_that_cant_be_read_is_said(ws):
    session, _ = begin(ws)
    path = ws.root / "alignments" / "sessions" / session.id / "session.json"
    value = json.loads(path.read_text(encoding="utf-8"))
    assert "token_hash" not in json.dumps(value)
    other = path.parent.parent / "other"
    other.mkdir()
    (other / "session.json").write_text("{", encoding="utf-8")
    assert "sessions/other/session.json" in Workspace(ws.root).differences
