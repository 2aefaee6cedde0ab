"""What the page keeps between two views never shows: each view is as if made from nothing."""

import random

import pytest

from tests.support import SAMPLE, edit, flag_on, plant_flags, rows_of
from workbench.errors import WorkbenchError
from workbench.services.page import PageMemory, review_view

EDITS = 40


def some_edit(chance, ws):
    """The name and arguments of an edit that may or may not make sense."""
    rows = rows_of(ws)
    number = chance.randrange(len(rows) - 1)
    row = rows[number]
    start = row.tgt.start
    return chance.choice(
        [
            ("merge", {"row": row.id}),
            ("split", {"row": row.id, "side": "tgt", "offset": start + 40}),
            ("move", {"row": row.id, "side": chance.choice(["src", "tgt"]), "up": False}),
            ("unpair", {"row": row.id}),
            ("confirm", {"rows": [row.id], "confirmed": True}),
            ("confirm-above", {"row": row.id}),
            ("role", {"side": "tgt", "paragraph": number // 8, "role": "heading"}),
            (
                "annotate",
                {"annotation": {"kind": "comment", "tgt": [start, start + 60], "note": "!"}},
            ),
            ("undo", {}),
            ("redo", {}),
        ]
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_view_with_memory_is_the_view_without(ws, seed):
    chance, memory, done = random.Random(seed), PageMemory(), 0
    planted = plant_flags(ws, *(flag_on(row.id) for row in rows_of(ws)[4:20:3]))
    for _ in range(EDITS):
        kind, args = some_edit(chance, ws)
        try:
            edit(ws, kind, **args)
            done += 1
        except WorkbenchError:
            continue
        assert review_view(ws, SAMPLE, "Lin", memory) == review_view(ws, SAMPLE, "Lin")
    assert done > EDITS / 3
    edit(ws, "decide", flag=planted[0].fingerprint, verdict="dismissed", reason="correct")
    plant_flags(ws, flag_on(rows_of(ws)[7].id))
    view = review_view(ws, SAMPLE, "Lin", memory)
    assert view == review_view(ws, SAMPLE, "Lin")
    assert view.summary.flags == 1
    assert review_view(ws, SAMPLE, "Mei", memory).summary.can_undo is False
