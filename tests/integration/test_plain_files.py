"""Reading two plain files, without a workspace and without an encoder."""

from dataclasses import replace

import pytest

import workbench
from tests.support import GOLD, ROOT, SAMPLE, read_gold
from workbench.domain.alignment import Alignment, Bead
from workbench.domain.text import Span
from workbench.errors import BadInput, UsageError
from workbench.exchange.alignments import line_formats
from workbench.segment import segment
from workbench.services import files, folders

NAMES = ("zh.txt", "en.txt")
DATA = tuple((ROOT / "texts" / f"{SAMPLE}.{lang}.txt").read_bytes() for lang in ("zh", "en"))


@pytest.fixture(scope="module")
def aligned():
    """The sample as two plain files, aligned by its gold."""
    pair = files.read_pair(DATA, NAMES)
    divisions = [segment(text.content, text.lang) for text in (pair.src, pair.tgt)]
    beads = read_gold(GOLD / f"{SAMPLE}.sentences.align")
    sizes = [len(division.sentences) for division in divisions]
    return files.AlignedPair(pair, *divisions, Alignment(beads, *sizes, "gold"))


def test_two_files_are_read_with_their_languages(aligned):
    assert (aligned.pair.src.lang, aligned.pair.tgt.lang) == ("zh-CN", "en-US")
    assert aligned.pair.src.content == DATA[0].decode()


def test_languages_can_be_given():
    assert files.read_pair(DATA, NAMES, ("zh-TW", "en-GB")).tgt.lang == "en-GB"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ((DATA[0], b""), r"^en\.txt: "),
        ((b" \n", DATA[1]), r"^zh\.txt: .*white space"),
        ((DATA[0], "\u200b\n\u3000".encode()), r"^en\.txt: .*white space"),
        ((DATA[0], DATA[0]), "Both texts are in Chinese"),
        ((DATA[1], DATA[1]), "Both texts are in English"),
        ((b"%PDF-1.7 \x00", DATA[1]), r"^zh\.txt: .*PDF"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(data, message):
    with pytest.raises(BadInput, match=message):
        files.read_pair(data, NAMES)


@pytest.mark.parametrize("level", ["sentence", "paragraph"])
def test_units_cover_both_texts_in_order(aligned, level):
    found = files.units(aligned, level)
    for side, content in (("src", DATA[0].decode()), ("tgt", DATA[1].decode())):
        spans = [unit[f"{side}_span"] for unit in found]
        assert "".join(content[start:stop] for start, stop in spans) == content
        numbers = [number for unit in found for number in unit[side]]
        assert numbers == list(range(len(numbers)))
        for unit in found:
            start, stop = unit[f"{side}_span"]
            assert unit[f"{side}_text"] == " ".join(content[start:stop].split())


def test_paragraph_units_are_those_of_the_gold(aligned):
    found = [(u["src"], u["tgt"]) for u in files.units(aligned, "paragraph")]
    gold = read_gold(GOLD / f"{SAMPLE}.paragraphs.align")
    expected = [
        (list(range(b.src.start, b.src.stop)), list(range(b.tgt.start, b.tgt.stop))) for b in gold
    ]
    assert found == expected


def test_segmented_lines_are_the_units_whatever_they_hold():
    data = ("一。二。\n\n三。\n".encode(), b"One. Two.\n\nThree.\n")
    pair = files.read_pair(data, NAMES)
    options = files.AlignOptions(segmented=True)
    division = files.divide(pair.src, options)
    assert [span.of(pair.src.content) for span in division.sentences] == [
        "一。二。\n",
        "\n",
        "三。\n",
    ]


def test_segmented_paragraphs_are_lines_and_sentences_lie_inside_them():
    data = ("一。二。\n三。\n".encode(), b"One. Two.\nThree.\n")
    pair = files.read_pair(data, NAMES)
    division = files.divide(pair.src, files.AlignOptions("paragraph", segmented=True))
    assert len(division.paragraphs) == 2
    assert division.paragraph_numbers() == (0, 0, 1)


@pytest.mark.parametrize(
    ("form", "first", "count"),
    [("vecalign", "[]:[0]:0.030000", 87), ("ladder", "0\t0\t0.9700", 88)],
)
def test_an_alignment_as_other_aligners_write_it(aligned, form, first, count):
    lines = list(line_formats.get(form)(files.beads_at(aligned, "sentence")))
    assert lines[0] == first
    assert len(lines) == count


def test_an_unknown_language_is_named():
    with pytest.raises(UsageError, match="language 'fr' is unknown"):
        files.read_pair(DATA, NAMES, ("fr", "en"))


def test_a_folder_of_pairs_goes_on_where_it_was_stopped(tmp_path):
    for side, number in (("src", 0), ("tgt", 1)):
        (tmp_path / side).mkdir()
        for name in ("a", "b"):
            (tmp_path / side / name).write_bytes(DATA[number])
    (tmp_path / "tgt" / "b").write_bytes(b"")
    folders_ = [tmp_path / name for name in ("src", "tgt", "out")]
    langs, options = ("zh-CN", "en-US"), files.AlignOptions()
    found = folders.align_folder(*folders_, langs, "vecalign", options, processes=1)
    assert [(outcome.name, bool(outcome.problem)) for outcome in found] == [
        ("a", False),
        ("b", True),
    ]
    assert "empty" in found[1].problem
    (tmp_path / "tgt" / "b").write_bytes(DATA[1])
    again = folders.align_folder(*folders_, langs, "vecalign", options, processes=1)
    assert [outcome.name for outcome in again] == ["b"]
    assert (tmp_path / "out" / "a.align").read_bytes() == (
        tmp_path / "out" / "b.align"
    ).read_bytes()


def test_folders_without_a_common_name_are_refused(tmp_path):
    for side in ("src", "tgt"):
        (tmp_path / side).mkdir()
        (tmp_path / side / f"{side}.txt").write_text("x")
    with pytest.raises(BadInput, match="no file name in common"):
        folders.align_folder(
            tmp_path / "src", tmp_path / "tgt", tmp_path / "out", ("", ""), "vecalign",
            files.AlignOptions(),
        )  # fmt: skip


def test_two_files_from_python_in_three_lines(tmp_path):
    for name, data in zip(NAMES, DATA, strict=True):
        (tmp_path / name).write_bytes(data)
    units = workbench.align_files(tmp_path / NAMES[0], tmp_path / NAMES[1], level="paragraph")
    paired = [unit for unit in units if unit["src"] and unit["tgt"]]
    assert paired[2]["src_text"].startswith("一、")
    assert paired[2]["tgt_text"].startswith("1. ")
    assert DATA[0].decode()[slice(*paired[2]["src_span"])].strip() == paired[2]["src_text"]


def test_units_that_are_put_elsewhere_say_where(aligned):
    found = aligned.alignment
    move = next(bead for bead in found.beads if len(bead.src) == 1 and len(bead.tgt) == 2)
    at = found.beads.index(move)
    here, there = move.src.start, move.tgt.start
    apart = (
        Bead(move.src, Span(there, there)),
        *(Bead(Span(here + 1, here + 1), Span(n, n + 1)) for n in (there, there + 1)),
    )
    beads = (*found.beads[:at], *apart, *found.beads[at + 1 :])
    told = replace(aligned, alignment=replace(found, beads=beads, moves=(move,)))
    units = files.units(told, "sentence")
    assert [(n - at, unit["moved_to"]) for n, unit in enumerate(units) if "moved_to" in unit] == [
        (0, [there, there + 1]),
        (1, [here]),
        (2, [here]),
    ]
