"""A workspace: a folder with `texts/`, `alignments/` and a database that follows from them.

The files in `alignments/` are the portable form of what the database holds; here both are kept
together.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from workbench.domain.operations import State, apply, apply_all
from workbench.errors import Conflict, UsageError, WorkbenchError
from workbench.exchange import portable
from workbench.services.portable_import import check_portable, store_portable
from workbench.services.session_files import alignment_files, alignment_path, restore_sessions
from workbench.services.store import Store
from workbench.settings import Settings
from workbench.storage import repository
from workbench.storage.catalogue import Catalogue
from workbench.storage.files import write_atomic
from workbench.storage.repository import Bitext


@dataclass(frozen=True, slots=True)
class Difference:
    """An alignment file that is not as the database left it.

    sha256: of the file. problem: why it can't be read. stored: whether the database knows this
    bitext at all.
    """

    bitext: str
    file: str
    sha256: str = ""
    problem: str = ""
    stored: bool = True


class Workspace(Store):
    """An open workspace. Safe to use from several threads.

    Raises:
        UsageError: `root` is no workspace.
        BadInput: its database is damaged or newer than this program.
    """

    def __init__(self, root: Path, settings: Settings | None = None) -> None:
        super().__init__(root, settings)
        self.differences: dict[str, Difference] = {}
        self.synchronise()

    @classmethod
    def init(cls, root: Path) -> "Workspace":
        """Make a folder a workspace; what is there already stays."""
        if root.exists() and not root.is_dir():
            raise UsageError(f"{root} is a file; choose a folder for the workspace.")
        (root / "alignments").mkdir(parents=True, exist_ok=True)
        Catalogue(root).create()
        return cls(root)

    def alignment_file(self, bitext_id: str) -> Path:
        """Where the portable form of a bitext is."""
        return alignment_path(self.root, bitext_id)

    def synchronise(self) -> None:
        """Bring files and database together where one plainly follows from the other.

        A file without a bitext in the database is read; a bitext whose file is behind is
        written. A file that somebody else changed is only noted in `differences`.
        """
        with self.db.read() as session:
            known = {bitext.id: bitext for bitext in repository.bitexts(session, copies=True)}
        self.differences = {}
        for id_, path in alignment_files(self.root).items():
            bitext = known.get(id_)
            data = path.read_bytes()
            problem = ""
            try:
                if not bitext:
                    self._read_portable(id_, data)
                    continue
                if self._is_ours(bitext, data):
                    continue
                check_portable(self, id_, portable.load(data, f"alignments/{self._name(path)}"))
            except WorkbenchError as error:
                problem = str(error)
            self.differences[id_] = Difference(
                id_, self._name(path), _digest(data), problem, bitext is not None
            )
        for name, problem in restore_sessions(self).items():
            self.differences[name] = Difference(name, name, problem=problem, stored=False)
        for bitext_id in known:
            try:
                self.save_portable(bitext_id)
            except WorkbenchError as error:  # a text is missing: the rest still opens
                name = self._name(self.alignment_file(bitext_id))
                self.differences[bitext_id] = Difference(bitext_id, name, problem=str(error))

    def save_portable(self, bitext_id: str) -> None:
        """Write the portable file if it is behind the log and nobody else changed it."""
        with self._portable_turn():
            with self.db.read() as session:
                bitext = repository.bitext(session, bitext_id)
                state = self.state(bitext_id, session)
            if state.seq == 0:
                return
            path = self.alignment_file(bitext_id)
            there = path.exists()
            if there and not self._is_ours(bitext, data := path.read_bytes()):
                found = Difference(bitext_id, self._name(path), _digest(data))
                self.differences.setdefault(bitext_id, found)
                return
            if not there or bitext.portable_seq != state.seq:
                data = self._dump(bitext, state)
                path.parent.mkdir(parents=True, exist_ok=True)
                write_atomic(path, data)
                digest = _digest(data)
                with self.db.write() as session:
                    repository.update_bitext(
                        session, bitext_id, portable_seq=state.seq, portable_sha256=digest
                    )
            self.differences.pop(bitext_id, None)

    @contextmanager
    def _portable_turn(self) -> Iterator[None]:
        """Writers of portable files take turns, or one would take the other for a stranger."""
        with FileLock(self.hidden / "portable.lock"):
            yield

    def _is_ours(self, bitext: Bitext, data: bytes) -> bool:
        """Whether a file is as we left it, also if we were killed before we noted its hash."""
        digest = _digest(data)
        if digest == bitext.portable_sha256:
            return True
        if bitext.id in self.differences and digest == self.differences[bitext.id].sha256:
            return False  # seen before: no need to replay the log at each edit
        with self.db.read() as session:
            log = repository.operations(session, bitext.id)
        state = apply_all(State(), [entry for entry in log if entry.seq <= bitext.portable_seq])
        for entry in log:
            if entry.seq > bitext.portable_seq:
                state = apply(state, entry)
                if self._dump(bitext, state) == data:
                    return True
        return False

    def _dump(self, bitext: Bitext, state: State) -> bytes:
        src, tgt = self.text(bitext.src_id), self.text(bitext.tgt_id)
        header = portable.Header(
            bitext.id,
            bitext.title,
            (src.id, src.sha256, src.lang),
            (tgt.id, tgt.sha256, tgt.lang),
        )
        return portable.dump(header, state, (src.content, tgt.content))

    def settle(self, bitext_id: str, *, keep: str) -> None:
        """Settle a difference: keep "file" replaces the log's state, "database" the file."""
        if bitext_id not in self.differences:
            raise Conflict("There is no difference to settle any more; reload the page.")
        path = self.alignment_file(bitext_id)
        data = path.read_bytes() if path.exists() else b""
        if keep == "file":
            self._read_portable(bitext_id, data)
        elif keep == "database":
            if not self.differences[bitext_id].stored:
                raise UsageError(
                    "The workbench has no alignment of its own beside "
                    f"alignments/{self._name(path)}; "
                    "mend the file or take it away, then start again."
                )
            digest = _digest(data)
            with self.db.write() as session:
                repository.update_bitext(session, bitext_id, portable_seq=0, portable_sha256=digest)
        else:
            raise UsageError(f"Keep the 'file' or the 'database', not {keep!r}.")
        self.save_portable(bitext_id)

    def _read_portable(self, bitext_id: str, data: bytes) -> None:
        """Make the database's state what a file says; one transaction."""
        name = f"alignments/{self._name(self.alignment_file(bitext_id))}"
        store_portable(self, bitext_id, portable.load(data, name), data)

    def _name(self, path: Path) -> str:
        """A file's name inside `alignments/`."""
        return path.relative_to(self.root / "alignments").as_posix()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
