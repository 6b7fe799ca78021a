"""Discs of reported deaths: from twenty events on, at points only, civilians and state forces only."""

from __future__ import annotations

import math

import pytest
from page_case import SHAPES, crowd, scene_of

from panjmap.data.model import VictimGroup
from panjmap.render.page import render

CAMP, KAVO = "TJ-AF-2025-11-26-A", "TJ-AF-2025-12-KAVO"


def crowded(count, deaths=(), group=VictimGroup.CIVILIAN):
    change, shapes = crowd(count, deaths, group)
    return scene_of(change, shapes=SHAPES | shapes)


def legend_words(scene):
    return [part.heading for part in scene.legend]


@pytest.mark.parametrize(("extra", "drawn"), [(13, False), (14, True)])
def test_discs_begin_at_twenty_events(extra, drawn):
    """The packaged tables hold six attacks, clashes and operations."""
    scene = crowded(extra, [(4, 4)])
    assert bool(scene.discs) is drawn
    assert ("Reported deaths" in legend_words(scene)) is drawn


def test_discs_stand_at_points_and_count_civilians_and_state_forces_only():
    found = crowded(25, [(4, 9), (1, 1)]).discs
    assert found["X-0"] == (4, 9)
    assert found["X-1"] == (1, 1)
    assert "X-2" not in found
    assert CAMP not in found  # an area
    assert KAVO not in found  # alleged attackers
    attackers = crowded(25, [(4, 9)], VictimGroup.ALLEGED_ATTACKER)
    assert "X-0" not in attackers.discs
    assert crowded(25, [(0, 0)]).discs.keys() & {"X-0"} == set()


@pytest.mark.browser
def test_the_area_of_a_disc_is_the_number_and_dashes_are_the_highest(page_at):
    page = page_at(render(crowded(25, [(4, 9), (1, 1), (30, 40)]))).page
    radii = page.evaluate("[...document.querySelectorAll('.disc circle')].map(c => c.getAttribute('r'))")
    # The packaged attack at Shudk, with two deaths, is the fourth.
    assert sorted(map(float, radii)) == pytest.approx([15, 15 * math.sqrt(2), 30, 45, 60, 60], abs=0.1)
    assert page.locator(".disc .high").count() == 2
    assert page.locator(".disc text").all_text_contents() == ["30\N{EN DASH}40"]
    below = page.evaluate(
        "[...document.querySelectorAll('.disc')].every(disc => [...document.querySelectorAll('.token-button')]"
        ".every(token => disc.compareDocumentPosition(token) & Node.DOCUMENT_POSITION_FOLLOWING))"
    )
    assert below
    assert "Reported deaths" in page.inner_text("#legend")


@pytest.mark.browser
def test_without_scripts_the_static_map_has_the_discs_of_its_legend(page_at):
    page = page_at(render(crowded(25, [(4, 9)])), js=False).page
    assert page.locator("#static-map circle[fill-opacity='.17']").count() == 2


@pytest.mark.browser
def test_a_map_of_few_events_has_no_disc(page_at):
    page = page_at(render(scene_of())).page
    assert page.locator(".disc").count() == 0
    assert "Reported deaths" not in page.inner_text("#legend")
