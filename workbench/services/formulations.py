"""Set formulations across the dated texts of a workspace."""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.domain.formulation_edits import corrected
from workbench.domain.formulations import Change, Dated, Formulation, Place, Unheard
from workbench.domain.reading import rows
from workbench.domain.text import Span
from workbench.errors import BadInput, UnknownName, UsageError
from workbench.services.formulation_edits import FILE as CORRECTIONS
from workbench.services.formulation_edits import corrections
from workbench.services.rendering import renderings_in
from workbench.services.term_lists import workspace_terms
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.storage.catalogue import Entry
from workbench.storage.files import write_atomic

if TYPE_CHECKING:
    import pandas as pd

    from workbench.formulations import Found

_KEPT = "formulations.json"
_METHOD = 1  # to be raised when the search finds other phrases in the same texts


@dataclass(frozen=True, slots=True)
class Series:
    """The dated Chinese texts of a workspace and their formulations.

    entries: the catalogue's, by id. enough: whether there are texts enough to say anything.
    """

    texts: tuple[Dated, ...]
    entries: dict[str, Entry]
    formulations: tuple[Formulation, ...]
    enough: bool

    def text(self, text_id: str) -> Dated:
        """One of the texts. Raises UnknownName."""
        for text in self.texts:
            if text.id == text_id:
                return text
        raise UnknownName("dated Chinese text", text_id, [text.id for text in self.texts])

    def group(self, text_id: str, by: str) -> list[Dated]:
        """The texts of the same kind or counterpart as a text, or all, in order of date."""
        own = self.entries[self.text(text_id).id]
        if not by:
            return list(self.texts)
        same = getattr(own, by)
        return [text for text in self.texts if same and getattr(self.entries[text.id], by) == same]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a text says against the earlier ones of its group.

    by: "kind", "counterpart" or "" for all texts. unheard: clauses with new words.
    renderings: English words by place.
    """

    text: Dated
    by: str
    earlier: tuple[Dated, ...]
    changes: tuple[Change, ...]
    unheard: tuple[Unheard, ...]
    renderings: dict[Place, str]


GROUPS = ("kind", "counterpart", "")


def dated_texts(ws: Workspace) -> list[tuple[Dated, Entry]]:
    """The stored Chinese texts that have a date, the earliest first."""
    found = []
    for entry in ws.catalogue.entries().values():
        if entry.file and entry.lang.startswith("zh") and entry.date:
            found.append((_dated(ws, entry), entry))
    return sorted(found, key=lambda pair: (pair[0].date, pair[0].id))


def _dated(ws: Workspace, entry: Entry) -> Dated:
    from workbench.segment import segment

    text = ws.text(entry.id)
    silent = segment(text.content, text.lang).datelines
    return Dated(entry.id, entry.title, entry.date, text.content, "", silent)


def series(ws: Workspace) -> Series:
    """All formulations of the workspace, corrections included; none below five dated texts.

    Made anew when the catalogue, the terms or the corrections changed.

    Raises:
        BadInput: the file of corrections can't be read.
    """
    files = [ws.root / "texts" / name for name in ("catalogue.toml", "terms.csv", CORRECTIONS)]
    stamp = tuple(file.stat().st_mtime_ns if file.exists() else 0 for file in files)
    known = _series.get(ws.root)
    if known is None or known[0] != stamp:
        _series[ws.root] = known = (stamp, _make_series(ws))
    return known[1]


_series: dict[Path, tuple[tuple[int, ...], Series]] = {}


def _make_series(ws: Workspace) -> Series:
    from workbench.formulations import FEWEST, Found, place

    pairs = dated_texts(ws)
    texts = tuple(text for text, _ in pairs)
    entries = {entry.id: entry for _, entry in pairs}
    if len(texts) < FEWEST:
        return Series(texts, entries, (), False)
    said = corrected(corrections(ws))
    listed = frozenset(term.src for term in workspace_terms(ws).entries)
    found = [one for one in _found(ws, texts, listed) if one.words not in said.dropped]
    known = {one.words for one in found}
    found += [Found(words, 20.0) for words in said.added if words not in known | said.dropped]
    placed = place(
        texts,
        found,
        listed=listed,
        by_hand=frozenset(said.added),
        variants=said.variants,
        labels=said.labels,
    )
    return Series(texts, entries, tuple(placed), True)


def _found(ws: Workspace, texts: Sequence[Dated], listed: frozenset[str]) -> "list[Found]":
    """The phrases that the search finds; kept in the workspace's hidden folder."""
    from workbench.formulations import Found, find

    parts = (str(_METHOD), *(text.content for text in texts), *sorted(listed))
    key = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    path = ws.hidden / _KEPT
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["key"] == key:
            return [Found(words, weight) for words, weight in kept["found"]]
    except (OSError, ValueError, KeyError, TypeError):
        pass  # never kept, or damaged: it is only a cache
    found = find(texts, listed)
    content = {"key": key, "found": [[one.words, round(one.weight, 3)] for one in found]}
    write_atomic(path, json.dumps(content, ensure_ascii=False).encode())
    return found


