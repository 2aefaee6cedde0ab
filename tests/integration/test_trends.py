"""Trends: figures follow from the frames, intervals from the amount of text."""

from math import exp, log, sqrt

import pytest
from click.testing import CliRunner

from tests.support import GOLD, SAMPLE, edit, keep_alignment, read_gold, rows_of
from workbench.cli import main
from workbench.report.score import load_scorecard, score
from workbench.report.trend_charts import groups, over_time
from workbench.report.trends import Measured, halves, pooled, rate, ratio, share_interval
from workbench.services import library
from workbench.services.about import describe_text
from workbench.services.trends import trend_frame, trends
from workbench.storage.catalogue import Pairing

CARD = load_scorecard()


def measured(key, date, words, *points):
    return Measured(key, key, date, words, points)


def test_a_rate_is_the_score_of_the_same_errors():
    one = rate(measured("a", "", 500, 5, 1, 1), CARD)
    whole = score([5, 1, 1], 500, CARD)
    assert (one.normed, one.low, one.high) == (whole.normed, whole.low, whole.high)
    assert one.normed == 14
    assert one.low < 14 < one.high
    assert rate(measured("b", "", 0, 5), CARD).normed == 0


def test_pooling_adds_words_and_errors_and_narrows_the_interval():
    parts = [measured(str(n), "", 400, 5, 1) for n in range(6)]
    alone, together = rate(parts[0], CARD), rate(pooled("all", parts), CARD)
    assert together.normed == pytest.approx(alone.normed)
    assert together.high - together.low < alone.high - alone.low


def test_a_ratio_by_hand():
    found = ratio(measured("a", "", 1000, 5, 5), measured("b", "", 2000, 5))
    assert found.ratio == pytest.approx(4)
    width = 1.96 * sqrt(1 / 2 + 1)
    assert found.low == pytest.approx(exp(log(4) - width))
    assert not found.differs
    many = ratio(measured("a", "", 1000, *[5] * 40), measured("b", "", 2000, *[5] * 10))
    assert many.differs
    assert ratio(measured("a", "", 1000, 5), measured("b", "", 2000)).ratio is None


def test_halves_go_by_date_and_need_four_texts():
    series = [measured(str(n), f"2025-0{n}-01", 1000, *[1] * n) for n in range(1, 5)]
    assert halves(series[:3]) is None
    assert halves(list(reversed(series))).ratio == pytest.approx((3 + 4) / (1 + 2))


def test_a_share_has_wilsons_interval():
    low, high = share_interval(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert share_interval(0, 0) == (0.0, 1.0)


def test_drawings_hold_every_text_once_and_nothing_dangerous():
    rates = [rate(measured(f"<{n}>", "2025-01-01", 1000, 5), CARD) for n in range(3)]
    drawing = over_time(rates, CARD.points, ["/a", "/b", "/c"])
    assert drawing.count("<circle") == 3
    assert "&lt;0&gt;" in drawing
    assert "<0>" not in drawing
    assert over_time([], 25) == ""
    assert groups([("a & b", 1.0, 0.5, 2.0)]).count("<circle") == 1


@pytest.fixture
def two(ws):
    """Two translations of the sample, by two people; the first has two errors."""
    other = ws.text(f"{SAMPLE}.en").content.replace("trade", "commerce")
    draft = library.read_draft(ws, other.encode(), lang="en-US")
    entry = library.store_text(ws, draft, title="Second", date="2024-07-01", translator="Wang")
    ws.catalogue.add_pairing(Pairing("second", "Second", f"{SAMPLE}.zh", entry.id))
    library.find_bitext(ws, "second")
    keep_alignment(ws, "second", read_gold(GOLD / f"{SAMPLE}.sentences.align"))
    describe_text(ws, f"{SAMPLE}.en", translator="Lin", kind="briefing")
    row = next(row for row in rows_of(ws) if len(row.src) and len(row.tgt))
    for category, severity in (("style/awkward", "minor"), ("accuracy/mistranslation", "major")):
        edit(ws, "annotate", annotation={
            "kind": "error", "category": category, "severity": severity, "note": "x",
            "tgt": [row.tgt.start, row.tgt.start + 4]})  # fmt: skip
    return ws


def test_figures_are_those_of_the_frames_and_of_the_report(two):
    from workbench.services.reporting import scorecard

    found = trends(two)
    assert [one.bitext for one in found.reviewed] == [SAMPLE, "second"]
    texts = trend_frame(found, "texts").set_index("bitext")
    errors = trend_frame(found, "errors")
    assert texts.penalty[SAMPLE] == errors[errors.bitext == SAMPLE].points.sum() == 5.5
    assert texts.normed[SAMPLE] == pytest.approx(
        score([5, 0.5], texts.words[SAMPLE], scorecard(two)).normed
    )
    assert {r.measured.key: r.errors for r in found.by("translator")} == {"Lin": 2, "Wang": 0}
    assert [one.first for one in found.against("translator")] == ["Wang"]
    assert {name for name, _, _ in found.categories()} == {
        "style/awkward", "accuracy/mistranslation",
    }  # fmt: skip
    terms = trend_frame(found, "terms")
    for term, total, good, renderings in found.terms():
        own = terms[terms.term == term]
        assert total == own["count"].sum() == sum(renderings.values())
        assert good == own[own.standing.isin(["preferred", "admitted"])]["count"].sum()


def test_one_translator_alone_can_be_asked_for(two):
    assert [one.bitext for one in trends(two, translator="Wang").reviewed] == ["second"]
    assert [one.bitext for one in trends(two, kind="briefing").reviewed] == [SAMPLE]
    assert not trends(two, counterpart="nowhere").reviewed


def run(ws, *args):
    return CliRunner().invoke(main, ["-w", str(ws.root), "trends", *args])


@pytest.mark.parametrize("by", ["text", "translator", "category", "term", "reviewer"])
def test_the_command_prints_each_comparison(two, by):
    result = run(two, "--by", by)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(by)
    assert len(result.stdout.splitlines()) > 1


def test_the_page_shows_charts_with_tables_and_gives_csv(two, reader):
    page = reader.get("/trends").text
    assert page.count("<svg") >= 3
    assert f"/b/{SAMPLE}/report" in page
    assert "Wang" in page
    assert "second" in reader.get("/trends/texts.csv").text
    assert reader.get("/trends/nothing.csv").status_code == 404
    assert "No text has been aligned" in reader.get("/trends?kind=none").text


def test_a_workspace_without_texts_says_so(fresh):
    from workbench.web import create_app

    assert "No text has been aligned" in create_app(fresh).test_client().get("/trends").text
