"""Which column is which, and what data set a file is of."""

from __future__ import annotations

import pytest

from panjmap.data.errors import OptionError
from panjmap.data.exchange_acled import ACLED_COLUMNS
from panjmap.data.exchange_ged import GED_COLUMNS
from panjmap.data.intake.datasets import DATASETS, dataset_of
from panjmap.data.intake.mapping import FIELDS, columns_of, doubled_columns, missing_columns


def test_plain_names_are_found_whatever_their_case():
    found = columns_of(["ID", "Event Date", "Latitude", "LNG", "Location", "colour"])
    assert found.named == {"id": "ID", "date": "Event Date", "lat": "Latitude", "lon": "LNG", "place": "Location"}
    assert found.others == ("colour",)
    assert found.layout is None


def test_no_accepted_name_stands_for_two_fields():
    names = [name for accepted in FIELDS.values() for name in accepted]
    assert len(names) == len(set(names))


def test_the_first_accepted_name_wins_and_the_other_is_kept():
    found = columns_of(["y", "latitude", "x", "notes", "text"])
    assert (found.named["lat"], found.named["lon"], found.named["text"]) == ("latitude", "x", "text")
    assert found.others == ("y", "notes")


def test_the_layouts_of_acled_and_ged_are_known_by_their_columns():
    acled = columns_of(ACLED_COLUMNS)
    assert acled.layout == "acled"
    assert acled.named["place"] == "location"
    assert acled.named["admin1"] == "admin1"
    assert acled.named["date"] == "event_date"
    assert "timestamp" in acled.others
    ged = columns_of([name.upper() for name in GED_COLUMNS])
    assert ged.layout == "ged"
    assert ged.named["killed_low"] == "LOW"
    assert ged.named["killed"] == "BEST"
    assert ged.named["id"] == "ID"
    assert columns_of(["id", "event_date", "lat", "lon"]).layout is None


def test_a_user_says_which_column_is_which():
    found = columns_of(["when it was", "north", "east"], ["date=when it was", "lat=north", "lon = east"])
    assert found.named == {"date": "when it was", "lat": "north", "lon": "east"}


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("lat", "OURS=THEIRS"),
        ("latt=north", 'did you mean "lat"'),
        ("lat=nort", 'did you mean "north"'),
        ("zzzz=north", "ours are id, date"),
        ("lat=zzzz", "the file has north, east"),
    ],
)
def test_what_a_user_cannot_mean_is_refused(said, advice):
    with pytest.raises(OptionError, match=advice.replace("?", ".")):
        columns_of(["north", "east"], [said])


def test_nothing_is_said_twice():
    with pytest.raises(OptionError, match="twice"):
        columns_of(["north", "east"], ["lat=north", "lon=north"])


def test_a_table_without_a_position_column_is_told_the_accepted_names():
    columns = ["id", "date", "lat", "place"]
    (problem,) = missing_columns(columns_of(columns), "a.csv", columns, "csv")
    assert "lon, lng, long, longitude, x" in str(problem)
    assert "--map lon=COLUMN" in str(problem)
    assert "row 1" in str(problem)
    assert missing_columns(columns_of(["name"]), "a.kml", ["name"], "kml.gz") == []


def test_only_data_sets_with_known_terms_are_taken():
    assert dataset_of(None) == DATASETS["own"]
    assert dataset_of("acled").public is False
    assert dataset_of("ged").public is True
    assert dataset_of("acled", "own").public is True
    named = dataset_of(None, "border-watch", "CC0")
    assert (named.key, named.terms, named.public) == ("border-watch", "CC0", True)
    for asked, licence in (("border-watch", None), ("../x", "CC0"), ("acled", "CC0")):
        with pytest.raises(OptionError):
            dataset_of(None, asked, licence)


def test_columns_that_differ_in_case_only_are_refused_where_one_is_taken():
    columns = ["id", "lat", "Lat", "lon", "colour", "Colour"]
    (problem,) = doubled_columns(columns_of(columns), "a.csv", columns)
    assert "lat and Lat" in str(problem)
    assert doubled_columns(columns_of(columns, ["lat=Lat"]), "a.csv", columns) == []


def test_columns_may_have_russian_names():
    found = columns_of(["Дата", "Широта", "Долгота", "Место"])
    assert found.named == {"date": "Дата", "lat": "Широта", "lon": "Долгота", "place": "Место"}
