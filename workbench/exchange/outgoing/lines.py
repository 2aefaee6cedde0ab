"""Flags and annotations as one line of text each, for formats that know no better place."""

from workbench.domain.review import AnnotationKind
from workbench.exchange.whole import FlagEntry, NoteEntry, WholeBitext


def note_line(bitext: WholeBitext, note: NoteEntry) -> str:
    """What an annotation says, on which words, and who says it."""
    annotation = note.annotation
    head = str(annotation.kind)
    if annotation.category:
        head += f" {annotation.category}"
    if annotation.kind is AnnotationKind.ERROR and annotation.severity:
        head += f" ({annotation.severity})"
    words = bitext.words("src", annotation.src), bitext.words("tgt", annotation.tgt)
    parts = [head, _quoted(*words), annotation.note]
    if annotation.wording:
        parts.append(f"→ {annotation.wording}")
    return _line(*parts, f"[{note.made.author}]")


def flag_line(entry: FlagEntry) -> str:
    """What a flag says, on which words, and what was decided about it."""
    flag = entry.flag
    decided = ""
    if entry.decision and entry.decided:
        reason = f": {entry.decision.reason}" if entry.decision.reason else ""
        decided = f"[{entry.decision.verdict}{reason}, {entry.decided.author}]"
    head = f"{flag.category} ({flag.severity})"
    return _line(head, _quoted(flag.src_words, flag.tgt_words), flag.evidence, decided)


def _quoted(*words: str) -> str:
    found = " | ".join(filter(None, words))
    return f"“{found}”" if found else ""


def _line(*parts: str) -> str:
    return " ".join(" ".join(parts).split())
