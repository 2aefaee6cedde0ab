"""Printing a page to PDF by the browser that is installed, so that it looks as on the screen."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from workbench.errors import Unavailable

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
_SECONDS = 120


def to_pdf(html: bytes) -> bytes:
    """Print a page that stands alone.

    Raises:
        Unavailable: there is no Chromium or Chrome here, or it could not print.
    """
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise Unavailable(
            "A PDF is printed by Chromium or Chrome, and none is installed; install one, or write "
            "HTML and print it from your browser."
        )
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_bytes(html)
        command = [browser, "--headless", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={pdf}", page.as_uri()]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # Chromium refuses to run as root with its sandbox
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
            return pdf.read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise Unavailable(
                f"{Path(browser).name} could not print the page; write HTML instead and print it."
            ) from None
