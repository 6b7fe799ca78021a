"""CSV from elsewhere: every row is given or named, whatever the encoding, the delimiter and the quotes."""

from __future__ import annotations

import codecs
import gzip
from pathlib import Path

import pytest

from panjmap.data.intake.source import read_source

HEAD = "id,place,text\n"


@pytest.fixture
def read(read):
    """Give rows as (number, cells)."""

    def run(*content, **bounds):
        source, rows, said = read(*content, **bounds)
        return source, [(row.number, dict(row.cells)) for row in rows], said

    return run


def test_rows_count_as_a_spreadsheet_does_and_blank_ones_are_none(read):
    source, rows, said = read(HEAD + '1,Kavo,"two\r\nlines"\n\n,,\n2,Шудк,y')
    assert (source.format, source.unit, source.columns, source.complete) == (
        "csv",
        "row",
        ("id", "place", "text"),
        True,
    )
    assert rows == [
        (2, {"id": "1", "place": "Kavo", "text": "two\nlines"}),
        (5, {"id": "2", "place": "Шудк", "text": "y"}),
    ]
    assert said == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("block", [4, 7, 1 << 20])
def test_all_line_ends_are_read_wherever_a_block_ends(read, end, block, monkeypatch):
    monkeypatch.setattr("panjmap.data.decoding._BLOCK", block)
    _, rows, said = read(end.join(["id,text", "1,Дарвоз", '2,"a""b"', "3,x"]) + end)
    assert [(number, cells["text"]) for number, cells in rows] == [(2, "Дарвоз"), (3, 'a"b'), (4, "x")]
    assert said == []


