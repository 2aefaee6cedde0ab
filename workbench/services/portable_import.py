"""Reading a portable alignment file into the log."""

import hashlib
from typing import TYPE_CHECKING

from workbench.domain.alignment import Bead, check_tiling
from workbench.domain.beads import ReviewBead, in_order
from workbench.domain.operations import WORKBENCH, Change, Operation, new_id
from workbench.errors import BadInput
from workbench.exchange.portable import Portable
from workbench.storage import repository
from workbench.storage.repository import Bitext

if TYPE_CHECKING:
    from workbench.services.workspace import Workspace


def store_portable(ws: "Workspace", bitext_id: str, file: Portable, data: bytes) -> None:
    """Make the state of a bitext what a file says, in one transaction.

    Raises:
        BadInput: the file is about other versions of the texts, or its beads do not tile them.
    """
    from workbench.services.workspace import now

    _check(ws, bitext_id, file)
    header = file.header
    with ws.db.write() as session:
        if bitext_id not in {b.id for b in repository.bitexts(session)}:
            made = now()
            bitext = Bitext(bitext_id, header.title, header.src[0], header.tgt[0], made, made)
            repository.add_bitext(session, bitext)
        state = ws.state(bitext_id, session)
        if state.values:
            clear = tuple(Change(*key, value, None) for key, value in state.values.items())
            repository.append(
                session, bitext_id, Operation(new_id(), "import", WORKBENCH, now(), clear)
            )
        seq = 0
        for operation in file.operations():
            seq = repository.append(session, bitext_id, operation).seq
        repository.update_bitext(
            session,
            bitext_id,
            portable_seq=seq,
            portable_sha256=hashlib.sha256(data).hexdigest(),
        )


def _check(ws: "Workspace", bitext_id: str, file: Portable) -> None:
    name = f"alignments/{bitext_id}.jsonl"
    contents: list[str] = []
    for text_id, sha256, _ in (file.header.src, file.header.tgt):
        text = ws.text(text_id)
        if text.sha256 != sha256:
            raise BadInput(
                f"{name} was made for another version of the text {text_id!r}; "
                "restore that version, or align anew."
            )
        contents.append(text.content)
    values = file.values.items()
    beads = in_order([ReviewBead.from_json(k[1], v) for k, v in values if k[0] == "beads"])
    sizes = [len(content) for content in contents]
    check_tiling([Bead(b.src, b.tgt) for b in beads], *sizes)
