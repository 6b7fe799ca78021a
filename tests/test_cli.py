"""The commands: exact exit codes, results on standard output, messages on standard error."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from panjmap.cli import main


def run(*arguments: str, stdin: str | None = None):
    return CliRunner().invoke(main, list(arguments), input=stdin)


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from panjmap.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'folium','geopandas','shapely','pandas','numpy','pydantic','jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", ["build", "export", "init", "places", "check"])
def test_every_command_has_help(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("build", "--nonsense"), ("init",), ("places",), ("build", "--name-field", "x")]
)
def test_a_wrong_command_line_exits_with_2(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error" in result.stderr


def test_places_answers_one_line_of_json_a_name():
    result = run("places", "--json", "-", stdin="Шамсиддина Шохина\nBadakhshan\nAtlantis\n")
    assert result.exit_code == 0
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["query"] for answer in answers] == ["Шамсиддина Шохина", "Badakhshan", "Atlantis"]
    assert answers[0]["candidates"][0]["place_id"] == "tj-shohin"
    assert not answers[0]["ambiguous"]
    assert answers[1]["ambiguous"]
    assert {candidate["place_id"] for candidate in answers[1]["candidates"]} >= {"af-bds", "tj-gb"}
    assert answers[2]["candidates"] == []
    assert set(answers[0]["candidates"][0]) == {
        "place_id",
        "name",
        "level",
        "country",
        "lat",
        "lon",
        "uncertainty_km",
        "score",
        "reason",
    }


def test_places_takes_context():
    result = run("places", "--json", "--country", "AF", "Badakhshan")
    answer = json.loads(result.stdout)
    assert answer["candidates"][0]["place_id"] == "af-bds"
    assert not answer["ambiguous"]


def test_places_prints_a_table_and_says_so_when_nothing_is_known():
    result = run("places", "Kavo", "Atlantis")
    assert result.exit_code == 0
    assert "kavok" in result.stdout
    assert "no match" in result.stdout.lower()


def test_check_of_the_five_reports_has_findings_and_no_error():
    result = run("check", "--json")
    assert result.exit_code == 0
    findings = json.loads(result.stdout)["findings"]
    assert findings
    assert set(findings[0]) == {"id", "level", "rule", "record_ids", "attribute", "claim_ids", "message", "basis"}
    assert not [finding for finding in findings if finding["level"] == "error"]
    assert "wrong-bank:bogh-post" in [finding["id"] for finding in findings]


def test_init_refuses_a_folder_with_something_in_it(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    result = run("init", str(tmp_path))
    assert result.exit_code == 1
    assert str(tmp_path) in result.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]
