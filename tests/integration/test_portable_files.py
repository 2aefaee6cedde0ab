"""The files in `alignments/`: rebuilding from them, and settling what others changed."""

import json
import re

import pytest

from tests.support import SAMPLE, align_by_gold, edit, flag_on, plant_flags, rows_of
from workbench.domain.operations import WORKBENCH
from workbench.errors import BadInput, Conflict, UsageError
from workbench.services.page import review_view
from workbench.services.workspace import Workspace
from workbench.storage.files import write_atomic

NAME = f"alignments/{SAMPLE}.jsonl"


def file_of(ws):
    return ws.alignment_file(SAMPLE)


def reviewed(ws):
    """Some of everything that people do, by two of them, saved in the file."""
    rows = rows_of(ws)
    flag, other = plant_flags(ws, flag_on(rows[8].id), flag_on(rows[9].id, detector="terms"))
    edit(ws, "merge", row=rows[20].id)
    edit(ws, "confirm", author="Mei", rows=[rows[8].id], confirmed=True)
    edit(ws, "decide", flag=flag.fingerprint, verdict="accepted")
    edit(ws, "decide", author="Mei", flag=other.fingerprint, verdict="dismissed", reason="misread")
    note = {"kind": "choice", "category": "register", "src": [40, 44], "note": "庄重\n一些"}
    edit(ws, "annotate", author="梅", annotation=note)
    edit(ws, "role", side="src", paragraph=1, role="dateline")
    ws.save_portable(SAMPLE)


def touches(state):
    """Who set what is there, and when."""
    return {key: (t.author, t.made_at) for key, t in state.touched.items() if key in state.values}


def damage(ws, change):
    """Change lines of the file, as an editor or git would."""
    lines = file_of(ws).read_text(encoding="utf-8").split("\n")
    file_of(ws).write_text("\n".join(change(lines)), encoding="utf-8")


def line_of(ws, collection, n=0):
    lines = file_of(ws).read_text(encoding="utf-8").split("\n")
    return [i for i, line in enumerate(lines) if f'"in": "{collection}"' in line][n]


def test_a_new_database_is_rebuilt_from_texts_and_alignments(ws, copied):
    reviewed(ws)
    again = copied(ws)
    before, after = ws.state(SAMPLE), again.state(SAMPLE)
    assert after.values == before.values
    assert touches(after) == touches(before)
    assert again.differences == {}
    assert file_of(again).read_bytes() == file_of(ws).read_bytes()
    assert rows_of(again) == rows_of(ws)


def test_a_rebuilt_bitext_can_be_edited_but_not_undone_past_the_import(ws, copied):
    reviewed(ws)
    again = copied(ws)
    with pytest.raises(UsageError, match="nothing of yours to undo"):
        edit(again, "undo")
    edit(again, "merge", row=rows_of(again)[3].id)
    edit(again, "undo")
    assert rows_of(again) == rows_of(ws)


def test_every_edit_is_in_the_file_and_only_its_lines_change(ws):
    edit(ws, "confirm", rows=[rows_of(ws)[4].id], confirmed=True)
    ws.save_portable(SAMPLE)
    before = file_of(ws).read_text(encoding="utf-8").split("\n")
    edit(ws, "confirm", author="Mei", rows=[rows_of(ws)[11].id], confirmed=True)
    ws.save_portable(SAMPLE)
    after = file_of(ws).read_text(encoding="utf-8").split("\n")
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert len(changed) == 1
    assert json.loads(changed[0][1])["by"] == "Mei"


def test_a_start_without_changes_writes_nothing(ws, reopen):
    before = file_of(ws).stat().st_mtime_ns
    again = reopen(ws)
    assert again.differences == {}
    assert file_of(again).stat().st_mtime_ns == before


def test_a_missing_file_is_written_again(ws, reopen):
    before = file_of(ws).read_bytes()
    file_of(ws).unlink()
    again = reopen(ws)
    assert file_of(again).read_bytes() == before


