"""A bitext put together again from the fields that `exchange/fields.py` took it apart into.

Another tool may have changed words, states and notes in between. Then the words of the file hold:
what was said of words that changed looks for them again, and flags on them are left to the next
check.
"""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.domain.beads import ReviewBead, Side
from workbench.domain.cuts import CUTS
from workbench.domain.moves import MOVES
from workbench.domain.notes import Annotation, Decision
from workbench.domain.review import AnnotationKind, Severity, StoredFlag
from workbench.domain.status import STATUSES, Standing
from workbench.domain.text import Role, Segmentation, Span
from workbench.errors import BadInput
from workbench.exchange.fields import (
    ANNOTATION,
    BITEXT,
    DECISION,
    FLAG,
    FLAG_FIELDS,
    NOTE_FIELDS,
    PARAGRAPH,
    ROLE,
    ROW,
    SIDES,
    TAG,
    TEXT,
    TEXT_FIELDS,
    VALUE,
    Fields,
    Group,
    digest,
)
from workbench.exchange.incoming.jsonl import tag_of
from workbench.exchange.incoming.values import usual_code
from workbench.exchange.outgoing.lines import note_line
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
    sentences_in,
)

_SPACE_OF_NAMES = uuid.UUID("6b0f9ad6-52e7-4c21-9b83-3a5f2c1f0d11")  # for ids of foreign notes


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row as a file has it. words, tags: by side, without the white space around them.

    confirmed: as the file shows it, None when that is as the workbench wrote it. notes: (author,
    text) of all that can be seen, ours and others'.
    """

    groups: Sequence[Group]
    words: Mapping[Side, str]
    tags: Mapping[Side, Sequence[Tag]]
    confirmed: bool | None
    group: int
    notes: Sequence[tuple[str, str]] = ()


@dataclass(slots=True)
class _Text:
    """One of the two texts, growing."""

    words: list[str] = field(default_factory=list)
    size: int = 0
    sentences: list[Span] = field(default_factory=list)
    paragraphs: list[Span] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    datelines: list[Span] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)

    def sentence(self, length: int, role: str | None) -> None:
        start = self.sentences[-1].stop if self.sentences else 0
        self.sentences.append(Span(start, start + length))
        if role is not None:
            self.end_paragraph(Role(role))

    def end_paragraph(self, role: Role) -> None:
        start = self.paragraphs[-1].stop if self.paragraphs else 0
        self.paragraphs.append(Span(start, self.sentences[-1].stop))
        self.roles.append(role)


class Assembler:
    """Takes row after row and puts the bitext together at the end."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.head = next(group.fields for group in groups if group.category == BITEXT)
        self.named = {g.fields.get("side", ""): g.fields for g in groups if g.category == TEXT}
        self.roles = [_role(group.fields) for group in groups if group.category == ROLE]
        entries = [_decision(group.fields) for group in groups if group.category == DECISION]
        self.decisions = {entry.fingerprint: entry for entry in entries}
        self.values = [_value(group.fields) for group in groups if group.category == VALUE]
        statuses = [one for one in self.values if one.collection == STATUSES]
        self.standings = {one.id: Standing.from_json(one.value) for one in statuses}
        self.texts: dict[Side, _Text] = {"src": _Text(), "tgt": _Text()}
        self.rows: list[WholeRow] = []
        self.visible: list[Sequence[tuple[str, str]]] = []
        self.changed = 0

    def take(self, found: FoundRow) -> None:
        """Add a row; one without any words is passed over."""
        fields = next((g.fields for g in found.groups if g.category == ROW), {})
        spans: dict[Side, Span] = {}
        changed = False
        for side in SIDES:
            spans[side], other = self._add(side, found, fields)
            changed = changed or other
        if not any(map(len, spans.values())):
            return
        self.changed += changed
        bead = ReviewBead(
            fields.get("id") or str(uuid.uuid5(_SPACE_OF_NAMES, f"row {len(self.rows)}")),
            spans["src"],
            spans["tgt"],
            fields.get("confirmed") == "yes" if found.confirmed is None else found.confirmed,
            _number(fields.get("probability")),
            _number(fields.get("score")),
        )
        flags = () if changed else tuple(
            self._flag(g.fields, spans) for g in found.groups if g.category == FLAG
        )  # fmt: skip
        notes = tuple(
            self._note(g.fields, spans, changed) for g in found.groups if g.category == ANNOTATION
        )
        role = Role(fields.get("role") or "body")
        number = len(self.rows) + 1
        standing = self.standings.get(bead.id, Standing())
        self.rows.append(
            WholeRow(
                number, bead, found.group, role, (), (), _setting(fields), flags, notes, standing
            )
        )
        self.visible.append(found.notes)

    def _add(self, side: Side, found: FoundRow, fields: Fields) -> tuple[Span, bool]:
        """Add one side of a row; gives its place, and whether another tool changed it."""
        text = self.texts[side]
        words = _space(fields, f"{side}_before") + found.words[side]
        start = len(words) - len(found.words[side])
        words += _space(fields, f"{side}_after")
        span = Span(text.size, text.size + len(words))
        known = digest(words) == fields.get(f"{side}_digest") if words else True
        changed = not known or (not words and f"{side}_digest" in fields)
        divided = [
            part.partition(PARAGRAPH) for part in fields.get(f"{side}_sentences", "").split()
        ]
        if changed and words:
            last = divided[-1] if divided else ("", "", "")
            divided = [(str(len(words)), last[1], last[2])]
        for length, mark, role in divided if words else ():
            text.sentence(int(length), role if mark else None)
        if words and not divided:
            text.sentence(len(words), None)
        tags = found.tags[side]
        if not changed:
            ours = [
                g.fields for g in found.groups if g.category == TAG and g.fields["side"] == side
            ]
            tags, start = [_tag(one) for one in ours], 0
            for pair in fields.get(f"{side}_datelines", "").split():
                a, b = pair.split("-")
                text.datelines.append(Span(span.start + int(a), span.start + int(b)))
        text.tags += [replace(tag, at=tag.at + span.start + start) for tag in tags]
        text.words.append(words)
        text.size = span.stop
        return span, changed

    def _flag(self, fields: Fields, spans: Mapping[Side, Span]) -> FlagEntry:
        places = {side: _absolute(fields.get(side), spans[side]) for side in SIDES}
        at = [int(offset) for offset in fields["at"].split()]
        said = {name: fields.get(name, "") for name in FLAG_FIELDS}
        flag = StoredFlag(
            said["fingerprint"],
            said["detector"],
            said["category"],
            Severity(fields["severity"]),
            places["src"],
            places["tgt"],
            (at[0] + spans["src"].start, at[1] + spans["tgt"].start),
            self._quoted(fields, "src", places["src"]),
            self._quoted(fields, "tgt", places["tgt"]),
            said["evidence"],
            said["evidence_zh"],
            float(fields["confidence"]),
            tuple(fields.get("detectors", "").split()),
        )
        made = self.decisions.get(flag.fingerprint)
        return FlagEntry(flag, made.decision, made.made) if made else FlagEntry(flag)

    def _quoted(self, fields: Fields, side: Side, place: Span | None) -> str:
        if place is None or f"{side}_words" in fields:
            return fields.get(f"{side}_words", "")
        text = self.texts[side]
        start = text.size - len(text.words[-1])
        return place.shift(-start).of(text.words[-1])

    def _note(self, fields: Fields, spans: Mapping[Side, Span], changed: bool) -> NoteEntry:
        value: dict[str, object] = {name: fields.get(name, "") for name in NOTE_FIELDS}
        value["severity"] = fields.get("severity", "")
        for side in SIDES:
            place = _absolute(fields.get(side), spans[side])
            if changed and place is not None:
                place = self._found(fields.get(f"{side}_words", ""), side, spans[side])
            if place is not None:
                value[side] = [place.start, place.stop]
        if "src" not in value and "tgt" not in value:
            side = "tgt" if len(spans["tgt"]) else "src"
            value[side] = [spans[side].start, spans[side].stop]
        return NoteEntry(fields["id"], Annotation.from_json(value), _setting(fields))

    def _found(self, words: str, side: Side, span: Span) -> Span | None:
        """Where words are in a row that was changed."""
        at = self.texts[side].words[-1].find(words) if words else -1
        return None if at < 0 else Span(span.start + at, span.start + at + len(words))

    def whole(self) -> WholeBitext:
        """The bitext. Raises BadInput when there is nothing in it."""
        if not self.rows:
            raise BadInput("The file holds no words; export the bitext again.")
        src, tgt = self._text("src"), self._text("tgt")
        head = self.head
        whole = WholeBitext(
            head.get("id", ""),
            head.get("title", ""),
            head.get("created_at", ""),
            head.get("signature", ""),
            "" if self.changed else head.get("check_signature", ""),
            _setting(head),
            src,
            tgt,
            tuple(
                replace(
                    row,
                    src_sentences=sentences_in(src.division.sentences, row.bead.src),
                    tgt_sentences=sentences_in(tgt.division.sentences, row.bead.tgt),
                )
                for row in self.rows
            ),
            tuple(self.roles),
            tuple(self.decisions.values()),
            # Places in the texts hold only as long as nobody changed these.
            tuple(v for v in self.values if not self.changed or v.collection not in (MOVES, CUTS)),
        )
        pairs = zip(whole.rows, self.visible, strict=True)
        return replace(whole, rows=tuple(_with_foreign(whole, row, seen) for row, seen in pairs))

    def _text(self, side: Side) -> WholeText:
        if side not in self.named:
            raise BadInput("The file does not say what its two texts are; export the bitext again.")
        text, named = self.texts[side], self.named[side]
        ended = text.paragraphs[-1].stop if text.paragraphs else 0
        if ended < text.size:  # another tool took the last row of a paragraph out
            text.end_paragraph(Role.BODY)
        content = "".join(text.words)
        plain = {name: named.get(name, "") for name in TEXT_FIELDS}
        return WholeText(
            plain["id"],
            plain["title"],
            usual_code(plain["lang"]),
            hashlib.sha256(content.encode()).hexdigest(),
            content,
            Segmentation(
                tuple(text.paragraphs),
                tuple(text.sentences),
                tuple(text.roles),
                tuple(text.datelines),
            ),
            tuple(text.tags),
            **{name: plain[name] for name in ABOUT},
        )


