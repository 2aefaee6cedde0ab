"""Checking plain pairs: one source and its target at a time, each by itself, in a stream."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from workbench.domain.review import AlignedTexts, Flag, Row
from workbench.errors import BadInput, UsageError
from workbench.services.checking import StoredFlag

if TYPE_CHECKING:
    from workbench.detect import Context, Findings

BATCH = 256  # pairs that are encoded together
_LIKELY_LANGUAGES = ("zh-CN", "en-US")


@dataclass(frozen=True, slots=True)
class PlainPair:
    """A source and a target text. id: as the input gives it, None when it gives none."""

    id: Any
    src: str
    tgt: str


def read_pairs(lines: Iterable[bytes]) -> Iterator[PlainPair]:
    """Pairs from lines `source<TAB>target`, or from JSON objects with `src`, `tgt` and `id`.

    The first line says which of the two it is. An empty line is a pair of empty texts, so that
    answers and lines can be counted off against each other.

    Raises:
        BadInput: a line is no pair; says which.
    """
    form = ""
    for number, raw in enumerate(lines, 1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise BadInput(f"Line {number} is not UTF-8; save the file as UTF-8.") from None
        form = form or ("json" if line.lstrip().startswith("{") else "tab")
        if not line.strip():
            yield PlainPair(None, "", "")
        elif form == "json":
            yield _from_json(line, number)
        else:
            yield _from_columns(line, number)


def _from_json(line: str, number: int) -> PlainPair:
    try:
        value = json.loads(line)
    except ValueError:
        raise BadInput(f"Line {number} is no JSON object; write one object a line.") from None
    if not isinstance(value, dict) or not all(
        isinstance(value.get(side), str) for side in ("src", "tgt")
    ):
        raise BadInput(f'Line {number} needs the texts "src" and "tgt"; add them.')
    return PlainPair(value.get("id"), value["src"], value["tgt"])


def _from_columns(line: str, number: int) -> PlainPair:
    columns = line.split("\t")
    if len(columns) != 2:
        raise BadInput(
            f"Line {number} has {len(columns)} columns, not two; "
            "write the source, one tab, and the target."
        )
    return PlainPair(None, columns[0], columns[1])


def check_pairs(
    pairs: Iterable[PlainPair], context: "Context", langs: tuple[str, str] = ("", "")
) -> Iterator[dict[str, Any]]:
    """What the detectors say of each pair, as plain data; pairs know nothing of each other.

    langs: of source and target; what is "" is told from the first pairs.

    Raises:
        UsageError: the languages are not Chinese and English.
    """
    rest = iter(pairs)
    known: tuple[str, str] | None = None
    while batch := list(islice(rest, BATCH)):
        known = known or languages(batch, langs)
        yield from _check(batch, context, known)


def languages(pairs: list[PlainPair], langs: tuple[str, str]) -> tuple[str, str]:
    """The languages of source and target, as given or else as the texts look."""
    from workbench.segment import guess_language

    unknown = [lang for lang in langs if lang and lang[:2] not in ("zh", "en")]
    if unknown:
        raise UsageError(f"The language {unknown[0]!r} is unknown; use zh or en, such as zh-CN.")
    src, tgt = langs
    if not src and not tgt:
        guessed = guess_language("\n".join(pair.src for pair in pairs)).lang
        src = guessed if guessed != "und" else _LIKELY_LANGUAGES[0]
    src, tgt = src or _other(tgt), tgt or _other(src)
    if src[:2] == tgt[:2]:
        raise UsageError("Source and target are in one language; one has to be zh, the other en.")
    return src, tgt


def _other(lang: str) -> str:
    return _LIKELY_LANGUAGES[lang[:2] == "zh"]


def _check(
    batch: list[PlainPair], context: "Context", langs: tuple[str, str]
) -> Iterator[dict[str, Any]]:
    from workbench.detect import examine
    from workbench.detect.coverage import prepare

    context.words.clear()  # what earlier pairs left is of no use to these
    rows = [_row(pair, langs) for pair in batch]
    prepare(AlignedTexts(tuple(rows), *langs), context)
    for pair, row in zip(batch, rows, strict=True):
        texts = AlignedTexts((row,), *langs)
        found = examine(texts, context)
        answer: dict[str, Any] = {} if pair.id is None else {"id": pair.id}
        yield answer | {"flags": [flag_json(flag) for flag in found.flags]} | row_json(found, 0)


def _row(pair: PlainPair, langs: tuple[str, str]) -> Row:
    from workbench.segment import segment

    src, tgt = (
        segment(text, lang).sentences
        for text, lang in zip((pair.src, pair.tgt), langs, strict=True)
    )
    return Row("0", pair.src, pair.tgt, src_sentences=src, tgt_sentences=tgt)


def row_json(found: "Findings", number: int, starts: tuple[int, int] = (0, 0)) -> dict[str, Any]:
    """What is known of one row besides its flags. starts: of source and target in their texts."""
    covered = found.coverage[number]
    return {
        "scores": {name: round(values[number], 4) for name, values in found.scores.items()},
        "error_probability": round(found.errors[number], 4),
        "coverage": {
            side: [[span.start + start, span.stop + start, round(p, 3)] for span, p in words]
            for side, words, start in zip(
                ("src", "tgt"), (covered.src, covered.tgt), starts, strict=True
            )
        },
    }


def flag_json(flag: "Flag | StoredFlag") -> dict[str, Any]:
    """A flag as plain data; its spans are [start, stop) in characters, or None."""
    from workbench.detect.record import record_json

    return {
        "detector": flag.detector,
        "detectors": list(flag.detectors),
        "category": flag.category,
        "severity": str(flag.severity),
        "probability": flag.confidence,
        "src": [flag.src.start, flag.src.stop] if flag.src else None,
        "tgt": [flag.tgt.start, flag.tgt.stop] if flag.tgt else None,
        "explanation": flag.evidence,
        "explanation_zh": flag.evidence_zh,
        "record": record_json(flag.detector),
    }
