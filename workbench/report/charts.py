"""Charts as SVG: small, labelled directly, readable in print and without colour.

Each chart stands beside a table with the same figures, which is what a screen reader gets; so
the drawing itself is hidden from it. Colours come from the page's style by class.
"""

from collections.abc import Callable, Sequence
from html import escape

from workbench.domain.review import Severity
from workbench.report.alpha import Alpha
from workbench.report.drawing import BAR, GAP, LABEL, WIDTH, n, name, rect, svg, value
from workbench.report.values import ReportRow, Section

RELIABLE = (0.67, 0.8)  # alpha for tentative conclusions, and for a reliable record


def along_document(
    rows: Sequence[ReportRow], place: Callable[[ReportRow], str], height: int = 90
) -> str:
    """Divergence along the document: penalty of errors up, what flags are expected to add on top.

    One bar for each row, or for each bundle of rows when there are more than pixels. place: the
    address of a row.
    """
    if not rows:
        return ""
    bundles = _bundles(rows, WIDTH // 3)
    most = max([sum(r.penalty + r.expected for r in bundle) for bundle in bundles] + [1.0])
    step = WIDTH / len(bundles)
    parts = []
    for number, bundle in enumerate(bundles):
        noted = height * sum(r.penalty for r in bundle) / most
        waiting = height * sum(r.expected for r in bundle) / most
        x, width = number * step, max(1.0, step - 0.6)
        if noted + waiting == 0:
            continue
        label = f"{bundle[0].number}" + (f"–{bundle[-1].number}" if len(bundle) > 1 else "")
        parts.append(
            f'<a href="{escape(place(bundle[0]))}" tabindex="-1"><title>{label}</title>'
            + rect("noted", x, height - noted, width, noted)
            + rect("waiting", x, height - noted - waiting, width, waiting)
            + "</a>"
        )
    ticks = "".join(
        f'<text x="{n(WIDTH * at / 4)}" y="{height + 14}" class="tick" '
        f'text-anchor="{"start" if at == 0 else "end" if at == 4 else "middle"}">'
        f"{rows[min(len(rows) - 1, at * len(rows) // 4)].number}</text>"
        for at in range(5)
    )
    line = f'<line x1="0" y1="{height}" x2="{WIDTH}" y2="{height}" class="axis"/>'
    return svg(height + 18, "".join(parts) + line + ticks)


def _bundles(rows: Sequence[ReportRow], most: int) -> list[Sequence[ReportRow]]:
    size = -(-len(rows) // most)
    return [rows[at : at + size] for at in range(0, len(rows), size)]


def severities(lines: Sequence[tuple[str, dict[Severity, int]]]) -> str:
    """Errors by category, each bar divided by severity. lines: name, counts."""
    most = max([sum(counts.values()) for _, counts in lines] + [1])
    room = WIDTH - LABEL - 40
    parts = []
    for number, (words, counts) in enumerate(lines):
        y, x = number * (BAR + GAP), float(LABEL)
        parts.append(name(words, y))
        for severity in reversed(Severity):
            width = room * counts.get(severity, 0) / most
            parts.append(rect(str(severity), x, y, width, BAR))
            x += width
        parts.append(value(str(sum(counts.values())), x, y))
    return svg(len(lines) * (BAR + GAP), "".join(parts)) if lines else ""


def coverage(sections: Sequence[Section], names: Sequence[str]) -> str:
    """Coverage by section: two thin bars each, source above translation."""
    room = WIDTH - LABEL - 80
    parts = []
    for number, (section, words) in enumerate(zip(sections, names, strict=True)):
        y = number * (BAR + GAP + 4)
        parts.append(name(words, y + 1))
        shares = (section.src_coverage, section.tgt_coverage)
        for offset, kind, share in zip((0, 9), ("src", "tgt"), shares, strict=True):
            parts.append(rect(f"cover {kind}", LABEL, y + offset, room * share, 7))
        parts.append(value(" / ".join(f"{share:.0%}" for share in shares), LABEL + room, y + 1))
    return svg(len(sections) * (BAR + GAP + 4), "".join(parts)) if sections else ""


def agreement(lines: Sequence[tuple[str, Alpha]]) -> str:
    """How far reviewers agree: a mark for each alpha, a line for its interval, from 0 to 1.

    What lies below 0 stands at 0. Dotted lines show where figures begin to be reliable.
    """
    known = [(words, figure, figure.value) for words, figure in lines if figure.value is not None]
    room = WIDTH - LABEL - 90
    height = len(known) * (BAR + GAP)
    parts = [
        f'<line class="limit" x1="{n(x)}" y1="0" x2="{n(x)}" y2="{n(height)}"/>'
        for x in (LABEL + room * share for share in RELIABLE)
    ]
    for number, (words, figure, found) in enumerate(known):
        y = number * (BAR + GAP)
        ends = [found if end is None else end for end in (figure.low, figure.high)]
        at = [LABEL + room * min(1.0, max(0.0, share)) for share in (*ends, found)]
        middle = y + BAR / 2
        parts.append(name(words, y))
        parts.append(
            f'<line class="interval" x1="{n(at[0])}" y1="{n(middle)}" x2="{n(at[1])}" '
            f'y2="{n(middle)}"/><circle class="point" cx="{n(at[2])}" cy="{n(middle)}" r="4"/>'
        )
        parts.append(value(f"{round(found, 2) + 0:.2f} (n={figure.units})", LABEL + room, y))
    return svg(height, "".join(parts)) if known else ""


def days(lines: Sequence[tuple[str, int, int, int]]) -> str:
    """Decisions by day: accepted, dismissed, deferred as one divided bar each."""
    most = max([sum(counts) for _, *counts in lines] + [1])
    room = WIDTH - LABEL - 40
    parts = []
    for number, (day, *counts) in enumerate(lines):
        y, x = number * (BAR + GAP), float(LABEL)
        parts.append(name(day, y))
        for kind, count in zip(("accepted", "dismissed", "deferred"), counts, strict=True):
            width = room * count / most
            parts.append(rect(kind, x, y, width, BAR))
            x += width
        parts.append(value(str(sum(counts)), x, y))
    return svg(len(lines) * (BAR + GAP), "".join(parts)) if lines else ""
