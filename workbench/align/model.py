"""The fitted weights of the default aligner; `data/README.md` says where they come from."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from workbench.align.features import NAMES, NULL_NAMES


@dataclass(frozen=True, slots=True)
class Model:
    """Log-linear weights. `weights` follows `features.NAMES`, `nulls` `features.NULL_NAMES`.

    hash: first digits of the file's sha256.
    """

    weights: NDArray[np.float32]
    nulls: tuple[float, float]
    hash: str


@cache
def load_model() -> Model:
    """The weights that ship with the program."""
    raw = files("workbench.align").joinpath("data", "weights.json").read_bytes()
    values: dict[str, float] = json.loads(raw)["weights"]
    weights = np.array([values[name] for name in NAMES], dtype=np.float32)
    opening, extension = (values[name] for name in NULL_NAMES)
    return Model(weights, (opening, extension), hashlib.sha256(raw).hexdigest()[:8])
