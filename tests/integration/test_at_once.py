"""Several at work on one bitext at once, and a process killed while it saves."""

import signal
import subprocess
import sys
import threading

import pytest

from tests.support import ROOT, SAMPLE, Reader, edit, rows_of
from workbench.domain import beads
from workbench.domain.operations import apply_all
from workbench.domain.reading import rows
from workbench.errors import Conflict
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.web import create_app

EDITS = 50
EDITOR = """
import sys
from pathlib import Path
from tests.support import edit, rows_of
from workbench.services.workspace import Workspace

ws = Workspace(Path(sys.argv[1]))
author, row, seen = sys.argv[2], sys.argv[3], int(sys.argv[4])
sys.stdin.readline()
n = 0
while n < int(sys.argv[5]):
    n += 1
    note = {"kind": "comment", "src": [0, 1], "note": f"{author} {n}"}
    edit(ws, "annotate", author=author, seen=seen, annotation=note)
    ws.save_portable("lanting-visit")
    print(n, flush=True)
"""


def start_editor(ws, author, row, edits):
    seen = str(ws.state(SAMPLE).seq)
    return subprocess.Popen(
        [sys.executable, "-c", EDITOR, str(ws.root), author, row, seen, str(edits)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def notes_of(ws):
    return sorted(note["note"] for note in ws.state(SAMPLE).collection("annotations").values())


def assert_consistent(ws):
    """The log replays, its numbers rise, and the file says the same as the database."""
    with ws.db.read() as session:
        log = repository.operations(session, SAMPLE)
    numbers = [operation.seq for operation in log]
    assert numbers == sorted(set(numbers))
    replayed = apply_all(type(ws.state(SAMPLE))(), log)
    assert replayed.values == ws.state(SAMPLE).values
    beads.check(rows(replayed))
    again = Workspace(ws.root)
    assert again.differences == {}
    assert again.bitext(SAMPLE).portable_seq == again.state(SAMPLE).seq
    again.db.engine.dispose()


def test_two_processes_that_edit_at_once_lose_nothing(ws):
    row = rows_of(ws)[0].id
    editors = [start_editor(ws, name, row, EDITS) for name in ("Lin", "Mei")]
    for editor in editors:
        editor.stdin.write("go\n")
        editor.stdin.flush()
    for editor in editors:
        editor.communicate()
    assert [editor.returncode for editor in editors] == [0, 0]
    assert notes_of(ws) == sorted(
        f"{name} {n + 1}" for name in ("Lin", "Mei") for n in range(EDITS)
    )
    assert_consistent(ws)


def test_two_threads_that_merge_and_undo_on_their_own_rows_lose_nothing(ws):
    rows = rows_of(ws)
    failures = []

    def work(author, row):
        try:
            for _ in range(EDITS // 2):
                edit(ws, "merge", author=author, row=row)
                edit(ws, "undo", author=author)
                ws.save_portable(SAMPLE)
        except Exception as error:
            failures.append(error)

    threads = [
        threading.Thread(target=work, args=("Lin", rows[10].id)),
        threading.Thread(target=work, args=("Mei", rows[50].id)),
    ]
    run(threads)
    assert failures == []
    assert rows_of(ws) == rows
    assert ws.differences == {}
    assert_consistent(ws)


def run(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_of_two_threads_on_one_row_one_is_told(ws):
    row = rows_of(ws)[10].id
    seen = ws.state(SAMPLE).seq
    outcomes = []

    def work(author):
        try:
            outcomes.append(
                edit(ws, "confirm", author=author, seen=seen, rows=[row], confirmed=True)
            )
        except Conflict as error:
            outcomes.append(str(error))

    run([threading.Thread(target=work, args=(name,)) for name in ("Lin", "Mei", "Wu", "An")])
    told = [outcome for outcome in outcomes if isinstance(outcome, str)]
    # Who comes later either is refused, or finds it done already and changes nothing.
    assert all("changed this first" in message for message in told)
    with ws.db.read() as session:
        assert len(repository.operations(session, SAMPLE, seen)) == 1


def test_two_people_at_the_pages_at_once(ws):
    """Answers are made while others edit; none of them may fail or leave a page behind."""
    app = create_app(ws)
    rows = rows_of(ws)
    answers = []

    def work(name, row):
        reader = Reader(app)
        reader.send("/preferences", {"name": name})
        page = reader.page_data()
        boot, rev = page["boot"], page["rev"]
        for n in range(EDITS // 2):
            kind = "undo" if n % 2 else "merge"
            answer = reader.operate(kind, row=row, boot=boot, rev=rev)
            answers.append(answer.status_code)
            rev = answer.json["rev"]
            changes = reader.get(f"/b/{SAMPLE}/changes?boot={boot}&rev={rev}")
            answers.append(changes.status_code)
            rev = changes.json["rev"]

    names = {"Lin": rows[10].id, "Mei": rows[50].id, "Wu": rows[70].id}
    run([threading.Thread(target=work, args=item) for item in names.items()])
    assert answers == [200] * (len(names) * 2 * (EDITS // 2))
    assert ws.differences == {}
    assert_consistent(ws)


@pytest.mark.parametrize("after", [1, 7, 23])
def test_a_kill_while_saving_leaves_a_consistent_log(ws, after):
    editor = start_editor(ws, "Lin", rows_of(ws)[0].id, 10_000)
    editor.stdin.write("go\n")
    editor.stdin.flush()
    acknowledged = 0
    for line in editor.stdout:
        acknowledged = int(line)
        if acknowledged >= after:
            break
    editor.send_signal(signal.SIGKILL)
    rest = editor.communicate()[0]
    acknowledged = max([acknowledged, *map(int, rest.split())])
    found = {int(note.split()[1]) for note in notes_of(ws)}
    assert found >= set(range(1, acknowledged + 1)), "what was acknowledged is kept"
    assert found == set(range(1, max(found) + 1)), "nothing in between is missing"
    assert_consistent(ws)
    edit(ws, "undo")
    assert len(notes_of(ws)) == len(found) - 1
