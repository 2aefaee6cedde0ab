"""Names that word links put in the place of another name."""

import pytest

from workbench.detect import Context
from workbench.detect.names import names, names_rank
from workbench.detect.terms import TermList
from workbench.domain.review import AlignedTexts, Row
from workbench.encode import load_word_encoder
from workbench.links import Linker


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(TermList(()), links=Linker(load_word_encoder()))


REPLACED = [
    ("比利时首相访问了中国。", "The prime minister of King Alfred visited China.", "King Alfred"),
    ("联合国将成立基金。", "EPL will set up a fund.", "EPL"),
    ("报告由王小明撰写。", "The report was written by Robertson.", "Robertson"),
    ("新华社报道了这一消息。", "The news was reported by the Supreme Audit Office.",
     "Supreme Audit Office"),
    ("货物从中美洲运来。", "The goods came from Virat.", "Virat"),
    # a name that sounds like a part of another is none of it
    ("警方与杜伊斯堡检方合作。", "The police work with the Duisburg prosecutor.", None),
    ("联合国将成立基金。", "The UN will set up a fund.", None),
    ("很多App都能用。", "Many Apps will do.", None),
    ("国会通过了法案。", "Parliament passed the bill.", None),
]  # fmt: skip


@pytest.mark.parametrize(("zh", "en", "expected"), REPLACED)
def test_a_name_in_the_place_of_another(
    zh: str, en: str, expected: str | None, context: Context
) -> None:
    texts = AlignedTexts((Row("a", zh, en),), "zh", "en")
    found = sorted(names(texts, context), key=lambda flag: -flag.confidence)
    said = [flag.tgt.of(en) for flag in found if flag.tgt]
    assert said[:1] == ([expected] if expected else [])
    (score,) = names_rank(texts, context)
    assert (score > 0.5) == bool(expected)
