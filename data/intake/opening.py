"""A path that somebody hands in -> a stream of bytes with a bound, or the reason why not.

Only plain files are opened: a device has no end, and a pipe may never begin. What is packed with gzip is unpacked while
it is read, and both its size and how much larger it becomes are counted on the way.
"""

from __future__ import annotations

import errno
import io
import os
import stat
import zlib
from pathlib import Path

from ..limits import limits, raising
from .notes import Refused

__all__ = ["MARK_GZIP", "Inflated", "Watched", "open_plain", "too_large_unpacked"]

MARK_GZIP = b"\x1f\x8b"
#: Below this size, unpacked, it does not matter how well something was packed: bytes.
FREE = 16 * 1024 * 1024
_BLOCK = 1 << 18
_KINDS = {
    stat.S_ISDIR: ("a folder", "name a file in it"),
    stat.S_ISFIFO: ("a pipe", "write what comes out of it into a file, and name that"),
    stat.S_ISCHR: ("a device", "name a file"),
    stat.S_ISBLK: ("a device", "name a file"),
    stat.S_ISSOCK: ("a socket", "name a file"),
}


class Watched(io.RawIOBase):
    """A plain file while it is read: its bytes up to the size it had at first, and whether it was changed meanwhile."""

    def __init__(self, stream: io.FileIO) -> None:
        self._stream = stream
        self._at_first = os.fstat(stream.fileno())
        self.size = self._at_first.st_size

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # a buffer, by any name
        """Fill a buffer, never beyond the size that the file had at first."""
        left = max(self.size - self._stream.tell(), 0)
        got = self._stream.read(min(len(buffer), left))
        buffer[: len(got)] = got
        return len(got)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place in the file."""
        if whence == os.SEEK_END:
            offset, whence = self.size + offset, os.SEEK_SET
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Return the place in the file."""
        return self._stream.tell()

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
        super().close()

    def check_unchanged(self) -> None:
        """Refuse a file that was written to since it was opened."""
        now = os.fstat(self._stream.fileno())
        if (now.st_size, now.st_mtime_ns) != (self.size, self._at_first.st_mtime_ns):
            raise Refused("a file that stays as it is while it is read", "wait until it is written, then import again")


def open_plain(path: Path) -> Watched:
    """Open a file for reading.

    Raises
    ------
    Refused
        It is not there, cannot be read, is no plain file, or is larger than the limit ``file_bytes``.
    """
    try:
        # Without O_NONBLOCK, opening a pipe would wait for somebody who writes.
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise _unopened(error) from error
    try:
        _check(os.fstat(number))
        return Watched(os.fdopen(number, "rb", buffering=0))
    except (Refused, OSError) as error:
        os.close(number)
        raise _unopened(error) if isinstance(error, OSError) else error from error


def _check(about: os.stat_result) -> None:
    """Refuse what is no plain file, and what is too large."""
    for is_kind, (what, fix) in _KINDS.items():
        if is_kind(about.st_mode):
            raise Refused(f"a file, not {what}", fix)
    most = limits().file_bytes
    if about.st_size > most:
        fix = f"split it, {raising('file_bytes', about.st_size)}"
        raise Refused(f"a file of at most {most:,} bytes, not {about.st_size:,}", fix)


def _unopened(error: OSError | ValueError) -> Refused:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENOENT:
        return Refused("a file; there is none of this name", "check the name")
    if number in {errno.EACCES, errno.EPERM}:
        return Refused("a file that may be read", "allow reading it")
    if number == errno.ELOOP:
        return Refused("a file, not a link that leads back to itself", "name the file itself")
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return Refused(f"a file that can be read ({reason})", "check the name")


def too_large_unpacked(packed: int, unpacked: int) -> Refused | None:
    """Return why no more is unpacked, or ``None``.

    Parameters
    ----------
    packed, unpacked
        Bytes of the whole packed file, and of what came out of it so far.
    """
    bounds = limits()
    if unpacked > bounds.inflated_bytes:
        return Refused(
            f"at most {bounds.inflated_bytes:,} bytes unpacked (this is more)",
            f"unpack it and import what it holds, {raising('inflated_bytes')}",
        )
    if unpacked > FREE and unpacked > packed * bounds.inflated_ratio:
        return Refused(
            f"a file that unpacks to at most {bounds.inflated_ratio} times its size (this one of {packed:,} bytes "
            f"became more than {unpacked // 1_000_000} MB)",
            f"unpack it and import what it holds, {raising('inflated_ratio')}",
        )
    return None


class Inflated(io.RawIOBase):
    """What a gzip file holds, one member after the other, never more than the limits allow.

    Raises :class:`Refused` while it is read: too large, cut short, damaged.
    """

    def __init__(self, stream: Watched) -> None:
        self._stream, self._packed = stream, stream.size
        self._member: zlib._Decompress | None = zlib.decompressobj(wbits=31)
        self._fed = b""
        self._out = self._members = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True: back to the start."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go back to the start; there is no other place to go to."""
        if offset or whence != os.SEEK_SET:
            raise io.UnsupportedOperation("only back to the start")
        self._stream.seek(0)
        self.__init__(self._stream)  # type: ignore[misc] # as if opened anew
        return 0

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # a buffer, by any name
        """Fill a buffer with what comes out next."""
        while self._member is not None:
            got = self._step(self._member, len(buffer))
            if got:
                self._out += len(got)
                if refused := too_large_unpacked(self._packed, self._out):
                    raise refused
                buffer[: len(got)] = got
                return len(got)
        return 0

    def _step(self, member: zlib._Decompress, size: int) -> bytes:
        """Feed the unpacker once; at the end of a member go on to the next or to the end."""
        if not self._fed:
            self._fed = self._stream.read(_BLOCK) or b""
        if not self._fed:
            raise Refused("a whole gzip file (this one is cut short)", "fetch or copy it again")
        try:
            got = member.decompress(self._fed, size)
        except zlib.error as error:
            raise Refused(f"a sound gzip file ({error})", "fetch or copy it again") from error
        self._fed = member.unconsumed_tail
        if member.eof:
            # What follows is another member, or padding, which ends it.
            self._fed = (member.unused_data or self._stream.read(_BLOCK) or b"").lstrip(b"\0")
            self._member = zlib.decompressobj(wbits=31) if self._fed else None
            self._members += 1
            if self._members > limits().members:
                raise Refused(f"at most {limits().members:,} files packed in one", f"unpack it, {raising('members')}")
        return got
