"""Bringing texts in, and listing what there is."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import PurePath

from workbench.domain.reading import content_beads
from workbench.domain.text import Role, Segmentation
from workbench.errors import BadInput, UsageError
from workbench.exchange.decoding import decode
from workbench.exchange.documents import Wishes, document_formats, document_kind
from workbench.segment import guess_language, segment
from workbench.services.store import now
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.storage.catalogue import Entry, Pairing
from workbench.storage.repository import Bitext

LANGUAGES = ("zh-CN", "zh-TW", "en-US", "en-GB")


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that was read but not stored yet: what the import shows before it is confirmed.

    lang: as guessed or as given; sure: how sure the guess is, 0 to 1.
    known: the catalogue's entry of this very text, stored or only known by its hash.
    """

    content: str
    original: bytes
    encoding: str
    repairs: tuple[str, ...]
    title: str
    lang: str
    sure: float
    segmentation: Segmentation
    known: Entry | None

    @property
    def headings(self) -> int:
        """How many paragraphs look like headings."""
        return self.segmentation.roles.count(Role.HEADING)


def read_draft(
    ws: Workspace,
    data: bytes,
    *,
    name: str = "",
    lang: str = "",
    encoding: str = "",
    wishes: Wishes | None = None,
) -> Draft:
    """Decode and divide a text, or the text of a document, without storing anything.

    name: the file's name, "" for pasted text; the title is made from it or from the first line.

    Raises:
        BadInput: empty, only white space, binary, or in no encoding that fits.
        UsageError: `lang` is not one that the workbench works with.
    """
    where = f"{PurePath(name).name}: " if name else ""
    try:
        content, kind, repairs = _read(data, name, encoding, wishes)
    except BadInput as error:
        raise BadInput(f"{where}{error}") from None
    if is_blank(content):
        raise BadInput(f"{where}The text holds only white space; choose another file or text.")
    guess = guess_language(content)
    if lang and lang not in LANGUAGES:
        raise UsageError(f"The language {lang!r} is unknown; choose from: {', '.join(LANGUAGES)}.")
    chosen = lang or (guess.lang if guess.lang in LANGUAGES else "en-US")
    known = ws.catalogue.by_hash(digest(data))
    title = known.title if known else _title(name, content)
    return Draft(
        content,
        data,
        kind,
        repairs,
        title,
        chosen,
        1.0 if lang else guess.confidence,
        segment(content, chosen),
        known,
    )


def _read(
    data: bytes, name: str, encoding: str, wishes: Wishes | None
) -> tuple[str, str, tuple[str, ...]]:
    """Content, encoding or kind of document, and what the reader should know."""
    kind = document_kind(data, name)
    if kind:
        extracted = document_formats.get(kind)(data, wishes or Wishes())
        return extracted.content, kind, extracted.remarks
    decoded = decode(data, encoding=encoding or None)
    return decoded.content, decoded.encoding, decoded.repairs


def digest(data: bytes) -> str:
    """The hash by which the catalogue knows a text."""
    return hashlib.sha256(data).hexdigest()


def is_blank(content: str) -> bool:
    """Whether a text shows nothing: white space, zero-width characters and controls."""
    return not any(char.isprintable() and not char.isspace() for char in content)


_LANGUAGE_NAMES = frozenset(("zh", "en", "cn", "zh-cn", "en-us", "chinese", "english"))
_ROLE_NAMES = frozenset(("source", "target", "src", "tgt", "original", "translation", "text"))


def _title(name: str, content: str) -> str:
    stem = PurePath(name).stem
    if stem.lower() in _LANGUAGE_NAMES | _ROLE_NAMES:  # its folder may say what it is
        stem = PurePath(name).parent.name
    if stem:
        return stem.replace("_", " ")
    first = " ".join(content.split("\n", 1)[0].split()) or " ".join(content.split())
    return first[:60] + "…" * (len(first) > 60)


def store_text(
    ws: Workspace,
    draft: Draft,
    *,
    id: str = "",  # noqa: A002
    title: str = "",
    **about: str,
) -> Entry:
    """Keep a text; one that is stored already is not stored twice.

    about: what else is said of it, by the names of the catalogue's entry.
    """
    if draft.known and draft.known.file:
        return draft.known
    entry = draft.known or Entry(
        id=free_id(id or slug(title or draft.title), set(ws.catalogue.entries())),
        title=title or draft.title,
        lang=draft.lang,
        sha256="",
        **about,
    )
    encoding = "" if draft.encoding == "utf-8" else draft.encoding
    return ws.catalogue.add(replace(entry, encoding=encoding), draft.content, draft.original)


def create_bitext(
    ws: Workspace,
    src: Draft,
    tgt: Draft,
    *,
    title: str = "",
    sources: tuple[str, str] = ("", ""),
) -> Bitext:
    """Store two texts and pair them; the same two texts give the same bitext again.

    sources: where each was published, such as the web address it was fetched from.

    Raises:
        UsageError: both texts are in the same language.
    """
    check_languages(src.lang, tgt.lang)
    base = title or src.title
    src_entry, tgt_entry = (
        store_text(ws, draft, id=slug(base) + f".{draft.lang[:2]}", source=source)
        for draft, source in zip((src, tgt), sources, strict=True)
    )
    return pair_texts(ws, src_entry.id, tgt_entry.id, title=base)


def pair_texts(ws: Workspace, source: str, target: str, *, title: str, id: str = "") -> Bitext:  # noqa: A002
    """The bitext of two stored texts, by id; made and listed unless it is there already.

    id: what a new one should be called, if that is free; from its title if "".
    """
    pairings = ws.catalogue.pairings()
    for pairing in pairings.values():
        if (pairing.source, pairing.target) == (source, target):
            return open_pairing(ws, pairing)
    pairing = Pairing(free_id(id or slug(title), set(pairings)), title, source, target)
    ws.catalogue.add_pairing(pairing)
    return open_pairing(ws, pairing)


