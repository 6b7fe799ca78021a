"""What docs/method.md states is what the code does: constants, codes, sentences; security.md names files that exist."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from panjmap.data.evidence import counting_sentences, evidence_of
from panjmap.data.model import PRECISION_CODES, Precision
from panjmap.data.tables import PACKAGED, read_tables

ROOT = Path(__file__).resolve().parents[1]
METHOD = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
CONSTANTS = re.findall(r"^\| `([\w.]+)\.(\w+)` \| ([\d.]+) \|", METHOD, re.MULTILINE)
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in METHOD.splitlines() if line.startswith("|")]


@pytest.mark.parametrize(("module", "name", "value"), CONSTANTS)
def test_a_constant_is_that_of_the_code(module, name, value):
    assert getattr(importlib.import_module(f"panjmap.{module}"), name) == float(value)


def test_constants_are_found():
    assert len(CONSTANTS) > 10


@pytest.mark.parametrize("precision", Precision)
def test_the_precisions_have_the_codes_of_the_one_table(precision):
    code = PRECISION_CODES[precision]
    row = next(row for row in ROWS if row[0] == precision.value)
    assert row[1] == code.meaning
    assert row[3:] == ["" if number is None else str(number) for number in (code.where_prec, code.geo_precision)]


def test_the_sentences_are_those_of_the_five_reports():
    quoted = [line.removeprefix("> ") for line in METHOD.splitlines() if line.startswith("> ") and line != "> "]
    assert quoted == [one.text for one in counting_sentences(evidence_of(read_tables(PACKAGED)))]


def named(text: str) -> list[str]:
    """Find the files that a document names; in a list only the first one carries its folder."""
    found, folder = [], ""
    for name in re.findall(r"`([\w/]+\.py)(?:: \w+)?`", text):
        folder = "tests/" if name.startswith("test_") else name[: name.rfind("/") + 1] or folder
        found.append(folder + name.rpartition("/")[2])
    return sorted(set(found))


@pytest.mark.parametrize("path", named(METHOD) + named((ROOT / "docs" / "security.md").read_text(encoding="utf-8")))
def test_a_file_that_is_named_is_there(path):
    assert (ROOT / path).is_file()
