"""Importing a bilingual file of another tool as a bitext: its units become rows."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from workbench.domain.alignment import check_tiling
from workbench.domain.beads import ReviewBead
from workbench.domain.notes import NOTE_LIMIT, Annotation
from workbench.domain.operations import IMPORT, WORKBENCH, Change, Operation, new_id
from workbench.domain.reading import segmentation_value
from workbench.domain.review import AnnotationKind
from workbench.domain.text import Role, Segmentation, Span
from workbench.errors import BadInput
from workbench.exchange.decoding import decode
from workbench.exchange.incoming import (
    findings_of,
    read_beads,
    read_units,
    read_whole,
    recognise,
    survey,
)
from workbench.exchange.incoming.intertext import beads as intertext_beads
from workbench.exchange.incoming.intertext import read_document, read_links
from workbench.exchange.incoming.values import Findings, Segment, Unit
from workbench.exchange.tags import Tag
from workbench.progress import Progress, silent
from workbench.segment import guess_language
from workbench.services import library
from workbench.services.aligning import characters
from workbench.services.library import Draft
from workbench.services.store import now
from workbench.services.whole_import import store_whole
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.storage.repository import Bitext

Sentences = Mapping[str, tuple[int, str]]
"""By id, in order: the number of the paragraph, and the text."""

ROWS = 200_000  # units that a text to review may have; a memory may have any number
_CONFIRMED = frozenset(
    ("approved", "final", "signed-off", "ApprovedTranslation", "ApprovedSignOff")
) | {"confirmed", "revised"}


def kind_of(path: Path) -> str:
    """What kind of file of another tool this is, "" for a text. Raises BadInput."""
    try:
        with path.open("rb") as stream:
            return recognise(stream, path.name)
    except OSError as error:
        raise BadInput(f"{path} can't be read: {error.strerror}; check the name.") from None


def look_into(path: Path, form: str, progress: Progress = silent) -> Findings:
    """What a bilingual file holds, without storing anything.

    Raises:
        BadInput: it is broken; says where.
    """
    with path.open("rb") as stream, named(path):
        return survey(stream, form, progress)


def import_bitext(
    ws: Workspace,
    path: Path,
    form: str,
    *,
    title: str = "",
    langs: tuple[str, str] = ("", ""),
    progress: Progress = silent,
) -> tuple[Bitext, Findings]:
    """Store the two texts of a bilingual file and pair them row by row as the file does.

    langs: the languages to take, source and target, where the file has several; "" takes the
    only Chinese and the only English one.

    Raises:
        BadInput: the file is broken, or does not hold Chinese and English; nothing is stored.
    """
    with path.open("rb") as stream, named(path):
        whole = read_whole(stream, form)
        if whole:
            return store_whole(ws, whole, title=title), findings_of(whole, form)
    findings = look_into(path, form, progress)
    if findings.units > ROWS:
        raise BadInput(
            f"{path.name} holds {findings.units:,} units, too many to review as a text; keep it as "
            "a memory for the concordance with --memory, or divide the file."
        )
    src_lang, tgt_lang = languages_of(path.name, findings, langs)
    sides = (_Side(src_lang), _Side(tgt_lang))
    beads, notes = [], []
    with path.open("rb") as stream, named(path):
        for unit in read_units(stream, form, Findings(form)):
            spans = [side.take(unit) for side in sides]
            if not any(map(len, spans)):
                findings.skipped["A unit without words in either language."] += 1
                continue
            bead = ReviewBead(new_id(), spans[0], spans[1], _is_confirmed(unit))
            beads.append(bead)
            notes += [_comment(bead, note) for note in unit.notes if note.strip()]
    for side in sides:
        if not side.ends:
            raise BadInput(f"{path.name} has no words in {side.lang}; choose another file.")
    drafts = [side.draft(ws, title or path.stem) for side in sides]
    bitext = library.create_bitext(ws, drafts[0], drafts[1], title=title or path.stem)
    _store(ws, bitext, sides, beads, notes, findings)
    return bitext, findings


def import_blocks(ws: Workspace, path: Path, *, title: str = "") -> Bitext:
    """Store a file with one language below the other as two texts, not aligned yet.

    Raises:
        BadInput: it is no such file.
    """
    from workbench.exchange.incoming.mixed import read_blocks

    halves = read_blocks(path.read_bytes())
    drafts = [library.read_draft(ws, half.encode(), name=path.name) for half in halves]
    drafts.sort(key=lambda draft: draft.lang.startswith("en"))
    library.check_languages(drafts[0].lang, drafts[1].lang)
    return library.create_bitext(ws, drafts[0], drafts[1], title=title or path.stem)


def import_linked(
    ws: Workspace, files: tuple[Path, Path], links: Path, *, title: str = "",
    langs: tuple[str, str] = ("", ""),
) -> Bitext:  # fmt: skip
    """Pair two divided texts as a file of links says: a ladder, lists, or InterText's XML.

    files: one sentence a line, or InterText documents; the one the links name first is first.

    Raises:
        BadInput: a file is broken, or the links do not fit the texts; nothing is stored.
    """
    form = kind_of(links)
    with links.open("rb") as stream, named(links):
        if form == "intertext links":
            documents = _document(files[0]), _document(files[1])
            found = read_links(stream, Findings(form))
            beads, confirmed = intertext_beads(found, documents), [man for *_, man in found]
            sides = tuple(_side_of(doc, file) for doc, file in zip(documents, files, strict=True))
        else:
            beads = read_beads(decode(stream.read()).content)
            confirmed = [False] * len(beads)
            sides = tuple(_side_of(_lines(file), file) for file in files)
    for side, lang in zip(sides, langs, strict=True):
        side.lang = lang or side.lang
    with named(links):
        sizes = len(sides[0].ends), len(sides[1].ends)
        check_tiling(beads, *sizes)
    rows = [
        ReviewBead(new_id(), sides[0].characters(bead.src), sides[1].characters(bead.tgt), right)
        for bead, right in zip(beads, confirmed, strict=True)
    ]
    if sides[0].lang[:2] == "en":  # the original is the Chinese
        sides = sides[::-1]
        rows = [replace(row, src=row.tgt, tgt=row.src) for row in rows]
    drafts = [side.draft(ws, title or links.stem) for side in sides]
    bitext = library.create_bitext(ws, drafts[0], drafts[1], title=title or links.stem)
    _store(ws, bitext, (sides[0], sides[1]), rows, [], Findings(form))
    return bitext


def _document(file: Path) -> Sentences:
    with file.open("rb") as stream, named(file):
        return read_document(stream, Findings("intertext text"))


def _lines(file: Path) -> Sentences:
    with file.open("rb") as stream, named(file):
        content = decode(stream.read()).content
    # Not `splitlines`: other tools count only these as the end of a line.
    lines = re.split("\r\n|[\r\n]", content)
    if not lines[-1]:
        del lines[-1]
    return {str(number): (number, line) for number, line in enumerate(lines)}


def _side_of(sentences: Sentences, file: Path) -> "_Side":
    words = "\n".join(text for _, text in sentences.values())
    side = _Side(guess_language(words).lang)
    paragraph = -1
    for number, text in sentences.values():
        side.add(Segment(side.lang, text), new_paragraph=number != paragraph)
        paragraph = number
    return side


class _Side:
    """One language growing into a text, segment by segment."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.parts: list[str] = []
        self.ends: list[int] = []
        self.paragraphs: list[int] = []
        self.tags: list[tuple[int, Tag]] = []
        self._at = 0

    def take(self, unit: Unit) -> Span:
        """Add a unit's words and say where they are; an empty span when it has none."""
        found = next((s for s in unit.segments if s.lang == self.lang), None)
        if found is None or not found.text.strip():
            return Span(self._at, self._at)
        return self.add(found)

    def add(self, segment: Segment, *, new_paragraph: bool = True) -> Span:
        """Add a segment and say where it is. Each stands on a line of its own."""
        start = self._at
        self.tags += [(start + tag.at, tag) for tag in segment.tags]
        self.parts.append(segment.text + "\n")
        self._at += len(segment.text) + 1
        if self.paragraphs and not new_paragraph:
            self.paragraphs.pop()
        self.paragraphs.append(self._at)
        self.ends.append(self._at)
        return Span(start, self._at)

    def characters(self, run: Span) -> Span:
        """A run of segments as characters; an empty one keeps its place."""
        return characters(run, self.ends)

    @property
    def division(self) -> Segmentation:
        """Each segment a sentence."""
        paragraphs, sentences = _tiles(self.paragraphs), _tiles(self.ends)
        return Segmentation(paragraphs, sentences, (Role.BODY,) * len(paragraphs))

    def draft(self, ws: Workspace, title: str) -> Draft:
        """The text, ready to be stored."""
        content = "".join(self.parts)
        lang = {"zh": "zh-CN", "en": "en-US"}.get(self.lang, self.lang)
        data = content.encode()
        known = ws.catalogue.by_hash(hashlib.sha256(data).hexdigest())
        return Draft(content, data, "utf-8", (), title, lang, 1.0, self.division, known)


