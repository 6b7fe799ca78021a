"""The columnar block: exact for any number of rows, small, fast, and the same bytes every time."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panjmap.render import columns


def read(column: dict, rows: int) -> list:
    """An independent reader, as a browser does it."""
    raw = columns.unpack(column["bytes"])
    if column["kind"] == "text":
        return json.loads(raw)
    if column["kind"] == "u8":
        return list(raw)
    if column["kind"] == "code":
        width = column["width"]
        return [column["values"][sum(raw[k * rows + i] << 8 * k for k in range(width))] for i in range(rows)]
    nulls = columns.unpack(column["nulls"]) if "nulls" in column else b""
    out, total = [], 0
    for i in range(rows):
        total = (total + sum(raw[k * rows + i] << 8 * k for k in range(4))) & 0xFFFFFFFF
        empty = bool(nulls and nulls[i >> 3] >> (i & 7) & 1)
        out.append(None if empty else total - (1 << 32) * (total >> 31))
    return out


whole = st.none() | st.integers(-(2**31) + 1, 2**31 - 1)


@given(st.lists(whole, max_size=60))
@settings(max_examples=60, deadline=None)
def test_numbers_come_back_exactly(values):
    column = columns.delta_column("x", [np.nan if v is None else v for v in values])
    assert read(column, len(values)) == values


@given(st.lists(st.text(max_size=8), max_size=30), st.integers(1, 7))
@settings(max_examples=40, deadline=None)
def test_texts_come_back_exactly_block_by_block(values, block):
    texts = columns.text_blocks(["a", "b"], ({"a": v, "b": [v]} for v in values), block)
    rows = [row for part in texts["blocks"] for row in json.loads(columns.unpack(part))]
    assert rows == [[v, [v]] for v in values]
    assert len(texts["blocks"]) == -(-len(values) // block)


def test_no_rows_is_a_block_too():
    block = columns.column_block(
        0,
        [columns.delta_column("lon", []), columns.u8_column("differ", []), columns.text_column("id", [])],
        columns.text_blocks(["title"], []),
    )
    assert block["rows"] == 0
    assert [read(c, 0) for c in block["columns"]] == [[], [], []]
    assert block["texts"]["blocks"] == []


def test_coordinates_keep_a_hundred_thousandth_of_a_degree():
    lon = [70.006394, 71.02849, float("nan"), -179.99999, 180]
    assert read(columns.delta_column("lon", columns.degrees(lon)), 5) == [7000639, 7102849, None, -17999999, 18000000]


def test_dates_are_days_since_1970_and_may_be_missing():
    column = columns.delta_column("d", columns.days(np.array(["1970-01-02", "NaT", "2025-11-26"], "datetime64[D]")))
    assert read(column, 3) == [1, None, 20418]


def test_codes_of_more_than_256_values_take_two_bytes():
    values = [f"v{i}" for i in range(300)]
    codes = [0, 299, 256, 1]
    assert read(columns.code_column("c", codes, values), 4) == [values[i] for i in codes]
    with pytest.raises(ValueError, match="no value"):
        columns.code_column("c", [3], ["a"])


@pytest.mark.parametrize("bad", [2**31, -(2**31) - 1, float("inf")])
def test_a_number_that_does_not_fit_is_refused(bad):
    with pytest.raises(ValueError, match="lon"):
        columns.delta_column("lon", [bad])


def test_same_input_same_bytes():
    one, two = (columns.delta_column("x", np.arange(5000) % 977) for _ in range(2))
    assert one == two


def test_a_million_rows_are_packed_in_a_moment():
    n = 1_000_000
    x = np.sin(np.arange(n) / 1000) * 2 + 70
    start = time.process_time()
    column = columns.delta_column("lon", columns.degrees(x))
    cpu = time.process_time() - start
    raw = np.frombuffer(columns.unpack(column["bytes"]), np.uint8).reshape(4, n).T.copy().view("<i4").ravel()
    assert np.array_equal(np.cumsum(raw, dtype=np.int64), np.rint(x * 1e5))
    assert cpu < 2
    assert len(column["bytes"]) < 3 * n
