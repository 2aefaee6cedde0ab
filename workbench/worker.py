"""The worker: does long work for one workspace, in a process of its own.

Run as `python -m workbench.worker DIR PARENT`; `workbench serve` starts it and starts it again
should it die. It ends when its parent does.
"""

import os
import sys
import time
from pathlib import Path

from filelock import Timeout

from workbench.services import jobs
from workbench.services.workspace import Workspace

CALM = 1.0  # seconds without an edit before a bitext is checked again
BEHIND = 4  # by how much the pages come first when the machine is busy


def main(root: Path, parent: int) -> None:
    """Run the jobs of a workspace, one at a time, for as long as the parent process lives."""
    if hasattr(os, "nice"):
        os.nice(BEHIND)
    ws = Workspace(root)
    while os.getppid() == parent:
        try:
            with jobs.worker_lock(ws).acquire(timeout=1):
                jobs.requeue_orphans(ws)
                while os.getppid() == parent:
                    if jobs.run_next(ws, calm=CALM) is None:
                        time.sleep(jobs.INTERVAL)
        except Timeout:
            continue  # another worker serves this workspace; take over when it ends


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
