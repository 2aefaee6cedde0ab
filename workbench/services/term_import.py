"""Term lists of others, brought into the list of the workspace; and the list taken out."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from workbench.domain.terms import Term
from workbench.errors import BadInput
from workbench.exchange.incoming.terms import TermFindings, read_terms
from workbench.exchange.outgoing.terms import term_formats
from workbench.services.store import Store
from workbench.services.term_lists import own_terms, workspace_terms, write_terms


@dataclass(frozen=True, slots=True)
class TermChange:
    """What becomes of one term. before: as the workspace has it, None for a new one."""

    before: Term | None
    after: Term


@dataclass(frozen=True, slots=True)
class TermPreview:
    """What an import would do. same: terms that are there as they are in the file."""

    added: tuple[TermChange, ...]
    changed: tuple[TermChange, ...]
    same: int
    findings: TermFindings


def preview_terms(ws: Store, path: Path, *, replace_known: bool = False) -> TermPreview:
    """What the terms of a file would change in the workspace's own list.

    A term that is there keeps its rendering, and the file's is admitted beside it, unless
    `replace_known`.

    Raises:
        BadInput: the file can't be read, or holds no terms.
    """
    try:
        findings = read_terms(path.read_bytes(), path.name)
    except BadInput as error:
        raise BadInput(f"{path.name}: {error}") from None
    own = {term.src: term for term in own_terms(ws)}
    planned = dict(own)
    for term in findings.terms:
        known = planned.get(term.src)
        planned[term.src] = term if known is None or replace_known else _joined(known, term)
    changes = [TermChange(own.get(src), term) for src, term in planned.items()]
    named = {term.src for term in findings.terms}
    return TermPreview(
        tuple(change for change in changes if change.before is None),
        tuple(c for c in changes if c.before is not None and c.before != c.after),
        sum(change.before == change.after and change.after.src in named for change in changes),
        findings,
    )


def import_terms(ws: Store, path: Path, *, replace_known: bool = False) -> TermPreview:
    """Bring the terms of a file into `texts/terms.csv`. Raises as `preview_terms` does."""
    preview = preview_terms(ws, path, replace_known=replace_known)
    if preview.added or preview.changed:
        planned = {term.src: term for term in own_terms(ws)}
        planned |= {c.after.src: c.after for c in (*preview.changed, *preview.added)}
        write_terms(ws, list(planned.values()))
    return preview


def export_terms(ws: Store, stream: BinaryIO, form: str, *, own: bool = False) -> tuple[int, int]:
    """Write the workspace's terms with the product's, or its own alone.

    Returns how many, and how many characters the format could not hold.

    Raises:
        UnknownName: there is no such format.
        BadInput: there is nothing to write.
    """
    terms = own_terms(ws) if own else workspace_terms(ws).entries
    if not terms:
        raise BadInput("The workspace has no terms of its own yet; import some, or take them all.")
    return len(terms), term_formats.get(form)(stream, terms)


def _joined(known: Term, other: Term) -> Term:
    """A known term with the renderings of another list beside its own."""
    there = {known.preferred, *known.admitted, *known.deprecated}
    admitted = [one for one in (other.preferred, *other.admitted) if one not in there]
    deprecated = [one for one in other.deprecated if one not in {*there, *admitted}]
    return replace(
        known,
        admitted=(*known.admitted, *admitted),
        deprecated=(*known.deprecated, *deprecated),
        note=known.note or other.note,
        source=known.source or other.source,
    )
