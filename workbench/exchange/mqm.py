"""The names of MQM errors in the tables of the WMT evaluations (Freitag et al. 2021), and ours."""

from workbench.domain.review import MQM_CATEGORIES

COLUMNS = (
    "system", "doc", "doc_id", "seg_id", "rater", "source", "target", "category", "severity",
    "metadata",
)  # fmt: skip
START, STOP = "<v>", "</v>"
NO_ERROR = "No-error"

_OTHERS = {  # what the annotators of WMT had to choose from, where it is not our own path
    "accuracy/untranslated-text": "accuracy/untranslated",
    "accuracy/source-language-fragment": "accuracy/untranslated",
    "fluency/grammar": "linguistic-conventions/grammar",
    "fluency/punctuation": "linguistic-conventions/punctuation",
    "fluency/spelling": "linguistic-conventions/spelling",
    "fluency/register": "style/register",
    "fluency/inconsistency": "terminology/inconsistent",
    "style/bad-sentence-structure": "style/awkward",
    "style/unnatural-or-awkward": "style/awkward",
    "terminology/inappropriate-for-context": "terminology/wrong-term",
    "terminology/inconsistent-use": "terminology/inconsistent",
    "locale-convention": "locale-conventions/format",
    "non-translation!": "accuracy/mistranslation",
}
_FAMILIES = {
    "accuracy": "accuracy/mistranslation",
    "terminology": "terminology/wrong-term",
    "style": "style/awkward",
    "locale-convention": "locale-conventions/format",
}


def shown(category: str) -> str:
    """Our path as such a table has it: "Accuracy/Wrong term"."""
    return "/".join(part.replace("-", " ").capitalize() for part in category.split("/"))


def category_of(name: str) -> tuple[str, bool]:
    """Our path for a category of a table, and whether it says exactly that."""
    path = name.strip().lower().replace(" ", "-").removesuffix("!")
    if path in MQM_CATEGORIES:
        return path, True
    if path in _OTHERS or f"{path}!" in _OTHERS:
        return _OTHERS.get(path) or _OTHERS[f"{path}!"], True
    return _FAMILIES.get(path.partition("/")[0], "other"), False
