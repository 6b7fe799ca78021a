"""`panjmap import`: rows in = rows out + rows rejected, all problems in one run, and nothing half-written."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import panjmap
from panjmap.cli import main
from panjmap.data.csv_text import csv_text
from panjmap.data.exchange_acled import ACLED_COLUMNS
from panjmap.data.exchange_ged import GED_COLUMNS
from panjmap.data.intake.importing import REJECT_COLUMNS, import_rows
from panjmap.data.intake.log import RowErrors
from panjmap.data.intake.parquet import COLUMNS, RowsFileError, read_rows
from panjmap.data.limits import Limits, in_force

HEADER = "id,date,lat,lon,place,title,text,type,killed,precision,source_url\n"
GOOD = "A1,2025-11-26,37.75,70.0,Kavo,A title,A text,drone strike,3,settlement,https://example.org/\n"


def run(*arguments: object):
    return CliRunner().invoke(main, ["import", *map(str, arguments)])


def written(folder, text: str, name: str = "cases.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def imported(folder, text: str, *options: str):
    """Import a CSV text; the result, and the rows by id."""
    result = run(written(folder, text), "--to", folder / "rows.parquet", *options)
    assert result.exit_code == 0, result.stderr
    return result, {row.row_id: row for row in read_rows(folder / "rows.parquet").rows}


def test_a_row_comes_out_as_it_went_in(tmp_path):
    result, rows = imported(tmp_path, HEADER + GOOD)
    row = rows["A1"]
    assert (str(row.date_start), str(row.date_end), row.date_precision) == ("2025-11-26", "2025-11-26", "day")
    assert (row.lon, row.lat, row.precision, row.type, row.type_as_written) == (
        *(70.0, 37.75, "settlement"),
        *("drone_strike", "drone strike"),
    )
    assert (row.killed_low, row.killed_high, row.killed_best, row.place) == (3, 3, 3, "Kavo")
    assert "1 row read = 1 imported" in result.stdout
    assert result.stderr == ""


def test_the_file_has_the_documented_columns_and_says_what_it_is(tmp_path):
    imported(tmp_path, HEADER + GOOD)
    table = pq.read_table(tmp_path / "rows.parquet")
    assert table.column_names == list(COLUMNS)
    assert table["source_file"].to_pylist() == ["cases.csv"]
    assert table["dataset"].to_pylist() == ["own"]
    about = read_rows(tmp_path / "rows.parquet").about
    assert (about.file, about.unit, about.read, about.rows, about.rejected) == ("cases.csv", "row", 1, 1, 0)


def test_other_columns_are_kept(tmp_path):
    text = "id,date,lat,lon,colour,=formula\n1,26 Nov 2025,37.75,70,red,=1+1\n"
    _, rows = imported(tmp_path, text)
    assert json.loads(rows["1"].other) == {"colour": "red", "=formula": "=1+1", "date": "26 Nov 2025"}


def test_the_same_file_gives_the_same_bytes(tmp_path):
    imported(tmp_path, HEADER + GOOD)
    first = (tmp_path / "rows.parquet").read_bytes()
    (tmp_path / "rows.parquet").unlink()
    imported(tmp_path, HEADER + GOOD)
    assert (tmp_path / "rows.parquet").read_bytes() == first


def test_one_error_stops_all_and_all_errors_are_told(tmp_path):
    old = tmp_path / "rows.parquet"
    old.write_bytes(b"as it was")
    rows = GOOD + GOOD.replace("A1", "A2").replace("2025-11-26", "11/12/2025") + "A3,,0,0,,,,,many,site,\n"
    result = run(written(tmp_path, HEADER + rows), "--to", old)
    assert result.exit_code == 1
    assert old.read_bytes() == b"as it was"
    for part in (
        "row 3, column date",
        "2025-12-11",
        "row 4, column lat and lon",
        "row 4, column killed",
        "2 of 3 rows",
    ):
        assert part in result.stderr
    assert "Traceback" not in result.stderr


def test_with_rejects_the_good_rows_are_kept_and_the_bad_ones_named(tmp_path):
    bad = 'A2,11/12/2025,37.75,70,=1+1,"two\nlines",,,x,,\n'
    result, rows = imported(tmp_path, HEADER + GOOD + bad, "--rejects", str(tmp_path / "bad.csv"))
    assert list(rows) == ["A1"]
    assert "2 rows read = 1 imported + 1 rejected" in result.stdout
    lines = list(csv.reader(io.StringIO((tmp_path / "bad.csv").read_text(encoding="utf-8-sig"))))
    assert tuple(lines[0]) == REJECT_COLUMNS
    assert [line[1:4] for line in lines[1:]] == [["3", "date", "11/12/2025"], ["3", "killed", "x"]]
    assert json.loads(lines[1][6])["place"] == "=1+1"
    about = read_rows(tmp_path / "rows.parquet").about
    assert (about.read, about.rows, about.rejected) == (2, 1, 1)


def test_nothing_is_written_over_the_input_or_itself(tmp_path):
    path = written(tmp_path, HEADER + GOOD, "cases.parquet")
    for options in (["--to", path], ["--to", tmp_path / "r.parquet", "--rejects", path]):
        result = run(path, *options)
        assert result.exit_code == 2
        assert "it is the file that is read" in result.stderr
    same = tmp_path / "r.parquet"
    assert run(path, "--to", same, "--rejects", same).exit_code == 2
    assert run(path, "--to", tmp_path / "rows.csv").exit_code == 2
    assert path.read_text(encoding="utf-8") == HEADER + GOOD


def test_a_file_that_is_not_there_is_one_message(tmp_path):
    result = run(tmp_path / "none.csv", "--to", tmp_path / "rows.parquet")
    assert result.exit_code == 1
    assert "none.csv" in result.stderr
    assert not (tmp_path / "rows.parquet").exists()


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", ".", "no/such/folder.csv"])
def test_a_name_that_is_no_file_is_one_message(name, tmp_path):
    result = run(name, "--to", tmp_path / "rows.parquet")
    assert result.exit_code in (1, 2)
    assert isinstance(result.exception, SystemExit), result.exception
    assert list(tmp_path.iterdir()) == []


def test_any_text_is_no_empty_table(tmp_path):
    done = run(written(tmp_path, "A sentence of a letter\n", "letter.txt"), "--to", tmp_path / "rows.parquet")
    assert done.exit_code == 1
    assert "letter.txt" in done.stderr
    assert not (tmp_path / "rows.parquet").exists()
    header, _ = imported(tmp_path, HEADER)
    assert "0 rows read" in header.stdout


def test_a_column_is_named_by_the_user(tmp_path):
    _, rows = imported(tmp_path, "a,b,c\n2025-11-26,37.5,70\n", "--map", "date=a", "--map", "lat=b", "--map", "lon=c")
    assert rows["row-2"].lat == 37.5
    result = run(tmp_path / "cases.csv", "--to", tmp_path / "r.parquet", "--map", "lat=bb")
    assert result.exit_code == 2


def acled(**cells: object) -> str:
    row = {"event_id_cnty": "TAJ1", "event_date": "26 November 2025", "time_precision": 1, "event_type": "Battles"}
    row |= {"sub_event_type": "Armed clash", "latitude": 37.6, "longitude": 70.0, "geo_precision": 2, "fatalities": 3}
    row |= {"location": "Kavo", "admin1": "Khatlon", "notes": "a note", "actor1": "somebody"} | cells
    return csv_text(ACLED_COLUMNS, [[row.get(name) for name in ACLED_COLUMNS]], bom=False)


def test_rows_of_acled_are_known_by_their_columns(tmp_path):
    result, rows = imported(tmp_path, acled())
    row = rows["TAJ1"]
    assert (row.precision, row.type, row.type_as_written, row.place) == (
        "district",
        "armed_clash",
        "Armed clash",
        "Kavo",
    )
    assert json.loads(row.other)["actor1"] == "somebody"
    assert json.loads(row.other)["geo_precision"] == "2"
    about = read_rows(tmp_path / "rows.parquet").about
    assert (about.dataset, about.public) == ("acled", False)
    assert "ACLED" in result.stdout
    _, rows = imported(tmp_path, acled(time_precision=3))
    assert (str(rows["TAJ1"].date_start), str(rows["TAJ1"].date_end)) == ("2025-11-01", "2025-11-30")


def test_rows_of_ged_are_known_by_their_columns(tmp_path):
    row = {"id": 7, "where_prec": 4, "date_prec": 1, "type_of_violence": 3, "date_start": "2019-06-01 00:00:00.000"}
    row |= {"date_end": "2019-06-02 00:00:00.000", "low": 1, "best": 2, "high": 4, "latitude": 37.6, "longitude": 70.0}
    _, rows = imported(tmp_path, csv_text(GED_COLUMNS, [[row.get(name) for name in GED_COLUMNS]], bom=False))
    found = rows["7"]
    assert (found.precision, found.type, found.killed_low, found.killed_best, found.killed_high) == (
        *("region", "armed_attack"),
        *(1, 2, 4),
    )
    assert (str(found.date_start), str(found.date_end), found.date_precision) == ("2019-06-01", "2019-06-02", "range")
    assert read_rows(tmp_path / "rows.parquet").about.dataset == "ged"


def test_a_data_set_of_its_own_needs_a_licence(tmp_path):
    path = written(tmp_path, HEADER + GOOD)
    assert run(path, "--to", tmp_path / "r.parquet", "--dataset", "mine").exit_code == 2
    assert run(path, "--to", tmp_path / "r.parquet", "--dataset", "mine", "--licence", "CC0").exit_code == 0
    assert read_rows(tmp_path / "r.parquet").about.terms == "CC0"


def test_many_problems_are_counted_beyond_the_bound(tmp_path):
    path = written(tmp_path, HEADER + "".join(f"{n},11/12/2025,37.75,70,,,,,,,\n" for n in range(50)))
    with in_force(Limits(problems=5)), pytest.raises(RowErrors) as error:
        import_rows(path, tmp_path / "rows.parquet")
    text = str(error.value)
    assert text.count("11/12/2025") == 5
    assert "and 45 more in column date" in text
    assert "50 of 50 rows" in text


def test_only_files_of_import_are_read_as_rows(tmp_path):
    for name, content in (("a.parquet", b"hello"), ("b.parquet", b"PAR1" * 10), ("c.parquet", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(RowsFileError, match="panjmap import FILE --to"):
            read_rows(tmp_path / name)
    with pytest.raises(RowsFileError, match="no such file"):
        read_rows(tmp_path / "none.parquet")


def test_a_page_takes_so_many_rows(tmp_path):
    imported(tmp_path, HEADER + "".join(GOOD.replace("A1", f"A{n}") for n in range(4)))
    with in_force(Limits(page_rows=3)), pytest.raises(RowsFileError, match="--limit page_rows=4"):
        read_rows(tmp_path / "rows.parquet")


def test_a_file_that_was_changed_is_refused(tmp_path):
    imported(tmp_path, acled())
    table = pq.read_table(tmp_path / "rows.parquet")
    told = {**table.schema.metadata, b"panjmap.rows": table.schema.metadata[b"panjmap.rows"].replace(b"false", b"true")}
    pq.write_table(table.replace_schema_metadata(told), tmp_path / "changed.parquet")
    with pytest.raises(RowsFileError, match="terms"):
        read_rows(tmp_path / "changed.parquet")


def test_a_small_file_that_repeats_a_long_text_is_refused(tmp_path):
    imported(tmp_path, HEADER + "".join(GOOD.replace("A1", f"A{n}") for n in range(1000)))
    table = pq.read_table(tmp_path / "rows.parquet")
    at = table.column_names.index("text")
    long = pa.DictionaryArray.from_arrays([0] * 1000, ["x" * 2_000_000])
    bomb = tmp_path / "bomb.parquet"
    pq.write_table(table.set_column(at, "text", long), bomb, compression="zstd")
    assert bomb.stat().st_size < 100_000
    with pytest.raises(RowsFileError, match="texts are 2000"):
        read_rows(bomb)


def test_a_damaged_file_is_refused_or_read_and_nothing_else(tmp_path):
    imported(tmp_path, HEADER + GOOD)
    whole, damaged = (tmp_path / "rows.parquet").read_bytes(), tmp_path / "damaged.parquet"
    for at in range(0, len(whole), 29):
        damaged.write_bytes(whole[:at] + bytes([whole[at] ^ (at % 255 + 1)]) + whole[at + 1 :])
        with contextlib.suppress(RowsFileError):
            read_rows(damaged)
        damaged.write_bytes(whole[:at])
        with pytest.raises(RowsFileError):
            read_rows(damaged)


CELL = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.sampled_from(
        [
            "",
            "0",
            "70",
            "37.75",
            "−37.75",
            "NaN",
            "1e5",
            "37,75",
            "11/12/2025",
            "2025-11-26",
            "2025",
            "many",
            "3-5",
            "Kavo",
        ]
    ),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=9, max_size=9), min_size=1, max_size=5))
def test_rows_in_are_rows_out_and_rows_rejected(tmp_path, table):
    names = ["id", "date", "date_end", "lat", "lon", "place", "killed_low", "killed_high", "uncertainty_km"]
    out = io.StringIO()
    csv.writer(out).writerows([names, *table])
    path = written(tmp_path, out.getvalue())
    to, rejects = tmp_path / "rows.parquet", tmp_path / "bad.csv"
    result = run(path, "--to", to, "--rejects", rejects)
    assert result.exit_code in (0, 1), result.output
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    if result.exit_code == 0:
        about = read_rows(to).about
        assert about.read == about.rows + about.rejected
        named = {line["row"] for line in csv.DictReader(io.StringIO(rejects.read_text(encoding="utf-8-sig")))}
        assert len(named) == about.rejected


def test_the_document_says_what_is_so():

    from panjmap.data.intake.mapping import FIELDS

    text = (Path(__file__).parents[1] / "docs" / "importing.md").read_text(encoding="utf-8")
    for field, names in FIELDS.items():
        assert f"| {field} | {', '.join(names)} |" in text
    for column, (kind, meaning) in COLUMNS.items():
        assert f"| {column} | {kind} | {meaning} |" in text


def test_the_rules_that_are_counted_are_few_whatever_the_rows(tmp_path):
    rows = "".join(f"A,2025-11-{1 + n % 28:02},37.75,70,,,,,{n % 7},,\n" for n in range(300))
    with in_force(Limits(problems=5)), pytest.raises(RowErrors) as error:
        import_rows(written(tmp_path, HEADER + rows), tmp_path / "rows.parquet")
    assert str(error.value).count("\n") < 25


def test_an_older_encoding_is_named_by_the_user_and_never_guessed(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_bytes("id,lat,lon,place\n1,37.5,70,Душанбе\n".encode("cp1251"))
    refused = run(path, "--to", tmp_path / "rows.parquet")
    assert refused.exit_code == 1
    assert "--encoding cp1251" in refused.stderr
    assert run(path, "--to", tmp_path / "rows.parquet", "--encoding", "cp1251").exit_code == 0
    assert read_rows(tmp_path / "rows.parquet").rows[0].place == "Душанбе"
    other = written(tmp_path, '[{"id": 1, "lat": 37.5, "lon": 70}]', "a.json")
    assert "--encoding" in run(other, "--to", tmp_path / "r.parquet", "--encoding", "cp1251").stderr


def test_rows_that_look_like_acled_are_warned_of_when_called_own(tmp_path):
    result, _ = imported(tmp_path, acled(), "--dataset", "own")
    assert "warning:" in result.stderr
    assert "rows of ACLED, as the columns say" in result.stderr
    assert read_rows(tmp_path / "rows.parquet").about.public is True


def test_types_that_no_map_shows_are_counted(tmp_path):
    result, rows = imported(tmp_path, acled(event_type="Riots", sub_event_type="Mob violence"))
    assert rows["TAJ1"].type == "other"
    assert "1 row has others" in result.stderr


def test_the_geometry_goes_before_columns_and_those_are_kept(tmp_path):
    feature = {"type": "Feature", "properties": {"lat": 1, "lon": 2, "killed": 3}}
    feature["geometry"] = {"type": "Point", "coordinates": [70.1, 37.5]}
    path = written(tmp_path, json.dumps({"type": "FeatureCollection", "features": [feature]}), "a.geojson")
    assert run(path, "--to", tmp_path / "rows.parquet").exit_code == 0
    (row,) = read_rows(tmp_path / "rows.parquet").rows
    assert (row.row_id, row.lon, row.lat, row.killed_low) == ("feature-0", 70.1, 37.5, 3)
    assert json.loads(row.other) == {"lat": 1, "lon": 2}


#: Notes what a run opens, and every attempt to reach a network.
_WATCHED = """
import sys
seen = []
def note(event, arguments):
    if event == "open" and isinstance(arguments[0], str | bytes):
        seen.append((str(arguments[0]), str(arguments[1])))
    elif event.startswith("socket.") and event not in ("socket.gethostname",):
        seen.append((event, ""))
