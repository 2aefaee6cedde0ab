"""What people say about a translation: annotations, and decisions on flags.

Both hang on words of the texts, never on a row, so that they keep their place when rows change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.domain.review import AnnotationKind, Severity, Verdict
from workbench.domain.text import Span
from workbench.errors import UsageError

CHOICE_TYPES: dict[str, tuple[str, str]] = {
    "official": ("Official rendering", "官方译法"),
    "explicitation": ("Explicitation", "显化"),
    "implicitation": ("Implicitation", "隐化"),
    "softening": ("Softening", "弱化"),
    "strengthening": ("Strengthening", "强化"),
    "domestication": ("Domestication", "归化"),
    "foreignisation": ("Foreignisation", "异化"),
    "image-kept": ("Image kept", "保留意象"),
    "image-dropped": ("Image dropped", "舍弃意象"),
    "register": ("Register", "语体"),
    "reordering": ("Reordering", "调整语序"),
    "splitting": ("Splitting or merging", "拆句或并句"),
    "agent-supplied": ("Agent supplied", "补出主语"),
    "omission-by-design": ("Omission by design", "有意省略"),
    "euphemism": ("Euphemism", "委婉"),
    "quotation": ("Quotation handling", "引语处理"),
    "other": ("Other", "其他"),
}
"""Types of translation choice that are not errors, with their English and Chinese names."""

DISMISSAL_REASONS: dict[str, tuple[str, str]] = {
    "correct": ("The translation is right", "译文无误"),
    "legitimate": ("A legitimate choice", "合理的译法"),
    "elsewhere": ("Said elsewhere in the text", "在别处已译出"),
    "misread": ("The flag misreads the text", "提示有误"),
    "house-style": ("House style", "本单位体例"),
}
"""The usual reasons for dismissing a flag; a reviewer may also write their own."""

NOTE_LIMIT = 20_000  # characters; a note longer than this is a paste gone wrong


@dataclass(frozen=True, slots=True)
class Annotation:
    """A comment, an error or a translation choice on words of one or both texts.

    src, tgt: characters of the whole texts, or None when no words of that side are meant.
    category: MQM path of an error, type of a choice, "" for a comment.
    note: the comment or the rationale. wording: suggested or preferred wording.
    flag: fingerprint of the flag it was made from, or "".
    alternatives: wordings that were considered. term: source expression of a term it is about.
    tags: words to find it by. begun_by: who wrote it first, "" while nobody else changed it.
    """

    kind: AnnotationKind
    src: Span | None
    tgt: Span | None
    note: str
    category: str = ""
    severity: Severity | None = None
    wording: str = ""
    flag: str = ""
    alternatives: tuple[str, ...] = ()
    term: str = ""
    tags: tuple[str, ...] = ()
    begun_by: str = ""

    def to_json(self) -> dict[str, Any]:
        """The value as the log and the portable file hold it."""
        value: dict[str, Any] = {"kind": str(self.kind)}
        for name in ("src", "tgt"):
            span: Span | None = getattr(self, name)
            if span is not None:
                value[name] = [span.start, span.stop]
        for name in ("category", "severity", "note", "wording", "flag", "term", "begun_by"):
            if getattr(self, name):
                value[name] = str(getattr(self, name))
        for name in ("alternatives", "tags"):
            if getattr(self, name):
                value[name] = list(getattr(self, name))
        return value

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Annotation":
        """The inverse of `to_json`; also reads what a browser sends.

        Raises:
            UsageError: an unknown kind or severity, or nothing said on anything. Whether a
                category is known is for the workspace's typology to say.
        """
        kind = _choice(AnnotationKind, value.get("kind"), "annotation kind")
        severity = value.get("severity")
        annotation = cls(
            kind,
            _span(value.get("src")),
            _span(value.get("tgt")),
            str(value.get("note") or "").strip(),
            str(value.get("category") or ""),
            _choice(Severity, severity, "severity") if severity else None,
            str(value.get("wording") or "").strip(),
            str(value.get("flag") or ""),
            _words(value.get("alternatives")),
            str(value.get("term") or "").strip(),
            _words(value.get("tags")),
            str(value.get("begun_by") or ""),
        )
        annotation._check()
        return annotation

    def _check(self) -> None:
        if self.src is None and self.tgt is None:
            raise UsageError("An annotation needs words to hang on; select some in either text.")
        if sum(map(len, (self.note, self.wording, *self.alternatives, *self.tags))) > NOTE_LIMIT:
            raise UsageError(f"A note holds at most {NOTE_LIMIT:,} characters; shorten it.")
        if self.kind is not AnnotationKind.COMMENT and not self.category:
            raise UsageError(f"Choose a category for this {self.kind}.")
        if self.kind is AnnotationKind.ERROR and self.severity is None:
            raise UsageError("Choose a severity for this error.")
        if self.kind is AnnotationKind.COMMENT and not self.note:
            raise UsageError("The comment is empty; write something or cancel.")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a flag, with enough of the flag to read it years later.

    rule: id and author of the rule that decided, "" when a person did.
    """

    verdict: Verdict
    detector: str
    category: str
    src_words: str
    tgt_words: str
    reason: str = ""
    rule: str = ""

    def to_json(self) -> dict[str, Any]:
        """The value as the log and the portable file hold it."""
        value = {
            "verdict": str(self.verdict),
            "detector": self.detector,
            "category": self.category,
            "src_words": self.src_words,
            "tgt_words": self.tgt_words,
            "reason": self.reason,
        }
        return value | ({"rule": self.rule} if self.rule else {})

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Decision":
        """The inverse of `to_json`."""
        return cls(
            _choice(Verdict, value.get("verdict"), "decision"),
            str(value.get("detector") or ""),
            str(value.get("category") or ""),
            str(value.get("src_words") or ""),
            str(value.get("tgt_words") or ""),
            str(value.get("reason") or "")[:NOTE_LIMIT],
            str(value.get("rule") or ""),
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered to an annotation. note: id of the annotation."""

    note: str
    text: str

    def to_json(self) -> dict[str, Any]:
        """The value as the log and the portable file hold it."""
        return {"note": self.note, "text": self.text}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Reply":
        """The inverse of `to_json`. Raises UsageError when nothing is said."""
        text = str(value.get("text") or "").strip()
        if not text:
            raise UsageError("The reply is empty; write something or cancel.")
        if len(text) > NOTE_LIMIT:
            raise UsageError(f"A reply holds at most {NOTE_LIMIT:,} characters; shorten it.")
        return cls(str(value["note"]), text)


def _words(value: Any) -> tuple[str, ...]:  # noqa: ANN401
    """A list of wordings without blanks and repetitions."""
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)):
        raise UsageError("Alternatives and tags are lists of words.")
    found = [" ".join(str(word).split()) for word in value]
    return tuple(dict.fromkeys(word for word in found if word))


def _span(value: Any) -> Span | None:  # noqa: ANN401
    if value is None:
        return None
    try:
        start, stop = (int(offset) for offset in value)
    except (TypeError, ValueError):
        raise UsageError(f"A span is two offsets, not {value!r}.") from None
    if not 0 <= start < stop:
        raise UsageError(f"The span {start} to {stop} holds no characters; select some words.")
    return Span(start, stop)


def _choice(kind: Any, value: Any, name: str) -> Any:  # noqa: ANN401
    try:
        return kind(value)
    except ValueError:
        raise UsageError(f"There is no {name} {value!r}; choose from: {', '.join(kind)}.") from None
