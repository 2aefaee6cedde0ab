"""Other wordings for words of the translation, and the text that they make.

A correction comes from an error annotation with a suggested wording, or from a reviewer who
edited the English of a row. It hangs on words of the text and never changes it; the corrected text
is made from both, and what was said about untouched words finds its place there by counting.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from workbench.domain.diff import word_diff
from workbench.domain.notes import NOTE_LIMIT, Annotation
from workbench.domain.operations import State
from workbench.domain.review import AnnotationKind
from workbench.domain.text import Span
from workbench.errors import UsageError

WORDINGS = "wordings"
"""The collection of wordings that reviewers wrote into the text, by an id of their own."""

LEFT_OUT = "left-out"
"""The collection of corrections that are not to be used, by the id of wording or annotation."""


@dataclass(frozen=True, slots=True, order=True)
class Correction:
    """A wording for a run of the translation; an empty run is a place to put it in.

    id: of the annotation or of the wording. edited: whether a reviewer wrote it into the row.
    used: whether it goes into the corrected text.
    """

    span: Span
    wording: str
    id: str
    edited: bool = False
    used: bool = True


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of the old text with what stands there in the corrected one.

    by: ids of the corrections that replaced it, () where the old words stand.
    """

    span: Span
    text: str
    by: tuple[str, ...] = ()


def wording_value(span: Span, wording: str) -> dict[str, Any]:
    """A wording as the log holds it."""
    return {"tgt": [span.start, span.stop], "wording": wording}


def read_wording(value: Mapping[str, Any]) -> tuple[Span, str]:
    """The inverse of `wording_value`. Raises UsageError when it is none."""
    start, stop = (int(offset) for offset in value["tgt"])
    if not 0 <= start <= stop or not isinstance(value["wording"], str):
        raise UsageError("A wording stands for a run of the text.")
    if len(value["wording"]) > NOTE_LIMIT:
        raise UsageError(f"A wording holds at most {NOTE_LIMIT:,} characters; shorten it.")
    return Span(start, stop), value["wording"]


def corrections_of(state: State) -> tuple[Correction, ...]:
    """All corrections of a bitext in text order, also those left out."""
    return state.derive(
        "corrections",
        frozenset(("annotations", WORDINGS, LEFT_OUT)),
        lambda: gather(
            (
                (id_, Annotation.from_json(value))
                for id_, value in state.collection("annotations").items()
            ),
            state.collection(WORDINGS).items(),
            state.collection(LEFT_OUT),
        ),
    )


def gather(
    annotations: Iterable[tuple[str, Annotation]],
    wordings: Iterable[tuple[str, Mapping[str, Any]]],
    left_out: Container[str],
) -> tuple[Correction, ...]:
    """The corrections that annotations and wordings make, in text order."""
    found = [
        Correction(said.tgt, said.wording, id_, used=id_ not in left_out)
        for id_, said in annotations
        if said.kind is AnnotationKind.ERROR and said.wording and said.tgt is not None
    ]
    found += [
        Correction(*read_wording(value), id_, edited=True, used=id_ not in left_out)
        for id_, value in wordings
    ]
    return tuple(sorted(found))


def clashes(corrections: Iterable[Correction]) -> tuple[frozenset[str], ...]:
    """Groups of used corrections of which only one can hold, since they want the same words.

    Corrections that say the same of the same words do not clash.
    """
    groups: list[tuple[int, set[str], set[tuple[Span, str]]]] = []
    for one in sorted(corrections):
        if not one.used:
            continue
        if groups and _meets(groups[-1][2], one.span):
            stop, ids, said = groups.pop()
            groups.append((max(stop, one.span.stop), ids | {one.id}, said | {_said(one)}))
        else:
            groups.append((one.span.stop, {one.id}, {_said(one)}))
    return tuple(frozenset(ids) for _, ids, said in groups if len(said) > 1)


def _said(one: Correction) -> tuple[Span, str]:
    return one.span, one.wording


def _meets(said: Iterable[tuple[Span, str]], span: Span) -> bool:
    """Whether a run shares words with others, or is put in at the same place or inside of them."""
    return any(
        other.overlaps(span)
        or other == span
        or (not len(span) and other.start < span.start < other.stop)
        for other, _ in said
    )


