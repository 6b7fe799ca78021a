"""Records in the column layouts of ACLED and UCDP GED: exact columns, codes of the codebooks, and what is lost."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import shapely

from panjmap.data.csv_text import unguarded
from panjmap.data.evidence import evidence_of
from panjmap.data.exchange import Event, Spot
from panjmap.data.exchange_acled import ACLED_COLUMNS, acled
from panjmap.data.exchange_ged import GED_COLUMNS, ged, priogrid
from panjmap.data.exchange_losses import Exchanged
from panjmap.data.model import Claim, Kind, Modality, Precision, Record, RecordType, Tables, VictimGroup
from panjmap.data.tables import PACKAGED, read_tables
from panjmap.render.exports.exchange import exchange_csv, exchanged
from panjmap.render.prepare import read_scene

STRIKE, DARVOZ, KAVO, FIVE, NOVEMBER = (
    "TJ-AF-2025-11-26-A",
    "TJ-AF-2025-11-30-A",
    "TJ-AF-2025-12-KAVO",
    "TJ-AF-2025-12-SHOHIN5",
    "TJ-AF-2024-11-A",
)
#: What each code may be: the lists of both codebooks.
ACLED_CODES = {
    "time_precision": {1, 2, 3},
    "geo_precision": {1, 2, 3},
    "disorder_type": {"Political violence"},
    "event_type": {"Battles", "Explosions/Remote violence", "Violence against civilians"},
    "sub_event_type": {"Armed clash", "Air/drone strike", "Shelling/artillery/missile attack", "Attack"},
    "inter1": {1, 3},
    "inter2": {None, 1, 3, 7},
    "interaction": {10, 30, 13, 17, 37, 33},
    "civilian_targeting": {None, "Civilian targeting"},
    "iso": {None, 4, 762},
}
GED_CODES = {
    "type_of_violence": {None, 1, 3},
    "where_prec": {1, 2, 3, 4, 5, 6, 7},
    "date_prec": {1, 2, 3, 4, 5},
    "event_clarity": {1, 2},
    "country_id": {None, 700, 702},
}
HOSTILE = '=HYPERLINK("http://x","y")\n-1;+1\t@SUM(A1) </script> {{7*7}} \\input{x} ](javascript:1)'


@pytest.fixture(scope="module")
def scene() -> Any:
    return read_scene()


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read_tables(PACKAGED)


def by_id(table: Exchanged, column: str) -> dict[Any, dict[str, Any]]:
    return {row[column]: row for row in table.rows}


def lost(table: Exchanged, item: str) -> list[tuple[int, tuple[str, ...]]]:
    return [(loss.count, loss.record_ids) for loss in table.losses if loss.item == item]


def test_columns_are_those_of_the_codebooks_in_their_order(scene):
    assert (len(ACLED_COLUMNS), len(GED_COLUMNS)) == (31, 49)
    assert (ACLED_COLUMNS[0], ACLED_COLUMNS[28], ACLED_COLUMNS[-1]) == ("event_id_cnty", "fatalities", "timestamp")
    assert (GED_COLUMNS[0], GED_COLUMNS[15], GED_COLUMNS[-1]) == ("id", "side_b_dset_id", "gwnob")
    for format_, columns in (("acled", ACLED_COLUMNS), ("ged", GED_COLUMNS)):
        read = list(csv.reader(io.StringIO(exchange_csv(exchanged(scene, format_)).decode("utf-8"), newline="")))
        assert tuple(read[0]) == columns
        assert {len(row) for row in read} == {len(columns)}


def test_acled_rows_of_the_five_reports(scene):
    rows = by_id(exchanged(scene, "acled"), "event_id_cnty")
    assert set(rows) == {STRIKE, DARVOZ, KAVO, FIVE, NOVEMBER}
    strike = {
        "event_date": "2025-11-26",
        "year": 2025,
        "time_precision": 1,
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike",
        "actor1": "Unidentified Armed Group",
        "actor2": "Civilians (Chinese)",
        "interaction": 37,
        "civilian_targeting": "Civilian targeting",
        "iso": 762,
        "country": "Tajikistan",
        "admin1": "Khatlon Region",
        "admin2": "Shamsiddin Shohin District",
        "geo_precision": 3,
        "fatalities": 3,
        "timestamp": None,
        "source_scale": None,
    }
    assert {column: rows[STRIKE][column] for column in strike} == strike
    kinds = {key: (row["event_type"], row["sub_event_type"], row["interaction"]) for key, row in rows.items()}
    assert kinds[DARVOZ] == kinds[NOVEMBER] == ("Violence against civilians", "Attack", 37)
    assert kinds[KAVO] == kinds[FIVE] == ("Battles", "Armed clash", 13)
    assert {key: row["fatalities"] for key, row in rows.items()} == {
        STRIKE: 3,
        DARVOZ: 2,
        KAVO: 3,
        FIVE: 5,
        NOVEMBER: 1,
    }
    assert {key: row["geo_precision"] for key, row in rows.items()} == {
        **{STRIKE: 3, DARVOZ: 1, KAVO: 1},
        **{FIVE: 2, NOVEMBER: 3},
    }
    assert (rows[NOVEMBER]["event_date"], rows[NOVEMBER]["time_precision"]) == ("2024-11-15", 3)
    assert "Reports differ" in rows[STRIKE]["notes"]
    assert "not complete" in rows[STRIKE]["tags"]


def test_ged_rows_of_the_five_reports(scene):
    rows = by_id(exchanged(scene, "ged"), "relid")
    assert set(rows) == {STRIKE, DARVOZ, KAVO, FIVE, NOVEMBER}
    strike = {
        "id": None,
        "conflict_new_id": None,
        "year": 2025,
        "type_of_violence": 3,
        "side_b": "Civilians (Chinese)",
        "number_of_sources": 5,
        "where_prec": 5,
        "adm_1": "Khatlon Region",
        "country_id": 702,
        "event_clarity": 1,
        "date_prec": 1,
        "date_start": "2025-11-26",
        "date_end": "2025-11-26",
        **{"deaths_a": 0, "deaths_b": 0, "deaths_civilians": 3, "deaths_unknown": 0, "low": 3, "best": 3, "high": 3},
    }
    assert {column: rows[STRIKE][column] for column in strike} == strike
    sides = {
        key: (row["deaths_a"], row["deaths_b"], row["deaths_civilians"], row["deaths_unknown"])
        for key, row in rows.items()
    }
    assert sides[KAVO] == (0, 3, 0, 0)
    assert sides[FIVE] == (0, 0, 0, 5)
    assert rows[KAVO]["side_b"] == "Alleged attackers (per Tajik officials)"
    assert (rows[KAVO]["side_a"], rows[KAVO]["gwnoa"], rows[KAVO]["type_of_violence"]) == (
        *("Government of Tajikistan", 702),
        1,
    )
    assert rows[KAVO]["event_clarity"] == rows[FIVE]["event_clarity"] == 2
    assert (rows[KAVO]["date_prec"], rows[KAVO]["date_start"], rows[KAVO]["date_end"]) == (
        4,
        "2025-12-01",
        "2025-12-31",
    )
    assert {key: row["where_prec"] for key, row in rows.items()} == {
        STRIKE: 5,
        DARVOZ: 1,
        KAVO: 1,
        FIVE: 3,
        NOVEMBER: 4,
    }
    for row in rows.values():
        assert row["best"] == sum(row[f"deaths_{side}"] for side in ("a", "b", "civilians", "unknown"))
        assert shapely.from_wkt(row["geom_wkt"]).coords[0] == (row["longitude"], row["latitude"])


def test_a_point_that_stands_for_an_area_lies_inside_of_it(scene):
    drawn = {row.record_id: row.geometry for row in scene.rows}
    for row in exchanged(scene, "ged").rows:
        at = shapely.Point(row["longitude"], row["latitude"])
        assert shapely.distance(drawn[row["relid"]], at) < 1e-5, row["relid"]


def test_the_loss_report_counts_what_the_five_reports_lose(scene):
    for format_ in ("acled", "ged"):
        table = exchanged(scene, format_)
        assert sum(count for count, _ in lost(table, "record")) == 18 - 5
        assert lost(table, "same_event") == [(1, (KAVO, FIVE))]
        assert lost(table, "injured") == [(3, (DARVOZ, STRIKE, NOVEMBER))]
        assert lost(table, "means") == [(1, (DARVOZ,))]
        assert lost(table, "area") == [(3, (FIVE, STRIKE, NOVEMBER))]
        assert lost(table, "alleged_groups") == [(1, (KAVO,))]
        assert lost(table, "blamed") == [(1, (STRIKE,))]
        assert not [loss for loss in table.losses if loss.count == 0]
        assert not {"range", "open_ended", "words", "groups", "unreported"} & {loss.item for loss in table.losses}
    assert lost(exchanged(scene, "acled"), "span") == [(3, (KAVO, FIVE, NOVEMBER))]
    assert lost(exchanged(scene, "ged"), "span") == []
    line = next(loss.line for loss in exchanged(scene, "acled").losses if loss.item == "same_event")
    assert line == (f"Lost: 1 pair of rows may be one event: whoever adds the rows up counts it twice [{KAVO}, {FIVE}]")


SPOT = Spot(Precision.SITE, "Nowhere", "A place", "TJ", None, None, None, 70.0, 38.0, 1.0, False, False, False)


def events(
    tables: Tables,
    claims: Sequence[dict[str, Any]],
    spot: Spot | None = SPOT,
    notes: str = "",
    **record: Any,
) -> tuple[Event, ...]:
    """One made-up attack with claims of its own."""
    base = next(r for r in tables.records if r.record_id == DARVOZ)
    own: Record = base.model_copy(update={"record_id": "NEW", "claimed_types": (), **record})
    like = next(c for c in tables.claims if c.attribute == "killed")
    made: list[Claim] = [
        like.model_copy(update={"claim_id": f"N{i}", "record_id": "NEW", "value_text": None, **claim})
        for i, claim in enumerate(claims)
    ]
    found = evidence_of(tables._replace(records=(own,), claims=tuple(made), relations=(), decisions=()))
    return (Event(found["NEW"], spot, notes),)


def killed(low: int | None, high: int | None, group: str = "civilian", text: str | None = None) -> dict[str, Any]:
    return {"value_low": low, "value_high": high, "victim_group": VictimGroup(group), "value_text": text}


NUMBERS = [
    # claims; ACLED fatalities; GED low, best, high; deaths_a, deaths_b, deaths_civilians, deaths_unknown; losses
    ([killed(1, 1), killed(4, 4)], 1, (1, 1, 4), (0, 0, 1, 0), {"range"}),
    ([killed(3, None)], 3, (3, 3, 3), (0, 0, 3, 0), {"open_ended"}),
    ([killed(None, 5)], None, (None, None, 5), (None,) * 4, {"no_number"}),
    ([killed(None, None, text="words: several")], None, (None,) * 3, (None,) * 4, {"words", "no_number"}),
    ([killed(None, None, text="words: dozens")], 12, (12, 12, 12), (0, 0, 12, 0), {"words"}),
    ([killed(2, 2), killed(3, 3, "state_force")], 5, (5, 5, 5), (3, 0, 2, 0), {"groups"}),
    ([killed(2, 2), killed(3, 3, "not_described")], 3, (3, 3, 5), (0, 0, 2, 1), {"groups", "range"}),
    (
        [killed(2, 2, "state_force"), killed(1, 2, "alleged_smuggler")],
        3,
        (3, 3, 4),
        (2, 1, 0, 0),
        {"groups", "range", "alleged_groups"},
    ),
]


@pytest.mark.parametrize(("claims", "fatalities", "span", "sides", "items"), NUMBERS)
def test_the_most_conservative_number_is_coded_and_the_rest_is_said(tables, claims, fatalities, span, sides, items):
    made = events(tables, claims)
    assert acled(made, "").rows[0]["fatalities"] == fatalities
    row = ged(made).rows[0]
    assert (row["low"], row["best"], row["high"]) == span
    assert tuple(row[f"deaths_{side}"] for side in ("a", "b", "civilians", "unknown")) == sides
    numeric = {"range", "open_ended", "words", "no_number", "groups", "alleged_groups", "unreported"}
    for table in (acled(made, ""), ged(made)):
        assert {loss.item for loss in table.losses} & numeric == items


def test_without_deaths_acled_says_none_and_ged_holds_no_row(tables):
    assert acled(events(tables, []), "").rows[0]["fatalities"] == 0
    assert lost(acled(events(tables, []), ""), "unreported") == [(1, ("NEW",))]
    for made in (events(tables, []), events(tables, [killed(0, 0)])):
        assert ged(made).rows == ()
        assert [loss.text for loss in ged(made).losses if loss.item == "record"] == [
            "Left out: 1 record: no report says that people died, and the format holds deadly events only"
        ]


DAY = dt.date(2025, 3, 1)
SPANS = [
    # days; ACLED date and code; GED code
    (1, "2025-03-01", 1, 1),
    (2, "2025-03-01", 2, 2),
    (7, "2025-03-04", 2, 3),
    (8, "2025-03-04", 3, 4),
    (31, "2025-03-16", 3, 4),
    (32, None, None, 5),
    (366, None, None, 5),
    (367, None, None, None),
]


@pytest.mark.parametrize(("days", "date", "time_precision", "date_prec"), SPANS)
def test_spans_of_days_have_the_codes_of_their_length(tables, days, date, time_precision, date_prec):
    last = DAY + dt.timedelta(days=days - 1)
    made = events(tables, [killed(1, 1)], date_start=DAY, date_end=last, date_precision="range")
    first = acled(made, "").rows[:1]
    assert [(row["event_date"], row["time_precision"]) for row in first] == ([(date, time_precision)] if date else [])
    rows = ged(made).rows
    assert [row["date_prec"] for row in rows] == ([date_prec] if date_prec else [])
    for row in rows:
        assert (row["date_start"], row["date_end"]) == (str(DAY), str(last))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"date_start": None}, "date is open"),
        ({"date_end": None}, "date is open"),
        ({"spot": None}, "no report gives a place"),
        ({"spot": replace(SPOT, country=None)}, "more than one country"),
        ({"kind": "measure"}, "measures against people"),
        ({"kind": "response"}, "responses"),
        ({"kind": "aggregate"}, "totals"),
    ],
)
def test_what_the_formats_cannot_hold_is_left_out_with_a_reason(tables, change, reason):
    change = {key: Kind(value) if key == "kind" else value for key, value in change.items()}
    for write in (lambda made: acled(made, ""), ged):
        table = write(events(tables, [killed(1, 1)], **change))
        assert table.rows == ()
        assert [(loss.item, loss.count) for loss in table.losses] == [("record", 1)]
        assert reason in table.losses[0].text


TYPES: list[tuple[str, str, str, tuple[str, int, int | None]]] = [
    ("attack", "drone_strike", "civilian", ("Air/drone strike", 37, 3)),
    ("attack", "drone_strike", "state_force", ("Air/drone strike", 13, 1)),
    ("attack", "shelling", "not_described", ("Shelling/artillery/missile attack", 30, None)),
    ("attack", "armed_attack", "civilian", ("Attack", 37, 3)),
    ("attack", "armed_attack", "state_force", ("Armed clash", 13, 1)),
    ("attack", "armed_attack", "not_described", ("Attack", 30, None)),
    ("attack", "armed_attack", "alleged_attacker", ("Armed clash", 30, None)),
    ("attack", "armed_clash", "not_described", ("Armed clash", 30, None)),
    ("attack", "armed_incursion", "civilian", ("Armed clash", 13, 1)),
    ("state_operation", "counter_operation", "alleged_smuggler", ("Armed clash", 13, 1)),
    ("state_operation", "smuggling_clash", "civilian", ("Attack", 17, 3)),
]


@pytest.mark.parametrize(("kind", "type_", "group", "coded"), TYPES)
def test_every_type_of_record_has_codes_of_both_codebooks(tables, kind, type_, group, coded):
    made = events(tables, [killed(1, 1, group)], kind=Kind(kind), type=RecordType(type_))
    row, other = acled(made, "").rows[0], ged(made).rows[0]
    assert (row["sub_event_type"], row["interaction"], other["type_of_violence"]) == coded
    assert bool(row["civilian_targeting"]) == (other["type_of_violence"] == 3)
    check_codes([row], ACLED_CODES)
    check_codes([other], GED_CODES)


def check_codes(rows: Sequence[dict[str, Any]], codes: dict[str, set[Any]]) -> None:
    for row in rows:
        for column, known in codes.items():
            assert row[column] in known, column


BLAMED = [
    ([], "Unidentified Armed Group"),
    ([("a gang", "asserted")], "a gang (per Radio Ozodi)"),
    ([("a gang", "denied")], "Unidentified Armed Group"),
    ([("a gang", "asserted"), ("an army", "asserted")], "Unidentified Armed Group"),
    ([("a gang", "asserted"), ("an army", "denied")], "a gang (per Radio Ozodi)"),
]


@pytest.mark.parametrize(("blamed", "actor"), BLAMED)
def test_an_actor_is_named_only_where_reports_agree_and_with_who_names_it(tables, blamed, actor):
    said = {"attribute": "perpetrator", "speaker_id": "ozodi", "said_by": "Radio Ozodi", "victim_group": None}
    more = [
        {**said, "value_text": text, "value_low": None, "value_high": None, "modality": Modality(how)}
        for text, how in blamed
    ]
    made = events(tables, [killed(1, 1), *more])
    assert acled(made, "").rows[0]["actor1"] == ged(made).rows[0]["side_a"] == actor


def row_of(folder: Path, table: str, *first: str) -> int:
    """Number of the row that begins with these cells."""
    rows = csv.reader(io.StringIO((folder / f"{table}.csv").read_text(encoding="utf-8"), newline=""))
    return next(i for i, row in enumerate(rows, 1) if row[: len(first)] == list(first))


def test_of_a_country_alone_its_point_is_given_with_the_code_that_says_so(
    folder: Path, edit: Callable[..., None]
) -> None:
    edit("record_places", row_of(folder, "record_places", NOVEMBER, "tj-kt"), place_id="tj")
    scene = read_scene(folder)
    row = by_id(exchanged(scene, "ged"), "relid")[NOVEMBER]
    assert (row["where_prec"], row["where_coordinates"], row["adm_1"]) == (6, "Tajikistan", None)
    assert (row["longitude"], row["latitude"]) == (71.00741, 38.52759)
    assert by_id(exchanged(scene, "acled"), "event_id_cnty")[NOVEMBER]["geo_precision"] == 3


def test_the_afghan_badakhshan_is_given_by_a_point_in_afghanistan(folder: Path, edit: Callable[..., None]) -> None:
    edit("record_places", row_of(folder, "record_places", NOVEMBER, "tj-kt"), place_id="af-bds")
    scene = read_scene(folder)
    row = by_id(exchanged(scene, "ged"), "relid")[NOVEMBER]
    assert (row["country"], row["country_id"], row["adm_1"]) == ("Afghanistan", 700, "Badakhshan Province")
    point = shapely.Point(row["longitude"], row["latitude"])
    assert shapely.within(point, next(r.geometry for r in scene.rows if r.record_id == NOVEMBER))
    assert by_id(exchanged(scene, "acled"), "event_id_cnty")[NOVEMBER]["iso"] == 4


def test_hostile_text_reads_back_as_text_and_starts_no_formula(tables):
    spot = replace(SPOT, name=HOSTILE, description=HOSTILE, admin1=HOSTILE, admin2=HOSTILE)
    made = events(tables, [killed(1, 1)], spot, notes=HOSTILE)
    for table in (acled(made, HOSTILE), ged(made)):
        text = exchange_csv(table).decode("utf-8")
        (read,) = list(csv.DictReader(io.StringIO(text, newline="")))
        assert not [cell for cell in read.values() if cell[:1] in "=+@" and cell]
        wanted = {k: "" if v is None else str(v) for k, v in table.rows[0].items()}
        assert {k: unguarded(v) for k, v in read.items()} == wanted


def test_pandas_reads_the_values_back(scene):
    for format_ in ("acled", "ged"):
        table = exchanged(scene, format_)
        read = pd.read_csv(io.BytesIO(exchange_csv(table)), keep_default_na=False, na_values=[""])
        assert tuple(read.columns) == table.columns
        for row, wanted in zip(read.to_dict("records"), table.rows, strict=True):
            assert {k: None if pd.isna(v) else v for k, v in row.items()} == wanted


def test_the_grid_counts_half_degrees_from_the_south_pole_and_the_date_line():
    assert priogrid(-179.75, -89.75) == 1
    assert priogrid(179.75, -89.75) == 720
    assert priogrid(179.75, 89.75) == 259_200


def test_the_same_scene_gives_the_same_bytes(scene):
    assert exchange_csv(exchanged(scene, "acled")) == exchange_csv(exchanged(read_scene(), "acled"))


def test_no_row_is_of_a_record_that_is_withheld_and_none_of_a_measure(folder: Path, edit: Callable[..., None]) -> None:
    edit("records", row_of(folder, "records", STRIKE), sensitivity="withhold")
    scene = read_scene(folder)
    for format_ in ("acled", "ged"):
        table = exchanged(scene, format_)
        text = exchange_csv(table).decode("utf-8") + "".join(loss.line for loss in table.losses)
        assert STRIKE not in text
        assert "-M-" not in exchange_csv(table).decode("utf-8")
