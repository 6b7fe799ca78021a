"""Do no harm: everything that panjmap writes for the public, with all that is packed inside unpacked.

The tables are those of the five reports, searches of a house at an address with coordinates, and a record that is
withheld. Nothing finer than a district may come out for the searches, nothing at all of the withheld record, and no 30
characters in a row of any report. That is looked for in three ways: by the words and the numbers, however they are
written; by what is drawn; and by changing what is hidden, which may not change one byte of the package.
"""

from __future__ import annotations

import html
import io
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

import geopandas
import numpy as np
import pytest
import shapely
from made_reports import FIRST, RAIDS, REPORTS, SECOND, Hidden, made_tables, write_folder, write_reports
from package_reader import runs, texts_in
from page_reader import read_page

from panjmap.data import publish
from panjmap.data.model import Tables
from panjmap.data.tables import PACKAGED
from panjmap.render.columns import unpack
from panjmap.render.diff import read_difference
from panjmap.render.diff_html import as_page
from panjmap.render.diff_text import as_dict as diff_dict
from panjmap.render.diff_text import as_text as diff_text
from panjmap.render.embed import embed_page, snippet
from panjmap.render.export import FORMATS, export_bytes
from panjmap.render.incident_map import IncidentMap
from panjmap.render.kit import kit_files
from panjmap.render.manifest import manifest
from panjmap.render.prepare import read_scene
from panjmap.render.read_trace import read_trace
from panjmap.render.scene import Scene

#: Kilometres in which no number may point at what is hidden.
NEAR_KM = 0.5

Files = Mapping[str, bytes]


def quick(made: Scene, folder: Path) -> dict[str, bytes]:
    """What is made in a moment: page, frame, exports, notebook, manifest, answers of commands."""
    page = IncidentMap(made)
    files = {"map.html": page.get_root().render().encode(), "embed.html": embed_page(made)}
    files |= {"snippet.html": snippet(made).encode(), "notebook.html": page._repr_html_().encode()}
    files |= {"notebook.txt": repr(page).encode(), "note.txt": made.published.note.encode()}
    files["manifest.json"] = manifest(made, {"map.html": files["map.html"]})
    for name in FORMATS:
        exported = export_bytes(made, name)
        files |= {f"{name}{ending}": data for ending, data in exported.files.items()}
        files[f"{name}-notes.txt"] = "\n".join(exported.notes).encode()
    changed = read_difference(PACKAGED, folder)
    files |= {"diff.txt": diff_text(changed).encode(), "diff.html": as_page(changed).encode()}
    files["diff.json"] = json.dumps(diff_dict(changed), ensure_ascii=False).encode()
    for record in (RAIDS, made.rows[0].record_id, None):
        answer = read_trace(record, data=folder, total=record is None)
        files[f"trace-{record}.txt"] = answer.lines.encode()
        files[f"trace-{record}.json"] = json.dumps(answer.as_dict, ensure_ascii=False).encode()
    return files


def package(folder: Path) -> tuple[Scene, dict[str, bytes]]:
    """Everything that is written for the public from a folder of tables."""
    made = read_scene(folder)
    return made, quick(made, folder) | {f"kit/{name}": data for name, data in kit_files(made).items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return write_folder(tmp_path_factory.mktemp("public") / "data", made_tables())


@pytest.fixture(scope="module")
def public(folder) -> tuple[Scene, dict[str, bytes]]:
    return package(folder)


@pytest.fixture(scope="module")
def texts(public) -> dict[str, list[str]]:
    return {name: list(texts_in(data)) for name, data in public[1].items()}


@pytest.fixture(scope="module")
def packaged_numbers() -> set[tuple[float, float]]:
    """Positions that stand in outputs of the packaged tables alone: the base map, mostly."""
    made = read_scene(PACKAGED)
    return {at for data in quick(made, PACKAGED).values() for at in positions(data)}


# ---- words


def plain(text: str) -> str:
    """Undo the ways in which a text may be written: escaped for HTML, an address or JSON; upper case; marks between."""
    told = html.unescape(unquote(re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)))
    return re.sub(r"[\u00ad\u200b-\u200d\ufeff]", "", told.casefold())


def told(pages: Mapping[str, list[str]], hidden: Hidden) -> set[tuple[str, str]]:
    """Find the words that must not come out, by file."""
    words = [plain(word) for word in hidden.words]
    return {
        (name, word) for name, found in pages.items() for text in map(plain, found) for word in words if word in text
    }


def test_no_word_of_what_is_hidden_is_in_any_file(texts):
    assert told(texts, FIRST) == set()


