"""What models made of texts, kept in a file: bytes by signature and key."""

import hashlib
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from filelock import FileLock

from workbench.errors import Unavailable

_ASKED = 500  # keys per question, below the limit of old versions of SQLite
_WAIT = 60.0  # seconds for another process to finish its transaction


class Kept:
    """Bytes by (signature, key of the text) in one SQLite file.

    Several processes and threads may use one file. What is put is safe from a kill at once.

    Raises:
        Unavailable: the file is damaged or locked; it can be deleted without loss.
    """

    def __init__(self, path: Path, what: str) -> None:
        self._what = what
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._db = sqlite3.connect(
            path, timeout=_WAIT, isolation_level=None, check_same_thread=False
        )
        try:
            # SQLite does not wait when two connections turn a new file to WAL at the same time
            with FileLock(path.with_name(f"{path.name}.lock"), timeout=_WAIT):
                self._db.execute("PRAGMA journal_mode=WAL")
                self._db.execute("PRAGMA synchronous=NORMAL")
                self._db.execute(
                    f"CREATE TABLE IF NOT EXISTS {what} (signature TEXT, text BLOB, "
                    "value BLOB NOT NULL, PRIMARY KEY (signature, text)) WITHOUT ROWID"
                )
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise Unavailable(
                f"The file of kept {what}s {path} can't be used ({error}); delete it, "
                "it is made anew from the texts."
            ) from error

    def get(self, signature: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values that are there, by key (see `key_of`)."""
        found: dict[bytes, bytes] = {}
        for some in chunks(keys, _ASKED):
            marks = ",".join("?" * len(some))
            with self._lock:
                found.update(
                    self._db.execute(
                        f"SELECT text, value FROM {self._what} "
                        f"WHERE signature = ? AND text IN ({marks})",
                        (signature, *some),
                    )
                )
        return found

    def put(self, signature: str, values: Mapping[bytes, bytes]) -> None:
        """Keep values, all in one transaction; those already there stay."""
        rows = [(signature, key, value) for key, value in values.items()]
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.executemany(f"INSERT OR IGNORE INTO {self._what} VALUES (?, ?, ?)", rows)
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()


def key_of(text: str) -> bytes:
    """The key under which what belongs to a text is kept."""
    return hashlib.sha256(text.encode()).digest()


def chunks(items: Sequence[bytes], size: int) -> Iterator[list[bytes]]:
    """Lists of at most `size` items, in order."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
