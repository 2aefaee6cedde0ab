"""What a person likes: keys of commands, the look of the texts. Kept in the database by name."""

from typing import Any

from workbench.services.store import Store
from workbench.storage import repository


def preferences(ws: Store, person: str) -> dict[str, Any]:
    """Everything a person set, by the preference's name."""
    with ws.db.read() as session:
        return repository.preferences(session, person)


def prefer(ws: Store, person: str, name: str, value: Any) -> None:  # noqa: ANN401
    """Remember one preference of a person. value: JSON."""
    with ws.db.write() as session:
        repository.set_preference(session, person, name, value)
