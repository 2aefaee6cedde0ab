"""Long encodings go on after a kill, and leave nothing behind once they are used."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import numpy as np
import pytest

from workbench.encode import WindowEncoder, load_encoder, unfinished
from workbench.encode.unfinished import UnfinishedEncoder
from workbench.errors import Stopped
from workbench.evaluate.stopwatch import Stopwatch

TEXTS = [f"sentence {number} {'a' * (number % 7)}" for number in range(5_000)]


class Counting:
    """A small deterministic encoder that counts what it is asked for."""

    name, signature, dim = "counting", "counting-1", 4

    def __init__(self):
        self.asked = 0

    def encode(self, texts, progress=None):
        self.asked += len(texts)
        rows = np.array([[len(t), t.count("a"), 1, 2] for t in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def stop_after(number):
    def progress(step, done, total):
        if done >= number:
            raise Stopped("Stopped.")

    return progress


def test_it_makes_windows_as_the_encoder_behind_it_does(tmp_path):
    bundled = load_encoder("bundled")
    for encoder in (UnfinishedEncoder(bundled, tmp_path), Stopwatch(bundled)):
        assert isinstance(encoder, WindowEncoder)
    assert not isinstance(UnfinishedEncoder(Counting(), tmp_path), WindowEncoder)


def test_what_was_done_before_a_stop_is_not_done_again(tmp_path):
    with pytest.raises(Stopped):
        UnfinishedEncoder(Counting(), tmp_path).encode(TEXTS, stop_after(3_000))
    model = Counting()
    again = UnfinishedEncoder(model, tmp_path).encode(TEXTS)
    assert model.asked <= len(TEXTS) - 3_000 + 1
    assert np.allclose(again, Counting().encode(TEXTS), atol=2e-3)


def test_a_piece_of_a_row_left_by_a_kill_is_cut_off(tmp_path):
    with pytest.raises(Stopped):
        UnfinishedEncoder(Counting(), tmp_path).encode(TEXTS, stop_after(2_000))
    (path,) = tmp_path.glob("*.rows")
    with path.open("ab") as file:
        file.write(b"\x01\x02\x03")
    again = UnfinishedEncoder(Counting(), tmp_path).encode(TEXTS)
    assert np.allclose(again, Counting().encode(TEXTS), atol=2e-3)


def test_other_texts_and_other_models_share_nothing(tmp_path):
    with pytest.raises(Stopped):
        UnfinishedEncoder(Counting(), tmp_path).encode(TEXTS, stop_after(3_000))
    model = Counting()
    UnfinishedEncoder(model, tmp_path).encode([*TEXTS[:-1], "another end"])
    assert model.asked > len(TEXTS)
    model = Counting()
    model.signature = "counting-2"
    UnfinishedEncoder(model, tmp_path).encode(TEXTS)
    assert model.asked > len(TEXTS)


def test_nothing_is_left_once_it_is_forgotten_but_what_others_may_still_need(tmp_path):
    for age, name in ((0, "new.rows"), (30 * 24 * 3600, "old.rows")):
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    encoder = UnfinishedEncoder(Counting(), tmp_path)
    encoder.encode(TEXTS)
    assert len(list(tmp_path.glob("*.rows"))) == 3
    encoder.forget()
    assert [path.name for path in tmp_path.iterdir()] == ["new.rows"]


def test_short_texts_leave_no_file(tmp_path):
    UnfinishedEncoder(Counting(), tmp_path / "folder").encode(TEXTS[: unfinished.LONG - 1])
    assert not (tmp_path / "folder").exists()


def test_a_folder_that_cannot_be_written_costs_nothing_but_the_file(tmp_path):
    (tmp_path / "file").write_text("in the way")
    found = UnfinishedEncoder(Counting(), tmp_path / "file").encode(TEXTS)
    assert np.allclose(found, Counting().encode(TEXTS), atol=2e-3)


def test_after_sigkill_another_process_goes_on(tmp_path):
    script = textwrap.dedent(
        """
        import sys, time
        from pathlib import Path
        from tests.unit.test_unfinished import TEXTS, Counting
        from workbench.encode.unfinished import UnfinishedEncoder

        def slow(step, done, total):
            print(done, flush=True)
            time.sleep(0.2)

        UnfinishedEncoder(Counting(), Path(sys.argv[1])).encode(TEXTS, slow)
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        while int(run.stdout.readline()) < 2_000:
            pass
        run.send_signal(signal.SIGKILL)
    model = Counting()
    UnfinishedEncoder(model, tmp_path).encode(TEXTS)
    assert model.asked <= len(TEXTS) - 2_000 + 1
