"""What was said about a text, carried over to a new version of it.

Words that the new version left alone have exactly one place there, found by counting; whatever
hangs on other words is not guessed at, but kept as an orphan with both contexts.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

from workbench.domain.beads import ReviewBead
from workbench.domain.corrections import LEFT_OUT, WORDINGS, Stretch, corrected, read_wording
from workbench.domain.cuts import CUTS
from workbench.domain.moves import MOVES, Move
from workbench.domain.notes import Annotation, Decision
from workbench.domain.operations import ALIGN, IMPORT, WORKBENCH, Key, State, Touch, Value, new_id
from workbench.domain.reading import rows, segmentation, segmentation_value
from workbench.domain.review import StoredFlag, fingerprint
from workbench.domain.rulings import RULINGS, Ruling
from workbench.domain.status import STATUSES
from workbench.domain.text import Segmentation, Span

ORPHANS = "orphans"
"""The collection of what had no place in a new version, by the id that it had."""

CONTEXT = 60  # characters of each text quoted on either side of an orphan


class Places:
    """Finds the places of an old text in a new one. pieces: tile the old text in order."""

    def __init__(self, pieces: Sequence[Stretch]) -> None:
        ends = list(accumulate(len(piece.text) for piece in pieces))
        laid = list(zip(pieces, [0, *ends], ends, strict=False))
        self._kept = [(piece.span, at) for piece, at in _kept(pieces)]
        self._starts = [span.start for span, _ in self._kept]
        self._ends = {piece.span.stop: end for piece, _, end in laid if len(piece.span)}
        self._all = laid

    def run(self, span: Span) -> Span | None:
        """Where some words are now; None when any of them were changed or parted."""
        number = bisect_right(self._starts, span.start) - 1
        if number < 0:
            return None
        kept, at = self._kept[number]
        return span.shift(at - kept.start) if span.stop <= kept.stop else None

    def boundary(self, offset: int) -> int | None:
        """Where a place between words is now; None inside of changed words."""
        number = bisect_left(self._starts, offset) - 1
        if number >= 0 and offset <= self._kept[number][0].stop:
            kept, at = self._kept[number]
            return offset - kept.start + at
        return 0 if offset == 0 else self._ends.get(offset)

    def near(self, offset: int) -> int:
        """Where the changed words that hold a place begin now, or the place itself."""
        for piece, at, _ in self._all:
            if offset < piece.span.stop or (piece.by and offset == piece.span.start):
                return at if piece.by else at + offset - piece.span.start
        return self._all[-1][2] if self._all else 0


@dataclass
class Carried:
    """The state of the new version, and what became of the old one's.

    values, touched: as of a state; who set a value and when is kept. applied: how many
    annotations and decisions are done with, because their wording is in the new text.
    """

    values: dict[Key, Value] = field(default_factory=dict)
    touched: dict[Key, Touch] = field(default_factory=dict)
    applied: int = 0

    def put(self, key: Key, value: Value, touch: Touch) -> None:
        """Set a value as somebody set it."""
        author = WORKBENCH if touch.kind == ALIGN else touch.author
        self.values[key] = value
        self.touched[key] = Touch(0, author, touch.made_at, IMPORT)


@dataclass(frozen=True)
class Carrier:
    """The old state, and both texts. division: of the new text, as the program divides it.

    flags: of the old text's last check. made_at: when this is done.
    """

    state: State
    content: str
    pieces: Sequence[Stretch]
    division: Segmentation
    flags: Sequence[StoredFlag]
    made_at: str

    @cached_property
    def new(self) -> str:
        """The new text."""
        return corrected(self.pieces)

    def carry(self) -> Carried:
        """The state of the new version before it is aligned again."""
        found = Carried()
        places = Places(self.pieces)
        self._divide(found, places)
        beads = self._beads(found, places)
        self._moves(found, beads)
        self._notes(found, places)
        self._decisions(found, places)
        self._wordings(found, places)
        self._rulings(found, places)
        for key, value in self.state.values.items():
            kept = key[0] == ORPHANS or (key[0] == STATUSES and key[1] in beads)
            if kept or (key[0] == "meta" and key[1] not in ("alignment", "review")):
                found.put(key, value, self.state.touched[key])
        review = self.state.get("meta", "review")
        if review:
            key = ("meta", "review")
            found.put(key, {**review, "status": "draft"}, self.state.touched[key])
        return found

    # -- how the text is divided --------------------------------------------------------------

    def _divide(self, found: Carried, places: Places) -> None:
        state = self.state
        for key in (("segments", "src"), ("meta", "alignment")):
            found.put(key, state.values[key], state.touched[key])
        for name in ("roles", CUTS, "tags"):
            for id_, value in state.collection(name).items():
                if id_.startswith("src:"):
                    found.put((name, id_), value, state.touched[name, id_])
        for id_, value in state.collection("tags").items():
            at = places.boundary(int(value["at"])) if id_.startswith("tgt:") else None
            if at is not None:
                found.put(("tags", id_), {**value, "at": at}, state.touched["tags", id_])
        old = segmentation(state, "tgt")
        self._roles(found, places, old)
        self._cuts(found, places, old)

    def _roles(self, found: Carried, places: Places, old: Segmentation) -> None:
        starts = {paragraph.start: n for n, paragraph in enumerate(self.division.paragraphs)}
        roles = list(self.division.roles)
        by_person = self.state.collection("roles")
        for number, paragraph in enumerate(old.paragraphs):
            new = starts.get(places.boundary(paragraph.start) or 0)
            if new is None or (paragraph.start and not new):
                continue
            roles[new] = old.roles[number]
            if role := by_person.get(f"tgt:{number}"):
                touch = self.state.touched["roles", f"tgt:{number}"]
                found.put(("roles", f"tgt:{new}"), role, touch)
        division = replace(self.division, roles=tuple(roles))
        found.put(("segments", "tgt"), segmentation_value(division), self._ours)

    @property
    def _ours(self) -> Touch:
        return Touch(0, WORKBENCH, self.made_at, IMPORT)

    def _cuts(self, found: Carried, places: Places, old: Segmentation) -> None:
        """Sentences stay divided as they were wherever the words on both sides are the same."""
        ends = {sentence.stop for sentence in self.division.sentences}
        fixed = {paragraph.stop for paragraph in self.division.paragraphs}
        wanted = set()
        for sentence in old.sentences:
            at = places.run(Span(sentence.stop - 1, sentence.stop + 1))
            if at is None:
                continue
            wanted.add(at.start + 1)
            if at.start + 1 not in ends:
                self._cut(found, sentence.stop, at.start + 1, end=True)
        for piece, start in _kept(self.pieces):
            for end in ends - fixed - wanted:
                if start < end < start + len(piece.text):
                    self._cut(found, end - start + piece.span.start, end, end=False)

    def _cut(self, found: Carried, old: int, new: int, *, end: bool) -> None:
        touch = self.state.touched.get((CUTS, f"tgt:{old}"))
        value = {"offset": new, "end": end}
        found.put((CUTS, f"tgt:{new}"), value, touch or self._ours)

    # -- rows ---------------------------------------------------------------------------------

    def _beads(self, found: Carried, places: Places) -> dict[str, ReviewBead]:
        """Rows whose English is the same stay as they are; answers them by id."""
        new = State(values=dict(found.values), touched=found.touched)
        ends = [0, *(sentence.stop for sentence in segmentation(new, "tgt").sentences)]
        stayed: dict[str, ReviewBead] = {}
        waiting: list[ReviewBead] = []
        src_at = tgt_at = 0
        all_rows = rows(self.state).beads
        for bead in all_rows:
            span = self._same(bead, places, ends)
            if span is None or span.start < tgt_at:
                waiting.append(bead)
                continue
            gap = (Span(src_at, bead.src.start), Span(tgt_at, span.start))
            self._fill(found, places, stayed, waiting, gap, ends)
            stayed[bead.id] = kept = replace(bead, tgt=span)
            touch = self.state.touched["beads", bead.id]
            found.put(("beads", bead.id), kept.to_json(), touch)
            src_at, tgt_at, waiting = bead.src.stop, span.stop, []
        gap = (Span(src_at, all_rows[-1].src.stop), Span(tgt_at, ends[-1]))
        self._fill(found, places, stayed, waiting, gap, ends)
        return stayed

    def _same(self, bead: ReviewBead, places: Places, ends: Sequence[int]) -> Span | None:
        """The sentences of the new text that are those of a row, if it has some."""
        words = bead.tgt.of(self.content)
        start = bead.tgt.start + len(words) - len(words.lstrip())
        run = places.run(Span(start, start + len(words.strip()))) if words.strip() else None
        first = places.run(Span(bead.tgt.start, start + 1)) if run else None
        if run is None or first is None or first.start not in ends:
            return None
        stop = ends[bisect_left(ends, run.stop)]
        if self.new[run.stop : stop].strip():
            return None
        held = [end for end in ends if run.start < end < run.stop]
        old = [s.stop for s in rows(self.state).sentences(bead, "tgt")]
        return Span(first.start, stop) if len(held) == len(old) - 1 else None

    def _fill(
        self,
        found: Carried,
        places: Places,
        stayed: dict[str, ReviewBead],
        waiting: Sequence[ReviewBead],
        gap: tuple[Span, Span],
        ends: Sequence[int],
    ) -> None:
        """Rows for what lies between rows that stayed, divided where the old ones were.

        One that had no English and has none now is the same row still.
        """
        src, tgt = gap
        cuts = [(src.start, tgt.start)]
        for bead in waiting[:-1]:
            at = places.boundary(bead.tgt.stop)
            inside = at is not None and cuts[-1][1] <= at <= tgt.stop and at in ends
            if at is not None and inside and (bead.src.stop, at) != cuts[-1]:
                cuts.append((bead.src.stop, at))
        cuts.append((src.stop, tgt.stop))
        bare = {bead.src: bead for bead in waiting if not len(bead.tgt)}
        for (a, b), (c, d) in pairwise(cuts):
            same = bare.get(Span(a, c)) if b == d else None
            if same:
                kept = stayed[same.id] = replace(same, tgt=Span(b, d))
                touch = self.state.touched["beads", same.id]
                found.put(("beads", same.id), kept.to_json(), touch)
            elif a < c or b < d:
                made = ReviewBead(new_id(), Span(a, c), Span(b, d))
                found.put(("beads", made.id), made.to_json(), self._ours)

    def _moves(self, found: Carried, stayed: Mapping[str, ReviewBead]) -> None:
        places = {(b.src, b.tgt): stayed[b.id] for b in rows(self.state).beads if b.id in stayed}
        by_src = {src: bead for (src, tgt), bead in places.items() if not len(tgt)}
        by_tgt = {tgt: bead for (src, tgt), bead in places.items() if not len(src)}
        for id_, value in self.state.collection(MOVES).items():
            move = Move.from_json(value)
            if move.src in by_src and move.tgt in by_tgt:
                moved = Move(move.src, by_tgt[move.tgt].tgt)
                found.put((MOVES, id_), moved.to_json(), self.state.touched[MOVES, id_])

    # -- what people said ---------------------------------------------------------------------

    def _notes(self, found: Carried, places: Places) -> None:
        used = {id_ for piece in self.pieces for id_ in piece.by}
        here: set[str] = set()
        for id_, value in self.state.collection("annotations").items():
            tgt = Annotation.from_json(value).tgt
            touch = self.state.touched["annotations", id_]
            run = places.run(tgt) if tgt else None
            if tgt is None or run:
                placed = {**value, "tgt": [run.start, run.stop]} if run else value
                found.put(("annotations", id_), placed, touch)
                here.add(id_)
            elif id_ in used:
                found.applied += 1
            else:
                self._orphan(found, places, ("annotations", id_), value, tgt)
        for name, of in (("replies", "note"), ("threads", "")):
            for id_, value in self.state.collection(name).items():
                if (value[of] if of else id_) in here:
                    found.put((name, id_), value, self.state.touched[name, id_])

    def _decisions(self, found: Carried, places: Places) -> None:
        used = {id_ for piece in self.pieces for id_ in piece.by}
        notes = self.state.collection("annotations").items()
        answered = {value.get("flag") for id_, value in notes if id_ in used}
        flags, names = {flag.fingerprint: flag for flag in self.flags}, self._fingerprints(places)
        for id_, value in self.state.collection("decisions").items():
            flag = flags.get(id_)
            touch = self.state.touched["decisions", id_]
            if flag is None or id_ in names:
                found.put(("decisions", names.get(id_, id_)), value, touch)
            elif id_ in answered:
                found.applied += 1
            elif not Decision.from_json(value).rule:  # what a rule decided, it decides again
                self._orphan(found, places, ("decisions", id_), value, flag.tgt)

    def _fingerprints(self, places: Places) -> dict[str, str]:
        """The new fingerprints of the flags whose words are the same, by the old ones."""
        seen: Counter[tuple[str, ...]] = Counter()
        names = {}
        for flag in self.flags:
            if flag.tgt is not None and places.run(flag.tgt) is None:
                continue
            key = (flag.detector, flag.category, flag.src_words, flag.tgt_words)
            names[flag.fingerprint] = fingerprint(flag, flag.src_words, flag.tgt_words, seen[key])
            seen[key] += 1
        return names

    def _wordings(self, found: Carried, places: Places) -> None:
        """What was not used may be used another time."""
        used = {id_ for piece in self.pieces for id_ in piece.by}
        for id_, value in self.state.collection(WORDINGS).items():
            if id_ in used:
                continue
            span, _ = read_wording(value)
            at = places.boundary(span.start)
            run = places.run(span) if len(span) else Span(at, at) if at is not None else None
            if run is None:
                self._orphan(found, places, (WORDINGS, id_), value, span)
            else:
                placed = {**value, "tgt": [run.start, run.stop]}
                found.put((WORDINGS, id_), placed, self.state.touched[WORDINGS, id_])
        for id_, value in self.state.collection(LEFT_OUT).items():
            if (WORDINGS, id_) in found.values or ("annotations", id_) in found.values:
                found.put((LEFT_OUT, id_), value, self.state.touched[LEFT_OUT, id_])

    def _rulings(self, found: Carried, places: Places) -> None:
        """Verdicts on claims whose words are untouched."""
        for id_, value in self.state.collection(RULINGS).items():
            ruling = Ruling.from_json(value)
            run = places.run(ruling.span)
            if run is None:
                self._orphan(found, places, (RULINGS, id_), value, ruling.span)
            else:
                placed = replace(ruling, span=run)
                touch = self.state.touched[RULINGS, id_]
                found.put((RULINGS, placed.id), placed.to_json(), touch)

    def _orphan(
        self,
        found: Carried,
        places: Places,
        key: Key,
        value: Value,
        span: Span | None,
    ) -> None:
        at = span or Span(0, 0)
        here = places.near(at.start)
        orphan: dict[str, Any] = {
            "of": key[0],
            "value": value,
            "words": at.of(self.content),
            "before": self.content[max(0, at.start - CONTEXT) : at.start],
            "after": self.content[at.stop : at.stop + CONTEXT],
            "now": self.new[max(0, here - CONTEXT) : here + len(at) + CONTEXT],
            "place": here,
        }
        found.put((ORPHANS, key[1]), orphan, self.state.touched[key])


def _kept(pieces: Sequence[Stretch]) -> list[tuple[Stretch, int]]:
    """The stretches that are as they were, with where they begin in the new text."""
    starts = [0, *accumulate(len(piece.text) for piece in pieces)]
    laid = zip(pieces, starts, strict=False)
    return [(piece, at) for piece, at in laid if not piece.by and piece.text]
