"""What a bilingual file holds, whatever its format: units with a text in each language."""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from workbench.domain.text import Role
from workbench.exchange.tags import Tag


@dataclass(frozen=True, slots=True)
class Segment:
    """One language of a unit. lang: BCP 47 in its usual spelling, "" when the file does not say."""

    lang: str
    text: str
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """Segments that translate each other.

    src_lang: the language translated from, "" when unknown. props: (type, value).
    created, changed: as the file has them. state: how far the translation is, in the file's own
    word. segtype: "sentence", "paragraph", … or "". role: of the paragraph, where the file says.
    """

    id: str
    segments: tuple[Segment, ...]
    src_lang: str = ""
    props: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    created: str = ""
    created_by: str = ""
    changed: str = ""
    changed_by: str = ""
    state: str = ""
    segtype: str = ""
    role: Role = Role.BODY


@dataclass(slots=True)
class Findings:
    """What is known of a file; readers fill it while they read.

    langs: in how many units each language occurs. one_sided: units with words in one language
    at most. tags: inline codes. first, last: the earliest and the latest date of a unit.
    repairs, warnings, remarks, skipped: a sentence each, with how often it applies. Repairs
    changed what is read; a warning wants a person's eye; a remark is only for information.
    """

    format: str
    version: str = ""
    tool: str = ""
    src_lang: str = ""
    encoding: str = ""
    units: int = 0
    langs: Counter[str] = field(default_factory=Counter)
    one_sided: int = 0
    tags: int = 0
    first: str = ""
    last: str = ""
    repairs: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)

    def count(self, unit: Unit) -> None:
        """Take a unit into account."""
        self.units += 1
        worded = 0
        for lang in dict.fromkeys(segment.lang for segment in unit.segments):
            self.langs[lang] += 1
        for segment in unit.segments:
            worded += bool(segment.text) and not segment.text.isspace()
            self.tags += len(segment.tags)
        self.one_sided += worded < 2
        for moment in (unit.created, unit.changed):
            if moment:
                self.first = moment if not self.first or moment < self.first else self.first
                self.last = max(self.last, moment)

    @property
    def outcome(self) -> str:
        """The word for it: "warn", "repair" or "parse"."""
        return "warn" if self.warnings else "repair" if self.repairs else "parse"


@lru_cache(maxsize=1024)
def usual_code(lang: str) -> str:
    """A language code in its usual spelling: eN_uS gives en-US, zho gives zh, "" stays "".

    >>> usual_code("ZH-hans-cn")
    'zh-Hans-CN'
    """
    language, *rest = lang.strip().replace("_", "-").split("-")
    short = {"zho": "zh", "chi": "zh", "cmn": "zh", "eng": "en"}
    parts = [short.get(language.lower(), language.lower())]
    for part in rest:
        parts.append(part.title() if len(part) == 4 else part.upper() if len(part) < 4 else part)
    return "-".join(parts)
