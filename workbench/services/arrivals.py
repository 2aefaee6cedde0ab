"""Files that hold more than one text: what they are, what is in them, and what can be done.

The page and the command line look into a file here, and store it here once somebody said how.
"""

from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from workbench.errors import BadInput, UsageError
from workbench.exchange.incoming import findings_of, read_units, read_whole
from workbench.exchange.incoming.mixed import read_blocks
from workbench.exchange.incoming.values import Findings
from workbench.exchange.whole import WholeBitext
from workbench.progress import Progress, silent
from workbench.services import bilingual, memories, packet_import, term_import
from workbench.services.mqm import import_mqm
from workbench.services.workspace import Workspace

SHOWN = 8  # units of a file that are shown before it is stored
NOTES = "notes"
Pairs = tuple[tuple[str, str], ...]

ROWS, TEXTS, MEMORY, TERMS, ERRORS, COMMENTS, LINKS = WAYS = (
    "rows",
    "texts",
    "memory",
    "terms",
    "errors",
    "comments",
    "links",
)
"""What can become of a file: rows of a bitext as they are paired there, two texts to align, a
memory for the concordance, entries of the term list, errors or comments of a bitext, or the links
between two divided texts."""

_WAYS = {
    "tmx": (ROWS, MEMORY),
    "xliff": (ROWS, MEMORY),
    "table": (ROWS, MEMORY, TERMS),
    "alternating": (ROWS, MEMORY),
    "jsonl": (ROWS,),
    "blocks": (TEXTS,),
    "tbx": (TERMS,),
    "mqm": (ERRORS,),
    NOTES: (COMMENTS,),
    "lists": (LINKS,),
    "ladder": (LINKS,),
    "intertext links": (LINKS,),
    "intertext text": (),
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was looked into and not stored.

    ways: what can become of it, the usual one first; none for a file that needs others beside it.
    langs: of the Chinese and the English in it, "" where that must be said. pairs: the first.
    """

    form: str
    findings: Findings
    ways: tuple[str, ...]
    langs: tuple[str, str] = ("", "")
    pairs: Pairs = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """How a file is to be stored. bitext: the one that errors are about."""

    way: str
    title: str = ""
    langs: tuple[str, str] = ("", "")
    bitext: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a file became. bitext: the id of the one it is, or is about; "" for none."""

    way: str
    bitext: str = ""
    findings: Findings = field(default_factory=lambda: Findings(""))


def kind_of(path: Path) -> str:
    """What kind of file of several texts it is, "" for a text or a document.

    Raises:
        BadInput: it can't be read, or has the name of one format and the content of another.
    """
    return NOTES if packet_import.is_packet(path) else bilingual.kind_of(path)


def look(ws: Workspace, path: Path, form: str, progress: Progress = silent) -> Arrival:
    """What is in a file, without storing anything.

    Raises:
        BadInput: it is broken; says where.
    """
    if form == NOTES:
        return _comments(ws, path)
    if form == "tbx":
        return _terms(ws, path)
    with path.open("rb") as stream, bilingual.named(path):
        whole = read_whole(stream, form)
    if whole:
        langs = (whole.src.lang, whole.tgt.lang)
        return Arrival(form, findings_of(whole, form), (ROWS,), langs, _rows(whole))
    findings = bilingual.look_into(path, form, progress)
    if form == "blocks":
        halves = read_blocks(path.read_bytes())
        first = [half.splitlines()[:SHOWN] for half in halves]
        return Arrival(form, findings, _WAYS[form], pairs=tuple(zip(*first, strict=False)))
    if form not in memories.KINDS:
        return Arrival(form, findings, _WAYS.get(form, ()))
    langs = _languages(path, findings)
    ways = tuple(way for way in _WAYS[form] if way != TERMS or path.suffix.lower() != ".docx")
    return Arrival(form, findings, ways, langs, _pairs(path, form, langs))


def store(
    ws: Workspace, path: Path, form: str, choice: Choice, progress: Progress = silent
) -> Stored:
    """Store a file in one of its ways, all of it or nothing.

    Raises:
        UsageError: it can't be stored that way.
        BadInput: it is broken, or does not hold what that way needs.
    """
    if choice.way not in _WAYS.get(form, ()):
        raise UsageError(f"{path.name} can't be stored as {choice.way!r}.")
    if choice.way == ROWS:
        bitext, findings = bilingual.import_bitext(
            ws, path, form, title=choice.title, langs=choice.langs, progress=progress
        )
        return Stored(ROWS, bitext.id, findings)
    if choice.way == TEXTS:
        findings = bilingual.look_into(path, form)
        return Stored(TEXTS, bilingual.import_blocks(ws, path, title=choice.title).id, findings)
    if choice.way == MEMORY:
        _, findings = memories.import_memory(
            ws, path, form, title=choice.title, langs=choice.langs, progress=progress
        )
        return Stored(MEMORY, findings=findings)
    if choice.way == TERMS:
        term_import.import_terms(ws, path)
        return Stored(TERMS)
    if choice.way == ERRORS:
        import_mqm(ws, choice.bitext, path)
        return Stored(ERRORS, choice.bitext)
    if choice.way == COMMENTS:
        return Stored(COMMENTS, packet_import.import_notes(ws, path).bitext.id)
    raise UsageError(f"{path.name} links two texts; bring them together with it.")


def _rows(whole: WholeBitext) -> Pairs:
    beads = [row.bead for row in whole.rows[:SHOWN]]
    return tuple(
        (whole.words("src", bead.src).strip(), whole.words("tgt", bead.tgt).strip())
        for bead in beads
    )


def _languages(path: Path, findings: Findings) -> tuple[str, str]:
    try:
        return bilingual.languages_of(path.name, findings, ("", ""))
    except BadInput:
        return "", ""  # the person says which


def _pairs(path: Path, form: str, langs: tuple[str, str]) -> Pairs:
    found = []
    with path.open("rb") as stream, bilingual.named(path):
        for unit in islice(read_units(stream, form, Findings(form)), SHOWN):
            words = {segment.lang: segment.text.strip() for segment in unit.segments}
            shown = [words.get(lang, "") for lang in langs] if all(langs) else [*words.values()]
            first, second, *_ = [*shown, "", ""]
            found.append((first, second))
    return tuple(found)


def _terms(ws: Workspace, path: Path) -> Arrival:
    preview = term_import.preview_terms(ws, path)
    findings = Findings("tbx", units=len(preview.findings.terms))
    findings.remarks.update(preview.findings.remarks)
    findings.skipped.update(preview.findings.skipped)
    for count, what in (
        (len(preview.added), "terms would be added."),
        (len(preview.changed), "terms would get further renderings."),
        (preview.same, "terms are there already."),
    ):
        if count:
            findings.remarks[f"{count} {what}"] += 1
    terms = preview.findings.terms[:SHOWN]
    pairs = tuple((term.src, term.preferred) for term in terms)
    return Arrival("tbx", findings, _WAYS["tbx"], pairs=pairs)


def _comments(ws: Workspace, path: Path) -> Arrival:
    brought = packet_import.import_notes(ws, path, dry_run=True)
    findings = Findings(NOTES, units=brought.added + brought.known)
    findings.remarks[f"Comments by {brought.author} on {brought.bitext.title}."] += 1
    if brought.known:
        findings.remarks[f"{brought.known} of them are there already."] += 1
    findings.skipped.update(f"Its words are not at their place: {w}" for w in brought.astray)
    return Arrival(NOTES, findings, _WAYS[NOTES])
