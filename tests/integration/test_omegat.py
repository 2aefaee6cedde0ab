"""A real CAT tool pre-translates from our memory: OmegaT, in console mode."""

import io
import shutil
import subprocess

import pytest

from tests.support import SAMPLE
from workbench.exchange.outgoing import ExportOptions, ExportReport
from workbench.exchange.outgoing.units import select
from workbench.services.exporting import export
from workbench.services.whole import whole_bitext

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(not shutil.which("omegat"), reason="OmegaT is not installed"),
]
PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><source_dir_excludes/><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>{source}</source_lang><target_lang>{target}</target_lang>
<source_tok>org.omegat.tokenizer.LuceneSmartChineseTokenizer</source_tok>
<target_tok>org.omegat.tokenizer.LuceneEnglishTokenizer</target_tok>
<sentence_seg>{by_sentence}</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""


def translated(folder, memory, lines, *, langs=("zh-CN", "en-US"), by_sentence=True):
    """What OmegaT makes of some lines of text with a memory at hand, line by line."""
    project = folder / "project"
    for name in ("source", "target", "tm/auto", "glossary", "dictionary", "omegat"):
        (project / name).mkdir(parents=True)
    settings = PROJECT.format(
        source=langs[0], target=langs[1], by_sentence=str(by_sentence).lower()
    )
    (project / "omegat.project").write_text(settings, encoding="utf-8")
    # The mark makes it plain that the text is UTF-8; a paragraph ends at an empty line.
    (project / "source" / "text.txt").write_text("\n\n".join(lines), encoding="utf-8-sig")
    (project / "tm" / "auto" / "memory.tmx").write_bytes(memory)
    done = subprocess.run(
        ["omegat", str(project), "--mode=console-translate", "--disable-project-locking",
         f"--config-dir={folder / 'config'}"],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    made = project / "target" / "text.txt"
    assert made.exists(), done.stdout + done.stderr
    return made.read_text(encoding="utf-8-sig").split("\n\n")


def memory(ws, **options):
    """A memory of the sample, and the pairs in it that a line of text can hold."""
    stream = io.BytesIO()
    export(ws, SAMPLE, stream, ExportOptions(**options))
    units = select(whole_bitext(ws, SAMPLE), ExportOptions(**options), ExportReport())
    return stream.getvalue(), list(units)


@pytest.mark.parametrize("profile", ["generic", "trados"])
def test_every_sentence_is_found(ws, tmp_path, profile):
    data, units = memory(ws, profile=profile)
    pairs = {u.src.text: u.tgt.text for u in units if u.kind[0] == "1" and "\n" not in u.src.text}
    assert len(pairs) > 40
    found = translated(tmp_path, data, pairs)
    assert dict(zip(pairs, found, strict=True)) == pairs


def test_every_sentence_is_found_the_other_way_round(ws, tmp_path):
    data, units = memory(ws, direction="en-zh")
    # OmegaT ends a sentence behind the number of a heading, as “1.”
    ours = [u for u in units if u.kind[2:] == "1" and not u.tgt.text[0].isdigit()]
    pairs = {u.tgt.text: u.src.text for u in ours if "\n" not in u.tgt.text}
    assert len(pairs) > 40
    found = translated(tmp_path, data, pairs, langs=("en-US", "zh-CN"))
    assert dict(zip(pairs, found, strict=True)) == pairs


def test_every_paragraph_is_found_in_a_project_of_paragraphs(ws, tmp_path):
    data, units = memory(ws, level="paragraph")
    pairs = {u.src.text: u.tgt.text for u in units if "\n" not in u.src.text + u.tgt.text}
    assert len(pairs) > 10
    found = translated(tmp_path, data, pairs, by_sentence=False)
    assert dict(zip(pairs, found, strict=True)) == pairs
