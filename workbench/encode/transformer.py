"""Any sentence-transformers model, by hub name or local folder, used as its family wants."""

import hashlib
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from workbench.encode import ENCODING, Vectors
from workbench.errors import Unavailable
from workbench.progress import Progress, silent

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# Families by a part of the model's name: what is put before each text, and how the states of
# its words are pooled when the folder itself does not say.
_E5 = re.compile(r"(^|[-_/])e5[-_](small|base|large)(-v2)?$")
_CLS = re.compile(r"labse|bge-m3|gte-multilingual")
_BATCH = 32
_REPORT = 256  # texts between two reports of progress


class TransformerEncoder:
    """A sentence-transformers model, loaded at first use."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._folder = _find(name)
        known = f"{name} {self._folder.name}".lower()
        self._prompt = "query: " if any(map(_E5.search, known.split())) else ""
        self._pooling = "cls" if _CLS.search(known) else "mean"

    @cached_property
    def signature(self) -> str:
        """The model's name and a hash over its configuration and weights."""
        found = hashlib.sha256()
        for path in sorted(self._folder.rglob("*")):
            if path.suffix in (".safetensors", ".bin", ".json", ".model") and path.is_file():
                found.update(path.relative_to(self._folder).as_posix().encode())
                with path.open("rb") as file:
                    found.update(hashlib.file_digest(file, "sha256").digest())
        name = Path(self.name).name if Path(self.name).is_dir() else self.name
        return f"{name}|sha256:{found.hexdigest()[:12]}|prompt:{self._prompt.strip() or 'none'}"

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._model.get_embedding_dimension() or 0

    def encode(self, texts: Sequence[str], progress: Progress = silent) -> Vectors:
        """Vectors of shape (len(texts), dim), rows of unit length.

        Raises:
            Unavailable: the files are there but no model can be made of them.
        """
        out = np.zeros((len(texts), self.dim), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda k: len(texts[k]))
        for at in range(0, len(order), _REPORT):
            progress(ENCODING, at, len(texts))
            some = order[at : at + _REPORT]
            out[some] = self._model.encode(
                [self._prompt + texts[k] for k in some],
                batch_size=_BATCH,
                convert_to_numpy=True,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return out

    @cached_property
    def _model(self) -> "SentenceTransformer":
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

        folder = str(self._folder)
        try:
            if (self._folder / "modules.json").exists():
                return SentenceTransformer(folder, device="cpu", local_files_only=True)
            words = Transformer(folder)
            pooling = Pooling(words.get_embedding_dimension(), pooling_mode=self._pooling)
            return SentenceTransformer(modules=[words, pooling], device="cpu")
        except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
            reason = str(error).strip().partition("\n")[0]
            raise Unavailable(
                f"The model {self.name} can't be loaded ({reason}); "
                "choose another encoder, such as bundled."
            ) from error


def _find(name: str) -> Path:
    """The model's folder; one from the hub is fetched unless it is here already.

    Raises:
        Unavailable: there is no such folder and no such model, or no way to fetch it now.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        if (folder / "config.json").exists() or (folder / "modules.json").exists():
            return folder
        raise Unavailable(
            f"The folder {name} holds no sentence-transformers model (it has neither "
            "modules.json nor config.json); choose another encoder, such as bundled."
        )
    from huggingface_hub import snapshot_download

    kinds = ["*.json", "*.txt", "*.model", "*.safetensors", "*/*.json", "*/*.safetensors"]
    for here_only in (True, False):
        try:
            return Path(snapshot_download(name, allow_patterns=kinds, local_files_only=here_only))
        except Exception as error:  # the hub's client raises many kinds, of several libraries
            last = error
    raise Unavailable(
        f"There is no encoder {name!r} here and it can't be fetched from the model hub now; "
        f"choose one of: bundled, a local folder, or connect to the network and check the name."
    ) from last
