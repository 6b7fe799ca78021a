"""Alt text, long description and caption: short, complete, and with no number that the evidence does not hold."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_case import crowd, scene_of

from panjmap.data.counting import counting_sentences
from panjmap.data.model import Kind, Tables, VictimGroup
from panjmap.data.text import clean
from panjmap.data.wording import NUMBER_WORDS
from panjmap.render.descriptions import ALT_LENGTH, Descriptions, describe
from panjmap.render.prepare import read_scene
from panjmap.render.scene import PageOptions, Scene
from panjmap.render.texts import ui_texts

NUMBER = re.compile(rf"\d[\d,]*(?:\.\d+)?|\b(?:{'|'.join(NUMBER_WORDS[1:])})\b", re.IGNORECASE)
SHORTENED = ("Not a complete record, not verified", "Not a complete record. Nothing here is independently verified.")


@pytest.fixture(scope="module")
def scene() -> Scene:
    return read_scene()


@pytest.fixture(scope="module")
def said(scene) -> Descriptions:
    return describe(scene)


def value(number: str) -> float:
    word = number.lower()
    return NUMBER_WORDS.index(word) if word in NUMBER_WORDS else float(word.replace(",", ""))


def numbers(text: str) -> set[float]:
    return {value(found) for found in NUMBER.findall(text)}


def words_of(scene: Scene) -> list[str]:
    """What the tables say in words, and what is neither evidence nor count: names, titles, credits, version."""
    tables = scene.published.tables
    return [
        *(row.title for row in scene.rows),
        *(report.outlet for report in tables.reports),
        *(claim.said_by for claim in tables.claims),
        *(claim.value_text or "" for claim in tables.claims),
        *scene.basemap.web["attribution"],
        scene.options.title,
        ui_texts("en")["strip.note"],
    ]


def evident(scene: Scene) -> set[float]:
    """Every number that the evidence of a scene holds or that counts its parts."""
    found: set[float] = set()
    for e in scene.evidence.values():
        for counts in (e.killed, e.injured):
            found |= {n for c in counts.values() for n in (c.low, c.high) if n is not None}
        for block in e.attributes:
            found |= {n for s in block.statements for n in (s.low, s.high) if n is not None}
            found.add(len(block.statements))
        found |= {len(e.reports), *range(len(e.reports) + 1)} - {0}
        days = [day for day in (e.date.start, e.date.end, e.date.stated_on) if day]
        found |= {part for day in days for part in (day.day, day.year)}
        found |= {float(e.bodies_found)} if e.bodies_found is not None else set()
    for sentence in counting_sentences(scene.evidence):  # ranges over events, tested in test_counting.py
        found |= {sentence.low, sentence.high, len(sentence.record_ids)}
    for row in scene.rows:
        kms = (row.uncertainty_km, row.river_km_from, row.river_km_to)
        found |= {n for km in kms if km is not None for n in (round(km), km)}
    dates = [report.published for report in scene.published.tables.reports]
    found |= {part for day in dates if day for part in (day.day, day.year)} | {len(dates), dates.count(None)}
    return {float(n) for n in found} | numbers(" ".join(words_of(scene)))


def test_the_alt_text_says_what_where_how_many_and_what_it_is_not(said):
    assert said.alt == (
        "Map of the Tajik–Afghan border: 6 records. Reported killed: 6 workers in 3 attacks; 3 to 8 in 1 or 2 December "
        "clashes; 2 to 7 alleged smugglers in 1 state operation. Not a complete record, not verified; five news "
        "reports, newest dated 2 Dec 2025."
    )
    assert len(said.alt) <= ALT_LENGTH


@pytest.mark.parametrize("figure", ["map", "strip"])
@pytest.mark.parametrize("part", ["alt", "long", "caption"])
def test_every_number_stands_in_the_evidence(scene, figure, part):
    text = getattr(describe(scene, figure), part).replace(scene.version, "")
    counts = {float(len(scene.drawn)), 5.0, float(len(scene.published.generalised)), 1.0, 2.0, 3.0}  # counted records
    assert numbers(text)
    assert numbers(text) <= evident(scene) | counts


def test_a_number_that_is_nowhere_would_be_found(scene):
    assert not numbers("21 killed") & evident(scene)  # the sum over groups and kinds: 6 + 8 + 7


def test_nothing_is_added_up_over_groups_or_records(said):
    for text in (said.alt, said.long, said.caption):
        assert not re.search(r"\b(1[0-9]|2[0-9]) (people|killed|dead|reported)", text)
        assert not re.search(r"3\s?(?:–|-|to) ?5", text)
    assert "Kavo, Shamsiddin Shohin district (town or village, uncertain by about 3 km)." in said.long
    kavo = next(line for line in said.long.splitlines() if line.startswith("- Clash with three people at Kavo"))
    assert "Killed: 3. Alleged attackers, per Tajik officials." in kavo
    assert "5" not in kavo.replace("2025", "").replace("252", "")


def test_the_long_description_has_every_drawn_record_and_what_is_uncertain(said, scene):
    drawn = said.long.split("Drawn: 6 records.")[1].split("\n\n")[0]
    for row in scene.rows:
        assert (f"- {row.title}. " in drawn) == row.drawn
        assert row.title in said.long
    assert "no finer than stretch of river, drawn as an approximate area, not a boundary" in drawn
    assert "Injured: 1 to 2." in drawn
    assert "Reports differ. Injured: 1, 2 or several." in drawn
    assert "5 reports; named speakers: Chinese embassy, Tajik authorities; 2 give no speaker." in drawn
    assert "A Tuesday, probably December 2025 (report undated)." in drawn
    assert (
        "may be the same event: “Clash with three people at Kavo” and “Incursion in Shamsiddin Shohin with five killed”"
        in said.long
    )
    missing = said.long.split("Not on the map:\n")[1].splitlines()[0]
    assert "Killed: 7 claimed killed, 2 bodies found. Alleged smugglers, per security service (SCNS)." in missing
    assert "To protect people: 2 records generalised to district or coarser." in said.long


def test_the_caption_has_sources_age_credits_boundary_note_and_version(said, scene):
    assert "\n" not in said.caption
    for outlet in ("Pak Asia Youth Forum", "Eurasianet (republished)", "Outlet unknown", "1 Nojor", "AFP"):
        assert outlet in said.caption.split("Sources: ")[1]
    assert (
        "Not a complete record. Nothing here is independently verified. Newest dated report: 2 Dec 2025" in said.caption
    )
    assert "OpenStreetMap contributors" in said.caption
    assert "do not imply any opinion on the legal status" in said.caption
    assert said.caption.endswith(f"Data version {scene.version}.")


def test_the_strip_is_described_as_a_strip(scene):
    strip = describe(scene, "strip")
    assert strip.alt.startswith("River strip of the Panj, km by date. Reported killed: 6 workers in 3 attacks;")
    assert len(strip.alt) <= ALT_LENGTH
    drawn = strip.long.split("Drawn: 5 records.")[1].split("\n\n")[0]
    assert "Panj km 252 to 368, Tajik bank." in drawn
    assert "House searches" not in drawn
    beside = strip.long.split("Not on this strip:\n")[1].split("\n\n")[0]
    for title in ("State operation with drones", "Order for Afghans to leave", "House searches and detentions"):
        assert f"- {title}" in beside
    assert "Not on this strip: State operation with drones" in strip.caption


def test_what_is_selected_and_what_fits_only_partly_is_said(scene):
    one = describe(replace(scene, partly=frozenset({"TJ-AF-2025-12-KAVO"})), selected="shown: 26 Nov to 1 Dec 2025")
    for text in (one.long, one.caption):
        assert "Shown: 26 Nov to 1 Dec 2025." in text
        assert "Only partly in what is shown: “Clash with three people at Kavo”." in text


def test_a_selection_that_is_too_long_for_the_alt_text_is_not_kept_quiet(scene):
    alt = describe(scene, selected="shown: " + "drone strike, " * 20).alt
    assert alt.startswith("Map of the Tajik–Afghan border")
    assert " A selection. Reported killed: " in alt
    assert len(alt) <= ALT_LENGTH


def test_a_single_record_has_room_for_the_title_and_the_whole_sentence():
    def only(tables: Tables) -> Tables:
        return tables._replace(records=tuple(r for r in tables.records if r.record_id == "TJ-AF-2025-11-30-A"))

    alt = describe(scene_of(only)).alt
    assert alt.startswith(
        "Map: Reported attacks, clashes and state operations on the Tajik–Afghan border. 1 record drawn."
    )
    assert "2 workers reported killed in 1 November attack, both Chinese nationals." in alt
    assert any(short in alt for short in SHORTENED)


def test_without_records_nothing_is_drawn_and_it_says_so():
    empty = describe(scene_of(lambda tables: tables._replace(records=(), claims=(), record_places=(), reports=())))
    assert "No records drawn." in empty.alt
    assert "Drawn: no records." in empty.long
    assert "From no news report." in empty.caption
    assert "Source" not in empty.caption


def test_many_records_keep_the_limit_and_are_described_by_where_most_are():
    change, shapes = crowd(300, [(1, 4)] * 300)
    many = scene_of(change, shapes=shapes)
    for figure in ("map", "strip"):
        said = describe(many, figure)
        assert len(said.alt) <= ALT_LENGTH
        assert any(short in said.alt for short in SHORTENED)
        assert numbers(said.alt) <= evident(many) | {float(len(many.drawn)), 305.0}  # drawn on the strip
        assert "The table lists every record." in said.long
        assert len(said.long) < 10_000


def test_what_is_drawn_is_counted_before_further_counts_are_named():
    change, shapes = crowd(300, [(1, 1)] * 300)

    def of_all_groups(tables: Tables) -> Tables:
        claims = [c for c in change(tables).claims if (c.record_id or "").startswith("X-")]
        groups = list(VictimGroup)
        mixed = (c.model_copy(update={"victim_group": groups[i % len(groups)]}) for i, c in enumerate(claims))
        records = tuple(r for r in change(tables).records if r.record_id.startswith("X-"))
        return tables._replace(records=records, claims=tuple(mixed), record_places=())

    alt = describe(scene_of(of_all_groups, shapes=shapes)).alt
    assert alt.startswith("Map of the Tajik–Afghan border: 300 records. Reported killed: 60 ")
    assert "; further counts in the description. Not a complete record" in alt


def test_a_strip_without_records_says_so_before_it_gives_deaths():
    def only(tables: Tables) -> Tables:
        return tables._replace(records=tuple(r for r in tables.records if r.kind is Kind.STATE_OPERATION))

    alt = describe(scene_of(only), "strip").alt
    assert alt.startswith("River strip of the Panj, km by date: no records. 2 to 7 alleged smugglers reported killed")


def test_three_records_that_may_be_one_event_are_not_counted_as_two():
    change, shapes = crowd(3, [(1, 1)] * 3)

    def linked(tables: Tables) -> Tables:
        tables = change(tables)
        records = [r for r in tables.records if r.record_id.startswith("X-")]
        ids = [r.record_id for r in records]
        same = (r.model_copy(update={"possible_same_as": tuple(i for i in ids if i != r.record_id)}) for r in records)
        return tables._replace(records=tuple(same))

    long = describe(scene_of(linked, shapes=shapes)).long
    assert long.count("may be the same event: ") == 3
    assert "in 1 to 3 " in long
    assert "Counted as one or two events" not in long


def test_line_breaks_in_titles_break_no_line():
    change, shapes = crowd(2, title="Attack\n- {}\nat the post…".format)
    made = scene_of(change, options=PageOptions(title="Two\nlines \u202e"), shapes=shapes)
    said = describe(made)
    assert "- Attack - 1 at the post… Armed attack." in said.long
    assert said.long.startswith("Two lines \ufffd.\n")
    assert clean(said.long) == said.long
    assert clean(said.caption) == said.caption


@settings(max_examples=60)
@given(title=st.text(max_size=400))
def test_any_title_gives_one_line_within_the_limit(title):
    made = scene_of(options=PageOptions(title=title), shapes={})
    alt = describe(made).alt
    assert len(alt) <= ALT_LENGTH
    assert "\n" not in alt
    assert any(short in alt for short in SHORTENED)
    assert clean(alt) == alt


@pytest.mark.parametrize("title", ["9" * 300, "1234567 " * 60, "<script>alert(41)</script>", "{{7*7}} ${1} $x^2$"])
def test_a_title_is_given_whole_or_not_at_all(title):
    alt = describe(scene_of(options=PageOptions(title=title))).alt
    whole = " ".join(title.split())
    assert whole in alt or not numbers(alt) & numbers(title)


def test_it_is_the_same_every_time(scene):
    assert describe(scene) == describe(read_scene())
