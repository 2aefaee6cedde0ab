"""Words quoted with what stands around them: long surroundings are cut at clauses."""

import pytest

from workbench.report.quoting import around

CLAUSES = "双方同意扩大贸易，" * 12


def test_short_surroundings_stay_whole():
    assert around("They signed 26 documents.", "26") == ("They signed ", "26", " documents.")


@pytest.mark.parametrize("filler", [CLAUSES, "The two sides agreed to expand trade; " * 12])
def test_long_surroundings_are_cut_where_a_clause_begins_or_ends(filler):
    before, words, after = around(f"{filler}逆风{filler}", "逆风")
    assert words == "逆风"
    assert before.startswith(("…双方", "…The"))
    assert after.endswith(("贸易…", "trade…"))
    assert len(before) < len(filler)
    assert len(after) < len(filler)


def test_words_that_are_not_there_leave_the_beginning():
    assert around("短句。", "没有") == ("短句。", "", "")
    assert around(CLAUSES * 3, "")[0].endswith("…")
    assert around("", "") == ("", "", "")
