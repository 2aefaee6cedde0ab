"""Long work: one queue, one worker at a time, progress, stop, and going on after a kill.

Whoever holds the worker lock is the only one that runs jobs, so a job found "running" by a new
holder was left by a process that died: it is queued again. Vectors made so far are cached, so
it goes on where it was.
"""

import time
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy.orm import Session

from workbench.domain.operations import WORKBENCH
from workbench.errors import NotTranslations, Stopped, WorkbenchError
from workbench.progress import Progress, silent
from workbench.services.aligning import align_bitext
from workbench.services.checking import check_bitext
from workbench.services.linking import link_bitext
from workbench.services.moving import find_moves
from workbench.services.rules import apply_rules
from workbench.services.store import now
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.storage.repository import Job

ALIGN, CHECK, MOVES = "align", "check", "moves"
UNDER_WAY = ("queued", "running")
FINISHED = ("done", "failed", "refused", "stopped")
ATTEMPTS = 3  # workers that may die of one job before it is given up
GIVEN_UP = (
    f"The worker died {ATTEMPTS} times in the middle of this, perhaps for want of memory; "
    "nothing was lost. Close other programs and try again."
)
FOUND = "Passages put elsewhere that were found: {n}."
FOUND_NONE = "No passage was found that is put elsewhere."
PATIENCE = 5
INTERVAL = 0.25  # seconds between two notes of progress, and between two looks at the queue


def enqueue(
    ws: Workspace, kind: str, bitext_id: str, *, force: bool = False, author: str = WORKBENCH
) -> Job:
    """Ask for work; the same work waiting already is not asked for twice.

    author: who asked, and can undo what an alignment changes.

    An alignment that is under way counts as well: a second one would replace its rows. So does
    looking for moved passages. A check under way does not, since what changed meanwhile needs a
    new look.
    """
    from workbench.domain.operations import new_id

    with ws.db.write() as session:
        status = ("queued",) if kind == CHECK else UNDER_WAY
        for waiting in repository.jobs(session, status=status, bitext_id=bitext_id):
            if waiting.kind == kind and not waiting.stop:
                return waiting
        job = Job(new_id(), kind, bitext_id, "queued", now(), force=force, author=author)
        repository.add_job(session, job)
    return job


def stop(ws: Workspace, job_id: str) -> None:
    """Ask a job to stop; it does so at its next step."""
    with ws.db.write() as session:
        job = repository.job(session, job_id)
        if job.status == "queued":
            repository.update_job(session, job_id, status="stopped", message="Stopped.")
        elif job.status == "running":
            repository.update_job(session, job_id, stop=True)


def resume(ws: Workspace, job_id: str) -> Job:
    """Queue a stopped or failed job again; what it had done is not done twice."""
    with ws.db.read() as session:
        job = repository.job(session, job_id)
    author = job.author or WORKBENCH
    return enqueue(ws, job.kind, job.bitext_id, force=job.force, author=author)


def current(ws: Workspace, bitext_id: str) -> Job | None:
    """The newest job of a bitext."""
    with ws.db.read() as session:
        return repository.newest_job(session, bitext_id)


def worker_lock(ws: Workspace) -> FileLock:
    """The lock that makes its holder the workspace's worker."""
    return FileLock(ws.hidden / "worker.lock")


def requeue_orphans(ws: Workspace) -> None:
    """Queue again what a dead worker left running; only the holder of the lock may call it."""
    with ws.db.write() as session:
        for job in repository.jobs(session, status=("running",)):
            status, message = ("stopped" if job.stop else "queued"), ""
            if job.attempts >= ATTEMPTS:
                status, message = "failed", GIVEN_UP
            repository.update_job(session, job.id, status=status, stop=False, message=message)


