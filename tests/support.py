"""What several tests need: a workspace with the sample, aligned by its gold."""

import ast
import json
import re
import shutil
from pathlib import Path

from workbench.domain.alignment import Alignment, Bead
from workbench.domain.beads import ReviewBead
from workbench.domain.operations import WORKBENCH, Operation, apply, new_id
from workbench.domain.reading import rows
from workbench.domain.review import Flag, Severity
from workbench.domain.text import Span
from workbench.evaluate.long_text import long_text
from workbench.segment import segment
from workbench.services import aligning, checking, library, review, versions
from workbench.services.checking import StoredFlag
from workbench.services.store import now
from workbench.services.workspace import Workspace
from workbench.storage import repository

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
READOUT = SHARED / "texts" / "readout-2025-05"
READOUT_GOLD = SHARED / "gold" / "readout-2025-05"
SAMPLE = "lanting-visit"
GOLD = ROOT / "alignments" / "gold"
COMMENTARY = 7  # sentences in front of the sample's translation


def read_gold(path: Path) -> tuple[Bead, ...]:
    """Beads from lines `[src]:[tgt]`; empty sides are placed where they stand."""
    beads, src_at, tgt_at = [], 0, 0
    for line in path.read_text(encoding="utf-8").splitlines():
        src, tgt = (ast.literal_eval(part) for part in line.split(":"))
        src_stop = src[-1] + 1 if src else src_at
        tgt_stop = tgt[-1] + 1 if tgt else tgt_at
        beads.append(Bead(Span(src_at, src_stop), Span(tgt_at, tgt_stop), 0.97, 3.1))
        src_at, tgt_at = src_stop, tgt_stop
    return tuple(beads)


def sample_workspace(folder: Path) -> Workspace:
    """A workspace with the sample's texts, not aligned."""
    shutil.copytree(ROOT / "texts", folder / "texts")
    (folder / "alignments").mkdir()
    return Workspace(folder)


def align_by_gold(ws: Workspace, bitext_id: str = SAMPLE) -> None:
    """Give the sample its gold alignment, without an encoder."""
    keep_alignment(ws, bitext_id, read_gold(GOLD / f"{bitext_id}.sentences.align"))


def keep_alignment(ws: Workspace, bitext_id: str, beads: tuple[Bead, ...]) -> None:
    """Give a bitext these beads, as if the aligner had found them."""
    bitext = library.find_bitext(ws, bitext_id)
    texts = (ws.text(bitext.src_id), ws.text(bitext.tgt_id))
    divisions = tuple(segment(text.content, text.lang) for text in texts)
    sizes = [len(division.sentences) for division in divisions]
    alignment = Alignment(beads, *sizes, "gold")
    tgt = aligning.with_commentary(alignment, *divisions)
    with ws.db.write() as session:
        state = ws.state(bitext_id, session)
        changes = aligning.alignment_changes(state, (divisions[0], tgt), alignment)
        operation = Operation(new_id(), "align", WORKBENCH, now(), changes)
        state = apply(state, repository.append(session, bitext_id, operation))
    ws.remember(bitext_id, state)
    ws.save_portable(bitext_id)


OTHER = "the-foreign-ministry-s-version"


def add_other_version(ws: Workspace) -> str:
    """The sample with a second English version, aligned by gold; the id of its bitext.

    It has no commentary in front, and its first two pairs of the body are one.
    """
    content = ws.text(f"{SAMPLE}.en").content
    sentences = segment(content, "en-US").sentences
    start = sentences[COMMENTARY].start
    other = content[start:].replace("Sowen", "Minister Sowen")
    draft = library.read_draft(ws, other.encode())
    bitext = versions.add_version(ws, SAMPLE, draft, title="The Foreign Ministry's version")
    gold = read_gold(GOLD / f"{SAMPLE}.sentences.align")[COMMENTARY:]
    beads = [Bead(b.src, b.tgt.shift(-COMMENTARY), b.probability, b.score) for b in gold]
    first = Bead(Span(0, beads[1].src.stop), Span(0, beads[1].tgt.stop), 0.9, 2.0)
    keep_alignment(ws, bitext.id, (first, *beads[2:]))
    return bitext.id


