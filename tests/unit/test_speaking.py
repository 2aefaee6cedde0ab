"""Who speaks in a row, as a quotation names them."""

import pytest

from workbench.detect.speaking import speaker

SAID = [
    ("索温说，务实合作是“压舱石”。", "Sowen said that it is the ballast.", ("索温", "Sowen")),
    (
        "多姆林总统动情地表示，不会忘记。",
        "President Domrin said with emotion that they will not forget.",
        ("多姆林总统", "President Domrin"),
    ),
    (
        "卢迈外长最后强调，应当合作。",
        "Foreign Minister Lumai finally stressed cooperation.",
        ("卢迈外长", "Foreign Minister Lumai"),
    ),
    (
        "托雷恩总理卢迈表示，海是大家的。",
        "Lumai, Prime Minister of Torein, said the sea is everybody's.",
        ("托雷恩总理卢迈", "Lumai, Prime Minister of Torein"),
    ),
]
NOT_SAID = [
    ("他说，事情会好的。", "He said things would be fine."),
    ("双方重申，应当履行承诺。", "The two sides reiterated that promises must be kept."),
    (
        "访问期间，双方发表声明，强调合作。",
        "During the visit, Sowen said, both issued a statement.",
    ),
    ("务实合作不断深化。", "Sowen said that cooperation deepens."),
    ("", ""),
]


@pytest.mark.parametrize(("zh", "en", "who"), SAID)
def test_a_name_before_the_verb_in_both_languages_is_the_speaker(zh, en, who):
    assert speaker(zh, en) == who


@pytest.mark.parametrize(("zh", "en"), NOT_SAID)
def test_nobody_is_named_where_one_of_them_does_not_plainly_say(zh, en):
    assert speaker(zh, en) is None
