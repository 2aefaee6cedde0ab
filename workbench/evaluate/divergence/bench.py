"""Every detector on every reference set that speaks of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import workbench
from workbench.detect import Context, detectors, row_scores
from workbench.detect.coverage import prepare
from workbench.domain.review import AlignedTexts, Flag
from workbench.evaluate.divergence import changes
from workbench.evaluate.divergence.cases import Case, TestSet, one_row
from workbench.evaluate.divergence.measures import SEED, Measured, Outcome, headline_of, measure
from workbench.evaluate.divergence.published import published_sets, wmt22_pairs
from workbench.evaluate.divergence.sample import has_sample, sample_set, sample_texts
from workbench.progress import Progress, silent

_BATCH = 256  # pairs whose words are looked at together


@dataclass(frozen=True, slots=True)
class DetectorResult:
    """What one detector reached. signature: with what it was measured."""

    detector: str
    date: str
    signature: str
    measures: tuple[Measured, ...]
    headline: dict[str, Any] | None

    def to_json(self) -> dict[str, Any]:
        """As it is stored with the product."""
        return {
            "date": self.date,
            "signature": self.signature,
            "headline": self.headline,
            "measures": [measured.to_json() for measured in self.measures],
        }


def run(
    data: Path,
    root: Path,
    context: Context,
    *,
    only: Collection[str] | None = None,
    progress: Progress = silent,
) -> list[DetectorResult]:
    """Measure the detectors, in the order of the registry.

    data: a folder with published sets (see `published`). root: the workspace whose sample is
    measured too, if it has it. only: ids of detectors; all when None.

    Raises:
        BadInput: the folder holds none of the sets.
        UnknownName: `only` names a detector there is not.
    """
    names = [name for name in detectors if only is None or name in only]
    for name in only or ():
        detectors.get(name)
    sets = [*published_sets(data), *planted_sets(data)]
    encoder = f"encoder:{context.encoder.signature}" if context.encoder else "no encoder"
    signature = f"workbench:{workbench.__version__}|seed:{SEED}|data:{data.name}|{encoder}"
    today = date.today().isoformat()
    said = _say(names, sets, context, progress)
    results = []
    for name in names:
        outcomes = [
            (test, [_outcome(case, *said[case.zh, case.en][name]) for case in test.cases])
            for test in sets
            if test.speaks_of(name)
        ]
        measures = [measure(test, found) for test, found in outcomes]
        headline = headline_of(outcomes, measures)
        if has_sample(root):
            measures.append(_on_sample(name, root, context))
        results.append(DetectorResult(name, today, signature, tuple(measures), headline))
    return results


def planted_sets(data: Path) -> list[TestSet]:
    """Numbers, approximators and negations changed by program in the references of WMT22."""
    pairs = wmt22_pairs(data)
    bearing = [pair for pair in pairs if changes.bears_number(pair.zh, pair.en)]
    loose = [pair for pair in bearing if changes.LOOSE_ZH.search(pair.zh)]
    made = (
        ("numbers", changes.english_numbers, changes.chinese_numbers, bearing, bearing),
        ("approximators", changes.english_approximators, changes.chinese_approximators, loose,
         bearing),
        ("polarity", changes.english_negations, changes.chinese_negations, pairs, pairs),
    )  # fmt: skip
    sets = []
    for name, english, chinese, cases, right in made if pairs else ():
        others = (changes.LOOSE_ZH, changes.LOOSE_EN) if cases is loose else (None, None)
        wrong_en = tuple(changes.changed(cases, english, in_english=True, other=others[0]))
        wrong_zh = tuple(changes.changed(cases, chinese, in_english=False, other=others[1]))
        sets += [_planted(name, "en", wrong_en, right), _planted(name, "zh", wrong_zh, right)]
    return sets


_PLANTED = {
    "numbers": ("number", "数字"),
    "approximators": ("approximator", "约数词"),
    "polarity": ("negation", "否定"),
}


def _planted(name: str, side: str, wrong: tuple[Case, ...], right: list[Case]) -> TestSet:
    what, what_zh = _PLANTED[name]
    lang, lang_zh = ("English", "英文") if side == "en" else ("Chinese", "中文")
    return TestSet(
        f"wmt22-{name}-{side}",
        f"WMT22, one {what} of the {lang} changed by program",
        f"WMT22，程序改动{lang_zh}一处{what_zh}",
        (*wrong, *right),
        (name,),
    )


_Said = dict[str, tuple[list[Flag], float]]
"""By detector, its flags on one pair and the pair's score."""


def _say(
    names: list[str], sets: list[TestSet], context: Context, progress: Progress
) -> dict[tuple[str, str], _Said]:
    """What the detectors say of every pair, by its texts; each pair is looked at once."""
    speak: dict[tuple[str, str], list[str]] = {}
    for test in sets:
        for case in test.cases:
            wanted = speak.setdefault((case.zh, case.en), [])
            wanted += [name for name in names if test.speaks_of(name) and name not in wanted]
    pairs = [pair for pair, wanted in speak.items() if wanted]
    said: dict[tuple[str, str], _Said] = {}
    for start in range(0, len(pairs), _BATCH):
        progress("Pairs", start, len(pairs))
        batch = [(pair, one_row(*pair)) for pair in pairs[start : start + _BATCH]]
        context.words.clear()
        prepare(AlignedTexts(tuple(t.rows[0] for _, t in batch), "zh-CN", "en-US"), context)
        for pair, texts in batch:
            said[pair] = {name: _ask(name, texts, context)[0] for name in speak[pair]}
    return said


def _ask(name: str, texts: AlignedTexts, context: Context) -> list[tuple[list[Flag], float]]:
    """The flags of each row, and its score."""
    flags = detectors.get(name)(texts, context)
    by_row: dict[str, list[Flag]] = {row.id: [] for row in texts.rows}
    for flag in flags:
        by_row[flag.row].append(flag)
    scores = row_scores(name, flags, texts, context)
    return list(zip(by_row.values(), scores, strict=True))


def _on_sample(name: str, root: Path, context: Context) -> Measured:
    """The sample is looked at as the document it is."""
    texts = sample_texts(root)
    said = dict(zip((row.id for row in texts.rows), _ask(name, texts, context), strict=True))
    test = sample_set(root, texts, name)
    return measure(test, [_outcome(case, *said[case.group]) for case in test.cases])


def _outcome(case: Case, flags: Sequence[Flag], score: float) -> Outcome:
    ordered = sorted(flags, key=lambda flag: (-flag.severity.rank, -flag.confidence))
    return Outcome(case, tuple((flag.src, flag.tgt) for flag in ordered), score)
