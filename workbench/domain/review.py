"""What a machine suspects (Flag) and what a person decides (Decision, Annotation)."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workbench.domain.text import Role, Span


class Severity(StrEnum):
    """MQM severities, mildest first."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for neutral to 3 for critical."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Row:
    """A bead with its words, as a detector sees it.

    id: the bead's id. src, tgt: its characters, "" on the empty side of a null bead.
    src_start, tgt_start: where they begin in their texts, in characters.
    src_role, tgt_role: the role of the paragraph each side is in.
    src_sentences, tgt_sentences: sentence spans, relative to `src` and `tgt`.
    src_dateline: how many characters at the head of `src` are a dateline; tgt_dateline likewise.
    probability: that the pairing is exactly right, as the aligner says; 1 when a person confirmed
        it, None when nothing is known.
    """

    id: str
    src: str
    tgt: str
    src_start: int = 0
    tgt_start: int = 0
    src_role: Role = Role.BODY
    tgt_role: Role = Role.BODY
    src_sentences: tuple[Span, ...] = ()
    tgt_sentences: tuple[Span, ...] = ()
    src_dateline: int = 0
    tgt_dateline: int = 0
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class AlignedTexts:
    """A whole bitext as the detectors see it. src_lang, tgt_lang: BCP 47."""

    rows: tuple[Row, ...]
    src_lang: str
    tgt_lang: str


@dataclass(frozen=True, slots=True)
class Flag:
    """What a detector suspects. Recomputed at will, hence without id or author.

    row: id of the bead. category: MQM path, such as "accuracy/omission".
    src, tgt: the words in question, relative to the row's `src` and `tgt`; None when the
        finding has no words on that side.
    evidence, evidence_zh: one sentence in plain words.
    confidence: 0 to 1, how sure the detector is.
    detectors: ids of all detectors that found something on these words, after merging.
    suggestion: what the translation could say instead of the words in `tgt`, "" if unknown.
    """

    detector: str
    row: str
    category: str
    severity: Severity
    src: Span | None
    tgt: Span | None
    evidence: str
    evidence_zh: str
    confidence: float = 0.5
    detectors: tuple[str, ...] = ()
    suggestion: str = ""


def fingerprint(flag: "Flag | StoredFlag", src_words: str, tgt_words: str, occurrence: int) -> str:
    """The name by which a decision finds its flag again after rows have changed.

    src_words, tgt_words: the quoted wordings. occurrence: 0-based, among flags of the same
    detector, category and wordings in the bitext.
    """
    parts = (flag.detector, flag.category, src_words, tgt_words, str(occurrence))
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class StoredFlag:
    """A flag placed in the texts, so that it survives changes of the rows.

    src, tgt: characters of the whole texts, or None. at: where it belongs when one side has no
    words: (source offset, target offset) of its row's start.
    """

    fingerprint: str
    detector: str
    category: str
    severity: Severity
    src: Span | None
    tgt: Span | None
    at: tuple[int, int]
    src_words: str
    tgt_words: str
    evidence: str
    evidence_zh: str
    confidence: float
    detectors: tuple[str, ...] = ()
    suggestion: str = ""

    @property
    def words(self) -> dict[str, str]:
        """The words of both sides in question, "" on a side without."""
        return {"src_words": self.src_words, "tgt_words": self.tgt_words}

    def to_json(self) -> dict[str, Any]:
        """The value as the database holds it."""
        body: dict[str, Any] = {name: getattr(self, name) for name in self.__dataclass_fields__}
        for side in ("src", "tgt"):
            span: Span | None = body[side]
            body[side] = None if span is None else [span.start, span.stop]
        plain = {"severity": str(self.severity), "at": list(self.at)}
        if not self.suggestion:
            del body["suggestion"]
        return body | plain | {"detectors": list(self.detectors)}

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> "StoredFlag":
        """The inverse of `to_json`."""
        spans = {side: None if body[side] is None else Span(*body[side]) for side in ("src", "tgt")}
        kept = {
            "severity": Severity(body["severity"]),
            "at": (body["at"][0], body["at"][1]),
            "detectors": tuple(body.get("detectors", ())),
        }
        return cls(**{**body, **spans, **kept})


class Verdict(StrEnum):
    """What a person decided about a flag."""

    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    DEFERRED = "deferred"


class AnnotationKind(StrEnum):
    """Comment, error by the MQM typology, or a translation choice that is no error."""

    COMMENT = "comment"
    ERROR = "error"
    CHOICE = "choice"


MQM_CATEGORIES: dict[str, tuple[str, str]] = {
    "accuracy/mistranslation": ("Mistranslation", "误译"),
    "accuracy/number": ("Number", "数字"),
    "accuracy/omission": ("Omission", "漏译"),
    "accuracy/addition": ("Addition", "增译"),
    "accuracy/name": ("Name", "名称"),
    "accuracy/polarity": ("Polarity", "肯定与否定"),
    "accuracy/modality": ("Modality", "情态"),
    "accuracy/attribution": ("Attribution", "说话人"),
    "accuracy/untranslated": ("Untranslated", "未译"),
    "terminology/wrong-term": ("Wrong term", "术语错误"),
    "terminology/inconsistent": ("Inconsistent term", "术语不一致"),
    "linguistic-conventions/grammar": ("Grammar", "语法"),
    "linguistic-conventions/punctuation": ("Punctuation", "标点"),
    "linguistic-conventions/spelling": ("Spelling", "拼写"),
    "linguistic-conventions/duplication": ("Duplication", "重复"),
    "style/awkward": ("Awkward", "不通顺"),
    "style/literal": ("Too literal", "生硬直译"),
    "style/register": ("Register", "语体"),
    "locale-conventions/format": ("Format", "格式"),
    "other": ("Other", "其他"),
}
"""MQM core paths used here, with their English and Chinese names."""
