"""Working on two plain files, without a workspace."""

import hashlib
from dataclasses import dataclass
from typing import Any

from workbench.domain.alignment import Alignment, paragraph_groups
from workbench.domain.review import AlignedTexts, Row
from workbench.domain.text import Segmentation, Text
from workbench.errors import BadInput
from workbench.progress import Progress, silent
from workbench.services.aligning import characters, side, with_commentary
from workbench.services.checking import StoredFlag, make_row, place, row_side
from workbench.services.library import check_languages, is_blank
from workbench.settings import Settings


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


def align_pair(pair: Pair, progress: Progress = silent, *, force: bool = False) -> AlignedPair:
    """Align two texts.

    Raises:
        NotTranslations: they do not seem to be translations of each other; says why.
    """
    from workbench.align import align
    from workbench.encode import load_encoder
    from workbench.segment import segment

    src = segment(pair.src.content, pair.src.lang)
    tgt = segment(pair.tgt.content, pair.tgt.lang)
    alignment = align(
        side(pair.src, src),
        side(pair.tgt, tgt),
        encoder=load_encoder(Settings.from_environment().encoder),
        progress=progress,
        check_plausible=not force,
    )
    return AlignedPair(pair, src, with_commentary(alignment, src, tgt), alignment)


def units(aligned: AlignedPair, level: str) -> list[dict[str, Any]]:
    """The beads with their words, as plain data, one for each bead or paragraph group."""
    beads = aligned.alignment.beads
    spans = (aligned.src.sentences, aligned.tgt.sentences)
    if level == "paragraph":
        numbers = (aligned.src.paragraph_numbers(), aligned.tgt.paragraph_numbers())
        beads = paragraph_groups(beads, *numbers)
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
        found.append(unit)
    return found


def check_pair(pair: Pair, progress: Progress = silent, *, force: bool = False) -> list[StoredFlag]:
    """Align two texts and look for divergences; raises as `align_pair`."""
    from workbench.detect import Context, check
    from workbench.detect.terms import TermList
    from workbench.encode import load_encoder

    aligned = align_pair(pair, progress, force=force)
    texts = AlignedTexts(tuple(_rows(aligned)), pair.src.lang, pair.tgt.lang)
    encoder = load_encoder(Settings.from_environment().encoder)
    flags = check(texts, Context(TermList.load(), encoder), progress=progress)
    return place(flags, texts)


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
        rows.append(make_row(str(number), sides[0], sides[1]))
    return rows
