"""What docs/method.md states is what the code does: constants, precision codes, the sentences of the five reports."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from panjmap.data.evidence import counting_sentences, evidence_of
from panjmap.data.model import PRECISION_CODES, Precision
from panjmap.data.tables import PACKAGED, read_tables

METHOD = (Path(__file__).resolve().parents[1] / "docs" / "method.md").read_text(encoding="utf-8")
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


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:data|geo|render)/\w+\.py)`", METHOD))))
def test_a_module_that_is_named_is_there(path):
    assert (Path(__file__).resolve().parents[1] / path).is_file()
