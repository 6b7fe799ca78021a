"""The figure of the map: nothing covers anything, for any data; every number and name is the page's own."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import combinations

import pytest
import shapely
from figure_case import at_places, packaged, scene_with, texts_in

from panjmap.data.counting import counting_sentences
from panjmap.data.errors import OptionError
from panjmap.render.figures.map import map_canvas
from panjmap.render.figures.notes import notes_of
from panjmap.render.figures.options import SIZES, FigureOptions
from panjmap.render.figures.sheet import FigureSheet, nice_length
from panjmap.render.selection import selected

#: Places on the Afghan bank with a known point.
AFGHAN = tuple(p.place_id for p in packaged().places if p.country == "AF" and p.level == "settlement" and p.lonlat)
#: Towns and villages on both banks.
TOWNS = tuple(
    p.place_id for p in packaged().places if p.level == "settlement" and p.lonlat and p.country in ("TJ", "AF")
)
KAVO = next(p.place_id for p in packaged().places if p.name == "Kavo")
SCENES = {
    "the five reports": scene_with,
    "one record": lambda: scene_with("TJ-AF-2025-11-26-A"),
    "one record without a place": lambda: scene_with("TJ-AF-2025-11-22-A"),
    "only Afghan records": lambda: at_places(*AFGHAN[:9]),
    "forty records": lambda: at_places(*TOWNS[:40]),
    "twenty at one village": lambda: at_places(*[KAVO] * 20),
    "more than sixty": lambda: at_places(*(TOWNS * 3)[:80]),
    "more than a hundred and fifty": lambda: at_places(*(TOWNS * 5)[:160]),
}


@pytest.fixture
def tokens(monkeypatch) -> list[shapely.Polygon]:
    """Where tokens stand, in units of the paper."""
    found: list[shapely.Polygon] = []
    draw = FigureSheet.token

    def watched(self, glyph, precision, at):
        found.append(shapely.Point(at[0] + self.at[0], at[1] + self.at[1]).buffer(13))
        draw(self, glyph, precision, at)

    monkeypatch.setattr(FigureSheet, "token", watched)
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("case", SCENES)
def test_nothing_covers_anything_and_nothing_leaves_the_sheet(case, size, tokens):
    canvas = map_canvas(SCENES[case](), FigureOptions(size=size))
    sheet = shapely.box(0, 0, canvas.width, canvas.height)
    on_map, everywhere = texts_in(canvas), texts_in(canvas, "figure")
    for words, box in everywhere:
        assert sheet.buffer(0.5).contains(box), words
    for (one, a), (two, b) in combinations(on_map, 2):
        assert a.intersection(b).area < 2.0, f"{one} / {two}"
    for words, box in on_map:
        for token in tokens:
            assert box.intersection(token).area < 6.0, words
    others = [(words, box) for words, box in everywhere if all(words != w for w, _ in on_map)]
    for (one, a), (two, b) in combinations(others, 2):
        assert a.intersection(b).area < 2.0, f"{one} / {two}"
    assert canvas.smallest >= 6.0


@pytest.mark.parametrize("names", ["tg", "fa"])
def test_names_stand_in_three_scripts(names):
    words = {text for text, _ in texts_in(map_canvas(scene_with(), FigureOptions(names=names)))}
    assert {"tg": "Хоруғ", "fa": "خاروغ"}[names] in words or {"tg": "Хоруғ", "fa": "خوروغ"}[names] in words


def test_every_drawn_record_is_labelled_or_numbered_or_counted():
    for case in ("the five reports", "forty records", "twenty at one village"):
        made = SCENES[case]()
        canvas = map_canvas(made, FigureOptions())
        words = [text for text, _ in texts_in(canvas, "figure")]
        joined = " ".join(words)
        numbers = [text for text, _ in texts_in(canvas) if text.isdigit()]
        unlabelled = next((int(w.split()[0]) for w in words if w.endswith("have no room for a label.")), 0)
        unlabelled += "One symbol has no room for a label" in joined
        labelled = sum(text.startswith(("Attack", "Drone", "Clash", "Armed", "House")) for text, _ in texts_in(canvas))
        assert labelled + len(numbers) - numbers.count("0") + unlabelled >= len(made.drawn), case


def test_the_words_of_the_page_stand_on_it():
    made = scene_with()
    joined = " ".join(text for text, _ in texts_in(map_canvas(made, FigureOptions()), "figure"))
    for sentence in counting_sentences(made.evidence):
        assert f"{sentence.text}." in joined
    assert "Not a complete record. Nothing here is independently verified." in joined
    assert "Not on the map: State operation" in joined
    assert "7 claimed killed, 2 bodies found" in joined
    assert "© OpenStreetMap contributors" in joined
    assert "Boundaries and names on this map do not imply any opinion" in joined
    assert made.version in joined
    assert "3–5" not in joined


def test_the_legend_tells_what_is_drawn_and_nothing_else():
    def legend(*record_ids: str) -> set[str]:
        return {text for text, _ in texts_in(map_canvas(scene_with(*record_ids), FigureOptions()), "legend")}

    one = legend("TJ-AF-2025-11-30-A")
    assert "Armed attack" in one
    assert "Town or village" in one
    assert not one & {"Drone strike", "District", "Region", "State operations", "May be the same event"}
    assert not {"Armed attack", "Town or village"} & legend("TJ-AF-2025-11-26-A")


def test_a_record_that_may_lie_outside_the_window_is_marked_and_not_counted():
    window = (dt.date(2025, 11, 20), dt.date(2025, 11, 30))
    options = FigureOptions(window=window)
    made = selected(scene_with(), window)
    canvas = map_canvas(made, options)
    joined = " ".join(text for text, _ in texts_in(canvas, "figure"))
    assert "Shown: 20 to 30 November 2025." in joined
    signs = sum(text.count("†") for text, _ in texts_in(canvas, "figure")) - 2  # the sentence, and the legend
    assert f"{signs} records may lie outside this; they are marked † and not counted." in joined
    assert any(text.endswith("†") and text.startswith("Vahdat") for text, _ in texts_in(canvas))
    assert "May lie outside what is shown" in joined
    assert "5 workers reported killed in 2 November attacks, all Chinese nationals." in joined
    assert "Clash" not in " ".join(text for text, _ in texts_in(canvas))


def test_hidden_labels_are_hidden_and_their_symbols_stay(tokens):
    made = scene_with()
    canvas = map_canvas(made, FigureOptions(hide=("Vanj", "TJ-AF-2024-11-A", "AFGHANISTAN")))
    words = {text.replace("\N{HAIR SPACE}", "") for text, _ in texts_in(canvas)}
    assert not words & {"Vanj", "Armed attack, 1 killed", "AFGHANISTAN"}
    assert len(tokens) >= 5


def test_a_title_of_a_thousand_letters_is_broken_and_stays_on_the_sheet():
    for title in ("word " * 199, "x" * 1000, "–" * 400, "word–" * 200):
        canvas = map_canvas(scene_with("TJ-AF-2025-11-26-A"), FigureOptions(title=title, size="column"))
        sheet = shapely.box(0, 0, canvas.width, canvas.height).buffer(0.5)
        assert all(sheet.contains(box) for _, box in texts_in(canvas, "title"))


def test_a_title_too_long_for_a_card_is_refused_and_a_long_one_gets_smaller():
    for title in ("A title of some length " * 3, "A line\nbreak"):
        canvas = map_canvas(scene_with(), FigureOptions(title=title, size="social"))
        sheet = shapely.box(0, 0, canvas.width, canvas.height).buffer(0.5)
        words, notes = texts_in(canvas, "title"), texts_in(canvas, "notes")
        assert all(sheet.contains(box) for _, box in [*words, *notes])
        assert not any(a.intersects(b) for _, a in words for _, b in notes)
    with pytest.raises(OptionError, match="too long for a card"):
        map_canvas(scene_with(), FigureOptions(title="word " * 199, size="social"))
    with pytest.raises(OptionError, match="longer than 1000 characters"):
        FigureOptions(title="x" * 1001)


def test_without_a_record_inside_there_is_no_figure():
    with pytest.raises(OptionError, match="no record is known to be inside") as caught:
        selected(scene_with(), (dt.date(2020, 1, 1), dt.date(2020, 2, 1)))
    assert "November 2024 to December 2025" in str(caught.value)


def test_a_box_leaves_out_what_is_elsewhere_and_marks_what_is_partly_there():
    made = selected(scene_with(), box=(70.5, 38.0, 71.6, 38.8))
    assert {drawing.row.record_id for drawing in made.drawn} >= {"TJ-AF-2025-11-30-A"}
    assert "TJ-AF-2025-12-KAVO" not in made.evidence
    assert all("2 " in sentence.text for sentence in counting_sentences(made.counted))


def test_lengths_of_the_scale_bar_are_round():
    assert [nice_length(km) for km in (0.9, 1, 7, 19.9, 50, 130)] == [0.5, 1, 5, 10, 50, 100]


def test_notes_name_every_report():
    notes = " ".join(notes_of(scene_with(), FigureOptions()))
    for outlet in ("Pak Asia Youth Forum", "Eurasianet", "1 Nojor", "AFP"):
        assert outlet in notes


@pytest.mark.parametrize("size", ["full", "column", "social"])
def test_a_selection_of_what_no_map_can_show_says_so(size):
    options = FigureOptions(size=size, types=("deportation",))
    joined = " ".join(
        text for text, _ in texts_in(map_canvas(selected(scene_with(), types=options.types), options), "title")
    )
    assert "No record has a place that a map can show" in joined
    assert "Shown: deportation." in joined


def test_a_selection_of_many_is_not_said_to_be_marked():
    places = (TOWNS * 5)[:140]
    options = FigureOptions(window=(dt.date(2025, 11, 1), None), bbox=(69.0, 36.5, 71.0, 38.6))
    made = selected(at_places(*places), options.window, box=options.bbox)
    made = replace(made, partly=frozenset(row.record_id for row in made.rows[:5]))
    joined = " ".join(text for text, _ in texts_in(map_canvas(made, options), "figure"))
    assert len(made.drawn) > 60
    assert "5 records may lie outside this; they are not counted." in joined
    assert "†" not in joined


def test_a_box_beyond_the_ground_of_the_base_map_is_refused():
    with pytest.raises(OptionError, match=r"reaches beyond the base map.*stay within 64,34,78,42"):
        FigureOptions(bbox=(20.0, 0.0, 120.0, 70.0))


def test_on_a_small_scale_no_name_strays_into_the_land_of_a_neighbour():
    options = FigureOptions(bbox=(64.0, 37.4, 76.0, 38.5))
    canvas = map_canvas(scene_with(), options)
    words = {text.replace("\N{HAIR SPACE}", ""): box.centroid for text, box in texts_in(canvas)}
    assert words["KUNDUZ"].x < words["TAKHAR"].x < words["Fayzabad"].x
    assert words["KYRGYZSTAN"].y < words["TAJIKISTAN"].y
