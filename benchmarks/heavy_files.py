"""Files that are heavy, or made to hurt a reader, each made anew when it is asked for."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

__all__ = ["MAKERS"]

HEAD = "id,date,lat,lon,place,title,killed,precision,type,source,url\n"
PART = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = {
    "_rels/.rels": f'<R><Relationship Id="r1" Type="{_TYPE}/officeDocument" Target="xl/workbook.xml"/></R>',
    "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<R><Relationship Id="r1" Type="{_TYPE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_TYPE}/sharedStrings" Target="sharedStrings.xml"/></R>',
}


def rows(count: int, end: str = "\n") -> Iterator[str]:
    """Give lines of a table like those of large data sets."""
    for n in range(count):
        day, lat, lon = f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}", 37 + n % 997 / 500, 69 + n % 991 / 450
        yield (
            f"e{n},{day},{lat:.4f},{lon:.4f},Деҳаи {n % 700},"
            f'"Fire across the river, {n % 90} said",{n % 9},settlement,armed_attack,Source {n % 40},'
            f"https://example.org/{n}{end}"
        )


def text(name: str, parts: Iterable[str]) -> Callable[[Path], Path]:
    """Make a file of many pieces of text."""

    def make(folder: Path) -> Path:
        path = folder / name
        with path.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(parts)
        return path

    return make


def packed(name: str, members: dict[str, Iterable[bytes]], level: int = 6) -> Callable[[Path], Path]:
    """Make a zip archive, member by member in pieces."""

    def make(folder: Path) -> Path:
        path = folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as made:
            for member, parts in members.items():
                with made.open(member, "w", force_zip64=True) as stream:
                    for part in parts:
                        stream.write(part)
        return path

    return make


def gzipped(name: str, parts: Iterable[bytes]) -> Callable[[Path], Path]:
    """Make a gzip file of many pieces."""

    def make(folder: Path) -> Path:
        path = folder / name
        with gzip.open(path, "wb", 6) as stream:
            for part in parts:
                stream.write(part)
        return path

    return make


def workbook(sheet: Iterable[bytes], texts: Iterable[bytes] = (b"<sst/>",)) -> dict[str, Iterable[bytes]]:
    """Put the members of a workbook together."""
    return {**{name: (part.encode(),) for name, part in BOOK.items()}, PART: sheet, TEXTS: texts}


def sheet(body: Iterable[str]) -> Iterator[bytes]:
    """Write a sheet under a header."""
    names = HEAD.strip().split(",")
    yield b'<worksheet><sheetData><row r="1">'
    yield "".join(f'<c t="str"><v>{name}</v></c>' for name in names).encode() + b"</row>"
    yield from (part.encode() for part in body)
    yield b"</sheetData></worksheet>"


def sheet_rows(count: int) -> Iterator[str]:
    """Give rows of a sheet with numbers and texts."""
    for n in range(count):
        yield (
            f'<row r="{n + 2}"><c t="str"><v>e{n}</v></c><c t="str"><v>2025-11-{n % 28 + 1:02}</v></c>'
            f"<c><v>{37 + n % 997 / 500}</v></c><c><v>{69 + n % 991 / 450}</v></c>"
            f'<c t="inlineStr"><is><t>Деҳаи {n * 7919 % 100_003}</t></is></c></row>'
        )


def features(count: int) -> Iterator[str]:
    """Write a collection of features."""
    yield '{"type":"FeatureCollection","features":['
    for n in range(count):
        properties = {"id": n, "date": f"2025-11-{n % 28 + 1:02}", "place": f"Деҳаи {n % 700}", "killed": n % 9}
        point = {"type": "Point", "coordinates": [69 + n % 991 / 450, 37 + n % 997 / 500]}
        feature = {"type": "Feature", "geometry": point, "properties": properties}
        yield ("," if n else "") + json.dumps(feature, ensure_ascii=False)
    yield "]}"


def placemarks(count: int) -> Iterator[str]:
    """Write placemarks."""
    yield "<kml><Document>"
    for n in range(count):
        place = f"{69 + n % 991 / 450},{37 + n % 997 / 500}"
        point = f"<Point><coordinates>{place}</coordinates></Point>"
        yield f'<Placemark id="{n}"><name>Деҳаи {n % 700}</name>{point}</Placemark>'
    yield "</Document></kml>"


def repeated(piece: str, megabytes: int) -> Iterator[str]:
    """Give a piece of text again and again."""
    many = piece * (1_000_000 // len(piece.encode()) + 1)
    return (many for _ in range(megabytes))


def noise(megabytes: int) -> Iterator[bytes]:
    """Give bytes that packing does not make shorter than a hundredth."""
    for n in range(megabytes):
        yield os.urandom(12_000).hex().encode() + b" " * 976_000 + str(n).encode()


def between(first: str, parts: Iterable[str], last: str) -> Iterator[str]:
    """Put something before and behind."""
    yield first
    yield from parts
    yield last


def nested() -> bytes:
    """Pack an archive into an archive."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("doc.kml", b" " * 50_000_000)
    return inner.getvalue()


