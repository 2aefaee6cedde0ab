"""The engine, its migrations, and transactions that take their turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from workbench.errors import BadInput, Unavailable

MIGRATIONS = Path(__file__).with_name("migrations")
WAIT = 30_000  # milliseconds a writer waits for its turn


class Database:
    """A migrated database. url: an SQLAlchemy URL."""

    def __init__(self, url: str | URL) -> None:
        self.engine = create_engine(url)
        if self.engine.dialect.name == "sqlite":
            _tune_sqlite(self.engine)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the database and changes nothing."""
        with _clear_errors(), Session(self.engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits at the end, or leaves everything as it was.

        Writers take turns from the first statement on, so that what one read is still true
        when it writes.
        """
        options = {"writes": True}
        with _clear_errors(), self.engine.connect().execution_options(**options) as connection:
            with Session(connection) as session, session.begin():
                yield session
            connection.commit()

    def migrate(self) -> None:
        """Bring the schema to this version's.

        Raises:
            BadInput: the database was made by a newer workbench.
        """
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        head = ScriptDirectory.from_config(config).get_current_head()
        with _clear_errors(), self.engine.connect() as connection:
            if _revision(connection) == head:
                return
        writes = {"writes": True}  # in turn, since another process may be migrating just now
        with _clear_errors(), self.engine.connect().execution_options(**writes) as connection:
            current = _revision(connection)
            if current == head:
                return
            known = {
                script.revision for script in ScriptDirectory.from_config(config).walk_revisions()
            }
            if current and current not in known:
                raise BadInput(
                    f"This workspace's database was made by a newer workbench (schema {current}); "
                    "install that version, or move workbench.sqlite away to rebuild it from "
                    "texts/ and alignments/."
                )
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()


def _revision(connection: Connection) -> str:
    if "alembic_version" not in inspect(connection).get_table_names():
        return ""
    row = connection.exec_driver_sql("select version_num from alembic_version").first()
    return str(row[0]) if row else ""


def _tune_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we begin transactions ourselves
        cursor = connection.cursor()
        cursor.execute(f"pragma busy_timeout = {WAIT}")  # first: the next line may have to wait
        cursor.execute("pragma journal_mode = wal")
        cursor.execute("pragma synchronous = full")
        cursor.execute("pragma foreign_keys = on")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("begin immediate" if writes else "begin")


@contextmanager
def _clear_errors() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        reason = str(error.orig)
        if "full" in reason:
            raise Unavailable("The disk is full, so nothing was saved; free some space.") from error
        if "locked" in reason:
            raise Unavailable(
                "Another program holds the database; close it, or try again in a moment."
            ) from error
        if "unable to open" in reason or "readonly" in reason:
            raise Unavailable(
                "The database can't be opened for writing; look at the rights of the workspace's "
                "folder and of workbench.sqlite in it."
            ) from error
        raise
    except DatabaseError as error:
        if "malformed" in str(error.orig) or "not a database" in str(error.orig):
            raise BadInput(
                "workbench.sqlite is damaged; move it away and start again: it is rebuilt from "
                "texts/ and alignments/."
            ) from error
        raise