def run_next(ws: Workspace, progress: Progress = silent, *, calm: float = 0.0) -> Job | None:
    """Run the oldest waiting job; only the holder of the lock may call it.

    calm: seconds that a bitext is left alone before it is checked again; while somebody edits on
    and on, a check would be old before it is done. After PATIENCE times that it is made anyway.
    """
    with ws.db.read() as session:
        if not _due(session, calm):
            return None
    with ws.db.write() as session:
        waiting = _due(session, calm)
        if not waiting:
            return None
        job = waiting[0]
        attempts = job.attempts + 1
        repository.update_job(session, job.id, status="running", attempts=attempts)
    status, message = _run(ws, job, _noting(ws, job.id, progress))
    with ws.db.write() as session:
        repository.update_job(session, job.id, status=status, message=message, stop=False)
        return repository.job(session, job.id)


def _due(session: Session, calm: float) -> list[Job]:
    """The waiting jobs whose time has come."""
    return [
        job
        for job in repository.jobs(session, status=("queued",))
        if job.kind != CHECK
        or _ago(repository.bitext(session, job.bitext_id).changed_at) >= calm
        or _ago(job.made_at) >= PATIENCE * calm
    ]


def _ago(made_at: str) -> float:
    return (datetime.now(UTC) - datetime.fromisoformat(made_at)).total_seconds()


def _run(ws: Workspace, job: Job, progress: Progress) -> tuple[str, str]:
    author, message = job.author or WORKBENCH, ""
    try:
        if job.kind == ALIGN:
            align_bitext(ws, job.bitext_id, progress, force=job.force, author=author)
        elif job.kind == MOVES:
            found = find_moves(ws, job.bitext_id, progress, author=author)
            message = FOUND.format(n=found) if found else FOUND_NONE
            if not found:
                return "done", message
        if job.kind != CHECK:
            with ws.db.write() as session:  # killed while it checks, it must not align anew: by
                repository.update_job(session, job.id, kind=CHECK)  # then people may have edited
        check_bitext(ws, job.bitext_id, progress)
        apply_rules(ws, job.bitext_id)
        link_bitext(ws, job.bitext_id, progress)
    except KeyboardInterrupt:
        return "stopped", "Stopped; what was done so far is kept, start it again to go on."
    except Stopped as error:
        return "stopped", str(error)
    except NotTranslations as error:
        return "refused", str(error)
    except WorkbenchError as error:
        return "failed", str(error)
    except Exception as error:  # the page must hear of it, whatever it was; the log has the rest
        _log(ws, error)
        return "failed", (
            f"The work stopped at an error of the program ({type(error).__name__}); nothing was "
            "lost. Try again, and report it with .workbench/errors.log if it comes back."
        )
    return "done", message


def _noting(ws: Workspace, job_id: str, also: Progress) -> Progress:
    """A progress function that writes to the job and stops when the job is told to."""
    last = 0.0

    def note(step: str, done: int, total: int) -> None:
        nonlocal last
        also(step, done, total)
        if time.monotonic() - last < INTERVAL and done < total:
            return
        last = time.monotonic()
        with ws.db.write() as session:
            if repository.job(session, job_id).stop:
                raise Stopped("Stopped; what was done so far is kept, start it again to go on.")
            repository.update_job(session, job_id, step=step, done=done, total=total)

    return note


def run_and_wait(ws: Workspace, job: Job, progress: Progress = silent) -> Job:
    """Have a job done and wait for it: here if no worker runs, else by the worker.

    Interrupting the wait stops the job.
    """
    try:
        while job.status not in FINISHED:
            try:
                with worker_lock(ws).acquire(blocking=False):
                    _work_until(ws, job.id, progress)
            except Timeout:  # a worker is at it; should it go away, its work falls to us
                progress(job.step or "Waiting", job.done, job.total)
                time.sleep(INTERVAL)
            with ws.db.read() as session:
                job = repository.job(session, job.id)
    except KeyboardInterrupt:
        stop(ws, job.id)
        raise
    return job


def _work_until(ws: Workspace, job_id: str, progress: Progress) -> None:
    """Run what waits until a job is finished; only the holder of the lock may call it."""
    requeue_orphans(ws)
    while True:
        done = run_next(ws, progress)
        if done is None or done.id == job_id:
            return


def _log(ws: Workspace, error: Exception) -> None:
    import traceback

    log: Path = ws.hidden / "errors.log"
    with log.open("a", encoding="utf-8") as stream:
        stream.write(f"{now()}\n{''.join(traceback.format_exception(error))}\n")
