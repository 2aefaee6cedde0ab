"""The word lists that ship with the detectors, one entry a line, # for comments."""

from functools import cache
from importlib.resources import files


@cache
def lines(name: str) -> tuple[str, ...]:
    """The entries of `data/NAME`, without blank lines and comments."""
    content = files("workbench.detect").joinpath("data", name).read_text(encoding="utf-8")
    stripped = (line.partition("#")[0].strip() for line in content.splitlines())
    return tuple(line for line in stripped if line)
