"""Links and dictionary entries as the scripts of the review page ask for them."""

import pytest

from tests.support import SAMPLE, edit, rows_of
from workbench.services import jobs
from workbench.services.glosses import gloss
from workbench.services.linking import link_bitext


def asked(reader, *ids):
    answer = reader.get(f"/b/{SAMPLE}/links?ids={','.join(ids)}")
    assert answer.status_code == 200
    return answer.json["rows"]


def test_links_are_places_in_the_whole_texts(reader, ws):
    row = rows_of(ws)[10]
    assert asked(reader, row.id) == {row.id: None}
    link_bitext(ws, SAMPLE)
    found = asked(reader, row.id, "no-such-row")
    assert found["no-such-row"] is None
    bitext = ws.bitext(SAMPLE)
    texts = [ws.text(id_).content for id_ in (bitext.src_id, bitext.tgt_id)]
    linked = found[row.id]
    assert linked["links"]
    for side, text, span in zip(("src", "tgt"), texts, (row.src, row.tgt), strict=True):
        words = linked[f"{side}_words"]
        assert all(span.start <= word[0] < word[1] <= span.stop for word in words)
        assert all(text[word[0] : word[1]].strip() for word in words)
        assert {word[3] for word in words} <= {0, 1}
    assert all(0.5 <= probability <= 1 for _, _, probability in linked["links"])


def test_a_check_links_the_rows_and_an_edit_unlinks_its_own_only(reader, ws):
    jobs.run_and_wait(ws, jobs.enqueue(ws, jobs.CHECK, SAMPLE))
    rows = rows_of(ws)
    assert all(asked(reader, rows[10].id, rows[20].id).values())
    edit(ws, "merge", row=rows[10].id)
    found = asked(reader, rows_of(ws)[10].id, rows[20].id)
    assert found[rows_of(ws)[10].id] is None
    assert found[rows[20].id]


@pytest.mark.parametrize(
    ("words", "pinyin", "sense"),
    [
        ("承前启后", "chéng qián qǐ hòu", "herald the future"),
        ("女儿", "nǚ ér", "daughter"),
        ("国际局势", "guó jì jú shì", "situation"),
    ],
)
def test_the_dictionary_knows_words_and_the_parts_of_phrases(words, pinyin, sense):
    found = gloss(words)
    assert found.pinyin == pinyin
    assert any(sense in one for entry in found.entries for one in entry.senses)


def test_what_the_dictionary_does_not_have_has_a_pinyin_at_least(reader):
    answer = reader.get("/gloss?word=旼&word=X919").json
    assert answer["glosses"][0]["pinyin"] == "mín"
    assert answer["glosses"][1]["entries"] == []
    assert "CC-CEDICT" in answer["credit"]
    assert reader.get("/gloss").json["glosses"] == []