def confirm_a_line(ws):
    """An outside change that is itself in order: one more row confirmed, by somebody."""
    at = line_of(ws, "beads", 10)

    def change(lines):
        value = json.loads(lines[at])
        value |= {"confirmed": True, "by": "Somebody", "at": "2026-02-03T04:05:06.000Z"}
        return [*lines[:at], json.dumps(value, ensure_ascii=False), *lines[at + 1 :]]

    damage(ws, change)


def test_a_file_changed_outside_is_shown_and_nothing_is_merged(ws, reopen):
    confirm_a_line(ws)
    theirs, ours = file_of(ws).read_bytes(), ws.state(SAMPLE).values
    again = reopen(ws)
    assert again.differences[SAMPLE].file == f"{SAMPLE}.jsonl"
    assert again.differences[SAMPLE].problem == ""
    edit(again, "merge", row=rows_of(again)[3].id)
    again.save_portable(SAMPLE)
    assert file_of(again).read_bytes() == theirs, "not overwritten while it is not settled"
    edit(again, "undo")
    assert again.state(SAMPLE).values == ours


def test_a_difference_settled_for_the_file(ws, reopen):
    confirm_a_line(ws)
    theirs = file_of(ws).read_bytes()
    again = reopen(ws)
    again.settle(SAMPLE, keep="file")
    assert again.differences == {}
    assert rows_of(again)[10].confirmed
    assert again.state(SAMPLE).touched[("beads", rows_of(again)[10].id)].author == "Somebody"
    assert file_of(again).read_bytes() == theirs
    assert reopen(again).differences == {}


def test_a_difference_settled_for_the_database(ws, reopen):
    ours = file_of(ws).read_bytes()
    confirm_a_line(ws)
    again = reopen(ws)
    again.settle(SAMPLE, keep="database")
    assert again.differences == {}
    assert not rows_of(again)[10].confirmed
    assert file_of(again).read_bytes() == ours
    assert reopen(again).differences == {}


def test_settling_for_the_file_keeps_what_was_in_the_log(ws, reopen):
    edit(ws, "merge", row=rows_of(ws)[3].id)
    ws.save_portable(SAMPLE)
    confirm_a_line(ws)
    again = reopen(ws)
    seq = again.state(SAMPLE).seq
    again.settle(SAMPLE, keep="file")
    assert again.state(SAMPLE).seq > seq, "appended, never rewritten"


def test_settling_twice_or_for_something_else_is_refused(ws, reopen):
    confirm_a_line(ws)
    again = reopen(ws)
    with pytest.raises(UsageError, match="'file' or the 'database'"):
        again.settle(SAMPLE, keep="both")
    again.settle(SAMPLE, keep="database")
    with pytest.raises(Conflict, match="no difference"):
        again.settle(SAMPLE, keep="file")


def test_a_change_made_outside_while_the_program_runs_is_not_overwritten(ws):
    confirm_a_line(ws)
    theirs = file_of(ws).read_bytes()
    edit(ws, "merge", row=rows_of(ws)[3].id)
    ws.save_portable(SAMPLE)
    assert file_of(ws).read_bytes() == theirs
    assert SAMPLE in ws.differences


def test_a_file_that_came_while_the_program_runs_is_not_overwritten(ws, copied):
    """Such as by a git pull, before this workspace aligned the pair itself."""
    theirs = file_of(ws).read_bytes()
    file_of(ws).unlink()
    running = copied(ws)
    write_atomic(file_of(running), theirs)
    align_by_gold(running)
    assert file_of(running).read_bytes() == theirs
    assert SAMPLE in running.differences


