"""An archive written again has the same bytes, whatever the clock said when it was made."""

from __future__ import annotations

import io
import zipfile

import pytest

from panjmap.render.archive import repacked

MEMBERS = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>" * 400, "a/empty": b""}


def archive(date: tuple[int, int, int, int, int, int], how: int, mode: int = 0o600) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.comment = str(date).encode()
        for name, data in MEMBERS.items():
            member = zipfile.ZipInfo(name, date)
            member.external_attr = mode << 16
            member.extra = b"\xfe\xca\x00\x00"
            made.writestr(member, data, how)
    return out.getvalue()


def test_the_day_on_which_an_archive_was_made_leaves_no_trace():
    old = archive((1999, 12, 31, 23, 59, 58), zipfile.ZIP_STORED)
    new = archive((2026, 11, 21, 10, 0, 0), zipfile.ZIP_DEFLATED, 0o755)
    assert old != new
    assert repacked(old) == repacked(new) == repacked(repacked(new))


def test_members_keep_name_order_and_contents():
    with zipfile.ZipFile(io.BytesIO(repacked(archive((2026, 1, 1, 0, 0, 0), zipfile.ZIP_STORED)))) as found:
        assert found.testzip() is None
        assert {name: found.read(name) for name in found.namelist()} == MEMBERS
        assert found.namelist() == list(MEMBERS)
        assert found.comment == b""
        for member in found.infolist():
            assert member.date_time == (1980, 1, 1, 0, 0, 0)
            assert (member.extra, member.create_system, member.compress_type) == (b"", 3, zipfile.ZIP_DEFLATED)
            assert member.external_attr >> 16 == 0o100644


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no archive", b"<html>"])
def test_what_is_no_archive_is_refused(data):
    with pytest.raises(zipfile.BadZipFile):
        repacked(data)
