"""Our own JSON Lines coming back: a whole bitext, or nothing."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, Literal, cast

from workbench.domain.beads import ReviewBead, Side
from workbench.domain.notes import Annotation, Decision
from workbench.domain.review import Severity, StoredFlag
from workbench.domain.status import Standing
from workbench.domain.text import Role, Segmentation, Span
from workbench.errors import BadInput, WorkbenchError
from workbench.exchange.incoming.values import usual_code
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

FORMAT, VERSION = "workbench-bitext", 1
_RESTORE = "export the bitext again, nothing was imported."

Record = dict[str, Any]


def read_jsonl(stream: BinaryIO) -> WholeBitext:
    """Everything that an export to JSON Lines wrote.

    Raises:
        BadInput: not such a file, of a later version, damaged, or not whole; names the line.
    """
    reader = _Reader()
    number = 0
    for number, record in _lines(stream):
        try:
            reader.take(record)
        except KeyError as error:
            raise BadInput(f"Line {number}: {error} is missing; {_RESTORE}") from None
        except WorkbenchError as error:
            raise BadInput(f"Line {number}: {error}") from None
        except (AttributeError, TypeError, ValueError):
            raise BadInput(f"Line {number}: not as it was written; {_RESTORE}") from None
    if not reader.ended:
        raise BadInput(f"The file ends after line {number}, before its last record; {_RESTORE}")
    return reader.whole()


def _lines(stream: BinaryIO) -> Iterator[tuple[int, Record]]:
    for number, raw in enumerate(stream, 1):
        try:
            record = json.loads(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError as error:
            raise BadInput(f"Line {number} is not UTF-8 (byte {error.start}); {_RESTORE}") from None
        except (json.JSONDecodeError, RecursionError):
            raise BadInput(f"Line {number}: not JSON; {_RESTORE}") from None
        if not isinstance(record, dict):
            raise BadInput(f"Line {number}: not an object; {_RESTORE}")
        yield number, record


class _Side:
    """One of the two texts, growing."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.record: Record = {}
        self.words: list[str] = []
        self.size = 0
        self.paragraphs: list[Span] = []
        self.sentences: list[Span] = []
        self.roles: list[Role] = []
        self.datelines: list[Span] = []
        self.tags: list[Tag] = []

    def paragraph(self, record: Record) -> None:
        at = self.sentences[-1].stop if self.sentences else 0
        self.paragraphs.append(Span(at, int(record["stop"])))
        self.roles.append(Role(record["role"]))
        for stop in record["sentences"]:
            self.sentences.append(Span(at, int(stop)))
            at = int(stop)
        self.datelines += [_span(pair) for pair in record["datelines"]]

    def take(self, record: Record) -> Span:
        """The words of a row; they must follow those of the row before."""
        text = str(record["text"])
        span = Span(self.size, self.size + len(text))
        if span != Span(record["start"], record["stop"]):
            raise BadInput(
                f"its words begin at {record['start']} of the text, expected {span.start} "
                f"and {len(text)} characters; {_RESTORE}"
            )
        self.words.append(text)
        self.size = span.stop
        return span

    def whole(self) -> WholeText:
        content = "".join(self.words)
        record = self.record
        if hashlib.sha256(content.encode()).hexdigest() != record["sha256"]:
            raise BadInput(
                f"The rows do not give the text {record['id']} back, some are missing or were "
                f"changed; {_RESTORE}"
            )
        if not self.sentences or self.sentences[-1].stop != len(content):
            raise BadInput(f"The paragraphs do not cover the text {record['id']}; {_RESTORE}")
        division = Segmentation(
            tuple(self.paragraphs), tuple(self.sentences), tuple(self.roles), tuple(self.datelines)
        )
        return WholeText(
            str(record["id"]),
            str(record["title"]),
            usual_code(str(record["lang"])),
            str(record["sha256"]),
            content,
            division,
            tuple(self.tags),
            **{name: str(record.get(name, "")) for name in ABOUT},
        )


