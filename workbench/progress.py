"""How long work reports where it is, and learns that it should stop."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called as `progress(step, done, total)`; raises `Stopped` when the user asked to stop.

`step` is a short English phrase such as "Encoding sentences".
"""


def silent(step: str, done: int, total: int) -> None:
    """Report to nobody and never stop."""
