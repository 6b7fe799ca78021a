"""A map that somebody hands in may be anything: it is read back whole, or refused with one message; nothing runs."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_case import scene_of
from page_reader import visible_text
from payloads import HOSTILE
from test_injection import PAYLOADS, poisoned

from panjmap.data.errors import MapError, PanjmapError
from panjmap.data.limits import Limits, in_force
from panjmap.data.text import clean
from panjmap.render import columns
from panjmap.render.diff_compare import Difference, compare
from panjmap.render.diff_html import as_page
from panjmap.render.diff_text import as_dict, as_text
from panjmap.render.page import render
from panjmap.render.read_columns import BlockFault, Inflater, column, strict_json
from panjmap.render.read_page import page_of
from panjmap.render.shown import View, view_of

NAME = Path("map.html")
Block = dict[str, Any]


@pytest.fixture(scope="module")
def page() -> str:
    return render(scene_of())


def view(html: str | bytes) -> View:
    """Read a page as the command does: a fault becomes the message."""
    try:
        return view_of(page_of(html if isinstance(html, bytes) else html.encode("utf-8"), NAME), NAME.name)
    except BlockFault as fault:
        raise fault.of(NAME) from fault


def refusal(html: str | bytes) -> str:
    """The one message about a page that cannot be read."""
    with pytest.raises(MapError) as caught:
        view(html)
    message = str(caught.value)
    assert re.fullmatch(r"map\.html: [^\n]+\. Fix: [^\n]+\.", message), message
    return message


def block_of(html: str, name: str) -> tuple[str, Block]:
    """A block as it stands, and what it says."""
    text = re.search(rf'<script type="application/json" id="{name}">([^<]*)</script>', html)[1]
    value = json.loads(text)
    return text, json.loads(columns.unpack(value["deflated"])) if "deflated" in value else value


def with_block(html: str, name: str, change: Callable[[Block], Any]) -> str:
    """Change a block in place; ``change`` may return another value for it."""
    text, value = block_of(html, name)
    other = change(value)
    return html.replace(text, json.dumps(value if other is None else other).replace("<", "\\u003c"))


def with_detail(html: str, change: Callable[[Block], Any]) -> str:
    """Change the first detail."""

    def of(block: Block) -> None:
        rows = json.loads(columns.unpack(block["texts"]["blocks"][0]))
        detail = dict(zip(block["texts"]["fields"], rows[0], strict=True))
        change(detail)
        rows[0] = [detail.get(field) for field in block["texts"]["fields"]]
        block["texts"]["blocks"][0] = columns.pack(json.dumps(rows).encode("utf-8"))

    return with_block(html, "panjmap-data", of)


def bomb(size: int) -> str:
    codec = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = codec.compress(b" " * size)
    return base64.b64encode(packed + codec.flush()).decode("ascii")


# ------------------------------------------------------------------ whole files


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is no map of panjmap"),
        (b"record_id,kind\n", "is no map of panjmap"),
        (b"<!doctype html><html><body>A page</body></html>", "is no map of panjmap"),
        (b"\xff\xfe<\x00h\x00", "is not UTF-8"),
        (bytes(range(256)), "is not UTF-8"),
        (b"PK\x03\x04" + b"\x00" * 100, "is no map of panjmap"),
    ],
)
def test_what_is_no_map_is_said_to_be_none(data, says):
    assert says in refusal(data)


@pytest.mark.parametrize("share", [0.02, 0.1, 0.5, 0.9, 0.99, 0.9999])
def test_half_a_download_is_cut_short(page, share):
    assert "cut short" in refusal(page[: int(len(page) * share)])


def test_a_page_with_other_line_ends_or_a_last_line_is_read(page):
    assert not compare(view(page), view(page.replace("\n", "\r\n")))
    assert not compare(view(page), view(page + "\n\n"))


# ------------------------------------------------------------------ blocks


@pytest.mark.parametrize("name", ["panjmap-page", "panjmap-data", "panjmap-areas"])
@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "3", "null", '"a"', '{"a":1,"a":2}', "{NaN}", '{"a":NaN}', '{"a":1e999}', '{"a":Infinity}'],
)
def test_a_block_that_is_no_block_is_refused(page, name, text):
    before, _ = block_of(page, name)
    assert "is damaged, or was changed after it was built" in refusal(page.replace(before, text))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"a":1,"a":2}', "a key twice"),
        ('[{"a":{"b":1,"c":2,"b":3}}]', "a key twice"),
        ("[NaN]", "NaN, which is no number"),
        ("[-Infinity]", "-Infinity, which is no number"),
        ("[1e999]", "too large"),
        ("[1" + "0" * 5000 + "]", "no JSON"),
        (b'["\xff"]', "not UTF-8"),
    ],
)
def test_json_that_readers_take_differently_is_refused(text, says):
    with pytest.raises(BlockFault, match=says):
        strict_json(text)


def test_a_packed_value_that_is_cut_or_followed_by_more_is_damaged():
    whole = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = whole.compress(b"records" * 100) + whole.flush()
    assert Inflater(1000).unpack(base64.b64encode(data).decode("ascii")) == b"records" * 100
    for other in (data[:-1], data[: len(data) // 2], data + b"x", b""):
        with pytest.raises(BlockFault, match="damaged"):
            Inflater(1000).unpack(base64.b64encode(other).decode("ascii"))


def test_a_missing_block_and_one_that_stands_twice_are_named(page):
    whole = re.search(r'<script type="application/json" id="panjmap-areas">[^<]*</script>', page)[0]
    assert "the block panjmap-areas is missing" in refusal(page.replace(whole, ""))
    assert "the block panjmap-areas stands there twice" in refusal(page.replace(whole, whole * 2))


def test_deep_nesting_is_refused_before_it_is_read(page):
    for text in ("[" * 100_000, '{"a":' * 100_000, "[" * 65 + "]" * 65):
        before, _ = block_of(page, "panjmap-areas")
        assert "nested deeper than 64 levels" in refusal(page.replace(before, text))


def test_another_version_says_so(page):
    assert "another version of panjmap" in refusal(with_block(page, "panjmap-page", lambda b: b.update(format=2)))
    assert "another version of panjmap" in refusal(with_block(page, "panjmap-page", lambda b: b.update(format="1")))


def test_a_map_from_before_layouts_had_numbers_is_read(page):
    """Such a map does not say which records are generalised, nor what corrections are about."""

    def before(block: Block) -> None:
        del block["format"], block["generalised"]

    found = compare(view(with_block(page, "panjmap-page", before)), view(page))
    assert not found, as_text(found)


# ------------------------------------------------------------------ sizes


def test_a_block_that_would_fill_the_memory_is_not_inflated(page):
    text, _ = block_of(page, "panjmap-data")
    with in_force(Limits(inflated_bytes=8 * 2_000_000)):
        message = refusal(page.replace(text, json.dumps({"deflated": bomb(50_000_000)})))
    assert "larger than 2,000,000 bytes when inflated" in message
    assert "--limit inflated_bytes=" in message


def test_the_limit_holds_for_all_blocks_together():
    inflater, part = Inflater(25), base64.b64encode(b"x" * 10).decode("ascii")
    assert inflater.unpack(f"={part}") == b"x" * 10
    inflater.unpack(f"={part}")
    with pytest.raises(BlockFault, match="larger than 25 bytes"):
        inflater.unpack(f"={part}")


def test_too_many_values_are_counted_before_they_are_made(page):
    text, _ = block_of(page, "panjmap-areas")
    with in_force(Limits(elements=2_000_000)):
        message = refusal(page.replace(text, json.dumps({"a": [[]] * 100_001})))
    assert "more than 100,000 values" in message
    assert "--limit elements=" in message


def test_more_records_or_items_than_a_page_has_are_refused(page):
    message = refusal(with_block(page, "panjmap-data", lambda block: block.update(rows=10**9)))
    assert "more than 50,000 records" in message
    assert "--limit rows=" in message
    assert "more than 20,000 items" in refusal(
        page.replace('<ul class="counts">', '<ul class="counts">' + "<li" * 20_001)
    )


def test_of_many_faults_the_first_is_told(page):
    """A list of all of them would be many times larger than the page."""
    ring = [1.5] * 200_000

    def change(block: Block) -> None:
        block["shapes"][0].update(polygons=[[ring]])

    assert "shapes.0.polygons.0.0.0" in refusal(with_block(page, "panjmap-areas", change))


def test_a_large_file_is_refused_before_it_is_read(tmp_path, page):
    from panjmap.render.read_page import read_page

    path = tmp_path / "map.html"
    path.write_text(page, encoding="utf-8")
    with in_force(Limits(file_bytes=80_000)), pytest.raises(MapError, match="larger than 10,000 bytes"):
        read_page(path)
    with pytest.raises(MapError, match="cannot be read"):
        read_page(tmp_path / "nowhere.html")


@pytest.mark.parametrize(
    "text", ['"' + '\\"' * 300_000, '["' + "\\" * 300_001, "<script>" * 50_000, "{" * 60 + '"' * 300_001]
)
def test_hostile_text_is_looked_through_once(page, text):
    """Each of these would take minutes if each of its characters began a search of its own."""
    before, _ = block_of(page, "panjmap-areas")
    assert refusal(page.replace(before, text))


# ------------------------------------------------------------------ records


@pytest.mark.parametrize(
    "change",
    [
        lambda block: block.update(rows=50_000),
        lambda block: block.update(rows=-1),
        lambda block: block.update(rows="18"),
        lambda block: block.update(rows=17),
        lambda block: block.update(columns=block["columns"][1:]),
        lambda block: block.update(columns={}),
        lambda block: block.update(texts=None),
        lambda block: block["texts"].update(fields=[]),
        lambda block: block["texts"].update(blocks=["="]),
        lambda block: block["texts"].update(blocks=block["texts"]["blocks"] * 2),
        lambda block: block["columns"][0].update(kind="python"),
        lambda block: block["columns"][0].update(kind=["text"]),
        lambda block: block["columns"][0].update(bytes="!"),
        lambda block: block["columns"][0].update(bytes=columns.pack(b'["a"]')),
        lambda block: [one.update(values=[]) for one in block["columns"] if "values" in one],
        lambda block: [one.update(values=[{}] * 99) for one in block["columns"] if "values" in one],
        lambda block: [one.update(bytes="=AA==") for one in block["columns"]],
        lambda block: [one.update(nulls="=") for one in block["columns"] if one["kind"] == "delta32"],
        lambda block: block["columns"].append(3) or block["columns"].pop(0),
    ],
)
def test_columns_that_do_not_fit_are_refused(page, change):
    def of(block: Block) -> None:
        change(block)

    assert "was changed after it was built" in refusal(with_block(page, "panjmap-data", of))


@pytest.mark.parametrize(
    "change",
    [
        lambda detail: detail.update(id="ANOTHER"),
        lambda detail: detail.update(title="Another title"),
        lambda detail: detail.update(title=None),
        lambda detail: detail.update(when="today"),
        lambda detail: detail.update(attributes=[{}]),
        lambda detail: detail.update(killed={"text": "3", "why": "", "counts": [{"group": "civilian"}]}),
        lambda detail: detail.update(killed={"text": "3", "why": "", "counts": 3}),
        lambda detail: detail.update(same_as=[["a"]]),
        lambda detail: detail.pop("decisions"),
    ],
)
def test_texts_that_do_not_fit_are_refused(page, change):
    assert "was changed after it was built" in refusal(with_detail(page, change))


def test_a_number_that_was_edited_is_a_difference_like_any_other(page):
    def edited(detail: Block) -> None:
        detail["killed"]["counts"][0]["high"] = 30
        detail["killed"]["text"] = "3 to 30"

    found = as_dict(compare(view(page), view(with_detail(page, edited))))
    (change,) = found["records"]["changed"]
    assert change["new_text"] == "3 to 30"
    assert change["correction_missing"]


def test_days_beyond_the_calendar_and_points_off_the_earth_are_refused(page):
    def far(name: str) -> Callable[[Block], None]:
        def change(block: Block) -> None:
            (one,) = [c for c in block["columns"] if c["name"] == name]
            one |= columns.delta_column(name, np.full(block["rows"], 2.0**31 - 1))
            one.pop("nulls", None)

        return change

    assert "outside the calendar" in refusal(with_block(page, "panjmap-data", far("date_start")))
    assert "no place on Earth" in refusal(with_block(page, "panjmap-data", far("lon")))


@pytest.mark.parametrize(
    "change",
    [
        lambda block: next(iter(block["records"].values())).update(shape=99),
        lambda block: next(iter(block["records"].values())).update(shape=-1),
        lambda block: block["shapes"][0].update(polygons=[[[10**30, 1]]]),
        lambda block: block["shapes"][0].update(polygons=[[["1", 1]]]),
        lambda block: block["shapes"][0].update(name=7),
    ],
)
def test_areas_that_do_not_fit_are_refused(page, change):
    def of(block: Block) -> None:
        change(block)

    assert "was changed after it was built" in refusal(with_block(page, "panjmap-areas", of))


def one_line(error: Exception) -> None:
    assert str(error)
    assert "\n" not in str(error)


@given(st.data())
def test_a_page_with_any_bytes_changed_is_read_or_refused(data):
    page = _PAGE
    at = data.draw(st.integers(0, len(page) - 1))
    junk = data.draw(st.binary(min_size=0, max_size=12))
    length = data.draw(st.integers(0, 40))
    try:
        told = compare(view(_PAGE), view(page[:at] + junk + page[at + length :]))
        as_text(told)
        json.dumps(as_dict(told), allow_nan=False)
        as_page(told).encode("utf-8")
    except PanjmapError as error:
        one_line(error)


_PAGE = render(scene_of()).encode("utf-8")


@given(st.binary(max_size=60))
def test_any_packed_value_is_unpacked_or_a_fault(data):
    for value in (
        base64.b64encode(data).decode("ascii"),
        f"={base64.b64encode(data).decode('ascii')}",
        data.hex(),
        None,
    ):
        for kind in ("delta32", "u8", "code", "set", "text"):
            for rows in (0, 1, 3):
                packed = {"name": "a", "kind": kind, "bytes": value, "values": ["x", "y"], "nulls": "=AA=="}
                try:
                    assert len(column(packed, rows, Inflater(1000))) == rows
                except BlockFault as fault:
                    one_line(fault)


@given(st.text(max_size=40))
def test_any_text_is_strict_json_or_a_fault(text):
    try:
        strict_json(text)
    except BlockFault as fault:
        one_line(fault)


def test_what_columns_write_is_read_back():
    numbers = [5, None, -7, 2**31 - 1, -(2**31) + 1, 0]
    written = columns.delta_column("n", [np.nan if n is None else n for n in numbers])
    assert column(written, 6, Inflater(1000)) == numbers
    many = [f"v{i}" for i in range(300)]
    assert column(columns.code_column("c", [0, 299, 7], many), 3, Inflater(9999)) == ["v0", "v299", "v7"]
    assert column(columns.set_column("s", [[0, 2], [], [1]], ["a", "b", "c"]), 3, Inflater(99)) == [
        ("a", "c"),
        (),
        ("b",),
    ]
    assert column(columns.u8_column("u", [3, 0]), 2, Inflater(99)) == [3, 0]
    assert column(columns.text_column("t", ["a", "ö"]), 2, Inflater(99)) == ["a", "ö"]


# ------------------------------------------------------------------ on the way out


@pytest.fixture(scope="module")
def poisoned_difference() -> Callable[[str], Difference]:
    quiet = view(render(scene_of()))
    return lambda text: compare(quiet, view(render(scene_of(lambda tables: poisoned(tables, text)))))


def structure(html: str) -> list[str]:
    """Elements and the names of their attributes, in order, each kind once."""
    return sorted({re.sub(r'="[^"]*"', "", tag) for tag in re.findall(r"<[^>]*>", re.sub(r"<style>[^<]*", "", html))})


def beginnings(lines: str) -> set[str]:
    """What lines begin with: no text of data begins one of its own."""
    return {re.match(r"[ ]*(?:[-+] )?", line)[0] for line in lines.splitlines()}


@pytest.mark.parametrize("name", [*PAYLOADS, "all"])
def test_text_of_data_stays_text(poisoned_difference, name):
    text = PAYLOADS.get(name) or HOSTILE
    found = poisoned_difference(text)
    html = as_page(found)
    assert " ".join(clean(text).split()) in visible_text(html)
    assert structure(html) == structure(as_page(poisoned_difference("Quiet")))
    html.encode("utf-8")
    lines = as_text(found)
    assert clean(lines) == lines
    assert beginnings(lines) == beginnings(as_text(poisoned_difference("Quiet")))
    json.dumps(as_dict(found), allow_nan=False)


def test_the_page_needs_nothing_runs_nothing_and_is_the_same_twice(poisoned_difference):
    html = as_page(poisoned_difference("Quiet"))
    assert html == as_page(poisoned_difference("Quiet"))
    assert "<script" not in html
    assert " style=" not in html
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")
    assert "default-src 'none'; script-src 'none'; style-src 'sha256-" in policy
    assert "\r" not in html
    assert not re.search(r'(?:src|href)="(?!#)', html)
