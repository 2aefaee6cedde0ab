"""The commands of the review page: their names, and the keys they have until somebody changes them.

A key is written as the browser names it: "j", "M", "Escape", "Space", with "Shift+" before named
keys and "Ctrl+" or "Alt+" before any; two keys pressed after each other have a blank between
them: "g l". Ctrl stands for the command key on a Mac too.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from workbench.errors import UsageError


@dataclass(frozen=True, slots=True)
class Command:
    """Something a reviewer can do. id: as the scripts know it. keys: the first is shown."""

    id: str
    label: LazyString
    keys: tuple[str, ...]


Groups = tuple[tuple[LazyString, tuple[Command, ...]], ...]

GROUPS: Groups = (
    (
        _("Moving"),
        (
            Command("next-row", _("Next row"), ("j", "ArrowDown")),
            Command("previous-row", _("Previous row"), ("k", "ArrowUp")),
            Command("first-row", _("First row"), ("Home",)),
            Command("last-row", _("Last row"), ("End",)),
            Command("next-flag", _("Next in the queue of flags"), ("n",)),
            Command("previous-flag", _("Previous in the queue of flags"), ("p",)),
            Command("next-person", _("To the row of the next person here"), ("g p",)),
            Command("doubtful", _("Most doubtful pairing"), ("d",)),
            Command("right", _("Word cursor to the right"), ("ArrowRight",)),
            Command("left", _("Word cursor to the left"), ("ArrowLeft",)),
            Command("select-right", _("Select the word to the right"), ("Shift+ArrowRight",)),
            Command("select-left", _("Select the word to the left"), ("Shift+ArrowLeft",)),
            Command("other-side", _("Word cursor to the other text"), ("o",)),
            Command("beside", _("Show or hide another English version"), ("B",)),
            Command("enter-beside", _("Read the other version, or leave it"), ("O",)),
        ),
    ),
    (
        _("Words"),
        (
            Command("links", _("Show or hide the word links of the row"), ("w",)),
            Command("quote", _("Copy the selection or the row as a quotation"), ("y",)),
            Command("gloss", _("Pinyin and dictionary of the word"), ("i",)),
        ),
    ),
    (
        _("Flags"),
        (
            Command("accept", _("Accept the flag"), ("a",)),
            Command("dismiss", _("Dismiss the flag, then 1–5 for the reason"), ("x",)),
            Command("later", _("Put the flag off"), ("l",)),
            Command("keep-term", _("Put the rendering on the term list"), ("T",)),
            Command("queue", _("All flags and notes, with a filter"), ("q",)),
            Command("accept-all", _("Accept all that fit the filter"), ("A",)),
            Command("dismiss-all", _("Dismiss all that fit the filter"), ("X",)),
            Command("later-all", _("Put off all that fit the filter"), ("L",)),
        ),
    ),
    (
        _("Notes"),
        (
            Command("comment", _("Comment on the selection or the row"), ("c",)),
            Command("error", _("Mark an error"), ("e",)),
            Command("choice", _("Note a translation choice"), ("t",)),
            Command("next-card", _("Next flag or note of the row"), (".",)),
            Command("previous-card", _("Previous flag or note of the row"), (",",)),
            Command("reply", _("Reply to the note"), ("r",)),
            Command("resolve", _("Resolve or reopen the note"), ("R",)),
            Command("edit-note", _("Change the note"), ("Enter",)),
            Command("remove-note", _("Remove the note"), ("Delete",)),
            Command("reword", _("Edit the English of the row"), ("E",)),
        ),
    ),
    (
        _("Pairing"),
        (
            Command("merge", _("Merge with the next row"), ("m",)),
            Command("merge-above", _("Merge with the previous row"), ("M",)),
            Command("split", _("Split the row at the cursor"), ("s",)),
            Command("src-up", _("First Chinese sentence to the row above"), ("[",)),
            Command("src-down", _("Last Chinese sentence to the row below"), ("]",)),
            Command("tgt-up", _("First English sentence to the row above"), ("{",)),
            Command("tgt-down", _("Last English sentence to the row below"), ("}",)),
            Command("unpair", _("Unpair the row"), ("u",)),
            Command("swap", _("Swap with the next row, or swap their translations"), ("W",)),
            Command("mark", _("Mark a row, then pair it with another"), ("Space",)),
            Command("confirm", _("Confirm the row"), ("v",)),
            Command("confirm-above", _("Confirm all rows down to here"), ("V",)),
            Command("divide", _("Divide the sentence at the cursor"), ("S",)),
            Command("join", _("Join the sentence with the next one"), ("J",)),
            Command("role", _("Text, heading, dateline or commentary"), ("b",)),
            Command("realign", _("Align again what is not confirmed"), ("g a",)),
            Command("find-moved", _("Find passages that the translation moved"), ("g f",)),
        ),
    ),
    (
        _("Status"),
        (
            Command("draft", _("The row is a draft"), ("1",)),
            Command("revised", _("The row is revised"), ("2",)),
            Command("approved", _("The row is approved; a second person signs it too"), ("3",)),
            Command("review-status", _("Status of the whole review"), ("g s",)),
            Command("history", _("History of the row"), ("h",)),
        ),
    ),
    (
        _("Reading"),
        (
            Command("look", _("How the texts are set"), ("g v",)),
            Command("larger-type", _("Larger type"), ("+", "=")),
            Command("smaller-type", _("Smaller type"), ("-",)),
            Command("looser-lines", _("More space between lines"), (">",)),
            Command("tighter-lines", _("Less space between lines"), ("<",)),
            Command("usual-type", _("Usual size and spacing"), ("0",)),
            Command("swap-columns", _("Swap the columns"), ("g c",)),
            Command("map", _("To the map of the document"), ("g m",)),
            Command("fold", _("Fold or unfold the commentary"), ("f",)),
        ),
    ),
    (
        _("Everything"),
        (
            Command("undo", _("Undo"), ("z", "Ctrl+z")),
            Command("redo", _("Redo"), ("Z", "Ctrl+Z", "Ctrl+y")),
            Command("find", _("Find words in both texts, notes and flags"), ("/",)),
            Command("search", _("Search all texts, with filters"), ("g /",)),
            Command("export", _("Export"), ("g e",)),
            Command("corrected", _("The corrected text"), ("g n",)),
            Command("about", _("Who issued this version, and whether it is official"), ("g i",)),
            Command("finish", _("Say that you are done, or not yet"), ("g d",)),
            Command("library", _("To the library"), ("g l",)),
            Command("palette", _("All commands, by name"), ("Ctrl+k",)),
            Command("help", _("Keys"), ("?",)),
            Command("escape", _("Back to the text"), ("Escape",)),
        ),
    ),
)

COMPARING: Groups = (
    (
        _("Moving"),
        (
            Command("next-item", _("Next item"), ("j", "ArrowDown")),
            Command("previous-item", _("Previous item"), ("k", "ArrowUp")),
            Command("next-difference", _("Next difference that is not settled"), ("n",)),
            Command("previous-difference", _("Previous difference that is not settled"), ("p",)),
        ),
    ),
    (
        _("Settling"),
        (
            Command("take-1", _("Take what the first reviewer said"), ("1",)),
            Command("take-2", _("Take what the second reviewer said"), ("2",)),
            Command("take-3", _("Take what the third reviewer said"), ("3",)),
            Command("take-4", _("Take what the fourth reviewer said"), ("4",)),
            Command("rewrite", _("Write it anew"), ("e", "Enter")),
            Command("reject", _("Reject it"), ("x",)),
            Command("take-agreed", _("Take all that is agreed"), ("A",)),
        ),
    ),
    (
        _("Everything"),
        (
            Command("undo", _("Undo"), ("z", "Ctrl+z")),
            Command("redo", _("Redo"), ("Z", "Ctrl+Z", "Ctrl+y")),
            Command("help", _("Keys"), ("?",)),
        ),
    ),
)
"""The commands of the page that compares reviewers."""

KEY = re.compile(r"(Ctrl\+|Alt\+)*(Shift\+(?=[A-Z]\w))?(\S|[A-Z]\w{1,19})")
KEYS_LIMIT = 4  # for one command


def described(own: Mapping[str, Sequence[str]], groups: Groups = GROUPS) -> list[dict[str, Any]]:
    """The groups with their commands, as the scripts take them. own: a person's keys, by id."""
    return [
        {
            "label": str(label),
            "commands": [
                {
                    "id": command.id,
                    "label": str(command.label),
                    "keys": list(own.get(command.id, command.keys)),
                    "usual": list(command.keys),
                }
                for command in commands
            ],
        }
        for label, commands in groups
    ]


def checked_keys(value: Any) -> dict[str, list[str]]:  # noqa: ANN401
    """A person's keys as they may be stored: only those of commands that have others than usual.

    Raises:
        UsageError: not keys of commands.
    """
    usual = {
        command.id: command.keys for _, commands in (*COMPARING, *GROUPS) for command in commands
    }
    if not isinstance(value, dict):
        raise UsageError(gettext("Keys are kept by command; reload the page and try again."))
    own: dict[str, list[str]] = {}
    for id_, keys in value.items():
        if id_ not in usual:
            continue  # a command of another version
        if not isinstance(keys, list) or len(keys) > KEYS_LIMIT:
            raise UsageError(gettext("A command has at most %(n)s keys.", n=KEYS_LIMIT))
        for key in keys:
            if not all(KEY.fullmatch(part) for part in str(key).split(" ")):
                raise UsageError(gettext("“%(key)s” is no key; press another.", key=str(key)))
        if tuple(keys) != usual[id_]:
            own[id_] = [str(key) for key in keys]
    return own
