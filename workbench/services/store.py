"""The open folder of a workspace: its texts, its database, and the present state of each bitext."""

import threading
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from filelock import FileLock
from sqlalchemy import URL
from sqlalchemy.orm import Session

from workbench.domain.operations import State, apply_all
from workbench.domain.text import Text
from workbench.errors import UsageError
from workbench.settings import Settings
from workbench.storage import repository
from workbench.storage.catalogue import Catalogue
from workbench.storage.database import Database
from workbench.storage.repository import Bitext


class Store:
    """Texts and logs of an open workspace. Safe to use from several threads.

    Raises:
        UsageError: `root` is no workspace.
        BadInput: its database is damaged or newer than this program.
    """

    def __init__(self, root: Path, settings: Settings | None = None) -> None:
        if not (root / "texts").is_dir():
            raise UsageError(
                f"{root} is not a workspace (it has no texts folder); "
                f"make one with: workbench init {root}"
            )
        self.root = root.resolve()
        self.settings = settings or Settings.from_environment()
        self.hidden = self.root / ".workbench"
        self.hidden.mkdir(exist_ok=True)
        self.catalogue = Catalogue(self.root)
        file = URL.create("sqlite", database=str(self.root / "workbench.sqlite"))
        self.db = Database(self.settings.database or file)
        # SQLite does not wait when two programs turn a new file to WAL at the same time
        with FileLock(self.hidden / "open.lock", timeout=60):
            self.db.migrate()
        self._states: dict[str, State] = {}
        self._lock = threading.Lock()
        self._read_text = lru_cache(maxsize=64)(self._checked_text)

    def text(self, id: str) -> Text:  # noqa: A002
        """A stored text; read and checked once, until it or the catalogue is touched."""
        files = (self.root / "texts" / f"{id}.txt", self.catalogue.path)
        stamps = tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in files)
        return self._read_text(id, stamps)

    def _checked_text(self, id: str, _stamps: tuple[int, ...]) -> Text:  # noqa: A002
        return self.catalogue.read(id)

    def bitext(self, id: str) -> Bitext:  # noqa: A002
        """One bitext. Raises UnknownName."""
        with self.db.read() as session:
            return repository.bitext(session, id)

    def state(self, bitext_id: str, session: Session | None = None) -> State:
        """The present state of a bitext: its log replayed, from where it was last replayed."""
        if session is None:
            with self.db.read() as own:
                state = self.state(bitext_id, own)
            self.remember(bitext_id, state)
            return state
        known = self._states.get(bitext_id, State())
        later = repository.operations(session, bitext_id, known.seq)
        return apply_all(known, later) if later else known

    def remember(self, bitext_id: str, state: State) -> None:
        """Keep a committed state, so that the next reader replays only what came after."""
        with self._lock:
            if state.seq >= self._states.get(bitext_id, State()).seq:
                self._states[bitext_id] = state


def now() -> str:
    """The time as the log keeps it: ISO 8601, UTC, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
