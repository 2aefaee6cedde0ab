"""A bitext as JSON Lines: everything that is known of it, one thing a line.

data/bitext.schema.json describes every line. The rows hold their words with the white space after
them, so that joining them gives the two texts back, character for character.
"""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from workbench.domain.beads import Side
from workbench.domain.text import Span
from workbench.exchange.outgoing import ExportFormat, ExportOptions, ExportReport
from workbench.exchange.outgoing.units import SIDES
from workbench.exchange.whole import Setting, WholeBitext, WholeRow, starting_in

FORMAT, VERSION = "workbench-bitext", 1
_LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}

Record = dict[str, Any]


def write(stream: BinaryIO, bitext: WholeBitext, _: ExportOptions) -> ExportReport:
    """JSON Lines that hold everything and can be imported again; for scripts and for keeping."""
    count = 0
    for record in records(bitext):
        stream.write(line(record))
        count += 1
    stream.write(line({"record": "end", "records": count}))
    return ExportReport(units=len(bitext.rows))


JSONL = ExportFormat(write, ".jsonl", "application/jsonl")


def line(record: Record) -> bytes:
    """A record as a line that no reader takes for two."""
    text = json.dumps(record, ensure_ascii=False)
    for char, escaped in _LINE_ENDS.items():
        text = text.replace(char, escaped)
    return text.encode() + b"\n"


def records(bitext: WholeBitext) -> Iterator[Record]:
    """All records of a bitext but the last, in order."""
    yield {
        "record": "bitext",
        "format": FORMAT,
        "version": VERSION,
        "id": bitext.id,
        "title": bitext.title,
        "created_at": bitext.created_at,
        "signature": bitext.signature,
        "check_signature": bitext.check_signature,
        **_set(bitext.aligned),
    }
    for side in SIDES:
        yield from _text(bitext, side)
    for entry in bitext.roles:
        yield {
            "record": "role",
            "side": entry.side,
            "paragraph": entry.paragraph + 1,
            "role": str(entry.role),
            **_set(entry.made),
        }
    for one in bitext.values:
        place = {"collection": one.collection, "id": one.id, "value": one.value}
        yield {"record": "value", **place, **_set(one.made)}
    for row in bitext.rows:
        yield from _row(bitext, row)
    for decision in bitext.decisions:
        value = decision.decision.to_json()
        yield {"record": "decision", "flag": decision.fingerprint, **value, **_set(decision.made)}


def _text(bitext: WholeBitext, side: Side) -> Iterator[Record]:
    text = bitext.text(side)
    plain = {name: getattr(text, name) for name in ("id", "title", "lang", "sha256")}
    yield {"record": "text", "side": side, **plain, **text.about}
    division = text.division
    sentences, at = division.sentences, 0
    for number, (span, role) in enumerate(zip(division.paragraphs, division.roles, strict=True), 1):
        inside = []
        while at < len(sentences) and sentences[at].stop <= span.stop:
            inside.append(sentences[at].stop)
            at += 1
        yield {
            "record": "paragraph",
            "side": side,
            "number": number,
            "start": span.start,
            "stop": span.stop,
            "role": str(role),
            "sentences": inside,
            "datelines": [[d.start, d.stop] for d in starting_in(division.datelines, span)],
        }
    for tag in text.tags:
        yield {
            "record": "tag",
            "side": side,
            "at": tag.at,
            "kind": tag.kind,
            "name": tag.name,
            "attributes": [list(pair) for pair in tag.attributes],
            "inner": tag.inner,
        }


def _row(bitext: WholeBitext, row: WholeRow) -> Iterator[Record]:
    bead = row.bead
    yield {
        "record": "row",
        "id": row.id,
        "number": row.number,
        "group": row.group + 1,
        "role": str(row.role),
        "kind": row.kind,
        "confirmed": bead.confirmed,
        "status": str(row.standing.status),
        "signed": list(row.standing.signed),
        "probability": bead.probability,
        "score": bead.score,
        "src": _words(bead.src, bitext.src.content),
        "tgt": _words(bead.tgt, bitext.tgt.content),
        **_set(row.made),
    }
    for entry in row.flags:
        verdict = str(entry.decision.verdict) if entry.decision else ""
        yield {"record": "flag", "row": row.id, **entry.flag.to_json(), "verdict": verdict}
    for note in row.notes:
        annotation = note.annotation
        yield {
            "record": "annotation",
            "row": row.id,
            "id": note.id,
            **annotation.to_json(),
            "src_words": bitext.words("src", annotation.src),
            "tgt_words": bitext.words("tgt", annotation.tgt),
            **_set(note.made),
        }


def _words(span: Span, content: str) -> Record:
    return {"start": span.start, "stop": span.stop, "text": span.of(content)}


def _set(setting: Setting) -> Record:
    return {"author": setting.author, "made_at": setting.made_at}
