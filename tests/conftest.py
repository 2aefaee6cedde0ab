"""Workspaces with the sample: made once, copied for each test that changes one."""

import os
import shutil

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")  # the test processes share the cores

from tests.support import Reader, align_by_gold, copy_workspace, sample_workspace
from workbench.services.workspace import Workspace
from workbench.web import create_app


@pytest.fixture(scope="session")
def aligned_template(tmp_path_factory):
    """The folder of a workspace whose sample is aligned by its gold. Never changed."""
    folder = tmp_path_factory.mktemp("aligned") / "workspace"
    folder.mkdir()
    ws = sample_workspace(folder)
    align_by_gold(ws)
    ws.db.engine.dispose()
    return folder


@pytest.fixture
def ws(aligned_template, tmp_path):
    """A workspace of the test's own, its sample aligned by gold, without flags."""
    ws = copy_workspace(aligned_template, tmp_path / "workspace")
    yield ws
    ws.db.engine.dispose()


@pytest.fixture
def fresh(tmp_path):
    """A workspace without texts."""
    ws = Workspace.init(tmp_path / "fresh")
    yield ws
    ws.db.engine.dispose()


@pytest.fixture
def reopen():
    """Open a workspace as a new start of the program would; closed after the test."""
    opened = []

    def open_again(ws, *, without_database=False):
        ws.db.engine.dispose()
        if without_database:
            for path in ws.root.glob("workbench.sqlite*"):
                path.unlink()
        opened.append(Workspace(ws.root))
        return opened[-1]

    yield open_again
    for again in opened:
        again.db.engine.dispose()


@pytest.fixture
def copied(tmp_path, reopen):
    """A second workspace with the texts and alignment files of another, but no database."""

    def copy(ws, name="copy"):
        folder = tmp_path / name
        for part in ("texts", "alignments"):
            shutil.copytree(ws.root / part, folder / part)
        return Workspace(folder)

    return copy


@pytest.fixture
def app(ws):
    """The pages of `ws`."""
    return create_app(ws)


@pytest.fixture
def reader(app):
    """Somebody at the pages of `ws`."""
    return Reader(app)
