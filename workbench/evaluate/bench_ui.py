"""How long a reviewer waits: from the key to the settled page, measured in a real browser.

A page is settled when the edit is answered, its rows are drawn and the browser has painted them.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from workbench.errors import Unavailable
from workbench.progress import Progress, silent

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# One round of edits, each on the row that the one before left behind; in the end all is as before.
ROUND = ("m", "z", "u", "z", "v", "z", "}", "z", "m", "s", "z", "z")
STEPS = 7  # rows between two rounds
SCROLLS = 60  # steps of the wheel
LONG_FRAME = 50  # milliseconds; the usual measure of a page that stutters

# The page is not asked again and again whether it is ready: asking would slow down what is timed.
PROBE = """
window.probe = {times: [], frames: [], then: () => {}};
addEventListener("keydown", () => { window.probe.key = performance.now(); }, true);
new MutationObserver(([change]) => {
  const state = change.target.dataset.state;
  if (state === "saving") window.probe.saving = true;
  else if (window.probe.saving) {
    window.probe.saving = false;
    requestAnimationFrame(() => setTimeout(() => {
      window.probe.times.push(performance.now() - window.probe.key);
      window.probe.then();
    }));
  }
}).observe(document.getElementById("saved"), {attributeFilter: ["data-state"]});
"""

SETTLED = """
(n) => new Promise((go, fail) => {
  const said = () => !document.getElementById("message").hidden;
  const done = () => window.probe.times.length >= n && go(said());
  window.probe.then = done;
  setTimeout(() => fail(new Error("an edit was not answered within a minute")), 60000);
  done();
})"""

FRAMES = """
() => { let last = performance.now(); const note = (now) => {
  window.probe.frames.push(now - last); last = now; requestAnimationFrame(note);
}; requestAnimationFrame(note); }
"""

READY = "performance.getEntriesByName('ready')[0]?.startTime ?? 0"


@dataclass(frozen=True, slots=True)
class Timing:
    """What was measured on one bitext. All times in milliseconds.

    ready: from asking for the page to its being ready, after it was loaded once.
    edits: from key to settled page. refused: edits that the page refused; not in `edits`.
    frames: while scrolling.
    """

    name: str
    rows: int
    ready: float
    edits: tuple[float, ...]
    refused: int
    frames: tuple[float, ...]

    @property
    def median(self) -> float:
        """Half of the edits are settled by then."""
        return median(self.edits)

    @property
    def p95(self) -> float:
        """Nineteen of twenty edits are settled by then."""
        return quantiles(self.edits, n=20)[-1]

    @property
    def stutter(self) -> float:
        """Share of the frames that took longer than 50 ms."""
        return sum(frame > LONG_FRAME for frame in self.frames) / max(1, len(self.frames))

    def to_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "bitext": self.name,
            "rows": self.rows,
            "ready_ms": round(self.ready, 1),
            "edits": len(self.edits),
            "refused": self.refused,
            "median_ms": round(self.median, 1),
            "p95_ms": round(self.p95, 1),
            "frames": len(self.frames),
            "frames_over_50_ms": round(self.stutter, 4),
        }


@contextmanager
def browser() -> Iterator["Browser"]:
    """A Chromium without a window: that of CHROMIUM, of this machine, or playwright's own.

    Raises:
        Unavailable: playwright or Chromium is not installed.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise Unavailable(
            "Measuring the pages needs playwright; install it with: pip install playwright"
        ) from None
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as runner:
        try:
            opened = runner.chromium.launch(executable_path=found, args=["--no-sandbox"])
        except Error:
            raise Unavailable(
                "No Chromium is here to measure with; install one, or name it in CHROMIUM."
            ) from None
        yield opened
        opened.close()


def measure(
    opened: "Browser", url: str, edits: int, *, name: str, progress: Progress = silent
) -> Timing:
    """Make edits on a review page, scroll through it, and take the time.

    url: of the review page of an aligned bitext, which ends as it began.
    """
    context = opened.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = context.new_page()
    for _ in range(2):  # the second time it was loaded once
        page.goto(url)
        page.wait_for_selector("html[data-ready]", timeout=120_000)
    ready = float(page.evaluate(READY))
    rows = page.locator("#groups .row[data-id]").count()
    page.evaluate(PROBE)
    refused = _edit(page, edits, rows, name, progress)
    frames = _scroll(page)
    times = page.evaluate("window.probe.times")
    context.close()
    return Timing(name, rows, ready, tuple(times), refused, tuple(frames))


def _edit(page: "Page", edits: int, rows: int, name: str, progress: Progress) -> int:
    refused, done = 0, 0
    page.keyboard.press("Home")
    stride = max(STEPS, rows // (edits // len(ROUND) + 2))
    while done < edits:
        for _ in range(min(stride, 40)):
            page.keyboard.press("j")
        for key in ROUND[: edits - done]:
            page.keyboard.press(key)
            done += 1
            said = page.evaluate(SETTLED, done - refused)
            progress(f"Editing {name}", done, edits)
            if said:  # why the edit was refused
                refused += 1
                page.evaluate("window.probe.times.pop()")
                page.keyboard.press("Escape")
    return refused


def _scroll(page: "Page") -> list[float]:
    page.mouse.move(500, 500)
    page.evaluate(FRAMES)
    for _ in range(SCROLLS):
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(30)
    frames: list[float] = page.evaluate("window.probe.frames")
    return frames
