"""Whole bitexts made up for tests: any text, any rows, everything that can hang on them.

Hypothesis makes the wordings, which are what formats stumble over; a seeded generator makes the
shape around them, since drawing that piece by piece takes a hundred times as long.
"""

import hashlib
from dataclasses import replace
from itertools import accumulate
from random import Random

from hypothesis import strategies as st

from workbench.domain.beads import ReviewBead
from workbench.domain.notes import CHOICE_TYPES, Annotation, Decision
from workbench.domain.review import (
    MQM_CATEGORIES,
    AnnotationKind,
    Severity,
    StoredFlag,
    Verdict,
)
from workbench.domain.status import Standing, Status
from workbench.domain.text import Role, Segmentation, Span
from workbench.exchange.tags import Tag
from workbench.exchange.whole import (
    DecisionEntry,
    FlagEntry,
    NoteEntry,
    RoleEntry,
    Setting,
    ValueEntry,
    WholeBitext,
    WholeRow,
    WholeText,
    sentences_in,
)

TRICKY = (
    "\t\r\n <>&\"'=+-@]\u0085\u2028\u200b\u202e\u3000\ufeff\U0001f600\U00020bb7\ue000e\u0301中。"
)
ILLEGAL = "\x00\x0b\x1b\ufffe\uffff"
CDATA = ("]]>", "<![CDATA[", "&amp;", "<!--", "-->", "<?x?>", "&#0;", "%s{}")
TAGS = (
    Tag(0, "alone", "ph", (("x", "1"),), "&lt;b/&gt;"),
    Tag(0, "open", "hi", (("type", "b"),)),
    Tag(0, "close", "hi"),
    Tag(0, "open", "g", (("id", "2"),)),
    Tag(0, "close", "g"),
    Tag(0, "alone", "x", (("id", "3"),)),
    Tag(0, "alone", "bpt", (("i", "1"), ("id", "1")), "{"),
)


def wordings(*, controls):
    """Text of all kinds. controls: also what XML can't hold."""
    usual = st.characters(exclude_categories=["Cs"] if controls else ["Cs", "Cc", "Cn"])
    chars = st.one_of(usual, st.sampled_from(TRICKY + ILLEGAL * controls))
    return st.one_of(st.text(chars, max_size=6), st.sampled_from(CDATA))


@st.composite
def bitexts(draw, *, controls=True, tags=True):
    """A whole bitext. controls: also characters that XML can't hold, in the texts alone."""
    plain = draw(st.lists(wordings(controls=False), min_size=3, max_size=5))
    texts = draw(st.lists(wordings(controls=controls), min_size=3, max_size=5))
    return make_bitext(Random(draw(st.integers(0, 10**6))), plain, texts, tags=tags)


def make_bitext(random, plain=("why", "<b>"), texts=("甲", "A & b"), *, tags=True):
    """A bitext of a few rows. plain: wordings for notes and titles; texts: for the two texts."""
    return _Maker(random, [*plain, ""], [*texts, ""]).bitext(tags)


