"""The project's own sample as a reference set: rows by its gold, divergences planted by hand."""

import ast
import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from workbench.domain.review import AlignedTexts, Row
from workbench.domain.text import Role, Span
from workbench.evaluate.divergence.cases import Case, TestSet
from workbench.evaluate.divergence.changes import LOOSE_ZH

NAME = "lanting-visit"

# Which detector claims a planted category; the others claim no divergence of the sample.
CLAIMS = {
    "accuracy/number": ("numbers",),
    "accuracy/omission": ("omission",),
    "accuracy/addition": ("addition",),
    "accuracy/name": ("names",),
    "terminology/wrong-term": ("terms",),
    "terminology/inconsistent": ("consistency",),
    "accuracy/polarity": ("polarity",),
    "accuracy/modality": ("modality",),
    "accuracy/attribution": ("speaker",),
    "linguistic-conventions/punctuation": ("mechanical",),
    "linguistic-conventions/duplication": ("mechanical",),
}

Line = dict[str, str]


def has_sample(root: Path) -> bool:
    """Whether the workspace holds the sample with its gold."""
    return (root / "texts" / f"{NAME}.divergences.tsv").exists()


def planted(root: Path) -> list[Line]:
    """The divergences of the sample; offsets are those of the whole texts."""
    return list(_table(root / "texts" / f"{NAME}.divergences.tsv"))


def sample_set(root: Path, texts: AlignedTexts, detector: str) -> TestSet:
    """The rows of the sample as cases, in order; rows planted with other errors are left out."""
    divergences = planted(root)
    cases = [_case(row, divergences, detector) for row in texts.rows]
    kept = tuple(case for case in cases if case)
    return TestSet(
        "sample", "our sample", "自带样本", kept, (detector,),
        complete=any(case.wrong for case in kept),
    )  # fmt: skip


def _case(row: Row, divergences: Iterable[Line], detector: str) -> Case | None:
    zh_gold, en_gold = [], []
    other = wrong = False
    for line in divergences:
        places = {side: _place(line, side) for side in ("zh", "en")}
        here = (
            Span(row.src_start, row.src_start + len(row.src)),
            Span(row.tgt_start, row.tgt_start + len(row.tgt)),
        )
        inside = [
            bool(span) and place.start >= span.start and place.stop <= span.stop
            for place, span in zip(places.values(), here, strict=True)
        ]
        if not any(inside[n] and len(place) for n, place in enumerate(places.values())):
            continue
        if detector in _claims(line):
            wrong = True
            zh_gold += [places["zh"].shift(-row.src_start)] if len(places["zh"]) else []
            en_gold += [places["en"].shift(-row.tgt_start)] if len(places["en"]) else []
        else:
            other = True
    if other and not wrong:
        return None
    return Case(row.id, row.src, row.tgt, wrong, tuple(zh_gold), tuple(en_gold))


def _claims(line: Line) -> tuple[str, ...]:
    if line["category"] == "accuracy/number" and LOOSE_ZH.search(line["zh_words"]):
        return ("approximators",)
    return CLAIMS.get(line["category"], ())


def _place(line: Line, side: str) -> Span:
    return Span(int(line[f"{side}_start"]), int(line[f"{side}_stop"]))


def sample_texts(root: Path) -> AlignedTexts:
    """The sample, its rows by the gold alignment; the commentary and the dateline marked."""
    gold = root / "alignments" / "gold"
    sides = {}
    for lang in ("zh", "en"):
        content = (root / "texts" / f"{NAME}.{lang}.txt").read_bytes().decode("utf-8")
        table = _table(gold / f"{NAME}.{lang}.sentences.tsv")
        sides[lang] = content, [Span(int(row["start"]), int(row["stop"])) for row in table]
    lines = (gold / f"{NAME}.sentences.align").read_text(encoding="utf-8").splitlines()
    rows = list(_rows([ast.literal_eval(f"({line.replace(':', ',')})") for line in lines], sides))
    return AlignedTexts(tuple(rows), "zh-CN", "en-US")


def _rows(
    beads: Iterable[tuple[list[int], list[int]]], sides: dict[str, tuple[str, list[Span]]]
) -> Iterator[Row]:
    translating = False  # the commentary stands in front
    (zh, zh_spans), (en, en_spans) = sides["zh"], sides["en"]
    for number, (chinese, english) in enumerate(beads):
        src, src_start = _words(zh, zh_spans, chinese)
        tgt, tgt_start = _words(en, en_spans, english)
        translating |= bool(chinese)
        role = Role.BODY if translating else Role.COMMENTARY
        dateline = src.find("：") + 1 if chinese and src_start == 0 else 0
        yield Row(str(number), src, tgt, src_start, tgt_start, tgt_role=role, src_dateline=dateline)


def _words(content: str, spans: list[Span], ids: list[int]) -> tuple[str, int]:
    """The sentences of one side of a bead, and where they begin."""
    if not ids:
        return "", 0
    start = spans[ids[0]].start
    return content[start : spans[ids[-1]].stop].rstrip(), start


def _table(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
