"""What is known of a bitext as named fields of text, for formats that know no better place.

Each group has a category and fields; spans are relative to their row, so that they keep their
place when another tool changes the rows around. `incoming/fields.py` puts a bitext together again.
"""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.domain.beads import Side
from workbench.domain.text import Span
from workbench.exchange.tags import Tag
from workbench.exchange.whole import (
    ABOUT,
    DecisionEntry,
    FlagEntry,
    NoteEntry,
    RoleEntry,
    Setting,
    ValueEntry,
    WholeBitext,
    WholeRow,
    WholeText,
    starting_in,
    tags_in,
)

BITEXT, TEXT, ROLE, DECISION, VALUE, ROW, FLAG, ANNOTATION, TAG = (
    f"workbench:{name}"
    for name in ("bitext", "text", "role", "decision", "value", "row", "flag", "annotation", "tag")
)
PARAGRAPH = "¶"
SIDES: tuple[Side, Side] = ("src", "tgt")

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Some fields that belong together; those that are empty are left out."""

    category: str
    fields: Fields


def file_groups(bitext: WholeBitext) -> list[Group]:
    """What holds for the whole bitext."""
    head = {name: getattr(bitext, name) for name in BITEXT_FIELDS}
    groups = [_group(BITEXT, {**head, **_set(bitext.aligned)})]
    for side in SIDES:
        text = bitext.text(side)
        plain = {name: getattr(text, name) for name in TEXT_FIELDS}
        groups.append(_group(TEXT, {"side": side, **plain}))
    groups += [_role(entry) for entry in bitext.roles]
    groups += [_decision(entry) for entry in bitext.decisions]
    groups += [_value(entry) for entry in bitext.values]
    return groups


BITEXT_FIELDS = ("id", "title", "created_at", "signature", "check_signature")
TEXT_FIELDS = ("id", "title", "lang", "sha256", *ABOUT)
FLAG_FIELDS = ("fingerprint", "detector", "category", "evidence", "evidence_zh")
NOTE_FIELDS = ("kind", "category", "note", "wording", "flag")


def row_groups(bitext: WholeBitext, row: WholeRow) -> list[Group]:
    """What holds for one row: itself, its flags and annotations, and its inline codes."""
    bead = row.bead
    fields = {
        "id": row.id,
        "role": str(row.role),
        "confirmed": "yes" if bead.confirmed else "",
        "probability": number_text(bead.probability),
        "score": number_text(bead.score),
        **_set(row.made),
    }
    groups = []
    for side in SIDES:
        fields |= _side_fields(bitext.text(side), side, row)
    groups.append(_group(ROW, fields))
    groups += [_flag(bitext, row, entry) for entry in row.flags]
    groups += [_note(bitext, row, entry) for entry in row.notes]
    for side in SIDES:
        text, span = bitext.text(side), side_of(row, side)
        for tag in tags_in(text.tags, span, len(text.content)):
            groups.append(_tag(tag, side, span.start))
    return groups


def state_of(status: str) -> str:
    """The state of XLIFF 2 for how far a row is."""
    return {"approved": "final", "draft": "translated"}.get(status, "reviewed")


def side_of(row: WholeRow, side: Side) -> Span:
    """One side of a row."""
    return row.bead.src if side == "src" else row.bead.tgt


def digest(words: str) -> str:
    """A short hash, by which it shows when another tool changed the words of a row."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _side_fields(text: WholeText, side: Side, row: WholeRow) -> Fields:
    span = side_of(row, side)
    words = span.of(text.content)
    inner = words.strip()
    start = words.index(inner) if inner else len(words)
    sentences = row.src_sentences if side == "src" else row.tgt_sentences
    datelines = starting_in(text.division.datelines, span)
    return {
        f"{side}_digest": digest(words) if words else "",
        f"{side}_before": _space(words[:start]),
        f"{side}_after": _space(words[start + len(inner) :]),
        f"{side}_sentences": _divided(text, sentences),
        f"{side}_datelines": " ".join(
            f"{d.start - span.start}-{d.stop - span.start}" for d in datelines
        ),
    }


