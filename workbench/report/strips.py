"""Small drawings beside a table's row: in which texts of a series something occurs, how often."""

from collections.abc import Sequence

from workbench.report.drawing import n

_STEP, _HEIGHT = 14, 16


def strip(counts: Sequence[int], here: int = -1) -> str:
    """One mark for each text in order of date, the larger the more often; none is a dot.

    here: the number of a text to be pointed out. The figures stand in the table beside it.
    """
    most = max([*counts, 1])
    parts = []
    for number, count in enumerate(counts):
        x = number * _STEP + _STEP / 2
        size = 2.2 + 4.3 * (count / most) ** 0.5 if count else 1.2
        kind = ("has" if count else "none") + (" here" if number == here else "")
        parts.append(f'<circle class="{kind}" cx="{n(x)}" cy="{_HEIGHT / 2:g}" r="{n(size)}"/>')
    width = max(1, len(counts)) * _STEP
    return (
        f'<svg class="strip" viewBox="0 0 {width} {_HEIGHT}" width="{width}" height="{_HEIGHT}" '
        f'aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )
