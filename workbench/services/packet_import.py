"""Bringing home the comments that somebody wrote in an offline review packet."""

import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.domain.text import Span
from workbench.errors import BadInput
from workbench.services import review
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.storage.repository import Bitext

MARK = "packet notes"
_LARGEST = 20_000_000  # bytes; what a browser saves is a thousand times smaller
_NAME = 60  # characters of a reviewer's name


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a file of notes.

    added: annotations written now; known: those that had been brought before; astray: notes whose
    words are not where they should be, as they were quoted.
    """

    bitext: Bitext
    author: str
    added: int
    known: int
    astray: tuple[str, ...]


def is_packet(path: Path) -> bool:
    """Whether a file looks like the notes of a packet."""
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    with path.open("rb") as stream:
        return MARK.encode() in stream.read(400)


def import_notes(ws: Workspace, path: Path, *, dry_run: bool = False) -> Brought:
    """Write the comments of a packet as annotations of its bitext, each once.

    Raises:
        BadInput: the file is damaged, or the workspace does not have its two texts.
    """
    body = _read(path)
    bitext = _bitext_of(ws, body)
    author = " ".join(str(body.get("author") or "").split())[:_NAME] or "Packet"
    added, known, astray = 0, 0, []
    for note in body["notes"]:
        annotation = _annotation(ws, bitext, note)
        if annotation is None:
            astray.append(str(note.get("words", ""))[:80])
            continue
        operation = str(uuid.uuid5(uuid.UUID(str(note["id"])), bitext.id))
        with ws.db.read() as session:
            seen = repository.operation(session, operation) is not None
        known, added = known + seen, added + (not seen)
        if not (seen or dry_run):
            review.perform(
                ws, bitext.id, "annotate", {"annotation": annotation, "id": operation},
                author=author, seen=ws.state(bitext.id).seq, operation_id=operation,
            )  # fmt: skip
    if added and not dry_run:
        ws.save_portable(bitext.id)
    return Brought(bitext, author, added, known, tuple(astray))


def _read(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _LARGEST:
        raise BadInput(f"{path.name} is too large for the notes of a packet; choose another file.")
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        if body["workbench"] != MARK or not isinstance(body["notes"], list):
            raise ValueError(MARK)
        for note in body["notes"]:
            uuid.UUID(str(note["id"]))
    except (ValueError, KeyError, TypeError):
        raise BadInput(
            f"{path.name} does not hold the notes of a packet; save them again in the packet."
        ) from None
    return dict(body)


def _bitext_of(ws: Workspace, body: dict[str, Any]) -> Bitext:
    with ws.db.read() as session:
        bitexts = repository.bitexts(session)
    for bitext in bitexts:
        hashes = [ws.text(id_).sha256 for id_ in (bitext.src_id, bitext.tgt_id)]
        if hashes == [body.get("src"), body.get("tgt")]:
            return bitext
    raise BadInput(
        f"The notes are about the two texts of {body.get('bitext')!r}, which are not in this "
        "workspace; open the workspace that the packet came from."
    )


def _annotation(ws: Workspace, bitext: Bitext, note: dict[str, Any]) -> dict[str, Any] | None:
    """The note as an annotation; None when its words are not at its place."""
    value: dict[str, Any] = {
        "kind": "comment",
        "note": str(note.get("note", "")),
        "wording": str(note.get("wording", "")),
    }
    for side, text_id in (("src", bitext.src_id), ("tgt", bitext.tgt_id)):
        if note.get(side) is None:
            continue
        try:
            start, stop = (int(offset) for offset in note[side])
        except (TypeError, ValueError):
            return None
        content = ws.text(text_id).content
        quoted = Span(start, stop).of(content) if 0 <= start < stop <= len(content) else ""
        if _flat(quoted) != _flat(str(note.get("words", ""))):
            return None
        value[side] = [start, stop]
    return value if "src" in value or "tgt" in value else None


def _flat(words: str) -> str:
    return "".join(words.split())
