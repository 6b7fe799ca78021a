"""What a file is, told by its first bytes: the ending of a name is only what somebody believes."""

from __future__ import annotations

import re
from pathlib import PurePath

from ..decoding import mark_of
from .notes import Refused

__all__ = ["ENDINGS", "HEAD", "kind_of", "refuse_other_ending", "what_it_is"]

#: How many bytes are looked at.
HEAD = 4096
#: What each ending stands for, of the kinds that are read.
ENDINGS = {
    **dict.fromkeys((".csv", ".tsv", ".tab", ".txt", ".psv"), "csv"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx"), "xlsx"),
    **dict.fromkeys((".geojson", ".json", ".ndjson", ".jsonl", ".geojsonl"), "json"),
    ".kml": "kml",
    ".kmz": "kmz",
}
_AS_CSV = "open it in the program that made it and save or export it as CSV (UTF-8) or XLSX"
_AS_GEOJSON = "export it as GeoJSON or CSV, for instance with QGIS or ogr2ogr"
_UNPACK = "unpack it and import the file in it"
_TYPED = "bring what it says into a table first: CSV, XLSX, GeoJSON or KML"
#: Files that are told by how they begin: (place, bytes, what it is, what to do).
_MAGIC = (
    (0, b"%PDF", "a PDF document", _TYPED),
    (0, b"{\\rtf", "an RTF document", _TYPED),
    (0, b"%!PS", "a PostScript document", _TYPED),
    (0, b"\x89PNG", "a PNG picture", _TYPED),
    (0, b"\xff\xd8\xff", "a JPEG picture", _TYPED),
    (0, b"GIF8", "a GIF picture", _TYPED),
    (0, b"BM", "a BMP picture", _TYPED),
    (0, b"II*\0", "a TIFF picture", _TYPED),
    (0, b"MM\0*", "a TIFF picture", _TYPED),
    (8, b"WEBP", "a WebP picture", _TYPED),
    (4, b"ftyp", "a film or picture", _TYPED),
    (0, b"ID3", "a sound file", _TYPED),
    (0, b"OggS", "a sound or film file", _TYPED),
    (68, b"GPKG", "a GeoPackage", _AS_GEOJSON),
    (0, b"SQLite format 3\0", "an SQLite database", "export the table as CSV"),
    (0, b"\x00\x00\x27\x0a", "a shapefile", _AS_GEOJSON),
    (0, b"fgb\x03", "a FlatGeobuf file", _AS_GEOJSON),
    (0, b"PAR1", "a Parquet file", "export it as CSV"),
    (0, b"ARROW1", "an Arrow file", "export it as CSV"),
    (0, b"FEA1", "a Feather file", "export it as CSV"),
    (0, b"\x89HDF", "an HDF5 file", "export the table as CSV"),
    (0, b"\xd0\xcf\x11\xe0", "a file of old Office (.xls, .doc), or one with a password", "save it as XLSX or CSV"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (0, b"Rar!", "a RAR archive", _UNPACK),
    (0, b"BZh", "a bzip2 file", _UNPACK),
    (0, b"\xfd7zXZ\0", "an xz file", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "a zstd file", _UNPACK),
    (0, b"\x04\x22\x4d\x18", "an lz4 file", _UNPACK),
    (257, b"ustar", "a tar archive", _UNPACK),
    (0, b"\x7fELF", "a program", _TYPED),
    (0, b"MZ\x90", "a program", _TYPED),
    (0, b"\x80\x04\x95", "a Python pickle, which could run code", "export the table as CSV"),
    (0, b"RDX", "an R data file", "export the table as CSV"),
    (0, b"$FL2", "an SPSS file", "export the table as CSV"),
    (0, b"<stata_dta>", "a Stata file", "export the table as CSV"),
)
_TEXT_BYTES = frozenset(range(0x20, 0x100)) - {0x7F} | {0x09, 0x0A, 0x0C, 0x0D, 0x1A}
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|meta)\b", re.IGNORECASE)
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*(?:[\[{\]"]|-?\d))')


def what_it_is(head: bytes) -> tuple[str, str] | None:
    """Return what a file that is not read is, with what to do about it; ``None`` where it may be read.

    Parameters
    ----------
    head
        Its first bytes, as many as :data:`HEAD` if there are.
    """
    for at, magic, what, fix in _MAGIC:
        if head[at : at + len(magic)] == magic and _is_binary(head, magic):
            return what, fix
    if mark_of(head) is None and _HTML.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()):
        return "a web page", "save the table in it as CSV; some sites call a web page .xls"
    return None


def _is_binary(head: bytes, magic: bytes) -> bool:
    """Short marks of letters may also begin a table."""
    if magic not in {b"BM", b"ID3", b"BZh", b"RDX", b"ustar", b"WEBP", b"ftyp", b"GPKG"}:
        return True
    return not _TEXT_BYTES.issuperset(head)


def kind_of(head: bytes) -> str:
    """Return which reader a file is for: csv, json, kml or zip.

    Raises
    ------
    Refused
        It is a kind of file that is not read, or no text.
    """
    if not head:
        raise Refused("a file with a header row and rows; this one is empty", "export it again")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    if found := what_it_is(head):
        what, fix = found
        raise Refused(f"a CSV, XLSX, GeoJSON, JSON, KML or KMZ file, not {what}", fix)
    mark = mark_of(head)
    if mark is None:
        _refuse_no_text(head)
    whole = len(head) // 4 * 4 if len(head) >= HEAD else len(head)  # of a longer file the last character may be cut
    text = head[:whole].decode(mark[1] if mark else "utf-8-sig", "replace")
    if not text.strip():
        raise Refused("a file with a header row and rows; there is nothing but blanks in this one", "export it again")
    if re.match(r"\s*<[?!A-Za-z]", text):
        return "kml"
    return "json" if _JSON.match(text) else "csv"


def _refuse_no_text(head: bytes) -> None:
    odd = sum(byte not in _TEXT_BYTES for byte in head)
    zeros, others = sorted((head[::2].count(0), head[1::2].count(0)), reverse=True)
    if zeros * 5 > len(head) and others * 20 < len(head):
        raise Refused(
            "text in UTF-8 (every other byte of this file is zero: it looks like UTF-16 without a mark)",
            "save the file again as UTF-8",
        )
    if odd * 10 > len(head):
        raise Refused("a CSV, XLSX, GeoJSON, JSON, KML or KMZ file; this is none, and no text", _AS_CSV)


def refuse_other_ending(name: str, kind: str) -> str | None:
    """Compare a name with what the file is.

    Returns
    -------
    str or None
        The ending, where it says something else than the content does.

    Raises
    ------
    Refused
        The ending promises a kind that has a form, and the content is nothing but text.
    """
    ending = PurePath(name.lower().removesuffix(".gz")).suffix
    said = ENDINGS.get(ending)
    if said is None and ending in {".xls", ".ods", ".docx", ".pdf", ".zip", ".parquet", ".gpkg", ".shp"}:
        said = ending[1:]
    if said in (None, kind):
        return None
    if kind == "csv":
        fix = "export it again; if it is a table of text, give it the ending .csv"
        raise Refused(f"{_article(said)} file, as the ending {ending} says; the content is none", fix)
    return ending


def _article(kind: str) -> str:
    name = {"json": "GeoJSON or JSON", "shp": "shape"}.get(kind, kind.upper())
    return f"{'an' if name[0] == 'X' else 'a'} {name}"
