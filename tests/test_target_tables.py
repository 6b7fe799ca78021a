"""Which text of which table is seen where, with every payload; and what the tables refuse."""

from __future__ import annotations

import re

import pytest
from page_reader import read_page, unpacked
from payloads import NO_IDS, ODD_IDS, PAYLOADS
from target_case import (
    TEXT_COLUMNS,
    as_words,
    filled,
    mark,
    missing,
    packaged_rows,
    rows_of,
    shown,
    target_scene,
    written,
)

from panjmap.data.columns import columns_of
from panjmap.data.csv_text import plain_cell
from panjmap.data.errors import TableErrors
from panjmap.data.model import ROW_CLASSES
from panjmap.data.tables import read_tables
from panjmap.render.exports.frame import claims_frame, plain_rows, records_frame, sources_frame
from panjmap.render.incident_map import IncidentMap

#: Where each text is seen: the page as it is read without scripts, its data blocks, the frames behind all exports.
#: ``changed`` texts reach a reader in other words there (a code as a label, an id as a name).
SEEN = {
    "reports.outlet": {"page", "blocks", "exports"},
    "reports.title": {"page", "exports"},
    "reports.kind": {"page", "exports"},
    "reports.upstream": {"page", "exports"},
    "speakers.name": {"blocks", "exports"},
    "speakers.as_written": {"blocks"},
    "records.title": {"page", "blocks", "exports"},
    "records.date_basis": {"blocks", "exports"},
    "records.note": {"blocks", "exports"},
    "claims.topic": {"exports"},
    "claims.attribute": {"blocks", "exports"},
    "claims.value_text": {"blocks", "exports"},
    "claims.said_by": {"blocks", "exports"},
    "claims.via": {"blocks", "exports"},
    "decisions.attribute": {"blocks"},
    "decisions.chosen": {"blocks"},
    "decisions.reason": {"blocks"},
    "decisions.source": {"blocks"},
    "places.name": {"page", "blocks", "exports"},
    "place_names.name": {"blocks"},
    "changes.attribute": {"page", "exports"},
    "changes.old": {"page", "exports"},
    "changes.new": {"page", "exports"},
    "changes.reason": {"page", "exports"},
}
#: For whoever keeps the tables; no output shows them. An address that is no link is one of them.
KEPT = {
    *("reports.language", "reports.published_basis", "reports.url", "reports.archived_url"),
    *("speakers.kind", "speakers.state", "claims.note", "relations.note"),
    *("places.kind", "places.iso_3166_2", "places.coord_kind", "places.coord_source", "places.confidence"),
    *("places.geonames_id", "places.wikidata_id", "places.wof_id", "places.note"),
    *("place_names.language", "place_names.script"),
}
#: Rows of these are seen elsewhere or not at all: regions, spellings in no known script, measures, background.
FIRST = {"claims": "c", "place_names": ""}


@pytest.fixture(scope="module")
def outputs() -> dict[str, str]:
    scene = target_scene()
    page = read_page(IncidentMap(scene).get_root().render())
    frames = [frame(scene) for frame in (records_frame, claims_frame, sources_frame)]
    rows = [row for frame in frames for row in plain_rows(frame)]
    cells = [str(plain_cell(value)) for row in rows for value in row.values()]
    return {
        "page": " ".join(page.words),
        "blocks": "\n".join(text for block in page.blocks.values() for text in unpacked(block)),
        "exports": "\n".join(cells),
    }


def test_every_text_column_is_accounted_for():
    """A new column is seen somewhere, or is said to be for the tables only."""
    columns = {f"{table}.{column.name}" for table, found in TEXT_COLUMNS.items() for column in found}
    assert columns == SEEN.keys() | KEPT
    assert not SEEN.keys() & KEPT


@pytest.mark.parametrize("name", SEEN)
def test_every_payload_is_seen_whole_where_its_text_is_seen(outputs, name):
    table, column = name.split(".")
    letter = "a" if name == "claims.attribute" else "g" if name == "claims.topic" else FIRST.get(table, "")
    wanted = [(table, column, f"{letter}{number}") for number in range(len(PAYLOADS))]
    for output in SEEN[name]:
        lost = missing(outputs[output], wanted)
        # The places of measures are left out, or named by their region.
        assert [one for one in lost if not _of_a_measure(name, one)] == [], output


def _of_a_measure(name: str, lost: str) -> bool:
    number = int(re.search(r" [a-z]?(\d+):", lost)[1])
    return name in ("places.name", "place_names.name") and rows_of()["records"][number]["kind"] == "measure"


@pytest.mark.parametrize("name", sorted(KEPT))
def test_what_is_kept_for_the_tables_is_nowhere_else(outputs, name):
    table, column = name.split(".")
    begins = mark(table, column, "").removesuffix("qz")
    elsewhere = {"places.coord_source": {"blocks", "exports"}, "places.iso_3166_2": {"exports"}}
    found = {output for output, text in outputs.items() if begins in text.casefold()}
    assert found <= elsewhere.get(name, set())


def test_nothing_that_a_terminal_or_a_page_obeys_is_left_of_the_payloads(outputs):
    for text in (outputs["page"], outputs["exports"]):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)


# ---------------------------------------------------------------- ids, codes, zero bytes


def test_ids_that_mean_something_elsewhere_are_ids(tmp_path):
    rows = packaged_rows()
    report = rows["reports"][0]["report_id"]
    for one in ODD_IDS:
        rows["records"].append(rows["records"][0] | {"record_id": one, "possible_same_as": ""})
        claim = rows["claims"][0] | {"claim_id": one, "record_id": one, "report_id": report, "place_id": one}
        rows["claims"].append(claim | {"start": "", "end": ""})
        rows["places"].append(filled("places", 0, "x", place_id=one, level="settlement"))
    tables = read_tables(written(rows, tmp_path))
    assert {*ODD_IDS} <= {record.record_id for record in tables.records}
    assert {*ODD_IDS} <= {place.place_id for place in tables.places}


PATTERNED = [
    (table, column.name)
    for table, row_class in ROW_CLASSES.items()
    for column in columns_of(row_class)
    if column.pattern and packaged_rows()[table]
]


@pytest.mark.parametrize(("table", "column"), PATTERNED)
def test_what_is_no_id_or_code_is_refused_in_words(tmp_path, table, column):
    """Every such text at once, one row each: each is named with its row, its column and what to write."""
    rows = packaged_rows()
    first = len(rows[table])
    texts = [text for text in (*NO_IDS, *PAYLOADS.values()) if not re.fullmatch(r"[A-Za-z0-9][\w.-]*\s*", shown(text))]
    for text in texts:
        cell = text.replace("\x00", "\x01").replace(";", ",")
        rows[table].append(rows[table][0] | {column: cell})
    with pytest.raises(TableErrors) as refused:
        read_tables(written(rows, tmp_path))
    named = {(p.row, p.column) for p in refused.value.problems if p.file.endswith(f"{table}.csv")}
    assert {(first + 2 + i, column) for i in range(len(texts))} <= named
    for problem in refused.value.problems:
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", str(problem))


def test_a_zero_byte_is_refused_with_its_row(tmp_path):
    folder = written(packaged_rows(), tmp_path)
    path = folder / "records.csv"
    path.write_bytes(path.read_bytes().replace(b"Darvoz", b"Dar\x00voz", 1))
    with pytest.raises(TableErrors, match=r"records\.csv, row \d+: expected .* no zero bytes"):
        read_tables(folder)


def test_words_compare_as_a_reader_sees_them():
    assert as_words("A  b;\nC_d") == as_words("a B, c d")
