"""Bitexts going out: the formats, what can be asked of them, and what they report.

A format is a function that writes a `WholeBitext`, registered under a name with what it heeds of
the options. docs/formats.md says, format by format, what it carries and what not.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, BinaryIO, Literal

from workbench.errors import UsageError
from workbench.exchange.whole import WholeBitext
from workbench.registry import Registry

Level = Literal["sentence", "paragraph"]
LEVELS: tuple[Level, ...] = ("sentence", "paragraph")
Direction = Literal["zh-en", "en-zh"]
DIRECTIONS: tuple[Direction, ...] = ("zh-en", "en-zh")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What goes into an export, and how.

    profile: one of the format's, "" for its first. level: one unit a row, or one a paragraph
    group. direction: which language comes first. confirmed_only: pairs that a person confirmed.
    with_errors: also pairs with a grave error that is neither dismissed nor corrected.
    many_as: what a row of several sentences is called, for tools that divide texts by sentence.
    """

    profile: str = ""
    level: Level = "sentence"
    direction: Direction = "zh-en"
    confirmed_only: bool = False
    with_errors: bool = False
    many_as: Level = "sentence"


@dataclass(slots=True)
class ExportReport:
    """What became of a bitext on its way out. Writers fill it.

    units: written. left_out: rows or groups that were not written, by the keys of `LEFT_OUT`.
    lost: what the format can't carry of those that were written, by the keys of `LOST`.
    corrected: units in which a reviewer's wording stands in the place of the translation's.
    removed: characters that the format can't hold.
    """

    units: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    corrected: int = 0
    removed: int = 0

    def tidy(self) -> "ExportReport":
        """Itself, without counts of zero."""
        self.left_out, self.lost = +self.left_out, +self.lost
        return self

    def to_json(self) -> dict[str, Any]:
        """The report as scripts and the page read it."""
        return {
            "units": self.units,
            "left_out": dict(self.left_out),
            "lost": dict(self.lost),
            "corrected": self.corrected,
            "removed": self.removed,
        }


LEFT_OUT: dict[str, tuple[str, str]] = {
    "one-sided": ("rows with one side only", "只有一侧的行"),
    "commentary": ("rows of commentary", "评论行"),
    "unconfirmed": ("pairs that nobody confirmed", "未经确认的句对"),
    "error": (
        "pairs with a major error that is neither dismissed nor corrected",
        "有严重错误、既未忽略也未改正的句对",
    ),
    "clash": (
        "pairs with two wordings for the same words, of which nobody chose one",
        "同一处有两种改法、尚未选定的句对",
    ),
    "empty": (
        "pairs with a side of nothing but characters that the format can't hold",
        "一侧只有该格式无法容纳的字符的句对",
    ),
}
"""Why something was not written, in English and in Chinese."""

LOST: dict[str, tuple[str, str]] = {
    "flags": ("flags", "提示"),
    "notes": ("annotations", "批注"),
    "decisions": ("decisions", "处理结果"),
    "places": ("places of flags and annotations inside a row", "提示和批注在行内的位置"),
    "tags": ("inline codes", "行内标记"),
    "confirmations": ("confirmed pairings", "已确认的配对"),
}
"""What a format can't carry, in English and in Chinese."""

Writer = Callable[[BinaryIO, WholeBitext, ExportOptions], ExportReport]


@dataclass(frozen=True)
class ExportFormat:
    """One way to write a bitext.

    write: gives the same bytes for the same bitext and options, and reads no clock.
    ending: of the file's name. heeds: names of the options that make a difference; any other
    must stay as it is by default. profiles: the dialects of the format, the usual one first.
    """

    write: Writer
    ending: str
    media_type: str
    heeds: frozenset[str] = frozenset()
    profiles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        # What `Registry.summary` shows.
        object.__setattr__(self, "__doc__", self.write.__doc__)

    def check(self, name: str, options: ExportOptions) -> None:
        """Refuse an option that the format does not heed. Raises UsageError."""
        if options.profile and options.profile not in self.profiles:
            known = ", ".join(self.profiles)
            raise UsageError(
                f"{name} has no profile {options.profile!r}; "
                + (f"choose from: {known}." if known else "leave it out.")
            )
        usual = ExportOptions(profile=options.profile)
        for option in fields(ExportOptions):
            changed = getattr(options, option.name) != getattr(usual, option.name)
            if changed and option.name not in self.heeds:
                raise UsageError(
                    f"The option {option.name.replace('_', ' ')} makes no difference to {name}, "
                    "which always holds the whole bitext; leave it out."
                )


export_formats: Registry[ExportFormat] = Registry(
    "export format",
    {
        "tmx": "workbench.exchange.outgoing.tmx:TMX",
        "xliff": "workbench.exchange.outgoing.xliff2:XLIFF2",
        "xliff1": "workbench.exchange.outgoing.xliff1:XLIFF1",
        "jsonl": "workbench.exchange.outgoing.jsonl:JSONL",
        "mqm": "workbench.exchange.outgoing.mqm:MQM",
        "intertext": "workbench.exchange.outgoing.bundle:INTERTEXT",
        "vecalign": "workbench.exchange.outgoing.bundle:VECALIGN",
        "hunalign": "workbench.exchange.outgoing.bundle:HUNALIGN",
        "xlsx": "workbench.exchange.outgoing.sheets:XLSX",
        "csv": "workbench.exchange.outgoing.sheets:CSV",
        "docx": "workbench.exchange.outgoing.word:DOCX",
        "text": "workbench.exchange.outgoing.plain:TEXT",
        "text-docx": "workbench.exchange.outgoing.plain:DOCX_TEXT",
        "html": "workbench.exchange.outgoing.reading:HTML",
        "packet": "workbench.exchange.outgoing.reading:PACKET",
        "pdf": "workbench.exchange.outgoing.reading:PDF",
    },
)
