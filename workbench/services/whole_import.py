"""Storing a bitext that comes with all that is known of it."""

import hashlib
from dataclasses import asdict
from typing import Any

from workbench.domain.operations import IMPORT, Key, Touch
from workbench.domain.reading import segmentation_value
from workbench.errors import BadInput
from workbench.exchange.portable import Header, Portable
from workbench.exchange.tags import Tag
from workbench.exchange.whole import Setting, WholeBitext, WholeText, check_whole
from workbench.services import library
from workbench.services.about import checked_about
from workbench.services.library import Draft
from workbench.services.portable_import import Texts, check_value
from workbench.services.whole import ALIGNMENT, TYPED
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.storage.catalogue import Entry, Pairing
from workbench.storage.repository import Bitext


def store_whole(ws: Workspace, whole: WholeBitext, *, title: str = "") -> Bitext:
    """Store texts, rows, annotations, decisions and flags, each with its author and time.

    Ids stay as they are where they are free.

    Raises:
        BadInput: something does not fit together, the languages are not Chinese and English, or
            these texts are a bitext here already, with rows of its own; nothing is stored.
    """
    check_whole(whole)
    _check_values(whole)
    if (whole.src.lang[:2], whole.tgt.lang[:2]) != ("zh", "en"):
        raise BadInput(
            f"It translates from {whole.src.lang or 'an unnamed language'} to "
            f"{whole.tgt.lang or 'an unnamed language'}; the workbench needs Chinese and English."
        )
    _check_free(ws, whole)
    entries = [_store_text(ws, text) for text in (whole.src, whole.tgt)]
    bitext = _pair(ws, whole, entries, title)
    operations = portable_of(whole, bitext).operations()
    with ws.db.write() as session:
        seq = 0
        for operation in operations:
            seq = repository.append(session, bitext.id, operation).seq
        flags = [entry.flag.to_json() for row in whole.rows for entry in row.flags]
        repository.replace_flags(session, bitext.id, flags)
        checked = {"checked_seq": seq, "check_signature": whole.check_signature}
        repository.update_bitext(
            session,
            bitext.id,
            **({"created_at": whole.created_at} if whole.created_at else {}),
            **(checked if whole.check_signature else {}),
        )
    ws.save_portable(bitext.id)
    return ws.bitext(bitext.id)


def _check_values(whole: WholeBitext) -> None:
    """Make sure that what is kept as the log has it can be read as such."""
    texts = Texts(
        {"src": whole.src.division, "tgt": whole.tgt.division},
        {"src": len(whole.src.content), "tgt": len(whole.tgt.content)},
    )
    for one in whole.values:
        if one.collection in TYPED or (one.collection, one.id) == ALIGNMENT:
            raise BadInput(f"A value of {one.collection} stands where none may; export it again.")
        try:
            check_value(one.collection, one.id, one.value, texts)
        except BadInput as error:
            raise BadInput(f"{one.collection} {one.id}: {error}") from None
        except (AttributeError, KeyError, TypeError, ValueError):
            raise BadInput(f"{one.collection} {one.id}: not as it was written.") from None


def _check_free(ws: Workspace, whole: WholeBitext) -> None:
    known = [ws.catalogue.by_hash(_digest(text)) for text in (whole.src, whole.tgt)]
    ids = tuple(entry.id if entry else "" for entry in known)
    with ws.db.read() as session:
        there = [b for b in repository.bitexts(session) if (b.src_id, b.tgt_id) == ids]
    for bitext in there:
        if ws.state(bitext.id).seq:
            raise BadInput(
                f"These two texts are already the bitext {bitext.id}, with rows of its own; "
                "nothing was imported."
            )


def _digest(text: WholeText) -> str:
    return hashlib.sha256(text.content.encode()).hexdigest()


def _store_text(ws: Workspace, text: WholeText) -> Entry:
    data = text.content.encode()
    known = ws.catalogue.by_hash(_digest(text))
    draft = Draft(text.content, data, "utf-8", (), text.title, text.lang, 1.0, text.division, known)
    return library.store_text(
        ws, draft, id=text.id, title=text.title, **checked_about(**text.about)
    )


def _pair(ws: Workspace, whole: WholeBitext, entries: list[Entry], title: str) -> Bitext:
    src, tgt = (entry.id for entry in entries)
    pairings = ws.catalogue.pairings()
    named = next((p for p in pairings.values() if (p.source, p.target) == (src, tgt)), None)
    if named is None:
        id_ = library.free_id(whole.id, set(pairings))
        named = Pairing(id_, title or whole.title, src, tgt)
        ws.catalogue.add_pairing(named)
    return library.open_pairing(ws, named)


def portable_of(whole: WholeBitext, bitext: Bitext) -> Portable:
    """A whole bitext as the values of its state, with who set each and when."""
    values: dict[Key, Any] = {}
    touched: dict[Key, Touch] = {}

    def put(key: Key, value: Any, made: Setting) -> None:  # noqa: ANN401
        values[key] = value
        touched[key] = Touch(0, made.author, made.made_at, IMPORT)

    put(("meta", "alignment"), {"signature": whole.signature}, whole.aligned)
    for side, text in (("src", whole.src), ("tgt", whole.tgt)):
        put(("segments", side), segmentation_value(text.division), whole.aligned)
        for number, tag in enumerate(text.tags):
            put(("tags", f"{side}:{number}"), tag_value(tag), whole.aligned)
    for row in whole.rows:
        put(("beads", row.id), row.bead.to_json(), row.made)
        for note in row.notes:
            put(("annotations", note.id), note.annotation.to_json(), note.made)
    for role in whole.roles:
        put(("roles", f"{role.side}:{role.paragraph}"), {"role": str(role.role)}, role.made)
    for entry in whole.decisions:
        put(("decisions", entry.fingerprint), entry.decision.to_json(), entry.made)
    for one in whole.values:
        put((one.collection, one.id), one.value, one.made)
    sides = [(text.id, text.sha256, text.lang) for text in (whole.src, whole.tgt)]
    return Portable(Header(bitext.id, bitext.title, sides[0], sides[1]), values, touched, {})


def tag_value(tag: Tag) -> dict[str, Any]:
    """An inline code as the log holds it."""
    return asdict(tag)