@pytest.mark.parametrize(("delimiter", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_other_delimiters_are_seen_and_said(read, delimiter, name):
    source, rows, said = read(f"id,{delimiter}lat{delimiter}lon\n1{delimiter}37,75{delimiter}70,5\n")
    assert source.columns == ("id,", "lat", "lon")
    assert rows == [(2, {"id,": "1", "lat": "37,75", "lon": "70,5"})]
    assert len(said) == 1
    assert f"the file has {name}" in said[0]
    assert source.problems[0].level == "warning"


def test_the_line_in_which_excel_names_the_delimiter_is_no_row(read):
    _, rows, _ = read("sep=;\nid;text\n1;a,b\n")
    assert [cells for _, cells in rows] == [{"id": "1", "text": "a,b"}]


@pytest.mark.parametrize("codec", ["utf-16", "utf-32", "utf-16-be", "utf-32-le"])
def test_marked_encodings_are_read_by_their_mark(read, codec):
    mark = {"utf-16-be": codecs.BOM_UTF16_BE, "utf-32-le": codecs.BOM_UTF32_LE}.get(codec, b"")
    source, rows, said = read(mark + (HEAD + "1,Шудк,🚁\n").encode(codec))
    assert rows == [(2, {"id": "1", "place": "Шудк", "text": "🚁"})]
    assert f"the file is in UTF-{codec[4:6]}" in said[0]
    assert source.problems[0].level == "warning"


@pytest.mark.parametrize(("codec", "looks"), [("cp1251", "cp1251"), ("koi8-r", "KOI8-R"), ("cp1252", "1252")])
def test_a_file_in_an_older_encoding_is_refused_with_a_guess(read, codec, looks):
    text = HEAD + "1,ascii,x\n2,{},x\n3,{},x\n".replace("{}", "Café" if codec == "cp1252" else "Душанбе и Вахдат")
    source, rows, said = read(text.encode(codec))
    assert rows == [(2, {"id": "1", "place": "ascii", "text": "x"})]
    assert not source.complete
    assert len(said) == 1
    assert said[0].startswith(", row 3: expected text in UTF-8 (byte 2")
    assert looks in said[0]


def test_of_mixed_encodings_each_line_at_fault_is_named_and_the_others_are_given(read):
    lines = [
        HEAD.encode(),
        "1,Шудк,x\n".encode(),
        "2,Дарвоз,x\n".encode("cp1251"),
        b"3,a,\0\n",
        b"4,b,\xff\n",
        b"5,c,d\n",
    ]
    source, rows, said = read(b"".join(lines))
    assert [number for number, _ in rows] == [2, 6]
    assert (source.refused, source.complete) == (3, True)
    assert [text.split(":")[0] for text in said] == [", row 3", ", row 4", ", row 5"]
    assert "no zero bytes (first one at byte 42)" in said[1]


@pytest.mark.parametrize(
    ("broken", "resumes"),
    [
        ('2,"b,x\n3,c,y\n', [4]),  # to the end of the file
        ('2,"b"c,x\n3,c,y\n', [4]),  # letters behind a quote
        ('2,"b,x\n3,"c",y\n', [4]),  # the next quote
    ],
)
def test_an_unclosed_quote_costs_the_row_in_which_it_opens(read, broken, resumes):
    source, rows, said = read(HEAD + "1,a,x\n" + broken)
    assert [number for number, _ in rows] == [2, *resumes]
    assert (source.refused, source.complete) == (1, True)
    assert len(said) == 1
    assert said[0].startswith(", row 3: found ")
    assert "expected closed quotes" in said[0]


def test_quotes_that_never_close_are_given_up_after_a_while(read):
    source, rows, said = read(HEAD + 'a","x\n' * 2000, record_chars=500)
    assert rows == []
    assert not source.complete
    assert said[-1].count("nothing below this row could be read") == 1
    assert source.refused < 100


def test_rows_with_too_few_or_too_many_cells_are_named(read):
    source, rows, said = read(HEAD + "1,a\n2,b,c,d\n3,e,f,,\n4,g,h\n")
    assert [number for number, _ in rows] == [4, 5]
    assert source.refused == 2
    assert said[0].startswith(', row 2: found "1"; expected 3 cells, as in the header; there are 2. Fix: ')
    assert "there are 4" in said[1]


def test_a_header_that_cannot_be_used_is_refused(read):
    for header, said_of in (
        ("id,lat,lat\n1,2,3\n", "row 1, column lat: expected each column once"),
        ('id,"lat\n1,2\n', "row 1: "),
        ("a,b,c,d\n", "row 1: expected at most 3 columns, not 4"),
    ):
        source, rows, said = read(header, columns=3)
        assert (rows, source.columns, source.complete, len(said)) == ([], (), False, 1)
        assert said_of in said[0]


def test_a_column_without_a_name_is_called_by_its_number(read):
    source, rows, said = read("id,,x\n1,2,3\n")
    assert source.columns == ("id", "column 2", "x")
    assert rows[0][1]["column 2"] == "2"
    assert said[0].startswith(", row 1, column column 2: expected a name for each column")


def test_too_long_and_too_many_is_said_with_how_to_raise_it(read):
    source, rows, said = read(HEAD + f"1,{'x' * 50},y\n2,a,b\n3,c,d\n", field_chars=49, rows=2)
    assert [number for number, _ in rows] == [3]
    assert said[0].startswith(', row 2, column place: found "xxx')
    assert said[0].endswith("or raise the limit with panjmap --limit field_chars=50 before the command.")
    assert said[1].startswith(", row 4: expected at most 2 rows.")
    assert not source.complete


def test_a_line_without_an_end_is_passed_over(read, monkeypatch):
    monkeypatch.setattr("panjmap.data.decoding._BLOCK", 64)
    source, rows, said = read(HEAD + "1,a," + "x" * 5000 + "\r\n2,b,y\n", record_chars=1000)
    assert rows == [(3, {"id": "2", "place": "b", "text": "y"})]
    assert said == [
        ", row 2: expected a row of at most 1000 characters. Fix: shorten it, or raise the limit with panjmap --limit "
        "record_chars=N before the command."
    ]
    assert source.refused == 1


def test_what_cannot_be_seen_is_shown_and_named(read):
    _, rows, said = read(HEAD + "1,a\u202eb,Ð”ÑƒÑˆÐ°Ð½Ð±Ðµ\n")
    assert rows[0][1]["place"] == "a\ufffdb"
    assert said[0].startswith(", row 2, column place: ")
    assert said[1].startswith(", row 2, column text: ")
    assert 'perhaps "Душанбе"' in said[1]


def test_problems_beyond_the_limit_are_counted(read):
    source, _, said = read(HEAD + "1\n" * 9, problems=4)
    assert source.refused == 9
    assert len(said) == 5
    assert "fewer than 9 errors; 5 are not listed" in said[-1]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \n\n", "\ufeff".encode("utf-16-le")])
def test_a_file_without_anything_is_refused(read, content):
    source, rows, said = read(content)
    assert (rows, source.columns, len(said)) == ([], (), 1)
    assert "expected a file with a header row and rows" in said[0]


def test_a_header_alone_gives_no_rows_and_says_so(read):
    source, rows, said = read(HEAD)
    assert (rows, source.complete) == ([], True)
    assert "there are none" in said[0]
    assert source.problems[0].level == "warning"


def test_gzip_is_read_member_by_member(read):
    packed = gzip.compress(HEAD.encode()) + gzip.compress(b"1,a,b\n") + b"\0" * 9
    source, rows, said = read(packed, "a.csv.gz")
    assert (source.format, [number for number, _ in rows], said) == ("csv.gz", [2], [])


@pytest.mark.parametrize(
    ("spoil", "said_of"),
    [
        (lambda packed: packed[:-9], "cut short"),
        (lambda packed: packed[:40] + b"!!" + packed[42:], "a sound gzip file"),
        (lambda packed: packed + b"trailing", "a sound gzip file"),
        (gzip.compress, "one file in a gzip file, not an archive"),
        (lambda packed: packed * 2001, "at most 2,000 files packed in one"),
    ],
    ids=["short", "damaged", "trailing", "twice", "members"],
)
def test_bad_gzip_is_refused(read, spoil, said_of):
    source, _, said = read(spoil(gzip.compress((HEAD + "1,a,b\n" * 50).encode(), mtime=0)), "a.csv.gz")
    assert not source.complete
    assert len(said) == 1
    assert said_of in said[0]


def test_what_unpacks_to_too_much_is_refused_before_it_is_held(read):
    packed = gzip.compress(HEAD.encode() + b"1,a," + b"x" * 24_000_000)
    source, _, said = read(packed, "a.csv.gz")
    assert not source.complete
    assert "unpacks to at most 100 times its size" in said[0]
    _, _, said = read(packed, "a.csv.gz", inflated_bytes=9_000)
    assert "at most 9,000 bytes unpacked" in said[0]


def test_a_file_that_changes_while_it_is_read_is_not_whole(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "1,a,b\n", encoding="utf-8")
    source = read_source(path)
    with path.open("a", encoding="utf-8") as more:
        more.write("2,a,b\n")
    assert [row.number for row in source.rows] == [2]
    assert not source.complete
    assert "stays as it is" in str(source.problems[0])


def test_many_blank_lines_and_many_broken_ones_cost_little(read):
    _, rows, said = read("\n" * 500 + HEAD + "1,a,x\n", record_chars=100, elements=600)
    assert [number for number, _ in rows] == [2]
    assert said == []
    source, _, said = read(HEAD + "\n" * 100, elements=50)
    assert not source.complete
    assert ": expected at most 50 lines. Fix: take out what is empty, or split the file" in said[0]
    broken = HEAD.encode() + "1,Шудк,x\n".encode() + b"2,\xc4,x\n" * 9
    source, rows, said = read(broken, problems=3)
    assert (len(rows), source.refused, len(said)) == (1, 9, 4)
    source, rows, said = read(broken.replace(b"2,\xc4", b'"2,\xc4', 1), problems=3)
    assert not source.complete
    assert "more than 3 lines of one row are none" in said[-1]


def test_a_long_value_is_not_kept_for_its_message(read):
    source, _, said = read(HEAD + "x" * 5000 + "\n")
    assert len(source.problems[0].value) < 500
    assert len(said[0]) < 300


def test_rows_times_columns_are_bounded(read):
    source, rows, said = read(HEAD + "1,a,x\n" * 9, cells=15)
    assert (len(rows), source.complete) == (5, False)
    assert "row 7: expected at most 15 cells, rows times columns; there are 3 columns" in said[0]
