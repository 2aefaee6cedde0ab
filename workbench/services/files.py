"""Working on plain files, without a workspace: two of them, or a folder of pairs."""

import hashlib
import os
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.domain.alignment import Alignment, Bead, paragraph_groups
from workbench.domain.review import AlignedTexts, Row
from workbench.domain.text import Role, Segmentation, Span, Text
from workbench.errors import BadInput, UsageError
from workbench.progress import Progress, silent
from workbench.services.aligning import characters, side, with_commentary
from workbench.services.checking import StoredFlag, make_row, place, row_side
from workbench.services.encoding import plain_context
from workbench.services.library import check_languages, is_blank
from workbench.services.plain_pairs import flag_json, row_json
from workbench.settings import Settings

if TYPE_CHECKING:
    from workbench.detect import Findings


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises BadInput with a sentence when it can't be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"There is no file {path}; check the name.") from None
    except OSError as error:
        raise BadInput(f"{path} can't be read: {error.strerror}.") from None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts read from files."""

    src: Text
    tgt: Text


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """Two texts with their segments and beads."""

    pair: Pair
    src: Segmentation
    tgt: Segmentation
    alignment: Alignment


def read_pair(
    data: tuple[bytes, bytes], names: tuple[str, ...], langs: tuple[str, str] = ("", "")
) -> Pair:
    """Decode two files and find out their languages.

    Raises:
        BadInput: one can't be decoded or holds only white space, or both are in one language.
    """
    from workbench.exchange.decoding import decode
    from workbench.segment import guess_language

    unknown = [lang for lang in langs if lang and lang[:2] not in ("zh", "en")]
    if unknown:
        raise UsageError(f"The language {unknown[0]!r} is unknown; use zh or en, such as zh-CN.")
    texts = []
    for raw, name, lang in zip(data, names, langs, strict=True):
        try:
            content = decode(raw).content
        except BadInput as error:
            raise BadInput(f"{name}: {error}") from None
        if is_blank(content):
            raise BadInput(f"{name}: The text holds only white space; choose another file.")
        digest = hashlib.sha256(raw).hexdigest()
        texts.append(Text(name, name, lang or guess_language(content).lang, content, digest))
    check_languages(texts[0].lang, texts[1].lang)
    return Pair(*texts)


@dataclass(frozen=True, slots=True)
class AlignOptions:
    """How plain files are aligned.

    level: what a unit of the result is. segmented: each line of the files is one unit already, so
    that the numbers in the result are those of the lines. force: also texts that do not seem to
    be translations of each other. aligner: one of `workbench.align.aligners`. moved: look also for
    passages that the translation puts elsewhere.
    """

    level: str = "sentence"
    segmented: bool = False
    force: bool = False
    aligner: str = "default"
    moved: bool = False


def align_pair(
    pair: Pair, progress: Progress = silent, options: AlignOptions | None = None
) -> AlignedPair:
    """Align two texts. A run on long texts that was stopped or killed goes on where it was.

    Raises:
        NotTranslations: they do not seem to be translations of each other; says why.
    """
    from workbench.align import align
    from workbench.encode import load_encoder
    from workbench.encode.unfinished import UnfinishedEncoder

    options = options or AlignOptions()
    src, tgt = (divide(text, options) for text in (pair.src, pair.tgt))
    encoder = UnfinishedEncoder(load_encoder(Settings.from_environment().encoder), unfinished())
    alignment = align(
        side(pair.src, src),
        side(pair.tgt, tgt),
        encoder=encoder,
        aligner=options.aligner,
        progress=progress,
        check_plausible=not options.force,
        moved=options.moved,
    )
    encoder.forget()
    return AlignedPair(pair, src, with_commentary(alignment, src, tgt), alignment)


def unfinished() -> Path:
    """Where the vectors of long texts lie until their alignment is done."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "workbench" / "unfinished"


def divide(text: Text, options: AlignOptions) -> Segmentation:
    """The segments of a file; with `segmented`, its lines are the units asked for."""
    from workbench.segment import segment

    if not options.segmented:
        return segment(text.content, text.lang)
    lines = _tile(re.split(r"(?<=\n)", text.content))
    if options.level == "paragraph":
        sentences = [
            sentence.shift(line.start)
            for line in lines
            for sentence in segment(line.of(text.content), text.lang).sentences
        ]
        return Segmentation(tuple(lines), tuple(sentences), (Role.BODY,) * len(lines))
    whole = (Span(0, len(text.content)),)  # which paragraph a line is in, nobody knows
    return Segmentation(whole, tuple(lines), (Role.BODY,))


def _tile(pieces: list[str]) -> list[Span]:
    ends = [0, *accumulate(len(piece) for piece in pieces if piece)]
    return [Span(a, b) for a, b in pairwise(ends)]


