"""XML from strangers: read as a stream, with nothing fetched and nothing expanded."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import BinaryIO

from lxml import etree

from workbench.errors import BadInput
from workbench.exchange.incoming.values import Findings
from workbench.exchange.incoming.xml_encoding import HEAD, encoding_of
from workbench.exchange.tags import Tag

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_UTF16 = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_SUBSET = re.compile(r"""<!DOCTYPE(?:[^>\["']|"[^"]*"|'[^']*')*\[""")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def head_of(stream: BinaryIO) -> str:
    """The beginning of a file as characters, good enough to see its markup; rewinds."""
    data = stream.read(HEAD)
    stream.seek(0)
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[2:].decode(encoding, "replace")
    return data.decode(_UTF16.get(data[:2], "utf-8"), "replace").removeprefix("\ufeff")


def root_name(head: str) -> str:
    """The name of the root element, without its prefix; "" when there is none."""
    found = _ROOT.search(_COMMENT.sub("", head))
    return found[1] if found and head.lstrip().startswith("<") else ""


def elements(
    stream: BinaryIO, starts: Collection[str], ends: Collection[str], findings: Findings
) -> Iterator[tuple[str, str, etree._Element]]:
    """The elements of a document as they come: ("start" or "end", local name, element).

    starts: names whose beginning is wanted (their attributes are there, their content is not);
    ends: names wanted whole; what is inside such an element is not reported again, and it is
    let go afterwards, so that a file may be longer than memory.

    Raises:
        BadInput: not well-formed, with line and column; or it defines or uses entities.
    """
    _refuse_entities(head_of(stream))
    parser = etree.iterparse(
        stream, events=("start", "end"), tag=[f"{{*}}{name}" for name in {*starts, *ends}],
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True,
        encoding=encoding_of(stream, findings),
    )  # fmt: skip
    inside = 0
    try:
        for event, element in parser:
            name = local(element)
            if name in ends:
                inside += 1 if event == "start" else -1
                if event == "end" and not inside:
                    yield event, name, element
                    _let_go(element)
            elif event == "start" and not inside:
                yield event, name, element
    except etree.XMLSyntaxError as error:
        raise BadInput(_complaint(error, parser)) from None


def _complaint(
    error: etree.XMLSyntaxError, parser: "etree.iterparse[tuple[str, etree._Element]]"
) -> str:
    """What is wrong with the XML, and where; the parser's own log knows it best."""
    logged = [entry for entry in parser.error_log if entry.level_name == "FATAL"]
    message, (line, column) = error.msg or "", error.position
    if logged:
        message, line, column = logged[0].message, logged[0].line, logged[0].column
    message = re.sub(r"\s*,? line \d+, column \d+.*", "", message, flags=re.DOTALL).strip()
    if message.startswith("Excessive depth"):
        return (
            f"Line {line}: more than 2000 elements inside each other; this is no file of a "
            "translation tool."
        )
    if "encoding" in message:
        message = "these bytes are no characters in the encoding that it declares"
    return (
        f"Line {line}, column {column}: the XML is broken ({message}); "
        "save the file again from the tool that wrote it, nothing was imported."
    )


def _refuse_entities(head: str) -> None:
    doctype = _SUBSET.search(head)
    if not doctype:
        return
    rest = head[doctype.end() :]
    if "]" not in rest or "<!ENTITY" in rest:
        line = head.count("\n", 0, doctype.start()) + 1
        raise BadInput(
            f"Line {line}: the file defines entities, which can hide other files or fill the "
            "memory, so it is not read; remove the definitions in front of the first element."
        )


def _let_go(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return _local(str(element.tag))


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2]


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The direct children of certain names, whatever their namespace."""
    for child in element:
        if isinstance(child.tag, str) and local(child) in names:
            yield child


def attribute(element: etree._Element, *names: str) -> str:
    """The first of several attributes that is there, without white space around it, or ""."""
    for name in names:
        value = element.get(name)
        if value is not None:
            return value.strip()
    return ""


def plain(element: etree._Element) -> str:
    """All text inside an element."""
    if not len(element):
        return element.text or ""
    return "".join(str(part) for part in element.itertext())


class Inline:
    """Takes the words of a segment apart from its inline codes.

    codes: elements that are a code as a whole; spans: elements that enclose words. gone: names
    and values of attributes of those spans whose words somebody struck out; they are codes too.
    """

    def __init__(
        self,
        codes: Collection[str],
        spans: Collection[str],
        gone: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self._codes, self._spans, self._gone = frozenset(codes), frozenset(spans), gone

    def read(self, element: etree._Element) -> tuple[str, tuple[Tag, ...]]:
        """Text and tags inside an element.

        Raises:
            BadInput: an entity that XML does not know, with its line.
        """
        return self._mixed(element) if len(element) else (element.text or "", ())

    def _mixed(self, element: etree._Element) -> tuple[str, tuple[Tag, ...]]:
        words: list[str] = []
        tags: list[Tag] = []
        at = 0

        def say(text: str | None) -> None:
            nonlocal at
            if text:
                words.append(text)
                at += len(text)

        # A stack in place of recursion: markup may be nested deeper than Python calls may.
        waiting: list[etree._Element | str | Tag] = [*_contents(element)][::-1]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                say(item)
            elif isinstance(item, Tag):
                tags.append(Tag(at, item.kind, item.name, item.attributes, item.inner))
            elif isinstance(item, etree._Entity):
                raise BadInput(
                    f"Line {element.sourceline}: {item.text} is no character that XML knows; "
                    "write the character itself, nothing was imported."
                )
            elif isinstance(item.tag, str) and (char := _character(item)):
                say(char)
            elif isinstance(item.tag, str):
                name, attributes = local(item), _attributes(item)
                if name in self._spans and not self._gone.intersection(attributes):
                    tags.append(Tag(at, "open", name, attributes))
                    waiting.append(Tag(0, "close", name))
                    waiting += [*_contents(item)][::-1]
                else:
                    tags.append(Tag(at, "alone", name, attributes, inner_xml(item)))
        return "".join(words), tuple(tags)


def _character(element: etree._Element) -> str:
    """The character that an element stands for since XML can't hold it; "" for any other element.

    XLIFF 2 has `cp` for it; our XLIFF 1.2 has `x` of a type of its own.
    """
    code = ""
    if local(element) == "cp":
        code = attribute(element, "hex")
    elif attribute(element, "ctype") == "x-code-point":
        code = attribute(element, "id").removeprefix("cp-")
    try:
        return chr(int(code, 16)).encode().decode() if code else ""
    except (ValueError, OverflowError, UnicodeError):
        return ""  # no character: kept as a code


def _contents(element: etree._Element) -> Iterator[etree._Element | str | Tag]:
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def _attributes(element: etree._Element) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in element.attrib.items())


def inner_xml(element: etree._Element) -> str:
    """What is inside a code, as XML."""
    parts = [_escaped(element.text or "")]
    for child in element:
        parts.append(etree.tostring(child, encoding="unicode"))
    return "".join(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
