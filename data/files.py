"""Outputs are replaced all at once, after everything has succeeded: a failed run leaves the old files as they were."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .errors import OutputError
from .output_names import unfit_name

__all__ = ["replace_files", "replaceable"]


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write several files, none of them visible before all are on the disk.

    Parameters
    ----------
    contents
        Bytes by path. Missing folders are made; a path that is a link is refused, for what it leads to may be anything.

    Raises
    ------
    OutputError
        A folder or file cannot be written; nothing was replaced.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for path, data in contents.items():
            target = replaceable(path)
            try:
                staged.append((_staged(target, data), target))
            except OSError as error:
                raise OutputError(path, error) from error
        for temporary, target in staged:
            try:
                temporary.replace(target)
            except OSError as error:
                raise OutputError(target, error) from error
    finally:
        for temporary, _ in staged:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()


def replaceable(path: Path) -> Path:
    """See that a plain file may be written there, before any work is done for it; give its place, links above resolved.

    Raises
    ------
    OutputError
        Its name is unfit, it is a link, or it is a folder, a device or a pipe.
    """
    if reason := unfit_name(path):
        raise OutputError(path, OSError(errno.EINVAL, reason), fix="name another file or folder")
    try:
        if path.is_symlink():
            reason, fix = f"it is a link, to {path.readlink()}", "name what it leads to, or take the link away"
            raise OutputError(path, OSError(errno.EINVAL, reason), fix=fix)
        target = path.resolve()
        found = target.exists() and not target.is_file()
        what = "it is a folder" if found and target.is_dir() else "it is no plain file"
    except RuntimeError as error:  # links in a circle, before Python 3.13
        raise OutputError(path, OSError(errno.ELOOP, "its links lead in a circle")) from error
    except OSError as error:
        circle = OSError(errno.ELOOP, "its links lead in a circle")
        raise OutputError(path, circle if error.errno == errno.ELOOP else error) from error
    if found:
        raise OutputError(path, OSError(errno.EINVAL, what))
    return target


def _staged(target: Path, data: bytes) -> Path:
    """Write ``data`` to a new file beside ``target`` and flush it to the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes the file private; an output is as readable as any new file of the user's.
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)
