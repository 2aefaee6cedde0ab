"""Files of other tools: what the workbench gives away, and later what it takes in."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, BinaryIO

from workbench.registry import Registry

if TYPE_CHECKING:
    from workbench.exchange.tmx import TmxHeader, TmxReport, TmxUnit

UnitWriter = Callable[[BinaryIO, "Iterable[TmxUnit]", "TmxHeader"], "TmxReport"]
"""Writes translation units to a stream and says what was left out."""

export_formats: Registry[UnitWriter] = Registry(
    "export format", {"tmx": "workbench.exchange.tmx:write_tmx"}
)
