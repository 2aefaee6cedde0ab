"""Two texts in one language compared: two readouts, or two translations of one original."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workbench.domain.comparing import Compared, Facing
from workbench.domain.diff import Piece, diff, word_diff
from workbench.domain.text import Role, Span, Text
from workbench.errors import UsageError
from workbench.services.comparing_versions import compare_versions, trimmed
from workbench.services.encoding import workspace_encoder
from workbench.services.workspace import Workspace
from workbench.storage import repository

if TYPE_CHECKING:
    from workbench.encode import Encoder

_HAN = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+|\s+|[^\w\s]")


def compare(ws: Workspace, first: str, second: str) -> Compared:
    """Compare two texts of the workspace, by their ids or by those of bitexts.

    Two translations of the same original that are both aligned are compared by way of it; any
    other two texts of one language by meaning.

    Raises:
        UnknownName: no such text.
        UsageError: they are the same text, or in two languages.
    """
    pair = _versions(ws, first, second)
    if pair:
        return compare_versions(ws, *pair)
    texts = [ws.text(_text_id(ws, name)) for name in (first, second)]
    with workspace_encoder(ws) as encoder:
        return compare_texts(texts[0], texts[1], encoder)


def _text_id(ws: Workspace, name: str) -> str:
    """A text's id; of a bitext its original's."""
    if name in ws.catalogue.entries():
        return name
    pairing = ws.catalogue.pairings().get(name)
    return pairing.source if pairing else name


def _versions(ws: Workspace, first: str, second: str) -> tuple[str, str] | None:
    """The aligned bitexts of one original that two names stand for."""
    with ws.db.read() as session:
        bitexts = [b for b in repository.bitexts(session) if ws.state(b.id).collection("beads")]
    for a in bitexts:
        for b in bitexts:
            named = first in (a.id, a.tgt_id) and second in (b.id, b.tgt_id)
            if named and a.src_id == b.src_id and a.id != b.id:
                return a.id, b.id
    return None


def compare_texts(first: Text, second: Text, encoder: "Encoder") -> Compared:
    """Compare two texts by meaning. Raises UsageError as `compare` does."""
    from workbench.align.alike import align_alike
    from workbench.segment import segment

    if first.lang[:2] != second.lang[:2]:
        raise UsageError(
            "One text is Chinese and one English; compare two in the same language, or align them."
        )
    if first.sha256 == second.sha256:
        raise UsageError("That is the same text twice; choose another one.")
    chinese = first.lang.startswith("zh")
    sides = []
    for text in (first, second):
        division = segment(text.content, text.lang)
        silent = {n for n, role in enumerate(division.roles) if role is Role.DATELINE}
        numbers = division.paragraph_numbers()
        spans = [
            trimmed(text.content, _without(span, division.datelines))
            for span, number in zip(division.sentences, numbers, strict=True)
            if number not in silent
        ]
        sides.append([span for span in spans if len(span)])
    words = [[s.of(t.content) for s in spans] for t, spans in zip((first, second), sides)]  # noqa: B905
    rows = []
    at = Span(0, 0)
    for row in align_alike(words[0], words[1], encoder, chinese=chinese):
        here = _span([sides[0][n] for n in row.first], at)
        there = _span([sides[1][n] for n in row.second], Span(0, 0))
        kind = "both" if row.first and row.second else "first" if row.first else "second"
        pieces = _pieces(here.of(first.content), there.of(second.content), chinese=chinese)
        rows.append(
            Facing(
                kind,  # type: ignore[arg-type]
                here,
                there,
                row.likeness,
                row.moved,
                tuple(pieces) if kind == "both" else (),
            )
        )
        at = Span(here.stop, here.stop)
    return Compared(first, second, tuple(rows))


def _without(span: Span, datelines: Sequence[Span]) -> Span:
    inside = [line.stop for line in datelines if line.overlaps(span)]
    return Span(min(max([span.start, *inside]), span.stop), span.stop)


def _span(spans: Sequence[Span], otherwise: Span) -> Span:
    return Span(spans[0].start, spans[-1].stop) if spans else otherwise


def _pieces(a: str, b: str, *, chinese: bool) -> list[Piece]:
    return diff(_cut(a), _cut(b)) if chinese else word_diff(a, b)


def _cut(text: str) -> list[str]:
    """Chinese by words, so that no difference cuts through one."""
    from workbench.align.cutting import cutter

    return [
        word
        for run in _HAN.findall(text)
        for word in (cutter().cut(run) if "\u3400" <= run[0] <= "\u9fff" else [run])
    ]


def compared_json(compared: Compared) -> dict[str, Any]:
    """A comparison as plain data; spans are half-open code-point offsets."""
    texts = (compared.first, compared.second)
    return {
        "first": texts[0].id,
        "second": texts[1].id,
        "both": compared.count("both"),
        "same": compared.same,
        "only_first": compared.count("first"),
        "only_second": compared.count("second"),
        "rows": [_row_json(row, texts) for row in compared.rows],
    }


def _row_json(row: Facing, texts: tuple[Text, Text]) -> Mapping[str, Any]:
    return {
        "kind": row.kind,
        "likeness": row.likeness,
        "moved": row.moved,
        "src": row.src,
        "first": row.first.of(texts[0].content),
        "first_span": [row.first.start, row.first.stop],
        "second": row.second.of(texts[1].content),
        "second_span": [row.second.start, row.second.stop],
        "only_first_lacks": list(row.lacks[0]),
        "only_second_lacks": list(row.lacks[1]),
        "pieces": [[piece.kind, piece.text] for piece in row.pieces],
    }