BROKEN = {
    "a git conflict": (
        lambda ws: damage(ws, lambda lines: [*lines[:6], "<<<<<<< HEAD", *lines[6:]]),
        "line 7: it holds a git conflict",
    ),
    "no JSON": (
        lambda ws: damage(ws, lambda lines: [*lines[:6], lines[6][:-9], *lines[7:]]),
        r"line 7: not JSON at column \d+",
    ),
    "another version of a text": (
        lambda ws: damage(ws, lambda lines: [lines[0].replace('256": "', '256": "0'), *lines[1:]]),
        "line 1: it was made for another version of the text",
    ),
    "a text that nobody knows": (
        lambda ws: damage(
            ws, lambda lines: [lines[0].replace(f"{SAMPLE}.en", "other.en"), *lines[1:]]
        ),
        r"line 1: There is no text named 'other\.en'",
    ),
    "a bead left out": (
        lambda ws: damage(ws, lambda lines: [*lines[:9], *lines[10:]]),
        r"line 10: its \w+ starts at \d+, expected \d+",
    ),
    "the last bead left out": (
        lambda ws: damage(
            ws,
            lambda lines: [
                *lines[: line_of(ws, "beads", -1)],
                *lines[line_of(ws, "beads", -1) + 1 :],
            ],
        ),
        r"its beads cover \d+ of \d+",
    ),
    "a bead that ends inside a sentence": (
        lambda ws: damage(ws, move_an_edge),
        r"line \d+: its src ends at \d+, where no sentence ends",
    ),
    "a bead without its place": (
        lambda ws: damage(
            ws, lambda lines: [*lines[:6], '{"in": "beads", "id": "x", "at": "t"}', *lines[7:]]
        ),
        "line 7: 'src' is missing",
    ),
    "a bead with half a place": (
        lambda ws: damage(
            ws,
            lambda lines: [
                *lines[:6],
                '{"in": "beads", "id": "x", "src": [1], "tgt": [1, 2], "at": "t"}',
                *lines[7:],
            ],
        ),
        "line 7: not as it was written",
    ),
    "no segments": (
        lambda ws: damage(
            ws, lambda lines: [x for x in lines if '"segments", "id": "src"' not in x]
        ),
        "says nothing of the src segments",
    ),
    "segments of a shorter text": (
        lambda ws: damage(
            ws,
            lambda lines: [
                '{"in": "segments", "id": "src", "paragraphs": [5], "sentences": [5], '
                '"roles": ["body"], "datelines": [], "at": "t"}'
                if '"segments", "id": "src"' in x
                else x
                for x in lines
            ],
        ),
        r"line 2: the segments do not cover the \d+ characters",
    ),
    "an unknown kind of note": (
        lambda ws: damage(
            ws,
            lambda lines: [*lines[:-1], '{"in": "annotations", "id": "x", "kind": "?", "at": "t"}'],
        ),
        r"line \d+: There is no annotation kind '\?'",
    ),
    "a role for no paragraph": (
        lambda ws: damage(
            ws,
            lambda lines: [
                *lines[:-1],
                '{"in": "roles", "id": "src:999", "role": "body", "at": "t"}',
            ],
        ),
        r"line \d+: there is no paragraph src:999",
    ),
    "nothing": (lambda ws: file_of(ws).write_bytes(b""), "is not an alignment file"),
    "another encoding": (
        lambda ws: file_of(ws).write_bytes(
            file_of(ws).read_text(encoding="utf-8").encode("utf-16")
        ),
        r"is not UTF-8 \(byte 0\)",
    ),
}


def move_an_edge(lines):
    at = next(i for i, x in enumerate(lines) if '"in": "beads"' in x and '"src": [0, 0]' not in x)
    first, second = json.loads(lines[at]), json.loads(lines[at + 1])
    first["src"][1] += 1
    second["src"][0] += 1
    return [*lines[:at], json.dumps(first), json.dumps(second), *lines[at + 2 :]]


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_named_with_its_line_and_damages_nothing(ws, reopen, kind):
    reviewed(ws)
    before = ws.state(SAMPLE).values
    spoil, message = BROKEN[kind]
    spoil(ws)
    theirs = file_of(ws).read_bytes()
    again = reopen(ws)
    problem = again.differences[SAMPLE].problem
    assert re.search(message, problem)
    assert problem.startswith(NAME)
    with pytest.raises(BadInput, match=message):
        again.settle(SAMPLE, keep="file")
    assert again.state(SAMPLE).values == before
    assert file_of(again).read_bytes() == theirs
    again.settle(SAMPLE, keep="database")
    assert reopen(again).differences == {}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_without_a_database_leaves_the_rest_usable(ws, reopen, kind):
    BROKEN[kind][0](ws)
    theirs = file_of(ws).read_bytes()
    again = reopen(ws, without_database=True)
    assert again.differences[SAMPLE].problem.startswith(NAME)
    assert not again.differences[SAMPLE].stored
    assert list(again.catalogue.pairings()) != []
    with pytest.raises(UsageError, match="has no alignment of its own"):
        again.settle(SAMPLE, keep="database")
    assert file_of(again).read_bytes() == theirs
    assert SAMPLE in again.differences


