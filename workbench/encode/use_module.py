"""The bundled encoder as a `SentenceTransformer`, for code that wants that interface.

Importing this module imports torch; nothing in the workbench does so unless asked.
"""

from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

from workbench.encode.use import UniversalSentenceEncoder


class UniversalSentenceModule(InputModule):
    """Takes the place of tokenizer, transformer and pooling: texts in, sentence vectors out."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._encoder = UniversalSentenceEncoder()

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: object
    ) -> dict[str, torch.Tensor]:
        """The vectors of some texts, made in numpy, under the name that `forward` passes on."""
        vectors = self._encoder.encode([(prompt or "") + str(text) for text in inputs])
        return {"sentence_embedding": torch.from_numpy(vectors)}

    def forward(self, features: dict[str, torch.Tensor], **_: object) -> dict[str, torch.Tensor]:
        """Nothing is left to do."""
        return features

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return self._encoder.dim

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Refuse: the weights belong to their package, and the factory makes the module anew."""
        raise NotImplementedError(f"Call bundled_sentence_transformer(), don't save {output_path}.")


def bundled_sentence_transformer() -> SentenceTransformer:
    """The bundled encoder behind sentence-transformers' own interface."""
    return SentenceTransformer(modules=[UniversalSentenceModule()], device="cpu")
