"""Rules by which flags are dismissed: kept in readable files, applied after every check.

A rule's decisions are decisions like others, by the program and with the rule's name, so that
they show on the page and in every export; taking the rule away takes them away.
"""

import csv
import io
import os
from collections.abc import Callable, Iterable
from dataclasses import astuple, fields
from pathlib import Path

from workbench.domain.notes import Decision
from workbench.domain.operations import WORKBENCH, Change, Operation, State, apply, new_id
from workbench.domain.review import StoredFlag, Verdict
from workbench.domain.rules import Rule, Scope
from workbench.errors import BadInput, Conflict, UnknownName
from workbench.services.checking import stored_flags
from workbench.services.store import now
from workbench.services.workspace import Workspace
from workbench.storage import repository
from workbench.storage.files import write_atomic

FILE = "rules.csv"
_COLUMNS = tuple(field.name for field in fields(Rule))


def rules(ws: Workspace) -> list[Rule]:
    """All rules that hold in a workspace, in the order in which they were made.

    Raises:
        BadInput: one of the two files can't be read; says which.
    """
    return sorted(
        (rule for path in _paths(ws) for rule in _read(path)), key=lambda rule: rule.made_at
    )


def dismiss_always(
    ws: Workspace, bitext_id: str, flag: str, scope: Scope, reason: str, author: str
) -> Rule:
    """Make a rule of a flag, and dismiss by it what waits in all bitexts that it holds for.

    flag: its fingerprint.

    Raises:
        Conflict: the flag is not there any more.
    """
    with ws.db.read() as session:
        flags = stored_flags(session, bitext_id)
    found = next((one for one in flags if one.fingerprint == flag), None)
    if found is None:
        raise Conflict("This flag is not there any more, the row was checked anew; look again.")
    rule = Rule(
        new_id(), scope, bitext_id if scope is Scope.TEXT else "", found.detector, found.category,
        found.src_words, found.tgt_words, reason, author, now(),
    )  # fmt: skip
    path = _path(ws, scope)
    _write(path, [*_read(path), rule])
    for id_ in _bitexts(ws):
        apply_rules(ws, id_)
    return rule


def remove_rule(ws: Workspace, rule_id: str) -> None:
    """Take a rule away, and with it every decision it made.

    Raises:
        UnknownName: there is no such rule.
    """
    for path in _paths(ws):
        kept = [rule for rule in _read(path) if rule.id != rule_id]
        if len(kept) < len(_read(path)):
            _write(path, kept)
            break
    else:
        raise UnknownName("rule", rule_id, [rule.id for rule in rules(ws)])
    for id_ in _bitexts(ws):
        _log(ws, id_, "rule-removed", lambda state, _: _withdrawn(state, rule_id))


def apply_rules(ws: Workspace, bitext_id: str) -> int:
    """Dismiss what waits and is of a rule's pattern; how many flags that were.

    A flag on which somebody has decided, or took a decision back, is left to them.
    """
    known = rules(ws)

    def silenced(state: State, flags: list[StoredFlag]) -> tuple[Change, ...]:
        return _silenced(state, flags, known, bitext_id)

    return _log(ws, bitext_id, "rule", silenced)


def _silenced(
    state: State, flags: list[StoredFlag], known: Iterable[Rule], bitext_id: str
) -> tuple[Change, ...]:
    changes = []
    for flag in flags:
        if ("decisions", flag.fingerprint) in state.touched:
            continue
        rule = next((rule for rule in known if rule.silences(flag, bitext_id)), None)
        if rule:
            decision = Decision(
                Verdict.DISMISSED, flag.detector, flag.category, flag.src_words, flag.tgt_words,
                rule.reason, f"{rule.id} {rule.author}",
            )  # fmt: skip
            changes.append(Change("decisions", flag.fingerprint, None, decision.to_json()))
    return tuple(changes)


def _withdrawn(state: State, rule_id: str) -> tuple[Change, ...]:
    return tuple(
        Change("decisions", id_, value, None)
        for id_, value in state.collection("decisions").items()
        if str(value.get("rule", "")).split(" ")[0] == rule_id
    )


Find = Callable[[State, list[StoredFlag]], tuple[Change, ...]]


def _log(ws: Workspace, bitext_id: str, kind: str, find: Find) -> int:
    """Write what a function finds to change as one operation of the program."""
    with ws.db.write() as session:
        state = ws.state(bitext_id, session)
        changes = find(state, stored_flags(session, bitext_id))
        if not changes:
            return 0
        operation = Operation(new_id(), kind, WORKBENCH, now(), changes, state.seq)
        apply(state, operation)
        after = apply(state, repository.append(session, bitext_id, operation))
    ws.remember(bitext_id, after)
    ws.save_portable(bitext_id)
    return len(changes)


def _bitexts(ws: Workspace) -> list[str]:
    with ws.db.read() as session:
        return [bitext.id for bitext in repository.bitexts(session)]


def _path(ws: Workspace, scope: Scope) -> Path:
    if scope is not Scope.EVERYWHERE:
        return ws.root / "texts" / FILE
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "workbench" / FILE


def _paths(ws: Workspace) -> tuple[Path, Path]:
    return _path(ws, Scope.WORKSPACE), _path(ws, Scope.EVERYWHERE)


def _read(path: Path) -> list[Rule]:
    if not path.exists():
        return []
    try:
        lines = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        cells = [[line[name] or "" for name in _COLUMNS] for line in lines]
        return [Rule(id_, Scope(scope), *rest) for id_, scope, *rest in cells]
    except (KeyError, ValueError, UnicodeDecodeError):
        raise BadInput(
            f"{path} can't be read as rules; its columns are {', '.join(_COLUMNS)}. "
            "Mend it or delete it."
        ) from None


def _write(path: Path, found: Iterable[Rule]) -> None:
    text = io.StringIO(newline="")
    out = csv.writer(text, lineterminator="\n")
    out.writerow(_COLUMNS)
    out.writerows(astuple(rule) for rule in found)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, text.getvalue().encode())
