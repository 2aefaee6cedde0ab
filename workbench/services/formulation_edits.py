"""Corrections of the set formulations, kept in `texts/formulations.toml`."""

import tomllib
import uuid

import tomlkit
from filelock import FileLock
from tomlkit.items import AoT

from workbench.domain.formulation_edits import Correction, Doing
from workbench.errors import BadInput, UnknownName, UsageError
from workbench.services.store import Store, now
from workbench.storage.files import write_atomic

FILE = "formulations.toml"
_HEAD = (
    "# Corrections of the set formulations, in order: join, drop, add and rename.\n"
    "# Deleting an entry takes it back.\n"
)
_LONGEST = 80  # characters of a phrase


def corrections(ws: Store) -> list[Correction]:
    """All corrections in the order in which they were made.

    Raises:
        BadInput: the file can't be read.
    """
    path = ws.root / "texts" / FILE
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("edit", [])
        return [
            Correction(
                str(entry.get("id") or number),
                Doing(entry["do"]),
                str(entry["phrase"]),
                str(entry.get("other", "")),
                str(entry.get("by", "")),
                str(entry.get("at", "")),
            )
            for number, entry in enumerate(entries, 1)
        ]
    except FileNotFoundError:
        return []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, ValueError) as error:
        raise BadInput(
            f"texts/{FILE} can't be read ({error}); mend it, or take it away to start afresh."
        ) from None


def correct(ws: Store, do: str, phrase: str, other: str, author: str) -> Correction:
    """Make a correction.

    Raises:
        UsageError: no such correction, nothing to join or name, or a phrase that is too long.
    """
    phrase, other = "".join(phrase.split()), " ".join(other.split())
    if do not in list(Doing):
        raise UsageError(f"A formulation is {', '.join(Doing)}, not {do!r}.")
    if not 2 <= len(phrase) <= _LONGEST or len(other) > _LONGEST:
        raise UsageError(f"A formulation has between 2 and {_LONGEST} characters.")
    wanted = Doing(do)
    if wanted in (Doing.JOIN, Doing.RENAME) and (not other or other == phrase):
        raise UsageError("Say which formulation it is joined to, or its new name.")
    made = Correction(uuid.uuid4().hex[:8], wanted, phrase, other, author, now())
    with _turn(ws):
        corrections(ws)  # a broken file is not written to
        path = ws.root / "texts" / FILE
        content = path.read_text(encoding="utf-8") if path.exists() else _HEAD
        document = tomlkit.parse(content)
        entries = document.setdefault("edit", tomlkit.aot())
        assert isinstance(entries, AoT)
        table = tomlkit.table()
        values = (("id", made.id), ("do", do), ("phrase", phrase), ("other", other))
        table.update({k: v for k, v in (*values, ("by", author), ("at", made.at)) if v})
        entries.append(table)
        write_atomic(path, tomlkit.dumps(document).encode())
    return made


def take_back(ws: Store, correction_id: str) -> None:
    """Take a correction back.

    Raises:
        UnknownName: there is no such correction.
    """
    with _turn(ws):
        known = [one.id for one in corrections(ws)]
        if correction_id not in known:
            raise UnknownName("correction", correction_id, known)
        path = ws.root / "texts" / FILE
        document = tomlkit.parse(path.read_text(encoding="utf-8"))
        entries = document["edit"]
        assert isinstance(entries, AoT)
        del entries[known.index(correction_id)]
        write_atomic(path, tomlkit.dumps(document).encode())


def _turn(ws: Store) -> FileLock:
    return FileLock(ws.hidden / "formulations.lock", timeout=30)
