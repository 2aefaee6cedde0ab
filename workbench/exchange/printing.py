"""Printing a page to PDF by the browser that is installed, so that it looks as on the screen.

Its drawings become pictures in the same way.
"""

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from workbench.errors import Unavailable

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_SECONDS = 120
_BOX = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
_FRAME = 200  # pixels that a window may lose to its frame, though it has none


def to_pdf(html: bytes) -> bytes:
    """Print a page that stands alone.

    Raises:
        Unavailable: there is no Chromium or Chrome here, or it could not print.
    """
    return _printed(html, "page.pdf", "--no-pdf-header-footer", "--print-to-pdf")


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as PNG. shown: the upper share of it that is the drawing; the rest is blank.

    tall: its height, for a width of 1.
    """

    png: bytes
    shown: float
    tall: float


def pictures(html: str) -> list[Picture]:
    """The drawings of a page, in order; none without a browser to draw them."""
    style = "".join(re.findall(r"<style>.*?</style>", html, re.DOTALL))
    found = []
    for drawing in re.findall(r'<svg\b[^>]*class="chart".*?</svg>', html, re.DOTALL):
        width, height = (ceil(float(side)) for side in _BOX.findall(drawing)[0])
        page = f"<!doctype html>{style}<body style='margin:0;background:#fff'>"
        page += f"<div class='report' style='width:{width}px;max-width:none'>{drawing}</div>"
        size = f"--window-size={width},{height + _FRAME}"
        look = ("--force-device-scale-factor=2", "--hide-scrollbars", size)
        try:
            png = _printed(page.encode(), "page.png", *look, "--screenshot")
        except Unavailable:
            return []
        found.append(Picture(png, height / (height + _FRAME), height / width))
    return found


def _printed(html: bytes, name: str, *options: str) -> bytes:
    """What the browser makes of a page; the last option takes the file's name."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise Unavailable(
            "A PDF is printed by Chromium or Chrome, and none is installed; install one, or write "
            "HTML and print it from your browser."
        )
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder) / "page.html", Path(folder) / name
        page.write_bytes(html)
        command = [browser, "--headless", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command += [*options[:-1], f"{options[-1]}={made}", page.as_uri()]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # Chromium refuses to run as root with its sandbox
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
            return made.read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise Unavailable(
                f"{Path(browser).name} could not print the page; write HTML instead and print it."
            ) from None
