"""Inline codes as XLIFF 2 has them: empty elements, their native code beside the segments."""

from collections.abc import Sequence

from workbench.exchange.inline import Code, codes, fits
from workbench.exchange.tags import Tag

_COMMON = "id | canCopy canDelete canReorder copyOf subType type"
_MARK = "id | translate type ref value"
_ELEMENTS = {
    "ph": f"{_COMMON} disp equiv dataRef",
    "sc": f"{_COMMON} disp equiv dataRef canOverlap dir isolated",
    "ec": "| id canCopy canDelete canReorder canOverlap copyOf subType type disp equiv dataRef dir "
    "isolated startRef",
    "pc": f"{_COMMON} canOverlap dir dispStart dispEnd equivStart equivEnd dataRefStart dataRefEnd",
    "mrk": _MARK,
    "sm": _MARK,
    "em": "startRef |",
}
_SPANS = frozenset({"pc", "mrk"})
_REFERENCES = ("dataRef", "dataRefStart", "dataRefEnd")


class UnitCodes:
    """The codes of one unit. data: native code, as XML text, by the number in its id."""

    def __init__(self) -> None:
        self.data: list[str] = []

    def adapt(self, tags: Sequence[Tag]) -> list[Tag]:
        """The codes of one side: those that XLIFF 2 knows as they came, others rebuilt.

        Ids stay as they are where no other code of that side has them.
        """
        found = codes(tags)
        ids = _ids(found)
        ends = {code.pair: code for code in found if code.place == "end"}
        return [self._adapted(code, ids, number, ends) for number, code in enumerate(found)]

    def _adapted(self, code: Code, ids: list[str], number: int, ends: dict[int, Code]) -> Tag:
        tag = code.tag
        known = fits(tag, _ELEMENTS, _SPANS) and (code.pair or tag.kind == "alone")
        if known and tag.kind == "close":
            return Tag(tag.at, "close", tag.name)
        attributes = {n: v for n, v in tag.attributes if n not in _REFERENCES} if known else {}
        if code.place == "end" and code.pair:
            attributes.pop("id", None)
            attributes["startRef"] = ids[code.pair - 1]
        else:
            attributes["id"] = ids[number]
        if code.place != "alone" and not code.pair and tag.name not in ("sm", "em"):
            attributes["isolated"] = "yes"
        if known and tag.kind == "open":
            end = ends[code.pair].tag.inner
            attributes |= self._reference("dataRefStart", tag.inner)
            attributes |= self._reference("dataRefEnd", end)
            return Tag(tag.at, "open", tag.name, tuple(attributes.items()))
        attributes |= self._reference("dataRef", tag.inner if known else code.native)
        name = tag.name if known else {"alone": "ph", "start": "sc", "end": "ec"}[code.place]
        return Tag(tag.at, "alone", name, tuple(attributes.items()))

    def _reference(self, name: str, native: str) -> dict[str, str]:
        if not native:
            return {}
        if native not in self.data:
            self.data.append(native)
        return {name: f"d{self.data.index(native) + 1}"}


def _ids(found: Sequence[Code]) -> list[str]:
    """An id for each code, its own if it has one that is free."""
    used: set[str] = set()
    ids = []
    for number, code in enumerate(found, 1):
        own = dict(code.tag.attributes).get("id", "")
        if not own or own in used or code.tag.kind == "close":
            own = f"c{number}"
            while own in used:
                own += "x"
        used.add(own)
        ids.append(own)
    return ids