def _with_foreign(
    whole: WholeBitext, row: WholeRow, visible: Sequence[tuple[str, str]]
) -> WholeRow:
    """A row with the notes that somebody wrote into the file, as comments on the whole row."""
    ours = {_folded(note_line(whole, note)) for note in row.notes}
    added = []
    for author, text in visible:
        if not text.strip() or _folded(text) in ours:
            continue
        src, tgt = (span if len(span) else None for span in (row.bead.src, row.bead.tgt))
        comment = Annotation(AnnotationKind.COMMENT, src, tgt, text.strip())
        id_ = str(uuid.uuid5(_SPACE_OF_NAMES, f"{row.id} {author} {text}"))
        added.append(NoteEntry(id_, comment, Setting(author or "import", row.made.made_at)))
    return replace(row, notes=(*row.notes, *added)) if added else row


def _folded(text: str) -> str:
    return "".join(char for char in text if char.isprintable() and not char.isspace())


def _role(fields: Fields) -> RoleEntry:
    side: Side = "src" if fields["side"] == "src" else "tgt"
    paragraph = int(fields["paragraph"]) - 1
    return RoleEntry(side, paragraph, Role(fields["role"]), _setting(fields))


def _decision(fields: Fields) -> DecisionEntry:
    return DecisionEntry(fields["fingerprint"], Decision.from_json(fields), _setting(fields))


def _value(fields: Fields) -> ValueEntry:
    value = json.loads(fields["value"])
    return ValueEntry(fields["collection"], fields["id"], value, _setting(fields))


def _tag(fields: Fields) -> Tag:
    attributes = json.loads(fields.get("attributes", "[]"))
    return tag_of({"inner": "", **fields, "attributes": attributes})


def _setting(fields: Fields) -> Setting:
    return Setting(fields.get("author", "workbench"), fields.get("made_at", ""))


def _absolute(pair: str | None, row: Span) -> Span | None:
    if not pair:
        return None
    start, stop = (int(offset) for offset in pair.split())
    return Span(start + row.start, stop + row.start)


def _space(fields: Fields, name: str) -> str:
    return str(json.loads(fields[name])) if name in fields else ""


def _number(text: str | None) -> float | None:
    return float(text) if text else None
