"""Taking an alignment home: TMX, sentence by sentence or paragraph by paragraph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Literal

from workbench.domain.operations import Touch
from workbench.domain.review import AnnotationKind
from workbench.exchange import export_formats
from workbench.exchange.tmx import Prop, TmxHeader, TmxReport, TmxUnit, timestamp
from workbench.services.page import review_view
from workbench.services.views import NoteView, ReviewView, RowView
from workbench.services.workspace import Workspace

Level = Literal["sentence", "paragraph"]
LEVELS: tuple[Level, ...] = ("sentence", "paragraph")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What goes into an export. level: one unit a row, or one a paragraph group."""

    level: Level = "sentence"
    confirmed_only: bool = False


def export(
    ws: Workspace, bitext_id: str, stream: BinaryIO, options: ExportOptions, form: str = "tmx"
) -> TmxReport:
    """Write a bitext in one of the export formats.

    Raises:
        UnknownName: no such bitext.
        UsageError: it is not aligned yet.
    """
    view = review_view(ws, bitext_id, "")
    src, tgt = ws.text(view.bitext.src_id), ws.text(view.bitext.tgt_id)
    header = TmxHeader(
        src.lang,
        tgt.lang,
        options.level,
        props=((Prop.BITEXT, bitext_id), (Prop.SIGNATURE, view.signature)),
        note=view.bitext.title,
        created=timestamp(view.bitext.created_at),
        created_by="Workbench",
    )
    contents = (src.content, tgt.content)
    return export_formats.get(form)(stream, _units(view, contents, options), header)


def count_units(ws: Workspace, bitext_id: str) -> dict[ExportOptions, int]:
    """How many units each kind of export would hold."""
    view = review_view(ws, bitext_id, "")
    contents = (ws.text(view.bitext.src_id).content, ws.text(view.bitext.tgt_id).content)
    kinds = [ExportOptions(level, confirmed) for level in LEVELS for confirmed in (False, True)]
    return {
        options: sum(bool(unit.src and unit.tgt) for unit in _units(view, contents, options))
        for options in kinds
    }


def _units(
    view: ReviewView, contents: tuple[str, str], options: ExportOptions
) -> Iterator[TmxUnit]:
    for members in _members(view, options.level):
        rows = [view.rows[id_] for id_ in members]
        if options.confirmed_only and not all(row.confirmed for row in rows if row.is_pair):
            continue
        yield _unit(rows, contents, options.level)


def _members(view: ReviewView, level: Level) -> Iterator[Sequence[str]]:
    for group in view.groups:
        if level == "paragraph":
            yield group.rows
        else:
            yield from ((row,) for row in group.rows)


def _unit(rows: Sequence[RowView], contents: tuple[str, str], level: Level) -> TmxUnit:
    src = contents[0][rows[0].src.span.start : rows[-1].src.span.stop].strip()
    tgt = contents[1][rows[0].tgt.span.start : rows[-1].tgt.span.stop].strip()
    notes = [note for row in rows for note in row.notes]
    touches = sorted(
        [row.touch for row in rows if row.touch] + [note.touch for note in notes],
        key=lambda touch: touch.made_at,
    )
    changed: Touch | None = touches[-1] if touches else None
    return TmxUnit(
        id=rows[0].id,
        src=src,
        tgt=tgt,
        props=_props(rows, notes, level),
        note=" · ".join(_line(note) for note in notes),
        segtype=level,
        changed=timestamp(changed.made_at) if changed else "",
        changed_by=changed.author if changed else "",
    )


def _props(
    rows: Sequence[RowView], notes: Sequence[NoteView], level: Level
) -> tuple[tuple[str, str], ...]:
    confirmed = all(row.confirmed for row in rows if row.is_pair)
    kinds = [sum(len(getattr(row, side).sentences) for row in rows) for side in ("src", "tgt")]
    props: list[tuple[str, str]] = [
        (Prop.KIND, f"{kinds[0]}-{kinds[1]}"),
        (Prop.STATUS, "confirmed" if confirmed else "draft"),
    ]
    found = [row.probability for row in rows if row.probability is not None]
    if found:
        props.append((Prop.PROBABILITY, f"{min(found):.4f}"))
    scores = [row.score for row in rows if row.score is not None]
    if scores:
        props.append((Prop.SCORE, f"{min(scores):.4f}"))
    return (*props, *((Prop.ANNOTATION, _line(note)) for note in notes))


def _line(note: NoteView) -> str:
    """An annotation as one line of text."""
    annotation = note.annotation
    parts = [str(annotation.kind)]
    if annotation.category:
        parts[0] += f" {annotation.category}"
    if annotation.kind is AnnotationKind.ERROR and annotation.severity:
        parts[0] += f" ({annotation.severity})"
    words = " | ".join(word for word in (note.src_words, note.tgt_words) if word)
    if words:
        parts.append(f"“{words}”")
    if annotation.note:
        parts.append(annotation.note)
    if annotation.wording:
        parts.append(f"→ {annotation.wording}")
    parts.append(f"[{note.touch.author}]")
    return " ".join(" ".join(parts).split())
