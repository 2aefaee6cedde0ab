"""The claims of a commentary, checked against the original that it is about."""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from workbench.domain.alignment import Bead
from workbench.domain.beads import ReviewBead, Side, in_sentences
from workbench.domain.claims import Claim, Judgement
from workbench.domain.reading import rows, segmentation
from workbench.domain.rulings import RULINGS, Ruling
from workbench.domain.text import Role, Segmentation, Span, Text
from workbench.errors import BadInput, NotTranslations
from workbench.progress import Progress, silent
from workbench.services import files
from workbench.services.encoding import workspace_encoder
from workbench.services.report_sources import characters
from workbench.services.workspace import Workspace
from workbench.settings import Settings

if TYPE_CHECKING:
    from workbench.encode import Encoder


_FEWEST = 0.3  # English words for a Chinese character; translations have about 0.6


@dataclass(frozen=True, slots=True)
class Ruled:
    """A reviewer's ruling with its author and time."""

    ruling: Ruling
    author: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The judgements on a commentary, with both texts. commentary is English.

    ruled: what reviewers said in place of a judgement, by the claim's span. beads: the rows of a
    bitext, to which claims and passages belong.
    """

    commentary: Text
    original: Text
    judgements: tuple[Judgement, ...]
    ruled: Mapping[Span, Ruled] = field(default_factory=dict)
    beads: tuple[ReviewBead, ...] = ()

    def _row(self, side: Side, span: Span) -> str:
        """The id of the row that a span begins in, "" outside of a bitext."""
        return next((bead.id for bead in self.beads if span.start in getattr(bead, side)), "")

    def to_json(self) -> Iterator[dict[str, Any]]:
        """One record for each claim; spans are half-open code-point offsets."""
        for judgement in self.judgements:
            claim = judgement.claim
            ruled = self.ruled.get(claim.span)
            ruling = ruled.ruling if ruled else None
            yield {
                "id": claim.id,
                "kind": claim.kind,
                "claim": claim.span.of(self.commentary.content),
                "claim_span": [claim.span.start, claim.span.stop],
                "verdict": str(ruling.verdict if ruling else judgement.verdict),
                "evidence": [span.of(self.original.content) for span in judgement.evidence],
                "evidence_spans": [[span.start, span.stop] for span in judgement.evidence],
                "support": judgement.support,
                "reason": judgement.reason,
                "reason_zh": judgement.reason_zh,
                "machine_verdict": str(judgement.verdict),
                "corrected_by": ruled.author if ruled else "",
                "corrected_at": ruled.made_at if ruled else "",
                "note": ruling.note if ruling else "",
                "row": self._row("tgt", claim.span),
                "evidence_rows": [self._row("src", span) for span in judgement.evidence],
            }


def check_files(commentary: files.Pair, spans: str = "", progress: Progress = silent) -> Checked:
    """Check the commentary of an English text against its Chinese original.

    commentary: the original as source, the English text as target. What of the English
    translates the original helps to find the evidence; the rest is the commentary.
    spans: the claims, as `read_claims` takes them; when empty they are looked for.

    Raises:
        BadInput: `spans` can't be read, or a span is outside the text.
    """
    from workbench.encode import load_encoder

    try:
        if _is_short(commentary):
            raise NotTranslations("The English is too short to be a translation.")
        aligned = files.align_pair(commentary, progress)
    except NotTranslations:  # nothing but commentary
        src, tgt = (files.divide(t, files.AlignOptions()) for t in (commentary.src, commentary.tgt))
        beads: Sequence[Bead] = ()
        everything = tuple(Role.COMMENTARY for _ in tgt.paragraphs)
        tgt = Segmentation(tgt.paragraphs, tgt.sentences, everything, tgt.datelines)
    else:
        src, tgt, beads = aligned.src, aligned.tgt, aligned.alignment.beads
    encoder = load_encoder(Settings.from_environment().encoder)
    texts = ((commentary.src, src), (commentary.tgt, tgt))
    return check_claims(*texts, beads, encoder, spans, progress)


def _is_short(pair: files.Pair) -> bool:
    """Whether an English text has too few words to hold a translation of the Chinese one."""
    return len(pair.tgt.content.split()) < _FEWEST * characters(pair.src.content)


def bitext_claims(ws: Workspace, bitext_id: str) -> Checked:
    """The claims of a bitext's commentary, judged by its rows as they stand.

    Raises:
        UsageError: the bitext is not aligned yet.
    """
    bitext = ws.bitext(bitext_id)
    state = ws.state(bitext_id)
    english, chinese = ws.text(bitext.tgt_id), ws.text(bitext.src_id)
    divisions = (segmentation(state, "src"), segmentation(state, "tgt"))
    found = rows(state)
    beads = [
        Bead(in_sentences(bead.src, found.src_ends), in_sentences(bead.tgt, found.tgt_ends))
        for bead in found.beads
    ]
    ruled = {
        ruling.span: Ruled(ruling, touch.author, touch.made_at)
        for id_, value in state.collection(RULINGS).items()
        for ruling, touch in ((Ruling.from_json(value), state.touched[RULINGS, id_]),)
    }
    with workspace_encoder(ws) as encoder:
        checked = check_claims(
            (chinese, divisions[0]), (english, divisions[1]), beads, encoder, also=list(ruled)
        )
    return replace(checked, ruled=ruled, beads=found.beads)


def check_claims(
    original: tuple[Text, Segmentation],
    commentary: tuple[Text, Segmentation],
    beads: Sequence[Bead],
    encoder: "Encoder",
    spans: str = "",
    progress: Progress = silent,
    also: Sequence[Span] = (),
) -> Checked:
    """Check the commentary paragraphs of an English text.

    beads: in sentences; the original is their source, whatever of the English translates it.
    also: claims that somebody ruled on, which are kept although they may not be found any more.
    """
    from workbench.claims import Passages, find_claims, judge

    text, division = commentary
    sentences = division.sentences
    if spans:
        claims = read_claims(spans, text.content, division)
    else:
        own = [
            sentence
            for sentence, paragraph in zip(sentences, division.paragraph_numbers(), strict=True)
            if division.roles[paragraph] == Role.COMMENTARY
        ]
        claims = find_claims(text.content, own)
        known = {claim.span for claim in claims}
        claims += [Claim("", span) for span in also if span not in known]
        claims = [
            replace(claim, id=f"C{number:02d}")
            for number, claim in enumerate(sorted(claims, key=lambda one: one.span), 1)
        ]
    progress("Looking up claims", 0, len(claims))
    english = [""] * len(original[1].sentences)
    claiming = {n for n, s in enumerate(sentences) if any(s.overlaps(c.span) for c in claims)}
    for bead in beads:
        if not claiming.isdisjoint(range(bead.tgt.start, bead.tgt.stop)):
            continue  # what makes a claim is no translation, even where it was aligned
        words = " ".join(
            sentences[n].of(text.content).strip() for n in range(bead.tgt.start, bead.tgt.stop)
        )
        for number in range(bead.src.start, bead.src.stop):
            english[number] = words
    passages = Passages(original[0], original[1].sentences, english, encoder)
    judged = judge(claims, text.content, sentences, passages)
    progress("Looking up claims", len(claims), len(claims))
    return Checked(text, original[0], tuple(judged))


def read_claims(content: str, text: str, division: Segmentation) -> list[Claim]:
    """Claims from a file: JSON lines or a table with tabs, by offsets or by their words.

    A line has `id` if it likes, and either `start` and `stop` (also as a pair `span` or
    `claim_span`), or the words (`claim`, `text` or `claim_span`), with the number of the
    paragraph (`en_para`, from 1) or of the sentence (`en_sent_global`, from 0) where they are
    not the only ones. Without a header, two numbers of a line are offsets; else it is words.

    Raises:
        BadInput: a line says none of this, or its words or offsets are not in the text.
    """
    claims = []
    for number, record in enumerate(_records(content), 1):
        span = _span(record, text, division)
        if span is None:
            raise BadInput(
                f"Claim {number}: its words or offsets are not in the text;"
                " give start and stop, or the exact words."
            )
        claims.append(Claim(str(record.get("id") or f"C{number:02d}"), span))
    return claims


_NAMES = {"id", "start", "stop", "end", "span", "claim_span", "claim", "text", "claim_start"}
Record = dict[str, Any]


def _records(content: str) -> list[Record]:
    lines = [line for line in content.removeprefix("\ufeff").splitlines() if line.strip()]
    if lines and lines[0].lstrip()[:1] == "{":
        try:
            return [dict(json.loads(line)) for line in lines]
        except (ValueError, TypeError):
            raise BadInput("A line of the claims is no JSON object; mend the file.") from None
    table = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    if table and _NAMES & set(table[0]):
        return [dict(zip(table[0], row, strict=False)) for row in table[1:]]
    return [_bare(row) for row in table]


def _bare(row: list[str]) -> Record:
    numbers = [cell for cell in row if re.fullmatch(r"\d+", cell.strip())]
    if len(numbers) >= 2:
        named = {} if len(row) == 2 else {"id": row[0]}
        return {**named, "start": numbers[-2], "stop": numbers[-1]}
    return {"text": row[-1]} if len(row) == 1 else {"id": row[0], "text": row[-1]}


def _span(record: Record, text: str, division: Segmentation) -> Span | None:
    pair = next(
        (v for k in ("span", "claim_span", "claim") if isinstance(v := record.get(k), list)), None
    )
    start = record.get("start", record.get("claim_start", record.get("en_start")))
    stop = record.get("stop", record.get("end", record.get("claim_stop", record.get("en_stop"))))
    if pair is None and start not in (None, "") and stop not in (None, ""):
        pair = [start, stop]
    if pair is not None:
        return _offsets(pair, len(text))
    words = next((record[k] for k in ("claim_span", "claim", "text") if record.get(k)), "")
    return _find(str(words), record, text, division) if words else None


def _offsets(pair: list[Any], size: int) -> Span | None:
    try:
        start, stop = (int(value) for value in pair)
    except (TypeError, ValueError):
        return None
    return Span(start, stop) if 0 <= start < stop <= size else None


def _find(words: str, record: Record, text: str, division: Segmentation) -> Span | None:
    within = Span(0, len(text))
    for name, spans, first in (
        ("en_para", division.paragraphs, 1),
        ("en_sent_global", division.sentences, 0),
    ):
        cell = str(record.get(name, "")).strip()
        if cell.isdigit() and 0 <= int(cell) - first < len(spans):
            within = spans[int(cell) - first]
            break
    at = text.find(words, within.start, within.stop)
    if at < 0:
        at = text.find(words)
    return Span(at, at + len(words)) if at >= 0 else None