def _tiles(ends: list[int]) -> tuple[Span, ...]:
    return tuple(Span(a, b) for a, b in zip([0, *ends], ends, strict=False))


def languages_of(name: str, findings: Findings, langs: tuple[str, str]) -> tuple[str, str]:
    """Which of the file's languages to take, the source first; the Chinese one by default."""
    chosen = []
    for wanted, language in zip(langs, ("zh", "en"), strict=True):
        there = sorted(
            lang
            for lang in findings.langs
            if lang == wanted or (not wanted and lang.split("-")[0] == language)
        )
        if len(there) != 1:
            held = ", ".join(sorted(filter(None, findings.langs))) or "none"
            problem = "several of them fit" if there else "none of them fits"
            raise BadInput(
                f"{name} holds the languages {held}, and {problem} as "
                f"{'Chinese' if language == 'zh' else 'English'}; "
                f"name the two to take with --src-lang and --tgt-lang."
            )
        chosen.append(there[0])
    return chosen[0], chosen[1]


def _is_confirmed(unit: Unit) -> bool:
    return unit.state in _CONFIRMED or any(
        kind == "x-status" and value in _CONFIRMED for kind, value in unit.props
    )


def _comment(bead: ReviewBead, note: str) -> Annotation:
    src, tgt = (span if len(span) else None for span in (bead.src, bead.tgt))
    return Annotation(AnnotationKind.COMMENT, src, tgt, note.strip()[:NOTE_LIMIT])


