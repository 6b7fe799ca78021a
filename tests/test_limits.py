"""The limits: one documented set, raised by name, in force for as long as asked for."""

from __future__ import annotations

import re
from dataclasses import asdict, fields
from pathlib import Path

import pytest

from panjmap.data.errors import OptionError, Problem
from panjmap.data.limits import Limits, in_force, limits, raising


def test_each_limit_is_documented():
    for field in fields(Limits):
        assert f"    {field.name}\n" in Limits.__doc__


def test_limits_are_raised_by_name_and_hold_inside_the_block_only():
    chosen = limits().raised(["rows=5_000_000", "field-chars = 7"])
    assert (chosen.rows, chosen.field_chars, chosen.columns) == (5_000_000, 7, Limits().columns)
    with in_force(chosen):
        assert limits() is chosen
    assert limits() == Limits()


@pytest.mark.parametrize("setting", ["rows", "rows=", "rows=0", "rows=-1", "rows=1e6", "rows=٣", "=5", "", "r" * 90])
def test_nonsense_is_refused(setting):
    with pytest.raises(OptionError, match=r"--limit .*Fix: write "):
        Limits().raised([setting])


def test_a_slip_is_answered_with_the_nearest_name():
    with pytest.raises(OptionError, match="Fix: write columns=N"):
        Limits().raised(["column=5"])


def test_a_message_says_how_to_raise_a_limit():
    assert raising("rows") == "or raise the limit with panjmap --limit rows=N before the command"
    assert raising("rows", 12).endswith("--limit rows=12 before the command")


def test_the_command_line_takes_limits(panjmap):
    assert panjmap("--limit", "rows=5", "places", "Kavo").returncode == 0
    refused = panjmap("--limit", "row=5", "places", "Kavo")
    assert refused.returncode == 2
    assert 'Error: --limit "row=5": no limit is called so. Fix: write rows=N.' in refused.stderr


def test_a_problem_names_its_unit():
    problem = Problem("a.kml", 0, None, None, "a point", "add it", unit="placemark")
    assert str(problem) == "a.kml, placemark 0: expected a point. Fix: add it."
    assert problem.level == "error"


def test_the_documentation_has_every_limit_and_its_default():
    text = (Path(__file__).parents[1] / "docs" / "importing.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", text, re.MULTILINE))
    assert rows == {name: str(value) for name, value in asdict(Limits()).items()}
