"""`panjmap build --rows`: imported rows are records like others, no more precise than they say, shown as written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import shapely
from click.testing import CliRunner
from page_reader import everything, visible_text

from panjmap.cli import main
from panjmap.data.csv_text import unguarded
from panjmap.data.exchange_acled import ACLED_COLUMNS
from panjmap.data.intake.importing import import_rows
from panjmap.data.intake.parquet import RowsFileError
from panjmap.render.export import export_bytes
from panjmap.render.imported import TermsError
from panjmap.render.incident_map import IncidentMap
from panjmap.render.prepare import read_scene

COLUMNS = [
    "id",
    "date",
    "lat",
    "lon",
    "precision",
    "place",
    "admin2",
    "title",
    "text",
    "type",
    "killed_low",
    "killed_high",
]
ROWS = [
    ["A1", "2025-11-26", 37.61234, 70.01234, "settlement", "Kavo", "", "First", "some words", "drone_strike", 3, 5],
    ["A2", "2025-11", 37.71234, 70.11234, "", "", "", "", "", "", "", ""],
    ["A3", "2025-11-02", 37.81234, 69.91234, "district", "", "Shamsiddin Shohin District", "", "", "shelling", 4, ""],
    ["A4", "", 37.81234, 69.91234, "district", "", "Nowhere District", "", "", "shelling", "", ""],
    ["A5", "2025-11-03", 37.91234, 69.81234, "region", "", "", "", "", "shelling", 0, 0],
    ["A6", "2025-11-04", "", "", "", "Somewhere", "", "", "", "shelling", "", ""],
    ["A7", "2025-11-05", 37.61234, 70.01234, "country", "", "", "", "", "shelling", "", ""],
    ["A8", "2025-11-06", 37.61234, 70.01234, "site", "Street 5", "", "", "", "house_searches", "", ""],
    ["A9", "2025-11-07", 37.61234, 70.01234, "site", "", "", "", "", "talks", "", ""],
    ["B/1", "2025-11-08", 37.51234, 70.21234, "site", "", "", "", "", "armed_attack", "", ""],
    ["B2", "2025-11-09", 37.61234, 70.01234, "site", "", "", "", "", "Riots", "", ""],
]


def rows_file(folder: Path, columns=COLUMNS, rows=ROWS, **options) -> Path:
    source = folder / "cases.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return import_rows(source, folder / "rows.parquet", **options).path


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return read_scene(rows=rows_file(tmp_path_factory.mktemp("rows")))


@pytest.fixture(scope="module")
def page(made) -> str:
    return IncidentMap(made).get_root().render()


def test_every_row_is_a_record_or_is_said_to_be_left_out(made):
    ids = [record.record_id for record in made.published.tables.records if record.record_id.startswith("own-")]
    assert ids[:9] == [f"own-A{n}" for n in range(1, 10)]
    assert len(ids) == 10
    assert ids[9].startswith("own-x")
    assert made.imported == "10 imported rows of Own table; 1 left out, of a type that the map has no kind for"


def test_a_row_is_drawn_no_more_precisely_than_it_says(made):
    found = {row.record_id: row for row in made.rows}
    drawn = {
        name: str(found[f"own-{name}"].precision) for name in ("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9")
    }
    assert drawn == {
        **{"A1": "settlement", "A2": "near", "A3": "district", "A4": "district", "A5": "region", "A6": "unknown"},
        **{"A7": "country", "A8": "region", "A9": "unknown"},
    }
    located = made.located
    assert located.geometry["own-A1"] == shapely.Point(70.01234, 37.61234)
    assert (located.uncertainty_km["own-A1"], located.uncertainty_km["own-A2"]) == (5.0, 25.0)
    assert located.place_ids["own-A3"] == ("tj-shohin",)
    assert located.approximate["own-A4"]
    assert located.geometry["own-A5"].geom_type in ("Polygon", "MultiPolygon")
    assert located.geometry["own-A7"] is None


def test_no_output_holds_the_point_of_a_row_that_stands_for_an_area(made, page):
    for text in (page, everything(page), *texts_of(made)):
        for lat, lon in (("37.81234", "69.91234"), ("37.91234", "69.81234")):
            assert not (lat in text and lon in text)
    assert "Street 5" not in everything(page)


def texts_of(scene) -> list[str]:
    """The exports that are text, as one text each."""
    files = {form: export_bytes(scene, form).files for form in ("geojson", "csv", "kml")}
    return [data.decode("utf-8", "replace") for parts in files.values() for data in parts.values()]


def test_the_records_of_the_tables_are_as_they_were(made):
    before = read_scene()
    for record_id in before.located.index:
        assert made.evidence[record_id] == before.evidence[record_id]
        one, other = made.located.loc[record_id], before.located.loc[record_id]
        assert one.geometry == other.geometry
        assert one.drop("geometry").astype(str).equals(other.drop("geometry").astype(str))


def test_numbers_of_rows_are_claims_of_rows(made):
    killed = {name: made.evidence[f"own-{name}"].killed for name in ("A1", "A3", "A5", "A2")}
    (one,) = killed["A1"].values()
    assert (one.low, one.high) == (3, 5)
    (other,) = killed["A3"].values()
    assert (other.low, other.high, other.open_ended) == (4, 4, True)
    assert killed["A5"] == killed["A2"] == {}
    claims = [claim for claim in made.published.tables.claims if claim.record_id == "own-A1"]
    assert {claim.attribute: claim.value_text for claim in claims if claim.value_text} == {
        "source": "row 2 of cases.csv",
        "text": "some words",
        "place": "Kavo",
    }


def test_the_page_says_how_many_rows_it_is_made_from(page):
    assert "From five news reports and 10 imported rows." in visible_text(page)
    assert "own-A6" in everything(page)


def test_the_same_rows_give_the_same_page(made, page):
    assert IncidentMap(made).get_root().render() == page


def test_the_command_says_what_is_shown_and_names_the_rows_in_the_manifest(tmp_path):
    rows, out = rows_file(tmp_path), tmp_path / "map.html"
    result = CliRunner().invoke(main, ["build", "--rows", str(rows), "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert "10 imported rows of Own table; 1 left out" in result.stdout
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    # One of the rows is a measure in a street: neither sum nor size, by which the street could be guessed.
    assert set(manifest["inputs"]["rows"]["rows.parquet"]) == {"published_sha256"}


def test_rows_that_may_not_be_passed_on_are_refused_with_the_reason(tmp_path):
    row = {"event_id_cnty": "TAJ1", "event_date": "2025-11-26", "latitude": 37.6, "longitude": 70.0}
    rows = rows_file(tmp_path, ACLED_COLUMNS, [[row.get(name) for name in ACLED_COLUMNS]])
    with pytest.raises(TermsError, match="ACLED allow nobody else direct access"):
        read_scene(rows=rows)
    out = tmp_path / "map.html"
    out.write_text("as it was", encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "--rows", str(rows), "--out", str(out)])
    assert result.exit_code == 1
    assert "Fix:" in result.stderr
    assert out.read_text(encoding="utf-8") == "as it was"
    inside = CliRunner().invoke(main, ["build", "--rows", str(rows), "--out", str(out), "--internal"])
    assert inside.exit_code == 0, inside.output
    page = (tmp_path / "map.internal.html").read_text(encoding="utf-8")
    assert "INTERNAL – not for publication" in page
    assert "acled-TAJ1" in page
    assert out.read_text(encoding="utf-8") == "as it was"


def test_another_file_is_refused_and_told_how_rows_are_made(tmp_path):
    other = tmp_path / "cases.csv"
    other.write_text("id,lat,lon\n", encoding="utf-8")
    with pytest.raises(RowsFileError, match="panjmap import FILE --to rows"):
        read_scene(rows=other)


def test_the_map_is_not_written_over_the_rows(tmp_path):
    rows = rows_file(tmp_path)
    before = rows.read_bytes()
    result = CliRunner().invoke(main, ["build", "--rows", str(rows), "--out", str(rows)])
    assert result.exit_code == 2
    assert rows.read_bytes() == before


def test_ids_that_would_be_one_get_others(tmp_path):
    rows = [["A1", 37.6, 70.0], ["a1", 37.6, 70.0], ["A1 ", 37.6, 70.0], ["Ａ1", 37.6, 70.0], ["x" * 90, 37.6, 70.0]]
    scene = read_scene(rows=rows_file(tmp_path, ["id", "lat", "lon"], rows))
    ids = [record.record_id for record in scene.published.tables.records if record.record_id.startswith("own-")]
    assert len({one.casefold() for one in ids}) == 5
    assert ids[0] == "own-A1"


HARD = {
    "ssti": "Q{{lipsum.__globals__.os.getpid()}}Q{% if 1 %}",
    "script": "</script><script>window.__p=1</script>",
    "formula": "=1+1",
    "printf": "%s%n%x",
    "tmpl": "${window.__p=1}`+(window.__p=1)+`",
    "comment": "before{# swallowed #}after<!--",
    "astral": "🚁 👩\u200d👩\u200d👧",
    "traversal": "../../etc/passwd",
}


def test_hard_texts_of_rows_are_shown_as_written_in_page_and_exports(tmp_path):
    rows = [[name, 37.75, 70.0, text, text, text] for name, text in HARD.items()]
    rows += [["plain", 37.75, 70.0, "Kavo", "t", "x"]]
    path = rows_file(tmp_path, ["id", "lat", "lon", "place", "title", "text"], rows)
    scene = read_scene(rows=path)
    page = everything(IncidentMap(scene).get_root().render())
    (geojson,) = export_bytes(scene, "geojson").files.values()
    features = {f["properties"]["record_id"]: f["properties"] for f in json.loads(geojson)["features"]}
    tables = export_bytes(scene, "csv").files
    records = next(data for end, data in tables.items() if "claims" not in end and "sources" not in end)
    lines = {line["record_id"]: line for line in csv.DictReader(io.StringIO(records.decode("utf-8-sig")))}
    for name, text in HARD.items():
        assert page.count(text) >= 3, name
        assert features[f"own-{name}"]["title"] == text
        assert unguarded(lines[f"own-{name}"]["title"]) == text
    assert features["own-plain"]["title"] == "t"


@pytest.mark.parametrize(
    "command", [["export", "--out", "a.geojson"], ["figure", "--out", "a.svg"], ["embed"]], ids=" ".join
)
def test_every_output_takes_rows_and_refuses_those_that_may_not_be_public(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    row = {"event_id_cnty": "TAJ1", "event_date": "2025-11-26", "latitude": 37.6, "longitude": 70.0, "geo_precision": 1}
    row |= {"location": "Elsewhere", "sub_event_type": "Attack", "time_precision": 1}
    acled = rows_file(tmp_path, ACLED_COLUMNS, [[row.get(name) for name in ACLED_COLUMNS]])
    refused = CliRunner().invoke(main, [*command, "--rows", str(acled)])
    assert refused.exit_code == 1
    assert "ACLED" in refused.stderr
    own = rows_file(tmp_path, ACLED_COLUMNS, [[row.get(name) for name in ACLED_COLUMNS]], dataset="own")
    result = CliRunner().invoke(main, [*command, "--rows", str(own)])
    assert result.exit_code == 0, result.output
    if command[0] == "export":
        features = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))["features"]
        assert "own-TAJ1" in {feature["properties"]["record_id"] for feature in features}
        assert "1 imported row of Own table." in result.stderr
