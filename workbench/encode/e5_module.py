"""Multilingual E5 small as a `SentenceTransformer` and its network as a `BertModel`.

For code that wants those interfaces; the workbench itself reads words with `encode/e5.py`, which
needs neither. Importing this module imports torch and transformers.
"""

from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling
from transformers import BertConfig, BertModel

from workbench.encode import Vectors
from workbench.encode.e5 import Tokenizer
from workbench.encode.e5_file import E5File, weight_file

_MATRICES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def bert(file: E5File) -> BertModel:
    """The network, its 4-bit weights unpacked to single precision."""
    sizes = file.sizes
    config = BertConfig(
        vocab_size=sizes.words,
        hidden_size=sizes.hidden,
        num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads,
        intermediate_size=sizes.inner,
        max_position_embeddings=sizes.longest,
        type_vocab_size=sizes.kinds,
        layer_norm_eps=file.epsilon,
        pad_token_id=file.padding,
    )
    model = BertModel(config, add_pooling_layer=False)
    found = {
        "embeddings.word_embeddings.weight": file.matrix("emb.word", sizes.hidden),
        "embeddings.position_embeddings.weight": _rows(file, "emb.pos"),
        "embeddings.token_type_embeddings.weight": _rows(file, "emb.type"),
        "embeddings.LayerNorm.weight": file.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": file.vector("emb.ln.b"),
    }
    for layer in range(sizes.layers):
        at = f"encoder.layer.{layer}"
        for short, name in _MATRICES.items():
            width = sizes.inner if short == "fo" else sizes.hidden
            found[f"{at}.{name}.weight"] = file.matrix(f"l{layer}.{short}.w", width)
            found[f"{at}.{name}.bias"] = file.vector(f"l{layer}.{short}.b")
        for short, name in _NORMS.items():
            found[f"{at}.{name}.weight"] = file.vector(f"l{layer}.{short}.w")
            found[f"{at}.{name}.bias"] = file.vector(f"l{layer}.{short}.b")
    model.load_state_dict({name: torch.tensor(value) for name, value in found.items()})
    model.train(False)
    return model


def _rows(file: E5File, name: str) -> Vectors:
    return file.vector(name).reshape(-1, file.sizes.hidden)


class E5Module(InputModule):
    """Texts in, token states out; what follows is sentence-transformers' own pooling."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        file = E5File(weight_file())
        self._marks = (file.first, file.last, file.padding)
        self._longest = file.sizes.longest
        self._pieces = Tokenizer(file).pieces
        self.network = bert(file)

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: object
    ) -> dict[str, torch.Tensor]:
        """Token numbers and mask, shape (texts, tokens of the longest); what is over is cut."""
        first, last, padding = self._marks
        rows = [
            [first, *self._pieces((prompt or "") + str(text))[: self._longest - 2], last]
            for text in inputs
        ]
        width = max(map(len, rows), default=0)
        numbers = [[*row, *[padding] * (width - len(row))] for row in rows]
        mask = [[1] * len(row) + [0] * (width - len(row)) for row in rows]
        return {"input_ids": torch.tensor(numbers), "attention_mask": torch.tensor(mask)}

    def forward(self, features: dict[str, torch.Tensor], **_: object) -> dict[str, torch.Tensor]:
        """Add the states of the tokens, shape (texts, tokens, 384)."""
        found = self.network(features["input_ids"], attention_mask=features["attention_mask"])
        return features | {"token_embeddings": found.last_hidden_state}

    def get_embedding_dimension(self) -> int:
        """Length of a state."""
        return int(self.network.config.hidden_size)

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Refuse: the weights belong to their package, and the factory makes the module anew."""
        raise NotImplementedError(f"Call e5_sentence_transformer(), don't save {output_path}.")


def e5_sentence_transformer() -> SentenceTransformer:
    """Multilingual E5 small behind sentence-transformers' interface; prompt texts "query: "."""
    module = E5Module()
    pooling = Pooling(module.get_embedding_dimension(), pooling_mode="mean")
    return SentenceTransformer(modules=[module, pooling, Normalize()], device="cpu")
