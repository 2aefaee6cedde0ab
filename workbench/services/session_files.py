"""The readable form of sessions: a folder for each in `alignments/sessions/`.

`session.json` says who takes part, in which mode, and how long each was at work; beside it lies the
file of each copy. Invitations are not in it: whoever holds a file must not gain entry by it.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.domain.sessions import COPY, Attendance, Mode, Reviewer, Session
from workbench.errors import BadInput
from workbench.services.store import Store
from workbench.storage import repository
from workbench.storage import sessions as table
from workbench.storage.files import write_atomic

VERSION = 1
FOLDER = "sessions"
FILE = "session.json"


def alignment_path(root: Path, bitext_id: str) -> Path:
    """Where the portable form of a bitext or of a copy is."""
    session_id, copy, name = bitext_id.partition(COPY)
    folder = root / "alignments"
    return folder / FOLDER / session_id / f"{name}.jsonl" if copy else folder / f"{bitext_id}.jsonl"


def alignment_files(root: Path) -> dict[str, Path]:
    """The portable files that are there, by the id of their bitext; those of copies last."""
    folder = root / "alignments"
    found = {path.stem: path for path in sorted(folder.glob("*.jsonl"))}
    for path in sorted((folder / FOLDER).glob("*/*.jsonl")):
        found[f"{path.parent.name}{COPY}{path.stem}"] = path
    return found


def write_session(ws: Store, session_id: str) -> None:
    """Write the readable form of a session."""
    with ws.db.read() as db:
        session = table.session(db, session_id)
        people = table.reviewers(db, session_id)
        attended = [table.attendance(db, p.bitext_id, p.name, session_id) for p in people]
    value = {"workbench": VERSION} | asdict(session)
    value["reviewers"] = [
        {
            "id": person.id,
            "name": person.name,
            "bitext_id": person.bitext_id,
            "finished_at": person.finished_at,
            "milliseconds": place.milliseconds,
            "last_at": place.last_at,
            "at": [place.src, place.tgt],
        }
        for person, place in zip(people, attended, strict=True)
    ]
    path = ws.root / "alignments" / FOLDER / session_id / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())


def restore_sessions(ws: Store) -> dict[str, str]:
    """Take over the sessions that only their files know of, as after a rebuild.

    Answers what is wrong with files that can't be read, by their name in `alignments/`.
    """
    problems = {}
    with ws.db.read() as db:
        known = {session.id for session in table.sessions(db)}
        bitexts = {bitext.id for bitext in repository.bitexts(db)}
    for path in sorted((ws.root / "alignments" / FOLDER).glob(f"*/{FILE}")):
        if path.parent.name in known:
            continue
        try:
            session, people, places = _read(path)
        except BadInput as error:
            problems[f"{FOLDER}/{path.parent.name}/{FILE}"] = str(error)
            continue
        if session.bitext_id in bitexts:
            with ws.db.write() as db:
                table.add(db, session, people)
                for place in places:
                    table.keep_attendance(db, place)
    return problems


def _read(path: Path) -> tuple[Session, list[Reviewer], list[Attendance]]:
    name = f"alignments/{FOLDER}/{path.parent.name}/{FILE}"
    try:
        value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if value["workbench"] != VERSION or value["id"] != path.parent.name:
            raise ValueError(name)
        session = Session(
            str(value["id"]),
            str(value["bitext_id"]),
            str(value["title"]),
            Mode(value["mode"]),
            str(value["created_at"]),
            str(value["created_by"]),
            str(value["closed_at"]),
        )
        people, places = [], []
        for one in value["reviewers"]:
            who, where = str(one["name"]), str(one["bitext_id"])
            people.append(
                Reviewer(str(one["id"]), session.id, who, where, "", "", str(one["finished_at"]))
            )
            src, tgt = (int(offset) for offset in one["at"])
            spent, last_at = int(one["milliseconds"]), str(one["last_at"])
            places.append(Attendance(where, who, session.id, src, tgt, spent, last_at))
    except (ValueError, KeyError, TypeError):
        raise BadInput(f"{name} is no session as the workbench writes it; restore it.") from None
    return session, people, places