class _Maker:
    def __init__(self, random, plain, texts) -> None:
        self.random, self.plain, self.texts = random, plain, texts
        self.decisions = {}

    def say(self):
        return "".join(self.random.choices(self.plain, k=self.random.randint(1, 2)))

    def setting(self):
        moment = self.random.choice(["2025-05-09T08:00:00.000Z", "2025-05-10T08:00:00.123Z"])
        return Setting(self.random.choice(["workbench", "Lin", "梅 <m@example.org>"]), moment)

    def text(self, lang):
        choose = self.random.choice
        paragraphs = [
            [
                choose(self.texts) + choose("甲乙Aé𠮷") + choose(["", " ", "\n", "\r\n", " \n\n"])
                for _ in range(self.random.randint(1, 3))
            ]
            for _ in range(self.random.randint(1, 4))
        ]
        content = "".join(part for paragraph in paragraphs for part in paragraph)
        stops = list(accumulate(len(part) for paragraph in paragraphs for part in paragraph))
        ends = list(accumulate(sum(map(len, paragraph)) for paragraph in paragraphs))
        datelines = (Span(0, 1),) if stops[0] > 1 and choose([True, False]) else ()
        roles = tuple(choose(list(Role)) for _ in ends)
        return WholeText(
            choose(["talk", "a.b"]) + f".{lang[:2]}",
            self.say(),
            lang,
            hashlib.sha256(content.encode()).hexdigest(),
            content,
            Segmentation(_tiles(ends), _tiles(stops), roles, datelines),
            date=choose(["", "2025-05-09"]),
            source=self.say(),
            licence="CC0",
            issuer="外交部 <&>",
            official="yes" if lang.startswith("zh") else "",
            translator="=Lin",
        )

    def tags(self, text):
        places = self.random.choices(range(len(text.content)), k=self.random.randint(0, 4))
        made = [replace(self.random.choice(TAGS), at=place) for place in sorted(places)]
        return replace(text, tags=tuple(made))

    def bitext(self, tags):
        src, tgt = self.text("zh-CN"), self.text("en-US")
        if tags:
            src, tgt = self.tags(src), self.tags(tgt)
        spans = self.tiling(src.division.sentences, tgt.division.sentences)
        rows = tuple(self.row(n, pair, (src, tgt)) for n, pair in enumerate(spans, 1))
        roles = (RoleEntry("tgt", 0, self.random.choice(list(Role)), self.setting()),)
        return WholeBitext(
            "talks",
            self.say(),
            "2025-05-01T00:00:00.000Z",
            self.say(),
            self.say(),
            self.setting(),
            src,
            tgt,
            rows,
            roles[: self.random.randint(0, 1)],
            tuple(self.decisions.values()),
            tuple(self.values(rows)),
        )

    def values(self, rows):
        """Statuses as the rows have them, and something that no export knows."""
        for row in rows:
            if row.standing.status is not Status.DRAFT:
                value = {"status": str(row.standing.status)}
                if row.standing.signed:
                    value["signed"] = list(row.standing.signed)
                yield ValueEntry("statuses", row.id, value, self.setting())
        yield ValueEntry(
            "threads", "note-1-0", {"text": self.say(), "n": [1, None]}, self.setting()
        )

    def tiling(self, src, tgt):
        """Beads over the sentences of both texts, some of them empty on one side."""
        i = j = 0
        while (i, j) != (len(src), len(tgt)):
            a = self.random.randint(0, min(2, len(src) - i))
            b = self.random.randint(0, min(2, len(tgt) - j))
            if a or b:
                yield _run(src, i, a), _run(tgt, j, b)
            i, j = i + a, j + b

    def row(self, number, spans, pair):
        choose = self.random.choice
        bead = ReviewBead(
            f"row-{number}",
            *spans,
            choose([True, False]),
            choose([None, 0.5, 0.9731]),
            choose([None, -1.25, 3.5]),
        )
        return WholeRow(
            number,
            bead,
            (number - 1) // 2,
            Role.BODY,
            sentences_in(pair[0].division.sentences, spans[0]),
            sentences_in(pair[1].division.sentences, spans[1]),
            self.setting(),
            tuple(self.flag(f"{number}-{n}", spans, pair) for n in range(choose([0, 1, 2]))),
            tuple(self.note(f"{number}-{n}", spans) for n in range(choose([0, 1, 2]))),
            choose(
                [Standing(), Standing(Status.REVISED), Standing(Status.APPROVED, ("Lin", "梅"))]
            ),
        )

    def part(self, span):
        if not len(span) or self.random.random() < 0.25:
            return None
        start = self.random.randrange(span.start, span.stop)
        return Span(start, self.random.randint(start + 1, span.stop))

    def flag(self, name, spans, pair):
        src, tgt = map(self.part, spans)
        flag = StoredFlag(
            f"flag-{name}",
            self.random.choice(["numbers", "terms"]),
            self.random.choice(list(MQM_CATEGORIES)),
            self.random.choice(list(Severity)),
            src,
            tgt,
            (spans[0].start, spans[1].start),
            src.of(pair[0].content) if src else "",
            tgt.of(pair[1].content) if tgt else "",
            self.say(),
            self.say(),
            self.random.choice([0.5, 0.912]),
            self.random.choice([(), ("numbers", "coverage")]),
        )
        if self.random.random() < 0.5:
            return FlagEntry(flag)
        verdict = self.random.choice(list(Verdict))
        words = flag.src_words, flag.tgt_words
        decision = Decision(verdict, flag.detector, flag.category, *words, self.say())
        made = DecisionEntry(flag.fingerprint, decision, self.setting())
        self.decisions[flag.fingerprint] = made
        return FlagEntry(flag, decision, made.made)

    def note(self, name, spans):
        src, tgt = map(self.part, spans)
        if src is None and tgt is None:
            src, tgt = (span if len(span) else None for span in spans)
        kind = self.random.choice(list(AnnotationKind))
        categories = {"error": list(MQM_CATEGORIES), "choice": list(CHOICE_TYPES)}
        severity = self.random.choice(list(Severity))
        annotation = Annotation(
            kind,
            src,
            tgt,
            self.say().strip() or "why",
            self.random.choice(categories.get(kind, [""])),
            severity if kind is AnnotationKind.ERROR else None,
            self.say().strip(),
            self.random.choice(["", "flag-1-0"]),
        )
        return NoteEntry(f"note-{name}", annotation, self.setting())


def _tiles(stops):
    return tuple(Span(a, b) for a, b in zip([0, *stops], stops, strict=False))


def _run(sentences, start, size):
    """Some sentences as characters; none of them keep their place."""
    if not size:
        at = sentences[start].start if start < len(sentences) else sentences[-1].stop
        return Span(at, at)
    return Span(sentences[start].start, sentences[start + size - 1].stop)
