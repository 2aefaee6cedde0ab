"""The gate: exit codes, profiles, baselines, and the forms its findings are written in."""

import json

import pytest
from click.testing import CliRunner
from lxml import etree

from workbench.cli import main
from workbench.domain.review import Severity, StoredFlag
from workbench.services.gate import Checked
from workbench.services.gate_reports import junit
from workbench.services.profiles import Profile

ZH = "2024年双边贸易额达到372亿美元。\n双方签署26项合作文件。\n两国元首举行了会谈。\n"
GOOD = (
    "In 2024, bilateral trade reached US$37.2 billion.\nThe two sides signed 26 cooperation "
    "documents.\nThe two heads of state held talks.\n"
)
BAD = GOOD.replace("26", "36")
TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t"
 adminlang="en" srclang="zh-CN" datatype="plaintext"/><body>
<tu><tuv xml:lang="zh-CN"><seg>双方签署26项合作文件。</seg></tuv>
<tuv xml:lang="en-US"><seg>The two sides signed 36 cooperation documents.</seg></tuv></tu>
</body></tmx>
"""


XLIFF = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh-CN" trgLang="en">
<file id="f"><unit id="u"><segment><source>双方签署26项合作文件。</source>
<target>The two sides signed 36 cooperation documents.</target></segment></unit>
<group id="g" type="workbench:commentary"><unit id="c"><segment><source></source>
<target>Nothing of this is in the Chinese.</target></segment></unit></group></file></xliff>
"""
# What readers of JUnit files agree on: the elements of Surefire and Jenkins and their attributes.
JUNIT = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:complexType name="outcome" mixed="true">
 <xs:attribute name="message"/><xs:attribute name="type"/>
</xs:complexType>
<xs:element name="testsuites"><xs:complexType><xs:sequence>
 <xs:element name="testsuite" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
  <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
   <xs:choice minOccurs="0">
    <xs:element name="failure" type="outcome"/><xs:element name="error" type="outcome"/>
   </xs:choice>
   <xs:attribute name="name" use="required"/><xs:attribute name="classname" use="required"/>
  </xs:complexType></xs:element>
 </xs:sequence>
  <xs:attribute name="name" use="required"/>
  <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
  <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
  <xs:attribute name="errors" type="xs:nonNegativeInteger"/>
  <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
 </xs:complexType></xs:element>