def _divided(text: WholeText, sentences: Sequence[Span]) -> str:
    """The lengths of sentences; behind the last one of a paragraph, its mark and its role."""
    paragraphs = text.division.paragraphs
    parts = []
    for sentence in sentences:
        number = bisect_left(paragraphs, sentence.stop, key=lambda one: one.stop)
        ends = paragraphs[number].stop == sentence.stop
        role = f"{PARAGRAPH}{text.division.roles[number]}" if ends else ""
        parts.append(f"{len(sentence)}{role}")
    return " ".join(parts)


def _role(entry: RoleEntry) -> Group:
    fields = {"side": entry.side, "paragraph": str(entry.paragraph + 1), "role": str(entry.role)}
    return _group(ROLE, {**fields, **_set(entry.made)})


def _decision(entry: DecisionEntry) -> Group:
    return _group(
        DECISION,
        {"fingerprint": entry.fingerprint, **entry.decision.to_json(), **_set(entry.made)},
    )


def _value(entry: ValueEntry) -> Group:
    value = json.dumps(entry.value, ensure_ascii=False)
    fields = {"collection": entry.collection, "id": entry.id, "value": value}
    return _group(VALUE, {**fields, **_set(entry.made)})


def _flag(bitext: WholeBitext, row: WholeRow, entry: FlagEntry) -> Group:
    flag = entry.flag
    at = zip(flag.at, (row.bead.src.start, row.bead.tgt.start), strict=True)
    fields = {
        **{name: getattr(flag, name) for name in FLAG_FIELDS},
        "severity": str(flag.severity),
        "at": " ".join(str(place - start) for place, start in at),
        "confidence": number_text(flag.confidence),
        "detectors": " ".join(flag.detectors),
    }
    spans = (flag.src, flag.tgt)
    for side, span, words in zip(SIDES, spans, (flag.src_words, flag.tgt_words), strict=True):
        fields[side] = _relative(span, row, side)
        # Words that stand there in any case are not said again.
        if span is None or bitext.words(side, span) != words:
            fields[f"{side}_words"] = words
    return _group(FLAG, fields)


def _note(bitext: WholeBitext, row: WholeRow, entry: NoteEntry) -> Group:
    annotation = entry.annotation
    fields = {
        "id": entry.id,
        **{name: str(getattr(annotation, name)) for name in NOTE_FIELDS},
        "severity": str(annotation.severity or ""),
        "src": _relative(annotation.src, row, "src"),
        "tgt": _relative(annotation.tgt, row, "tgt"),
        "src_words": bitext.words("src", annotation.src),
        "tgt_words": bitext.words("tgt", annotation.tgt),
        **_set(entry.made),
    }
    return _group(ANNOTATION, fields)


def _tag(tag: Tag, side: Side, start: int) -> Group:
    return _group(
        TAG,
        {
            "side": side,
            "at": str(tag.at - start),
            "kind": tag.kind,
            "name": tag.name,
            "attributes": json.dumps(tag.attributes, ensure_ascii=False) if tag.attributes else "",
            "inner": tag.inner,
        },
    )


def _relative(span: Span | None, row: WholeRow, side: Side) -> str:
    if span is None:
        return ""
    start = side_of(row, side).start
    return f"{span.start - start} {span.stop - start}"


def _space(words: str) -> str:
    # Quoted, since tools fold white space.
    return json.dumps(words) if words else ""


def number_text(value: float | None) -> str:
    """A number so that reading it gives the same number, "" for none."""
    return "" if value is None else repr(value)


def _set(made: Setting) -> Fields:
    return {"author": made.author, "made_at": made.made_at}


def _group(category: str, fields: Fields) -> Group:
    return Group(category, {name: value for name, value in fields.items() if value})
