"""Who issued a text, said on the page and on the command line."""

import re

import pytest
from click.testing import CliRunner

from tests.support import SAMPLE, align_by_gold, sample_workspace
from workbench.cli import main
from workbench.web import create_app


@pytest.fixture
def client(tmp_path):
    ws = sample_workspace(tmp_path)
    align_by_gold(ws)
    return create_app(ws).test_client()


def say(client, text_id, **values):
    page = client.get(f"/b/{SAMPLE}").text
    token = re.search(r'name="csrf-token" content="([^"]+)"', page)[1]
    return client.post(
        f"/texts/{text_id}/about",
        json=values,
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )


def test_what_is_said_on_the_page_stands_over_the_column_at_once(client):
    answer = say(client, f"{SAMPLE}.en", issuer="Press <office>", official="yes", date="2024-06")
    assert answer.status_code == 200
    assert answer.json["values"]["official"] == "yes"
    page = client.get(f"/b/{SAMPLE}").text
    assert "Press &lt;office&gt;" in page
    assert answer.json["html"] in page


def test_a_date_that_is_none_is_refused_with_a_sentence(client):
    answer = say(client, f"{SAMPLE}.en", date="last week")
    assert answer.status_code == 400
    assert "'last week' is no date" in answer.json["error"]
    assert "last week" not in client.get(f"/b/{SAMPLE}").text


def test_the_command_line_says_and_lists_it(tmp_path):
    sample_workspace(tmp_path)
    place = ["-w", str(tmp_path), "text"]
    said = CliRunner().invoke(
        main, [*place, "describe", f"{SAMPLE}.en", "--issuer", "A press office", "--date", ""]
    )
    assert said.exit_code == 0, said.output
    listed = CliRunner().invoke(main, [*place, "list", "--json"]).output
    assert '"issuer": "A press office"' in listed
