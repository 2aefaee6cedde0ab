"""InterText in: two documents of numbered sentences, and the links between them."""

import re
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from workbench.domain.alignment import Bead
from workbench.domain.text import Span
from workbench.errors import BadInput
from workbench.exchange.incoming.values import Findings
from workbench.exchange.incoming.xml import attribute, elements, plain


def read_document(stream: BinaryIO, findings: Findings) -> dict[str, tuple[int, str]]:
    """The sentences of a document by id: the number of their paragraph, and the text.

    Raises:
        BadInput: not well-formed.
    """
    found: dict[str, tuple[int, str]] = {}
    paragraph = -1
    for event, _name, element in elements(stream, ("p", "head"), ("s",), findings):
        if event == "start":
            paragraph += 1
            continue
        text = re.sub(r"\s+", " ", plain(element)).strip()
        found[attribute(element, "id")] = (max(paragraph, 0), text)
    return found


Link = tuple[list[str], list[str], bool]


def read_links(stream: BinaryIO, findings: Findings) -> list[Link]:
    """The links as (ids in `fromDoc`, ids in `toDoc`, made by a person), in order of the file.

    The attribute `xtargets` names the sentences of `toDoc` first.

    Raises:
        BadInput: not well-formed, or a link without targets.
    """
    found: list[Link] = []
    for event, _, element in elements(stream, ("linkGrp",), ("link",), findings):
        if event == "start":
            names = attribute(element, "fromDoc"), attribute(element, "toDoc")
            findings.remarks[f"It links {names[0]} with {names[1]}."] += 1
            continue
        to, semicolon, from_ = attribute(element, "xtargets").partition(";")
        if not semicolon:
            raise BadInput(f"Line {element.sourceline}: a link without xtargets; check it.")
        found.append((from_.split(), to.split(), attribute(element, "status") == "man"))
    return found


def beads(
    links: Sequence[Link],
    sides: tuple[Mapping[str, tuple[int, str]], Mapping[str, tuple[int, str]]],
) -> list[Bead]:
    """The links as beads over the numbers of the sentences.

    Raises:
        BadInput: a link names a sentence that its document does not have.
    """
    numbers = [{id_: number for number, id_ in enumerate(side)} for side in sides]
    out, at = [], [0, 0]
    for link in links:
        spans = []
        for side, ids in enumerate(link[:2]):
            try:
                places = sorted(numbers[side][id_] for id_ in ids)
            except KeyError as error:
                raise BadInput(
                    f"A link names sentence {error}, which its document does not have; "
                    "give the document that the links were made for."
                ) from None
            start = places[0] if places else at[side]
            at[side] = start + len(places)
            spans.append(Span(start, at[side]))
        out.append(Bead(spans[0], spans[1]))
    return out
