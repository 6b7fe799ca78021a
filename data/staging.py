"""The one place for temporary files: a hidden folder beside the outputs, with a lock, and a record of what is replaced.

``.panjmap-tmp`` stands in the folder of the outputs while they are written, and goes with the last step. In it:

- ``lock``: locked (``flock``) by the run that writes; the system lets go of it when that run ends, however it ends.
- ``0``, ``1``, ...: the new files. ``old-0``, ``old-1``, ...: the old ones, as further names of them, or as copies.
- ``commit``: says that all of it is there, and which name each has. From then on the new files replace the old ones,
  one rename each. ``revert``: that could not be done, and the old ones are being put back.

A run that is killed before ``commit`` has changed nothing. One that is killed after it is finished by the next run
that writes into the folder, before anything else. Where the system or the file system has no such lock (Windows, some
network drives), two runs at once into one folder are not kept apart.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

__all__ = ["STAGING", "Busy", "Foreign", "Stage", "staging"]

#: Name of the folder.
STAGING: Final = ".panjmap-tmp"
_LOCK, _DRAFT, _COMMIT, _REVERT = "lock", "draft", "commit", "revert"


class Busy(Exception):
    """Another run is writing into the folder."""


class Foreign(OSError):
    """What has the name of the folder was not made by a run of this user."""


@dataclass(slots=True)
class Stage:
    """What is to be replaced in one folder, before it is."""

    place: Path
    _names: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, target: Path, data: bytes) -> None:
        """Write a new file to the disk, and keep the old one.

        A target keeps its permissions, and its owner where the system allows; a new one gets what the umask leaves.
        """
        number = len(self._names)
        old = target.stat() if target.exists() else None
        _write(self.place / str(number), data, old)
        if old:
            _keep(target, self.place / f"old-{number}", old)
        self._names.append((target.name, old is not None))

    def commit(self) -> None:
        """Replace all targets, or none.

        Raises
        ------
        OSError
            It could not be done; the old files are back.
        """
        _write(self.place / _DRAFT, json.dumps(self._names).encode())
        (self.place / _DRAFT).rename(self.place / _COMMIT)
        _finish(self.place)


@contextmanager
def staging(folder: Path, name: str = STAGING) -> Iterator[Stage]:
    """Make and lock the place for temporary files in ``folder``; settle what a killed run left; remove it at the end.

    Raises
    ------
    Busy
        Another run holds it.
    Foreign
        It belongs to another user, or is no folder.
    OSError
        It cannot be made, or what a killed run left can neither be finished nor put back.
    """
    place = folder / name
    lock = _locked(place)
    try:
        try:
            _finish(place)
        except OSError:
            if _halfway(place):
                raise
        _clear(place)
        yield Stage(place)
    finally:
        with contextlib.suppress(OSError):
            if not _halfway(place):
                _clear(place)
                (place / _LOCK).unlink()
                place.rmdir()  # not while the next run is in it
        with contextlib.suppress(OSError):
            os.close(lock)


# ---------------------------------------------------------------- the lock


def _locked(place: Path) -> int:
    """Lock the folder, made if need be; a handle that holds the lock until it is closed."""
    while True:
        with contextlib.suppress(FileExistsError):
            place.mkdir(mode=0o700)
        try:
            _check_own(place)
            handle = os.open(place / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError:  # the run before has just removed the folder
            continue
        try:
            _lock(handle)
            if os.path.samestat(os.fstat(handle), (place / _LOCK).stat()):
                return handle
        except FileNotFoundError:
            pass
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # locked, but no longer the one in the folder


def _lock(handle: int) -> None:
    if fcntl is None:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Busy from error
    except OSError:  # a file system without locks
        return


def _check_own(place: Path) -> None:
    """Refuse a link or another user's folder: what it says would be done in the name of this user."""
    found = place.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise Foreign(errno.ENOTDIR, f"{place.name} beside it is no folder")
    if hasattr(os, "geteuid") and found.st_uid != os.geteuid():
        raise Foreign(errno.EACCES, f"{place.name} beside it belongs to another user")


# ---------------------------------------------------------------- from record to files


@dataclass(frozen=True, slots=True)
class _Entry:
    target: Path
    new: Path
    old: Path | None


def _entries(place: Path, record: str) -> list[_Entry]:
    """Read a record; one that is none, and names that are no plain names, are not ours."""
    try:
        return [
            _Entry(place.parent / name, place / str(number), place / f"old-{number}" if old else None)
            for number, (name, old) in enumerate(json.loads((place / record).read_bytes()))
            if name == Path(name).name
        ]
    except (ValueError, TypeError):
        return []


def _finish(place: Path) -> None:
    """Do what a record says: replace all, or put all back; nothing without one. Killed anywhere in it, do it again."""
    if (place / _COMMIT).exists():
        try:
            _sync(place)
            for entry in _entries(place, _COMMIT):
                if entry.new.exists():
                    entry.new.replace(entry.target)
        except OSError:
            (place / _COMMIT).rename(place / _REVERT)
            _put_back(place)
            raise
        _sync(place.parent)
        with contextlib.suppress(OSError):  # the next run removes it
            (place / _COMMIT).unlink()
    elif (place / _REVERT).exists():
        _put_back(place)


def _put_back(place: Path) -> None:
    for entry in _entries(place, _REVERT):
        if entry.new.exists():  # was not replaced
            continue
        if entry.old is None:
            entry.target.unlink(missing_ok=True)
        elif entry.old.exists():
            entry.old.replace(entry.target)
    _sync(place.parent)
    (place / _REVERT).unlink()


def _halfway(place: Path) -> bool:
    return (place / _COMMIT).exists() or (place / _REVERT).exists()


def _clear(place: Path) -> None:
    """Remove everything but the lock."""
    for path in place.iterdir():
        if path.name != _LOCK:
            path.unlink()


# ---------------------------------------------------------------- single steps


def _write(path: Path, data: bytes, like: os.stat_result | None = None) -> None:
    """Write a new file and flush it to the disk, with the permissions and the owner of an old one."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        if like:
            _make_like(handle, like)
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_like(handle: int, old: os.stat_result) -> None:
    if not hasattr(os, "fchown"):  # Windows
        return
    new = os.fstat(handle)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        with contextlib.suppress(PermissionError):
            os.fchown(handle, old.st_uid, old.st_gid)
    os.fchmod(handle, stat.S_IMODE(old.st_mode) & 0o777)


def _keep(target: Path, kept: Path, old: os.stat_result) -> None:
    """Give the old file a second name, or copy it where the file system has no such thing."""
    try:
        os.link(target, kept)
    except OSError:
        _write(kept, target.read_bytes(), old)


def _sync(folder: Path) -> None:
    """Flush the names in a folder to the disk, where the system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
