"""The names of errors and choices that hold in a workspace."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from workbench.domain.typology import DEFAULT, Typology
from workbench.errors import BadInput
from workbench.exchange.typology import dump, load
from workbench.services.store import Store
from workbench.storage.files import write_atomic

FILE = "typology.toml"


@dataclass(frozen=True, slots=True)
class Names:
    """The typology of a workspace. problem: why its own file can't be used; "" if it can."""

    typology: Typology
    problem: str = ""


def typology_of(ws: Store) -> Names:
    """What texts/typology.toml says, or the product's own while it is absent or broken."""
    path = ws.root / "texts" / FILE
    stamp = path.stat().st_mtime_ns if path.exists() else 0
    return _read(path, stamp) if stamp else Names(DEFAULT)


@lru_cache(maxsize=8)
def _read(path: Path, _stamp: int) -> Names:
    try:
        return Names(load(path.read_text(encoding="utf-8-sig"), f"texts/{FILE}"))
    except UnicodeDecodeError as error:
        problem = f"texts/{FILE} is not UTF-8 (byte {error.start}); save it as UTF-8."
    except BadInput as error:
        problem = str(error)
    return Names(DEFAULT, problem)


def write_typology(root: Path) -> None:
    """Put the product's own list into a workspace, to be edited; one that is there stays."""
    path = root / "texts" / FILE
    if not path.exists():
        write_atomic(path, dump(DEFAULT).encode())
