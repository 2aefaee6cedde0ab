"""Everything that was reviewed in a workspace, followed over time and compared in groups."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.domain.review import AnnotationKind, Severity
from workbench.domain.text import Role
from workbench.errors import BadInput, UnknownName
from workbench.exchange.whole import WholeBitext
from workbench.report.score import Scorecard
from workbench.report.trends import Measured, Rate, Ratio, halves, pooled, rate, ratio
from workbench.services.checking import aligned_texts
from workbench.services.report_phrases import phrases
from workbench.services.report_sources import characters, word_count
from workbench.services.reporting import scorecard
from workbench.services.term_lists import workspace_terms
from workbench.services.whole import whole_bitext
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.storage.catalogue import Entry

if TYPE_CHECKING:
    import pandas as pd

    from workbench.detect.terms import TermList

TABLES = ("texts", "errors", "terms")
GROUPS = ("translator", "kind", "counterpart", "reviewer")


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """An error that a person noted. points: what it costs."""

    category: str
    severity: Severity
    points: float
    author: str
    made_at: str
    words: str
    row: str


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term with one of its renderings, and how often."""

    term: str
    rendering: str
    standing: str
    count: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One reviewed translation. source, target: the catalogue's entries. words: scored.

    decisions: on flags, by verdict; open flags under "open".
    """

    bitext: str
    title: str
    source: Entry
    target: Entry
    words: float
    errors: tuple[ErrorLine, ...]
    decisions: dict[str, int]
    terms: tuple[TermLine, ...]

    @property
    def date(self) -> str:
        """When the translation, or else the original, appeared."""
        return self.target.date or self.source.date

    def name(self, group: str) -> str:
        """What group it belongs to; "" when nobody said."""
        if group == "reviewer":
            return ", ".join(sorted({error.author for error in self.errors}))
        said: str = getattr(self.target, group) or getattr(self.source, group)
        return said

    @property
    def measured(self) -> Measured:
        """Its size and errors."""
        points = tuple(error.points for error in self.errors)
        return Measured(self.bitext, self.title, self.date, self.words, points)

    def only(self, category: str) -> Measured:
        """The same with the errors of one category alone, each counted once."""
        points = tuple(1.0 for error in self.errors if error.category == category)
        return Measured(self.bitext, self.title, self.date, self.words, points)


@dataclass(frozen=True, slots=True)
class Trends:
    """What is known of the translations of a workspace, the earliest first.

    change: the later half against the earlier one, when there are enough dated ones.
    """

    card: Scorecard
    reviewed: tuple[Reviewed, ...]
    rates: tuple[Rate, ...]
    change: Ratio | None

    def by(self, group: str) -> list[Rate]:
        """The rates of the groups of a kind, the largest groups first."""
        names = Counter(one.name(group) for one in self.reviewed)
        found = []
        for name in (name for name, _ in names.most_common() if name):
            own = [one.measured for one in self.reviewed if one.name(group) == name]
            found.append(rate(pooled(name, own), self.card))
        return found

    def against(self, group: str) -> list[Ratio]:
        """Each group of a kind against the largest one."""
        found = [one.measured for one in self.by(group)]
        return [ratio(one, found[0]) for one in found[1:]]

    def categories(self) -> list[tuple[str, Rate, Ratio | None]]:
        """Errors of each category per so many words, the most frequent first, and their change."""
        names = Counter(e.category for one in self.reviewed for e in one.errors)
        found = []
        for name, _ in names.most_common():
            own = [one.only(name) for one in self.reviewed]
            found.append((name, rate(pooled(name, own), self.card, unseen=1.0), halves(own)))
        return found

    def terms(self) -> list[tuple[str, int, int, dict[str, int]]]:
        """Terms with how often they occur and are rendered as listed, and all renderings."""
        counts: dict[str, Counter[tuple[str, str]]] = {}
        for one in self.reviewed:
            for line in one.terms:
                counts.setdefault(line.term, Counter())[line.rendering, line.standing] += line.count
        lines = []
        for term, found in counts.items():
            good = sum(n for (_, how), n in found.items() if how in ("preferred", "admitted"))
            words = Counter[str]()
            for (rendering, _), n in found.items():
                words[rendering] += n
            lines.append((term, found.total(), good, dict(words.most_common())))
        return sorted(lines, key=lambda line: (line[2] / line[1], -line[1], line[0]))


def trends(ws: Workspace, *, translator: str = "", kind: str = "", counterpart: str = "") -> Trends:
    """Gather every aligned bitext, or those of one translator, kind or counterpart."""
    card, terms = scorecard(ws), workspace_terms(ws)
    entries = ws.catalogue.entries()
    wanted = {"translator": translator, "kind": kind, "counterpart": counterpart}
    with ws.db.read() as session:
        bitexts = repository.bitexts(session)
    found = []
    for bitext in bitexts:
        source, target = entries.get(bitext.src_id), entries.get(bitext.tgt_id)
        if source is None or target is None or not ws.state(bitext.id).collection("beads"):
            continue
        try:
            one = _reviewed(ws, bitext.id, source, target, card, terms)
        except BadInput:  # a text is gone: its own page says so
            continue
        if all(not value or one.name(name) == value for name, value in wanted.items()):
            found.append(one)
    found.sort(key=lambda one: (one.date or "9999", one.bitext))
    measured = [one.measured for one in found]
    rates = tuple(rate(one, card) for one in measured)
    return Trends(card, tuple(found), rates, halves(measured))


def _reviewed(
    ws: Workspace, bitext_id: str, source: Entry, target: Entry, card: Scorecard, terms: "TermList"
) -> Reviewed:
    whole = whole_bitext(ws, bitext_id)
    aligned = aligned_texts(ws, bitext_id)
    lines = tuple(
        TermLine(phrase.src, one.words, one.standing, one.count)
        for phrase in phrases(aligned, terms, {})
        for one in phrase.renderings
        if one.words
    )
    decisions = Counter(
        str(flag.decision.verdict) if flag.decision else "open"
        for row in whole.rows
        if row.role is not Role.COMMENTARY
        for flag in row.flags
    )
    errors, words = _errors(whole, card)
    return Reviewed(bitext_id, whole.title, source, target, words, errors, dict(decisions), lines)


def _errors(whole: WholeBitext, card: Scorecard) -> tuple[tuple[ErrorLine, ...], float]:
    """The errors outside of commentary, and the words that they are counted for."""
    errors, texts = [], []
    for row in whole.rows:
        if row.role is Role.COMMENTARY:
            continue
        texts.append(whole.words("tgt", row.bead.tgt))
        for note in row.notes:
            said = note.annotation
            if said.kind is AnnotationKind.ERROR:
                severity = said.severity or Severity.NEUTRAL
                errors.append(
                    ErrorLine(
                        said.category, severity, card.penalty(said.category, severity),
                        note.made.author, note.made.made_at,
                        whole.words("tgt", said.tgt) or whole.words("src", said.src), row.id,
                    )
                )  # fmt: skip
    text = " ".join(texts)
    chinese = whole.tgt.lang.startswith("zh")
    return tuple(errors), card.words(word_count(text), characters(text), chinese=chinese)


_COLUMNS = {
    "texts": ("bitext", "title", "date", "translator", "kind", "counterpart", "words", "errors",
              "penalty", "normed", "low", "high", "open", "accepted", "dismissed", "deferred"),
    "errors": ("bitext", "date", "translator", "kind", "counterpart", "category", "severity",
               "points", "author", "made_at", "words", "bead"),
    "terms": ("bitext", "date", "translator", "kind", "counterpart", "term", "rendering",
              "standing", "count"),
}  # fmt: skip


def trend_frame(found: Trends, what: str = "texts") -> "pd.DataFrame":
    """One of the tables behind the trends: texts, errors or terms.

    Raises:
        UnknownName: there is no such table.
    """
    import pandas as pd

    if what not in TABLES:
        raise UnknownName("table", what, TABLES)
    lines: list[Sequence[Any]] = []
    for one, its in zip(found.reviewed, found.rates, strict=True):
        about = (one.name("translator"), one.name("kind"), one.name("counterpart"))
        if what == "texts":
            verdicts = ("open", "accepted", "dismissed", "deferred")
            lines.append((
                one.bitext, one.title, one.date, *about, one.words, len(one.errors),
                sum(e.points for e in one.errors), its.normed, its.low, its.high,
                *(one.decisions.get(verdict, 0) for verdict in verdicts),
            ))  # fmt: skip
        elif what == "errors":
            lines += [
                (one.bitext, one.date, *about, e.category, str(e.severity), e.points, e.author,
                 e.made_at, e.words, e.row)
                for e in one.errors
            ]  # fmt: skip
        else:
            lines += [
                (one.bitext, one.date, *about, t.term, t.rendering, t.standing, t.count)
                for t in one.terms
            ]
    return pd.DataFrame(lines, columns=list(_COLUMNS[what]))
