"""Flags dismissed for good: what a rule silences, where, and what taking it away brings back."""

import pytest

from tests.support import SAMPLE, edit, flag_on, plant_flags, rows_of
from workbench.domain.rules import Scope
from workbench.domain.terms import Term
from workbench.errors import BadInput, Conflict, UnknownName, UsageError
from workbench.services.page import review_view
from workbench.services.rules import apply_rules, dismiss_always, remove_rule, rules
from workbench.services.term_lists import own_terms, remove_term, save_term, workspace_terms


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """Rules that hold everywhere are kept in the test's own folder."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def verdicts(ws):
    view = review_view(ws, SAMPLE, "Lin")
    return {
        flag.flag.fingerprint: (str(flag.decision.verdict), flag.decision.rule)
        if flag.decision
        else None
        for row in view.rows.values()
        for flag in row.flags
    }


def twins(ws):
    """Two flags of one pattern and one of another."""
    rows = [row for row in rows_of(ws) if len(row.src) and len(row.tgt)]
    same = [row for row in rows if ws.text(ws.bitext(SAMPLE).src_id).content[row.src.start :][:2]]
    like = flag_on(same[0].id)
    return plant_flags(ws, like, flag_on(same[0].id), flag_on(same[3].id, detector="omission"))


@pytest.mark.parametrize("scope", list(Scope))
def test_a_rule_silences_flags_of_its_pattern_and_says_so(ws, scope):
    first, second, other = twins(ws)
    rule = dismiss_always(ws, SAMPLE, first.fingerprint, scope, "house-style", "Lin")
    found = verdicts(ws)
    assert found[first.fingerprint] == found[second.fingerprint]
    assert found[first.fingerprint] == ("dismissed", f"{rule.id} Lin")
    assert found[other.fingerprint] is None
    assert [one.id for one in rules(ws)] == [rule.id]


def test_taking_a_rule_away_opens_what_it_silenced_and_nothing_else(ws):
    first, second, other = twins(ws)
    edit(ws, "decide", flag=other.fingerprint, verdict="dismissed", reason="misread")
    rule = dismiss_always(ws, SAMPLE, first.fingerprint, Scope.WORKSPACE, "", "Lin")
    remove_rule(ws, rule.id)
    found = verdicts(ws)
    assert found[first.fingerprint] is found[second.fingerprint] is None
    assert found[other.fingerprint] == ("dismissed", "")
    with pytest.raises(UnknownName):
        remove_rule(ws, rule.id)


def test_what_somebody_decided_or_opened_again_is_left_to_them(ws):
    first, second, _ = twins(ws)
    edit(ws, "decide", flag=second.fingerprint, verdict="accepted")
    dismiss_always(ws, SAMPLE, first.fingerprint, Scope.TEXT, "", "Lin")
    assert verdicts(ws)[second.fingerprint] == ("accepted", "")
    edit(ws, "decide", flag=first.fingerprint, verdict=None)
    assert apply_rules(ws, SAMPLE) == 0
    assert verdicts(ws)[first.fingerprint] is None


def test_a_rule_holds_for_flags_of_later_checks_and_in_a_rebuilt_workspace(ws, reopen):
    first, *_ = twins(ws)
    rule = dismiss_always(ws, SAMPLE, first.fingerprint, Scope.WORKSPACE, "", "Lin")
    row = [row for row in rows_of(ws) if len(row.src) and len(row.tgt)][7]
    plant_flags(ws, flag_on(row.id))
    assert apply_rules(ws, SAMPLE) == 0  # other words, another pattern
    ws.save_portable(SAMPLE)
    again = reopen(ws, without_database=True)
    assert [one.id for one in rules(again)] == [rule.id]
    kept = again.state(SAMPLE).collection("decisions")
    assert kept[first.fingerprint]["rule"] == f"{rule.id} Lin"


def test_a_flag_that_is_gone_and_a_damaged_file_are_said(ws):
    with pytest.raises(Conflict):
        dismiss_always(ws, SAMPLE, "nothing", Scope.TEXT, "", "Lin")
    (ws.root / "texts" / "rules.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BadInput, match="rules"):
        rules(ws)


def test_the_page_makes_rules_and_terms_and_takes_them_away(ws, reader):
    first, *_ = twins(ws)
    answer = reader.send(f"/b/{SAMPLE}/rules", {"flag": first.fingerprint, "scope": "text"})
    assert answer.status_code == 200
    rule = answer.get_json()["rule"]
    assert rule in reader.get("/terms").text
    assert reader.submit(f"/rules/{rule}/remove").status_code == 302
    assert rules(ws) == []
    assert reader.send(f"/b/{SAMPLE}/rules", {"flag": "x", "scope": "moon"}).status_code == 400
    reader.submit("/terms", src="务实合作", preferred="practical work", admitted="a | b")
    assert "practical work" in reader.get("/terms").text
    reader.submit("/terms/remove", src="务实合作")
    assert own_terms(ws) == ()


def test_a_term_of_the_workspace_stands_above_the_products(ws):
    term = Term("务实合作", "down-to-earth cooperation", ("a",), ("b", "c"), "high", "n, m", "Lin")
    save_term(ws, term)
    assert own_terms(ws) == (term,)
    found = {t.src: t for t in workspace_terms(ws).entries}
    assert found["务实合作"].preferred == "down-to-earth cooperation"
    save_term(ws, Term("务实合作", "other"))
    assert [t.preferred for t in own_terms(ws)] == ["other"]
    with pytest.raises(UsageError):
        save_term(ws, Term("", "x"))
    with pytest.raises(UnknownName):
        remove_term(ws, "nothing")


def test_an_accepted_rendering_becomes_a_term_and_is_taken_back(reader):
    answer = reader.send("/terms/keep", {"src": "务实合作", "rendering": "pragmatic  work"})
    assert answer.get_json() == {"src": "务实合作", "preferred": "pragmatic work"}
    page = reader.get("/terms").text
    assert "pragmatic work" in page
    # what the product's list had stays admitted
    assert "practical cooperation" in page
    reader.submit("/terms/remove", src="务实合作")
    assert "pragmatic work" not in reader.get("/terms").text
    refused = reader.send("/terms/keep", {"src": "work", "rendering": "labour"})
    assert refused.status_code == 400
    assert "Chinese" in refused.get_json()["error"]