sys.addaudithook(note)
import panjmap
from panjmap.cli import main
try:
    main(sys.argv[2:], prog_name="panjmap")
finally:
    with open(sys.argv[1], "w") as out:
        out.write("\\n".join("\\t".join(pair) for pair in seen))
"""


def test_only_the_input_is_read_and_only_the_outputs_are_written(tmp_path):
    (tmp_path / "in").mkdir()
    path = written(tmp_path / "in", HEADER + GOOD + GOOD)
    out, told = tmp_path / "out", tmp_path / "told.txt"
    words = ["import", str(path), "--to", str(out / "rows.parquet"), "--rejects", str(out / "bad.csv")]
    command = [sys.executable, "-B", "-c", _WATCHED, str(told), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = [line.partition("\t")[::2] for line in told.read_text(encoding="utf-8").splitlines()]
    assert not [name for name, _ in seen if name.startswith("socket.")]
    root, code = Path(panjmap.__file__).parent, (sys.prefix, sys.base_prefix)
    # Code, its cached form, and what the system says of itself (processors, time zones) are no data.
    system = ("/proc/", "/sys/", "/etc/", "/dev/", "/usr/share/zoneinfo", "/usr/lib", "/lib")
    others = {
        name
        for name, _ in seen
        if not name.startswith((*code, *system)) and not (name.startswith(str(root)) and name.endswith((".py", ".pyc")))
    }
    assert {name for name in others if not name.startswith((str(path), str(out), str(told)))} == set()
    changed = {name for name, mode in seen if set("wax+") & set(mode)}
    assert {name for name in changed if not name.startswith((str(out), str(told)))} == set()
    assert sorted(one.name for one in out.iterdir()) == ["bad.csv", "rows.parquet"]


def test_a_property_called_geometry_is_no_position(tmp_path):
    feature = {"type": "Feature", "properties": {"geometry": "37.5", "id": "1"}, "geometry": None}
    path = written(tmp_path, json.dumps({"type": "FeatureCollection", "features": [feature]}), "a.geojson")
    assert run(path, "--to", tmp_path / "rows.parquet").exit_code == 0
    (row,) = read_rows(tmp_path / "rows.parquet").rows
    assert (row.lon, row.lat, row.precision) == (None, None, "unknown")
    assert json.loads(row.other) == {"geometry": "37.5"}


@pytest.mark.parametrize(
    ("name", "is_read"),
    [
        *(("urn:ogc:def:crs:OGC:1.3:CRS84", True), ("EPSG:4326", True), ("urn:ogc:def:crs:EPSG::4326", True)),
        *(
            ("WGS 84", True),
            ("EPSG:3857", False),
            ("EPSG:14326", False),
            ("WGS 84 / UTM zone 42N", False),
            ("x", False),
        ),
    ],
)
def test_only_degrees_on_wgs_84_are_read(name, is_read, tmp_path):
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [70.1, 37.5]}}
    crs = {"type": "name", "properties": {"name": name}}
    text = json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]})
    result = run(written(tmp_path, text, "a.geojson"), "--to", tmp_path / "rows.parquet")
    assert result.exit_code == int(not is_read), result.stderr
    assert is_read or name in result.stderr
