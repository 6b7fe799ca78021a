"""Any tables: what is valid comes back as it was and can be shown; what is not is refused in words."""

from __future__ import annotations

import csv
import io
import tempfile
import unicodedata
from pathlib import Path

from any_tables import any_tables, examples
from hypothesis import given
from hypothesis import strategies as st
from page_case import scene_of
from page_reader import everything
from payloads import NO_IDS, ODD_IDS, PAYLOADS
from target_case import packaged_rows, written

from panjmap.data.columns import columns_of
from panjmap.data.errors import TableErrors
from panjmap.data.model import ROW_CLASSES, Tables
from panjmap.data.tables import data_version, read_tables, write_tables
from panjmap.geo.basemap import load_basemap
from panjmap.geo.check import as_dict, as_lines, check
from panjmap.render.page import render

PACKAGED_ROWS = packaged_rows()
#: Text as some program may write it: anything, lone surrogates too, and what other tests found hard.
CELLS = st.one_of(
    st.sampled_from(
        [*PAYLOADS.values(), *NO_IDS, *ODD_IDS, "", " ", "1e5", "-1", "1,5", "2025-02-30", "26.11.2025", "¼"]
    ),
    st.text(st.characters(), max_size=40),
    st.integers().map(str),
    st.floats().map(str),
)


def refused_in_words(error: TableErrors) -> None:
    """Each problem is one line that says where, what was expected and what to do, and is safe to print."""
    for problem in error.problems:
        line = str(problem)
        assert "expected" in line
        assert "Fix: " in line
        assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in line)
    assert len(str(error).splitlines()) >= 1


@examples(30)
@given(tables=any_tables())
def test_valid_rows_come_back_as_they_were(tables: Tables):
    with tempfile.TemporaryDirectory() as folder:
        write_tables(tables, Path(folder))
        assert read_tables(Path(folder)) == tables
        before = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
        write_tables(read_tables(Path(folder)), Path(folder))
        assert {path.name: path.read_bytes() for path in Path(folder).iterdir()} == before
    assert data_version(tables) == data_version(Tables(*(tuple(rows) for rows in tables)))


@examples(25)
@given(tables=any_tables(5))
def test_valid_rows_can_be_checked_and_shown(tables: Tables):
    """Whatever words stand where a day, a number, an id or a rule is looked for."""
    findings = check(tables, load_basemap())
    assert as_dict(findings).keys() == {"findings"}
    as_lines(findings).encode()
    page = render(scene_of(lambda _packaged: tables, shapes={}))
    page.encode()
    read = everything(page)
    assert all(record.record_id in read for record in tables.records if record.sensitivity == "public")


@examples(50)
@given(data=st.data())
def test_any_cell_is_read_or_refused_in_words(data: st.DataObject):
    rows = {name: [dict(row) for row in table] for name, table in PACKAGED_ROWS.items()}
    for _ in range(data.draw(st.integers(1, 4))):
        name = data.draw(st.sampled_from(sorted(rows)))
        if rows[name]:
            row = data.draw(st.sampled_from(rows[name]))
            row[data.draw(st.sampled_from(sorted(row)))] = data.draw(CELLS)
    read(rows)


def read(rows: dict[str, list[dict[str, str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            tables = read_tables(written(rows, Path(folder)))
        except TableErrors as error:
            refused_in_words(error)
        else:
            assert {name: len(getattr(tables, name)) for name in ROW_CLASSES} == {
                name: sum(any(cell.strip() for cell in row.values()) for row in table) for name, table in rows.items()
            }


@examples(50)
@given(data=st.data())
def test_any_file_is_read_or_refused_in_words(data: st.DataObject):
    """Bytes of any kind in the place of one table, cut, doubled or mixed with good ones."""
    name = data.draw(st.sampled_from(sorted(ROW_CLASSES)))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, [column.name for column in columns_of(ROW_CLASSES[name])], lineterminator="\n")
    writer.writeheader()
    writer.writerows(PACKAGED_ROWS[name])
    good = stream.getvalue().encode()
    at, end = sorted(data.draw(st.lists(st.integers(0, len(good)), min_size=2, max_size=2)))
    made = (
        good[:at] + data.draw(st.binary(max_size=60) | CELLS.map(lambda t: t.encode("utf-8", "replace"))) + good[end:]
    )
    with tempfile.TemporaryDirectory() as folder:
        written(PACKAGED_ROWS, Path(folder))
        (Path(folder) / f"{name}.csv").write_bytes(made)
        try:
            read_tables(Path(folder))
        except TableErrors as error:
            refused_in_words(error)
