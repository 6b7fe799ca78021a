"""Two invented reports with their texts: searches at an address, with coordinates; and a record that is withheld.

The packaged tables with these rows added are what a public output is tried on: nothing of the address and nothing of
the withheld record may be found in it. The words that tell of them stand in :data:`HIDDEN`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from panjmap.data.model import Change, Decision, PlaceName, PlaceRole, RecordPlace, Relation, Sensitivity, Tables
from panjmap.data.tables import PACKAGED, read_tables, write_tables

RAIDS = "TJ-AF-2025-M-RAIDS"
STREET = "Gulzamin Street 14"
BURNT = "Burning of the Zarhalqa mill"
#: Where the searches were, and where the withheld record was: longitude, latitude.
HOUSE, MILL = (68.523468, 38.412347), (69.918273, 37.246813)
#: Names, ids and words that no public output may hold, however it is written.
HIDDEN = (
    *("Gulzamin", "Гулзамин", "گلزمین", "gulzamin-house", "Yakkatol", "yakkatol"),
    *("Zarhalqa", "Зарҳалқа", "زرحلقه", "zarhalqa-mill", "SECRET-1", "OLD-SECRET", "made-2", "miller-w1"),
    *("Only miller", "Mill Gazette", "Hidden Courier", "mill.example", "S3", "S4", "S5"),
)
#: The texts, by the id of the report.
REPORTS: Mapping[str, str] = {
    "made-1": (
        "On a cold morning the patrol went along Gulzamin Street and knocked at number 14, neighbours of the family "
        "told this paper. Two brothers were led away before breakfast; the younger carried no papers with him."
    ),
    "made-2": (
        "The old mill at Zarhalqa burned through the night while the miller hid in the reeds below the weir. He has "
        "asked that nobody learn where he lives now, and this paper will not print the name of his village."
    ),
}


def made_tables(texts: Mapping[str, str] = REPORTS) -> Tables:
    """The packaged tables with the rows of both reports."""
    tables = read_tables(PACKAGED)
    claims = [row for name in ("made-1", "made-2") for row in _claims(tables, name, texts[name])]
    secret = tables.records[0].model_copy(
        update={"record_id": "SECRET-1", "title": BURNT, "note": "near Yakkatol", "possible_same_as": ()}
        | {"sensitivity": Sensitivity.WITHHOLD}
    )
    raids = next(record for record in tables.records if record.record_id == RAIDS)
    told = raids.model_copy(update={"note": f"At {STREET}, {HOUSE[1]}, {HOUSE[0]}."})
    return tables._replace(
        records=(*(told if r.record_id == RAIDS else r for r in tables.records), secret),
        reports=(*tables.reports, *(_report(tables, name, text) for name, text in texts.items())),
        speakers=(
            *tables.speakers,
            tables.speakers[1].model_copy(
                update={"speaker_id": "miller-w1", "name": "Only miller", "as_written": ("Only miller",)}
            ),
        ),
        claims=(*tables.claims, *claims),
        relations=(*tables.relations, Relation(claim_a="S3", claim_b="S4", relation="contradicts", note="Zarhalqa")),
        **_ground(tables),
        **_history(tables),
    )


def _report(tables: Tables, name: str, text: str) -> object:
    return tables.reports[0].model_copy(
        update={
            "report_id": name,
            "outlet": {"made-1": "Evening paper", "made-2": "Mill Gazette"}[name],
            "title": {"made-1": "House searches", "made-2": "A fire at night"}[name],
            "url": {"made-1": "https://paper.example/a", "made-2": "https://mill.example/fire"}[name],
            "upstream": () if name == "made-1" else ("Hidden Courier",),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "chars": len(text),
        }
    )


def _claims(tables: Tables, name: str, text: str) -> list[object]:
    first = next(claim for claim in tables.claims if claim.record_id == RAIDS and claim.victim_group is None)
    bare = {"report_id": name, "topic": None, "value_low": None, "value_high": None, "via": None, "note": None}
    rows: dict[str, dict[str, object]] = {
        "made-1": {
            "S1": {"attribute": "policy_action", "value_text": "two men taken along", "start": 40, "end": 90},
            "S2": {"attribute": "policy_place", "value_text": STREET, "place_id": ("gulzamin-house",), "start": 45}
            | {"end": 88},
        },
        "made-2": {
            "S3": {"record_id": "SECRET-1", "attribute": "target", "value_text": "the mill", "start": 4, "end": 24},
            "S4": {"record_id": "SECRET-1", "attribute": "place", "value_text": "Zarhalqa", "start": 8, "end": 24}
            | {"place_id": ("zarhalqa-mill",), "speaker_id": "miller-w1", "said_by": "Only miller"},
            "S5": {"record_id": None, "topic": "background", "attribute": "context", "value_text": "fire at the mill"}
            | {"start": 25, "end": 60},
        },
    }[name]
    return [
        first.model_copy(update=bare | {"place_id": (), "claim_id": one, "note": None} | row)
        for one, row in rows.items()
    ]


def _ground(tables: Tables) -> dict[str, object]:
    """Places of both, their spellings, and which record is where."""
    town = next(place for place in tables.places if place.place_id == "tj-vahdat")
    bare = {"level": "site", "geonames_id": None, "wikidata_id": None, "wof_id": None, "note": "house with a mill"}
    bare |= {"uncertainty_km": 0.02, "coord_source": "own visit", "confidence": "high"}
    sites = {"gulzamin-house": (STREET, HOUSE, "tj-rudaki"), "zarhalqa-mill": ("Zarhalqa mill", MILL, "tj-kt")}
    places = [
        town.model_copy(update=bare | {"place_id": one, "name": name, "lon": lon, "lat": lat, "parent_id": parent})
        for one, (name, (lon, lat), parent) in sites.items()
    ]
    spellings = {
        "gulzamin-house": (("Gulzamin", "en", "Latn"), ("Гулзамин", "tg", "Cyrl"), ("گلزمین", "fa", "Arab")),
        "zarhalqa-mill": (("Zarhalqa", "en", "Latn"), ("Зарҳалқа", "tg", "Cyrl"), ("زرحلقه", "fa", "Arab")),
    }
    names = [
        PlaceName(place_id=one, name=name, language=language, script=script, kind="variant")
        for one, found in spellings.items()
        for name, language, script in found
    ]
    links = [
        RecordPlace(record_id=record, place_id=place, role=PlaceRole.EVENT)
        for record, place in ((RAIDS, "gulzamin-house"), ("SECRET-1", "zarhalqa-mill"))
    ]
    return {
        "places": (*tables.places, *places),
        "place_names": (*tables.place_names, *names),
        "record_places": (*tables.record_places, *links),
    }


def _history(tables: Tables) -> dict[str, object]:
    """Decisions and corrections."""
    day = tables.decisions[0].decided_on
    decisions = [
        Decision(record_id=record, attribute="place", chosen=place, reason=why, source=source, decided_on=day)
        for record, place, why, source in (
            (RAIDS, "gulzamin-house", f"The neighbours name {STREET} at {HOUSE[1]} N {HOUSE[0]} E.", "S2"),
            ("SECRET-1", "zarhalqa-mill", "The miller told us.", "S4"),
        )
    ]
    changes = [
        Change(date=day, record_id=record, attribute=name, old=old, new=new, reason=why)
        for record, name, old, new, why in (
            (RAIDS, "place", "Gulzamin", "gulzamin-house", f"{HOUSE[1]}, {HOUSE[0]}"),
            ("SECRET-1", "title", "A fire at Zarhalqa", BURNT, "the mill was named"),
        )
    ]
    return {"decisions": (*tables.decisions, *decisions), "changes": (*tables.changes, *changes)}


def write_folder(folder: Path, tables: Tables) -> Path:
    """Write tables as a data folder."""
    write_tables(tables, folder)
    return folder


def write_reports(folder: Path, texts: Mapping[str, str] = REPORTS) -> Path:
    """Write the texts as files."""
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_bytes(text.encode())
    return folder
