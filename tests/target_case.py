"""Tables in which every text field of every row carries a payload of the corpus, and a mark to find it by.

The text fields are read from the row classes, so that a new one carries payloads by itself; what cannot be any text
(ids, codes, numbers, days) stands in the rows below.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from payloads import HOSTILE, NO_LINKS, PAYLOADS

from panjmap.data.columns import columns_of
from panjmap.data.model import ROW_CLASSES
from panjmap.data.tables import PACKAGED
from panjmap.data.text import clean
from panjmap.render.prepare import read_scene
from panjmap.render.scene import PageOptions, Scene

Cells = dict[str, str]
#: Table, column, and the number of the payload, with a letter before it where a table has several rows of one.
Cell = tuple[str, str, int | str]

#: The text columns of each table: neither vocabulary, nor number, nor day, nor anything with a pattern.
TEXT_COLUMNS = {
    name: tuple(c for c in columns_of(row_class) if c.type is str and not c.values and not c.pattern)
    for name, row_class in ROW_CLASSES.items()
}
#: What a text must begin with, by rule.
BEGINNINGS = {("records", "date_basis"): "derived: "}
KINDS = (
    ("attack", "armed_attack", "civilian"),
    ("state_operation", "counter_operation", "alleged_smuggler"),
    ("measure", "deportation", ""),
    ("response", "talks", ""),
    ("aggregate", "", "not_described"),
)


def mark(table: str, column: str, number: int | str) -> str:
    """What a payload is found by; letters and digits only, so that no output changes it."""
    return f"zq{list(ROW_CLASSES).index(table):02}{column.replace('_', '')}{number}qz"


def entered(payload: str) -> str:
    """A payload as it can stand in a file: zero bytes are refused there (see ``test_target_tables.py``)."""
    return payload.replace("\x00", "\x01")


def shown(payload: str) -> str:
    """A payload as every output has it."""
    return clean(entered(payload)).strip()


def filled(table: str, number: int | str, payload: str, **cells: str) -> Cells:
    """One row: the payload in every text column that is not given."""
    row = {column.name: "" for column in columns_of(ROW_CLASSES[table])}
    for column in TEXT_COLUMNS[table]:
        text = payload.replace(";", ",") if column.many else payload
        row[column.name] = BEGINNINGS.get((table, column.name), "") + text + mark(table, column.name, number)
    return row | cells


def rows_of(payloads: Mapping[str, str] = PAYLOADS) -> dict[str, list[Cells]]:
    """All tables: for each payload a report, a speaker, a record at a place of its own, claims, decision, changes."""
    rows: dict[str, list[Cells]] = {name: [] for name in ROW_CLASSES}

    def add(table: str, number: int | str, payload: str, **cells: str) -> None:
        rows[table].append(filled(table, number, payload, **cells))

    for i, text in enumerate(map(entered, payloads.values())):
        kind, type_, group = KINDS[i % len(KINDS)] if i % 2 else KINDS[0]
        link = NO_LINKS[i % len(NO_LINKS)]
        own = {"report_id": f"r{i}", "record_id": f"x{i}", "speaker_id": f"s{i}"}
        add(
            "reports",
            i,
            text,
            report_id=f"r{i}",
            derived_from="",
            sha256="",
            chars="",
            language="en",
            url=entered(link),
        )
        add("speakers", i, text, speaker_id=f"s{i}")
        day = f"2025-{1 + i % 12:02}-{1 + i % 28:02}"
        dates = {"date_start": day, "date_end": day, "date_precision": "day"}
        add(
            "records",
            i,
            text,
            record_id=f"x{i}",
            kind=kind,
            type=type_,
            claimed_types=type_,
            sensitivity="public",
            **dates,
        )
        at = {"lat": f"{37.4 + i % 11 / 20:.3f}", "lon": f"{69.0 + i / 60:.3f}", "uncertainty_km": "2"}
        add("places", f"q{i}", text, place_id=f"q{i}", level="region", country="TJ")
        add("places", i, text, place_id=f"p{i}", level="settlement", country="TJ", parent_id=f"q{i}", **at)
        add("place_names", i, text, place_id=f"p{i}", language="tg", script="Cyrl", kind="official")
        add("place_names", f"b{i}", text, place_id=f"p{i}", kind="variant")
        add("record_places", i, text, record_id=f"x{i}", place_id=f"p{i}", role="event")
        claims = {"a": "", "b": "killed", "c": "weapon", "d": "origin", "e": "killed", "f": "place"}
        for letter, attribute in claims.items():
            if letter in "be" and not group:
                continue
            given = {"attribute": attribute} if attribute else {}
            number = {"value_low": "2", "value_high": "3"} if letter == "b" else {}
            who = {"victim_group": group} if letter in "be" else {}
            said = "alleged" if letter == "c" else "asserted"
            add("claims", f"{letter}{i}", text, claim_id=f"{letter}{i}", modality=said, **own, **given, **number, **who)
        add("claims", f"g{i}", text, claim_id=f"g{i}", modality="reported", **own | {"record_id": ""})
        add("relations", i, text, claim_a=f"a{i}", claim_b=f"c{i}", relation="contradicts")
        add("decisions", i, text, record_id=f"x{i}", decided_on="2025-12-31")
        add("decisions", f"b{i}", text, record_id=f"x{i}", decided_on="2025-12-31", attribute="event_date")
        decided = {"attribute": "place", "chosen": f"p{i}"}
        add("decisions", f"c{i}", text, record_id=f"x{i}", decided_on="2025-12-31", **decided)
        add("changes", i, text, record_id=f"x{i}", date="2026-01-02")
        add("changes", f"b{i}", text, record_id=f"gone{i}", date="2026-01-03", attribute="record", new="withdrawn")
    return rows


def as_words(text: str) -> str:
    """A text as it can be compared: white space folded, lists with commas or semicolons, capitals or not."""
    return re.sub(r"[\s;,_]+", " ", text.casefold()).strip()


def missing(
    text: str, wanted: Iterable[tuple[str, str, int | str]], payloads: Mapping[str, str] = PAYLOADS
) -> list[str]:
    """Of cells (table, column, number) those whose payload does not stand in a text, whole and before its mark."""
    folded, names = as_words(text), list(payloads)
    lost = []
    for table, column, number in wanted:
        name = names[int(re.sub(r"\D", "", str(number)))]
        many = next(c.many for c in TEXT_COLUMNS[table] if c.name == column)
        payload = payloads[name].replace(";", ",") if many else payloads[name]
        if as_words(shown(payload + mark(table, column, number))) not in folded:
            lost.append(f"{table}.{column} {number}: {name}")
    return lost


def written(rows: Mapping[str, Iterable[Cells]], folder: Path) -> Path:
    """Write tables as a spreadsheet would, lone surrogates and all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, row_class in ROW_CLASSES.items():
        stream = io.StringIO()
        writer = csv.DictWriter(stream, [c.name for c in columns_of(row_class)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[name])
        (folder / f"{name}.csv").write_bytes(stream.getvalue().encode("utf-8", "surrogatepass"))
    return folder


#: What the font that comes with panjmap has letters for; a figure refuses the rest with a word on fonts.
DRAWABLE = {
    name: text
    for name, text in PAYLOADS.items()
    if name not in ("full-width", "full-width formula", "zalgo", "astral", "private")
}


#: A word and a text as long as a cell may be, each in every text column.
LONG = {"word": "W" * 100_000, "text": "word " * 20_000}


@cache
def long_scene() -> Scene:
    """The scene of tables that hold the longest texts; made once."""
    with tempfile.TemporaryDirectory() as folder:
        return read_scene(written(rows_of(LONG), Path(folder)))


@cache
def target_scene(*, drawable: bool = False) -> Scene:
    """The scene of these tables, the whole way from files; made once."""
    rows = rows_of(DRAWABLE if drawable else PAYLOADS)
    with tempfile.TemporaryDirectory() as folder:
        return read_scene(written(rows, Path(folder)), options=PageOptions(title=HOSTILE))


def packaged_rows() -> dict[str, list[Cells]]:
    """The packaged tables as cells."""
    return {
        name: list(csv.DictReader(io.StringIO((PACKAGED / f"{name}.csv").read_text(encoding="utf-8"), newline="")))
        for name in ROW_CLASSES
    }


#: Text columns of an imported file, by the names under which ``panjmap import`` takes them; ``kept`` is kept as it is.
IMPORTED = ("place", "admin1", "admin2", "title", "text", "source", "type", "sub_type", "kept")


def imported_rows(file: Path) -> Path:
    """A file of somebody else: a row a payload, in every text column, with addresses that are no links."""
    with file.open("w", encoding="utf-8", errors="surrogatepass", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "date", "lat", "lon", "country", "killed", "url", *IMPORTED])
        for i, text in enumerate(map(entered, PAYLOADS.values())):
            link = entered(NO_LINKS[i % len(NO_LINKS)])
            place = [
                f"2025-11-{1 + i % 28:02}",
                f"{37.6 + i % 9 / 40:.3f}",
                f"{69.9 + i / 300:.3f}",
                "TJ",
                str(i % 4),
                link,
            ]
            writer.writerow([f"row{i}", *place, *(f"{text}zq{column.replace('_', '')}{i}qz" for column in IMPORTED)])
    return file
