"""Bringing a text from its web address, compared with what the catalogue knows of it."""

import hashlib
from dataclasses import dataclass

from workbench.errors import UsageError, WorkbenchError
from workbench.exchange.documents import Wishes
from workbench.exchange.fetching import Fetched, fetch, is_address
from workbench.services import library
from workbench.services.library import Draft
from workbench.services.workspace import Workspace
from workbench.storage.catalogue import Entry, fingerprints


@dataclass(frozen=True, slots=True)
class Comparison:
    """A fetched text beside what the catalogue knows of it.

    known: how many paragraphs the catalogue knows, 0 when it knows none. missing: which of them
    (from 1) were not found. extra: paragraphs that the catalogue does not know.
    """

    entry: Entry
    draft: Draft
    url: str
    known: int
    missing: tuple[int, ...]
    extra: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether everything that is known was found, and nothing else."""
        return bool(self.known) and not self.missing and not self.extra

    @property
    def mark(self) -> str:
        """Tells whether a text fetched later is the same."""
        return hashlib.sha256(self.draft.content.encode()).hexdigest()


def fetch_entry(
    ws: Workspace,
    id: str,  # noqa: A002
    *,
    wishes: Wishes | None = None,
    private: bool = False,
) -> Comparison:
    """Fetch a text that the catalogue knows by its address; nothing is stored yet.

    The paragraphs that the catalogue knows are taken out of what surrounds them on the page,
    when all of them are there in one run.

    Raises:
        UnknownName: no such entry.
        UsageError: it has no address, or is stored already.
        Unavailable: the address can't be reached; says how to bring a file instead.
    """
    entry = ws.catalogue.entry(id)
    if entry.file:
        raise UsageError(f"The text {id!r} is stored already; there is nothing to fetch.")
    if not is_address(entry.source):
        raise UsageError(
            f"The catalogue knows no web address of {id!r}; import its file with: "
            "workbench import FILE"
        )
    draft, found = _draft(ws, entry.source, entry.lang, wishes or Wishes(), private)
    known = entry.paragraphs.split()
    draft = _cut(ws, draft, known, found, wishes)
    here = fingerprints(draft.content)
    lines = [line for line in draft.content.splitlines() if line.strip()]
    missing = tuple(n for n, mark in enumerate(known, 1) if mark not in here)
    extra = tuple(
        line for mark, line in zip(here, lines, strict=True) if known and mark not in known
    )
    return Comparison(entry, draft, found.url, len(known), missing, extra)


def store_fetched(ws: Workspace, comparison: Comparison) -> Entry:
    """Keep a fetched text under the entry that knew its address."""
    known = comparison.draft
    return library.store_text(
        ws,
        Draft(
            known.content, known.original, known.encoding, known.repairs, comparison.entry.title,
            comparison.entry.lang, 1.0, known.segmentation, comparison.entry,
        ),
    )  # fmt: skip


def fetch_draft(
    ws: Workspace, url: str, *, lang: str = "", wishes: Wishes | None = None, private: bool = False
) -> Draft:
    """The text at any web address, ready to be looked at and stored.

    Raises:
        BadInput, Unavailable: as `exchange.fetching.fetch` says, or there is no text in it.
    """
    draft, _ = _draft(ws, url, lang, wishes or Wishes(), private)
    return draft


def _draft(
    ws: Workspace, url: str, lang: str, wishes: Wishes, private: bool
) -> tuple[Draft, Fetched]:
    found = fetch(url, private=private)
    return library.read_draft(ws, found.data, name=found.name, lang=lang, wishes=wishes), found


def _cut(
    ws: Workspace, draft: Draft, known: list[str], found: Fetched, wishes: Wishes | None
) -> Draft:
    """The run of known paragraphs alone, if the page has them all, in its article or anywhere."""
    for content in (draft.content, _whole(ws, draft, found, wishes)):
        lines = [line for line in content.splitlines() if line.strip()]
        marks = fingerprints(content)
        for start in range(len(marks) - len(known) + 1 if known else 0):
            if marks[start : start + len(known)] == known:
                text = "".join(line.strip() + "\n" for line in lines[start : start + len(known)])
                return library.read_draft(ws, text.encode(), lang=draft.lang)
    return draft


def _whole(ws: Workspace, draft: Draft, found: Fetched, wishes: Wishes | None) -> str:
    try:
        whole = Wishes(whole_page=True, changes=(wishes or Wishes()).changes)
        return library.read_draft(
            ws, found.data, name=found.name, lang=draft.lang, wishes=whole
        ).content
    except WorkbenchError:
        return ""
