"""The file in which a workspace names its errors and choices: texts/typology.toml."""

import re
import tomllib
from typing import Any

from workbench.domain.typology import Names, Typology
from workbench.errors import BadInput

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_HEAD = """\
# What an error, or a translation choice that is no error, can be called in this workspace.
# `id` is kept with every annotation: change names as you like, but an id only before its first
# use. `en` and `zh` are what the pages show. Without this file the workbench's own list holds.
"""


def dump(typology: Typology) -> str:
    """A typology as TOML, to be edited by hand."""
    parts = [_HEAD]
    for path, names in typology.errors.items():
        if "/" in path:
            continue
        parts.append(_entry("[[error]]", path, names))
        parts += [
            _entry("[[error.category]]", other.removeprefix(f"{path}/"), own)
            for other, own in typology.errors.items()
            if other.startswith(f"{path}/")
        ]
    parts += [_entry("[[choice]]", id_, names) for id_, names in typology.choices.items()]
    return "\n".join(parts)


def _entry(table: str, id_: str, names: Names) -> str:
    return f'{table}\nid = "{id_}"\nen = "{names[0]}"\nzh = "{names[1]}"\n'


def load(text: str, name: str) -> Typology:
    """Read a typology.

    Raises:
        BadInput: not TOML, or an entry is wrong; says where.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name} is no TOML: {error}; mend that place.") from None
    unknown = sorted(data.keys() - {"error", "choice"})
    if unknown:
        raise BadInput(f"{name}: {unknown[0]!r} means nothing here; use [[error]] and [[choice]].")
    errors: dict[str, Names] = {}
    for entry in _entries(data, "error", name):
        path = _add(errors, "", entry, name)
        for below in _entries(entry, "category", f"{name}, in {path!r}"):
            _add(errors, f"{path}/", below, name)
    choices: dict[str, Names] = {}
    for entry in _entries(data, "choice", name):
        _add(choices, "", entry, name)
    for kind, found in (("error", errors), ("choice", choices)):
        if not found:
            raise BadInput(f"{name} names no {kind}; add at least one [[{kind}]] with id and en.")
    return Typology(_in_order(errors), choices)


def _entries(data: dict[str, Any], key: str, name: str) -> list[dict[str, Any]]:
    entries = data.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadInput(f"{name}: write each {key} as [[{key}]] with id, en and zh.")
    return entries


def _add(found: dict[str, Names], above: str, entry: dict[str, Any], name: str) -> str:
    id_, en, zh = (entry.get(key, "") for key in ("id", "en", "zh"))
    if not isinstance(id_, str) or not _ID.fullmatch(id_):
        raise BadInput(f"{name}: the id {id_!r} is no id; use small letters, digits and hyphens.")
    if not isinstance(en, str) or not en.strip():
        raise BadInput(f'{name}: {above}{id_} has no English name; give it one: en = "…".')
    path = above + id_
    if path in found:
        raise BadInput(f"{name}: {path!r} is there twice; keep one of them.")
    found[path] = (en.strip(), str(zh).strip() or en.strip())
    return path


def _in_order(errors: dict[str, Names]) -> dict[str, Names]:
    """Dimensions first, as in the product's own list."""
    return dict(sorted(errors.items(), key=lambda item: "/" in item[0]))