def long_workspace(folder: Path, rows: int) -> str:
    """A workspace with a long text of as many rows; the id of its bitext."""
    ws = Workspace.init(folder)
    sides = [library.read_draft(ws, side.encode()) for side in long_text(rows)]
    bitext = library.create_bitext(ws, sides[0], sides[1], title="long")
    beads = tuple(Bead(Span(n, n + 1), Span(n, n + 1), 0.97, 3.1) for n in range(rows))
    keep_alignment(ws, bitext.id, beads)
    return bitext.id


def copy_workspace(template: Path, folder: Path) -> Workspace:
    """A workspace of its own with everything that another one holds."""
    shutil.copytree(template, folder)
    return Workspace(folder)


def edit(
    ws: Workspace,
    kind: str,
    *,
    author="Lin",
    seen=None,
    id="",  # noqa: A002
    unseen=(),
    bitext=SAMPLE,
    **args,
) -> int:
    """One edit, of the sample unless said, by somebody who saw its latest state; its number."""
    seen = ws.state(bitext).seq if seen is None else seen
    return review.perform(
        ws, bitext, kind, args, author=author, seen=seen, operation_id=id or new_id(), unseen=unseen
    )


def rows_of(ws: Workspace) -> tuple[ReviewBead, ...]:
    """The sample's rows as they stand."""
    return rows(ws.state(SAMPLE)).beads


def plant_flags(ws: Workspace, *flags: Flag) -> list[StoredFlag]:
    """Give the sample these flags, as if a check had found them."""
    placed = checking.place(list(flags), checking.aligned_texts(ws, SAMPLE))
    with ws.db.write() as session:
        repository.replace_flags(session, SAMPLE, [flag.to_json() for flag in placed])
        repository.update_bitext(session, SAMPLE, checked_seq=ws.state(SAMPLE).seq)
    return placed


def flag_on(row: str, *, src=Span(0, 2), tgt=Span(0, 3), detector="numbers") -> Flag:  # noqa: B008
    """A flag on the first words of a row."""
    return Flag(
        detector,
        row,
        "accuracy/number",
        Severity.MAJOR,
        src,
        tgt,
        "120 became 12.",
        "120 成了 12。",
    )


class Reader:
    """Somebody at the pages: a test client that carries the token of the page it opened."""

    def __init__(self, app) -> None:
        self.client = app.test_client()
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.client.get("/").text)
        self.token = found[1]

    def get(self, url, **more):
        """Open a page or fetch an answer."""
        return self.client.get(url, buffered=True, **more)

    def send(self, url, value, **headers):
        """What a script of the page sends: JSON, with the token."""
        headers = {"X-CSRFToken": self.token, "Accept": "application/json"} | headers
        return self.client.post(url, json=value, headers=headers, buffered=True)

    def submit(self, url, **fields):
        """What a form of the page sends."""
        return self.client.post(url, data={"csrf_token": self.token, **fields})

    def upload(self, url, **fields):
        """What the page for adding texts sends: bytes, or a name with bytes, become files."""
        body = b""
        for name, value in fields.items():
            called, value = value if isinstance(value, tuple) else ("pasted", value)
            file = "" if isinstance(value, str) else f'; filename="{called}"'
            body += (
                f'--edge\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode()
            )
            body += (value.encode() if isinstance(value, str) else value) + b"\r\n"
        headers = {
            "X-CSRFToken": self.token,
            "Accept": "application/json",
            "Content-Type": "multipart/form-data; boundary=edge",
        }
        return self.client.post(url, data=body + b"--edge--\r\n", headers=headers)

    def page_data(self, bitext_id=SAMPLE):
        """What the review page tells its scripts."""
        page = self.get(f"/b/{bitext_id}").text
        return json.loads(re.search(r'id="page-data">(.*?)</script>', page, re.S)[1])

    def operate(self, kind, *, seen=None, rev=0, boot="", id="", **args):  # noqa: A002
        """An edit of the sample as the review page sends it."""
        seen = self.page_data()["seq"] if seen is None else seen
        body = {"id": id or new_id(), "kind": kind, "args": args, "seen": seen}
        return self.send(f"/b/{SAMPLE}/operations", body | {"rev": rev, "boot": boot})
