"""Outputs are replaced all at once, after everything has succeeded: a failed run leaves the old files as they were.

What is promised: each file is whole at every moment, the old one or the new one, whatever happens to the process. Files
that belong together (a map and its manifest, a kit) are replaced together: if a run is killed in the few microseconds
between the first and the last of them, the next run that writes into that folder completes them before it does anything
else; until then the sums in the manifest, or in a kit's ``SHA256SUMS``, do not match. Temporary files are in one hidden
folder beside the outputs (:mod:`panjmap.data.staging`), gone when the run ends; what a killed run leaves there the next
one removes. (A GeoPackage is made by libraries that only write files, in such a folder in TMPDIR.) Two runs at once
take turns; each group of files is of one of them. Files that go into different folders are one group in each.
"""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from .errors import OutputError
from .interrupts import uninterrupted
from .output_names import unfit_name
from .staging import STAGING, Busy, Foreign, Stage, staging

__all__ = ["real", "replace_files", "replaceable", "scratch", "settle"]

#: How often, and how many seconds apart, a folder in which another run is writing is tried: half a minute.
TRIES: Final = 1500
PAUSE: Final = 0.02


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write several files, none of them visible before all are on the disk.

    Parameters
    ----------
    contents
        Bytes by path. Missing folders are made; a path that is a link is refused, for what it leads to may be anything.
        A file that is replaced keeps its permissions; other hard links to it keep the old content.

    Raises
    ------
    OutputError
        A folder or file cannot be written, or is write-protected; nothing was replaced.
    """
    targets = {replaceable(path): data for path, data in contents.items()}
    if not targets:
        return
    for _ in _turns():
        with contextlib.suppress(Busy), uninterrupted():
            _replace(targets)
            return
    busy = OSError(errno.EBUSY, "another run is writing into that folder")
    raise OutputError(next(iter(targets)), busy, fix="wait until it has ended, or end it")


@contextmanager
def scratch() -> Iterator[Path]:
    """Lend an empty folder, for what can only write files: in the system's folder for temporary files, one a user.

    It is gone afterwards; what a killed run leaves in it goes with the next one.

    Raises
    ------
    OSError
        There is none to be had, or another run does not give it back.
    """
    folder = Path(tempfile.gettempdir())
    name = f"{STAGING}-{os.geteuid() if hasattr(os, 'geteuid') else 0}"
    for _ in _turns():
        with contextlib.suppress(Busy), uninterrupted(), staging(folder, name) as stage:
            yield stage.place
            return
    raise OSError(errno.EBUSY, f"another run holds {folder / name}")


def _turns() -> Iterator[None]:
    """Wait for another run, from try to try."""
    for _ in range(TRIES):
        yield
        time.sleep(PAUSE)


def real(path: Path) -> Path:
    """Follow links as far as they lead; unlike ``Path.resolve`` before Python 3.13, links in a circle are no error."""
    return Path(os.path.realpath(path))


def settle(folder: Path) -> None:
    """Finish what a killed run has left in a folder of outputs, and remove its temporary files.

    Raises
    ------
    OutputError
        It cannot be finished.
    """
    if os.path.lexists(folder / STAGING):
        with contextlib.suppress(Busy), uninterrupted(), _told(folder / STAGING), staging(folder):
            pass


def replaceable(path: Path) -> Path:
    """See that a plain file may be written there, before any work is done for it; give its place, links above resolved.

    What a killed run has left in that folder is finished first.

    Raises
    ------
    OutputError
        Its name is unfit, it is a link, it is write-protected, or it is a folder, a device or a pipe.
    """
    if reason := unfit_name(path):
        raise OutputError(path, OSError(errno.EINVAL, reason), fix="name another file or folder")
    try:
        if path.is_symlink():
            reason, fix = f"it is a link, to {path.readlink()}", "name what it leads to, or take the link away"
            raise OutputError(path, OSError(errno.EINVAL, reason), fix=fix)
        target = path.resolve()
        found = target.exists()
        plain = target.is_file()
        what = "it is a folder" if found and target.is_dir() else "it is no plain file"
    except RuntimeError as error:  # links in a circle, before Python 3.13
        raise OutputError(path, OSError(errno.ELOOP, "its links lead in a circle")) from error
    except OSError as error:
        circle = OSError(errno.ELOOP, "its links lead in a circle")
        raise OutputError(path, circle if error.errno == errno.ELOOP else error) from error
    if found and not plain:
        raise OutputError(path, OSError(errno.EINVAL, what))
    settle(target.parent)
    if found and not os.access(target, os.W_OK):
        protected = OSError(errno.EACCES, "it is write-protected")
        raise OutputError(path, protected, fix="allow writing it, or name another file")
    return target


def _replace(targets: Mapping[Path, bytes]) -> None:
    """Stage all files, then replace them folder by folder; folders that were made for nothing are removed again."""
    with ExitStack() as stack:
        stages: dict[Path, Stage] = {}
        for target, data in targets.items():
            with _told(target):
                folder = target.parent
                if folder not in stages:
                    stack.enter_context(_made(folder))
                    stages[folder] = stack.enter_context(staging(folder))
                stages[folder].add(target, data)
        for folder, staged in stages.items():
            with _told(folder):
                staged.commit()


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make a folder and those above it; if something fails, remove what was made and is empty."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        _remove_empty(missing)
        raise


def _remove_empty(folders: Iterable[Path]) -> None:
    with contextlib.suppress(OSError):
        for folder in folders:
            folder.rmdir()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what the system says into what the user can do."""
    try:
        yield
    except Foreign as error:
        raise OutputError(path, error, fix=f"remove {STAGING} there, or name another folder") from error
    except OSError as error:
        # A rename that failed names its target.
        raise OutputError(Path(error.filename2) if error.filename2 else path, error) from error
