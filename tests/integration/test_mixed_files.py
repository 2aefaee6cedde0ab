"""One file with both languages: recognised, shown, and imported as rows or as two texts."""

import io
import json

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from workbench.cli import main
from workbench.exchange.incoming import recognise

PAIRS = [
    ("两国元首举行会谈。", "The two heads of state held talks."),
    ("双方签署26项合作文件。", "The two sides signed 26 cooperation documents."),
    ("访问取得圆满成功。", "The visit was a complete success."),
]
ZH, EN = ("\n".join(side) + "\n" for side in zip(*PAIRS, strict=True))


def csv_file(delimiter=","):
    lines = [f'"{zh}"{delimiter}"{en}"' for zh, en in PAIRS]
    return (f"中文{delimiter}English\n" + "\n".join(lines) + "\n").encode()


def sheet():
    book = openpyxl.Workbook()
    for number, (zh, en) in enumerate(PAIRS, 1):
        book.active.append([number, en, zh])  # English first, a number before
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def document():
    made = docx.Document()
    made.add_paragraph("A bilingual table")
    table = made.add_table(rows=0, cols=2)
    for zh, en in PAIRS:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = zh, en
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


FILES = {
    "table.csv": csv_file(),
    "table.tsv": csv_file("\t"),
    "sheet.xlsx": sheet(),
    "table.docx": document(),
    "by-turns.txt": "\n\n".join(words for pair in PAIRS for words in pair).encode(),
    "english-first.txt": "\n".join(words for pair in PAIRS for words in pair[::-1]).encode(),
}


def run(ws, *arguments, code=0):
    result = CliRunner().invoke(main, ["-w", str(ws.root), *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.mark.parametrize("name", list(FILES))
def test_it_is_shown_first_and_its_units_become_rows(fresh, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(FILES[name])
    shown = json.loads(run(fresh, "import", "--dry-run", "--json", path))["files"][0]
    assert shown["units"] == 3
    assert shown["langs"] == {"zh-CN": 3, "en-US": 3}
    assert not list((fresh.root / "texts").glob("*.txt"))
    bitext = json.loads(run(fresh, "import", "--json", path))["stored"]
    exported = run(fresh, "export", bitext, "--out", "-")
    for zh, en in PAIRS:
        assert zh in exported
        assert en in exported


def test_one_language_below_the_other_becomes_two_texts(fresh, tmp_path):
    path = tmp_path / "below.txt"
    path.write_text(EN + "\n" + ZH, encoding="utf-8")
    shown = json.loads(run(fresh, "import", "--dry-run", "--json", path))["files"][0]
    assert "3 and 3 paragraphs" in str(shown["remarks"])
    bitext = fresh.bitext(json.loads(run(fresh, "import", "--json", path))["stored"])
    assert fresh.text(bitext.src_id).content == ZH
    assert fresh.text(bitext.tgt_id).content == EN


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("chinese.txt", ZH * 3),
        ("english.txt", EN * 3),
        ("quoted.txt", ZH * 4 + "The two heads of state held talks.\n"),  # one English line
        ("short.txt", "".join(f"{zh}\n{en}\n" for zh, en in PAIRS[:1])),
        ("numbers.csv", "1,2\n3,4\n5,6\n"),
        ("one-column.csv", ZH),
        ("both-chinese.csv", "".join(f"{zh},{zh}\n" for zh, _ in PAIRS)),
    ],
)
def test_what_is_no_such_file_is_left_alone(name, content):
    assert recognise(io.BytesIO(content.encode()), name) == ""
