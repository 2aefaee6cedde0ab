"""`texts/`: plain UTF-8 files and the `catalogue.toml` that lists them.

The catalogue is the only list of texts. A person may read and edit it; comments and order are
kept when the workbench adds an entry. An entry without `file` is a text that is known (by its
hash) but not stored here.
"""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tomlkit
from filelock import FileLock
from tomlkit.items import AoT

from workbench.domain.text import Text
from workbench.errors import BadInput, UnknownName
from workbench.storage.files import write_atomic

FILE = "catalogue.toml"
EMPTY = "# The texts of this workspace. Each [[text]] names a UTF-8 file beside this one.\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the catalogue.

    file: name in `texts/`, "" when the text is not stored. original: name of the file as it came,
    kept when it was not UTF-8 already; encoding: what that was. paragraphs: a fingerprint for
    each paragraph of a text that is not stored (see `fingerprints`), separated by blanks.
    issuer: who issued this version. official: "yes" or "no", "" when nobody said.
    corrects: id of the text that this one is a corrected version of.
    kind: of what series it is, such as "briefing". counterpart: whom it is about or addressed to.
    translator: of a translation.
    """

    id: str
    title: str
    lang: str
    sha256: str
    date: str = ""
    source: str = ""
    licence: str = ""
    file: str = ""
    original: str = ""
    original_sha256: str = ""
    encoding: str = ""
    note: str = ""
    paragraphs: str = ""
    issuer: str = ""
    official: str = ""
    corrects: str = ""
    kind: str = ""
    counterpart: str = ""
    translator: str = ""


@dataclass(frozen=True, slots=True)
class Pairing:
    """A bitext that the catalogue names: a source text and its translation, by id."""

    id: str
    title: str
    source: str
    target: str


def fingerprints(content: str) -> list[str]:
    """A short hash of each line that holds words, whatever the white space in it."""
    folded = ("".join(line.split()) for line in content.splitlines())
    return [hashlib.sha256(line.encode()).hexdigest()[:12] for line in folded if line]


class Catalogue:
    """The texts of a workspace, under `root`/texts."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "texts"
        self.path = self.folder / FILE

    def create(self) -> None:
        """Make an empty catalogue unless there is one."""
        if not self.path.exists():
            write_atomic(self.path, EMPTY.encode())

    def entries(self) -> dict[str, Entry]:
        """All entries by id.

        Raises:
            BadInput: the file is not valid TOML, or an entry lacks id, title, lang or sha256.
        """
        return {entry.id: entry for entry in self._tables("text", Entry)}

    def pairings(self) -> dict[str, Pairing]:
        """All bitexts that the catalogue names, by id."""
        return {pairing.id: pairing for pairing in self._tables("bitext", Pairing)}

    def entry(self, id: str) -> Entry:  # noqa: A002
        """One entry. Raises UnknownName."""
        entries = self.entries()
        if id not in entries:
            raise UnknownName("text", id, entries)
        return entries[id]

    def read(self, id: str) -> Text:  # noqa: A002
        """A stored text, checked against its hash.

        Raises:
            UnknownName: no such entry.
            BadInput: the text is known but not stored, its file is missing, or was changed.
        """
        entry = self.entry(id)
        if not entry.file:
            raise BadInput(
                f"The text {id!r} is known but not stored here; "
                f"import its file (it was published at: {entry.source or 'unknown'})."
            )
        path = self.folder / entry.file
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise BadInput(
                f"The file texts/{entry.file} of the text {id!r} is missing; put it back."
            ) from None
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            raise BadInput(
                f"The file texts/{entry.file} was changed since it was imported (its hash differs "
                "from the catalogue's); restore it, or import the new version as a text of its own."
            )
        return Text(
            entry.id,
            entry.title,
            entry.lang,
            data.decode("utf-8"),
            entry.sha256,
            entry.date,
            entry.source,
            entry.licence,
            entry.issuer,
            entry.official,
            entry.kind,
            entry.counterpart,
            entry.translator,
        )

    def add(self, entry: Entry, content: str, original: bytes) -> Entry:
        """Store a text and list it; an entry of the same id without a file is completed.

        original: the bytes as they came; kept beside the text when they differ from it.
        """
        data = content.encode("utf-8")
        entry = replace(entry, file=f"{entry.id}.txt", sha256=hashlib.sha256(data).hexdigest())
        if original != data:
            digest = hashlib.sha256(original).hexdigest()
            entry = replace(entry, original=f"originals/{entry.id}.bin", original_sha256=digest)
        with self._lock():
            old = self.entries().get(entry.id)
            if old is not None and old.file and old.sha256 != entry.sha256:
                raise BadInput(f"There is already another text {entry.id!r}; choose another id.")
            if entry.original:
                write_atomic(self.folder / entry.original, original)
            write_atomic(self.folder / entry.file, data)
            if old != entry:
                self._write("text", entry)
        return entry

    def describe(self, id: str, **values: str) -> Entry:  # noqa: A002
        """Change what an entry says of its text; "" takes a value away. Raises UnknownName."""
        with self._lock():
            old = self.entry(id)
            new = replace(old, **values)
            if new != old:
                self._write("text", new)
        return new

    def add_pairing(self, pairing: Pairing) -> None:
        """List a bitext, unless it is listed already."""
        with self._lock():
            if self.pairings().get(pairing.id) != pairing:
                self._write("bitext", pairing)

    def by_hash(self, sha256: str) -> Entry | None:
        """The entry of a text with this content or this original file, stored or only known."""
        found = [
            entry
            for entry in self.entries().values()
            if sha256 in (entry.sha256, entry.original_sha256)
        ]
        return found[0] if found else None

    def _lock(self) -> FileLock:
        hidden = self.folder.parent / ".workbench"
        hidden.mkdir(exist_ok=True)
        return FileLock(hidden / "catalogue.lock", timeout=30)

    def _tables(self, name: str, kind: type[Any]) -> Iterator[Any]:
        try:
            tables = tomllib.loads(self.path.read_text(encoding="utf-8")).get(name, [])
        except FileNotFoundError:
            return
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadInput(f"texts/{FILE} can't be read: {error}; mend or restore it.") from None
        for number, table in enumerate(tables, 1):
            known = {k: _plain(v) for k, v in table.items() if k in kind.__dataclass_fields__}
            try:
                yield kind(**known)
            except TypeError:
                raise BadInput(
                    f"texts/{FILE}: entry {number} of [[{name}]] lacks a required key; "
                    f"it needs at least {', '.join(list(kind.__dataclass_fields__)[:4])}."
                ) from None

    def _write(self, name: str, item: Entry | Pairing) -> None:
        document = tomlkit.parse(self.path.read_text(encoding="utf-8"))
        tables = document.setdefault(name, tomlkit.aot())
        assert isinstance(tables, AoT)
        values = {k: getattr(item, k) for k in item.__dataclass_fields__}
        for table in tables:
            if table["id"] == item.id:
                table.update({k: v for k, v in values.items() if v})
                for key in [k for k, v in values.items() if k in table and not v]:
                    table.remove(key)
                break
        else:
            table = tomlkit.table()
            table.update({k: v for k, v in values.items() if v})
            tables.append(table)
        write_atomic(self.path, tomlkit.dumps(document).encode("utf-8"))


def _plain(value: object) -> str:
    """A value of the file as text; a person may write `official = true`."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