def compare_text(ws: Workspace, text_id: str, by: str | None = None) -> Comparison:
    """What a text says that the earlier ones of its group do not, and the reverse.

    by: "kind", "counterpart", "" for all texts; when None, the first of these that has enough.

    Raises:
        UnknownName: no such dated Chinese text, or no such group.
        UsageError: the group has fewer than five dated texts, or none is earlier.
    """
    from workbench.formulations import FEWEST, compare, unheard

    if by is not None and by not in GROUPS:
        raise UnknownName("group", by, GROUPS[:2])
    found = series(ws)
    sizes = {name: found.group(text_id, name) for name in GROUPS}
    if by is None:
        by = next((name for name in GROUPS if len(sizes[name]) >= FEWEST), "")
    text = found.text(text_id)
    group = sizes[by]
    if len(group) < FEWEST:
        raise UsageError(
            f"There are {len(group)} dated Chinese texts to compare; from {FEWEST} on something "
            "can be said. Add more, or give those that belong together the same kind."
        )
    earlier = group[: group.index(text)]
    if not earlier:
        raise UsageError(f"{text.title} is the earliest of these texts; choose a later one.")
    renderings = renderings_of(ws, [p for f in found.formulations for p in f.places])
    changes = compare(text, earlier, found.formulations, renderings)
    return Comparison(
        text, by, tuple(earlier), tuple(changes), tuple(unheard(text, earlier)), renderings
    )


def renderings_of(ws: Workspace, places: Sequence[Place]) -> dict[Place, str]:
    """The English words of the places whose text is aligned with a translation."""
    with ws.db.read() as session:
        bitexts = repository.bitexts(session)
    found: dict[Place, str] = {}
    wanted = {place.text for place in places}
    for bitext in bitexts:
        if bitext.src_id in wanted or bitext.tgt_id in wanted:
            side = "src" if bitext.src_id in wanted else "tgt"
            own = [p for p in places if p.text == getattr(bitext, f"{side}_id") and p not in found]
            found |= _rendered(ws, bitext.id, side, own)
    return found


def _rendered(ws: Workspace, bitext_id: str, side: str, places: list[Place]) -> dict[Place, str]:
    bitext, state = ws.bitext(bitext_id), ws.state(bitext_id)
    beads = rows(state).beads if state.collection("beads") else ()
    beads = tuple(sorted(beads, key=lambda bead: getattr(bead, side).start))
    other = "tgt" if side == "src" else "src"
    try:
        texts = {"src": ws.text(bitext.src_id).content, "tgt": ws.text(bitext.tgt_id).content}
    except BadInput:  # gone: its page says so
        return {}
    starts = [getattr(bead, side).start for bead in beads]
    asked, about = [], []
    for place in places:
        number = bisect_right(starts, place.span.start) - 1
        if number < 0 or beads[number].is_null:
            continue
        own, far = getattr(beads[number], side), getattr(beads[number], other)
        if place.span.stop <= own.stop:
            span = place.span.shift(-own.start)
            asked.append((own.of(texts[side]), far.of(texts[other]), span))
            about.append((place, far))
    spans = renderings_in(ws, asked, chinese=True)
    return {
        place: " ".join(_words(span, far, texts[other]).split())
        for (place, far), span in zip(about, spans, strict=True)
        if span
    }


def _words(span: Span, row: Span, text: str) -> str:
    return span.shift(row.start).of(text)


COLUMNS = (
    "formulation", "label", "words", "text", "title", "date", "kind", "counterpart", "speaker",
    "degree", "level", "start", "stop", "clause", "rendering", "listed", "by_hand",
)  # fmt: skip


def formulation_lines(ws: Workspace) -> Iterator[tuple[Any, ...]]:
    """One line for each occurrence, under COLUMNS."""
    found = series(ws)
    places = [place for f in found.formulations for place in f.places]
    renderings = renderings_of(ws, places)
    contents = {text.id: text for text in found.texts}
    for formulation in found.formulations:
        for place in formulation.places:
            text, entry = contents[place.text], found.entries[place.text]
            yield (
                *(formulation.words, formulation.label, place.words, text.id, text.title),
                *(text.date, entry.kind, entry.counterpart, place.speaker, place.degree),
                *(place.level, place.span.start, place.span.stop),
                *(place.clause.of(text.content), renderings.get(place, "")),
                *(formulation.listed, formulation.by_hand),
            )


def formulation_frame(ws: Workspace) -> "pd.DataFrame":
    """Every occurrence of every formulation, for pandas."""
    import pandas as pd

    return pd.DataFrame(list(formulation_lines(ws)), columns=list(COLUMNS))