def _store(
    ws: Workspace,
    bitext: Bitext,
    sides: tuple[_Side, _Side],
    beads: list[ReviewBead],
    notes: list[Annotation],
    findings: Findings,
) -> None:
    """Make the rows the state of the bitext, unless it has one: an import never overwrites."""
    source = " ".join(filter(None, ("import", findings.format, findings.version, findings.tool)))
    values: dict[tuple[str, str], Any] = {
        ("segments", "src"): segmentation_value(sides[0].division),
        ("segments", "tgt"): segmentation_value(sides[1].division),
        ("meta", "alignment"): {"signature": source},
    }
    values |= {("beads", bead.id): bead.to_json() for bead in beads}
    values |= {("annotations", new_id()): note.to_json() for note in notes}
    for name, side in zip(("src", "tgt"), sides, strict=True):
        for number, (at, tag) in enumerate(side.tags):
            values["tags", f"{name}:{number}"] = asdict(tag) | {"at": at}
    changes = tuple(Change(*key, None, value) for key, value in values.items())
    operation = Operation(new_id(), IMPORT, WORKBENCH, now(), changes)
    with ws.db.write() as session:
        if ws.state(bitext.id, session).seq:
            raise BadInput(
                f"These two texts are already the bitext {bitext.id}, with rows of its own; "
                "nothing was imported."
            )
        repository.append(session, bitext.id, operation)
    ws.save_portable(bitext.id)


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Says which file it was when reading it fails."""
    try:
        yield
    except BadInput as error:
        raise BadInput(f"{path.name}: {error}") from None
