"""What every drawing is made of: rectangles, labels, and the frame around them."""

from html import escape

WIDTH = 640
LABEL = 190  # room for the names at the left
BAR = 14
GAP = 8


def name(words: str, y: float) -> str:
    """A row's name at the left, cut where there is no room for more."""
    short = words if len(words) <= 28 else words[:27] + "…"
    return f'<text x="{LABEL - 8}" y="{n(y + BAR - 3)}" text-anchor="end">{escape(short)}</text>'


def value(text: str, x: float, y: float) -> str:
    """A figure behind a bar."""
    return f'<text x="{n(x + 6)}" y="{n(y + BAR - 3)}" class="small">{escape(text)}</text>'


def rect(kind: str, x: float, y: float, width: float, height: float) -> str:
    """A rectangle with a class, "" when it would not be seen."""
    if width <= 0 or height <= 0:
        return ""
    return f'<rect class="{kind}" x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}"/>'


def svg(height: float, body: str) -> str:
    """A drawing; a screen reader gets the table beside it instead."""
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {n(height)}" aria-hidden="true" '
        f'focusable="false">{body}</svg>'
    )


def n(number: float) -> str:
    """A number with one decimal at most."""
    return f"{number:.1f}".rstrip("0").rstrip(".")
