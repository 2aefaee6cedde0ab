"""The queue of long work, without an encoder: waiting, stopping, going on after a kill."""

import subprocess
import sys
import threading

import pytest

from tests.support import ROOT, SAMPLE, edit, rows_of
from workbench.errors import UnknownName
from workbench.services import jobs
from workbench.services.store import now
from workbench.services.workspace import Workspace
from workbench.storage import repository


def all_jobs(ws):
    with ws.db.read() as session:
        return repository.jobs(session)


def set_job(ws, job, **values):
    with ws.db.write() as session:
        repository.update_job(session, job.id, **values)


def test_the_same_work_waiting_is_not_asked_for_twice(ws):
    first = jobs.enqueue(ws, jobs.CHECK, SAMPLE)
    assert jobs.enqueue(ws, jobs.CHECK, SAMPLE) == first
    assert jobs.enqueue(ws, jobs.ALIGN, SAMPLE) != first
    set_job(ws, first, status="running")
    assert jobs.enqueue(ws, jobs.CHECK, SAMPLE) != first, "what changed since needs a new look"


def test_an_alignment_under_way_is_not_asked_for_again_unless_it_is_being_stopped(ws):
    first = jobs.enqueue(ws, jobs.ALIGN, SAMPLE)
    set_job(ws, first, status="running")
    assert jobs.enqueue(ws, jobs.ALIGN, SAMPLE).id == first.id
    jobs.stop(ws, first.id)
    assert jobs.enqueue(ws, jobs.ALIGN, SAMPLE).id != first.id


def test_jobs_run_in_the_order_they_were_asked_for(ws):
    first = jobs.enqueue(ws, jobs.CHECK, SAMPLE)
    while now() == first.made_at:
        pass
    asked = [first.id, jobs.enqueue(ws, jobs.ALIGN, SAMPLE).id]
    seen = []
    for _ in range(2):
        job = jobs.run_next(ws, lambda *_: jobs.stop(ws, asked[len(seen)]))
        seen.append(job.id)
    assert seen == asked
    assert jobs.run_next(ws) is None


def test_no_check_begins_while_somebody_edits_but_an_alignment_does(ws):
    edit(ws, "confirm", rows=[rows_of(ws)[3].id], confirmed=True)
    check = jobs.enqueue(ws, jobs.CHECK, SAMPLE)
    assert jobs.run_next(ws, calm=3600) is None
    asked = jobs.enqueue(ws, jobs.ALIGN, SAMPLE)
    begun = jobs.run_next(ws, lambda *_: jobs.stop(ws, asked.id), calm=3600)
    assert begun.id == asked.id
    assert jobs.run_next(ws, lambda *_: jobs.stop(ws, check.id)).id == check.id


def test_a_waiting_job_is_stopped_at_once_and_can_be_resumed(ws):
    job = jobs.enqueue(ws, jobs.ALIGN, SAMPLE)
    jobs.stop(ws, job.id)
    assert jobs.current(ws, SAMPLE).status == "stopped"
    assert jobs.run_next(ws) is None
    again = jobs.resume(ws, job.id)
    assert (again.kind, again.status) == (jobs.ALIGN, "queued")
    assert jobs.current(ws, SAMPLE) == again


def test_a_running_job_stops_at_its_next_step_and_changes_nothing(ws):
    before = ws.state(SAMPLE)
    job = jobs.enqueue(ws, jobs.ALIGN, SAMPLE)
    steps = []

    def stop_it(step, done, total):
        steps.append(step)
        jobs.stop(ws, job.id)

    finished = jobs.run_next(ws, stop_it)
    assert (finished.id, finished.status) == (job.id, "stopped")
    assert "start it again to go on" in finished.message
    assert len(steps) == 1
    assert ws.state(SAMPLE) == before


def test_an_interrupt_at_the_terminal_stops_the_job(ws):
    def interrupt(*_):
        raise KeyboardInterrupt

    job = jobs.run_and_wait(ws, jobs.enqueue(ws, jobs.ALIGN, SAMPLE), interrupt)
    assert job.status == "stopped"


def test_a_fault_of_the_program_is_told_in_a_sentence_and_logged(ws):
    def fail(*_):
        raise RuntimeError("a bug")

    before = ws.state(SAMPLE)
    job = jobs.run_and_wait(ws, jobs.enqueue(ws, jobs.ALIGN, SAMPLE), fail)
    assert job.status == "failed"
    assert "error of the program (RuntimeError); nothing was lost" in job.message
    assert "Traceback" not in job.message
    assert "a bug" in (ws.hidden / "errors.log").read_text(encoding="utf-8")
    assert ws.state(SAMPLE) == before


def test_work_on_a_pair_that_cannot_be_read_fails_with_the_reason(ws):
    (ws.root / "texts" / f"{SAMPLE}.zh.txt").write_bytes(b"other")
    job = jobs.run_and_wait(ws, jobs.enqueue(ws, jobs.ALIGN, SAMPLE))
    assert job.status == "failed"
    assert "was changed since it was imported" in job.message


def test_what_a_dead_worker_left_running_is_queued_again(ws):
    stopped, alive = (jobs.enqueue(ws, kind, SAMPLE) for kind in (jobs.CHECK, jobs.ALIGN))
    set_job(ws, alive, status="running", step="Encoding sentences", done=3, total=9)
    set_job(ws, stopped, status="running", stop=True)
    jobs.requeue_orphans(ws)
    status = {job.id: (job.status, job.stop) for job in all_jobs(ws)}
    assert status == {alive.id: ("queued", False), stopped.id: ("stopped", False)}


def test_an_unknown_job_is_named(ws):
    with pytest.raises(UnknownName, match="no job named 'x'"):
        jobs.stop(ws, "x")


HOLDER = """
import sys, pathlib
from workbench.services import jobs
from workbench.services.workspace import Workspace
with jobs.worker_lock(Workspace(pathlib.Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_waiting_goes_on_when_the_worker_dies(ws):
    """The worker took the job and was killed; whoever waits does the work itself."""
    job = jobs.enqueue(ws, jobs.CHECK, SAMPLE)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(ws.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert holder.stdout.readline() == "held\n"
    set_job(ws, job, status="running")
    steps = []

    def note(step, done, total):
        steps.append(step)
        if step == "Waiting":
            holder.kill()
        else:
            raise KeyboardInterrupt  # far enough: it is at work here

    found = []
    waiting = threading.Thread(target=lambda: found.append(jobs.run_and_wait(ws, job, note)))
    waiting.start()
    waiting.join(timeout=60)
    holder.communicate()
    assert not waiting.is_alive()
    assert steps[0] == "Waiting"
    assert found[0].id == job.id
    assert found[0].status in jobs.FINISHED


def test_only_one_works_at_a_time(ws):
    from filelock import Timeout

    with jobs.worker_lock(ws), pytest.raises(Timeout):
        jobs.worker_lock(Workspace(ws.root)).acquire(blocking=False)


def test_edits_are_possible_while_work_waits(ws):
    jobs.enqueue(ws, jobs.CHECK, SAMPLE)
    edit(ws, "merge", row=rows_of(ws)[3].id)
    assert jobs.current(ws, SAMPLE).status == "queued"
