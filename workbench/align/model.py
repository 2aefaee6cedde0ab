"""The fitted weights of the default aligner; `data/README.md` says where they come from."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from workbench.align.features import NAMES, NULL_NAMES, PLAIN_NAMES

SIEVE_NAMES = ("rough", *PLAIN_NAMES)
"""What the sieve goes by: the rough score of scouting, and the features without vectors of runs."""


@dataclass(frozen=True, slots=True)
class Model:
    """Log-linear weights. `weights` follows `features.NAMES`, `nulls` `features.NULL_NAMES`.

    sieve, sieve_nulls: those of the chain that tells which candidates deserve vectors of runs;
        `sieve` follows `SIEVE_NAMES`.
    hash: first digits of the file's sha256.
    """

    weights: NDArray[np.float32]
    nulls: tuple[float, float]
    sieve: NDArray[np.float32]
    sieve_nulls: tuple[float, float]
    hash: str


@cache
def load_model() -> Model:
    """The weights that ship with the program."""
    raw = files("workbench.align").joinpath("data", "weights.json").read_bytes()
    values: dict[str, dict[str, float]] = json.loads(raw)
    chain = _read(values["weights"], NAMES)
    sieve = _read(values["sieve"], SIEVE_NAMES)
    return Model(*chain, *sieve, hashlib.sha256(raw).hexdigest()[:8])


def _read(
    values: dict[str, float], names: Sequence[str]
) -> tuple[NDArray[np.float32], tuple[float, float]]:
    opening, extension = (values[name] for name in NULL_NAMES)
    return np.array([values[name] for name in names], dtype=np.float32), (opening, extension)
