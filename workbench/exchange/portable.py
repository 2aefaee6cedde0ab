"""The portable form of a bitext: one file in `alignments/`, made for people and for git.

JSON Lines. The first line is the header; each further line is one thing: a paragraph with its
sentence ends, a bead, a role, an annotation, a decision. Lines come in text order, keys in a
fixed order, so that a diff shows what changed and nothing else. `by` and `at` say who set a
value and when; a line without them was set by the workbench itself. `zh` and `en` on a bead are
the first words of each side, for the reader's eye; they are not read back.

Spans are half-open code-point offsets into the texts named in the header.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from workbench.domain.operations import (
    ALIGN,
    IMPORT,
    WORKBENCH,
    Change,
    Key,
    Operation,
    State,
    Touch,
    Value,
    new_id,
)
from workbench.errors import BadInput

VERSION = 1
HEAD = 16  # characters of each side quoted on a bead's line
COLLECTIONS = (
    "segments", "cuts", "beads", "moves", "statuses", "roles", "annotations", "replies",
    "threads", "decisions", "adjudications", "wordings", "left-out", "rulings", "orphans", "meta",
)  # fmt: skip


_Written = tuple[Value, Touch, tuple[Any, ...], str]  # a value, its place in the file, its line


@dataclass(frozen=True, slots=True)
class Header:
    """Which texts the file is about. src, tgt: (id, sha256, lang)."""

    bitext: str
    title: str
    src: tuple[str, str, str]
    tgt: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Portable:
    """What a portable file holds. lines: where each value stands, 1-based, for messages."""

    header: Header
    values: Mapping[Key, Value]
    touched: Mapping[Key, Touch]
    lines: Mapping[Key, int]

    def operations(self) -> list[Operation]:
        """The log that makes this state: one operation for each author and time."""
        groups: dict[tuple[str, str], list[Change]] = {}
        for key, value in self.values.items():
            touch = self.touched[key]
            groups.setdefault((touch.made_at, touch.author), []).append(Change(*key, None, value))
        return [
            Operation(new_id(), IMPORT, author, made_at, tuple(changes))
            for (made_at, author), changes in sorted(groups.items(), key=lambda item: item[0])
        ]


def dump(header: Header, state: State, contents: tuple[str, str]) -> bytes:
    """The file of a state. contents: source and target text, for the quoted first words."""
    head = {
        "workbench": VERSION,
        "bitext": header.bitext,
        "title": header.title,
        "source": dict(zip(("id", "sha256", "lang"), header.src, strict=True)),
        "target": dict(zip(("id", "sha256", "lang"), header.tgt, strict=True)),
    }
    known: dict[Key, _Written] = state.derive("portable lines", frozenset(), dict)
    written = []
    for key, value in state.values.items():
        touch = state.touched[key]
        old = known.get(key)
        if old is None or old[0] is not value or old[1] is not touch:
            line = json.dumps(_line(key, value, touch, contents), ensure_ascii=False)
            old = (value, touch, _order(key, value), line)
            known[key] = old  # an edit changes few of many lines
        written.append(old)
    written.sort(key=itemgetter(2))
    lines = [json.dumps(head, ensure_ascii=False), *(line for *_, line in written)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _line(key: Key, value: Value, touch: Touch, contents: tuple[str, str]) -> dict[str, Any]:
    line = {"in": key[0], "id": key[1], **value}
    if key[0] == "beads":
        for side, content in zip(("src", "tgt"), contents, strict=True):
            start, stop = line[side]
            words = " ".join(content[start:stop].split())
            line[f"{side}_head"] = words[:HEAD] + "…" * (len(words) > HEAD)
    if touch.author != WORKBENCH and touch.kind != ALIGN:
        line |= {"by": touch.author}
    return line | {"at": touch.made_at}


def _order(key: Key, value: dict[str, Any]) -> tuple[Any, ...]:
    place = COLLECTIONS.index(key[0]) if key[0] in COLLECTIONS else len(COLLECTIONS)
    src, tgt = value.get("src") or [-1], value.get("tgt") or [-1]
    if key[0] in ("beads", "moves", "annotations"):
        return (place, src, tgt, key[1])
    return (place, len(key[1]), key[1])


def load(data: bytes, name: str) -> Portable:
    """Read a portable file.

    Raises:
        BadInput: not such a file, of a later version, or damaged; names the line.
    """
    lines = _lines(data, name)
    empty: tuple[int, dict[str, Any]] = (1, {})
    _, head = next(lines, empty)
    if head.get("workbench") != VERSION:
        raise BadInput(
            f"{name} is not an alignment file of this version of the workbench "
            f'(line 1 should begin with {{"workbench": {VERSION}); leave it out or update.'
        )
    try:
        header = Header(
            str(head["bitext"]), str(head["title"]), _text(head["source"]), _text(head["target"])
        )
    except (KeyError, TypeError):
        raise BadInput(f"{name}, line 1: the header lacks a field; restore the file.") from None
    values: dict[Key, Value] = {}
    touched: dict[Key, Touch] = {}
    places: dict[Key, int] = {}
    for number, line in lines:
        try:
            key = (str(line.pop("in")), str(line.pop("id")))
            touch = Touch(0, str(line.pop("by", WORKBENCH)), str(line.pop("at")), IMPORT)
        except KeyError as error:
            raise BadInput(f"{name}, line {number}: {error} is missing; mend the line.") from None
        if key in values:
            raise BadInput(f"{name}, line {number}: {key[1]!r} is there twice; keep one of them.")
        line.pop("src_head", None)
        line.pop("tgt_head", None)
        values[key], touched[key], places[key] = line, touch, number
    return Portable(header, values, touched, places)


def _text(value: dict[str, str]) -> tuple[str, str, str]:
    return (str(value["id"]), str(value["sha256"]), str(value["lang"]))


def _lines(data: bytes, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"{name} is not UTF-8 (byte {error.start}); restore the file.") from None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            hint = (
                "it holds a git conflict, settle that first"
                if line.startswith(("<<<<<<<", "=======", ">>>>>>>"))
                else f"not JSON at column {error.colno}, mend the line"
            )
            raise BadInput(f"{name}, line {number}: {hint}.") from None
        if not isinstance(value, dict):
            raise BadInput(f"{name}, line {number}: not an object, mend the line.")
        yield number, value
