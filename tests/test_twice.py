"""What is made twice and compared is everything that there is to write."""

from __future__ import annotations

import twice

from panjmap.commands import outputs
from panjmap.render.exports.formats import FORMATS
from panjmap.render.figures.save import FORMATS as PICTURES


def test_every_command_with_an_output_and_every_format_is_made_twice():
    asked = twice.commands()
    assert {words[0] for words in asked} >= set(outputs.__all__)
    assert {words[words.index("--format") + 1] for words in asked if "--format" in words} == set(FORMATS)
    assert {words[-1].rpartition(".")[2] for words in asked if words[0] == "figure"} == set(PICTURES)
    assert twice.IMPORT[0] == "import"


def test_a_file_that_differs_or_is_missing_is_named():
    assert twice.difference({"a": "1", "b": "2"}, {"a": "1", "b": "2"}) == []
    assert twice.difference({"a": "1", "b": "2"}, {"a": "1", "c": "2"}) == ["b", "c"]
    assert twice.difference({"a": "1"}, {"a": "2"}) == ["a"]
