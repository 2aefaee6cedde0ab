"""Measuring the workbench on reference data."""

import json
from pathlib import Path

import click

from workbench.cli.bench_search import search
from workbench.cli.bench_ui import ui
from workbench.cli.terminal import TerminalProgress, print_json, print_table, say
from workbench.cli.texts import as_json_option
from workbench.errors import BadInput
from workbench.services.encoding import plain_context
from workbench.settings import Settings


@click.group()
def bench() -> None:
    """Measure the workbench on reference data."""


bench.add_command(ui)
bench.add_command(search)


@bench.command("align")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    required=True,
    help="Folder with src/NAME, tgt/NAME (one sentence a line) and gold/NAME.align.",
)
@click.option(
    "--level",
    type=click.Choice(["sentence", "paragraph"]),
    default="sentence",
    help="What a line of the files and of the reference is.",
)
@click.option("--src-lang", default="zh", help="Language of src; default: zh.")
@click.option("--tgt-lang", default="en", help="Language of tgt; default: en.")
@click.option("--encoder", "encoder_name", default="", help="Encoder; default: the setting.")
@click.option("--aligner", default="default", help="Aligner; default: default.")
@click.option(
    "--compare",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A run kept earlier with --json, to compare with.",
)
@as_json_option
def align_(
    data: Path,
    level: str,
    src_lang: str,
    tgt_lang: str,
    encoder_name: str,
    aligner: str,
    compare: Path | None,
    as_json: bool,
) -> None:
    """Align reference documents and score the result."""
    from workbench.encode import load_encoder
    from workbench.evaluate import bench_align

    encoder = load_encoder(encoder_name or Settings.from_environment().encoder)
    progress = TerminalProgress()
    result = bench_align.run(
        data, src_lang, tgt_lang, encoder=encoder, aligner=aligner, level=level, progress=progress
    )
    progress.close()
    found = result.to_json()
    if as_json:
        print_json(found)
        return
    heads = (
        "document",
        "sentences",
        "strict P",
        "R",
        "F1",
        "lax F1",
        "joined F1",
        "encoding s",
        "aligning s",
    )
    lines = [
        (
            document["name"],
            "×".join(str(n) for n in document["sentences"]),
            *_three(document["strict"]),
            f"{document['lax']['f1']:.3f}",
            f"{document['joined']['f1']:.3f}",
            f"{document['seconds']['encoding']:.1f}",
            f"{document['seconds']['aligning']:.1f}",
        )
        for document in found["documents"]
    ]
    seconds = found["seconds"]
    pooled = (*_three(found["strict"]), f"{found['lax']['f1']:.3f}", f"{found['joined']['f1']:.3f}")
    times = (f"{seconds['encoding']:.1f}", f"{seconds['aligning']:.1f}")
    print_table(heads, [*lines, ("pooled", "", *pooled, *times)])
    kinds = found["kinds"].items()
    say("")
    print_table(("beads", "strict P", "R", "F1"), [(kind, *_three(score)) for kind, score in kinds])
    say(f"{found['signature']}; {found['peak_memory'] / 1e6:.0f} MB at the peak")
    if compare:
        _compare(found["strict"]["f1"], compare)


def _three(score: dict[str, float]) -> tuple[str, str, str]:
    return f"{score['precision']:.3f}", f"{score['recall']:.3f}", f"{score['f1']:.3f}"


def _compare(now: float, path: Path) -> None:
    try:
        before = float(json.loads(path.read_text(encoding="utf-8"))["strict"]["f1"])
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInput(f"{path} is no run kept with --json; keep one first.") from None
    say(f"strict F1 {now:.4f}, before {before:.4f}: {now - before:+.4f}")


@bench.command("detect")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder with the reference sets; without it, the figures stored with the product.",
)
@click.option("--only", default="", help="Detectors to measure, separated by commas; default: all.")
@click.option(
    "--keep",
    "keep_figures",
    is_flag=True,
    help="Store the figures with the product and in docs/detectors.md.",
)
@as_json_option
@click.pass_obj
def detect_(root: Path, data: Path | None, only: str, keep_figures: bool, as_json: bool) -> None:
    """Measure the detectors on reference data: how much they find, how often they are right."""
    from workbench.detect.record import stored
    from workbench.evaluate.divergence import bench as measuring
    from workbench.evaluate.divergence import keeping

    names = [name.strip() for name in only.split(",") if name.strip()] or None
    results = []
    if data:
        progress = TerminalProgress()
        results = measuring.run(data, root, plain_context(), only=names, progress=progress)
        progress.close()
    if keep_figures:
        for path in keeping.keep(results, root):
            say(f"{path} written")
    found = {result.detector: result.to_json() for result in results} if data else stored()
    if as_json:
        print_json(found)
        return
    lines = [line for name, entry in found.items() for line in keeping.table(name, entry)]
    print_table(("detector", "set", "pairs", *keeping.HEADS), lines)


@bench.command("links")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    required=True,
    help="Folder with NAME.src-tgt (tokens ||| tokens) and NAME.gold (links, counted from 1).",
)
@click.option("--src-lang", default="zh", help="Language of the first tokens; default: zh.")
@click.option("--plain", is_flag=True, help="Without the encoder: dictionary and form only.")
@click.option(
    "--left-out",
    is_flag=True,
    help="Judge each fifth by weights fitted on the other four, not by those that ship.",
)
@as_json_option
def links_(data: Path, src_lang: str, plain: bool, left_out: bool, as_json: bool) -> None:
    """Link words of reference sentences and score the links."""
    from workbench.encode import load_word_encoder
    from workbench.evaluate import bench_links, fit_links

    encoder = None if plain else load_word_encoder()
    progress = TerminalProgress()
    pairs = bench_links.read_folder(data)
    judge = fit_links.judge_left_out if left_out else bench_links.judge
    result = judge(pairs, src_lang, encoder=encoder, progress=progress)
    progress.close()
    found = result.to_json()
    if as_json:
        print_json(found)
        return
    low, high = found["interval"]
    print_table(
        ("sentences", "links", "AER", "95%", "precision", "recall"),
        [
            (
                found["sentences"],
                found["links"],
                f"{found['aer']:.3f}",
                f"{low:.3f}–{high:.3f}",
                f"{found['precision']:.3f}",
                f"{found['recall']:.3f}",
            )
        ],
    )
    say(found["signature"])
