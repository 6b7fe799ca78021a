"""Two invented reports with their texts: searches at an address, with coordinates; and a record that is withheld.

The packaged tables with these rows added are what a public output is tried on: nothing of the address and nothing of
the withheld record may be found in it, and it is the same whatever they are: :class:`Hidden`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from panjmap.data.model import (
    Change,
    Decision,
    PlaceName,
    PlaceRole,
    RecordPlace,
    Relation,
    Sensitivity,
    Tables,
    VictimGroup,
)
from panjmap.data.tables import PACKAGED, read_tables, write_tables

RAIDS = "TJ-AF-2025-M-RAIDS"


@dataclass(frozen=True)
class Hidden:
    """What must not come out: an address in three scripts, a withheld place, where both are (longitude, latitude)."""

    street: tuple[str, str, str] = ("Gulzamin", "Гулзамин", "گلزمین")
    number: int = 14
    house: tuple[float, float] = (68.523468, 38.412347)
    mill: tuple[str, str, str] = ("Zarhalqa", "Зарҳалқа", "زرحلقه")
    mill_at: tuple[float, float] = (69.918273, 37.246813)
    village: str = "Yakkatol"
    outlet: str = "Mill Gazette"
    upstream: str = "Hidden Courier"
    witness: str = "Only miller"
    link: str = "https://mill.example/fire"
    killed: int = 71

    @property
    def address(self) -> str:
        """The address as it is written."""
        return f"{self.street[0]} Street {self.number}"

    @property
    def title(self) -> str:
        """The title of the withheld record."""
        return f"Burning of the {self.mill[0]} mill"

    @property
    def words(self) -> tuple[str, ...]:
        """Words that no public output may hold, however they are written."""
        names = (*self.street, *self.mill, self.village, self.outlet, self.upstream, self.witness)
        ids = ("gulzamin-house", "zarhalqa-mill", "SECRET-1", "made-2", "miller-w1", "QUO-3", "QUO-4", "QUO-5")
        return (*names, *ids, self.link.split("/")[2])


#: The first of two: whatever they are, a public output is the same.
FIRST = Hidden()
SECOND = Hidden(
    street=("Bahoriston", "Баҳористон", "بهارستان"),
    number=237,
    house=(68.611519, 38.371253),
    mill=("Korvonguzar", "Корвонгузар", "کاروان‌گذر"),
    mill_at=(70.311742, 37.493158),
    village="Tutzamin",
    outlet="The Reed Cutters' Weekly",
    upstream="Weir Post",
    witness="Nobody at all",
    link="https://reeds.example/a/much/longer/way",
    killed=6,
)
BURNT, STREET = FIRST.title, FIRST.address
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


def made_tables(texts: Mapping[str, str] = REPORTS, hidden: Hidden = FIRST) -> Tables:
    """The packaged tables with the rows of both reports."""
    tables = read_tables(PACKAGED)
    claims = [row for name in ("made-1", "made-2") for row in _claims(tables, name, hidden)]
    secret = tables.records[0].model_copy(
        update={
            "record_id": "SECRET-1",
            "title": hidden.title,
            "note": f"near {hidden.village}",
            "possible_same_as": (),
        }
        | {"sensitivity": Sensitivity.WITHHOLD}
    )
    raids = next(record for record in tables.records if record.record_id == RAIDS)
    told = raids.model_copy(update={"note": f"At {hidden.address}, {hidden.house[1]}, {hidden.house[0]}."})
    return tables._replace(
        records=(*(told if r.record_id == RAIDS else r for r in tables.records), secret),
        reports=(*tables.reports, *(_report(tables, name, text, hidden) for name, text in texts.items())),
        speakers=(
            *tables.speakers,
            tables.speakers[1].model_copy(
                update={"speaker_id": "miller-w1", "name": hidden.witness, "as_written": (hidden.witness,)}
            ),
        ),
        claims=(*tables.claims, *claims),
        relations=(
            *tables.relations,
            Relation(claim_a="QUO-3", claim_b="QUO-4", relation="contradicts", note=hidden.mill[0]),
        ),
        **_ground(tables, hidden),
        **_history(tables, hidden),
    )


def _report(tables: Tables, name: str, text: str, hidden: Hidden) -> object:
    return tables.reports[0].model_copy(
        update={
            "report_id": name,
            "outlet": {"made-1": "Evening paper", "made-2": hidden.outlet}[name],
            "title": {"made-1": "House searches", "made-2": "A fire at night"}[name],
            "url": {"made-1": "https://paper.example/a", "made-2": hidden.link}[name],
            "upstream": () if name == "made-1" else (hidden.upstream,),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "chars": len(text),
        }
    )


def _claims(tables: Tables, name: str, hidden: Hidden) -> list[object]:
    first = next(claim for claim in tables.claims if claim.record_id == RAIDS and claim.victim_group is None)
    bare = {"report_id": name, "topic": None, "value_low": None, "value_high": None, "via": None, "note": None}
    rows: dict[str, dict[str, object]] = {
        "made-1": {
            "QUO-1": {"attribute": "policy_action", "value_text": "two men taken along", "start": 40, "end": 90},
            "QUO-2": {
                "attribute": "policy_place",
                "value_text": hidden.address,
                "place_id": ("gulzamin-house",),
                "start": 45,
            }
            | {"end": 88},
        },
        "made-2": {
            "QUO-3": {"record_id": "SECRET-1", "attribute": "target", "value_text": "the mill", "start": 4, "end": 24},
            "QUO-4": {
                "record_id": "SECRET-1",
                "attribute": "place",
                "value_text": hidden.mill[0],
                "start": 8,
                "end": 24,
            }
            | {"place_id": ("zarhalqa-mill",), "speaker_id": "miller-w1", "said_by": hidden.witness},
            "QUO-6": {"record_id": "SECRET-1", "attribute": "killed", "value_text": "nationality: Chinese"}
            | {"victim_group": VictimGroup.CIVILIAN, "value_low": hidden.killed, "value_high": hidden.killed}
            | {"start": 25, "end": 40},
            "QUO-5": {
                "record_id": None,
                "topic": "background",
                "attribute": "context",
                "value_text": "fire at the mill",
            }
            | {"start": 25, "end": 60},
        },
    }[name]
    return [
        first.model_copy(update=bare | {"place_id": (), "claim_id": one, "note": None} | row)
        for one, row in rows.items()
    ]


def _ground(tables: Tables, hidden: Hidden) -> dict[str, object]:
    """Places of both, their spellings, and which record is where."""
    town = next(place for place in tables.places if place.place_id == "tj-vahdat")
    bare = {"level": "site", "geonames_id": None, "wikidata_id": None, "wof_id": None, "note": "house with a mill"}
    bare |= {"uncertainty_km": 0.02, "coord_source": "own visit", "confidence": "high"}
    sites = {
        "gulzamin-house": (hidden.address, hidden.house, "tj-rudaki"),
        "zarhalqa-mill": (f"{hidden.mill[0]} mill", hidden.mill_at, "tj-kt"),
    }
    places = [
        town.model_copy(update=bare | {"place_id": one, "name": name, "lon": lon, "lat": lat, "parent_id": parent})
        for one, (name, (lon, lat), parent) in sites.items()
    ]
    scripts = (("en", "Latn"), ("tg", "Cyrl"), ("fa", "Arab"))
    names = [
        PlaceName(place_id=one, name=name, language=language, script=script, kind="variant")
        for one, found in (("gulzamin-house", hidden.street), ("zarhalqa-mill", hidden.mill))
        for name, (language, script) in zip(found, scripts, strict=True)
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


def _history(tables: Tables, hidden: Hidden) -> dict[str, object]:
    """Decisions and corrections."""
    day = tables.decisions[0].decided_on
    decisions = [
        Decision(record_id=record, attribute="place", chosen=place, reason=why, source=source, decided_on=day)
        for record, place, why, source in (
            (
                RAIDS,
                "gulzamin-house",
                f"The neighbours name {hidden.address} at {hidden.house[1]} N {hidden.house[0]} E.",
                "QUO-2",
            ),
            ("SECRET-1", "zarhalqa-mill", "The miller told us.", "QUO-4"),
        )
    ]
    changes = [
        Change(date=day, record_id=record, attribute=name, old=old, new=new, reason=why)
        for record, name, old, new, why in (
            (RAIDS, "place", hidden.street[0], "gulzamin-house", f"{hidden.house[1]}, {hidden.house[0]}"),
            ("SECRET-1", "title", f"A fire at {hidden.mill[0]}", hidden.title, "the mill was named"),
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
