"""A bitext as a translation memory: TMX 1.4b in three profiles."""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from workbench.domain.operations import WORKBENCH
from workbench.exchange.outgoing import ExportFormat, ExportOptions, ExportReport
from workbench.exchange.outgoing.lines import flag_line, note_line
from workbench.exchange.outgoing.units import ExportUnit, select
from workbench.exchange.tmx import Prop, TmxHeader, TmxUnit, timestamp, write_tmx
from workbench.exchange.whole import Setting, WholeBitext

GENERIC, TRADOS, CLEAN = PROFILES = ("generic", "trados", "clean")
_TRADOS_FORMAT = "TW4Win 2.0 Format"
_TRADOS_ALIGNED = "ALIGN!"  # who made a unit that an aligner paired and nobody looked at

Props = tuple[tuple[str, str], ...]


def write(stream: BinaryIO, bitext: WholeBitext, options: ExportOptions) -> ExportReport:
    """TMX 1.4, the translation memory that CAT tools open."""
    report = ExportReport()
    profile = options.profile or GENERIC
    if profile == CLEAN:
        options = replace(options, confirmed_only=True)
    units = _units(bitext, options, profile, report)
    written = write_tmx(stream, units, _header(bitext, options, profile))
    report.units = written.units
    report.left_out["empty"] += written.one_sided
    report.removed = written.removed
    return report.tidy()


TMX = ExportFormat(
    write,
    ".tmx",
    "application/x-tmx+xml",
    frozenset({"level", "direction", "confirmed_only", "with_errors", "many_as"}),
    PROFILES,
)


def _header(bitext: WholeBitext, options: ExportOptions, profile: str) -> TmxHeader:
    langs = bitext.src.lang, bitext.tgt.lang
    if options.direction == "en-zh":
        langs = langs[::-1]
    if profile == CLEAN:
        return TmxHeader(*langs, options.level)
    about = {Prop.BITEXT: bitext.id, Prop.SIGNATURE: bitext.signature}
    return TmxHeader(
        *langs,
        # Trados takes a memory for its own only when it says "sentence".
        "sentence" if profile == TRADOS else options.level,
        props=() if profile == TRADOS else tuple((str(k), v) for k, v in about.items() if v),
        note=bitext.title,
        created=timestamp(bitext.created_at),
        created_by="Workbench",
        memory_format=_TRADOS_FORMAT if profile == TRADOS else "Workbench",
    )


def _units(
    bitext: WholeBitext, options: ExportOptions, profile: str, report: ExportReport
) -> Iterator[TmxUnit]:
    for unit in select(bitext, options, report):
        words = (unit.src, unit.tgt)
        if options.direction == "en-zh":
            words = words[::-1]
        src, tgt = words
        plain = TmxUnit("", src.text, tgt.text, segtype=unit.level)
        _count_lost(unit, profile, report)
        if profile == CLEAN:
            yield plain
            continue
        tagged = replace(plain, id=unit.id, src_tags=src.tags, tgt_tags=tgt.tags)
        note = " · ".join(note_line(bitext, entry) for entry in unit.notes)
        yield _dated(tagged, unit, profile, _props(bitext, unit, profile), note)


def _dated(unit: TmxUnit, of: ExportUnit, profile: str, props: Props, note: str) -> TmxUnit:
    """With properties, the note, and who touched it when."""
    settings = [row.made for row in of.rows] + [entry.made for entry in of.notes]
    changed = max(
        (one for one in settings if one.by_person), key=lambda one: one.made_at, default=Setting("")
    )
    unit = replace(
        unit,
        props=props,
        note=note,
        changed=timestamp(changed.made_at),
        changed_by=changed.author,
    )
    if profile != TRADOS:
        return unit
    made = of.rows[0].made
    by = _TRADOS_ALIGNED if made.author == WORKBENCH else made.author
    return replace(unit, created=timestamp(made.made_at), created_by=by)


def _props(bitext: WholeBitext, unit: ExportUnit, profile: str) -> Props:
    """What is known of a unit. Trados knows text fields and, for a choice of values, lists."""
    beads = [row.bead for row in unit.rows]
    found: list[tuple[Prop, str]] = [
        (Prop.KIND, unit.kind),
        (Prop.STATUS, unit.status),
    ]
    for prop, name in ((Prop.PROBABILITY, "probability"), (Prop.SCORE, "score")):
        values = [getattr(bead, name) for bead in beads if getattr(bead, name) is not None]
        if values:
            found.append((prop, f"{min(values):.4f}"))
    if unit.uncorrected:
        found.append((Prop.UNCORRECTED, unit.uncorrected))
    found += [(Prop.ANNOTATION, note_line(bitext, note)) for note in unit.notes]
    found += [(Prop.FLAG, flag_line(flag)) for flag in unit.flags]
    if profile == TRADOS:
        return tuple((_trados_name(prop), value) for prop, value in found)
    return tuple((str(prop), value) for prop, value in found)


def _trados_name(prop: Prop) -> str:
    kind = "Att" if prop in (Prop.KIND, Prop.STATUS) else "Txt"
    return f"{kind}::{prop.removeprefix('x-').title()}"


def _count_lost(unit: ExportUnit, profile: str, report: ExportReport) -> None:
    if profile == CLEAN:
        report.lost["flags"] += len(unit.flags)
        report.lost["notes"] += len(unit.notes)
        report.lost["tags"] += len(unit.src.tags) + len(unit.tgt.tags)
    else:
        report.lost["places"] += len(unit.flags) + len(unit.notes)
