from __future__ import annotations

import json

import pytest

from panjmap.data.model import ROW_CLASSES, Kind, PlaceLevel
from panjmap.data.rules import FOREIGN_KEYS, PRIMARY_KEYS
from panjmap.data.schema import MEANINGS, datapackage, datapackage_text
from panjmap.data.tables import DATAPACKAGE, PACKAGED, read_tables, table_text

COLUMNS = {
    "reports": "report_id outlet title kind language published published_basis url archived_url upstream derived_from "
    "sha256 chars",
    "speakers": "speaker_id name kind state as_written",
    "records": "record_id kind type claimed_types title date_start date_end date_precision date_basis sensitivity "
    "possible_same_as note",
    "record_places": "record_id place_id role",
    "claims": "claim_id report_id record_id topic attribute value_text value_low value_high victim_group place_id "
    "said_by speaker_id via modality start end note",
    "relations": "claim_a claim_b relation note",
    "decisions": "record_id attribute chosen reason source decided_on",
    "place_names": "place_id name language script kind",
    "changes": "date record_id attribute old new reason",
}


def resource(name: str) -> dict[str, object]:
    return next(item for item in datapackage()["resources"] if item["name"] == name)


def field(table: str, column: str) -> dict[str, object]:
    return next(item for item in resource(table)["schema"]["fields"] if item["name"] == column)  # type: ignore[index]


def test_the_packaged_schema_is_the_one_in_code() -> None:
    assert (PACKAGED / DATAPACKAGE).read_text(encoding="utf-8") == datapackage_text()


@pytest.mark.parametrize("table", COLUMNS)
def test_tables_have_the_agreed_columns(table: str) -> None:
    assert list(ROW_CLASSES[table].model_fields) == COLUMNS[table].split()


@pytest.mark.parametrize("table", ROW_CLASSES)
def test_packaged_files_are_written_as_the_writer_writes(table: str) -> None:
    assert (PACKAGED / f"{table}.csv").read_bytes() == table_text(table, read_tables(PACKAGED)).encode()


def test_every_table_is_a_resource_with_its_file() -> None:
    assert [(item["name"], item["path"]) for item in datapackage()["resources"]] == [
        (n, f"{n}.csv") for n in ROW_CLASSES
    ]


def test_fields_carry_type_vocabulary_pattern_and_limits() -> None:
    assert field("records", "kind")["constraints"] == {"required": True, "enum": [kind.value for kind in Kind]}
    assert field("places", "level")["constraints"]["enum"] == [level.value for level in PlaceLevel]  # type: ignore[index]
    assert field("records", "date_start") == {
        "name": "date_start",
        "type": "date",
        "format": "%Y-%m-%d",
        "description": "First possible day; empty: open or unknown.",
        "constraints": {"required": False},
    }
    assert field("places", "lat")["constraints"] == {"required": False, "minimum": -90, "maximum": 90}
    assert field("claims", "value_low")["type"] == "integer"
    assert field("reports", "sha256")["constraints"]["pattern"] == "^[0-9a-f]{64}$"  # type: ignore[index]


def test_columns_of_lists_name_their_separator() -> None:
    assert field("claims", "place_id")["separator"] == ";"
    assert "separated by ';'" in str(field("records", "claimed_types")["description"])


def test_an_empty_cell_is_the_only_missing_value() -> None:
    assert {tuple(item["schema"]["missingValues"]) for item in datapackage()["resources"]} == {("",)}


def test_keys_name_columns_that_exist() -> None:
    for table, key in PRIMARY_KEYS.items():
        assert set(key) <= set(ROW_CLASSES[table].model_fields)
    for foreign in FOREIGN_KEYS:
        assert foreign.column in ROW_CLASSES[foreign.table].model_fields
        assert PRIMARY_KEYS[foreign.target] == (foreign.target_column,)


def test_foreign_keys_stand_in_the_schema() -> None:
    keys = resource("claims")["schema"]["foreignKeys"]  # type: ignore[index]
    assert {key["fields"]: key["reference"]["resource"] for key in keys} == {
        "report_id": "reports",
        "record_id": "records",
        "speaker_id": "speakers",
    }
    assert field("claims", "place_id")["references"] == {"resource": "places", "fields": "place_id"}


def test_the_schema_is_plain_json() -> None:
    assert json.loads(datapackage_text()) == datapackage()


def test_every_explained_column_exists() -> None:
    columns = {column for row_class in ROW_CLASSES.values() for column in row_class.model_fields}
    assert set(MEANINGS) <= columns
