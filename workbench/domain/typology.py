"""What an error, or a translation choice that is none, can be called."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.domain.notes import CHOICE_TYPES, Annotation
from workbench.domain.review import MQM_CATEGORIES, AnnotationKind
from workbench.errors import UsageError

Names = tuple[str, str]
"""In English and in Chinese."""

DIMENSIONS: dict[str, Names] = {
    "accuracy": ("Accuracy", "准确"),
    "terminology": ("Terminology", "术语"),
    "linguistic-conventions": ("Language", "语言规范"),
    "style": ("Style", "风格"),
    "locale-conventions": ("Locale", "地区惯例"),
    "other": ("Other", "其他"),
}
"""The upper level of the MQM core typology, as far as it is used here."""


@dataclass(frozen=True, slots=True)
class Typology:
    """Errors by path, "accuracy" and "accuracy/omission", and types of choice, with their names.

    An error is named by a path of two parts, or of one where nothing lies below it.
    """

    errors: Mapping[str, Names]
    choices: Mapping[str, Names]

    @property
    def tree(self) -> list[tuple[Names, list[tuple[str, Names]]]]:
        """The dimensions with what can be chosen in each: paths and names."""
        found = []
        for path, names in self.errors.items():
            if "/" not in path:
                below = [
                    (other, name)
                    for other, name in self.errors.items()
                    if other.startswith(f"{path}/")
                ]
                found.append((names, below or [(path, names)]))
        return found

    def check(self, annotation: Annotation) -> None:
        """Make sure that an annotation goes by this typology. Raises UsageError."""
        known = {
            AnnotationKind.ERROR: {path for _, below in self.tree for path, _ in below},
            AnnotationKind.CHOICE: set(self.choices),
        }
        if annotation.kind in known and annotation.category not in known[annotation.kind]:
            raise UsageError(
                f"This workspace knows no {annotation.kind} {annotation.category!r}; choose "
                "another, or add it to texts/typology.toml."
            )


DEFAULT = Typology({**DIMENSIONS, **MQM_CATEGORIES}, CHOICE_TYPES)
"""The product's own: the MQM core, and choices named for this field."""
