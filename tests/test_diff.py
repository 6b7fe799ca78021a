"""`panjmap diff`: what changed between two states of the tables, two built maps, or one of each."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from made_up import write_many
from page_reader import visible_text
from test_build_rows import rows_file

from panjmap.data.errors import MapError, OptionError
from panjmap.data.internal import MARK
from panjmap.data.tables import PACKAGED
from panjmap.render.diff import read_difference, write_difference
from panjmap.render.diff_html import as_page
from panjmap.render.diff_text import as_dict, as_text
from panjmap.render.page import render
from panjmap.render.prepare import read_scene

CAMP, SHUDK, KAVO = "TJ-AF-2025-11-26-A", "TJ-AF-2025-11-30-A", "TJ-AF-2025-12-KAVO"
FIVE_KILLED, SEARCHES, NOVEMBER = "TJ-AF-2025-12-SHOHIN5", "TJ-AF-2025-M-RAIDS", "TJ-AF-2024-11-A"
Rows = list[dict[str, str]]


def edit(folder: Path, table: str, change: Callable[[Rows], Iterable[dict[str, str]]]) -> None:
    """Rewrite one table of a folder."""
    path = folder / f"{table}.csv"
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    columns, rows = list(reader.fieldnames or ()), list(reader)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(change(rows))
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")


def add(folder: Path, table: str, **cells: str) -> None:
    edit(folder, table, lambda rows: [*rows, cells])


def set_cells(folder: Path, table: str, where: dict[str, str], **cells: str) -> None:
    def change(rows: Rows) -> Rows:
        assert any(where.items() <= row.items() for row in rows)
        return [row | cells if where.items() <= row.items() else row for row in rows]

    edit(folder, table, change)


def drop(folder: Path, record_id: str) -> None:
    """Take a record out, with all that is tied to it; its claims become background."""
    for table in ("records", "record_places", "decisions"):
        edit(folder, table, lambda rows: [row for row in rows if row["record_id"] != record_id])
    edit(folder, "records", lambda rows: [row | {"possible_same_as": ""} for row in rows])
    edit(folder, "decisions", lambda rows: [row for row in rows if row["chosen"] != record_id])
    for row in ({"record_id": record_id},):
        set_cells(folder, "claims", row, record_id="", topic="left over")


def sixth_report(folder: Path) -> None:
    """A report that dates the Kavo clash to 23 December and gives four killed."""
    add(
        folder,
        "reports",
        **{"report_id": "sixth", "outlet": "Sixth Outlet", "title": "Clash at Kavo dated", "kind": "news article"},
        **{"language": "en", "published": "2025-12-24", "published_basis": "stated"},
    )
    shared = {"report_id": "sixth", "record_id": KAVO, "said_by": "Tajik officials", "speaker_id": "tj-officials"}
    shared |= {"modality": "asserted", "start": "5", "end": "9"}
    add(folder, "claims", claim_id="C901", attribute="event_date", value_text="2025-12-23", **shared)
    counted = {"value_low": "4", "value_high": "4", "victim_group": "alleged_attacker"}
    add(folder, "claims", claim_id="C902", attribute="killed", **counted, **shared)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A copy of the packaged tables, to be changed."""
    folder = tmp_path / "new"
    shutil.copytree(PACKAGED, folder)
    return folder