def between_bytes(first: str, parts: Iterable[str], last: str) -> Iterator[bytes]:
    """As :func:`between`, in bytes."""
    return (part.encode() for part in between(first, parts, last))


def recoded(folder: Path) -> Path:
    """Make a table of a million rows in UTF-16."""
    path = folder / "a.csv"
    with path.open("w", encoding="utf-16", newline="") as stream:
        stream.writelines(between(HEAD, rows(1_000_000), ""))
    return path


def broken(folder: Path) -> Path:
    """Make a table with a byte that is no UTF-8 in each line but one."""
    path = folder / "a.csv"
    with path.open("wb") as stream:
        stream.write(f"{HEAD}1,2025,38,70,Деҳа,,,,,,\n".encode())
        stream.writelines(b"%d,2025,38,70,\xc4,,,,,,\n" % n for n in range(1_000_000))
    return path


SHARED = "<sst><si><t>" + "Ҷ" * 130_000 + "</t></si></sst>"
POINTS = '<c t="s"><v>0</v></c>' * 5
MAKERS: dict[str, Callable[[Path], Path]] = {
    "csv of a million rows": text("a.csv", between(HEAD, rows(1_000_000), "")),
    "csv of a million rows, each wrong": text(
        "a.csv", (row.replace(",2025-", ",2O25-") for row in between(HEAD, rows(1_000_000), ""))
    ),
    "csv of a million rows in UTF-16": recoded,
    "csv of two million rows": text("a.csv", between(HEAD, rows(2_000_000), "")),
    "csv with a cell of 10 MB": text("a.csv", between(HEAD + "1,", ["x" * 10_000_000], ",38,70\n")),
    "csv with cells of 130,000 characters": text(
        "a.csv", between(HEAD, (f"{n},2025,38,70,{'Ҷ' * 60_000},{'Ҷ' * 60_000},,,,,\n" for n in range(1500)), "")
    ),
    "csv of 2,500 columns": text(
        "a.csv",
        between(",".join(f"c{n}" for n in range(2500)) + "\n", (",".join("1" * 2500) + "\n" for _ in range(2000)), ""),
    ),
    "csv of 2,000 columns and 100,000 rows": text(
        "a.csv",
        between(
            "lat,lon," + ",".join(f"c{n}" for n in range(1998)) + "\n",
            ("38,70," + ",".join(["1"] * 1998) + "\n" for _ in range(100_000)),
            "",
        ),
    ),
    "csv of 500 MB blank lines": text("a.csv", between(HEAD, repeated("\n", 500), "")),
    "csv of 500 MB commas": text("a.csv", between(HEAD, repeated(",", 500), "")),
    "csv of 500 MB quotes": text("a.csv", between(HEAD, repeated('"\n', 500), "")),
    "csv of 500 MB without a line end": text("a.csv", between(HEAD, repeated("x", 500), "")),
    "csv with a broken byte in each line": broken,
    "csv of ids that are alike": text(
        "a.csv", between(HEAD, (f"{'A' if n % 2 else 'a'}{n // 2},2025,38,70,,,,,,,\n" for n in range(1_000_000)), "")
    ),
    "gz bomb": gzipped("a.csv.gz", (b" " * 1_000_000 for _ in range(2000))),
    "gz below the ratio": gzipped("a.csv.gz", noise(600)),
    "gz of a million rows": gzipped("a.csv.gz", (row.encode() for row in between(HEAD, rows(1_000_000), ""))),
    "xlsx of 300,000 rows": packed("a.xlsx", workbook(sheet(sheet_rows(300_000)))),
    "xlsx of a million rows": packed("a.xlsx", workbook(sheet(sheet_rows(1_000_000)))),
    "xlsx bomb": packed("a.xlsx", workbook(sheet(repeated(" ", 2000)))),
    "xlsx bomb of shared texts": packed(
        "a.xlsx",
        workbook(sheet([]), between_bytes("<sst>", (f"<si><t>{n}</t></si>" for n in range(9_000_000)), "</sst>")),
    ),
    "xlsx of one long text in many cells": packed(
        "a.xlsx",
        workbook(
            sheet(f'<row r="{n + 2}">{POINTS}<c><v>{n * 7919 % 100_003}</v></c></row>' for n in range(200_000)),
            (SHARED.encode(),),
        ),
    ),
    "xlsx of empty rows": packed(
        "a.xlsx", workbook(sheet(f'<row r="{n + 2}" s="{n * 7919 % 100_003}"/>' for n in range(1_000_000)))
    ),
    "geojson of a million features": text("a.geojson", features(1_000_000)),
    "geojson nested deep": text(
        "a.geojson", between('{"type":"FeatureCollection","features":[', repeated("[", 20), "")
    ),
    "geojson of one line of a million points": text(
        "a.geojson",
        between(
            '{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[1,2]',
            repeated(",[1,2]", 8),
            "]}}",
        ),
    ),
    "json of keys without end": text("a.json", between("{", (f'"k{n}":{n},' for n in range(10_000_000)), '"a":1}')),
    "json of one key many times": text(
        "a.json", between('[{"b":1', (f',"k{n}":1' for n in range(700_000)), ',"b":1}]')
    ),
    "json of 500 MB blanks": text("a.json", between("[", repeated(" ", 500), "1]")),
    "json of 500 MB numbers": text("a.json", between("[1", repeated(",1", 500), "]")),
    "json, a million lines": text("a.ndjson", (f'{{"id":{n},"lat":38,"lon":70}}\n' for n in range(1_000_000))),
    "kml of 500,000 placemarks": text("a.kml", placemarks(500_000)),
    "kml of a million placemarks": text("a.kml", placemarks(1_000_000)),
    "kml of comments of 8 MB": text(
        "a.kml", between("<kml>", (f"<!--{'x' * 8_000_000}-->" for _ in range(60)), "</kml>")
    ),
    "kml of elements without end": text("a.kml", between("<kml>", repeated("<a/>", 500), "</kml>")),
    "kml of one placemark without end": text(
        "a.kml", between("<kml><Placemark>", repeated("<Point/>", 100), "</Placemark></kml>")
    ),
    "kml of entities": text(
        "a.kml",
        between("<!DOCTYPE a [", (f'<!ENTITY a{n + 1} "&a{n};&a{n};">' for n in range(100_000)), "]><kml>&a9;</kml>"),
    ),
    "kmz bomb": packed("a.kmz", {"doc.kml": (b"<kml>" + b" " * 1_000_000 for _ in range(2000))}),
    "kmz below the ratio": packed(
        "a.kmz", {"doc.kml": (b"<kml><!--" if n == 0 else part for n, part in enumerate(noise(400)))}
    ),
    "kmz of archives": packed("a.kmz", {"doc.kml": (nested(),)}),
    "zip of 20,000 files": packed("a.kmz", {f"{n}.kml": (b"",) for n in range(20_000)}),
}
