"""Damaged files for every reader, in a process of its own with bounds on memory and time.

`python -m tests.fuzzing SEED ROUNDS` damages each sample ROUNDS times and prints, by reader, how
many were read and how many refused. It ends with 1 at the first exception that is not ours, and
dies when a file takes too long or too much memory.
"""

import io
import json
import random
import resource
import signal
import sys
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bitexts import make_bitext
from tests.support import SHARED
from tests.unit.test_documents import pdf
from workbench.domain.terms import Term
from workbench.errors import WorkbenchError
from workbench.exchange import portable, typology
from workbench.exchange.decoding import decode
from workbench.exchange.documents import Wishes, document_formats, document_kind
from workbench.exchange.incoming.mqm import read_mqm
from workbench.exchange.incoming.terms import read_terms
from workbench.exchange.outgoing import ExportOptions, export_formats
from workbench.exchange.outgoing.terms import term_formats
from workbench.services import arrivals, library
from workbench.services.packet_import import MARK
from workbench.services.workspace import Workspace

MEMORY = 1_500_000_000  # bytes above what the imports need
SECONDS = 30  # for one file
MANY = 50  # rounds from which on files of other tools are damaged too
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LINES = [f"第{n}轮会谈于2025年5月{n}日举行。" for n in range(8)]
ENGLISH = [f"Round {n} of the talks was held on {n} May 2025." for n in range(8)]
XLIFF = """<xliff version="1.2" xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0">
<file source-language="zh-CN" target-language="en-US"><body><trans-unit id="2">
<source>乙。丙。</source>
<seg-source><mrk mtype="seg" mid="1">乙。</mrk><mrk mtype="seg" mid="2">丙<x id="3"/>。</mrk>
</seg-source>
<target><mrk mtype="seg" mid="1">B.</mrk><mrk mtype="seg" mid="2">C<x id="3"/>.</mrk></target>
<sdl:seg-defs><sdl:seg id="1" conf="Translated"><sdl:value key="created_on">05/09/2025</sdl:value>
</sdl:seg></sdl:seg-defs></trans-unit></body></file></xliff>"""
PAGE = (
    "<html><body><nav>Home</nav><article><h1>Talks</h1><ul><li>{}</li></ul></article></body></html>"
)
TERMS = [Term("主席", "chairman", ("chair",), ("boss",), "high", "n", "s")] * 3
EXPORTS = {
    "tmx": "a.tmx", "xliff": "a.xlf", "xliff1": "a.xlf", "jsonl": "a.jsonl", "mqm": "a.tsv",
    "csv": "a.csv", "docx": "a.docx", "xlsx": "a.xlsx", "html": "a.html",
}  # fmt: skip


def samples():
    """Name of the sample, name of the file, content: something for each reader."""
    bitext = make_bitext(random.Random(5))
    for form, name in EXPORTS.items():
        stream = io.BytesIO()
        export_formats.get(form).write(stream, bitext, ExportOptions())
        yield form, name, stream.getvalue()
    for form in ("intertext", "vecalign", "hunalign"):
        stream = io.BytesIO()
        export_formats.get(form).write(stream, bitext, ExportOptions())
        with zipfile.ZipFile(stream) as archive:
            for number, name in enumerate(sorted(archive.namelist())):
                yield (
                    f"{form} {number}",
                    "a.xml" if form == "intertext" else "a",
                    archive.read(name),
                )
    for form in term_formats:
        stream = io.BytesIO()
        term_formats.get(form)(stream, TERMS)
        yield f"terms {form}", f"a.{form}", stream.getvalue()
    yield "sdlxliff", "a.sdlxliff", XLIFF.encode()
    yield "bertalign", "a", b"[0]:[0]\n[1, 2]:[1]\n[]:[2]\n"
    for encoding in ("utf-8", "gb18030", "big5", "utf-16", "utf-16-le"):
        text = "\n".join(LINES).replace("谈", "").replace("举", "").replace("轮会", "")
        yield encoding, "a.txt", text.encode(encoding)
    yield (
        "alternating",
        "a.txt",
        "\n".join(w for p in zip(LINES, ENGLISH, strict=True) for w in p).encode(),
    )
    yield "blocks", "a.txt", "\n".join([*LINES, *ENGLISH]).encode()
    yield "markdown", "a.md", ("# Talks\n\n" + "\n\n".join(f"* **{w}**" for w in ENGLISH)).encode()
    yield "web page", "a.html", PAGE.format("</li><li>".join(ENGLISH)).encode()
    cues = "".join(
        f"{n + 1}\n00:00:0{n},000 --> 00:00:0{n},900\n{w}\n\n" for n, w in enumerate(LINES)
    )
    yield "srt", "a.srt", cues.encode()
    yield "vtt", "a.vtt", f"WEBVTT\n\n{cues}".encode()
    yield "pdf", "a.pdf", pdf([[(50, 20 * n + 60, w) for n, w in enumerate(ENGLISH)]] * 3)
    notes = {"workbench": MARK, "author": "Ada", "bitext": "b", "src": "", "tgt": "", "notes": []}
    yield "packet", "a.json", json.dumps(notes).encode()


