"""Drawings of rates with their intervals: over time, and group beside group."""

from collections.abc import Sequence
from html import escape

from workbench.report.drawing import BAR, GAP, LABEL, WIDTH, n, name, svg, value
from workbench.report.trends import Rate

_LEFT, _RIGHT, _HEIGHT = 40, 10, 190


def over_time(rates: Sequence[Rate], limit: float, links: Sequence[str] = ()) -> str:
    """One mark for each translation in order of date, with its interval; the limit as a line.

    links: where each mark leads. Intervals that reach beyond the drawing are cut off there.
    """
    if not rates:
        return ""
    top = max([rate.normed for rate in rates] + [limit]) * 1.25 or 1.0
    step = (WIDTH - _LEFT - _RIGHT) / len(rates)
    parts = [_line("axis", _LEFT, _y(0, top), WIDTH - _RIGHT, _y(0, top))]
    parts.append(_line("limit", _LEFT, _y(limit, top), WIDTH - _RIGHT, _y(limit, top)))
    for at in (0.0, limit, top / 1.25):
        parts.append(
            f'<text x="{_LEFT - 6}" y="{n(_y(at, top) + 4)}" class="small" text-anchor="end">'
            f"{at:.0f}</text>"
        )
    every = -(-len(rates) // 8)
    for number, rate in enumerate(rates):
        x = _LEFT + step * (number + 0.5)
        mark = _line("interval", x, _y(min(rate.high, top), top), x, _y(rate.low, top)) + (
            f'<circle class="point" cx="{n(x)}" cy="{n(_y(rate.normed, top))}" r="4"/>'
        )
        title = f"<title>{escape(rate.measured.title)}</title>"
        if links:
            mark = f'<a href="{escape(links[number])}" tabindex="-1">{title}{mark}</a>'
        parts.append(mark)
        if number % every == 0:
            parts.append(
                f'<text x="{n(x)}" y="{_HEIGHT + 16}" class="tick" text-anchor="middle">'
                f"{escape(rate.measured.date)}</text>"
            )
    return svg(_HEIGHT + 22, "".join(parts))


def _y(amount: float, top: float) -> float:
    return 8 + (_HEIGHT - 8) * (1 - amount / top)


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{n(x1)}" y1="{n(y1)}" x2="{n(x2)}" y2="{n(y2)}"/>'


def groups(lines: Sequence[tuple[str, float, float, float]], *, percent: bool = False) -> str:
    """Groups below each other: a mark for the figure, a line for its interval.

    lines: name, figure, lower and upper bound.
    """
    if not lines:
        return ""
    room = WIDTH - LABEL - 70
    top = 1.0 if percent else max([figure for _, figure, _, _ in lines] + [1.0]) * 1.6
    parts = []
    for number, (words, figure, low, high) in enumerate(lines):
        y = number * (BAR + GAP)
        at = [LABEL + room * min(one, top) / top for one in (low, high, figure)]
        middle = y + BAR / 2
        parts.append(name(words, y))
        parts.append(_line("interval", at[0], middle, at[1], middle))
        parts.append(f'<circle class="point" cx="{n(at[2])}" cy="{n(middle)}" r="4"/>')
        parts.append(value(f"{figure:.0%}" if percent else f"{figure:.1f}", LABEL + room, y))
    return svg(len(lines) * (BAR + GAP), "".join(parts))
