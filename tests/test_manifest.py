"""The manifest beside a map: what it says, that it tells no more than may be told, and how a map is checked by it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panjmap.cli import main
from panjmap.data.errors import ManifestError
from panjmap.data.tables import PACKAGED, TABLE_FILES
from panjmap.render.manifest import PACKAGES, versions
from panjmap.render.read_manifest import read_manifest

ROOT = Path(__file__).resolve().parents[1]


def run(*arguments: str | Path):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def verified(folder: Path, *more: str | Path) -> dict:
    done = run("verify", "--manifest", folder / "manifest.json", "--json", *more)
    found = json.loads(done.stdout)
    assert done.exit_code == int(not found["fine"]), done.output
    return found


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    assert run("build", "--out", folder / "map.html").exit_code == 0
    return folder


@pytest.fixture
def copy(built, tmp_path) -> Path:
    folder = tmp_path / "copy"
    shutil.copytree(built, folder)
    return folder


@pytest.fixture(scope="module")
def manifest(built) -> dict:
    return json.loads((built / "manifest.json").read_text("utf-8"))


@pytest.fixture
def own(tmp_path) -> Path:
    assert run("init", tmp_path / "own").exit_code == 0
    return tmp_path / "own"


def append(folder: Path, table: str, line: str) -> None:
    with (folder / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(f"{line}\n")


# ---------------------------------------------------------------- what it says


def test_every_input_and_output_has_its_sum_and_size(built, manifest):
    assert manifest["outputs"] == {
        "map.html": {"sha256": sha(built / "map.html"), "bytes": len((built / "map.html").read_bytes())}
    }
    tables = manifest["inputs"]["tables"]
    assert set(tables) == set(TABLE_FILES)
    for name, said in tables.items():
        assert (said["sha256"], said["bytes"]) == (sha(PACKAGED / name), (PACKAGED / name).stat().st_size)
    for name, said in manifest["inputs"]["basemap"].items():
        assert said["sha256"] == sha(ROOT / "data" / "basemap" / name)
    assets = manifest["inputs"]["assets"]
    assert {path.name for path in (ROOT / "render" / "assets").iterdir()} <= set(assets)
    assert {"en.json", "Leaflet/leaflet.js"} <= set(assets)


def test_the_versions_are_those_that_the_bytes_depend_on(manifest):
    lock = dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", (ROOT / "requirements.txt").read_text("utf-8"), re.M))
    assert set(PACKAGES) <= set(lock)
    assert set(manifest["versions"]) == {*PACKAGES, "GEOS", "PROJ", "panjmap", "code"}
    assert manifest["versions"] == versions(["tables"])
    assert {"GDAL", "pyogrio", "pyarrow"} <= set(versions(["districts", "rows"]))


def test_nothing_of_machine_user_or_moment_is_in_it(built):
    text = (built / "manifest.json").read_text("utf-8")
    home = Path.home().name
    assert str(built) not in text
    assert str(ROOT) not in text
    assert not re.search(r"\"[^\"]*(/home/|/tmp/|/root|C:\\\\)", text)
    assert home == "root" or home not in text
    assert not re.search(r"20\d\d-\d\d-\d\dT\d\d", text)


def test_another_environment_gives_the_same_manifest(built, tmp_path):
    command = [sys.executable, "-c", "from panjmap.cli import main; main()", "build", "--out", "map.html"]
    other = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Dushanbe", "LC_ALL": "C", "HOME": str(tmp_path)}
    subprocess.run(command, cwd=tmp_path, env=other, check=True, capture_output=True)
    assert (tmp_path / "manifest.json").read_bytes() == (built / "manifest.json").read_bytes()


WITHHELD = "SECRET-9,attack,armed_attack,armed_attack,Hidden,,,unknown,not given,withhold,,"


def test_a_table_with_something_to_hide_gives_no_sum_by_which_it_could_be_guessed(own, tmp_path):
    append(own, "records", WITHHELD)
    append(own, "record_places", "SECRET-9,darbandak,event")
    append(own, "speakers", "new-speaker,Somebody new,government,,")
    assert run("build", "--data", own, "--out", tmp_path / "map.html").exit_code == 0
    tables = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["inputs"]["tables"]
    assert {name for name, said in tables.items() if "sha256" not in said} == {"records.csv", "record_places.csv"}
    assert all("bytes" not in tables[name] for name in ("records.csv", "record_places.csv"))
    assert all("published_sha256" in said for said in tables.values())
    text = (tmp_path / "manifest.json").read_text("utf-8")
    assert sha(own / "records.csv") not in text
    assert sha(own / "record_places.csv") not in text
    assert tables["speakers.csv"]["sha256"] == sha(own / "speakers.csv")
    assert verified(tmp_path, "--data", own)["fine"]
    # The withheld record may change: the map says nothing of it.
    (own / "records.csv").write_text((own / "records.csv").read_text("utf-8").replace("Hidden", "Hiding"), "utf-8")
    assert verified(tmp_path, "--data", own)["fine"]


# ---------------------------------------------------------------- a map by its manifest


def test_a_map_as_it_was_built_is_fine(built):
    found = verified(built)
    assert (found["fine"], found["rebuilt"], found["verdict"]) == (True, "same", "map.html is what the data gives")
    assert {part["status"] for part in (*found["outputs"], *found["inputs"], *found["versions"])} == {"same"}


def test_one_changed_character_is_found(copy):
    path = copy / "map.html"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"6 workers", b"7 workers", 1))
    found = verified(copy)
    assert [part["status"] for part in found["outputs"]] == ["changed"]
    assert found["rebuilt"] == "same"
    assert found["verdict"].startswith("map.html was changed since it was written")


def test_a_missing_map_and_one_that_is_a_link_are_named(copy, built):
    (copy / "map.html").unlink()
    assert [part["status"] for part in verified(copy)["outputs"]] == ["missing"]
    (copy / "map.html").symlink_to(built / "map.html")
    assert [part["status"] for part in verified(copy)["outputs"]] == ["link"]


def test_a_changed_table_is_named_and_explains_the_difference(copy, own):
    path = own / "claims.csv"
    path.write_text(
        path.read_text("utf-8").replace(
            "C026,eurasianet-2025-12-02,TJ-AF-2025-11-26-A,,killed,role: workers,3,3",
            "C026,eurasianet-2025-12-02,TJ-AF-2025-11-26-A,,killed,role: workers,3,4",
            1,
        ),
        "utf-8",
        newline="",
    )
    assert path.read_bytes() != (PACKAGED / "claims.csv").read_bytes()
    found = verified(copy, "--data", own)
    assert [part["name"] for part in found["inputs"] if part["status"] != "same"] == ["claims.csv"]
    assert found["rebuilt"] == "differs"
    assert "inputs differ (claims.csv)" in found["verdict"]


def test_a_table_that_is_only_written_otherwise_gives_the_same_map(copy, own):
    path = own / "records.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    found = verified(copy, "--data", own)
    assert [(part["name"], part["status"]) for part in found["inputs"] if part["status"] != "same"] == [
        ("records.csv", "form")
    ]
    assert found["fine"]


def change(folder: Path, **values: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | values), "utf-8")


def test_other_versions_are_named(copy, manifest):
    change(copy, versions=manifest["versions"] | {"numpy": "1.0", "code": "0" * 64})
    found = verified(copy)
    assert [part["name"] for part in found["versions"] if part["status"] != "same"] == ["code", "numpy"]
    assert found["fine"]  # and yet the bytes are the same


def test_a_map_and_manifest_forged_together_are_found_out(copy, manifest):
    path = copy / "map.html"
    path.write_bytes(path.read_bytes().replace(b"6 workers", b"7 workers", 1))
    forged = {"sha256": sha(path), "bytes": len(path.read_bytes())}
    change(copy, map={"file": "map.html", **forged}, outputs={"map.html": forged})
    found = verified(copy)
    assert [part["status"] for part in found["outputs"]] == ["same"]
    assert found["rebuilt"] == "differs"
    assert "nothing explains it" in found["verdict"]


def test_a_changed_statement_of_the_manifest_is_named(copy, manifest):
    change(copy, withheld=3)
    found = verified(copy)
    assert (found["told"], found["fine"]) == (["withheld"], False)
    assert "the manifest itself was changed: withheld" in found["verdict"]


def test_a_manifest_of_an_older_panjmap_is_checked_as_far_as_it_goes(copy, manifest):
    old = {
        key: manifest[key] for key in ("map", "data_version", "rows", "records", "generalised", "withheld", "districts")
    }
    (copy / "manifest.json").write_text(json.dumps(old), "utf-8")
    found = verified(copy)
    assert [part["status"] for part in found["outputs"]] == ["same"]
    assert (found["rebuilt"], found["fine"]) == ("not_done", False)
    assert "older panjmap" in found["verdict"]


def test_inputs_that_cannot_be_read_do_not_hide_what_is_known_of_the_output(copy, own):
    (own / "claims.csv").unlink()
    found = verified(copy, "--data", own)
    assert [part["status"] for part in found["outputs"]] == ["same"]
    assert "claims.csv" in found["why_not"]


def test_a_boundary_file_has_to_be_named_again(copy, tmp_path, manifest):
    change(copy, inputs=manifest["inputs"] | {"districts": {"adm2.geojson": {"sha256": "0" * 64, "bytes": 1}}})
    assert "--districts" in verified(copy)["why_not"]


HOSTILE = {
    "not json": b"{",
    "html": b"<!doctype html>",
    "empty": b"",
    "list": b"[]",
    "text": b'"map"',
    "no map": b"{}",
    "latin": b'{"map": "\xe9"}',
    "nan": b'{"map": {"file": "map.html", "sha256": NaN}}',
    "twice": b'{"map": 1, "map": {"file": "map.html"}}',
    "deep": b"[" * 200_000,
    "deep objects": b'{"a":' * 200_000,
    "long number": b'{"format": ' + b"9" * 10_000 + b"}",
    "huge format": b'{"format": 1e999}',
    "other format": b'{"format": 999}',
    "no sum": b'{"map": {"file": "map.html"}}',
    "number for a sum": b'{"map": {"file": "map.html", "sha256": 5}}',
    "surrogate": b'{"map": {"file": "\\ud800", "sha256": "' + b"0" * 64 + b'"}}',
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_manifest_is_refused_in_one_line(tmp_path, case):
    path = tmp_path / "manifest.json"
    path.write_bytes(HOSTILE[case])
    done = run("verify", "--manifest", path)
    assert done.exit_code == 1, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "..", ".", "", "a/b", "a\\b", "C:x", "a\nb", "a\u0000"]
)
@pytest.mark.parametrize("places", [("map",), ("outputs",), ("map", "outputs")])
def test_a_path_in_place_of_a_name_is_refused(copy, manifest, name, places):
    said = manifest["outputs"]["map.html"]
    both = {"map": {"file": name, **said}, "outputs": {name: said}}
    change(copy, **{place: both[place] for place in places})
    done = run("verify", "--manifest", copy / "manifest.json")
    assert done.exit_code == 1
    assert "no plain name of a file" in done.stderr


def test_a_key_that_stands_twice_is_named(copy):
    path = copy / "manifest.json"
    path.write_text(path.read_text("utf-8").replace("{", '{"withheld": 0, ', 1), "utf-8")
    done = run("verify", "--manifest", path)
    assert done.exit_code == 1
    assert '"withheld" stands twice' in done.stderr


@pytest.mark.parametrize(
    "values",
    [
        {"inputs": []},
        {"inputs": {"tables": 5}},
        {"inputs": {"a\nerror: b": 5}},
        {"inputs": {"tables": {"claims.csv": "x"}}},
        {"inputs": {"tables": {"claims.csv": {"sha256": "../x"}}}},
        {"versions": {"numpy": 5}},
        {"versions": None},
        {"options": "x"},
        {"outputs": {}},
        {"outputs": {"map.html": {}}},
        {"format": True},
        {"format": "1"},
    ],
)
def test_wrong_types_are_refused_with_their_place(copy, values):
    change(copy, **values)
    done = run("verify", "--manifest", copy / "manifest.json")
    assert done.exit_code == 1
    assert "Fix:" in done.stderr
    assert done.stderr.count("\n") == 1


def test_options_of_wrong_types_are_as_good_as_none(copy):
    change(copy, options={"title": 5, "lang": [], "name_field": {}, "embed": "yes"})
    assert verified(copy)["told"] == ["options"]


def test_a_manifest_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "manifest.json"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 33 * 1024 * 1024)
    done = run("verify", "--manifest", path)
    assert done.exit_code == 1
    assert "more than 33,554,432 bytes" in done.stderr


def test_the_command_takes_one_of_two(tmp_path):
    assert run("verify").exit_code == 2
    assert run("verify", "--reports", tmp_path, "--manifest", tmp_path / "m").exit_code == 2
    assert run("verify", "--manifest", tmp_path / "m", "--quotes").exit_code == 2
    missing = run("verify", "--manifest", tmp_path / "m.json")
    assert missing.exit_code == 1
    assert "there is no such file" in missing.stderr


def test_an_internal_map_is_built_again_as_one(own, tmp_path):
    append(own, "records", WITHHELD)
    assert run("build", "--data", own, "--internal", "--out", tmp_path / "map.html").exit_code == 0
    path = tmp_path / "manifest.internal.json"
    said = json.loads(path.read_text("utf-8"))
    assert said["internal"] is True
    assert said["inputs"]["tables"]["records.csv"]["sha256"] == sha(own / "records.csv")
    done = run("verify", "--manifest", path, "--data", own)
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "map.internal.html is what the data gives.")


ROWS = (
    "id,date,latitude,longitude,precision,type,killed,title\n"
    "A1,2025-11-26,37.9,69.78,settlement,armed_attack,3,Clash one\n"
)


def imported(folder: Path, text: str) -> Path:
    (folder / "r.csv").write_text(text, "utf-8")
    done = run(
        "import", folder / "r.csv", "--to", folder / "rows.parquet", "--dataset", "own", "--licence", "CC0", "--yes"
    )
    assert done.exit_code == 0, done.output
    return folder / "rows.parquet"


def test_a_map_with_imported_rows_needs_the_same_rows(tmp_path):
    rows = imported(tmp_path, ROWS)
    assert run("build", "--rows", rows, "--out", tmp_path / "map.html").exit_code == 0
    assert verified(tmp_path, "--rows", rows)["fine"]
    assert "--rows FILE" in verified(tmp_path)["verdict"]
    changed = verified(tmp_path, "--rows", imported(tmp_path, ROWS.replace(",3,", ",4,")))
    assert "inputs differ (rows.parquet)" in changed["verdict"]
    assert "leave it out" in verified_other(tmp_path, rows)["why_not"]


def verified_other(folder: Path, rows: Path) -> dict:
    """Build without rows, and check with them."""
    assert run("build", "--out", folder / "map.html").exit_code == 0
    return verified(folder, "--rows", rows)


def test_rows_with_something_to_hide_give_no_sum_by_which_it_could_be_guessed(tmp_path):
    street = ROWS + "A2,2025-11-27,38.56123,68.78456,site,house_searches,,Search in a street\n"
    rows = imported(tmp_path, street)
    assert run("build", "--rows", rows, "--out", tmp_path / "map.html").exit_code == 0
    said = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert set(said["inputs"]["rows"]["rows.parquet"]) == {"published_sha256"}
    assert verified(tmp_path, "--rows", rows)["fine"]
    # The street may be another one: the map says nothing of it.
    assert verified(tmp_path, "--rows", imported(tmp_path, street.replace("38.56123", "38.56124")))["fine"]
    assert not verified(tmp_path, "--rows", imported(tmp_path, street.replace("Clash one", "Clash two")))["fine"]


def test_an_imported_row_is_traced_to_its_file(tmp_path):
    done = run("trace", "own-A1", "--rows", imported(tmp_path, ROWS))
    assert done.exit_code == 0, done.output
    assert "as the imported row has it" in done.stdout
    assert "row 2 of r.csv" in done.stdout
    assert "records.csv" not in done.stdout


def test_a_map_with_a_boundary_file_needs_the_same_boundaries(tmp_path):
    import geopandas
    import shapely

    shapes = [shapely.box(69.6, 37.5, 70.4, 38.3), shapely.box(68.5, 38.2, 69.0, 38.7)]
    frame = geopandas.GeoDataFrame({"shapeName": ["Shamsiddin Shohin", "Rudaki"]}, geometry=shapes, crs="EPSG:4326")
    path = tmp_path / "set.shp"
    frame.to_file(path)
    assert run("build", "--districts", path, "--out", tmp_path / "map.html").exit_code == 0
    said = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert {"set.shp", "set.shx", "set.dbf", "set.prj"} <= set(said["inputs"]["districts"])
    assert {"GDAL", "pyogrio"} <= set(said["versions"])
    assert verified(tmp_path, "--districts", path)["fine"]
    frame.geometry = frame.geometry.translate(0.05, 0.05)
    frame.to_file(path)
    changed = verified(tmp_path, "--districts", path)
    assert "set.shp" in changed["verdict"]
    assert changed["rebuilt"] == "differs"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_manifest_with_anything_in_it_is_read_or_refused(data, copy, manifest):
    changed = json.loads(json.dumps(manifest))
    at, keys = changed, []
    while isinstance(at, dict) and at and (not keys or data.draw(st.booleans())):
        keys.append(data.draw(st.sampled_from(sorted(at))))
        holder, at = at, at[keys[-1]]
    holder[keys[-1]] = data.draw(JSON)
    path = copy / "manifest.json"
    path.write_text(json.dumps(changed), "utf-8")
    refused, names = "Fix: ", []
    try:
        names = list(read_manifest(path).outputs)
    except ManifestError as error:
        refused = str(error)
    assert "Fix: " in refused
    assert "\n" not in refused
    assert all(Path(name).name == name for name in names)
