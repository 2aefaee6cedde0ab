"""Searching the sample's workspace, and its concordance."""

import json

import pytest
from click.testing import CliRunner

from tests.support import SAMPLE, edit, flag_on, plant_flags, rows_of
from workbench.cli import main
from workbench.errors import UsageError
from workbench.search.query import Mode, Query, compile_query
from workbench.services.concordance import concordance
from workbench.services.remarks import Filter
from workbench.services.search import corpus, search


def test_rows_notes_and_flags_are_found_and_lead_to_their_row(ws, reader):
    row = [row for row in rows_of(ws) if len(row.src) and len(row.tgt)][2]
    span = [row.tgt.start, row.tgt.start + 4]
    edit(ws, "annotate", annotation={"kind": "comment", "note": "a peculiar turn", "tgt": span})
    plant_flags(ws, flag_on(row.id))
    (hit,) = search(ws, Query("peculiar")).hits
    assert hit.row.id == row.id
    assert [(note.kind, note.words) for note in hit.notes] == [("comment", "a peculiar turn")]
    (flagged,) = search(ws, Query("120 became 12")).hits
    assert flagged.row.id == row.id
    page = reader.get("/search?q=peculiar").text
    assert f'href="/b/{SAMPLE}#r-{row.id}"' in page


def test_a_filter_finds_the_rows_that_fit_it_with_and_without_words(ws, reader):
    pairs = [row for row in rows_of(ws) if len(row.src) and len(row.tgt)]
    row, other = pairs[2], pairs[4]
    span = [row.tgt.start, row.tgt.start + 4]
    error = {"kind": "error", "note": "odd", "tgt": span, "category": "accuracy/omission"}
    edit(ws, "annotate", author="Mei", annotation={**error, "severity": "minor"})
    plant_flags(ws, flag_on(row.id), flag_on(other.id))

    def found(text="", **wanted):
        return {hit.row.id for hit in search(ws, Query(text), wanted=Filter(**wanted)).hits}

    assert found(type="flag") == {row.id, other.id}
    assert found(type="notes") == found(reviewer="mei") == found(severity="minor") == {row.id}
    assert found(type="choice") == found(type="flag", status="dismissed") == set()
    assert found("odd", type="flag") == set()
    assert found("odd", type="error", status="open") == {row.id}
    words = row.src.of(ws.text(f"{SAMPLE}.zh").content)[:6]
    assert row.id in found(words, type="flag")
    page = reader.get("/search?type=error").text
    assert "odd" in page
    assert "Mei" in page


def test_rows_are_found_by_their_pairing_and_its_doubt(ws):
    by_pairing = {
        name: search(ws, Query(), wanted=Filter(pairing=name)).hits
        for name in ("pair", "many", "no-tgt", "no-src")
    }
    assert all(hit.row.src.strip() and not hit.row.tgt.strip() for hit in by_pairing["no-tgt"])
    assert all(hit.row.tgt.strip() and not hit.row.src.strip() for hit in by_pairing["no-src"])
    many, pairs = ({hit.row.id for hit in by_pairing[name]} for name in ("many", "pair"))
    assert many
    assert many < pairs
    assert len(search(ws, Query(), wanted=Filter(doubt=0.02)).hits) > 50  # gold is .97 sure
    assert search(ws, Query(), wanted=Filter(doubt=0.1)).total == 0


def test_a_hit_leads_to_its_words_and_shows_its_neighbours(ws, reader):
    hit = search(ws, Query("务实合作")).hits[0]
    side, start, stop = hit.place.split("-")
    text = ws.text(f"{SAMPLE}.{'zh' if side == 'src' else 'en'}").content
    assert text[int(start) : int(stop)] == "务实合作"
    assert len(hit.context) == 2
    page = reader.get("/search?q=%E5%8A%A1%E5%AE%9E%E5%90%88%E4%BD%9C").text
    assert f'href="/b/{SAMPLE}#{hit.place}"' in page
    assert hit.context[0].tgt.split(",")[0].strip()[:20] in page


def test_beside_the_texts_the_same_is_found(reader):
    found = reader.get(f"/b/{SAMPLE}/find?q=wushihezuo&mode=pinyin").json
    assert found["total"] > 0
    assert found["html"].count("<mark>务实合作</mark>") > 0
    assert reader.get(f"/b/{SAMPLE}/find?q=[&mode=regex").status_code == 400


def test_one_language_has_it_and_the_other_does_not(ws):
    everywhere = search(ws, Query(zh="务实合作")).total
    uneven = search(ws, Query(zh="务实合作", no_en="practical cooperation"))
    assert 0 < uneven.total < everywhere
    assert all("practical cooperation" not in hit.row.tgt.lower() for hit in uneven.hits)


def test_what_changed_is_found_at_once(ws):
    before = search(ws, Query("米罗河")).hits
    edit(ws, "merge", row=before[0].row.id)
    after = search(ws, Query("米罗河")).hits
    assert max(len(hit.row.src) for hit in after) > max(len(hit.row.src) for hit in before)


def test_the_concordance_shows_each_occurrence_with_its_rendering_and_counts(ws):
    found = concordance(ws, "务实合作")
    assert found.total == len(found.lines) == 3
    assert dict(found.renderings) == {"practical cooperation": 2, "pragmatic cooperation": 1}
    for line in found.lines:
        assert line.before + line.words + line.after in line.row.src.replace("\n", " ")
        shown = "".join(line.other).split()
        assert set(shown) <= set(line.row.tgt.split())  # no English word is cut through
    assert "合作" in concordance(ws, "practical cooperation").renderings[0][0]


@pytest.mark.parametrize("query", [Query(), Query(no_en="x")])
def test_a_query_must_ask_for_something(ws, query):
    with pytest.raises(UsageError):
        search(ws, query)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/search", "One box"),
        ("/search?q=nothing-like-it", "Nothing found"),
        ("/search?q=[&mode=regex", "pattern"),
        ("/search?q=%E5%8A%A1%E5%AE%9E%E5%90%88%E4%BD%9C&as=concordance", "pragmatic cooperation"),
        ("/search?q=%3Cscript%3Ealert(1)%3C/script%3E", "Nothing found"),
    ],
)
def test_every_state_of_the_page_says_what_it_is(reader, url, said):
    answer = reader.get(url)
    assert answer.status_code == 200
    assert said in answer.text
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        Query("合作"),
        Query("cooperation"),
        Query("state visit"),
        Query("the", Mode.WORD),
        Query("hezuo", Mode.PINYIN),
        Query(r"\bco-?oper\w+", Mode.REGEX),
        Query(r"(co|con)\w+ [a-z]+s\b", Mode.REGEX),
        Query(r"[A-Z]\w+tion", Mode.REGEX),
        Query(zh="合作", no_en="cooperation"),
        Query("the", zh="合作", en="and"),
        Query("no such words at all"),
    ],
)
def test_the_quick_way_finds_what_looking_at_each_row_finds(ws, query):
    compiled = compile_query(query)
    slowly = [row.id for one in corpus(ws) for row in one.rows if compiled.match(*row.folded)]
    quickly = search(ws, query, limit=10_000)
    assert [hit.row.id for hit in quickly.hits] == slowly
    assert search(ws, query, limit=1).total == len(slowly)


def test_how_long_a_search_takes_is_measured_with_words_that_are_there(ws):
    run = CliRunner().invoke(
        main, ["-w", str(ws.root), "bench", "search", "--times", "1", "--json"]
    )
    assert run.exit_code == 0, run.output
    asked = json.loads(run.stdout)["asked"]
    assert all(one["found"] for one in asked if one["way"] != "nowhere")
