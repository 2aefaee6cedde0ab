"""Profiles of the gate: which checks count, how gravely, by which terms, and what is known."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from workbench.domain.review import Severity
from workbench.errors import BadInput
from workbench.services.checking import StoredFlag


@dataclass(frozen=True, slots=True)
class Profile:
    """How a check is judged.

    fail_on: the severity that fails, "" for none. only: ids of the detectors that count, all
    when None. severities: by id of a detector or beginning of a category; the longest decides.
    least: the confidence below which a flag is left out. terms: a term list on top of the
    product's, or None.
    """

    fail_on: str = ""
    only: frozenset[str] | None = None
    severities: Mapping[str, Severity] = field(default_factory=dict)
    least: float = 0.0
    terms: Path | None = None

    def judged(self, flags: Iterable[StoredFlag]) -> list[StoredFlag]:
        """The flags that count, with the severities they count with."""
        kept = [
            flag
            for flag in flags
            if flag.confidence >= self.least and (self.only is None or flag.detector in self.only)
        ]
        return [replace(flag, severity=self._severity(flag)) for flag in kept]

    def _severity(self, flag: StoredFlag) -> Severity:
        fitting = [
            name
            for name in self.severities
            if name == flag.detector or f"{flag.category}/".startswith(f"{name}/")
        ]
        return self.severities[max(fitting, key=len)] if fitting else flag.severity

    def fails(self, flags: Iterable[StoredFlag]) -> bool:
        """Whether one of them is as grave as what fails."""
        if not self.fail_on:
            return False
        return any(flag.severity.rank >= Severity(self.fail_on).rank for flag in flags)


_KNOWN = {"fail_on", "checks", "severities", "least_confidence", "terms"}


def load_profile(path: Path) -> Profile:
    """Read a profile: TOML with fail_on, checks, severities, least_confidence and terms.

    Raises:
        BadInput: it is no TOML, or says something unknown; says what.
    """
    from workbench.detect import detectors

    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"{path.name} can't be read ({error}); mend the profile.") from None
    strange = [key for key in table if key not in _KNOWN]
    if strange:
        known = ", ".join(sorted(_KNOWN))
        raise BadInput(f"{path.name}: {strange[0]!r} means nothing here; use {known}.")
    checks = table.get("checks")
    for name in checks or ():
        detectors.get(name)
    terms = path.parent / str(table["terms"]) if table.get("terms") else None
    if terms and not terms.is_file():
        raise BadInput(f"{path.name}: there is no term list at {table['terms']}; mend the profile.")
    try:
        severities = {k: Severity(v) for k, v in table.get("severities", {}).items()}
        fail_on = str(Severity(table["fail_on"])) if table.get("fail_on") else ""
        least = float(table.get("least_confidence", 0.0))
    except (TypeError, ValueError) as error:
        raise BadInput(f"{path.name}: {error}; use neutral, minor, major, critical.") from None
    only = None if checks is None else frozenset(checks)
    return Profile(fail_on, only, severities, least, terms)


def read_baseline(path: Path) -> frozenset[str]:
    """Fingerprints of the findings that are known and shall not fail.

    Raises:
        BadInput: the file is no baseline.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return frozenset(str(entry["fingerprint"]) for entry in found["known"])
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInput(f"{path} is no baseline; write one with --write-baseline FILE.") from None


def baseline_json(flags: Iterable[StoredFlag]) -> dict[str, Any]:
    """What a baseline file holds: fingerprints, with the words for a person to read."""
    known = [
        {
            "fingerprint": flag.fingerprint,
            "detector": flag.detector,
            "category": flag.category,
            "src": flag.src_words,
            "tgt": flag.tgt_words,
        }
        for flag in flags
    ]
    return {"known": sorted(known, key=lambda entry: entry["fingerprint"])}
