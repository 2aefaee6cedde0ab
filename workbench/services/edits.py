"""The edits a reviewer can make: each a function from what there is to the changes of it."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from workbench.domain import beads, cuts, moves, rewording, rulings, status
from workbench.domain.beads import ReviewBead, Rows, Side
from workbench.domain.carrying import ORPHANS
from workbench.domain.notes import Annotation, Decision, Reply
from workbench.domain.operations import Change, State, new_id
from workbench.domain.reading import rows, segmentation
from workbench.domain.review import AnnotationKind, StoredFlag, Verdict
from workbench.domain.text import Role, Segmentation
from workbench.domain.typology import Typology
from workbench.errors import Conflict, UsageError

Args = Mapping[str, Any]
ANNOTATIONS, REPLIES, THREADS = "annotations", "replies", "threads"


@dataclass(frozen=True)
class Desk:
    """What an edit may look at. flags: those of the last check. content: the text of a side."""

    state: State
    author: str
    typology: Typology
    flags: Callable[[], list[StoredFlag]]
    content: Callable[[Side], str]

    @property
    def rows(self) -> Rows:
        """The rows in order."""
        return rows(self.state)

    def bead(self, args: Args, name: str = "row") -> ReviewBead:
        """A row that the arguments name."""
        return self.rows.beads[self.rows.index(str(args[name]))]

    def division(self, side: Side) -> Segmentation:
        """How the text of a side is divided."""
        return segmentation(self.state, side)


Edit = Callable[[Desk, Args], tuple[Change, ...]]


def changes_of(desk: Desk, kind: str, args: Args) -> tuple[Change, ...]:
    """The changes of an edit, with what follows from them.

    Raises:
        Conflict: what it is about is not there any more.
        UsageError: the edit makes no sense for these rows.
    """
    if kind not in EDITS:
        known = ", ".join(sorted([*EDITS, "undo", "redo"]))
        raise UsageError(f"There is no edit {kind!r}; choose from: {known}.")
    try:
        changes = EDITS[kind](desk, args)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UsageError(f"The edit {kind!r} can't be read ({error}); reload the page.") from error
    changes += status.without_rows(desk.state, changes)
    return changes + moves.without_rows(desk.state, desk.rows, changes)


def _side(args: Args) -> Side:
    side = args["side"]
    if side not in ("src", "tgt"):
        raise UsageError(f"A side is src or tgt, not {side!r}.")
    return side  # type: ignore[no-any-return]


def _pair(desk: Desk, args: Args) -> tuple[Change, ...]:
    a, b = desk.bead(args), desk.bead(args, "other")
    if beads.is_apart(desk.rows, a.id, b.id):
        return moves.tie(desk.state, a, b)
    return beads.pair(desk.rows, a.id, b.id)


def _unpair(desk: Desk, args: Args) -> tuple[Change, ...]:
    bead = desk.bead(args)
    return moves.untie(desk.state, bead) or beads.unpair(desk.rows, bead.id)


def _swap(desk: Desk, args: Args) -> tuple[Change, ...]:
    number = desk.rows.index(str(args["row"]))
    here, *after = desk.rows.beads[number : number + 2]
    if after and not here.is_null and not after[0].is_null:
        return moves.cross(desk.state, desk.rows, here.id)
    return beads.swap(desk.rows, here.id)


def _confirm_above(desk: Desk, args: Args) -> tuple[Change, ...]:
    last = desk.rows.index(str(args["row"]))
    return beads.confirm(desk.rows, [bead.id for bead in desk.rows.beads[: last + 1]], True)


def _divide(desk: Desk, args: Args) -> tuple[Change, ...]:
    side = _side(args)
    return cuts.divide(
        desk.state, desk.division(side), side, int(args["offset"]), desk.content(side)
    )


def _join(desk: Desk, args: Args) -> tuple[Change, ...]:
    side = _side(args)
    return cuts.join(desk.state, desk.division(side), desk.bead(args), side, int(args["offset"]))


def _role(desk: Desk, args: Args) -> tuple[Change, ...]:
    side = _side(args)
    division = desk.division(side)
    roles = division.roles
    number = int(args.get("paragraph", -1))
    if "offset" in args:
        number = bisect_right(division.paragraphs, int(args["offset"]), key=lambda p: p.stop)
    if not 0 <= number < len(roles):
        raise UsageError(f"There is no paragraph {number + 1} on that side.")
    id_ = f"{side}:{number}"
    value = {"role": str(Role(args["role"]))}
    before = desk.state.get("roles", id_)
    return () if before == value else (Change("roles", id_, before, value),)


def _status(desk: Desk, args: Args) -> tuple[Change, ...]:
    wanted = status.status_named(args["status"])
    return status.set_status(
        desk.state, desk.rows, [str(row) for row in args["rows"]], wanted, desk.author
    )


def _annotate(desk: Desk, args: Args) -> tuple[Change, ...]:
    id_ = str(args.get("id") or new_id())
    before = desk.state.get(ANNOTATIONS, id_)
    annotation = Annotation.from_json(args["annotation"])
    for side, span in (("src", annotation.src), ("tgt", annotation.tgt)):
        if span and span.stop > segmentation(desk.state, side).sentences[-1].stop:
            raise UsageError("The selected words are not in the text; select them again.")
    if before is None or before.get("category") != annotation.category:
        desk.typology.check(annotation)
    if before is not None:
        first = before.get("begun_by") or desk.state.touched[ANNOTATIONS, id_].author
        annotation = replace(annotation, begun_by="" if first == desk.author else first)
    value = annotation.to_json()
    return () if before == value else (Change(ANNOTATIONS, id_, before, value),)


def _note(desk: Desk, id_: str) -> dict[str, Any]:
    value: dict[str, Any] | None = desk.state.get(ANNOTATIONS, id_)
    if value is None:
        raise Conflict("This annotation is not there any more; nothing was changed.")
    return value


def _remove_annotation(desk: Desk, args: Args) -> tuple[Change, ...]:
    id_ = str(args["id"])
    removed = [Change(ANNOTATIONS, id_, _note(desk, id_), None)]
    if thread := desk.state.get(THREADS, id_):
        removed.append(Change(THREADS, id_, thread, None))
    replies = desk.state.collection(REPLIES).items()
    removed += [Change(REPLIES, key, value, None) for key, value in replies if value["note"] == id_]
    return tuple(removed)


def _reply(desk: Desk, args: Args) -> tuple[Change, ...]:
    reply = Reply.from_json(args)
    _note(desk, reply.note)
    id_ = str(args.get("id") or new_id())
    before = desk.state.get(REPLIES, id_)
    return () if before == reply.to_json() else (Change(REPLIES, id_, before, reply.to_json()),)


def _remove_reply(desk: Desk, args: Args) -> tuple[Change, ...]:
    id_ = str(args["id"])
    before = desk.state.get(REPLIES, id_)
    if before is None:
        raise Conflict("This reply is not there any more; nothing was changed.")
    return (Change(REPLIES, id_, before, None),)


def _resolve(desk: Desk, args: Args) -> tuple[Change, ...]:
    after = {"resolved": True} if args["resolved"] else None
    changes = []
    for id_ in map(str, args["notes"]):
        _note(desk, id_)
        before = desk.state.get(THREADS, id_)
        if before != after:
            changes.append(Change(THREADS, id_, before, after))
    return tuple(changes)


def _decide(desk: Desk, args: Args) -> tuple[Change, ...]:
    """One decision on one flag or on several."""
    names = args["flags"] if "flags" in args else [args["flag"]]
    known = {flag.fingerprint: flag for flag in desk.flags()}
    missing = [name for name in names if name not in known]
    if missing:
        raise Conflict("This flag is not there any more, the row was checked anew; look again.")
    verdict = Verdict(args["verdict"]) if args.get("verdict") else None
    reason = str(args.get("reason") or "").strip()
    made: dict[str, dict[str, Any]] = {}
    for id_, value in desk.state.collection(ANNOTATIONS).items():
        if value.get("flag"):
            made.setdefault(value["flag"], {})[id_] = value
    changes: list[Change] = []
    for name in dict.fromkeys(map(str, names)):
        changes += _decide_one(desk, known[name], verdict, reason, made.get(name, {}))
    return tuple(changes)


def _decide_one(
    desk: Desk, flag: StoredFlag, verdict: Verdict | None, reason: str, made: Mapping[str, Any]
) -> list[Change]:
    """A decision; accepting also writes the annotation that the flag stands for."""
    name = flag.fingerprint
    before = desk.state.get("decisions", name)
    after = None
    if verdict:
        words = (flag.detector, flag.category, flag.src_words, flag.tgt_words)
        after = Decision(verdict, *words, reason).to_json()
    changes = [] if before == after else [Change("decisions", name, before, after)]
    if verdict is Verdict.ACCEPTED and not made:
        annotation = Annotation(
            AnnotationKind.ERROR,
            flag.src,
            flag.tgt,
            flag.evidence,
            flag.category,
            flag.severity,
            flag.suggestion,
            flag=name,
        )
        changes.append(Change(ANNOTATIONS, new_id(), None, annotation.to_json()))
    elif verdict is not Verdict.ACCEPTED:
        changes += [Change(ANNOTATIONS, id_, value, None) for id_, value in made.items()]
    return changes


def _reword(desk: Desk, args: Args) -> tuple[Change, ...]:
    return rewording.reword(desk.state, desk.content("tgt"), desk.bead(args), str(args["text"]))


def _use(desk: Desk, args: Args) -> tuple[Change, ...]:
    return rewording.use(desk.state, [str(id_) for id_ in args["ids"]], bool(args["used"]))


def _settle(desk: Desk, args: Args) -> tuple[Change, ...]:
    """Take orphans off the list of what had no place in a new version."""
    held = desk.state.collection(ORPHANS)
    ids = [str(id_) for id_ in args["orphans"]]
    if missing := [id_ for id_ in ids if id_ not in held]:
        raise Conflict(f"{len(missing)} of these are settled already; nothing was changed.")
    return tuple(Change(ORPHANS, id_, held[id_], None) for id_ in dict.fromkeys(ids))


EDITS: dict[str, Edit] = {
    "merge": lambda d, a: beads.merge(d.rows, str(a["row"])),
    "split": lambda d, a: beads.split(d.rows, str(a["row"]), _side(a), int(a["offset"])),
    "move": lambda d, a: beads.move(d.rows, str(a["row"]), _side(a), bool(a["up"])),
    "unpair": _unpair,
    "pair": _pair,
    "swap": _swap,
    "confirm": lambda d, a: beads.confirm(
        d.rows, [str(row) for row in a["rows"]], bool(a["confirmed"])
    ),
    "confirm-above": _confirm_above,
    "divide": _divide,
    "join": _join,
    "role": _role,
    "status": _status,
    "review": lambda d, a: status.set_review(d.state, a),
    "annotate": _annotate,
    "remove-annotation": _remove_annotation,
    "reply": _reply,
    "remove-reply": _remove_reply,
    "resolve": _resolve,
    "decide": _decide,
    "reword": _reword,
    "use": _use,
    "settle": _settle,
    "rule": lambda d, a: rulings.rule(d.state, a, len(d.content("tgt"))),
}
FIND_MOVED = "find-moved"
"""The kind of operation that ties passages which the program found to be put elsewhere."""

REPAIRING = frozenset(
    ("merge", "split", "move", "unpair", "pair", "swap", "divide", "join", "role", FIND_MOVED)
)
"""The edits after which a bitext must be checked again; undo and redo may be of these too."""