def test_a_copy_of_a_file_under_another_name_is_not_taken_for_a_bitext(ws, reopen):
    copy = ws.root / "alignments" / f"{SAMPLE}.orig.jsonl"
    copy.write_bytes(file_of(ws).read_bytes())
    again = reopen(ws)
    assert "line 1: it holds the alignment" in again.differences[f"{SAMPLE}.orig"].problem
    assert SAMPLE not in again.differences


@pytest.mark.parametrize("spoil", ["gone", "tampered", "not in the catalogue"])
def test_a_text_that_is_lost_leaves_the_workspace_usable(ws, reopen, spoil):
    edit(ws, "merge", row=rows_of(ws)[3].id)  # not in the file yet
    text = ws.root / "texts" / f"{SAMPLE}.en.txt"
    saved, catalogue = text.read_bytes(), ws.catalogue.path.read_bytes()
    if spoil == "gone":
        text.unlink()
    elif spoil == "tampered":
        text.write_bytes(saved + b"!")
    else:
        ws.catalogue.path.write_bytes(catalogue.replace(f'"{SAMPLE}.en"'.encode(), b'"e"'))
    again = reopen(ws)
    assert again.differences[SAMPLE].problem
    text.write_bytes(saved)
    again.catalogue.path.write_bytes(catalogue)
    healed = reopen(again)
    assert healed.differences == {}
    assert len(rows_of(healed)) == len(rows_of(ws))


def test_a_kill_before_the_hash_was_noted_is_not_taken_for_a_change(ws, reopen):
    """As a kill between writing the file and noting its hash would leave them."""
    noted = ws.bitext(SAMPLE)
    edit(ws, "merge", row=rows_of(ws)[3].id)
    write_atomic(file_of(ws), ws._dump(noted, ws.state(SAMPLE)))
    again = reopen(ws)
    assert again.differences == {}
    assert again.bitext(SAMPLE).portable_seq == again.state(SAMPLE).seq


def test_nor_when_others_went_on_editing_after_that_kill(ws, reopen):
    noted = ws.bitext(SAMPLE)
    edit(ws, "merge", row=rows_of(ws)[3].id)
    write_atomic(file_of(ws), ws._dump(noted, ws.state(SAMPLE)))
    edit(ws, "merge", author="Mei", row=rows_of(ws)[30].id)
    ws.save_portable(SAMPLE)
    assert ws.differences == {}
    assert file_of(ws).read_bytes() == ws._dump(noted, ws.state(SAMPLE))
    assert reopen(ws).differences == {}


def test_another_process_settled_it(ws, reopen):
    """What one process noted must not keep it from saving once it is settled elsewhere."""
    confirm_a_line(ws)
    worker = reopen(ws)
    assert SAMPLE in worker.differences
    server = Workspace(ws.root)
    server.settle(SAMPLE, keep="file")
    edit(worker, "merge", row=rows_of(worker)[3].id)
    worker.save_portable(SAMPLE)
    assert worker.differences == {}
    assert reopen(server).differences == {}


def test_the_workbench_is_the_author_of_what_people_did_not_do(ws, copied):
    again = copied(ws)
    authors = {touch.author for touch in again.state(SAMPLE).touched.values()}
    assert authors == {WORKBENCH}
    view = review_view(again, SAMPLE, "Lin")
    assert all(row.touch is None for row in view.rows.values())
