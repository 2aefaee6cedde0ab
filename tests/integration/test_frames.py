"""A bitext as pandas tables, from a workspace or from a file that an export wrote."""

import subprocess
import sys

import pandas as pd
import pytest

import workbench
from tests.support import SAMPLE, edit, flag_on, plant_flags, rows_of
from workbench.errors import BadInput, UnknownName, UsageError
from workbench.exchange.outgoing import ExportOptions
from workbench.services.exporting import export
from workbench.services.frames import TABLES
from workbench.services.opened import OpenBitext


@pytest.fixture
def reviewed(ws):
    row = next(row for row in rows_of(ws) if not row.is_null)
    [flag] = plant_flags(ws, flag_on(row.id))
    edit(ws, "decide", flag=flag.fingerprint, verdict="dismissed", reason="misread")
    edit(ws, "status", rows=[row.id], status="approved")
    note = {"kind": "comment", "src": [row.src.start, row.src.start + 2], "note": "see"}
    edit(ws, "annotate", annotation=note)
    return ws


@pytest.mark.parametrize("form", ["jsonl", "xliff", "xliff1"])
def test_a_file_gives_the_same_tables_as_the_workspace(reviewed, tmp_path, form):
    path = tmp_path / f"out.{form[:5]}"
    with path.open("wb") as stream:
        export(reviewed, SAMPLE, stream, ExportOptions(), form)
    here, there = OpenBitext(reviewed, SAMPLE), workbench.read(path)
    for table in TABLES:
        pd.testing.assert_frame_equal(here.to_frame(table), there.to_frame(table))


def test_offsets_and_words_go_together(reviewed):
    frame = OpenBitext(reviewed, SAMPLE).to_frame("beads")
    content = reviewed.text(f"{SAMPLE}.en").content
    assert [content[a:b].strip() for a, b in zip(frame.tgt_start, frame.tgt_stop, strict=True)] == [
        *frame.tgt
    ]
    assert frame.status.tolist().count("approved") == 1


def test_a_decision_stays_in_its_table_when_its_flag_is_gone(reviewed):
    opened = OpenBitext(reviewed, SAMPLE)
    assert opened.to_frame("decisions").current.tolist() == [True]
    plant_flags(reviewed)
    frame = opened.to_frame("decisions")
    assert frame.current.tolist() == [False]
    assert frame.reason.tolist() == ["misread"]


def test_the_only_bitext_need_not_be_named(reviewed, fresh):
    assert workbench.open(reviewed.root, SAMPLE).id == SAMPLE
    with pytest.raises(UsageError, match=f"Name one .*{SAMPLE}"):
        workbench.open(reviewed.root)
    with pytest.raises(UsageError, match="none yet"):
        workbench.open(fresh.root)
    with pytest.raises(UnknownName, match="no table named 'words'"):
        OpenBitext(reviewed, SAMPLE).to_frame("words")


def test_the_file_of_another_tool_is_refused(tmp_path):
    path = tmp_path / "a.tmx"
    path.write_text('<tmx version="1.4"><header/><body/></tmx>')
    with pytest.raises(BadInput, match="import it into a workspace"):
        workbench.read(path)


def test_pandas_is_loaded_with_the_first_table(reviewed):
    code = (
        "import sys, workbench; b = workbench.open(sys.argv[1], sys.argv[2]);"
        "assert 'pandas' not in sys.modules; b.to_frame(); assert 'pandas' in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(reviewed.root), SAMPLE],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
