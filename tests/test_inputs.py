"""What is read is of one moment: the bytes that are parsed, hashed and named are the same."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from panjmap.data import inputs
from panjmap.data.errors import InputChanged, TableErrors
from panjmap.data.inputs import read_inputs
from panjmap.data.intake import importing
from panjmap.data.tables import PACKAGED, TABLE_FILES, parse_tables, read_tables


def test_the_sums_are_those_of_the_files_that_were_parsed():
    read = read_inputs(PACKAGED, TABLE_FILES)
    assert list(read.contents) == list(TABLE_FILES)
    for name, (digest, size) in read.sums().items():
        raw = (PACKAGED / name).read_bytes()
        assert (digest, size) == (hashlib.sha256(raw).hexdigest(), len(raw))
    assert parse_tables(read) == read_tables(PACKAGED)


def changed_after(monkeypatch, name, change, nth=1):
    """Run ``change`` when the file of that name was read for the nth time."""
    real, seen = inputs._read, []

    def read(path: Path):
        found = real(path)
        if path.name == name:
            seen.append(path)
            if len(seen) == nth:
                change()
        return found

    monkeypatch.setattr(inputs, "_read", read)


@pytest.mark.parametrize("nth", [1, 2])
@pytest.mark.parametrize("table", ["reports.csv", "places.csv", TABLE_FILES[-1]])
def test_a_table_that_changes_while_others_are_read_is_an_error(folder, monkeypatch, table, nth):
    path = folder / "claims.csv"
    same_size = path.read_bytes().replace(b"asserted", b"reported", 1)
    before = path.stat()

    def change():
        path.write_bytes(same_size)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # neither size nor time gives it away

    changed_after(monkeypatch, table, change, nth)
    if (nth, table) in {(1, "reports.csv"), (2, TABLE_FILES[-1]), (2, "places.csv")}:
        read_tables(folder)  # before the table was read, or after all were: nothing is mixed
    else:
        with pytest.raises(InputChanged, match=r"claims\.csv: changed while it was read.*Fix: run again"):
            read_tables(folder)


def test_a_table_that_comes_or_goes_meanwhile_is_an_error(folder, monkeypatch):
    changed_after(monkeypatch, TABLE_FILES[-1], (folder / "claims.csv").unlink)
    with pytest.raises(InputChanged, match=r"claims\.csv"):
        read_tables(folder)


def test_a_table_that_is_no_plain_file_is_named_and_nothing_waits_for_it(folder):
    (folder / "claims.csv").unlink()
    os.mkfifo(folder / "claims.csv")
    (folder / "places.csv").unlink()
    (folder / "places.csv").mkdir()
    with pytest.raises(TableErrors) as caught:
        read_tables(folder)
    said = str(caught.value).splitlines()
    assert any("claims.csv: expected a plain file" in line for line in said)
    assert any("places.csv: expected a file. Fix: there is a folder" in line for line in said)


@pytest.mark.parametrize("change", ["write", "replace", "remove"])
def test_a_file_that_changes_while_its_rows_are_imported_is_an_error(tmp_path, monkeypatch, change):
    file = tmp_path / "rows.csv"
    file.write_text("id,date,latitude,longitude\n" + "a,2025-11-26,37.5,71.5\n" * 10, "utf-8")
    real = importing.columns_of

    def columns_of(*arguments):
        if change == "write":
            file.write_text(file.read_text("utf-8") + "b,2025-11-26,37.5,71.5\n", "utf-8")
        elif change == "replace":
            (tmp_path / "new").write_bytes(file.read_bytes())
            (tmp_path / "new").replace(file)
        else:
            file.unlink()
        return real(*arguments)

    monkeypatch.setattr(importing, "columns_of", columns_of)
    with pytest.raises(InputChanged, match=r"rows\.csv: changed while it was read"):
        importing.import_rows(file, tmp_path / "rows.parquet")
    assert not (tmp_path / "rows.parquet").exists()
