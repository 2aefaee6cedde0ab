"""Aligning and checking on the command line with the real encoder, in processes of their own."""

import json
import shutil
import subprocess
import sys
from itertools import pairwise

import pytest

from tests.support import ROOT, SAMPLE, edit, rows_of
from workbench.detect import detectors
from workbench.services import library
from workbench.services.page import review_view
from workbench.services.workspace import Workspace

SOURCE, TARGET = (ROOT / "texts" / f"{SAMPLE}.{lang}.txt" for lang in ("zh", "en"))
STORY = """\
The old lighthouse keeper climbed the stairs every evening. His daughter baked bread in the kitchen.
A storm tore the roof from the barn, and the sheep ran into the hills. Nobody slept that night.
In the morning they counted eleven lambs. The smallest one had a black ear and would not eat.
She warmed milk on the stove and sang to it. By noon it stood on its own legs.
"""


def run(*arguments, code=0):
    """A command as a user runs it."""
    command = [sys.executable, "-m", "workbench", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err
    assert done.returncode == code, err
    return out, err


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A workspace after `workbench demo`, with what the command said."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(ROOT / "texts", folder / "texts")
    out, err = run("-w", folder, "demo", "--no-serve")
    return folder, out, err


def test_the_demo_imports_aligns_and_checks_the_sample(demo):
    folder, out, err = demo
    assert out == ""
    for step in ("Importing the sample", "Encoding sentences", "Aligning"):
        assert step in err
    ws = Workspace(folder)
    summary = review_view(ws, SAMPLE, "").summary
    assert f"{summary.rows} rows, {summary.unpaired} of them unpaired" in err
    assert f"{summary.flags} flags" in err
    assert summary.flags > 10
    assert "aligner:" in review_view(ws, SAMPLE, "").signature


def test_the_demo_again_keeps_what_people_did(demo, tmp_path):
    shutil.copytree(demo[0], tmp_path / "again")
    ws = Workspace(tmp_path / "again")
    edit(ws, "confirm-above", row=rows_of(ws)[12].id)
    before = rows_of(ws)
    run("-w", ws.root, "demo", "--no-serve")
    assert rows_of(ws) == before


def test_check_prints_the_open_flags_and_fails_on_request(demo):
    out, err = run("-w", demo[0], "check", SAMPLE, "--fail-on", "major", code=1)
    head, *lines = out.splitlines()
    assert head.split() == ["severity", "category", "source", "target", "evidence"]
    assert len(lines) == review_view(Workspace(demo[0]), SAMPLE, "").summary.open_flags
    assert f"{len(lines)} open flags" in err


def test_align_of_a_bitext_says_what_came_of_it(demo, tmp_path):
    shutil.copytree(demo[0], tmp_path / "again")
    out, err = run("-w", tmp_path / "again", "align", SAMPLE)
    assert out == ""
    assert f"{SAMPLE}: " in err
    assert "rows" in err


def test_two_plain_files_need_no_workspace():
    out, err = run("align", SOURCE, TARGET, "--json", "--wrong", "0.25")
    found = json.loads(out)
    content = SOURCE.read_text(encoding="utf-8")
    assert found["signature"]
    doubts = sorted(1 - (unit["probability"] or 1) for unit in found["units"])
    left = doubts[: len(doubts) - found["doubt"]["to_review"]]
    assert sum(left) <= 0.25 < sum(left) + doubts[len(left)]
    assert f"looking at the {found['doubt']['to_review']} most doubtful leaves at most 0.25" in err
    spans = [unit["src_span"] for unit in found["units"]]
    assert spans[0][0] == 0
    assert spans[-1][1] == len(content)
    assert all(a[1] == b[0] for a, b in pairwise(spans))
    out, _ = run("align", SOURCE, TARGET, "--level", "paragraph")
    lines = [line.split("\t") for line in out.splitlines()]
    assert all(len(line) == 2 for line in lines)
    assert 14 <= len(lines) < len(found["units"])


def test_checking_two_plain_files():
    found = json.loads(run("check", SOURCE, TARGET, "--json", "--fail-on", "major", code=1)[0])
    content = {"src": SOURCE.read_text("utf-8"), "tgt": TARGET.read_text("utf-8")}
    assert len(found["flags"]) > 10
    for flag in found["flags"]:
        bead = found["beads"][flag["bead"]]
        for side in ("src", "tgt"):
            if flag[side]:
                start, stop = flag[side]
                assert content[side][start:stop] == flag[f"{side}_words"]
                assert bead[f"{side}_span"][0] <= start < stop <= bead[f"{side}_span"][1]
    for bead in found["beads"]:
        assert 0 <= bead["error_probability"] <= 1
        for side in ("src", "tgt"):
            assert all(bead[f"{side}_span"][0] <= a for a, _, _ in bead["coverage"][side])


def test_plain_pairs_are_checked_one_by_one_in_both_directions(tmp_path):
    zh, en = "他有八本书，还有一支笔。", "He has nine books."
    file = tmp_path / "pairs.tsv"
    file.write_text(f"{zh}\t{en}\n\n两国签署了文件。\tThe two countries signed it.\n", "utf-8")
    forward = [
        json.loads(line) for line in run("check", "--pairs", file, "--jsonl")[0].split("\n")[:-1]
    ]
    assert [bool(answer["flags"]) for answer in forward] == [True, False, False]
    (number,) = [flag for flag in forward[0]["flags"] if flag["detector"] == "numbers"]
    assert (zh[slice(*number["src"])], en[slice(*number["tgt"])]) == ("八本", "nine")
    assert set(forward[1]["scores"]) == set(detectors)
    assert forward[0]["error_probability"] > forward[2]["error_probability"]

    back = tmp_path / "pairs.jsonl"
    back.write_text(json.dumps({"id": 7, "src": en, "tgt": zh}), "utf-8")
    (answer,) = [
        json.loads(run("check", "--pairs", back, "--jsonl", "--fail-on", "major", code=1)[0])
    ]
    assert answer["id"] == 7
    (turned,) = [flag for flag in answer["flags"] if flag["detector"] == "numbers"]
    assert (turned["src"], turned["tgt"]) == (number["tgt"], number["src"])


@pytest.mark.parametrize(
    ("content", "words"),
    [("一个\ttwo\tthree\n", "3 columns"), ('{"src": "好"}\n', '"tgt"'), ("好\n", "1 columns")],
)
def test_what_is_no_pair_is_named_by_its_line(tmp_path, content, words):
    file = tmp_path / "pairs.tsv"
    file.write_text(content, "utf-8")
    _, err = run("check", "--pairs", file, code=3)
    assert "Line 1" in err
    assert words in err


def test_texts_that_are_no_translations_are_refused_with_the_reason(tmp_path):
    other = tmp_path / "story.txt"
    other.write_text(STORY, encoding="utf-8")
    out, err = run("align", SOURCE, other, code=4)
    assert out == ""
    assert "do not seem to be translations of each other" in err.strip().splitlines()[-1]


def test_a_bitext_that_is_no_translation_is_refused_and_can_be_forced(tmp_path):
    other = tmp_path / "story.txt"
    other.write_text(STORY * 3, encoding="utf-8")
    ws = Workspace.init(tmp_path / "odd")
    drafts = [library.read_draft(ws, path.read_bytes()) for path in (SOURCE, other)]
    bitext = library.create_bitext(ws, *drafts, title="Odd")
    _, err = run("-w", ws.root, "align", bitext.id, code=4)
    assert "do not seem to be translations" in err
    assert ws.state(bitext.id).values == {}
    run("-w", ws.root, "align", bitext.id, "--force")
    assert ws.state(bitext.id).collection("beads")


def test_doctor_finds_everything_in_order(demo):
    out, _ = run("-w", demo[0], "doctor", "--json")
    found = {line["what"]: line for line in json.loads(out)}
    assert all(line["ok"] for line in found.values())
    assert "512 dimensions" in found["encoder"]["found"]
