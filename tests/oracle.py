"""translate-toolkit as an independent reader. It is GPL, so it runs in a process of its own."""

import json
import subprocess
import sys

import pytest

READ = """
import json, sys
from translate.storage import factory
kind, path, *langs = sys.argv[1:]
if kind == "tmx":
    from translate.storage.tmx import tmxfile
    store = tmxfile(open(path, "rb"), *langs)
elif kind == "xliff":
    from translate.storage.xliff2 import Xliff2File
    store = Xliff2File(open(path, "rb"))
elif kind == "xliff1":
    from translate.storage.xliff import xlifffile
    store = xlifffile(open(path, "rb"))
else:
    from translate.storage.tbx import tbxfile
    store = tbxfile(open(path, "rb"), *langs)
units = [(u.getid(), str(u.source or ""), str(u.target or ""), u.getnotes()) for u in store.units]
print(json.dumps(units))
"""


def read_by_translate_toolkit(data, folder, kind, *langs):
    """The units of a file as (id, source, target, notes); skips where it is not installed."""
    path = folder / f"file.{kind}"
    path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", READ, kind, str(path), *langs],
        capture_output=True,
        text=True,
        check=False,
    )
    if "No module named 'translate'" in done.stderr:
        pytest.skip("translate-toolkit is not installed; it comes with the test extra")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
