"""The same work on many things, in several processes."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import TypeVar

Task = TypeVar("Task")
Done = TypeVar("Done")


def each(
    work: Callable[[Task], Done], tasks: Sequence[Task], processes: int | None = None
) -> Iterator[Done]:
    """What a function makes of each task, as they are done; stopping it starts no more of them.

    work: a function of a module, since other processes have to find it. processes: as many as
    the machine has cores when None; with one, or for one task, nothing is started.
    """
    processes = processes or os.cpu_count() or 1
    if len(tasks) < 2 or processes < 2:
        yield from map(work, tasks)
        return
    with ProcessPoolExecutor(min(processes, len(tasks)), get_context("spawn")) as pool:
        futures = [pool.submit(work, task) for task in tasks]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:  # stopped: what has not begun is not begun any more
            pool.shutdown(cancel_futures=True)
            raise
