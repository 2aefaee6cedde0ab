"""The command line: results on stdout, the rest on stderr, exit codes that mean something."""

import json
import shutil
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner
from lxml import etree

from tests.support import ROOT, SAMPLE, edit, rows_of
from workbench.cli import COMMANDS, main
from workbench.services.workspace import Workspace

CHINESE = "主席会见了外宾。双方就合作问题交换了意见。\n会谈在友好的气氛中进行。\n"
ENGLISH = "The President met the guests. They talked about cooperation.\nThe talks were warm.\n"


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "talks.zh.txt").write_text(CHINESE, encoding="utf-8")
    (folder / "talks.en.txt").write_text(ENGLISH, encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command in an empty folder; it must never end in a traceback."""
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)

    def invoke(*arguments, code=0):
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert "Traceback" not in result.output
        assert result.exit_code == code, result.output
        return result

    return invoke


def refused(run, *arguments, code):
    """The one line that a refused command ends with; lines before it tell of its progress."""
    result = run(*arguments, code=code)
    assert result.stdout == ""
    *before, last = result.stderr.strip().splitlines()
    assert last.startswith("Error: ")
    assert not any("Error" in line for line in before)
    return last


def test_help_lists_every_command_and_each_has_its_own(run):
    text = run("--help").stdout
    for name in COMMANDS:
        assert f"  {name} " in text
        page = run(name, "--help").stdout
        assert page.startswith("Usage:")
        assert len(page.splitlines()) > 4


def test_init_makes_a_workspace_and_again_does_no_harm(run, tmp_path, files):
    folder = tmp_path / "mine"
    run("init", folder)
    run("-w", folder, "import", files / "talks.zh.txt", files / "talks.en.txt")
    run("init", folder)
    assert json.loads(run("-w", folder, "text", "list", "--json").stdout)
    assert "is a file" in refused(run, "init", files / "talks.zh.txt", code=2)


def test_outside_of_a_workspace_it_says_how_to_make_one(run, tmp_path):
    for command in (["text", "list"], ["export", "x"], ["serve"], ["import", __file__]):
        message = refused(run, *command, code=2)
        assert "is not a workspace" in message
        assert "workbench init" in message
    assert list((tmp_path / "place").iterdir()) == []


def test_a_text_is_added_listed_and_verified(run, fresh, files):
    at = ("-w", fresh.root)
    more = ("--id", "talks.zh", "--title", "会谈", "--date", "2026-01-02", "--source", "us")
    assert run(*at, "text", "add", files / "talks.zh.txt", *more).stdout == "talks.zh\n"
    (entry,) = json.loads(run(*at, "text", "list", "--json").stdout)
    assert (entry["title"], entry["date"], entry["lang"]) == ("会谈", "2026-01-02", "zh-CN")
    table = run(*at, "text", "list").stdout
    assert "talks.zh" in table
    assert "会谈" in table
    assert "✓ talks.zh" in run(*at, "text", "verify").stderr
    (fresh.root / "texts" / "talks.zh.txt").write_text("x")
    result = run(*at, "text", "verify", code=3)
    assert "was changed since it was imported" in result.stderr


def test_segment_divides_a_file(run, files):
    lines = run("segment", files / "talks.zh.txt").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["0", "0", "1"]
    found = json.loads(run("segment", files / "talks.zh.txt", "--json").stdout)
    assert "".join(CHINESE[s["start"] : s["stop"]] for s in found["sentences"]) == CHINESE
    assert [p["role"] for p in found["paragraphs"]] == ["body", "body"]


def test_import_pairs_two_files_in_either_order(run, fresh, files):
    at = ("-w", fresh.root)
    pair = [files / "talks.en.txt", files / "talks.zh.txt"]
    result = run(*at, "import", *pair, "--title", "Talks")
    assert result.stdout == "talks\n"
    assert "2 paragraphs, 3 sentences" in result.stderr
    assert fresh.text(fresh.bitext("talks").src_id).lang == "zh-CN"
    assert run(*at, "import", *pair[::-1], "--title", "Other").stdout == "talks\n"


def test_import_as_json_and_as_a_rehearsal(run, fresh, files):
    at = ("-w", fresh.root, "import", files / "talks.zh.txt", files / "talks.en.txt", "--json")
    found = json.loads(run(*at, "--dry-run").stdout)
    assert found["stored"] == ""
    assert [file["lang"] for file in found["files"]] == ["zh-CN", "en-US"]
    assert fresh.catalogue.entries() == {}
    assert json.loads(run(*at).stdout)["stored"] == "talks-zh"
    assert len(fresh.catalogue.entries()) == 2


def test_import_of_a_single_file_stores_a_text(run, fresh, files):
    name = run("-w", fresh.root, "import", files / "talks.en.txt").stdout.strip()
    assert fresh.text(name).content == ENGLISH


def test_import_says_for_each_file_what_was_wrong_and_stores_neither(run, fresh, files):
    (files / "empty.txt").write_bytes(b"")
    at = ("-w", fresh.root, "import")
    message = refused(run, *at, files / "talks.zh.txt", files / "none.txt", code=3)
    assert "There is no file" in message
    assert "none.txt" in message
    result = run(*at, "--json", files / "talks.zh.txt", files / "empty.txt", code=3)
    outcomes = [file["outcome"] for file in json.loads(result.stdout)["files"]]
    assert outcomes[1] == "error"
    assert result.stderr.startswith("Error: empty.txt")
    message = refused(run, *at, files / "talks.zh.txt", files / "talks.zh.txt", code=3)
    assert "Both texts are in Chinese" in message
    message = refused(run, *at, *[files / "talks.zh.txt"] * 3, code=2)
    assert "one text, or two" in message
    message = refused(run, *at, files / "talks.zh.txt", "--src-lang", "tlh", code=2)
    assert "'tlh' is unknown" in message
    assert fresh.catalogue.entries() == {}


def test_a_folder_is_no_file(run, fresh, files):
    run("-w", fresh.root, "import", files, code=3)


def test_export_to_a_file_and_to_stdout(run, ws, tmp_path):
    at = ("-w", ws.root, "export", SAMPLE)
    result = run(*at)
    assert result.stdout == ""
    there = tmp_path / "place" / f"{SAMPLE}.tmx"
    pairs = sum(not row.is_null for row in rows_of(ws))
    assert len(etree.parse(there).findall(".//tu")) == pairs
    assert f"{pairs} units in {SAMPLE}.tmx" in result.stderr
    piped = run(*at, "--out", "-")
    assert len(etree.fromstring(piped.stdout_bytes).findall(".//tu")) == pairs
    elsewhere = tmp_path / "new folder" / "p.tmx"
    run(*at, "--level", "paragraph", "--out", elsewhere)
    assert 0 < len(etree.parse(elsewhere).findall(".//tu")) < pairs


def test_export_of_confirmed_pairs(run, ws):
    edit(ws, "confirm", rows=[next(r.id for r in rows_of(ws) if not r.is_null)], confirmed=True)
    piped = run("-w", ws.root, "export", SAMPLE, "--confirmed", "--out", "-")
    assert len(etree.fromstring(piped.stdout_bytes).findall(".//tu")) == 1


def test_export_of_what_is_not_there(run, ws, fresh):
    assert "no bitext named 'x'" in refused(run, "-w", ws.root, "export", "x", code=2)
    message = refused(run, "-w", ws.root, "export", "readout-2025-05", code=3)
    assert "known but not stored here" in message
    run("-w", ws.root, "export", SAMPLE, "--format", "doc", code=2)


def test_a_pair_that_is_not_aligned_is_not_exported(run, fresh, files):
    at = ("-w", fresh.root)
    run(*at, "import", files / "talks.zh.txt", files / "talks.en.txt", "--title", "Talks")
    assert "not aligned yet" in refused(run, *at, "export", "talks", code=2)


@pytest.mark.parametrize("command", ["align", "check"])
def test_aligning_and_checking_what_is_not_there(run, ws, files, command):
    at = ("-w", ws.root, command)
    assert "no bitext named 'x'" in refused(run, *at, "x", code=2)
    message = refused(run, *at, files / "talks.zh.txt", "nowhere.txt", code=3)
    assert "There is no file nowhere.txt" in message
    assert "two files" in refused(run, *at, "a", "b", "c", code=2)
    pair = [files / "talks.zh.txt"] * 2
    assert "Both texts are in Chinese" in refused(run, *at, *pair, code=3)


def test_a_database_from_the_future_is_one_line(run, ws):
    with ws.db.engine.connect() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")
        connection.commit()
    message = refused(run, "-w", ws.root, "text", "list", code=3)
    assert "newer workbench" in message


def test_doctor_tells_what_is_wrong(run, ws, tmp_path):
    shutil.copy(ws.alignment_file(SAMPLE), ws.alignment_file("other"))
    result = run("-w", ws.root, "doctor", "--json", code=3)
    found = {line["what"]: line for line in json.loads(result.stdout)}
    assert found["python"]["ok"]
    assert not found["workspace"]["ok"]
    assert "other.jsonl" in found["workspace"]["found"]
    lines = run("-w", tmp_path, "doctor", code=3).stdout
    assert "✗ workspace" in lines


def test_the_demo_needs_the_sample(run, fresh):
    message = refused(run, "-w", fresh.root, "demo", "--no-serve", code=2)
    assert "does not hold the sample" in message


def test_a_port_that_is_taken(fresh):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "workbench", "-w", str(fresh.root), "serve"]
        done = subprocess.run(
            [*command, "--port", port], capture_output=True, text=True, check=False, cwd=ROOT
        )
    assert done.returncode == 2
    assert done.stderr.startswith(f"Error: Port {port} is taken")
    assert done.stdout == ""


def test_the_catalogue_names_what_can_be_opened(run, ws):
    ws.db.engine.dispose()
    ids = [text["id"] for text in json.loads(run("-w", ws.root, "text", "list", "--json").stdout)]
    assert f"{SAMPLE}.zh" in ids
    assert Workspace(ws.root).catalogue.entry(ids[0]).file


def test_links_of_two_files_are_places_in_them(run, files):
    arguments = (files / "talks.zh.txt", files / "talks.en.txt")
    found = json.loads(run("links", *arguments, "--json").stdout)
    pairs = {
        (CHINESE[slice(*bead["src_words"][i][:2])], ENGLISH[slice(*bead["tgt_words"][j][:2])])
        for bead in found["beads"]
        for i, j, _ in bead["links"]
    }
    assert {("主席", "President"), ("合作", "cooperation"), ("会谈", "talks")} <= pairs
    assert "合作=cooperation" in run("links", *arguments).stdout


def test_links_of_tokens_are_numbers_one_line_each(run, files):
    lines = files / "tokens"
    lines.write_text("双方 合作 。 ||| both sides cooperate .\n\n", encoding="utf-8")
    first, empty = run("links", "--tokenized", lines).stdout.splitlines()
    assert {"1-2", "2-3"} <= set(first.split())
    assert empty == ""
    lines.write_text("both sides cooperate . ||| 双方 合作 。\n", encoding="utf-8")
    turned = run("links", "--tokenized", lines, "--src-lang", "en").stdout
    assert {"2-1", "3-2"} <= set(turned.split())
    lines.write_text("双方 合作\n", encoding="utf-8")
    assert "Line 1 is not of the form" in refused(run, "links", "--tokenized", lines, code=3)
    assert "zh and en" in refused(
        run, "links", "--tokenized", lines, "--src-lang", "en", "--tgt-lang", "en", code=2
    )