class _Reader:
    """Takes record after record and puts the bitext together at the end."""

    def __init__(self) -> None:
        self.head: Record = {}
        self.sides: dict[Side, _Side] = {"src": _Side("src"), "tgt": _Side("tgt")}
        self.rows: list[WholeRow] = []
        self.flags: dict[str, list[StoredFlag]] = {}
        self.notes: dict[str, list[NoteEntry]] = {}
        self.roles: list[RoleEntry] = []
        self.decisions: dict[str, DecisionEntry] = {}
        self.values: list[ValueEntry] = []
        self.count = 0
        self.ended = False

    def take(self, record: Record) -> None:
        kind = record.pop("record", "")
        if not self.head and (kind != "bitext" or record.get("format") != FORMAT):
            raise BadInput(f"it should begin with a record of the format {FORMAT}.")
        if self.ended:
            raise BadInput(f"there is more behind the last record; {_RESTORE}")
        take = getattr(self, f"_{kind}", None) if kind in _KINDS else None
        if take is None:
            raise BadInput(f"there is no record {kind!r}; update the workbench, or {_RESTORE}")
        take(record)
        self.count += 1

    def _bitext(self, record: Record) -> None:
        if self.head or record["version"] != VERSION:
            raise BadInput(
                f"it has version {record['version']} of the format, and this program reads "
                f"{VERSION}; update the workbench."
            )
        self.head = record

    def _text(self, record: Record) -> None:
        self.sides[record["side"]].record = record

    def _paragraph(self, record: Record) -> None:
        self.sides[record["side"]].paragraph(record)

    def _tag(self, record: Record) -> None:
        self.sides[record["side"]].tags.append(tag_of(record))

    def _role(self, record: Record) -> None:
        number = int(record["paragraph"]) - 1
        self.roles.append(RoleEntry(_side(record), number, Role(record["role"]), _setting(record)))

    def _row(self, record: Record) -> None:
        bead = ReviewBead(
            str(record["id"]),
            self.sides["src"].take(record["src"]),
            self.sides["tgt"].take(record["tgt"]),
            record["confirmed"] is True,
            _number(record["probability"]),
            _number(record["score"]),
        )
        number, group = int(record["number"]), int(record["group"]) - 1
        self.rows.append(
            WholeRow(
                number,
                bead,
                group,
                Role(record["role"]),
                (),
                (),
                _setting(record),
                standing=Standing.from_json(record),
            )
        )

    def _value(self, record: Record) -> None:
        place = str(record["collection"]), str(record["id"])
        self.values.append(ValueEntry(*place, record["value"], _setting(record)))

    def _flag(self, record: Record) -> None:
        record.pop("verdict", None)
        self.flags.setdefault(str(record.pop("row")), []).append(flag_of(record))

    def _annotation(self, record: Record) -> None:
        entry = NoteEntry(str(record["id"]), Annotation.from_json(record), _setting(record))
        self.notes.setdefault(str(record["row"]), []).append(entry)

    def _decision(self, record: Record) -> None:
        key = str(record["flag"])
        decision = Decision.from_json(record)
        self.decisions[key] = DecisionEntry(key, decision, _setting(record))

    def _end(self, record: Record) -> None:
        if record["records"] != self.count:
            raise BadInput(
                f"{record['records']} records were written, {self.count} are here; {_RESTORE}"
            )
        self.ended = True

    def whole(self) -> WholeBitext:
        """The bitext. Raises BadInput when the records do not go together."""
        head = self.head
        src, tgt = self.sides["src"].whole(), self.sides["tgt"].whole()
        return WholeBitext(
            str(head["id"]),
            str(head["title"]),
            str(head["created_at"]),
            str(head["signature"]),
            str(head["check_signature"]),
            _setting(head),
            src,
            tgt,
            tuple(self._finished(row, src, tgt) for row in self.rows),
            tuple(self.roles),
            tuple(self.decisions.values()),
            tuple(self.values),
        )

    def _finished(self, row: WholeRow, src: WholeText, tgt: WholeText) -> WholeRow:
        flags = []
        for flag in self.flags.get(row.id, ()):
            made = self.decisions.get(flag.fingerprint)
            flags.append(FlagEntry(flag, made.decision, made.made) if made else FlagEntry(flag))
        return replace(
            row,
            src_sentences=sentences_in(src.division.sentences, row.bead.src),
            tgt_sentences=sentences_in(tgt.division.sentences, row.bead.tgt),
            flags=tuple(flags),
            notes=tuple(self.notes.get(row.id, ())),
        )


_KINDS = frozenset(
    ("bitext", "text", "paragraph", "tag", "role", "value", "row", "flag", "annotation")
) | {"decision", "end"}


def tag_of(value: Record) -> Tag:
    """An inline code from its record."""
    kind = value["kind"]
    if kind not in ("open", "close", "alone"):
        raise ValueError(kind)
    return Tag(
        int(value["at"]),
        cast(Literal["open", "close", "alone"], kind),
        str(value["name"]),
        tuple((str(name), str(text)) for name, text in value["attributes"]),
        str(value["inner"]),
    )


def flag_of(value: Record) -> StoredFlag:
    """A flag from its record."""
    src_at, tgt_at = value["at"]
    return StoredFlag(
        str(value["fingerprint"]),
        str(value["detector"]),
        str(value["category"]),
        Severity(value["severity"]),
        _span(value["src"]) if value["src"] else None,
        _span(value["tgt"]) if value["tgt"] else None,
        (int(src_at), int(tgt_at)),
        str(value["src_words"]),
        str(value["tgt_words"]),
        str(value["evidence"]),
        str(value["evidence_zh"]),
        float(value["confidence"]),
        tuple(str(name) for name in value["detectors"]),
        str(value.get("suggestion", "")),
    )


def _side(record: Record) -> Side:
    return "src" if record["side"] == "src" else "tgt"


def _span(pair: Any) -> Span:  # noqa: ANN401
    start, stop = pair
    return Span(int(start), int(stop))


def _number(value: Any) -> float | None:  # noqa: ANN401
    return None if value is None else float(value)


def _setting(record: Record) -> Setting:
    return Setting(str(record["author"]), str(record["made_at"]))
