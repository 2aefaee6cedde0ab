"""Reading two plain files, without a workspace and without an encoder."""

import pytest

from tests.support import GOLD, ROOT, SAMPLE, read_gold
from workbench.domain.alignment import Alignment
from workbench.errors import BadInput
from workbench.segment import segment
from workbench.services import files

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
