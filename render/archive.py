"""A zip archive with the same bytes every time: spreadsheets and documents are zip archives that carry the day.

Bytes of an archive go in; the same members in the same order come out, with one fixed date, mode and compression.
"""

from __future__ import annotations

import io
import zipfile

__all__ = ["repacked"]

#: The earliest date that a zip archive can hold.
DATE = (1980, 1, 1, 0, 0, 0)
#: An ordinary file that its owner writes and everybody reads, as Unix keeps it in the upper half of the attributes.
MODE = 0o100644 << 16
#: Made on Unix: readers take the attributes for a file mode.
UNIX = 3
LEVEL = 6


def repacked(data: bytes) -> bytes:
    """Write a zip archive again so that its bytes depend on its contents only.

    Parameters
    ----------
    data
        A zip archive, as a library for spreadsheets or documents makes it.

    Returns
    -------
    bytes
        The same members, in their order, dated 1980-01-01, deflated at one level, without comments and extra fields.

    Raises
    ------
    zipfile.BadZipFile
        `data` is no zip archive.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.infolist():
            target.writestr(_fixed(member), source.read(member), zipfile.ZIP_DEFLATED, LEVEL)
    return out.getvalue()


def _fixed(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Describe a member by its name alone."""
    fixed = zipfile.ZipInfo(member.filename, DATE)
    fixed.create_system = UNIX
    fixed.external_attr = MODE
    return fixed
