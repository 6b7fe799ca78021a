"""People at risk: no export in any format holds what the page may not, not even packed."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import shapely

from panjmap.data.evidence import evidence_of
from panjmap.data.model import Change, Decision, PlaceRole, RecordPlace, Sensitivity, Tables
from panjmap.data.publish import public
from panjmap.data.tables import PACKAGED, read_tables
from panjmap.geo.areas import load_areas
from panjmap.geo.basemap import load_basemap
from panjmap.geo.locate import locate
from panjmap.geo.river import load_river
from panjmap.render.export import FORMATS, export_bytes
from panjmap.render.exports.frame import records_frame
from panjmap.render.scene import PageOptions, Scene, make_scene

RAIDS = "TJ-AF-2025-M-RAIDS"
#: What must be nowhere: a hamlet and a post with their positions, a withheld record, who told of it.
WRITTEN = ("Zarbed", "38.412347", "68.523468", "SECRET-1", "The withheld", "Only witness", "Quiet post")
WRITTEN += ("37.711718", "70.077138")
#: Nor the same positions, cut or rounded to what an export may hold.
HIDDEN = (*WRITTEN, "38.41234", "38.41235", "68.52346", "68.52347", "37.71171", "37.71172", "70.07713", "70.07714")


def told(tables: Tables) -> Tables:
    """House searches in a hamlet, at a position; a withheld record with its own witness; an attack to generalise."""
    day = tables.decisions[0].decided_on
    town = next(place for place in tables.places if place.place_id == "tj-vahdat")
    bare = {"geonames_id": None, "wikidata_id": None, "note": None}
    hamlet = town.model_copy(update={"place_id": "zarbed", "name": "Zarbed", "lat": 38.412347, "lon": 68.523468} | bare)
    hamlet = hamlet.model_copy(update={"level": "settlement", "parent_id": "tj-rudaki"})
    kavo = next(place for place in tables.places if place.place_id == "kavok")
    post = kavo.model_copy(
        update={"place_id": "quiet", "name": "Quiet post", "lat": 37.711718, "lon": 70.077138} | bare
    )
    raids = next(record for record in tables.records if record.record_id == RAIDS)
    strike = tables.records[0]
    secret = strike.model_copy(
        update={"record_id": "SECRET-1", "title": "The withheld", "sensitivity": Sensitivity.WITHHOLD}
    )
    quiet = strike.model_copy(
        update={"record_id": "QUIET-1", "title": "Attack at Quiet post", "sensitivity": Sensitivity.GENERALISE}
        | {"possible_same_as": ("SECRET-1",), "note": "at 37.711718, 70.077138"}
    )
    witness = tables.speakers[1].model_copy(update={"speaker_id": "w1", "name": "Only witness", "as_written": ()})
    claim = tables.claims[0].model_copy(update={"start": None, "end": None, "note": "SECRET-1 at Zarbed"})
    claims = [
        claim.model_copy(
            update={"claim_id": "S1", "record_id": "SECRET-1", "speaker_id": "w1", "said_by": "Only witness"}
        ),
        claim.model_copy(
            update={"claim_id": "S2", "record_id": RAIDS, "attribute": "policy_action", "place_id": ("zarbed",)}
            | {"value_text": "Zarbed, 38.412347 N 68.523468 E", "victim_group": None}
            | {"value_low": None, "value_high": None}
        ),
        claim.model_copy(update={"claim_id": "S3", "record_id": "QUIET-1", "value_text": "words: at Quiet post"}),
    ]
    return tables._replace(
        records=(
            *(record for record in tables.records if record != raids),
            raids.model_copy(update={"title": "Searches in Zarbed at 38.412347, 68.523468", "note": "by Zarbed"}),
            secret,
            quiet,
        ),
        places=(*tables.places, hamlet, post),
        speakers=(*tables.speakers, witness),
        claims=(*tables.claims, *claims),
        record_places=(
            *tables.record_places,
            *(
                RecordPlace(record_id=record, place_id=place, role=PlaceRole.EVENT)
                for record, place in ((RAIDS, "zarbed"), ("SECRET-1", "quiet"), ("QUIET-1", "quiet"))
            ),
        ),
        decisions=(
            *tables.decisions,
            *(
                Decision(record_id=r, attribute="place", chosen=p, reason=f"so {p}", source="S1", decided_on=day)
                for r, p in ((RAIDS, "zarbed"), ("QUIET-1", "quiet"), ("SECRET-1", "quiet"))
            ),
        ),
        changes=(
            *tables.changes,
            Change(
                date=day, record_id=RAIDS, attribute="place", old="Zarbed", new="zarbed", reason="38.412347, 68.523468"
            ),
        ),
    )


@cache
def scene() -> Scene:
    """The whole way from such tables to what is shown."""
    packaged = read_tables(PACKAGED)
    published = public(told(packaged), common=packaged.places)
    river = load_river()
    areas = load_areas(published.known_places, river, names=published.tables.place_names)
    located = locate(published.tables, areas, river)
    return make_scene(published, located, evidence_of(published.tables), load_basemap(), areas, PageOptions())


def texts_of(data: bytes, folder: Path) -> Iterator[str]:
    """Everything that a file holds, unpacked, as text."""
    yield data.decode("utf-8", "replace")
    yield data.decode("utf-16-le", "replace")
    if data.startswith(b"SQLite format 3"):
        path = folder / "x.gpkg"
        path.write_bytes(data)
        with closing(sqlite3.connect(path)) as database:
            yield "\n".join(database.iterdump())
    elif data.startswith(b"PAR1"):
        table = pq.read_table(io.BytesIO(data))
        yield repr(table.to_pylist())
        yield repr(table.schema.metadata)
    elif zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts_of(archive.read(name), folder)


def test_the_tables_do_hold_what_is_to_be_hidden():
    assert [word for word in WRITTEN if word not in repr(told(read_tables(PACKAGED)))] == []


@pytest.mark.parametrize("name", FORMATS)
def test_no_export_holds_what_is_withheld_or_finer_than_a_district(name, tmp_path):
    exported = export_bytes(scene(), name)
    assert any("Kavo" in text for data in exported.files.values() for text in texts_of(data, tmp_path))
    found = {
        word for data in exported.files.values() for text in texts_of(data, tmp_path) for word in HIDDEN if word in text
    }
    assert found == set()
    assert all(word not in note for note in exported.notes for word in HIDDEN)


def test_people_at_risk_are_in_the_outline_of_their_districts_and_nowhere_nearer():
    frame = records_frame(scene()).set_index("record_id")
    assert "SECRET-1" not in frame.index
    assert frame.loc["QUIET-1", "same_as"] == []
    for record, districts in ((RAIDS, ["tj-vahdat-district", "tj-rudaki"]), ("QUIET-1", ["tj-shohin"])):
        row = frame.loc[record]
        assert (row["generalised"], row["drawn_as"]) == (True, "area")
        if row["precision"] == "district":
            whole = shapely.union_all([scene().areas.outline(place).geometry for place in districts])
            assert row["geometry"].hausdorff_distance(whole) < 1e-4


def test_the_outline_of_a_district_is_the_same_without_the_hidden_place():
    packaged = read_tables(PACKAGED)
    known = public(packaged, common=packaged.places).known_places
    areas = load_areas(known, load_river(), names=packaged.place_names)
    for place in ("tj-vahdat-district", "tj-rudaki", "tj-shohin"):
        assert scene().areas.outline(place).geometry.equals(areas.outline(place).geometry)


@pytest.mark.parametrize("name", FORMATS)
def test_every_export_says_how_many_records_were_held_back(name, tmp_path):
    note = scene().published.note
    assert "withheld" in note
    exported = export_bytes(scene(), name)
    texts = [text for data in exported.files.values() for text in texts_of(data, tmp_path)]
    assert any(note in text for text in (*texts, *exported.notes))
