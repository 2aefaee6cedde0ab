"""Named choices, imported only when they are used."""

from collections.abc import Iterator
from importlib import import_module
from inspect import getdoc
from typing import Generic, TypeVar, cast

from workbench.errors import UnknownName

T = TypeVar("T")


class Registry(Generic[T]):
    """Maps a public name to "module:attribute"; `kind` is the word used in messages."""

    def __init__(self, kind: str, targets: dict[str, str]) -> None:
        self.kind = kind
        self._targets = dict(targets)

    def __iter__(self) -> Iterator[str]:
        return iter(self._targets)

    def __contains__(self, name: object) -> bool:
        return name in self._targets

    def get(self, name: str) -> T:
        """Import and return the choice.

        Raises:
            UnknownName: no choice has that name; the message lists those there are.
        """
        if name not in self._targets:
            raise UnknownName(self.kind, name, self)
        module, attribute = self._targets[name].split(":")
        return cast(T, getattr(import_module(module), attribute))

    def summary(self, name: str) -> str:
        """First line of the choice's docstring: what the page and `--help` show."""
        return (getdoc(self.get(name)) or "").partition("\n")[0]
