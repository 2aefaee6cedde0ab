"""A disk that fills up: one sentence, and everything as it was before."""

import re
import uuid

import pytest
from sqlalchemy import event

from tests.support import SAMPLE, align_by_gold, edit, rows_of, sample_workspace
from workbench.errors import Unavailable
from workbench.services.workspace import Workspace
from workbench.web import create_app


def fill(ws):
    """From now on the database can't grow, as on a full disk."""

    @event.listens_for(ws.db.engine, "connect")
    def limit(connection, _record):
        pages = connection.execute("pragma page_count").fetchone()[0]
        connection.execute(f"pragma max_page_count = {pages}")

    ws.db.engine.dispose()


@pytest.fixture
def ws(tmp_path):
    found = sample_workspace(tmp_path)
    align_by_gold(found)
    return found


def test_an_edit_on_a_full_disk_says_so_and_damages_nothing(ws):
    row = rows_of(ws)[5].id
    fill(ws)
    long_note = {"kind": "comment", "tgt": [0, 5], "note": "x" * 19_000}
    before = ws.state(SAMPLE)
    with pytest.raises(Unavailable, match="The disk is full, so nothing was saved; free some"):
        edit(ws, "annotate", annotation=long_note)
    assert ws.state(SAMPLE).values == before.values
    again = Workspace(ws.root)
    assert again.state(SAMPLE).values == before.values
    assert again.differences == {}
    assert edit(again, "confirm", rows=[row], confirmed=True) == before.seq + 1


def test_the_page_answers_with_the_sentence_so_that_the_edit_is_sent_again(ws):
    client = create_app(ws).test_client()
    page = client.get(f"/b/{SAMPLE}").text
    token = re.search(r'name="csrf-token" content="([^"]+)"', page)[1]
    fill(ws)
    note = {"kind": "comment", "tgt": [0, 5], "note": "x" * 19_000}
    answer = client.post(
        f"/b/{SAMPLE}/operations",
        json={"id": str(uuid.uuid4()), "kind": "annotate", "args": {"annotation": note},
              "seen": ws.state(SAMPLE).seq},
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )  # fmt: skip
    assert answer.status_code == 503
    assert answer.json["error"].startswith("The disk is full")


def test_edits_made_one_after_the_other_without_an_answer_are_no_conflict(ws):
    row = next(row.id for row in rows_of(ws) if len(row.src) and len(row.tgt))
    seen, first = ws.state(SAMPLE).seq, str(uuid.uuid4())
    edit(ws, "confirm", rows=[row], confirmed=True, id=first, seen=seen)
    edit(ws, "unpair", row=row, seen=seen, unseen=[first])
    assert row not in {bead.id for bead in rows_of(ws) if bead.confirmed}
