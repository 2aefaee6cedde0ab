"""Every reader takes damaged files: read, or refused in a sentence, and nothing else."""

import json
import subprocess
import sys

import pytest

from tests.support import ROOT


def fuzz(seed, rounds):
    """How many files of each kind were read and refused."""
    command = [sys.executable, "-m", "tests.fuzzing", str(seed), str(rounds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)


def test_damaged_files_are_read_or_refused():
    found = fuzz(1, 6)
    assert len(found) > 30
    assert sum(outcomes.get("refused", 0) for outcomes in found.values()) > 60
    assert sum(outcomes.get("read", 0) for outcomes in found.values()) > 20


@pytest.mark.full
@pytest.mark.parametrize("seed", range(2, 10))
def test_many_damaged_files_are_read_or_refused(seed):
    assert fuzz(seed, 250)
