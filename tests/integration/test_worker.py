"""The worker process with the real encoder, killed where it hurts, and started again."""

import os
import subprocess
import sys
import time

import pytest

from tests.support import ROOT, SAMPLE, edit, rows_of, sample_workspace
from workbench.services import jobs, library
from workbench.services.page import review_view
from workbench.services.workspace import Workspace
from workbench.storage import repository

PATIENCE = 2400  # looks at the job, a twentieth of a second apart


@pytest.fixture
def new(tmp_path):
    """A workspace whose sample was never aligned."""
    (tmp_path / "new").mkdir()
    ws = sample_workspace(tmp_path / "new")
    library.find_bitext(ws, SAMPLE)
    yield ws
    ws.db.engine.dispose()


@pytest.fixture
def work():
    """Start a worker; whatever still runs at the end is killed."""
    started = []

    def start(ws):
        command = [sys.executable, "-m", "workbench.worker", str(ws.root), str(os.getpid())]
        started.append(subprocess.Popen(command, cwd=ROOT))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def watch(ws, worker, reached):
    """Wait until the sample's job is where it should be."""
    for _ in range(PATIENCE):
        job = jobs.current(ws, SAMPLE)
        if reached(job):
            return job
        assert worker.poll() is None, "the worker ended by itself"
        assert job.status not in ("failed", "refused"), job.message
        time.sleep(0.05)
    raise AssertionError(f"the job did not get there: {job}")


def kill(worker):
    worker.kill()
    worker.wait()


def finished(job):
    return job.status in jobs.FINISHED


def align_operations(ws):
    with ws.db.read() as session:
        return [op for op in repository.operations(session, SAMPLE) if op.kind == "align"]


def test_a_worker_killed_while_it_aligns_leaves_nothing_half_and_the_next_goes_on(new, work):
    jobs.enqueue(new, jobs.ALIGN, SAMPLE)
    worker = work(new)
    watch(new, worker, lambda job: job.step == "Encoding sentences")
    kill(worker)
    assert jobs.current(new, SAMPLE).status == "running", "nobody was left to say otherwise"
    assert new.state(SAMPLE).values == {}
    assert not new.alignment_file(SAMPLE).exists()
    assert Workspace(new.root).differences == {}

    worker = work(new)
    watch(new, worker, lambda job: job.step.startswith("Checking"))
    kill(worker)
    assert len(align_operations(new)) == 1
    row = next(row for row in rows_of(new)[12:] if not row.is_null)
    edit(new, "merge", row=row.id)
    edited = rows_of(new)

    job = watch(new, work(new), finished)
    assert (job.status, job.message) == ("done", "")
    assert len(align_operations(new)) == 1
    assert rows_of(new) == edited, "what people did meanwhile is not aligned over"
    view = review_view(new, SAMPLE, "Lin")
    assert view.summary.flags > 0
    assert not view.checking
    again = Workspace(new.root)
    assert again.differences == {}
    assert again.bitext(SAMPLE).portable_seq == again.state(SAMPLE).seq


def test_a_worker_ends_when_its_parent_does(new):
    code = (
        "import os, subprocess, sys\n"
        "worker = subprocess.Popen([sys.executable, '-m', 'workbench.worker', sys.argv[1], "
        "str(os.getpid())])\n"
        "print(worker.pid, flush=True)\n"
        "sys.stdin.readline()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(new.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    for _ in range(PATIENCE):
        if not running(worker):
            break
        time.sleep(0.05)
    assert not running(worker)


def running(pid):
    try:
        with open(f"/proc/{pid}/stat") as stream:  # noqa: PTH123
            return stream.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
