"""How many rows are expected to be wrong, and how many must be looked at."""

import pytest

from workbench.domain.doubt import doubt


@pytest.mark.parametrize(
    ("probabilities", "level", "expected", "to_review"),
    [
        ([], 1.0, 0.0, 0),
        ([1.0, 1.0], 0.0, 0.0, 0),
        ([0.5, 0.9, 0.6], 1.0, 1.0, 0),
        ([0.5, 0.9, 0.6], 0.5, 1.0, 1),
        ([0.5, 0.9, 0.6], 0.05, 1.0, 3),
        ([0.2] * 10, 1.0, 8.0, 9),
    ],
)
def test_the_most_doubtful_rows_come_first(probabilities, level, expected, to_review):
    found = doubt(probabilities, level)
    assert found.expected == pytest.approx(expected)
    assert found.to_review == to_review
    assert found.unreviewed == len(probabilities)