</xs:sequence><xs:attribute name="name"/></xs:complexType></xs:element>
</xs:schema>"""


def check(*arguments):
    result = CliRunner().invoke(main, ["check", *map(str, arguments)])
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def pair(tmp_path):
    """A Chinese text and a translation with one wrong number."""
    files = {"zh.txt": ZH, "good.txt": GOOD, "bad.txt": BAD, "some.tmx": TMX, "some.xlf": XLIFF}
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_the_exit_code_says_whether_it_passed(pair):
    assert check(pair / "zh.txt", pair / "good.txt", "--fail-on", "major").exit_code == 0
    assert check(pair / "zh.txt", pair / "bad.txt", "--fail-on", "major").exit_code == 1
    assert check(pair / "zh.txt", pair / "bad.txt").exit_code == 0


@pytest.mark.parametrize("name", ["some.tmx", "some.xlf"])
def test_a_bilingual_file_is_checked_as_it_is_paired(pair, name):
    result = check(pair / name, "--fail-on", "major")
    assert result.exit_code == 1
    assert "accuracy/number" in result.stdout
    assert "addition" not in result.stdout  # commentary is none


def test_half_of_a_pair_is_no_bilingual_file(pair):
    alone = check(pair / "zh.txt", "--fail-on", "major")
    assert alone.exit_code == 3
    assert "name the other one too" in alone.stderr


def test_a_folder_of_pairs_is_checked_and_trouble_with_one_does_not_stop_the_others(pair):
    for side, texts in (("zh", (ZH, ZH, "")), ("en", (GOOD, BAD, GOOD))):
        (pair / side).mkdir()
        for number, text in enumerate(texts):
            (pair / side / f"{number}.txt").write_text(text, encoding="utf-8")
    (pair / "zh" / "3.txt").write_text(ZH, encoding="utf-8")  # nobody translated it
    result = check(pair / "zh", pair / "en", "--json", "--fail-on", "major")
    found = json.loads(result.stdout)
    assert [source["name"] for source in found["sources"]] == ["0.txt", "1.txt", "2.txt", "3.txt"]
    assert [len(source["flags"]) > 0 for source in found["sources"]] == [False, True, False, False]
    assert "is empty" in found["sources"][2]["problem"]
    assert "There is no file" in found["sources"][3]["problem"]
    assert not found["passed"]
    assert result.exit_code == 3


def test_known_findings_do_not_fail_again(pair):
    known = pair / "known.json"
    assert check(pair / "zh.txt", pair / "bad.txt", "--write-baseline", known).exit_code == 0
    again = check(pair / "zh.txt", pair / "bad.txt", "--baseline", known, "--fail-on", "minor")
    assert again.exit_code == 0
    assert "1 known ones left out" in again.stderr
    wrong = check(pair / "zh.txt", pair / "bad.txt", "--baseline", pair / "zh.txt")
    assert wrong.exit_code == 3
    assert "no baseline" in wrong.stderr


def test_a_profile_says_what_counts(pair):
    profile = pair / "gate.toml"
    profile.write_text('fail_on = "major"\nchecks = ["polarity"]\n', encoding="utf-8")
    assert check(pair / "zh.txt", pair / "bad.txt", "--profile", profile).exit_code == 0
    profile.write_text('fail_on = "major"\n', encoding="utf-8")
    assert check(pair / "zh.txt", pair / "bad.txt", "--profile", profile).exit_code == 1
    profile.write_text(
        'fail_on = "major"\n[severities]\naccuracy = "critical"\n"accuracy/number" = "minor"\n',
        encoding="utf-8",
    )
    assert check(pair / "zh.txt", pair / "bad.txt", "--profile", profile).exit_code == 0


def test_the_checks_of_a_profile_hold_for_flags_however_they_were_found():
    flag = StoredFlag(
        "f", "numbers", "accuracy/number", Severity.MAJOR, None, None, (0, 0), "", "", "", "", 0.9
    )
    assert Profile(only=frozenset({"numbers"})).judged([flag]) == [flag]
    assert Profile(only=frozenset({"polarity"})).judged([flag]) == []


def test_a_profiles_terms_count_too(pair):
    (pair / "terms.csv").write_text(
        "src,preferred,admitted,deprecated,confidence,note,source\n"
        "合作文件,cooperation agreements,,cooperation documents,high,,\n",
        encoding="utf-8",
    )
    (pair / "gate.toml").write_text('fail_on = "major"\nterms = "terms.csv"\n', encoding="utf-8")
    result = check(pair / "zh.txt", pair / "good.txt", "--profile", pair / "gate.toml")
    assert result.exit_code == 1
    assert "cooperation agreements" in result.stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("fail_on = [", "mend the profile"),
        ('fail_if = "major"', "fail_if"),
        ('fail_on = "bad"', "critical"),
        ('terms = "nowhere.csv"', "nowhere.csv"),
    ],
)
def test_a_profile_that_makes_no_sense_is_refused(pair, content, said):
    (pair / "gate.toml").write_text(content, encoding="utf-8")
    result = check(pair / "zh.txt", pair / "good.txt", "--profile", pair / "gate.toml")
    assert result.exit_code == 3
    assert said in result.stderr


def test_an_unknown_check_in_a_profile_is_named(pair):
    (pair / "gate.toml").write_text('checks = ["numbrs"]', encoding="utf-8")
    result = check(pair / "zh.txt", pair / "good.txt", "--profile", pair / "gate.toml")
    assert result.exit_code == 2
    assert "numbrs" in result.stderr


def test_junit_has_a_failure_for_each_flag_that_fails(pair):
    out = pair / "out.xml"
    assert check(pair / "zh.txt", pair / "bad.txt", "--fail-on", "major", "--junit", out).exit_code
    root = etree.parse(out).getroot()
    (suite,) = root.findall("testsuite")
    failures = suite.findall("testcase/failure")
    assert suite.get("failures") == str(len(failures)) == "1"
    assert failures[0].get("type") == "major"


def test_junit_is_what_its_readers_expect():
    flags = [
        StoredFlag(
            str(severity), "numbers", "accuracy/number", severity, None, None, (0, 0),
            "26", "3<6&\x01", "they differ", "", 0.9,
        )
        for severity in Severity
    ]  # fmt: skip
    checked = [Checked("fine"), Checked("broken", problem="It is empty.", exit_code=3),
               Checked("wrong", flags=tuple(flags))]  # fmt: skip
    root = etree.fromstring(junit(checked, Profile("major")))
    etree.XMLSchema(etree.fromstring(JUNIT)).assertValid(root)
    for suite in root:
        assert suite.get("tests") == str(len(suite.findall("testcase")))
        assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
        assert suite.get("errors") == str(len(suite.findall("testcase/error")))
    assert [f.get("type") for f in root.iter("failure")] == ["major", "critical"]


def test_junit_of_a_pass_has_a_case_and_a_problem_is_an_error():
    checked = [Checked("fine"), Checked("broken\x01", problem="It is empty.", exit_code=3)]
    root = etree.fromstring(junit(checked, Profile("major")))
    assert [s.get("tests") for s in root] == ["1", "1"]
    assert [len(s.findall("testcase/error")) for s in root] == [0, 1]
