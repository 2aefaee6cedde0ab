"""TMX 1.4 out: a translation memory that the translator's own tools can open.

Follows the TMX 1.4b specification (LISA OSCAR, 2005) and, where tools disagree, what most of
them read. docs/tmx.md says which tool keeps what.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import BinaryIO, Literal

from lxml import etree

from workbench import __version__
from workbench.errors import BadInput
from workbench.exchange.inline import codes, fits, write_inline
from workbench.exchange.legal import Sieve
from workbench.exchange.tags import Tag

Segtype = Literal["sentence", "paragraph"]

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TIMESTAMP = re.compile(r"\d{8}T\d{6}Z")
# No XML reader needs a new line between units, but people and `diff` do.
NEW_LINE = "\n"


class Prop(StrEnum):
    """Types of the properties we write; an `x-` in front marks a tool's own, as TMX asks.

    A type may occur more than once in a unit, as `ANNOTATION` and `FLAG` do: one line of text each.
    """

    KIND = "x-kind"
    PROBABILITY = "x-probability"
    SCORE = "x-score"
    STATUS = "x-status"
    ANNOTATION = "x-annotation"
    FLAG = "x-flag"
    UNCORRECTED = "x-uncorrected"
    BITEXT = "x-bitext"
    SIGNATURE = "x-signature"


@dataclass(frozen=True, slots=True)
class TmxUnit:
    """One translation unit: a source segment and its translation.

    id: unique in the file. src, tgt: the text as it stands; white space at the end is trimmed.
    props: (type, value); each type begins with "x-", or with "Txt::" or "Att::" as Trados has it.
    note: the one note, "" for none. src_tags, tgt_tags: inline codes, `at` an offset into the text.
    created, changed: UTC, "YYYYMMDDTHHMMSSZ", or "" when unknown.
    created_by, changed_by: who, or "".
    """

    id: str
    src: str
    tgt: str
    props: tuple[tuple[str, str], ...] = ()
    note: str = ""
    segtype: Segtype = "sentence"
    created: str = ""
    changed: str = ""
    created_by: str = ""
    changed_by: str = ""
    src_tags: tuple[Tag, ...] = ()
    tgt_tags: tuple[Tag, ...] = ()

    def __post_init__(self) -> None:
        _check(self.props, self.created, self.changed)


@dataclass(frozen=True, slots=True)
class TmxHeader:
    """What holds for the whole file.

    src_lang, tgt_lang: BCP 47 or a looser code; written as `language_code` gives it.
    segtype: that of most units; a unit that differs says so itself.
    created: UTC, "YYYYMMDDTHHMMSSZ", or "". The clock is never read, so that the same input
        gives the same bytes. memory_format: the attribute o-tmf, by which tools know their own.

    Raises:
        BadInput: both languages come out the same, so that no reader could tell the sides apart.
    """

    src_lang: str
    tgt_lang: str
    segtype: Segtype = "sentence"
    props: tuple[tuple[str, str], ...] = ()
    note: str = ""
    created: str = ""
    created_by: str = ""
    memory_format: str = "Workbench"

    def __post_init__(self) -> None:
        _check(self.props, self.created)
        code = language_code(self.src_lang)
        if code == language_code(self.tgt_lang):
            raise BadInput(
                f"Both texts are marked {code}, so a TMX file can't tell them apart; "
                "correct the language of one of them in the catalogue."
            )


@dataclass(frozen=True, slots=True)
class TmxReport:
    """What `write_tmx` did.

    units: written. one_sided: left out, since one side had no words.
    removed: characters left out, since XML can't hold them.
    """

    units: int
    one_sided: int
    removed: int


def language_code(lang: str) -> str:
    """The code that CAT tools expect, with a region: "zh-CN", "en-US", "zh-TW", "en-GB".

    Bare "zh" and "en" get the usual region; script subtags are left out, since tools of the TMX
    age match language and region only. Any other language keeps its code.
    """
    language, *rest = lang.replace("_", "-").split("-")
    language = {"zho": "zh", "chi": "zh", "cmn": "zh", "eng": "en"}.get(
        language.lower(), language.lower()
    )
    scripts = {part.title() for part in rest if len(part) == 4}
    regions = [part.upper() for part in rest if len(part) == 2 or part.isdigit()]
    usual = {"zh": "TW" if "Hant" in scripts else "CN", "en": "US"}.get(language)
    region = regions[0] if regions else usual
    return f"{language}-{region}" if region else language


def timestamp(moment: str) -> str:
    """An ISO 8601 moment in UTC, "2025-05-09T08:00:00Z", as TMX writes it; "" stays "".

    Raises:
        ValueError: not a moment with a day and a time.
    """
    if not moment:
        return ""
    parsed = datetime.fromisoformat(moment)
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=UTC)
    return parsed.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def write_tmx(stream: BinaryIO, units: Iterable[TmxUnit], header: TmxHeader) -> TmxReport:
    """TMX 1.4, the translation memory that CAT tools open.

    Writes UTF-8 and holds one unit in memory at a time. Units with an empty side are left out,
    as are characters that XML can't hold; the report counts both. There is no DOCTYPE: it would
    make readers look for a file or an address that is not theirs. Should `units` raise, what is
    in the stream is half a file, so write into a temporary one.
    """
    writer = _Writer(header)
    with etree.xmlfile(stream, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element("tmx", {"version": "1.4"}):
            xml.write(NEW_LINE, writer.header(), NEW_LINE)
            with xml.element("body"):
                xml.write(NEW_LINE)
                for unit in units:
                    element = writer.unit(unit)
                    if element is not None:
                        xml.write(element, NEW_LINE)
            xml.write(NEW_LINE)
    stream.write(NEW_LINE.encode())
    return TmxReport(writer.units, writer.one_sided, writer.sieve.removed)


class _Writer:
    """Builds elements and counts what it had to leave out."""

    def __init__(self, header: TmxHeader) -> None:
        self.units = self.one_sided = 0
        self.sieve = Sieve()
        self._header = header
        self._src_lang = language_code(header.src_lang)
        self._tgt_lang = language_code(header.tgt_lang)

    def header(self) -> etree._Element:
        header = self._header
        attributes = {
            "creationtool": "Workbench",
            "creationtoolversion": __version__,
            "segtype": header.segtype,
            "o-tmf": header.memory_format,
            "adminlang": "en-US",
            "srclang": self._src_lang,
            "datatype": "plaintext",
            "creationdate": header.created,
            "creationid": header.created_by,
        }
        element = self._element("header", attributes)
        self._describe(element, header.note, header.props)
        return element

    def unit(self, unit: TmxUnit) -> etree._Element | None:
        """The `tu`, or None when one side has no words."""
        before = self.sieve.removed
        src, src_tags = self.sieve.tagged(unit.src, unit.src_tags)
        tgt, tgt_tags = self.sieve.tagged(unit.tgt, unit.tgt_tags)
        if not src.strip() or not tgt.strip():
            self.sieve.removed = before  # nothing was taken out of a unit that is not there
            self.one_sided += 1
            return None
        self.units += 1
        attributes = {
            "tuid": unit.id,
            "segtype": unit.segtype if unit.segtype != self._header.segtype else "",
            "creationdate": unit.created,
            "creationid": unit.created_by,
            "changedate": unit.changed,
            "changeid": unit.changed_by,
        }
        element = self._element("tu", attributes)
        self._describe(element, unit.note, unit.props)
        sides = ((self._src_lang, src, src_tags), (self._tgt_lang, tgt, tgt_tags))
        for lang, words, tags in sides:
            variant = self._child(element, "tuv", {XML_LANG: lang})
            words = words.rstrip()
            clipped = [replace(tag, at=min(tag.at, len(words))) for tag in tags]
            write_inline(self._child(variant, "seg", {}), words, adapt(clipped))
        return element

    def _describe(
        self, element: etree._Element, note: str, props: tuple[tuple[str, str], ...]
    ) -> None:
        # The DTD lets note and prop stand in any order but in front of tuv; a single note,
        # because OmegaT shows only the last one.
        if legal_note := self.sieve.text(note):
            self._child(element, "note", {}).text = legal_note
        for kind, value in props:
            self._child(element, "prop", {"type": kind}).text = self.sieve.text(value)

    def _element(self, tag: str, attributes: dict[str, str]) -> etree._Element:
        return etree.Element(tag, self._filled(attributes))

    def _child(
        self, parent: etree._Element, tag: str, attributes: dict[str, str]
    ) -> etree._Element:
        return etree.SubElement(parent, tag, self._filled(attributes))

    def _filled(self, attributes: dict[str, str]) -> dict[str, str]:
        return {name: self.sieve.text(value) for name, value in attributes.items() if value}


ELEMENTS = {
    "bpt": "i | x type",
    "ept": "i |",
    "it": "pos | x type",
    "ph": "| x assoc type",
    "ut": "| x",
    "hi": "| x type",
}


def adapt(tags: Sequence[Tag]) -> list[Tag]:
    """Inline codes as TMX has them: those it knows as they came, others as native code.

    Pairs get numbers of their own where two segments that became one have the same.
    """
    numbers = _Numbers(tags)
    out = []
    for code in codes(tags):
        tag = code.tag
        if fits(tag, ELEMENTS, frozenset({"hi"})) and (code.pair or tag.kind == "alone"):
            out.append(numbers.own(tag))
            continue
        name = "ph"
        attributes: tuple[tuple[str, str], ...] = ()
        if code.place != "alone" and code.pair:
            name = "bpt" if code.place == "start" else "ept"
            attributes = (("i", numbers.of_pair(code.pair)),)
        elif code.place != "alone":
            name, attributes = "it", (("pos", "begin" if code.place == "start" else "end"),)
        out.append(Tag(tag.at, "alone", name, attributes, code.native))
    return out


class _Numbers:
    """Numbers of pairs, each given once in a segment."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        given = [dict(tag.attributes).get("i", "") for tag in tags]
        self._free = max((int(i) for i in given if i.isascii() and i.isdigit()), default=0) + 1
        self._used: set[str] = set()
        self._renamed: dict[str, str] = {}
        self._pairs: dict[int, str] = {}

    def own(self, tag: Tag) -> Tag:
        """A tag with the number it has, or another one when that is taken."""
        attributes = dict(tag.attributes)
        if tag.name not in ("bpt", "ept") or "i" not in attributes:
            return tag
        number = attributes["i"]
        if tag.name == "bpt":
            self._renamed[number] = self._next() if number in self._used else number
            self._used.add(self._renamed[number])
        attributes["i"] = self._renamed.get(number, number)
        return replace(tag, attributes=tuple(attributes.items()))

    def of_pair(self, pair: int) -> str:
        """The number of a pair that had none."""
        if pair not in self._pairs:
            self._pairs[pair] = self._next()
        return self._pairs[pair]

    def _next(self) -> str:
        self._free += 1
        return str(self._free - 1)


def _check(props: tuple[tuple[str, str], ...], *moments: str) -> None:
    """Refuse what would mislead a reader; these are mistakes of our own code, not of a user."""
    for kind, _ in props:
        # "file", "id", "prev", "next" and "path" tell OmegaT that a unit holds at one place only.
        if not kind.startswith(("x-", "Txt::", "Att::")):
            raise ValueError(f"The property type {kind!r} must begin with 'x-'.")
    for moment in moments:
        if moment and not TIMESTAMP.fullmatch(moment):
            raise ValueError(f"The moment {moment!r} must look like 20250509T080000Z.")