def others():
    """Files that other tools wrote, where they are at hand."""
    for folder in ("tmx", "xliff", "tbx", "intertext", "ladder"):
        for path in sorted((SHARED / "interop" / folder).glob("*.*")):
            if path.name != "manifest.tsv":
                yield path.name, path.name, path.read_bytes()


def damaged(chance: random.Random, data: bytes) -> bytes:
    """A copy with some of its bytes changed; of an archive, those of one part."""
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.8:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = chance.choice(sorted(parts))
        parts[name] = _bytes(chance, parts[name])
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in parts.items():
                archive.writestr(part, content)
        return stream.getvalue()
    return _bytes(chance, data)


TOKENS = (
    b"<", b">", b"&", b"]]>", b'"', b"\x00", b"\xff\xfe", b"-1", b"99999999999999999999", b"1e999",
    b"null", b"[]", b"{}", b"\xf0\x9f", b"&#0;", b"&#xD800;", b"\r", b"\t", b"%s", b"NaN", b"",
)  # fmt: skip


def _bytes(chance: random.Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at = chance.randrange(len(out) + 1)
        size = chance.choice((1, 4, 30, 300))
        choice = chance.randrange(6)
        if choice == 0 and at < len(out):
            out[at] = chance.randrange(256)
        elif choice == 1:
            del out[at : at + size]
        elif choice == 2:
            out[at:at] = out[at : at + size] * chance.choice((2, 50))
        elif choice == 3:
            out[at : at + chance.randrange(4)] = chance.choice(TOKENS)
        elif choice == 4:
            del out[at:]
        else:
            other = chance.randrange(len(out) + 1)
            out[at:at] = out[other : other + size]
    return bytes(out)


def take(ws: Workspace, sample: str, name: str, data: bytes, folder: Path) -> bool:
    """Bring a file to all readers that it could come to; whether any of them refused it."""
    path = folder / name
    path.write_bytes(data)
    refused = [_refuses(lambda: _look(ws, path)), _refuses(lambda: _document(data, name))]
    refused.append(_refuses(lambda: library.read_draft(ws, data, name=name)))
    if sample.startswith("terms") or name.endswith((".csv", ".xlsx")):
        refused.append(_refuses(lambda: read_terms(data, name)))
    if sample == "mqm":
        refused.append(_refuses(lambda: list(read_mqm(decode(data).content))))
    if sample in ("jsonl", "packet"):
        refused.append(_refuses(lambda: portable.load(data, name)))
        refused.append(_refuses(lambda: typology.load(data.decode("utf-8", "replace"), name)))
    return any(refused)


def _refuses(read: Callable[[], object]) -> bool:
    try:
        read()
    except WorkbenchError as error:
        if not str(error).strip():
            raise ValueError("an error without a sentence") from error
        return True
    return False


def _look(ws: Workspace, path: Path) -> None:
    form = arrivals.kind_of(path)
    if form:
        arrivals.look(ws, path, form)


def _document(data: bytes, name: str) -> None:
    kind = document_kind(data, name)
    for wishes in (Wishes(), Wishes(True, "original")) if kind else ():
        document_formats.get(kind)(data, wishes)
    if not kind:
        decode(data)


def main(seed: int, rounds: int) -> int:
    """Damage and read; 1 when something went wrong that should not."""
    found, wrong = {}, {}
    with TemporaryDirectory() as folder:
        ws = Workspace.init(Path(folder) / "w")
        every = [*samples(), *(others() if rounds >= MANY else ())]
        for sample, name, data in every:  # also loads what the readers load
            take(ws, sample, name, data, Path(folder))
        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = used * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        before = stored(ws)
        for sample, name, data in every:
            chance = random.Random(f"{seed} {sample}")
            outcomes = found[sample] = Counter()
            for number in range(rounds):
                bad = damaged(chance, data)
                signal.alarm(SECONDS)
                try:
                    refused = take(ws, sample, name, bad, Path(folder))
                    outcomes["refused" if refused else "read"] += 1
                except Exception as error:
                    frame = traceback.extract_tb(error.__traceback__)[-1]
                    which = f"{sample}, seed {seed}, round {number}: {bad[:200]!r}\n"
                    wrong[type(error), frame.filename, frame.lineno] = (
                        which + traceback.format_exc()
                    )
                finally:
                    signal.alarm(0)
        if stored(ws) != before:
            wrong["stored"] = "Looking stored something."
    sys.stderr.write("\n".join(wrong.values()))
    sys.stdout.write(json.dumps(found))
    return bool(wrong)


def stored(ws: Workspace) -> list[str]:
    """What a workspace holds, as names of files and of bitexts."""
    files = [str(p.relative_to(ws.root)) for p in (ws.root / "texts").rglob("*")]
    return sorted(files + [shelf.id for shelf in library.shelves(ws)])


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