def stretches(
    content: str, corrections: Iterable[Correction], within: Span | None = None
) -> tuple[Stretch, ...]:
    """The corrected text, or a run of it, in pieces; they tile the old text.

    Corrections that clash are not applied, and none that is not wholly `within`.
    """
    whole = within or Span(0, len(content))
    used = [one for one in corrections if one.used]
    clashing = {id_ for group in clashes(used) for id_ in group}
    by_place: dict[tuple[Span, str], list[str]] = {}
    for one in sorted(used):
        inside = whole.start <= one.span.start and one.span.stop <= whole.stop
        if inside and one.id not in clashing:
            by_place.setdefault(_said(one), []).append(one.id)
    found: list[Stretch] = []
    at = whole.start
    for (span, wording), ids in by_place.items():
        if at < span.start:
            found.append(Stretch(Span(at, span.start), content[at : span.start]))
        found.append(Stretch(span, wording, tuple(ids)))
        at = span.stop
    if at < whole.stop:
        found.append(Stretch(Span(at, whole.stop), content[at : whole.stop]))
    return tuple(found)


def corrected(pieces: Iterable[Stretch]) -> str:
    """The corrected text."""
    return "".join(piece.text for piece in pieces)


def reworded(
    content: str, corrections: Sequence[Correction], within: Span, text: str
) -> tuple[list[tuple[Span, str]], set[str]]:
    """What makes a run of the corrected text read as somebody wrote it.

    Returns the new wordings with the words that they stand for, and the ids of the corrections
    whose words were written over. Words that the old and the new text share are left alone, and
    so is a correction among them.

    text: how the run should read.
    """
    laid = _lay(stretches(content, corrections, within))
    now = corrected(piece for _, _, piece in laid)
    changes: list[_Rewrite] = []
    for change in _changes(now, text):
        if changes and _touched(laid, changes[-1]) & _touched(laid, change):
            last = changes.pop()
            between = now[last.stop : change.start]
            change = _Rewrite(last.start, change.stop, last.text + between + change.text)
        changes.append(change)
    made: list[tuple[Span, str]] = []
    gone: set[str] = set()
    for change in changes:
        parts = [laid[number] for number in sorted(_touched(laid, change))]
        gone |= {id_ for _, _, piece in parts for id_ in piece.by}
        start = min([change.start, *(at for at, _, _ in parts)])
        stop = max([change.stop, *(end for _, end, _ in parts)])
        wording = now[start : change.start] + change.text + now[change.stop : stop]
        span = _old_run(laid, change, [piece.span for _, _, piece in parts])
        if span.of(content) != wording:
            made.append((span, wording))
    return made, gone


@dataclass(frozen=True, slots=True)
class _Rewrite:
    """A run of the corrected text and what is to stand there."""

    start: int
    stop: int
    text: str


_Laid = list[tuple[int, int, Stretch]]
"""Stretches with where each begins and ends in the corrected text."""


def _lay(pieces: Sequence[Stretch]) -> _Laid:
    ends = list(accumulate(len(piece.text) for piece in pieces))
    return list(zip([0, *ends], ends, pieces, strict=False))


def _changes(old: str, new: str) -> list[_Rewrite]:
    """What differs between two wordings, word by word."""
    found: list[_Rewrite] = []
    at = 0
    for piece in word_diff(old, new):
        if piece.kind == "new":
            held = found and found[-1].stop == at and not found[-1].text
            start = found.pop().start if held else at
            found.append(_Rewrite(start, at, piece.text))
            continue
        if piece.kind == "old":
            found.append(_Rewrite(at, at + len(piece.text), ""))
        at += len(piece.text)
    return found


def _touched(laid: _Laid, change: _Rewrite) -> set[int]:
    """The corrections, by number, of which a change alters something or would stand in the way."""
    return {
        number
        for number, (at, end, piece) in enumerate(laid)
        if piece.by
        and (
            (at < change.stop and change.start < end)
            or (at <= change.start and change.stop <= end and not len(piece.span))
            or (change.start <= at == end <= change.stop)
        )
    }


def _old_run(laid: _Laid, change: _Rewrite, touched: list[Span]) -> Span:
    """The words of the old text that a change is about."""
    found = [offset for span in touched for offset in (span.start, span.stop)]
    for at, end, piece in laid:
        start, stop = max(at, change.start), min(end, change.stop)
        if not piece.by and (start < stop or (start == stop and not touched)):
            found += [piece.span.start + start - at, piece.span.start + stop - at]
    if not found:  # between two corrections, or in a run without words
        found = [piece.span.stop for _, end, piece in laid if end <= change.start][-1:]
    return Span(min(found, default=0), max(found, default=0))
