"""The whole flow: from the tables to one file, the same bytes every time, nothing leaked, nothing lost."""

from __future__ import annotations

import csv
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from page_reader import everything, read_page, visible_text

from panjmap.cli import main
from panjmap.data.publish import public
from panjmap.data.statements import BY_VALUE
from panjmap.data.tables import PACKAGED, read_tables

KAVO = "TJ-AF-2025-12-KAVO"


def run(*arguments: str | Path):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def built(folder: Path, *options: str | Path) -> str:
    out = folder / "map.html"
    result = run("build", "--out", out, *options)
    assert result.exit_code == 0, result.stderr
    return out.read_text("utf-8")


def append(folder: Path, table: str, **values: str) -> None:
    """Add a row to a CSV table; columns that are not named stay empty."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    assert set(values) <= set(columns)
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, lineterminator="\n").writerow(values)


@pytest.fixture
def own_tables(tmp_path) -> Path:
    folder = tmp_path / "own"
    assert run("init", folder).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> str:
    return built(tmp_path_factory.mktemp("map"))


def test_the_map_says_what_the_reports_say(page):
    text = visible_text(page)
    assert (
        "From five news reports. Not a complete record. Nothing here is independently verified. "
        "Newest dated report: 2 Dec 2025; four are undated." in text
    )
    for headline, rest in (
        ("6 workers reported killed", "in 3 attacks, all Chinese nationals"),
        ("3 to 8 reported killed", "in 1 or 2 December clashes; officials call three of them attackers"),
        ("2 to 7 alleged smugglers reported killed", "in 1 state operation (2 bodies found)"),
    ):
        assert f"{headline} {rest}" in text
    assert "3–5 killed" not in text
    assert "3 to 5 killed" not in text


def test_every_record_and_every_claim_is_in_the_file(page):
    read = everything(page)
    tables = public(read_tables(PACKAGED)).tables
    for record in tables.records:
        assert record.record_id in read
        assert record.title in read
    for claim in tables.claims:
        # Counts and dates are put into other words.
        if claim.record_id and claim.value_low is None and claim.attribute not in BY_VALUE:
            assert (claim.value_text or "").removeprefix("words: ") in read, claim.claim_id


def test_the_file_is_small_enough(page):
    data = page.encode("utf-8")
    assert len(data) <= 750_000
    assert len(gzip.compress(data, 9)) <= 320_000


def test_title_numbers_and_list_come_in_the_first_60_kilobytes(page):
    start = page.encode("utf-8")[:60_000].decode("utf-8", "ignore")
    assert "Nothing here is independently verified" in start
    assert "6 workers reported killed" in start
    with (PACKAGED / "records.csv").open(encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file):
            assert f'"{record["record_id"]}"' in start


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Dushanbe", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "random", "TZ": "America/New_York", "LC_ALL": "C.UTF-8", "LANG": "fa_IR.UTF-8"},
    ],
)
def test_the_same_tables_give_the_same_bytes_in_another_process_folder_locale_and_time_zone(
    page, tmp_path, environment
):
    folder = tmp_path / "another folder"
    folder.mkdir()
    command = [sys.executable, "-c", "from panjmap.cli import main; main()", "build", "--out", "m.html"]
    subprocess.run(command, cwd=folder, env={**os.environ, **environment}, check=True, capture_output=True)
    assert (folder / "m.html").read_text("utf-8") == page


def test_the_same_process_gives_the_same_bytes_twice(page, tmp_path):
    assert built(tmp_path) == page


def test_tables_copied_by_init_give_the_same_map(page, own_tables, tmp_path):
    assert built(tmp_path, "--data", own_tables) == page


def test_a_failed_build_leaves_the_previous_file_untouched(own_tables, tmp_path):
    out = tmp_path / "map.html"
    built(tmp_path, "--data", own_tables)
    before = (out.read_bytes(), (tmp_path / "manifest.json").read_bytes())
    append(
        own_tables,
        "claims",
        claim_id="C900",
        report_id="no-such-report",
        topic="border",
        attribute="context",
        value_text="an unsourced remark",
        said_by="article voice",
        speaker_id="report",
        modality="asserted",
    )
    result = run("build", "--data", own_tables, "--out", out)
    assert result.exit_code == 1
    assert "claims.csv" in result.stderr
    assert "no-such-report" in result.stderr
    assert (out.read_bytes(), (tmp_path / "manifest.json").read_bytes()) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["manifest.json", "map.html", "own"]


def test_a_missing_folder_or_table_is_named_with_what_to_do(own_tables, tmp_path):
    result = run("build", "--data", tmp_path / "nowhere", "--out", tmp_path / "m.html")
    assert result.exit_code == 1
    assert "nowhere" in result.stderr
    assert "panjmap init" in result.stderr
    (own_tables / "speakers.csv").unlink()
    result = run("build", "--data", own_tables, "--out", tmp_path / "m.html")
    assert result.exit_code == 1
    assert "speakers.csv" in result.stderr
    assert not (tmp_path / "m.html").exists()


def test_the_manifest_says_what_the_map_was_made_of(tmp_path):
    built(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert manifest["rows"]["claims"] == 123
    assert manifest["rows"]["records"] == 18
    assert manifest["generalised"] == ["TJ-AF-2025-M-EXPULSION", "TJ-AF-2025-M-RAIDS"]


# ------------------------------------------------------------------ the analyst's way


def sixth_report(folder: Path) -> None:
    """Add a report that dates the Kavo clash to 23 December and gives four killed."""
    append(
        folder,
        "reports",
        report_id="sixth",
        outlet="Sixth Outlet",
        title="Clash at Kavo dated",
        kind="news article",
        language="en",
        published="2025-12-24",
        published_basis="stated",
        url="https://example.org/kavo",
    )
    shared = {
        "report_id": "sixth",
        "record_id": KAVO,
        "said_by": "Tajik officials",
        "speaker_id": "tj-officials",
        "modality": "asserted",
    }
    append(folder, "claims", claim_id="C901", attribute="event_date", value_text="2025-12-23", **shared)
    append(
        folder,
        "claims",
        claim_id="C902",
        attribute="killed",
        value_low="4",
        value_high="4",
        victim_group="alleged_attacker",
        **shared,
    )


def row_of(html: str, record_id: str) -> str:
    """The visible text of a record in the incident table."""
    start = html.index(">", html.index(f'id="row-{record_id}"')) + 1
    return visible_text(html[start : html.index("</tr>", start)])


def test_a_sixth_report_narrows_the_date_and_widens_the_number(page, own_tables, tmp_path):
    assert row_of(page, KAVO).endswith(" 1 Nojor –")
    sixth_report(own_tables)
    after = built(tmp_path, "--data", own_tables)
    text = visible_text(after)
    assert "From six news reports." in text
    assert "Newest dated report: 24 Dec 2025; four are undated." in text
    assert "23 December 2025" in row_of(after, KAVO)
    assert "3 to 4" in row_of(after, KAVO)
    assert "Killed" in row_of(after, KAVO).partition("1 Nojor")[2]
    # Only the total that contains Kavo changes.
    assert "6 workers reported killed in 3 attacks, all Chinese nationals" in text
    assert "3 to 9 reported killed in 1 or 2 December clashes" in text
    assert "2 to 7 alleged smugglers reported killed in 1 state operation (2 bodies found)" in text
    for record_id in read_page(page).blocks["panjmap-page"]["order"]:
        assert f'"{record_id}"' in after
        if record_id != KAVO:
            assert row_of(after, record_id) == row_of(page, record_id)


# ------------------------------------------------------------------ people at risk


def test_a_record_in_a_district_that_the_base_map_does_not_reach_is_listed(own_tables, tmp_path):
    append(own_tables, "places", place_id="kabul-d", name="Paghman", kind="district", level="district", country="AF")
    append(own_tables, "record_places", record_id="TJ-AF-2025-11-22-A", place_id="kabul-d", role="event")
    html = built(tmp_path, "--data", own_tables)
    assert "Paghman" in visible_text(html)


def test_no_measure_is_finer_than_a_district_anywhere_in_the_file(page):
    read = everything(page)
    assert "38.553" not in read  # the town of Vahdat
    assert "tj-vahdat," not in read
    assert "town of Vahdat" not in read
    for place in read_page(page).blocks["panjmap-basemap"]["places"]:
        assert abs(place["lat"] - 38.55306) > 0.05 or abs(place["lon"] - 69.02056) > 0.05


def test_a_measure_in_a_village_comes_out_as_its_district(own_tables, tmp_path):
    append(own_tables, "record_places", record_id="TJ-AF-2025-M-RAIDS", place_id="sarichashma", role="event")
    append(
        own_tables,
        "claims",
        claim_id="C903",
        report_id="eurasianet-2025-12-02",
        record_id="TJ-AF-2025-M-RAIDS",
        attribute="policy_place",
        value_text="searches in Sarichashma too",
        place_id="sarichashma",
        said_by="article voice",
        speaker_id="report",
        modality="asserted",
    )
    read = everything(built(tmp_path, "--data", own_tables))
    assert "arichashma" not in read
    assert "sarichashma" not in read
    assert "Саричашма" not in read


def test_nothing_of_a_withheld_record_is_in_the_file_or_the_manifest(own_tables, tmp_path):
    append(
        own_tables,
        "records",
        record_id="SECRET-1",
        kind="attack",
        type="armed_attack",
        claimed_types="armed_attack",
        title="Unseen happening at the orchard",
        date_start="2026-01-05",
        date_end="2026-01-05",
        date_precision="day",
        date_basis="stated",
        sensitivity="withhold",
        possible_same_as=KAVO,
    )
    append(own_tables, "record_places", record_id="SECRET-1", place_id="darbandak", role="event")
    append(
        own_tables,
        "claims",
        claim_id="C904",
        report_id="eurasianet-2025-12-02",
        record_id="SECRET-1",
        attribute="killed",
        value_low="9",
        value_high="9",
        victim_group="civilian",
        said_by="article voice",
        speaker_id="report",
        modality="asserted",
    )
    page = built(tmp_path, "--data", own_tables)
    manifest = (tmp_path / "manifest.json").read_text("utf-8")
    for trace in ("SECRET-1", "orchard", "C904"):
        assert trace not in everything(page)
        assert trace not in manifest
    assert "6 workers reported killed in 3 attacks" in visible_text(page)
    assert "1 record withheld" in visible_text(page)


def test_a_withheld_place_does_not_shape_the_area_of_its_district(page, own_tables, tmp_path):
    append(
        own_tables,
        "places",
        place_id="hidden-hamlet",
        name="Hidden Hamlet",
        kind="village",
        level="settlement",
        country="TJ",
        parent_id="tj-shohin",
        lat="38.25",
        lon="70.20",
        uncertainty_km="1",
    )
    append(
        own_tables,
        "records",
        record_id="SECRET-2",
        kind="attack",
        type="armed_attack",
        claimed_types="armed_attack",
        title="Unseen",
        date_precision="unknown",
        date_basis="not given",
        sensitivity="withhold",
    )
    append(own_tables, "record_places", record_id="SECRET-2", place_id="hidden-hamlet", role="event")
    after = built(tmp_path, "--data", own_tables)
    assert read_page(after).blocks["panjmap-areas"] == read_page(page).blocks["panjmap-areas"]
    assert "hidden-hamlet" not in everything(after)


def test_a_build_loads_no_library_of_the_figures_and_exports(tmp_path):
    """Figures and documents cost half a second of imports that a build of the page must not pay."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom panjmap.render.write import write_map\n"
        f"write_map(Path({str(tmp_path / 'map.html')!r}))\n"
        "print([name for name in ('matplotlib', 'openpyxl', 'docx', 'lxml', 'PIL') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_map_is_not_written_over_the_tables_it_is_made_of(panjmap, folder):
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    done = panjmap("build", "--data", folder, "--out", folder / "records.csv")
    assert done.returncode == 2
    assert "would be written over. Fix: name another file or folder" in done.stderr
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
