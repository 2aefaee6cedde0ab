"""Several English versions of one original: which there are, and how they stand side by side.

Each version is a bitext of its own with the original, so that it is reviewed, checked and kept
like any other; what they have in common is the original.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workbench.domain import beads as places
from workbench.domain.alignment import Bead
from workbench.domain.reading import rows, sentence_ends
from workbench.domain.text import Text
from workbench.domain.versions import CommonRow, between, common_rows
from workbench.errors import UsageError
from workbench.services import library
from workbench.services.library import Draft
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.storage.catalogue import Entry, Pairing
from workbench.storage.repository import Bitext

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an original. bitext: id of it with the original. aligned: whether it has rows.

    text: the catalogue's entry, which says who issued it.
    """

    bitext: str
    title: str
    text: Entry
    aligned: bool


def versions_of(ws: Workspace, bitext_id: str) -> tuple[Version, ...]:
    """Every version of the original of a bitext, itself among them, in the catalogue's order.

    Raises:
        UnknownName: neither the database nor the catalogue knows the bitext.
    """
    entries = ws.catalogue.entries()
    with ws.db.read() as session:
        known = {one.id: one for one in repository.bitexts(session)}
    pairings = ws.catalogue.pairings()
    for one in known.values():  # a portable file may have brought what the catalogue never named
        pairings.setdefault(one.id, Pairing(one.id, one.title, one.src_id, one.tgt_id))
    source = pairings[bitext_id].source if bitext_id in pairings else ws.bitext(bitext_id).src_id
    return tuple(
        Version(
            pairing.id,
            pairing.title,
            entries[pairing.target],
            pairing.id in known and bool(ws.state(pairing.id).collection("beads")),
        )
        for pairing in pairings.values()
        if pairing.source == source and pairing.target in entries
    )


def add_version(ws: Workspace, bitext_id: str, draft: Draft, *, title: str = "") -> Bitext:
    """Store another version of the original of a bitext; it is not aligned yet.

    The same text again gives the bitext that it is in already.

    Raises:
        UnknownName: no such bitext.
        BadInput: the text is in the language of the original.
    """
    first = library.find_bitext(ws, bitext_id)
    library.check_languages(ws.catalogue.entry(first.src_id).lang, draft.lang)
    entry = library.store_text(ws, draft, title=title)
    return library.pair_texts(ws, first.src_id, entry.id, title=title or entry.title)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Versions of one original in common rows; spans count characters of the whole texts.

    bitexts: ids, in the order of `versions` and of what each row holds. seqs: the log numbers
    that the rows show. row_ids: for each row and version, ids of the beads that are joined there.
    """

    src: Text
    bitexts: tuple[str, ...]
    versions: tuple[Text, ...]
    seqs: tuple[int, ...]
    rows: tuple[CommonRow, ...]
    row_ids: tuple[tuple[tuple[str, ...], ...], ...]

    def units(self) -> list[dict[str, Any]]:
        """The rows with their words, as plain data."""
        return [
            {
                "src": [row.src.start, row.src.stop],
                "src_text": row.src.of(self.src.content).strip(),
                "versions": [
                    {
                        "bitext": bitext,
                        "span": [span.start, span.stop],
                        "text": span.of(text.content).strip(),
                        "beads": list(ids),
                    }
                    for bitext, text, span, ids in zip(
                        self.bitexts, self.versions, row.versions, beads, strict=True
                    )
                ],
            }
            for row, beads in zip(self.rows, self.row_ids, strict=True)
        ]

    def to_frame(self) -> "pd.DataFrame":
        """One line for each row: its words and, half-open, its code points in every text."""
        import pandas as pd

        names = ["src", *self.bitexts]
        columns = [part for name in names for part in (name, f"{name}_start", f"{name}_stop")]
        texts = (self.src, *self.versions)
        lines = [
            [
                cell
                for text, span in zip(texts, (row.src, *row.versions), strict=True)
                for cell in (span.of(text.content).strip(), span.start, span.stop)
            ]
            for row in self.rows
        ]
        return pd.DataFrame(lines, columns=columns)


def side_by_side(ws: Workspace, bitext_ids: Sequence[str]) -> SideBySide:
    """Versions of the same original in common rows, each with the rows it has now.

    A common row is the smallest that holds whole rows of every version: where one version pairs
    two Chinese sentences with one of its own and another keeps them apart, both are joined. What
    a version has without any Chinese is a row of its own. Sentences that people divided or joined
    in one version make no difference to another.

    Raises:
        UnknownName: no such bitext.
        UsageError: one is not aligned yet, is named twice, or has another original.
    """
    found = [library.find_bitext(ws, name) for name in bitext_ids]
    if len({bitext.id for bitext in found}) < len(found):
        raise UsageError("A version is named twice; name each version once.")
    others = [bitext.id for bitext in found if bitext.src_id != found[0].src_id]
    if others:
        raise UsageError(
            f"{others[0]!r} translates another original than {found[0].id!r}; "
            "choose versions of the same text."
        )
    states = [ws.state(bitext.id) for bitext in found]
    for bitext, state in zip(found, states, strict=True):
        if not state.collection("beads"):
            raise UsageError(f"{bitext.id!r} is not aligned yet; align it first.")
    beads = [rows(state).beads for state in states]
    common = common_rows(beads)
    return SideBySide(
        ws.text(found[0].src_id),
        tuple(bitext.id for bitext in found),
        tuple(ws.text(bitext.tgt_id) for bitext in found),
        tuple(state.seq for state in states),
        common,
        tuple(
            tuple(
                tuple(bead.id for bead in ours[run.start : run.stop])
                for ours, run in zip(beads, row.beads, strict=True)
            )
            for row in common
        ),
    )


def in_sentences(ws: Workspace, found: SideBySide) -> tuple[Bead, ...]:
    """The first two versions aligned to each other through the original, in sentences."""
    ends = [sentence_ends(ws.state(bitext), "tgt") for bitext in found.bitexts[:2]]
    return tuple(
        Bead(places.in_sentences(bead.src, ends[0]), places.in_sentences(bead.tgt, ends[1]))
        for bead in between(found.rows)
    )


@dataclass(frozen=True, slots=True)
class BesideCell:
    """What another version has beside a row of the first one.

    words: its English, "" if it has none. joined: id of the row in whose cell it stands, since
    this row and that one are one row together; "" if it stands here. extra: what the other
    version adds behind this row without any Chinese.
    """

    words: str = ""
    joined: str = ""
    extra: tuple[str, ...] = ()


def beside(ws: Workspace, bitext_id: str, other_id: str) -> dict[str, BesideCell]:
    """Another version of the same original, cut by the rows of a bitext, by the row's id.

    Raises:
        UnknownName, UsageError: as `side_by_side`.
    """
    found = side_by_side(ws, (bitext_id, other_id))
    cells: dict[str, BesideCell] = {}
    last = ""
    early: list[str] = []  # what stands before the first row
    for row, (ids, _) in zip(found.rows, found.row_ids, strict=True):
        words = row.versions[1].of(found.versions[1].content).strip()
        if ids:
            cells[ids[0]] = BesideCell(words)
            cells |= {id_: BesideCell(joined=ids[0]) for id_ in ids[1:]}
            last = ids[-1]
        elif not last:
            early.append(words)
        else:
            cells[last] = replace(cells[last], extra=(*cells[last].extra, words))
    if early and cells:
        first = next(iter(cells))
        cells[first] = replace(cells[first], extra=(*early, *cells[first].extra))
    return cells
