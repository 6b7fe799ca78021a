"""Every pinned package is in the list with its licence, and each licence is one that the project may live with."""

from __future__ import annotations

import re
from importlib import metadata

import licences
import pytest

PAGE = licences.PAGE.read_text(encoding="utf-8")


def test_the_list_is_complete_true_and_allowed():
    assert len(licences.locked()) > 60
    assert licences.faults(PAGE) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r"\| shapely \| \d.*\n", "", "shapely .*: has no such row"),
        (r"\| shapely \| [\d.]+ ", "| shapely | 0.1 ", "shapely .*: has no such row"),
        (r"(\| shapely \| [\d.]+ \|) [^|]+ ", r"\1 GPL-3.0-only ", "GPL-3.0-only is not among the allowed"),
        (r"(\| shapely \| [\d.]+ \|) [^|]+ ", r"\1 MIT ", "the package says BSD-3-Clause, the table MIT"),
        (r"(\| colorama \| [\d.]+ \|) [^|]+ ", r"\1 unknown ", "unknown is not among the allowed"),
        (r"<!-- licences -->\n", "<!-- licences -->\n| gone | 1.0 | MIT | maps |\n", "gone: is no longer pinned"),
    ],
)
def test_what_is_missing_outdated_or_not_allowed_is_found(old, new, said):
    spoilt, times = re.subn(old, new, PAGE)
    assert times == 1
    found = licences.faults(spoilt)
    assert len(found) == 1
    assert re.search(said, found[0])


def test_a_library_inside_a_wheel_that_is_not_listed_is_found(monkeypatch):
    name = next(name for name in ("numpy", "shapely") if licences.libraries(name))
    listed = {key: what for key, what in licences.BUNDLED.items() if not key.startswith(name)}
    monkeypatch.setattr(licences, "BUNDLED", listed)
    assert [fault for fault in licences.faults(PAGE) if fault.endswith("is not listed")]


@pytest.mark.parametrize(
    ("expression", "answer"),
    [("MIT", True), ("MIT AND Zlib", True), ("GPL-3.0-only OR MIT", True), ("MIT AND LGPL-2.1", False), ("", False)],
)
def test_every_part_of_a_licence_counts_and_of_alternatives_one(expression, answer):
    assert licences.allowed(expression) is answer


def test_a_package_that_is_not_installed_states_nothing(monkeypatch):
    def missing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", missing)
    assert licences.stated("shapely") is None
