"""Reading tells every fault with its place and its remedy; writing is all or nothing and reads back the same."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panjmap.data.columns import columns_of, format_cell, parse_cell
from panjmap.data.errors import FolderNotEmpty, OutputError, Problem, ReadOnlyTables, TableErrors
from panjmap.data.model import ROW_CLASSES, Change, PlaceName, Tables
from panjmap.data.tables import DATAPACKAGE, PACKAGED, copy_tables, data_version, read_tables, write_tables

Edit = Callable[..., None]


@pytest.fixture(scope="module")
def packaged() -> Tables:
    return read_tables(PACKAGED)


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(TableErrors) as caught:
        read_tables(folder)
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]
    return list(caught.value.problems)


def only(folder: Path) -> Problem:
    found = problems(folder)
    assert len(found) == 1, "\n".join(map(str, found))
    return found[0]


def row_of(table: str, key: str) -> int:
    rows = (PACKAGED / f"{table}.csv").read_text(encoding="utf-8").splitlines()
    return next(number for number, row in enumerate(rows, start=1) if row.startswith(f"{key},"))


# ---------------------------------------------------------------- what stands there


def test_a_missing_folder_is_one_problem_that_names_the_way_out(tmp_path: Path) -> None:
    problem = only(tmp_path / "nowhere")
    assert problem.file.endswith("nowhere")
    assert "panjmap init" in problem.fix


def test_an_empty_folder_misses_every_table(tmp_path: Path) -> None:
    assert [Path(problem.file).name for problem in problems(tmp_path)] == [f"{name}.csv" for name in ROW_CLASSES]


def test_a_missing_table_is_named_without_a_flood_of_broken_references(folder: Path) -> None:
    (folder / "reports.csv").unlink()
    assert Path(only(folder).file).name == "reports.csv"


@pytest.mark.parametrize(
    "content", [b"", b"\n \n", b"\xef\xbb\xbf"], ids=["no bytes", "blank", "only a byte order mark"]
)
def test_an_empty_file_needs_a_header(folder: Path, content: bytes) -> None:
    (folder / "changes.csv").write_bytes(content)
    assert "header" in only(folder).expected


def test_a_table_may_hold_a_header_only(folder: Path) -> None:
    (folder / "decisions.csv").write_bytes((folder / "decisions.csv").read_bytes().splitlines()[0])
    assert read_tables(folder).decisions == ()


def test_a_folder_in_place_of_a_table_is_not_read(folder: Path) -> None:
    (folder / "changes.csv").unlink()
    (folder / "changes.csv").mkdir()
    assert Path(only(folder).file).name == "changes.csv"


# ---------------------------------------------------------------- bytes and separators


def test_a_byte_order_mark_is_no_part_of_the_first_column(folder: Path, packaged: Tables) -> None:
    path = folder / "places.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_tables(folder) == packaged


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_any_line_ending_is_read(folder: Path, packaged: Tables, ending: str) -> None:
    for path in folder.glob("*.csv"):
        path.write_bytes(path.read_text(encoding="utf-8").replace("\n", ending).encode())
    assert read_tables(folder) == packaged


@pytest.mark.parametrize(("encoding", "name"), [("cp1251", "cp1251"), ("koi8-r", "KOI8-R")])
def test_old_cyrillic_encodings_are_refused_with_offset_and_row(folder: Path, encoding: str, name: str) -> None:
    text = "date,record_id,attribute,old,new,reason\n2026-01-01,R1,title,,,Исправлено название места\n"
    (folder / "changes.csv").write_bytes(text.encode(encoding))
    problem = only(folder)
    assert problem.row == 2
    assert f"byte {text.index('И')}," in problem.expected
    assert name in problem.expected
    assert "UTF-8" in problem.fix


def test_one_line_in_another_encoding_is_named(folder: Path) -> None:
    good = "date,record_id,attribute,old,new,reason\n2026-01-01,R1,title,,,Причина\n".encode()
    (folder / "changes.csv").write_bytes(b"\xef\xbb\xbf" + good + "2026-01-01,R1,note,,,Причина\n".encode("cp1251"))
    problem = only(folder)
    assert problem.row == 3
    assert f"byte {3 + len(good) + len('2026-01-01,R1,note,,,')}," in problem.expected


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_refused(folder: Path, encoding: str) -> None:
    path = folder / "speakers.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    problem = only(folder)
    assert "UTF-8" in problem.expected
    assert "byte" in problem.expected


def test_a_spreadsheet_is_not_taken_for_a_table(folder: Path) -> None:
    (folder / "speakers.csv").write_bytes(b"PK\x03\x04 and so on")
    assert "spreadsheet" in only(folder).expected


@pytest.mark.parametrize(("separator", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_separator_is_recognised(folder: Path, separator: str, name: str) -> None:
    path = folder / "record_places.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", separator), encoding="utf-8")
    assert name in only(folder).expected


def test_a_stored_surrogate_becomes_visible(folder: Path) -> None:
    path = folder / "speakers.csv"
    path.write_bytes(path.read_bytes().replace(b"UNHCR,", b"UN\xed\xa0\x80HCR,", 1))
    assert any("\ufffd" in speaker.name for speaker in read_tables(folder).speakers)


def test_control_and_bidi_characters_become_visible(folder: Path, edit: Edit) -> None:
    edit("records", 2, title="Strike \u202eevil\u2066 \x1b[31m")
    assert read_tables(folder).records[0].title == "Strike \ufffdevil\ufffd \ufffd[31m"


@pytest.mark.parametrize(
    "text",
    [
        "{{7*7}}",
        "{% raw %}",
        "before{# gone #}after",
        "${window.p=1}",
        "</script><script>p=1</script>",
        "<img src=x onerror=p=1>",
        "=HYPERLINK(1)",
        "../../etc/passwd",
        "two\nlines",
        "🚁 👩‍👩‍👧",
        'a "quoted" word, and more',
    ],
)
def test_hostile_text_is_only_text(folder: Path, edit: Edit, text: str) -> None:
    edit("records", 2, title=text)
    assert read_tables(folder).records[0].title == text


def test_a_link_of_any_kind_is_kept_as_text(folder: Path, edit: Edit) -> None:
    edit("reports", 2, url="javascript:alert(1)")
    assert read_tables(folder).reports[0].url == "javascript:alert(1)"


# ---------------------------------------------------------------- columns and rows


def test_missing_unknown_and_twice_named_columns_are_all_told(folder: Path) -> None:
    path = folder / "record_places.csv"
    body = path.read_text(encoding="utf-8").split("\n", 1)[1]
    path.write_text("record_id,record_id,rol\n" + body, encoding="utf-8")
    told = {(problem.column, problem.row) for problem in problems(folder)}
    assert told == {("record_id", 1), ("rol", 1), ("place_id", 1), ("role", 1)}
    assert any('did you mean "role"' in problem.fix for problem in problems(folder))


def test_columns_may_stand_in_another_order(folder: Path, packaged: Tables) -> None:
    path = folder / "record_places.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    path.write_text("".join(",".join(reversed(row)) + "\n" for row in rows), encoding="utf-8")
    assert read_tables(folder) == packaged


@pytest.mark.parametrize(("line", "cells"), [("TJ-AF-2025-12-KAVO,tj-shohin", 2), ("a,b,c,d", 4)])
def test_short_and_long_rows_are_told(folder: Path, line: str, cells: int) -> None:
    path = folder / "record_places.csv"
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    problem = only(folder)
    assert (problem.row, problem.value) == (26, line.split(",", maxsplit=1)[0])
    assert f"there are {cells}" in problem.expected


def test_blank_rows_are_passed_over_and_counted(folder: Path, edit: Edit) -> None:
    edit("record_places", 25, role="evnt")
    path = folder / "record_places.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("\n", "\n\n,,\n", 1), encoding="utf-8")
    assert only(folder).row == 27


@pytest.mark.parametrize("swallowed", ["to the end", "to the next quote"])
def test_an_unclosed_quote_is_found_where_it_opens(folder: Path, swallowed: str) -> None:
    path = folder / "changes.csv"
    rest = "2026-01-02,R1,note,,,plain\n" if swallowed == "to the end" else '2026-01-02,R1,note,,,"quoted"\n'
    path.write_text(
        f'date,record_id,attribute,old,new,reason\n2026-01-01,R1,title,,,"never closed\n{rest}', encoding="utf-8"
    )
    problem = only(folder)
    assert problem.row == 2
    assert "quote" in problem.fix


# ---------------------------------------------------------------- cells

CELLS = [
    ("records", 2, "kind", "atack", 'did you mean "attack"'),
    ("records", 2, "type", "Drone_Strike", 'did you mean "drone_strike"'),
    ("records", 2, "claimed_types", "drone_strike;", "empty value"),
    ("records", 2, "date_end", "11/12/2025", "write 2025-12-11 or 2025-11-12"),
    ("records", 2, "date_end", "2025-11-31", "no such day"),
    ("records", 2, "date_end", "2025-11", "whole days"),
    ("records", 2, "date_end", "26 November 2025", "as in 2025-11-26"),
    ("records", 2, "date_end", "1764115200", "as in 2025-11-26"),
    ("records", 2, "date_end", "2025-11-25", "change one of the two dates"),
    ("records", 2, "title", "", "fill in"),
    ("records", 2, "date_basis", "said so", "begin with one of these"),
    ("records", 2, "type", "talks", "change the type or the kind"),
    ("records", 2, "type", "", "change the type or the kind"),
    ("records", 2, "record_id", "TJ AF", "change the value"),
    ("records", 2, "possible_same_as", "TJ-AF-2025-12-KAV0", 'did you mean "TJ-AF-2025-12-KAVO"'),
    ("claims", 2, "value_low", "three", "digits only"),
    ("claims", 2, "value_low", "3.0", "digits only"),
    ("claims", 2, "value_low", "-1", "change the value"),
    ("claims", 2, "value_low", "٣x", "digits only"),
    ("claims", 2, "value_high", "2", "change one of the two numbers"),
    ("claims", 2, "value_low", "", "write 0"),
    ("claims", 2, "victim_group", "", "name the group"),
    ("claims", 2, "record_id", "", "name the record, or the topic"),
    ("claims", 2, "end", "570", "count from 0"),
    ("claims", 2, "end", "", "give start and end"),
    ("claims", 2, "end", "999999", "count the span again"),
    ("claims", 2, "report_id", "eurasianet", "correct the id, or add its row to reports.csv"),
    ("claims", 2, "speaker_id", "tj-mf", 'did you mean "tj-mfa"'),
    ("claims", 5, "place_id", "tj-shohin;tj-nowhere-at-all", "correct the id, or add its row to places.csv"),
    ("record_places", 2, "place_id", "shohin-camp-sm", 'did you mean "shohin-sm-camp"'),
    ("record_places", 2, "record_id", "X", "correct the id"),
    ("relations", 2, "claim_b", "C999", "correct the id"),
    ("relations", 2, "claim_b", "C027", "name the other claim"),
    ("decisions", 9, "source", "C999", "name another source"),
    ("decisions", 2, "record_id", "X", "correct the id"),
    ("place_names", 2, "place_id", "tjj", "did you mean"),
    ("places", 4, "lat", "37,8", "decimal point, not a comma"),
    ("places", 4, "lat", "97.8", "change the value"),
    ("places", 4, "lat", "nan", "decimal point"),
    ("places", 4, "lon", "", "latitude and longitude"),
    ("places", 4, "area_km2", "0", "change the value"),
    ("places", 4, "parent_id", "tj-kt", "next larger place"),
    ("places", 4, "country", "tj", "change the value"),
    ("reports", 2, "sha256", "abc", "change the value"),
    ("reports", 2, "derived_from", "pak-asia-youth-forum-undated", "own id"),
]


@pytest.mark.parametrize(("table", "row", "column", "value", "fix"), CELLS, ids=[f"{c[2]}={c[3]}" for c in CELLS])
def test_a_bad_cell_is_told_with_row_column_value_and_remedy(
    folder: Path, edit: Edit, table: str, row: int, column: str, value: str, fix: str
) -> None:
    edit(table, row, **{column: value})
    found = [p for p in problems(folder) if Path(p.file).name == f"{table}.csv" and fix in p.fix]
    assert found, "\n".join(map(str, problems(folder)))
    assert found[0].row == row
    assert found[0].column in (column, "record_id", "date_precision")
    assert found[0].expected


def test_circles_of_places_are_found(folder: Path, edit: Edit) -> None:
    edit("places", row_of("places", "tj"), parent_id="tj-shohin")
    circle = {problem.row for problem in problems(folder)}
    assert circle == {row_of("places", name) for name in ("tj", "tj-kt", "tj-shohin")}


def test_an_id_used_twice_is_told_also_in_other_case(folder: Path) -> None:
    path = folder / "speakers.csv"
    path.write_text(path.read_text(encoding="utf-8") + "TJ-MFA,Another,government,TJ,\n", encoding="utf-8")
    problem = only(folder)
    assert (problem.row, problem.value) == (22, "TJ-MFA")
    assert "row 3" in problem.expected


def test_a_pair_may_not_be_listed_twice(folder: Path) -> None:
    path = folder / "record_places.csv"
    path.write_text(path.read_text(encoding="utf-8") + "TJ-AF-2025-12-KAVO,kavok,event\n", encoding="utf-8")
    assert "record_id + place_id + role once" in only(folder).expected


def test_a_withdrawn_record_is_named_in_changes_only(folder: Path) -> None:
    path = folder / "changes.csv"
    path.write_text(path.read_text(encoding="utf-8") + "2026-01-02,TJ-AF-WITHDRAWN,record,shown,withdrawn,Twice.\n")
    assert read_tables(folder).changes[0].record_id == "TJ-AF-WITHDRAWN"


def test_all_faults_of_all_tables_are_told_in_one_run(folder: Path, edit: Edit) -> None:
    edit("records", 3, kind="atack", date_start="30.11.2025")
    edit("claims", 2, value_low="many")
    edit("claims", 124, modality="certain")
    edit("places", 7, lat="north")
    (folder / "speakers.csv").unlink()
    told = [(Path(problem.file).stem, problem.row, problem.column) for problem in problems(folder)]
    assert told == [
        ("speakers", None, None),
        ("records", 3, "kind"),
        ("records", 3, "date_start"),
        ("claims", 2, "value_low"),
        ("claims", 124, "modality"),
        ("places", 7, "lat"),
    ]


def test_a_message_is_one_safe_line_with_a_shortened_value(folder: Path, edit: Edit) -> None:
    edit("records", 2, kind="at\u202etack\n" + "x" * 500)
    line = str(only(folder))
    assert len(line.splitlines()) == 1
    assert "\u202e" not in line
    assert "…" in line
    assert len(line) < 400


# ---------------------------------------------------------------- writing


def test_what_is_written_reads_back_the_same(tmp_path: Path, packaged: Tables) -> None:
    write_tables(packaged, tmp_path / "new" / "folder")
    assert read_tables(tmp_path / "new" / "folder") == packaged
    assert (tmp_path / "new" / "folder" / "claims.csv").read_bytes() == (PACKAGED / "claims.csv").read_bytes()
    assert (tmp_path / "new" / "folder" / DATAPACKAGE).read_bytes() == (PACKAGED / DATAPACKAGE).read_bytes()


def test_tables_that_could_not_be_read_again_are_not_written(folder: Path, packaged: Tables) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    twice = packaged._replace(records=packaged.records * 2)
    with pytest.raises(TableErrors):
        write_tables(twice, folder)
    with_separator = packaged.reports[0].model_copy(update={"upstream": ("one; ", "two")})
    with pytest.raises(TableErrors):
        write_tables(packaged._replace(reports=(with_separator, *packaged.reports[1:])), folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_packaged_tables_are_read_only(packaged: Tables) -> None:
    with pytest.raises(ReadOnlyTables, match="panjmap init"):
        write_tables(packaged, PACKAGED)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, packaged: Tables) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(OutputError):
        write_tables(packaged, tmp_path / "file" / "tables")


def test_init_copies_all_tables_into_a_new_folder(tmp_path: Path, packaged: Tables) -> None:
    copy_tables(tmp_path / "own")
    assert sorted(path.name for path in (tmp_path / "own").iterdir()) == sorted(
        path.name for path in PACKAGED.iterdir()
    )
    assert data_version(read_tables(tmp_path / "own")) == data_version(packaged)


def test_init_can_start_from_other_tables(tmp_path: Path, folder: Path, edit: Edit) -> None:
    edit("records", 2, title="A title of my own")
    copy_tables(tmp_path / "own", source=folder)
    assert read_tables(tmp_path / "own").records[0].title == "A title of my own"


@pytest.mark.parametrize("occupied", ["file.txt", None])
def test_init_leaves_an_occupied_folder_alone(tmp_path: Path, occupied: str | None) -> None:
    target = tmp_path / "own"
    if occupied:
        target.mkdir()
        (target / occupied).write_text("mine")
    else:
        target.write_text("mine")
    with pytest.raises(FolderNotEmpty, match="nothing was written"):
        copy_tables(target)
    assert (target / occupied if occupied else target).read_text() == "mine"


def test_the_analysts_way_a_sixth_report_is_added_and_read(folder: Path) -> None:
    with (folder / "reports.csv").open("a", encoding="utf-8") as stream:
        stream.write("own-2025-12-24,Own notes,Follow-up on Kavo,news article,en,2025-12-24,stated,,,,,,\n")
    with (folder / "claims.csv").open("a", encoding="utf-8") as stream:
        head = "own-2025-12-24,TJ-AF-2025-12-KAVO,"
        stream.write(f"C124,{head},event_date,2025-12-23,,,,,Tajik MFA,tj-mfa,,asserted,,,\n")
        stream.write(f"C125,{head},killed,,4,4,alleged_attacker,,Tajik MFA,tj-mfa,,asserted,,,\n")
    tables = read_tables(folder)
    assert (len(tables.reports), len(tables.claims)) == (6, 125)
    assert tables.claims[-1].value_low == 4


# ---------------------------------------------------------------- any value

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co"]), min_size=1).map(
    lambda text: " ".join(text.split()) or "x"
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(
        st.builds(
            Change,
            date=st.dates(dt.date(1900, 1, 1)),
            record_id=st.sampled_from(["TJ-AF-2025-12-KAVO", "TJ-AF-2025-11-26-A"]),
            attribute=TEXTS.filter(lambda text: text != "record"),
            old=st.none() | TEXTS,
            new=st.none() | TEXTS,
            reason=TEXTS,
        ),
        max_size=5,
    ),
    name=TEXTS,
)
def test_any_text_survives_writing_and_reading(
    tmp_path: Path, packaged: Tables, changes: list[Change], name: str
) -> None:
    import unicodedata

    spelled = PlaceName(place_id="tj", name=name, language=None, script="Latn", kind="variant")
    tables = packaged._replace(changes=tuple(changes), place_names=(*packaged.place_names, spelled))
    write_tables(tables, tmp_path)
    back = read_tables(tmp_path)
    assert back.place_names[-1].name == unicodedata.normalize("NFC", name)
    assert data_version(back) == data_version(tables)
    write_tables(back, tmp_path)
    assert read_tables(tmp_path) == back


@given(st.floats(min_value=-180, max_value=180, allow_nan=False))
def test_any_coordinate_survives_as_text(value: float) -> None:
    column = next(column for column in columns_of(ROW_CLASSES["places"]) if column.name == "lon")
    text = format_cell(value)
    assert "e" not in text
    if len(text) < 18:
        assert parse_cell(column, text) == value
