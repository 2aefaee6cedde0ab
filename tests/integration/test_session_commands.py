"""Sessions on the command line, and serving beyond this machine."""

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from click.testing import CliRunner

from tests.support import ROOT, SAMPLE, align_by_gold, sample_workspace
from workbench.cli import main


@pytest.fixture
def folder(tmp_path):
    align_by_gold(sample_workspace(tmp_path))
    return tmp_path


def run(folder, *words, code=0):
    done = CliRunner().invoke(main, ["-w", str(folder), *words])
    assert done.exit_code == code, done.output
    return done


def test_a_session_from_beginning_to_end(folder):
    made = run(
        folder, "session", "create", SAMPLE, "--mode", "independent", "--title", "Spring",
        "--reviewer", "Lin", "--reviewer", "Mei",
    )  # fmt: skip
    assert made.stdout.strip() == "spring"
    link = run(folder, "session", "invite", "spring", "lin", "--url", "https://x.example/").stdout
    assert re.fullmatch(r"https://x\.example/join/[\w-]{40,}\n", link)
    run(folder, "session", "invite", "spring", "Wang")  # somebody who comes later
    (found,) = json.loads(run(folder, "session", "list", "--json").stdout)
    invited = {one["name"]: one["invited"] for one in found["reviewers"]}
    assert invited == {"Lin": True, "Mei": False, "Wang": True}
    run(folder, "session", "invite", "spring", "Lin", "--revoke")
    run(folder, "session", "close", "spring")
    shown = run(folder, "session", "list").stdout
    assert "closed" in shown
    assert "Lin: 0/80 rows" in shown
    assert "closed" in run(folder, "session", "invite", "spring", "Lin", code=2).output
    run(folder, "session", "close", "spring", "--reopen")
    run(folder, "session", "invite", "spring", "Lin")
    run(folder, "session", "close", "nothing", code=2)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--host", "0.0.0.0"), "nobody is invited"),
        (("--host", "192.0.2.1"), "nobody is invited"),
        (("--url", "https://x.example"), "nobody is invited"),
    ],
)
def test_beyond_this_machine_nothing_is_served_uninvited(folder, options, message):
    assert message in run(folder, "serve", *options, code=2).output


def test_an_address_for_all_needs_a_name_for_the_reviewers(folder):
    run(folder, "session", "create", SAMPLE, "--reviewer", "Lin", "--title", "Spring")
    run(folder, "session", "invite", "spring", "Lin")
    assert "--url" in run(folder, "serve", "--host", "0.0.0.0", code=2).output
    assert "no address" in run(folder, "serve", "--url", "ftp://x", code=2).output


def test_served_beyond_this_machine_only_links_open(folder):
    run(folder, "session", "create", SAMPLE, "--reviewer", "Lin", "--title", "Spring")
    token = run(folder, "session", "invite", "spring", "Lin").stdout.strip()
    command = [sys.executable, "-m", "workbench", "-w", str(folder), "serve", "--port", "18765"]
    server = subprocess.Popen(
        [*command, "--url", "http://127.0.0.1:18765"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        address = re.search(r"http://[\d.:]+", server.stdout.readline())[0]
        own = re.search(r"/join/\S+", server.stdout.readline())[0]
        for path, expected in (("/", 403), ("/sessions", 403), (token, 200), (own, 200)):
            assert status(address + path) == expected, path
    finally:
        server.terminate()
        server.wait(timeout=40)
        server.stdout.close()


def status(url):
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
