"""Districts from a user's boundary file, and what is said when it cannot be used."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import geopandas
import pytest
import shapely

from panjmap.data.errors import BoundaryError
from panjmap.data.tables import PACKAGED, read_tables
from panjmap.geo.areas import load_areas
from panjmap.geo.boundaries import read_boundaries
from panjmap.geo.river import load_river

TABLES = read_tables(PACKAGED)
RIVER = load_river()
#: A synthetic square round Shuroobod, and one round Somoniyon.
SHOHIN, RUDAKI = shapely.box(69.9, 37.55, 70.3, 38.0), shapely.box(68.4, 38.2, 68.8, 38.5)


def frame(names, shapes, field="shapeName", crs="EPSG:4326", **columns):
    return geopandas.GeoDataFrame({field: names} | columns, geometry=shapes, crs=crs)


def written(folder: Path, data, name="set.geojson"):
    path = folder / name
    data.to_file(path, engine="pyogrio")
    return path


def areas_of(path, name_field=None):
    return load_areas(TABLES.places, RIVER, path, name_field, names=TABLES.place_names)


@pytest.fixture
def two():
    return frame(["Shuro-obod District", "Rudaki District"], [SHOHIN, RUDAKI], shapeGroup="TJK", shapeType="ADM2")


@pytest.mark.parametrize("name", ["set.geojson", "set.gpkg", "set.shp"])
def test_a_district_comes_from_the_file_and_says_from_which_set(tmp_path, two, name):
    areas = areas_of(written(tmp_path, two, name))
    area = areas.district("tj-shohin")
    assert not area.approximate
    assert area.source == areas.set_name == "geoBoundaries TJK ADM2"
    assert area.iso_3166_2 == "TJ-KT"
    assert area.geometry.equals_exact(SHOHIN, 1e-6, normalize=True)


def test_a_district_that_the_file_lacks_stays_approximate_and_says_so(tmp_path, two):
    area = areas_of(written(tmp_path, two)).district("tj-darvoz")
    assert area.approximate
    assert area.source == "approximate area"


def test_dushanbe_is_cut_out_of_a_district_that_a_file_draws_around_it(tmp_path):
    around = frame(["Rudaki District"], [shapely.box(68.4, 38.2, 69.1, 38.8)])
    assert (
        not areas_of(written(tmp_path, around)).district("tj-rudaki").geometry.contains(shapely.Point(68.779, 38.536))
    )


def test_the_reach_is_what_the_boundary_runs_along(tmp_path, two):
    start, end = areas_of(written(tmp_path, two)).reach("tj-shohin")
    assert 325 < start < 335
    assert 450 < end < 465


def test_a_zipped_set_is_read_with_its_licence_and_the_full_detail_is_preferred(tmp_path, two):
    full, slim = written(tmp_path, two), written(tmp_path, two.iloc[:1], "a_simplified.geojson")
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(slim, slim.name)
        packed.write(full, full.name)
        packed.writestr("x-metaData.txt", "ISO: TJK\nLicense: Open Database License 1.0\nLicense Notes: none\n")
    areas = areas_of(archive)
    assert set(areas.polygons) == {"tj-shohin", "tj-rudaki"}
    assert areas.licence == "Open Database License 1.0"


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("ADM2_EN", "Shamsiddin Shohin"),
        ("shapeName", "Shamsiddin Shokhin District"),
        ("name", "Шуроабадский район"),
        ("NAME_2", "Shamsiddini Shohin"),
    ],
)
def test_usual_name_columns_and_spellings_are_known(tmp_path, field, name):
    assert set(areas_of(written(tmp_path, frame([name], [SHOHIN], field))).polygons) == {"tj-shohin"}


def test_any_column_can_be_named(tmp_path):
    path = written(tmp_path, frame(["Rudaki"], [RUDAKI], "nohiya"))
    assert set(areas_of(path, "nohiya").polygons) == {"tj-rudaki"}
    with pytest.raises(BoundaryError, match="--name-field, one of: nohiya"):
        areas_of(path)
    with pytest.raises(BoundaryError, match=r'no column "district".*use one of: nohiya'):
        areas_of(path, "district")


def test_a_polygon_of_unknown_name_is_found_by_the_place_it_holds(tmp_path):
    path = written(tmp_path, frame(["Unit 7"], [shapely.Point(68.6167, 38.35).buffer(0.1)]))
    assert set(areas_of(path).polygons) == {"tj-rudaki"}


def test_a_namesake_far_away_is_not_taken(tmp_path):
    far = frame(["Rudaki", "Shamsiddin Shohin"], [shapely.box(72, 38, 72.4, 38.1), SHOHIN])
    assert set(areas_of(written(tmp_path, far)).polygons) == {"tj-shohin"}


def test_another_crs_is_reprojected(tmp_path, two):
    areas = areas_of(written(tmp_path, two.to_crs("EPSG:32642"), "utm.gpkg"))
    assert areas.district("tj-shohin").geometry.bounds == pytest.approx(SHOHIN.bounds, abs=1e-6)


def test_a_polygon_that_crosses_itself_is_made_valid(tmp_path):
    bowtie = shapely.Polygon([(68.4, 38.2), (68.8, 38.5), (68.8, 38.2), (68.4, 38.5)])
    assert areas_of(written(tmp_path, frame(["Rudaki"], [bowtie]))).district("tj-rudaki").geometry.is_valid


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BoundaryError, match="no such file"):
        read_boundaries(tmp_path / "none.geojson")


@pytest.mark.parametrize("text", ["", "not a boundary file", '{"type": "FeatureCollection", "features": ['])
def test_an_unreadable_file_is_refused(tmp_path, text):
    path = tmp_path / "broken.geojson"
    path.write_text(text)
    with pytest.raises(BoundaryError, match="cannot be read"):
        read_boundaries(path)


def test_an_archive_without_geodata_is_refused(tmp_path):
    path = tmp_path / "texts.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("readme.txt", "nothing")
    with pytest.raises(BoundaryError, match="no GeoJSON, GPKG or shapefile"):
        read_boundaries(path)


def test_points_are_no_districts(tmp_path):
    with pytest.raises(BoundaryError, match="no polygons but Point"):
        read_boundaries(written(tmp_path, frame(["Rudaki"], [shapely.Point(68.6, 38.3)])))


def test_metres_without_a_crs_are_recognised(tmp_path, two):
    path = written(tmp_path, two.to_crs("EPSG:32642"), "metres.shp")
    path.with_suffix(".prj").unlink()
    with pytest.raises(BoundaryError, match="look like metres"):
        read_boundaries(path)


def test_degrees_without_a_crs_are_taken_as_such(tmp_path, two):
    path = written(tmp_path, two, "bare.shp")
    path.with_suffix(".prj").unlink()
    assert set(areas_of(path).polygons) == {"tj-shohin", "tj-rudaki"}


def test_swapped_axes_are_recognised(tmp_path, two):
    turned = two.set_geometry(shapely.transform(two.geometry.array, lambda xy: xy[:, ::-1]))
    with pytest.raises(BoundaryError, match="swapped"):
        read_boundaries(written(tmp_path, turned.set_crs("EPSG:4326", allow_override=True)))


def test_another_part_of_the_world_is_refused(tmp_path):
    with pytest.raises(BoundaryError, match="lies elsewhere"):
        read_boundaries(written(tmp_path, frame(["Rudaki"], [shapely.box(8, 46, 9, 47)])))


def test_a_file_in_which_no_district_is_known_is_refused(tmp_path):
    path = written(tmp_path, frame(["Atlantis"], [shapely.box(66, 34, 66.1, 34.1)]))
    with pytest.raises(BoundaryError, match=r"none of its 1 polygons is a district.*Atlantis"):
        areas_of(path)


@pytest.mark.skipif("PANJMAP_SHARED" not in os.environ, reason="PANJMAP_SHARED is not set: no reference boundaries")
@pytest.mark.parametrize("name", ["geoBoundaries-TJK-ADM2.geojson", "geoBoundaries-TJK-ADM2-all.zip"])
def test_every_tajik_district_of_the_gazetteer_is_found_in_geoboundaries(name):
    areas = areas_of(Path(os.environ["PANJMAP_SHARED"]) / "reference" / name)
    assert areas.set_name == "geoBoundaries TJK ADM2"
    wanted = {place.place_id for place in TABLES.places if place.level == "district" and place.country == "TJ"}
    assert set(areas.polygons) == wanted
    assert areas.district("tj-vahdat-district").geometry.contains(shapely.Point(69.02056, 38.55306))


def test_names_of_the_set_and_of_its_districts_are_cleaned_as_all_text_is(tmp_path):
    turned = frame(["Shuro-obod\N{RIGHT-TO-LEFT OVERRIDE} District"], [SHOHIN], field="name")
    found = read_boundaries(written(tmp_path, turned, "set\N{RIGHT-TO-LEFT OVERRIDE}.geojson"))
    assert found.set_name == "set\N{REPLACEMENT CHARACTER}.geojson"
    assert found.names == ("Shuro-obod\N{REPLACEMENT CHARACTER} District",)


def square(*ring: tuple[float, float]) -> dict:
    shape = {"type": "Polygon", "coordinates": [[list(at) for at in ring]]}
    return {"type": "Feature", "properties": {"name": "Shamsiddin Shohin"}, "geometry": shape}


@pytest.mark.parametrize(
    ("feature", "reason"),
    [
        (square((float("nan"), 38.0), (70.3, 38.0), (70.3, 38.3), (float("nan"), 38.0)), "cannot be read|no numbers"),
        (square((70.0, 38.0), (70.0, 38.0), (70.0, 38.0), (70.0, 38.0)), "polygons have no area"),
        ({"type": "Feature", "properties": {"name": "x"}, "geometry": None}, "no polygons, or empty ones"),
    ],
)
def test_outlines_that_are_none_are_refused_in_words(tmp_path, feature, reason):
    file = tmp_path / "odd.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    with pytest.raises(BoundaryError, match=reason):
        read_boundaries(file)


def test_a_folder_is_no_boundary_file_and_is_called_a_folder(tmp_path):
    with pytest.raises(BoundaryError, match="it is a folder"):
        read_boundaries(tmp_path)
