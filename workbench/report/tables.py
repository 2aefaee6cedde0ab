"""A report as plain tables: what its spreadsheet, its Word document and its frames hold."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from workbench.domain.text import Span
from workbench.report.values import Report


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values under named columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def tables(report: Report, claims: Sequence[Mapping[str, Any]] = ()) -> list[Table]:
    """All tables of a report, the summary first. claims: as `Checked.to_json` gives them."""
    others = [
        Table(name, tuple(columns.split(", ")), tuple(lines(report)))
        for name, (columns, lines) in _TABLES.items()
    ]
    return [_summary(report), *others, _claims(claims)]


def _claims(records: Sequence[Mapping[str, Any]]) -> Table:
    columns = ("claim", "verdict", "evidence", "reason", "by", "note", "workbench's verdict")
    lines = (
        (
            *(r["claim"], r["verdict"], " … ".join(r["evidence"]), r["reason"]),
            *(r["corrected_by"], r["note"], r["machine_verdict"]),
        )
        for r in records
    )
    return Table("claims", columns, tuple(lines))


Line = tuple[Any, ...]
_TABLES: dict[str, tuple[str, Callable[[Report], Iterable[Line]]]] = {
    "findings": (
        "row, group, category, severity, source, translation, source words, translation words, "
        "note, better, noted by, weight",
        lambda r: (
            (
                *(f.number, f.group, f.category, str(f.severity), f.src, f.tgt, f.src_words),
                *(f.tgt_words, f.note, f.wording, f.by, round(f.weight, 2)),
            )
            for f in r.findings
        ),
    ),
    "flags": (
        "detector, open, accepted, dismissed, deferred, right on reference data",
        lambda r: (
            (d.detector, d.open, d.accepted, d.dismissed, d.deferred, d.right) for d in r.detectors
        ),
    ),
    "errors": (
        "category, severity, count",
        lambda r: (
            (category, str(severity), count)
            for category, counts in r.annotations.items()
            for severity, count in counts.items()
            if count
        ),
    ),
    "terms": (
        "phrase, established, rendering, count, standing, rows",
        lambda r: (
            (p.src, p.preferred, one.words, one.count, one.standing, " ".join(map(str, one.rows)))
            for p in r.phrases
            for one in p.renderings
        ),
    ),
    "choices": (
        "row, type, source words, translation words, rationale, preferred, by",
        lambda r: (
            (c.number, c.type, c.src_words, c.tgt_words, c.rationale, c.wording, c.by)
            for c in r.choices
        ),
    ),
    "sections": (
        "section, first row, last row, source coverage, translation coverage, errors, open flags",
        lambda r: (
            (
                *(s.title, s.first, s.last, round(s.src_coverage, 4), round(s.tgt_coverage, 4)),
                *(s.errors, s.open_flags),
            )
            for s in r.sections
        ),
    ),
    "agreement": (
        "of, by, what, alpha, low, high, same, units",
        lambda r: (
            (
                *(f.of, f.by, f.what, f.alpha.value, f.alpha.low, f.alpha.high),
                *(f.alpha.observed, f.alpha.units),
            )
            for f in r.agreement
        ),
    ),
    "people": (
        "name, edits, first, last",
        lambda r: ((p.name, p.edits, p.first, p.last) for p in r.people),
    ),
}


def _summary(report: Report) -> Table:
    score, passed = report.score, {True: "yes", False: "no", None: ""}
    lines: list[tuple[str, Any]] = [
        ("bitext", report.bitext),
        ("title", report.title),
        ("made", report.made),
        ("score", round(score.calibrated, 2)),
        ("raw score", round(score.raw, 2)),
        ("penalty points", round(score.penalty, 2)),
        ("words scored", round(score.words, 1)),
        ("points per 1,000 words", round(score.normed, 2)),
        ("interval, low", round(score.low, 2)),
        ("interval, high", round(score.high, 2)),
        ("passes", passed[score.passed]),
        ("supported by the size", passed[score.sure]),
        ("expected from open flags", round(report.expected.normed, 2)),
        ("rows", report.rows),
        ("confirmed", report.confirmed),
        ("expected wrong rows", round(report.doubt.expected, 2)),
        ("source words with a counterpart", round(report.coverage[0], 4)),
        ("translation words with a counterpart", round(report.coverage[1], 4)),
        ("source characters", report.src_size.characters),
        ("translation words", report.tgt_size.words),
        ("alignment", report.signature),
        ("check", report.check_signature),
        ("source sha256", report.src_sha256),
        ("translation sha256", report.tgt_sha256),
    ]
    lines += [(f"rows {kind}", count) for kind, count in report.kinds.items()]
    return Table("summary", ("what", "value"), tuple(lines))


def to_json(report: Report) -> dict[str, Any]:
    """The whole report as plain data; spans are half-open code-point offsets."""
    plain: dict[str, Any] = _plain(asdict(report))
    return plain


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, Span):
        return [value.start, value.stop]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
