"""Settings, read once from WORKBENCH_* variables."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set from outside; `help` in each field's metadata is shown in the README."""

    encoder: str = field(
        default="bundled",
        metadata={"help": "encoder: bundled, a hub name, or a folder with a model"},
    )
    database: str = field(
        default="", metadata={"help": "database URL; default: workbench.sqlite in the workspace"}
    )
    upload_limit: int = field(
        default=4_000_000, metadata={"help": "largest text, in bytes, that the browser takes"}
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read `WORKBENCH_ENCODER` and so on; what is not set has its default."""
        found: dict[str, Any] = {}
        for setting in fields(cls):
            value = environment.get(f"WORKBENCH_{setting.name.upper()}")
            if value:
                found[setting.name] = int(value) if setting.type is int else value
        return cls(**found)
