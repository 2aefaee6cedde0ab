"""Files of other tools coming in: what they are, and what they hold."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import PurePath
from typing import BinaryIO

from workbench.domain.alignment import Bead
from workbench.errors import BadInput
from workbench.exchange.incoming.intertext import read_document, read_links
from workbench.exchange.incoming.mixed import read_blocks, recognise_mixed
from workbench.exchange.incoming.mqm import is_mqm, read_mqm
from workbench.exchange.incoming.rungs import is_lists, is_rung, read_ladder, read_lists
from workbench.exchange.incoming.values import Findings, Unit
from workbench.exchange.incoming.xml import head_of, root_name
from workbench.exchange.whole import WholeBitext
from workbench.progress import Progress, silent
from workbench.registry import Registry

Reader = Callable[[BinaryIO, Findings], Iterator[Unit]]
WholeReader = Callable[[BinaryIO], WholeBitext | None]

bilingual_formats: Registry[Reader] = Registry(
    "bilingual format",
    {
        "tmx": "workbench.exchange.incoming.tmx:read_tmx",
        "xliff": "workbench.exchange.incoming.xliff:read_xliff",
        "tbx": "workbench.exchange.incoming.tbx:read_tbx",
        "table": "workbench.exchange.incoming.mixed:read_table",
        "alternating": "workbench.exchange.incoming.mixed:read_alternating",
    },
)

whole_formats: Registry[WholeReader] = Registry(
    "format of whole bitexts",
    {
        "jsonl": "workbench.exchange.incoming.jsonl:read_jsonl",
        "xliff": "workbench.exchange.incoming.whole_xliff:read_whole_xliff",
    },
)
"""Formats of ours that bring everything back; None for a file that another tool wrote."""

_ROOTS = {
    "tmx": "tmx",
    "xliff": "xliff",
    "martif": "tbx",
    "tbx": "tbx",
    "linkGrp": "intertext links",
}
_ENDINGS = {
    ".tmx": "tmx",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".sdlxliff": "xliff",
    ".mxliff": "xliff",
    ".mqxliff": "xliff",
    ".tbx": "tbx",
}
_SHOWN = {"tmx": "TMX", "xliff": "XLIFF", "tbx": "TBX", "intertext links": "InterText links"}
_EVERY = 1000  # units between two reports of progress


def recognise(stream: BinaryIO, name: str = "") -> str:
    """What kind of file it is, by its content; "" when it is a text, to be read as such.

    Besides the bilingual formats: "intertext links", "intertext text", "lists" (vecalign,
    bertalign), "ladder" (hunalign), and "blocks" (one language below the other). `stream` is left
    at its beginning.

    Raises:
        BadInput: it has the name of one format and the content of another, or of none.
    """
    head = head_of(stream)
    if head.startswith("{") and '"workbench-bitext"' in head.partition("\n")[0]:
        return "jsonl"
    if is_mqm(head):
        return "mqm"
    root = root_name(head)
    found = _ROOTS.get(root, "")
    if root == "text" and "<s " in head:
        found = "intertext text"
    promised = _ENDINGS.get(PurePath(name).suffix.lower(), "")
    if promised and found != promised:
        _refuse(name, promised, found, root, head)
    if found or root:
        return found
    lines = [line for line in head.splitlines()[:-1][:20] or head.splitlines() if line.strip()]
    if lines and all(is_lists(line) for line in lines):
        return "lists"
    if lines and all(is_rung(line) for line in lines):
        return "ladder"
    return recognise_mixed(stream, name)


def _refuse(name: str, promised: str, found: str, root: str, head: str) -> None:
    wanted = _SHOWN[promised]
    if found in _SHOWN:
        raise BadInput(
            f"{name} is {_SHOWN[found]}, not {wanted}; give the file the ending of its format."
        )
    if not head.strip("\x00 \t\r\n"):
        raise BadInput(f"{name} is empty; save it again from the tool that it is from.")
    if head.startswith(("\x1f", "PK\x03\x04", "7z")):
        raise BadInput(f"{name} is packed; unpack it, and take the {wanted} file that is in it.")
    what = f"its first element is “{root}”" if root else "it is not XML"
    raise BadInput(f"{name} is no {wanted} file ({what}); save it again from its tool.")


def read_units(stream: BinaryIO, form: str, findings: Findings) -> Iterator[Unit]:
    """The units of a file, one after the other, counted in `findings` as they pass.

    Raises:
        BadInput: the file is broken; says where. What came before is not worth keeping.
    """
    for unit in bilingual_formats.get(form)(stream, findings):
        findings.count(unit)
        yield unit


def survey(stream: BinaryIO, form: str, progress: Progress = silent) -> Findings:
    """Read a whole file and keep only what is known of it.

    Raises:
        BadInput: as for `read_units`.
        Stopped: through `progress`.
    """
    findings = Findings(form)
    whole = read_whole(stream, form)
    if whole:
        return findings_of(whole, form)
    if form not in bilingual_formats:
        findings.units = _count(stream, form, findings)
        return findings
    units = read_units(stream, form, findings)
    while any(True for _ in islice(units, _EVERY)):
        progress("Reading", findings.units, 0)
    _look_at_languages(findings)
    return findings


def read_whole(stream: BinaryIO, form: str) -> WholeBitext | None:
    """Everything a file of ours holds; None when it is not ours, and rewound.

    Raises:
        BadInput: it is ours and damaged.
    """
    if form not in whole_formats:
        return None
    whole = whole_formats.get(form)(stream)
    stream.seek(0)
    return whole


def findings_of(whole: WholeBitext, form: str) -> Findings:
    """What is known of a whole bitext before it is stored."""
    findings = Findings(form, tool="Workbench", src_lang=whole.src.lang, units=len(whole.rows))
    for side, text in (("src", whole.src), ("tgt", whole.tgt)):
        findings.langs[text.lang] = sum(bool(len(getattr(r.bead, side))) for r in whole.rows)
        findings.tags += len(text.tags)
    findings.one_sided = sum(not row.is_pair for row in whole.rows)
    moments = sorted(filter(None, (row.made.made_at for row in whole.rows)))
    findings.first, findings.last = (moments[0], moments[-1]) if moments else ("", "")
    for count, what in (
        (sum(len(row.notes) for row in whole.rows), "annotations"),
        (sum(len(row.flags) for row in whole.rows), "flags"),
        (len(whole.decisions), "decisions"),
    ):
        if count:
            findings.remarks[f"It holds {count} {what}."] += 1
    return findings


def _count(stream: BinaryIO, form: str, findings: Findings) -> int:
    """How many beads, links or sentences a file holds that needs others beside it."""
    if form == "intertext links":
        return len(read_links(stream, findings))
    if form == "intertext text":
        return len(read_document(stream, findings))
    if form == "blocks":
        halves = [len(half.splitlines()) for half in read_blocks(stream.read())]
        findings.remarks[
            f"One language below the other: {halves[0]} and {halves[1]} paragraphs."
        ] += 1
        return max(halves)
    if form == "mqm":
        return sum(1 for _ in read_mqm(stream.read().decode("utf-8-sig", "replace")))
    return len(read_beads(stream.read().decode("utf-8-sig", "replace")))


def read_beads(text: str) -> list[Bead]:
    """The beads of a file of lists or rungs. Raises BadInput, naming the line."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    return read_lists(lines) if is_lists(first) else read_ladder(lines)


def _look_at_languages(findings: Findings) -> None:
    chinese = {lang for lang in (findings.src_lang, *findings.langs) if lang.startswith("zh-")}
    taiwan = {lang for lang in chinese if lang in ("zh-TW", "zh-HK", "zh-MO") or "Hant" in lang}
    if taiwan and chinese - taiwan:
        findings.warnings[
            f"It holds both {', '.join(sorted(chinese - taiwan))} and "
            f"{', '.join(sorted(taiwan))}; say which of them is wanted."
        ] += 1