@pytest.mark.parametrize(
    "written",
    [
        "GULZAMIN",
        "%D0%93ulzamin %47ulzamin",
        "Gul\u200bzamin",
        "&#71;ulzamin",
        "\\u0047ulzamin",
        "зАРҲАЛҚА",
        "mill.Example",
    ],
)
def test_a_word_is_found_however_it_is_written(written):
    assert told({"x": [written]}, FIRST)


# ---- numbers


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    east = (one[0] - other[0]) * math.cos(math.radians(one[1])) * 111.32
    return math.hypot(east, (one[1] - other[1]) * 110.57)


def pairs(numbers: np.ndarray) -> np.ndarray:
    """Neighbours in both orders, shape (n, 2)."""
    near = np.stack([numbers[:-1], numbers[1:]], axis=1)
    return np.concatenate([near, near[:, ::-1]])


def in_degrees(numbers: list[float]) -> Iterator[np.ndarray]:
    """Read numbers as positions in every way in which this project or a map library writes them."""
    values = np.array(numbers, dtype=float)
    if len(values) < 2:
        return
    yield pairs(values)
    for scale in (1e4, 1e5, 1e6, 1e7):
        yield pairs(values / scale)
    radius = 6378137.0  # spherical Mercator, in metres and in parts of the world from 0 to 1
    for at in (pairs(values), (pairs(values) - 0.5) * np.array([1, -1]) * 2 * np.pi * radius):
        with np.errstate(over="ignore"):
            north = np.degrees(2 * np.arctan(np.exp(np.clip(at[:, 1] / radius, -50, 50))) - np.pi / 2)
        yield np.stack([np.degrees(at[:, 0] / radius), north], axis=1)
    for skip in (0, 1):  # steps from one position to the next
        steps = values[skip:][: (len(values) - skip) // 2 * 2].reshape(-1, 2).cumsum(axis=0)
        for scale in (1.0, 1e4, 1e5, 1e6):
            yield steps / scale
    yield np.stack([values[:-1], values[1:]], axis=1).cumsum(axis=0) / 1e5


def number_lists(data: bytes) -> Iterator[list[float]]:
    """Lists of numbers in a file: in texts in the order in which they stand, in blocks of a page also decoded."""
    for text in texts_in(data):
        yield [float(number) for number in re.findall(r"-?\d{1,9}(?:\.\d{1,9})?", text)]
    if data.lstrip().startswith(b"<!doctype html"):
        for block in read_page(data.decode()).blocks.values():
            yield from _lists(block)
            columns = [column for column in _columns(block) if column.get("kind") == "delta32"]
            decoded = {column["name"]: _delta(column["bytes"]) for column in columns}
            yield from decoded.values()
            if {"lon", "lat"} <= decoded.keys():
                yield [x for at in zip(decoded["lon"], decoded["lat"], strict=True) for x in at]


def _lists(value: object) -> Iterator[list[float]]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _lists(inner)
    elif isinstance(value, list):
        if value and all(isinstance(one, int | float) for one in value):
            yield [float(one) for one in value]
        for inner in value:
            yield from _lists(inner)


def _columns(value: object) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if {"name", "kind", "bytes"} <= value.keys():
            yield value
        for inner in value.values():
            yield from _columns(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _columns(inner)


def _delta(packed: str) -> list[float]:
    planes = np.frombuffer(unpack(packed), np.uint8).reshape(4, -1)
    steps = np.ascontiguousarray(planes.T).view("<i4").ravel().astype(np.int64)
    return [float(value) for value in steps.cumsum()]


def positions(data: bytes) -> set[tuple[float, float]]:
    """Positions in a file that lie in the land around what is hidden: within 5 km of it."""
    found: set[tuple[float, float]] = set()
    for numbers in number_lists(data):
        for at in in_degrees(numbers):
            for x, y in (FIRST.house, FIRST.mill_at):
                close = at[(np.abs(at[:, 0] - x) < 0.01) & (np.abs(at[:, 1] - y) < 0.01)]
                found |= {(round(float(a), 7), round(float(b), 7)) for a, b in close}
    return found


def pointed_at(files: Files, known: set[tuple[float, float]]) -> set[tuple[str, tuple[float, float]]]:
    """Find positions near what is hidden that the packaged tables alone do not give."""
    return {
        (name, at)
        for name, data in files.items()
        for at in positions(data) - known
        if min(kilometres(at, FIRST.house), kilometres(at, FIRST.mill_at)) < NEAR_KM
    }


def test_no_number_in_any_file_points_at_what_is_hidden(public, packaged_numbers):
    assert pointed_at(public[1], packaged_numbers) == set()


@pytest.mark.parametrize(
    "written",
    [
        "at 38.4123, 68.5235",
        "[6852347,3841235]",
        '{"polygons":[[685200,384100,35,23,-20,10]]}',
        "POINT (68.52347 38.41235)",
        f"{68.5234 * 111319.490793:.1f} {6378137 * math.log(math.tan(math.radians(45 + 38.4123 / 2))):.1f}",
    ],
)
def test_a_position_is_found_however_it_is_written(written):
    assert pointed_at({"x": written.encode()}, set())


# ---- what is drawn


def areas(made: Scene) -> shapely.Geometry:
    (row,) = [row for row in made.rows if row.record_id == RAIDS]
    return shapely.union_all([made.areas.outline(place).geometry for place in row.place_ids])


def test_the_searches_are_drawn_as_districts_and_nothing_finer(public, tmp_path):
    made, files = public
    (tmp_path / "x.gpkg").write_bytes(files["gpkg.gpkg"])
    whole = areas(made)
    assert {place.level.value for place in made.published.tables.places if place.place_id in _places(made)} == {
        "district"
    }
    read: dict[str, Callable[[bytes], geopandas.GeoDataFrame]] = {
        "geojson.geojson": lambda data: geopandas.read_file(io.BytesIO(data)),
        "gpkg.gpkg": lambda _data: geopandas.read_file(tmp_path / "x.gpkg", layer="incidents_areas"),
        "geoparquet.parquet": lambda data: geopandas.read_parquet(io.BytesIO(data)),
    }
    for name, reader in read.items():
        frame = reader(files[name])
        (shape,) = frame[frame["record_id"] == RAIDS].geometry
        assert shape.hausdorff_distance(whole) < 1e-4, name


def _places(made: Scene) -> tuple[str, ...]:
    return next(row.place_ids for row in made.rows if row.record_id == RAIDS)


def test_the_symbol_of_the_searches_stands_on_the_edge_of_a_district(public):
    made, _ = public
    (drawn,) = [drawing for drawing in made.drawn if drawing.row.record_id == RAIDS]
    block = read_page(public[1]["map.html"].decode()).blocks["panjmap-data"]
    columns = {column["name"]: column for column in _columns(block)}
    ids = json.loads(unpack(columns["id"]["values"])) if isinstance(columns["id"].get("values"), str) else None
    at = [row.record_id for row in made.rows].index(RAIDS)
    assert ids is None or ids[at] == RAIDS
    lon, lat = (_delta(columns[name]["bytes"])[at] / 1e5 for name in ("lon", "lat"))
    assert drawn.area is not None
    assert areas(made).boundary.distance(shapely.Point(lon, lat)) < 1e-3
    assert kilometres((lon, lat), FIRST.house) > 5


# ---- changing what is hidden changes nothing


def test_the_package_is_the_same_whatever_is_hidden(public, tmp_path):
    _, other = package(write_folder(tmp_path / "data", made_tables(hidden=SECOND)))
    assert other.keys() == public[1].keys()
    assert [name for name in other if other[name] != public[1][name]] == []


# ---- words of reports


def test_no_run_of_an_invented_report_is_in_any_file_though_its_text_is_at_hand(folder, texts, tmp_path):
    assert runs((text for found in texts.values() for text in found), REPORTS.values()) == set()
    inside = read_scene(folder, internal=True, reports=write_reports(tmp_path / "texts"))
    page = IncidentMap(inside).get_root().render().encode()
    assert len(runs(texts_in(page), REPORTS.values())) > 3  # it can be found


def test_no_run_of_a_report_is_in_any_file(shared, texts):
    found = [path.read_text("utf-8") for path in sorted((shared / "reports").glob("*.txt"))]
    assert len(found) == 5
    assert {name: copied for name, told in texts.items() if (copied := runs(told, found))} == {}


# ---- all of this can fail


def _identity(tables: Tables, _ids: object) -> Tables:
    return tables


@pytest.mark.parametrize("broken", ["generalise", "_withhold"])
def test_without_protection_all_of_it_is_found(monkeypatch, folder, packaged_numbers, broken):
    monkeypatch.setattr(publish, broken, _identity)
    made = read_scene(folder)
    files = {"map.html": IncidentMap(made).get_root().render().encode()}
    files |= {f"csv{ending}": data for ending, data in export_bytes(made, "csv").files.items()}
    assert len({word for _, word in told({n: list(texts_in(data)) for n, data in files.items()}, FIRST)}) > 2
    if broken == "generalise":
        assert {name for name, _ in pointed_at(files, packaged_numbers)} >= {"map.html", "csv.csv"}