def beads_at(aligned: AlignedPair, level: str) -> tuple[Bead, ...]:
    """The beads in units of sentences or of paragraphs.

    Where an alignment says nothing of paragraphs, theirs follow from its sentences.
    """
    found = aligned.alignment
    if level == "sentence":
        return found.beads
    numbers = (aligned.src.paragraph_numbers(), aligned.tgt.paragraph_numbers())
    return found.paragraphs or paragraph_groups(found.beads, *numbers)


def units(aligned: AlignedPair, level: str) -> list[dict[str, Any]]:
    """The beads with their words, as plain data, one for each bead or paragraph group."""
    beads = beads_at(aligned, level)
    spans = (aligned.src.sentences, aligned.tgt.sentences)
    if level == "paragraph":
        spans = (aligned.src.paragraphs, aligned.tgt.paragraphs)
    contents = (aligned.pair.src.content, aligned.pair.tgt.content)
    found = []
    for bead in beads:
        unit: dict[str, Any] = {
            "src": list(range(bead.src.start, bead.src.stop)),
            "tgt": list(range(bead.tgt.start, bead.tgt.stop)),
            "probability": bead.probability,
        }
        for name, run, tiles, content in zip(
            ("src", "tgt"), (bead.src, bead.tgt), spans, contents, strict=True
        ):
            span = characters(run, [tile.stop for tile in tiles])
            unit[f"{name}_span"] = [span.start, span.stop]
            unit[f"{name}_text"] = " ".join(span.of(content).split())
        if level == "sentence" and (there := _moved_to(bead, aligned.alignment.moves)):
            unit["moved_to"] = there
        found.append(unit)
    return found


def _moved_to(bead: Bead, moves: Sequence[Bead]) -> list[int]:
    """The sentences of the other side that translate one that is alone, elsewhere."""
    if not bead.is_null:
        return []
    here, there = ("src", "tgt") if len(bead.src) else ("tgt", "src")
    for move in moves:
        if getattr(bead, here).overlaps(getattr(move, here)):
            span: Span = getattr(move, there)
            return list(range(span.start, span.stop))
    return []


@dataclass(frozen=True, slots=True)
class CheckedPair:
    """Two texts with their beads and what the detectors found; one row for each bead."""

    aligned: AlignedPair
    texts: AlignedTexts
    findings: "Findings"

    @property
    def flags(self) -> list[StoredFlag]:
        """The flags, placed in the whole texts."""
        return place(self.findings.flags, self.texts)


def check_pair(
    pair: Pair,
    progress: Progress = silent,
    *,
    force: bool = False,
    only: Collection[str] | None = None,
    terms: Path | None = None,
) -> CheckedPair:
    """Align two texts and look for divergences; raises as `align_pair`.

    only: ids of the detectors to run; all when None. terms: a list above the product's own.
    """
    from workbench.detect import examine

    aligned = align_pair(pair, progress, AlignOptions(force=force))
    texts = aligned_texts(aligned)
    context = plain_context(*[terms] if terms else [])
    findings = examine(texts, context, only=only, progress=progress)
    return CheckedPair(aligned, texts, findings)


def checked_json(checked: CheckedPair) -> dict[str, Any]:
    """The beads and flags of two texts as plain data; spans are characters of the whole texts."""
    beads = [
        unit | row_json(checked.findings, number, (row.src_start, row.tgt_start))
        for number, (unit, row) in enumerate(
            zip(units(checked.aligned, "sentence"), checked.texts.rows, strict=True)
        )
    ]
    numbers = {row.id: number for number, row in enumerate(checked.texts.rows)}
    flags = [
        {"bead": numbers[flag.row]} | flag_json(stored) | stored.words
        for flag, stored in zip(checked.findings.flags, checked.flags, strict=True)
    ]
    signature = checked.aligned.alignment.signature
    return {"signature": signature, "flags": flags, "beads": beads}


def aligned_texts(aligned: AlignedPair) -> AlignedTexts:
    """Two aligned files as the detectors see them."""
    pair = aligned.pair
    return AlignedTexts(tuple(_rows(aligned)), pair.src.lang, pair.tgt.lang)


def _rows(aligned: AlignedPair) -> list[Row]:
    ends = [[s.stop for s in division.sentences] for division in (aligned.src, aligned.tgt)]
    rows = []
    for number, bead in enumerate(aligned.alignment.beads):
        sides = [
            row_side(
                characters(run, stops),
                division.sentences[run.start : run.stop],
                text.content,
                division,
            )
            for run, stops, text, division in (
                (bead.src, ends[0], aligned.pair.src, aligned.src),
                (bead.tgt, ends[1], aligned.pair.tgt, aligned.tgt),
            )
        ]
        rows.append(make_row(str(number), sides[0], sides[1], bead.probability))
    return rows