@pytest.fixture(scope="module")
def five_map(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The map of the packaged tables."""
    path = tmp_path_factory.mktemp("five") / "map.html"
    path.write_bytes(render(read_scene()).encode("utf-8"))
    return path


def map_of(folder: Path) -> Path:
    path = folder.with_suffix(".html")
    path.write_bytes(render(read_scene(folder)).encode("utf-8"))
    return path


def told(old: Path, new: Path) -> dict[str, Any]:
    return as_dict(read_difference(old, new))


def changes(found: dict[str, Any], record_id: str) -> dict[str, tuple[Any, Any]]:
    """What changed of a record, by attribute, as a reader reads it."""
    rows = [one for one in found["records"]["changed"] if one["record_id"] == record_id]
    return {one["attribute"]: (one["old_text"], one["new_text"]) for one in rows}


def only_changed(found: dict[str, Any]) -> set[str]:
    records = found["records"]
    assert [records[name] for name in ("added", "merged", "withdrawn", "vanished")] == [[], [], [], []]
    return {one["record_id"] for one in records["changed"]}


# ------------------------------------------------------------------ nothing changed


def test_a_folder_and_the_map_built_from_it_show_the_same(five_map):
    for old, new in ((PACKAGED, five_map), (five_map, PACKAGED), (five_map, five_map), (PACKAGED, PACKAGED)):
        found = read_difference(old, new)
        assert not found, as_text(found)
        assert "Nothing shown has changed." in as_text(found)


def test_made_up_tables_and_their_map_show_the_same(tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    write_many(folder, 60)
    found = read_difference(folder, map_of(folder))
    assert not found, as_text(found)
    assert len(found.old.records) == 78


def test_a_map_with_imported_rows_shows_what_its_tables_and_rows_do(tmp_path):
    rows = rows_file(tmp_path)
    path = tmp_path / "map.html"
    path.write_bytes(render(read_scene(rows=rows)).encode("utf-8"))
    found = read_difference(PACKAGED, path, rows=rows)
    assert not found, as_text(found)
    without = read_difference(PACKAGED, path)
    assert len(without.added) == len(found.new.records) - 18 > 5
    assert as_dict(without)["records"]["changed"] == []


def test_every_record_and_claim_of_a_map_is_read_back(five_map):
    found = told(five_map, PACKAGED)
    assert found["old"]["records"] == 18
    view = read_difference(five_map, five_map).old
    assert len(view.rows["claims"]) > 100
    claim = view.rows["claims"]["C087"]
    assert (claim["record_id"], claim["attribute"]) == (KAVO, "Killed; Who the killed were")
    assert (claim["speaker"], claim["modality"], claim["victim_group"]) == (
        "Tajik officials",
        "asserted",
        "Alleged attackers",
    )
    assert (claim["report_id"], claim["span"]) == ("1-nojor-undated", "1632–1665")
    assert claim["value"].startswith("3 (as claimed: at least three); ")
    assert view.records[KAVO].values["killed.alleged_attacker"].data == {"low": 3, "high": 3, "or_more": False}
    assert view.records[KAVO].values["position"].data == [70.00639, 37.67973]
    assert view.records[SEARCHES].values["sensitivity"].data == "generalise"
    assert "position" not in view.records[SEARCHES].values


# ------------------------------------------------------------------ what changed


@pytest.mark.parametrize("as_maps", [(False, False), (True, False), (False, True), (True, True)])
def test_a_sixth_report_changes_one_record(new, five_map, as_maps):
    sixth_report(new)
    sides = (five_map if as_maps[0] else PACKAGED, map_of(new) if as_maps[1] else new)
    found = told(*sides)
    assert only_changed(found) == {KAVO}
    after = changes(found, KAVO)
    assert after["killed.alleged_attacker"] == ("3", "3 to 4")
    assert after["date"] == ("A Tuesday, probably December 2025 (report undated)", "23 December 2025")
    assert after["differ"] == ("no", "Killed")
    assert [text[:3] for text in after["reports"]] == ["1 (", "2 ("]
    assert not after.keys() & {"place", "position", "killed"}
    assert {row["id"] for row in found["claims"]["added"]} == {"C901", "C902"}
    assert [row["id"] for row in found["reports"]["added"]] == ["sixth"]
    assert found["claims"]["removed"] == found["claims"]["changed"] == []
    assert [line["line"] for line in found["lines"]] == ["not_complete"]
    kept = set(found["sentences"]["old"]) & set(found["sentences"]["new"])
    assert len(kept) == 2
    assert any(one["correction_missing"] for one in found["records"]["changed"])
    assert "No correction recorded." in as_text(read_difference(*sides))


def test_exchanged_sides_give_the_exchanged_answer(new):
    sixth_report(new)
    drop(new, NOVEMBER)
    add(new, "changes", date="2026-02-05", record_id=NOVEMBER, attribute="record", new="withdrawn", reason="Retracted.")
    there, back = told(PACKAGED, new), told(new, PACKAGED)

    def pairs(found: dict[str, Any], first: str, second: str) -> list[tuple[Any, ...]]:
        return [(one["record_id"], one["attribute"], one[first], one[second]) for one in found["records"]["changed"]]

    assert pairs(there, "old", "new") == pairs(back, "new", "old")
    assert [one["record_id"] for one in there["records"]["withdrawn"]] == [NOVEMBER]
    assert [one["record_id"] for one in back["records"]["added"]] == [NOVEMBER]
    for table in ("claims", "reports", "relations", "places"):
        assert there[table]["added"] == back[table]["removed"]
        assert [(c["old"], c["new"]) for c in there[table]["changed"]] == [
            (c["new"], c["old"]) for c in back[table]["changed"]
        ]


@pytest.mark.parametrize("as_map", [False, True])
def test_a_place_that_moved_says_how_far(new, five_map, as_map):
    set_cells(new, "places", {"place_id": "shodak"}, lat="38.6", lon="71.03")
    found = told(five_map if as_map else PACKAGED, new)
    (moved,) = [one for one in found["records"]["changed"] if one["attribute"] == "position"]
    assert moved["record_id"] == SHUDK
    assert moved["correction_missing"]
    old, after = moved["old"], moved["new"]
    assert after == [71.03, 38.6]
    north, east = 111.195 * (after[1] - old[1]), 111.195 * 0.7816 * (after[0] - old[0])
    assert moved["moved_km"] == pytest.approx((north**2 + east**2) ** 0.5, rel=0.005)
    assert f"(moved by {moved['moved_km']:.1f} km)" in as_text(read_difference(PACKAGED, new))


def test_a_changed_reason_of_a_decision_is_told_at_its_record(new, five_map):
    set_cells(new, "decisions", {"record_id": SHUDK, "attribute": "place"}, reason="Read again on a newer map.")
    for old in (PACKAGED, five_map):
        found = told(old, new)
        assert only_changed(found) == {SHUDK}
        (row,) = found["decisions"]["changed"]
        assert (row["id"], row["column"], row["new"]) == (f"{SHUDK} Place", "reason", "Read again on a newer map.")
        assert "Read again on a newer map." in as_text(read_difference(old, new))


def test_a_correction_explains_the_change_of_its_attribute_and_no_other(new, five_map):
    sixth_report(new)
    reason = "A sixth report was found."
    add(new, "changes", date="2026-01-02", record_id=KAVO, attribute="killed", old="3", new="3 to 4", reason=reason)
    for old, then in ((PACKAGED, new), (five_map, map_of(new))):
        by = {one["attribute"]: one for one in told(old, then)["records"]["changed"]}
        (why,) = by["killed.alleged_attacker"]["explained_by"]
        assert (why["side"], why["date"], why["attribute"], why["reason"]) == ("new", "2 Jan 2026", "killed", reason)
        assert not by["killed.alleged_attacker"]["correction_missing"]
        assert by["date"]["explained_by"] == []
        assert by["date"]["correction_missing"]
        assert not by["reports"]["correction_missing"]
        assert reason in as_text(read_difference(old, then))


def test_a_correction_that_both_sides_have_explains_nothing_new(new, tmp_path):
    add(new, "changes", date="2026-01-02", record_id=KAVO, attribute="killed", old="4", new="3", reason="Read again.")
    later = tmp_path / "later"
    shutil.copytree(new, later)
    sixth_report(later)
    found = told(new, later)
    assert found["corrections"] == []
    assert all(one["explained_by"] == [] for one in found["records"]["changed"])


# ------------------------------------------------------------------ records that went


def test_merged_withdrawn_and_vanished_are_told_apart(new, five_map):
    for record_id in (FIVE_KILLED, NOVEMBER, SHUDK):
        drop(new, record_id)
    row = {"date": "2026-02-04", "attribute": "record"}
    add(new, "changes", **row, record_id=FIVE_KILLED, new=f"merged: {KAVO}", reason="Both rows told of one clash.")
    add(new, "changes", **row, record_id=NOVEMBER, new="withdrawn", reason="The outlet took it back.")
    for old, then in ((PACKAGED, new), (five_map, map_of(new))):
        found = told(old, then)
        records = found["records"]
        (merged,), (withdrawn,), (vanished,) = records["merged"], records["withdrawn"], records["vanished"]
        assert (merged["record_id"], merged["into"]) == (FIVE_KILLED, KAVO)
        assert merged["reason"] == "Both rows told of one clash."
        assert (withdrawn["record_id"], withdrawn["reason"]) == (NOVEMBER, "The outlet took it back.")
        assert vanished["record_id"] == SHUDK
        assert "reason" not in vanished
        assert any(SHUDK in warning and warning.startswith("Gone") for warning in found["warnings"])
        assert not any(NOVEMBER in warning for warning in found["warnings"])


@pytest.mark.parametrize("title", ["Attack on road builders at Shudk, Darvoz", "Another title"])
def test_a_record_under_a_new_id_is_recognised(new, title):
    for table in ("records", "record_places", "decisions", "claims"):
        set_cells(new, table, {"record_id": SHUDK}, record_id="SHUDK-2")
    set_cells(new, "records", {"record_id": "SHUDK-2"}, title=title)
    records = told(PACKAGED, new)["records"]
    (gone,), (come,) = records["vanished"], records["added"]
    assert (gone["record_id"], gone["looks_like"]) == (SHUDK, "SHUDK-2")
    assert (come["record_id"], come["looks_like"]) == ("SHUDK-2", SHUDK)


def test_a_new_title_is_a_change_of_its_record_alone(new, five_map):
    set_cells(new, "records", {"record_id": FIVE_KILLED}, title="Five killed in the district")
    for old in (PACKAGED, five_map):
        found = told(old, new)
        assert changes(found, FIVE_KILLED)["title"][1] == "Five killed in the district"
        assert not changes(found, KAVO).keys() & {"same_as", "totals"}
        due = {one["record_id"] for one in found["records"]["changed"] if one["correction_missing"]}
        assert due == {FIVE_KILLED}


# ------------------------------------------------------------------ people at risk


def test_a_withheld_record_leaves_no_trace_but_the_line_of_the_page(new):
    place = {"place_id": "hidden-hamlet", "name": "Hidden Hamlet", "kind": "village", "level": "settlement"}
    add(new, "places", **place, country="TJ", parent_id="tj-shohin", lat="37.9", lon="70.1", uncertainty_km="1")
    dated = {"date_start": "2025-12-01", "date_end": "2025-12-01", "date_precision": "day", "date_basis": "stated"}
    hidden = {"record_id": "HIDDEN-1", "kind": "attack", "type": "armed_attack", "claimed_types": "armed_attack"}
    add(new, "records", **hidden, **dated, title="A withheld thing", sensitivity="withhold")
    add(new, "record_places", record_id="HIDDEN-1", place_id="hidden-hamlet", role="event")
    claim = {"claim_id": "C990", "report_id": "eurasianet-2025-12-02", "record_id": "HIDDEN-1", "attribute": "killed"}
    said = {"said_by": "article voice", "speaker_id": "report", "modality": "asserted"}
    add(new, "claims", **claim, **said, value_low="9", value_high="9", victim_group="civilian")
    found = told(PACKAGED, new)
    text = json.dumps(found) + as_text(read_difference(PACKAGED, new)) + as_page(read_difference(PACKAGED, new))
    for trace in ("HIDDEN", "Hidden", "hidden-hamlet", "C990", "A withheld thing"):
        assert trace not in text.replace("overflow:hidden", "")
    assert only_changed(found) == set()
    assert found["old"]["data_version"] == found["new"]["data_version"]
    assert [line["line"] for line in found["lines"]] == ["notes"]
    assert not any(found[table][how] for table in ("claims", "places") for how in ("added", "removed", "changed"))


def test_a_street_in_the_note_of_a_measure_shows_nothing_finer(new):
    street = {"place_id": "vahdat-street-9", "name": "Ninth Street", "kind": "street", "level": "site"}
    add(
        new, "places", **street, country="TJ", parent_id="tj-vahdat", lat="38.5512", lon="69.0123", uncertainty_km="0.1"
    )
    add(new, "record_places", record_id=SEARCHES, place_id="vahdat-street-9", role="event")
    set_cells(new, "records", {"record_id": SEARCHES}, note="Searched at Ninth Street, 38.5512, 69.0123.")
    one = new.with_name("again")
    shutil.copytree(new, one)
    set_cells(one, "records", {"record_id": SEARCHES}, note="Searched at Ninth Street, 38.5599, 69.0199.")
    set_cells(one, "places", {"place_id": "vahdat-street-9"}, lat="38.5599", lon="69.0199")
    for old, then in ((PACKAGED, new), (new, one)):
        found = read_difference(old, then)
        text = json.dumps(as_dict(found)) + as_text(found) + as_page(found)
        assert not re.search(r"Ninth|street-9|38\.55|69\.01", text)


def test_an_internal_difference_shows_all_and_says_so(new, tmp_path):
    set_cells(new, "records", {"record_id": NOVEMBER}, sensitivity="withhold")
    found = read_difference(PACKAGED, new, internal=True)
    assert changes(as_dict(found), NOVEMBER)["sensitivity"] == ("public", "withhold")
    assert as_text(found).startswith(MARK)
    assert as_dict(found)["internal"] == MARK
    assert MARK in visible_text(as_page(found))
    write_difference(found, tmp_path / "what.html", PACKAGED, new)
    assert [path.name for path in tmp_path.glob("*.html")] == ["what.internal.html"]
    public = read_difference(PACKAGED, new)
    assert [one.shown.record_id for one in public.gone] == [NOVEMBER]
    assert MARK not in as_text(public) + as_page(public) + json.dumps(as_dict(public), ensure_ascii=False)
    with pytest.raises(OptionError, match="--html"):
        write_difference(public, tmp_path / "what.internal.html", PACKAGED, new)


def test_an_internal_map_makes_the_answer_internal(new, tmp_path):
    path = tmp_path / "map.internal.html"
    path.write_bytes(render(read_scene(new, internal=True)).encode("utf-8"))
    found = read_difference(path, new)
    assert found.internal
    assert as_text(found).startswith(MARK)
    assert any("One side is internal" in note for note in found.not_compared)
    assert not read_difference(path, path)
    assert not read_difference(path, new, internal=True)


# ------------------------------------------------------------------ the command


def test_the_command_answers_and_ends_with_0(panjmap, new):
    sixth_report(new)
    done = panjmap("diff", PACKAGED, new)
    assert done.returncode == 0, done.stderr
    assert "Killed (alleged attacker): 3 → 3 to 4" in done.stdout
    assert panjmap("diff", "--exit-code", PACKAGED, new).returncode == 1
    assert panjmap("diff", "--exit-code", PACKAGED, PACKAGED).returncode == 0


def test_the_command_writes_json_and_a_page(panjmap, new, tmp_path):
    sixth_report(new)
    page = tmp_path / "what.html"
    done = panjmap("diff", "--json", "--html", page, PACKAGED, new)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == told(PACKAGED, new)
    assert "3 to 4" in visible_text(page.read_text(encoding="utf-8"))


def test_a_page_is_not_written_over_what_is_compared(panjmap, new, five_map):
    before = five_map.read_bytes()
    for target, name in ((five_map, "map.html"), (new / "claims.csv", "claims.csv")):
        done = panjmap("diff", "--html", target, new, five_map)
        assert done.returncode == 2, done.stdout
        assert name in done.stderr
    assert five_map.read_bytes() == before


def test_a_folder_with_a_map_and_no_tables_names_the_map(five_map):
    with pytest.raises(MapError, match=r"holds no tables\. Fix: name the map in it: .*map\.html"):
        read_difference(five_map.parent, five_map)


def test_faulty_tables_end_with_1_and_their_problems(panjmap, new):
    set_cells(new, "records", {"record_id": KAVO}, kind="nonsense")
    done = panjmap("diff", PACKAGED, new)
    assert done.returncode == 1
    assert "records.csv, row 4, column kind" in done.stderr
    assert done.stdout == ""
    assert panjmap("diff", PACKAGED, new / "nowhere").returncode == 1
    assert panjmap("diff", PACKAGED).returncode == 2
