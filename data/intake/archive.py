"""A zip archive, looked at before anything in it is unpacked, and unpacked no further than the limits.

Nothing is ever written to the disk. What the archive says about sizes is not believed: bytes are counted as they come.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from ..errors import shorten
from ..limits import limits, raising
from .notes import Refused
from .opening import too_large_unpacked

__all__ = ["Archive", "inside"]

_COPY_AGAIN = "fetch, copy or save the file again"
#: The list of members may be no longer than this for each member that is allowed: bytes.
_LISTED = 4096
_END = b"PK\x05\x06"


class Archive:
    """The members of a zip archive that is sound.

    Parameters
    ----------
    stream
        The file; can seek.
    size
        Its size, bytes.

    Raises
    ------
    Refused
        It is cut short, encrypted, has names that lead out of it, members that overlap, lie twice, are links or too
        many, or is packed in a way that is not read.
    """

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._size, self._unpacked = size, 0
        _check_end(stream, size)
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, OverflowError, struct.error) as error:
            raise Refused(f"a whole zip file ({shorten(str(error))})", _COPY_AGAIN) from error
        members = self._zip.infolist()
        if len(members) > limits().members:
            fix = f"take out what is not needed, {raising('members', len(members))}"
            raise Refused(f"at most {limits().members:,} files in an archive, not {len(members):,}", fix)
        self.members: dict[str, zipfile.ZipInfo] = {}
        for member in members:
            _check(member)
            if member.filename in self.members:
                raise Refused("each file once in an archive", "pack it again", value=member.filename)
            self.members[member.filename] = member
        _check_overlap(members)

    def open(self, name: str) -> BinaryIO:
        """Return a stream of what a member holds, bounded.

        Raises
        ------
        Refused
            There is no such member; while it is read: it is damaged, or larger than the limits allow.
        """
        member = self.members.get(name)
        if member is None:
            raise Refused(f"a file {name} in the archive", _COPY_AGAIN)
        if refused := too_large_unpacked(self._size, self._unpacked + member.file_size):
            raise refused
        try:
            stream = self._zip.open(member)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, struct.error) as error:
            raise Refused(f"a sound zip file ({shorten(str(error))})", _COPY_AGAIN, value=name) from error
        return cast(BinaryIO, io.BufferedReader(_Member(self, stream, name), 1 << 16))

    def start_again(self) -> None:
        """Count what is unpacked from zero: the same member is read a second time."""
        self._unpacked = 0

    def count(self, size: int) -> None:
        """Add what was unpacked, and stop where it is too much."""
        self._unpacked += size
        if refused := too_large_unpacked(self._size, self._unpacked):
            raise refused


class _Member(io.RawIOBase):
    """One member while it is unpacked."""

    def __init__(self, archive: Archive, stream: io.BufferedIOBase | object, name: str) -> None:
        self._archive, self._stream, self._name = archive, cast(BinaryIO, stream), name

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # a buffer, by any name
        """Fill the buffer with what is unpacked next; raise `Refused` where it is damaged or too large."""
        try:
            got = self._stream.read(len(buffer))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error) as error:
            raise Refused(f"a sound zip file ({shorten(str(error))})", _COPY_AGAIN, value=self._name) from error
        self._archive.count(len(got))
        buffer[: len(got)] = got
        return len(got)


def _check_end(stream: BinaryIO, size: int) -> None:
    """Refuse an archive whose list of members is missing, or longer than one would hold in memory."""
    stream.seek(max(size - 65_557, 0))
    tail = stream.read(65_557)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise Refused("a whole zip file (this one has no end)", _COPY_AGAIN)
    listed = struct.unpack_from("<L", tail, at + 12)[0]
    if listed > limits().members * _LISTED:
        fix = f"take out what is not needed, {raising('members')}"
        raise Refused(f"at most {limits().members:,} files in an archive", fix)
    stream.seek(0)


def _check(member: zipfile.ZipInfo) -> None:
    """Refuse a member that is more, or less, than a file to be read."""
    name = member.filename
    if member.flag_bits & 0x1:
        raise Refused("an archive that is not encrypted", "save the file without a password", value=name)
    # orig_filename still has what zipfile took away behind a zero byte.
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if ".." in parts or name.startswith(("/", "\\")) or ":" in name or "\0" in member.orig_filename or not name:
        expected = "names that stay inside the archive; nothing of it was read or written"
        raise Refused(expected, "pack it again without paths that lead out", value=member.orig_filename or name)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Refused("an archive without links", "pack the files themselves", value=name)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("an archive packed with deflate", "pack it again with an ordinary program", value=name)


def _check_overlap(members: list[zipfile.ZipInfo]) -> None:
    """Refuse members that share bytes: so a small file can unpack to any size."""
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            raise Refused("files that lie one after the other in an archive", "pack it again", value=member.filename)
        end = member.header_offset + 30 + member.compress_size


def inside(archive: Archive) -> str:
    """Return what an archive is: xlsx or kmz.

    Raises
    ------
    Refused
        It is something else; the message says what.
    """
    names = [name.lower() for name in archive.members]
    if "xl/workbook.xml" in names or ("[content_types].xml" in names and any(n.startswith("xl/work") for n in names)):
        if any(name.startswith("xl/workbook.bin") for name in names):
            raise Refused("an XLSX file, not a binary workbook (.xlsb)", "save it as XLSX or CSV")
        return "xlsx"
    for start, what in (("word/", "a Word document"), ("ppt/", "a presentation"), ("visio/", "a drawing")):
        if any(name.startswith(start) for name in names):
            fix = "bring what it says into a table first: CSV, XLSX, GeoJSON or KML"
            raise Refused(f"a CSV, XLSX, GeoJSON, JSON, KML or KMZ file, not {what}", fix)
    if "mimetype" in names and "content.xml" in names:
        raise Refused("an XLSX file, not an OpenDocument file (.ods, .odt)", "save it as XLSX or CSV")
    if any(name.endswith(".kml") for name in names):
        return "kmz"
    shown = ", ".join(list(archive.members)[:3]) or "nothing"
    what = "a zipped shapefile" if any(name.endswith(".shp") for name in names) else "a zip archive"
    raise Refused(f"an XLSX or KMZ file, not {what} (it holds {shown})", "unpack it and import the file that is wanted")
