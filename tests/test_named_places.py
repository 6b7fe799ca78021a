"""Names on the map in three scripts: from the tables, else from the base map's own list, else Latin."""

from __future__ import annotations

import csv

import pytest

from panjmap.data.tables import PACKAGED, read_tables
from panjmap.geo.basemap import load_basemap
from panjmap.render.named_places import AreaNames, local_names, named_labels, named_places

#: Labels of the ground without a sourced name in a script.
UNKNOWN = {"tg": {"Kokcha"}, "fa": {"Surkhob"}}


@pytest.fixture(scope="module")
def tables():
    return read_tables(PACKAGED)


@pytest.fixture(scope="module")
def labels(tables):
    return {label["text"]: label for label in named_labels(load_basemap().web["labels"], tables)}


def test_ground_labels_have_their_names_from_the_tables(labels):
    assert labels["TAJIKISTAN"]["name_tg"] == "Тоҷикистон"
    assert labels["KHATLON"]["name_fa"] == "ختلان"
    assert labels["GBAO"]["name_tg"] == "ВМКБ"
    assert labels["GBAO"]["name_fa"] == "کوهستان بدخشان"
    assert not {"place_id", "within"} & set().union(*labels.values())


def test_the_afghan_badakhshan_says_so_in_every_script(labels):
    badakhshan = labels["Badakhshan (Afghanistan)"]
    assert badakhshan["name_tg"] == "Бадахшон (Афғонистон)"
    assert badakhshan["name_fa"] == "بدخشان (افغانستان)"


@pytest.mark.parametrize("language", ["tg", "fa"])
def test_only_what_no_source_names_stays_latin(labels, language):
    assert {text for text, label in labels.items() if not label.get(f"name_{language}")} == UNKNOWN[language]


def test_every_name_of_the_ground_s_own_list_has_a_source_and_a_label():
    folder = load_basemap().folder
    with (folder / "names.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert all(row["source"] for row in rows if row["name_tg"] or row["name_fa"] or row["short_tg"])
    assert [row["label"] for row in rows] == list(
        dict.fromkeys(label["text"] for label in load_basemap().web["labels"])
    )


def test_a_label_keeps_its_latin_name_where_tables_know_no_other(tables):
    bare = tables._replace(place_names=())
    label = {"text": "KHATLON", "kind": "region", "lon": 69.0, "lat": 37.6, "place_id": "tj-kt"}
    assert named_labels([label], bare) == [{"text": "KHATLON", "kind": "region", "lon": 69.0, "lat": 37.6}]


def test_an_area_is_named_without_the_word_for_its_level(tables):
    district = next(place for place in tables.places if place.place_id == "tj-shohin")
    names = AreaNames(tables).of(district)
    assert (names["name"], names["name_tg"]) == ("Shamsiddin Shohin", "Шамсиддин Шоҳин")
    assert names["name_fa"] == "شمس‌الدین شاهین"


def test_towns_are_named_in_three_scripts(tables):
    capital = named_places(tables)[0]
    assert (capital.name, capital.name_tg, capital.name_fa) == ("Dushanbe", "Душанбе", "دوشنبه")


def test_a_record_has_its_places_in_each_script_that_knows_them_all():
    official = {("a", "tg"): "Аа", ("a", "fa"): "آ", ("b", "tg"): "Бб"}
    assert local_names(("a", "b"), official) == [{"lang": "tg", "text": "Аа, Бб"}]
    assert local_names(("a",), official) == [{"lang": "tg", "text": "Аа"}, {"lang": "fa", "text": "آ"}]
    assert local_names((), official) == []