def open_pairing(ws: Workspace, pairing: Pairing) -> Bitext:
    """The bitext of a pairing that the catalogue names; made on first use."""
    for text_id in (pairing.source, pairing.target):
        ws.text(text_id)
    made = now()
    with ws.db.write() as session:
        found = {bitext.id: bitext for bitext in repository.bitexts(session)}
        if pairing.id in found:
            return found[pairing.id]
        bitext = Bitext(pairing.id, pairing.title, pairing.source, pairing.target, made, made)
        repository.add_bitext(session, bitext)
    return bitext


def find_bitext(ws: Workspace, id: str) -> Bitext:  # noqa: A002
    """A bitext by id, also one that so far only the catalogue names.

    Raises:
        UnknownName: neither the database nor the catalogue knows it.
    """
    pairing = ws.catalogue.pairings().get(id)
    return open_pairing(ws, pairing) if pairing else ws.bitext(id)


def is_bitext(ws: Workspace, id: str) -> bool:  # noqa: A002
    """Whether the database or the catalogue knows a bitext of that id."""
    with ws.db.read() as session:
        known = {bitext.id for bitext in repository.bitexts(session)}
    return id in known or id in ws.catalogue.pairings()


def check_languages(src: str, tgt: str) -> None:
    """Refuse two texts in one language. Raises UsageError."""
    if src[:2] == tgt[:2]:
        name = {"zh": "Chinese", "en": "English"}.get(src[:2], src)
        raise BadInput(
            f"Both texts are in {name}; choose one Chinese and one English text, "
            "or correct the language if it was guessed wrongly."
        )


def slug(title: str, empty: str = "text") -> str:
    """A title as part of an id; empty: for one without Latin letters and figures."""
    folded = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    clean = re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")[:40].strip("-")
    return clean or empty


def free_id(wanted: str, taken: set[str]) -> str:
    """An id like `wanted` that is none of those taken, and safe in the name of a file."""
    clean = re.sub(r"[^a-z0-9.-]+", "-", wanted.lower()).strip("-.") or "text"
    number, free = 1, clean
    while free in taken:
        number += 1
        stem, dot, tail = clean.partition(".")
        free = f"{stem}-{number}{dot}{tail}"
    return free


@dataclass(frozen=True, slots=True)
class Shelf:
    """A line of the library. status: "new" (never aligned), "ready", or that of its job.

    rows, confirmed, open_flags: how far the review is. characters, words: sizes of both texts,
    0 when one of them is not stored here.
    """

    id: str
    title: str
    src: Entry
    tgt: Entry
    status: str
    changed_at: str
    rows: int = 0
    confirmed: int = 0
    flags: int = 0
    open_flags: int = 0
    characters: int = 0
    words: int = 0


def shelves(ws: Workspace) -> list[Shelf]:
    """Every bitext of the workspace, last changed first, then those only the catalogue names."""
    entries = ws.catalogue.entries()
    with ws.db.read() as session:
        known = repository.bitexts(session)
        jobs = {job.bitext_id: job.status for job in repository.jobs(session)}
        flags = {b.id: repository.flags(session, b.id) for b in known}
    lines = [
        _shelf(ws, bitext, entries, jobs.get(bitext.id, ""), flags[bitext.id])
        for bitext in known
        if bitext.src_id in entries and bitext.tgt_id in entries
    ]
    named = [p for p in ws.catalogue.pairings().values() if p.id not in {b.id for b in known}]
    lines += [
        Shelf(p.id, p.title, entries[p.source], entries[p.target], "new", "")
        for p in named
        if p.source in entries and p.target in entries
    ]
    return lines


@dataclass(frozen=True, slots=True)
class Work:
    """An original with its versions, the first one first."""

    title: str
    src: Entry
    versions: tuple[Shelf, ...]


def works(ws: Workspace) -> list[Work]:
    """Every original of the workspace, last changed first, each with its versions."""
    order = {pairing: n for n, pairing in enumerate(ws.catalogue.pairings())}
    found: dict[str, list[Shelf]] = {}
    for shelf in shelves(ws):
        found.setdefault(shelf.src.id, []).append(shelf)
    groups = [sorted(group, key=lambda s: order.get(s.id, len(order))) for group in found.values()]
    return [Work(group[0].title, group[0].src, tuple(group)) for group in groups]


def _shelf(
    ws: Workspace,
    bitext: Bitext,
    entries: dict[str, Entry],
    job: str,
    flags: list[dict[str, object]],
) -> Shelf:
    state = ws.state(bitext.id)
    beads = content_beads(state) if state.collection("beads") else []
    settled = {
        key
        for key, decision in state.collection("decisions").items()
        if decision["verdict"] != "deferred"
    }
    unfinished = job if job not in ("", "done") else ""
    characters, words = _text_sizes(ws, bitext)
    return Shelf(
        bitext.id,
        bitext.title,
        entries[bitext.src_id],
        entries[bitext.tgt_id],
        unfinished or ("ready" if beads else "new"),
        bitext.changed_at,
        len(beads),
        sum(bead.confirmed for bead in beads),
        len(flags),
        sum(flag["fingerprint"] not in settled for flag in flags),
        characters,
        words,
    )


def _text_sizes(ws: Workspace, bitext: Bitext) -> tuple[int, int]:
    try:
        source, target = ws.text(bitext.src_id), ws.text(bitext.tgt_id)
    except BadInput:  # gone or tampered with: its page says so, the library goes on
        return 0, 0
    return len(source.content), len(target.content.split())
