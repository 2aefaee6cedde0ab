"""The database: its schema, its migrations, and what it says when it can't be used."""

import sqlite3
import subprocess
import sys

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from tests.support import ROOT, SAMPLE, edit, rows_of
from workbench.errors import BadInput, Unavailable, UsageError
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.storage.database import MIGRATIONS, Database
from workbench.storage.files import write_atomic
from workbench.storage.models import Base


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/some.sqlite")
    database.migrate()
    yield database
    database.engine.dispose()


def run_alembic(database, step, target):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        step(config, target)
        connection.commit()


def schema_differences(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Base.metadata)


def test_the_migrations_make_exactly_the_tables_of_the_models(database):
    assert schema_differences(database) == []


def test_upgrade_downgrade_upgrade_ends_where_it_began(database):
    run_alembic(database, command.downgrade, "base")
    assert schema_differences(database) != []
    run_alembic(database, command.upgrade, "head")
    assert schema_differences(database) == []
    with database.write() as session:
        repository.add_bitext(session, repository.Bitext("b", "B", "b.zh", "b.en", "t", "t"))
    with database.read() as session:
        assert repository.bitext(session, "b").title == "B"


def test_a_migrated_database_is_migrated_again_without_harm(database):
    database.migrate()
    assert schema_differences(database) == []


def test_a_write_that_fails_leaves_everything_as_it_was(database):
    def store_half():
        with database.write() as session:
            repository.add_bitext(session, repository.Bitext("b", "B", "b.zh", "b.en", "t", "t"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        store_half()
    with database.read() as session:
        assert repository.bitexts(session) == []


def test_a_database_from_a_newer_version_is_refused_and_left_alone(ws):
    ws.db.engine.dispose()
    file = ws.root / "workbench.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("update alembic_version set version_num = '9999'")
    connection.commit()
    connection.close()
    before = file.read_bytes()
    with pytest.raises(BadInput, match=r"made by a newer workbench \(schema 9999\)"):
        Workspace(ws.root)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"this is not a database " * 999, id="other file"),
        pytest.param(lambda data: data[: len(data) // 2], id="cut off"),
        pytest.param(lambda data: data[:4096] + bytes(3 * 4096) + data[4 * 4096 :], id="zeroed"),
    ],
)
def test_a_damaged_database_is_refused_and_can_be_rebuilt_from_the_files(ws, reopen, damage):
    edit(ws, "merge", row=rows_of(ws)[5].id)
    ws.save_portable(SAMPLE)
    rows = rows_of(ws)
    ws.db.engine.dispose()
    for extra in ws.root.glob("workbench.sqlite-*"):
        extra.unlink()
    file = ws.root / "workbench.sqlite"
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(BadInput, match=r"workbench\.sqlite is damaged; move it away"):
        Workspace(ws.root)
    assert rows_of(reopen(ws, without_database=True)) == rows


def test_a_database_that_cannot_be_opened_is_a_sentence(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "workbench.sqlite").mkdir()
    with pytest.raises(Unavailable, match="can't be opened"):
        Workspace(tmp_path)


def test_the_database_stays_in_its_folder_whatever_the_folder_is_called(tmp_path):
    folder = tmp_path / "a?b#c %20 库"
    ws = Workspace.init(folder)
    ws.db.engine.dispose()
    assert (folder / "workbench.sqlite").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_a_folder_that_is_no_workspace_is_refused_and_nothing_is_made_in_it(tmp_path):
    with pytest.raises(UsageError, match="workbench init"):
        Workspace(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_several_programs_may_open_a_new_workspace_at_once(tmp_path):
    (tmp_path / "texts").mkdir()
    code = "import sys, pathlib, workbench.services.workspace as w\n"
    code += "sys.stdin.readline()\nw.Workspace(pathlib.Path(sys.argv[1]))"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(4)
    ]
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    errors = [process.communicate()[1] for process in started]
    assert errors == [""] * 4
    assert [process.returncode for process in started] == [0] * 4


def test_write_atomic_replaces_a_file_and_makes_its_folder(tmp_path):
    path = tmp_path / "new" / "file.txt"
    write_atomic(path, b"one")
    write_atomic(path, "二".encode())
    assert path.read_text(encoding="utf-8") == "二"
    assert [p.name for p in path.parent.iterdir()] == ["file.txt"]


def test_a_write_that_is_cut_off_leaves_the_old_file_and_no_rubbish(tmp_path):
    path = tmp_path / "file.txt"
    path.write_bytes(b"old")
    code = """
import pathlib, resource, signal, sys
from workbench.storage.files import write_atomic
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))  # as a full disk would
try:
    write_atomic(pathlib.Path(sys.argv[1]), b"x" * 100_000)
except OSError:
    sys.exit(7)
"""
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False, cwd=ROOT)
    assert done.returncode == 7
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["file.txt"]
