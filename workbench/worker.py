"""The worker: does long work for one workspace, in a process of its own.

Run as `python -m workbench.worker DIR`; `workbench serve` starts it and starts it again should
it die. It ends when its parent does.
"""

import os
import sys
import time
from pathlib import Path

from workbench.services import jobs
from workbench.services.workspace import Workspace


def main(root: Path) -> None:
    """Run the jobs of a workspace, one at a time, for as long as the parent lives."""
    parent = os.getppid()
    ws = Workspace(root)
    while os.getppid() == parent:
        with jobs.worker_lock(ws):
            jobs.requeue_orphans(ws)
            while os.getppid() == parent and jobs.run_next(ws):
                pass
        time.sleep(jobs.INTERVAL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
