"""What the gate found, for machines: JSON and JUnit XML."""

from collections.abc import Sequence
from typing import Any

from workbench.services.gate import Checked
from workbench.services.plain_pairs import flag_json
from workbench.services.profiles import Profile


def gate_json(checked: Sequence[Checked], profile: Profile) -> dict[str, Any]:
    """The findings of every source. Spans are code points of its source and target."""
    return {
        "passed": not any(one.problem or profile.fails(one.flags) for one in checked),
        "fail_on": profile.fail_on,
        "sources": [
            {
                "name": one.name,
                "problem": one.problem,
                "silenced": one.silenced,
                "flags": [
                    flag_json(flag) | flag.words | {"fingerprint": flag.fingerprint}
                    for flag in one.flags
                ],
            }
            for one in checked
        ],
    }


def junit(checked: Sequence[Checked], profile: Profile) -> bytes:
    """JUnit XML: a suite for each source, a failed case for each flag that fails.

    A source without flags has one case that passed; one that could not be checked has an error.
    """
    from lxml import etree

    from workbench.exchange.legal import Sieve

    sieve = Sieve().text
    root = etree.Element("testsuites", name="workbench check")
    for one in checked:
        failing = [flag for flag in one.flags if profile.fails([flag])]
        cases = max(1, len(one.flags))
        suite = etree.SubElement(
            root, "testsuite", name=sieve(one.name), tests=str(cases),
            failures=str(len(failing)), errors=str(int(bool(one.problem))), skipped="0",
        )  # fmt: skip
        if one.problem or not one.flags:
            case = etree.SubElement(suite, "testcase", name="check", classname=sieve(one.name))
            if one.problem:
                etree.SubElement(case, "error", message=sieve(one.problem))
        for flag in one.flags:
            name = f"{flag.category} {flag.src_words} | {flag.tgt_words}"
            case = etree.SubElement(
                suite, "testcase", name=sieve(name), classname=sieve(f"{one.name}.{flag.detector}")
            )
            if flag in failing:
                etree.SubElement(
                    case, "failure", type=str(flag.severity), message=sieve(flag.evidence)
                )
    done: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return done
