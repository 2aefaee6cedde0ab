"""The sample's commentary against its original, by the command."""

import csv
import json
from pathlib import Path

from click.testing import CliRunner

from tests.support import ROOT
from workbench.cli import main

EN, ZH = (str(ROOT / "texts" / f"lanting-visit.{side}.txt") for side in ("en", "zh"))
GOLD = ROOT / "texts" / "lanting-visit.claims.tsv"


def run(*arguments):
    result = CliRunner().invoke(main, ["claims", *arguments])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_samples_claims_are_judged_as_by_hand(tmp_path):
    with GOLD.open(encoding="utf-8") as lines:
        gold = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    spans = tmp_path / "spans.tsv"
    spans.write_text(
        "id\tstart\tstop\n"
        + "".join(f"{row['id']}\t{row['en_start']}\t{row['en_stop']}\n" for row in gold),
        encoding="utf-8",
    )
    found = run(EN, ZH, "--spans", str(spans), "--jsonl")
    right = sum(a["verdict"] == b["verdict"] for a, b in zip(found, gold, strict=True))
    assert right >= 12
    borne = [
        any(start < int(row["zh_stop"]) and int(row["zh_start"]) < stop for start, stop in spans)
        for record, row in zip(found, gold, strict=True)
        for spans in [record["evidence_spans"]]
        if row["zh_start"]
    ]
    assert sum(borne) >= 10


def test_claims_are_looked_for_in_the_commentary_only():
    found = run(EN, ZH, "--jsonl")
    translation = Path(EN).read_text(encoding="utf-8").index("From June 11")
    assert found
    assert all(record["claim_span"][1] <= translation for record in found)
    assert {"supported", "contradicted"} <= {record["verdict"] for record in found}
