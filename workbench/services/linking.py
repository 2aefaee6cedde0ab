"""Word links of plain files, of lines of tokens, and of the bitexts of a workspace."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from workbench.domain.links import LinkedPair
from workbench.domain.review import Row
from workbench.domain.text import Span
from workbench.errors import BadInput, UsageError
from workbench.progress import Progress, silent
from workbench.services.checking import aligned_texts as checked_rows
from workbench.services.encoding import plain_linker, workspace_linker
from workbench.services.files import (
    AlignedPair,
    AlignOptions,
    Pair,
    align_pair,
    aligned_texts,
    units,
)
from workbench.services.workspace import Workspace

BATCH = 200  # lines that are read in context together


def link_lines(
    lines: Iterable[bytes], langs: tuple[str, str], progress: Progress = silent
) -> Iterator[str]:
    """For each line `source tokens ||| target tokens` its links, `i-j` counted from 0.

    langs: of source and target, one zh, the other en. An empty line has no links.

    Raises:
        UsageError: the languages are not Chinese and English.
        BadInput: a line is not of that form; says which.
        Unavailable: the dictionary or the weights can't be read.
    """
    from workbench.encode import load_word_encoder
    from workbench.links import link_tokens

    if {lang.lower()[:2] for lang in langs} != {"zh", "en"}:
        raise UsageError("Source and target have to be zh and en, or en and zh.")
    encoder = load_word_encoder()
    rest = _tokens(lines)
    while batch := list(islice(rest, BATCH)):
        for links in link_tokens(batch, langs[0], encoder=encoder, progress=progress):
            yield " ".join(f"{one.src}-{one.tgt}" for one in links)


def _tokens(lines: Iterable[bytes]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    for number, raw in enumerate(lines, 1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise BadInput(f"Line {number} is not UTF-8; save the file as UTF-8.") from None
        sides = f" {line.strip()} ".split(" ||| ") if line.strip() else ["", ""]
        if len(sides) != 2:
            raise BadInput(
                f"Line {number} is not of the form: source tokens ||| target tokens; "
                "write the separator ||| once, with blanks around it."
            )
        yield sides[0].split(), sides[1].split()


def link_pair(
    pair: Pair, progress: Progress = silent, *, force: bool = False
) -> tuple[AlignedPair, list[LinkedPair]]:
    """Align two texts and link the words of each bead; spans are those of the beads' texts.

    Raises:
        NotTranslations: they do not seem to be translations of each other; says why.
        Unavailable: the dictionary or the weights can't be read.
    """
    aligned = align_pair(pair, progress, AlignOptions(force=force))
    return aligned, plain_linker()(aligned_texts(aligned), progress)


def link_bitext(ws: Workspace, bitext_id: str, progress: Progress = silent) -> None:
    """Link the words of every row of a bitext, and keep the links where the page looks.

    Raises:
        UnknownName: no such bitext.
        Unavailable: the dictionary or the weights can't be read.
        Stopped: the user stopped it; what was linked is kept.
    """
    with workspace_linker(ws) as linker:
        linker(checked_rows(ws, bitext_id), progress)


def row_links(
    ws: Workspace, bitext_id: str, ids: Sequence[str]
) -> dict[str, dict[str, Any] | None]:
    """The words and links of some rows, None for one that has not been linked as it is now.

    Words are [start, stop, probability of their best link, whether a function word], in
    characters of the whole texts; links are [source word, target word, probability].

    Raises:
        UnknownName: no such bitext.
        UsageError: it is not aligned yet.
    """
    texts = checked_rows(ws, bitext_id, ids)
    with workspace_linker(ws) as linker:
        found = linker.known(texts)
    answer: dict[str, dict[str, Any] | None] = dict.fromkeys(ids)
    for row, linked in zip(texts.rows, found, strict=True):
        if linked is not None:
            answer[row.id] = _row_json(row, linked)
    return answer


def _row_json(row: Row, linked: LinkedPair) -> dict[str, Any]:
    from workbench.links.words import is_light

    found = pair_json(linked, (row.src_start, row.tgt_start))
    for side, text, spans in (
        ("src_words", row.src, linked.src_words),
        ("tgt_words", row.tgt, linked.tgt_words),
    ):
        for word, span in zip(found[side], spans, strict=True):
            word.append(int(is_light(span.of(text))))
    return found


def linked_json(aligned: AlignedPair, linked: Sequence[LinkedPair]) -> dict[str, Any]:
    """Signatures, and the beads with their words and links.

    Spans are characters of the whole texts.
    """
    from workbench.encode import load_word_encoder
    from workbench.links import signature

    rows = aligned_texts(aligned).rows
    beads = [
        unit | pair_json(one, (row.src_start, row.tgt_start))
        for unit, one, row in zip(units(aligned, "sentence"), linked, rows, strict=True)
    ]
    return {
        "signature": aligned.alignment.signature,
        "link_signature": signature(load_word_encoder()),
        "beads": beads,
    }


def pair_json(linked: LinkedPair, starts: tuple[int, int] = (0, 0)) -> dict[str, Any]:
    """Words as [start, stop, probability of their best link], links as [word, word, probability].

    starts: of source and target in their texts.
    """
    return {
        "src_words": _words(linked.src_words, linked.src_best, starts[0]),
        "tgt_words": _words(linked.tgt_words, linked.tgt_best, starts[1]),
        "links": [[one.src, one.tgt, one.probability] for one in linked.links],
    }


def _words(spans: Sequence[Span], best: Sequence[float], start: int) -> list[list[float]]:
    return [[span.start + start, span.stop + start, p] for span, p in zip(spans, best, strict=True)]
