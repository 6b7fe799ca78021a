"""Made-up tables to measure ``check`` on: other countries, other names, what contradicts and what does not.

They were written before the rules that they measure. Nothing in them happened.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from panjmap.data.dating import parse_date
from panjmap.data.model import (
    Claim,
    Decision,
    Place,
    Record,
    RecordPlace,
    Relation,
    Report,
    Speaker,
    Tables,
)
from panjmap.data.statements import parse_count

FINE = ("settlement", "site")


class Planted(NamedTuple):
    """A contradiction that was put in: what kind it is, and the claims (or records) that make it."""

    kind: str
    ids: frozenset[str]


class Case(NamedTuple):
    """Tables, what is planted in them, and findings that are no contradiction but right to make."""

    tables: Tables
    planted: tuple[Planted, ...]
    harmless: tuple[Planted, ...] = ()


def cells(line: str, count: int) -> list[str]:
    """Split a line at its bars and fill up what is left out."""
    found = [cell.strip() for cell in line.split("|")]
    return found + [""] * (count - len(found))


def lines(text: str, count: int) -> list[list[str]]:
    return [cells(line, count) for line in text.strip().splitlines() if line.strip()]


def planted(text: str) -> tuple[Planted, ...]:
    """Read lines of a kind and its ids."""
    return tuple(Planted(line.split()[0], frozenset(line.split()[1:])) for line in text.strip().splitlines() if line)


def make(
    *,
    places: str,
    records: str,
    claims: str,
    speakers: str = "",
    published: str = "",
    reprints: str = "",
    relations: str = "",
) -> Tables:
    """Make tables from lines with bars.

    Parameters
    ----------
    places
        ``id | name | level | parent``; the country is what the outermost parent is called, in capitals.
    records
        ``id | kind | type or types | days | places | note | title | same as``; days as ``2031-05-02`` or
        ``2031-05-01/2031-05-31``; a place with ``~`` before it is the origin; ``!`` before the kind: generalised.
    claims
        ``id | report | record or #topic | attribute | text | number | group | places | speaker | modality``.
    speakers
        ``id | name | kind | state``; the id ``report`` is always there.
    published, reprints
        ``report | day`` and ``report | the report that it reprints``.
    """
    rows = lines(claims, 10)
    days = dict(row[:2] for row in lines(published, 2))
    copies = dict(row[:2] for row in lines(reprints, 2))
    reports = tuple(
        Report(
            **dict.fromkeys(("url", "archived_url", "sha256", "chars")),
            report_id=name, outlet=name.replace("-", " ").title(), title="A made-up report", kind="news article",
            language="en", published=dt.date.fromisoformat(days[name]) if name in days else None,
            published_basis="stated" if name in days else "not given", upstream=(),
            derived_from=(copies[name],) if name in copies else (),
        )
        for name in dict.fromkeys(row[1] for row in rows)
    )  # fmt: skip
    parents = {row[0]: row[3] for row in lines(places, 4)}
    drawn = [(row[0], place.strip()) for row in lines(records, 8) for place in row[4].split(";") if place.strip()]
    levels = {row[0]: row[2] for row in lines(places, 4)}
    chosen = [(record, place) for record, place in drawn if levels.get(place) in FINE]
    return Tables(
        reports=reports,
        speakers=(
            Speaker(speaker_id="report", name="The report itself", kind="publication", state=None, as_written=()),
            *(
                Speaker(speaker_id=s[0], name=s[1], kind=s[2] or "government", state=s[3] or None, as_written=())
                for s in lines(speakers, 4)
            ),
        ),
        records=tuple(record(row) for row in lines(records, 8)),
        record_places=tuple(
            RecordPlace(record_id=r, place_id=p.lstrip("~"), role="origin" if p.startswith("~") else "event")
            for r, p in drawn
        ),
        claims=tuple(claim(row, {s[0]: s[1] for s in lines(speakers, 4)}) for row in rows),
        relations=tuple(
            Relation(claim_a=row[0], claim_b=row[1], relation=row[2], note=row[3] or None)
            for row in lines(relations, 4)
        ),
        decisions=tuple(
            Decision(record_id=r, attribute="place", chosen=p, reason="It is the only place of that name.",
                     source="made up", decided_on=dt.date(2031, 12, 1))
            for r, p in chosen
        ),
        places=tuple(place(row, country_of(row[0], parents)) for row in lines(places, 4)),
        place_names=(),
        changes=(),
    )  # fmt: skip


def country_of(place_id: str, parents: dict[str, str]) -> str | None:
    while parents.get(place_id):
        place_id = parents[place_id]
    return place_id.upper() if len(place_id) == 2 else None


def place(row: list[str], country: str | None) -> Place:
    return Place(
        **dict.fromkeys(("iso_3166_2", "lat", "lon", "coord_kind", "uncertainty_km", "area_km2", "geonames_id",
                         "wikidata_id", "wof_id", "coord_source", "confidence", "note")),
        place_id=row[0], name=row[1], kind=row[2], level=row[2], country=country, parent_id=row[3] or None,
    )  # fmt: skip


def record(row: list[str]) -> Record:
    first, _, last = row[3].partition("/")
    start, end = parse_date(first), parse_date(last or first)
    types = tuple(row[2].split())
    return Record(
        record_id=row[0], kind=row[1].lstrip("!"), type=types[0] if types else None, claimed_types=types,
        title=row[6] or "A made-up event",
        date_start=start.start if start else None, date_end=end.end if end else None,
        date_precision="unknown" if not start else "day" if start == end and start.start == start.end else "range",
        date_basis="derived: made up" if start else "not given: made up",
        sensitivity="generalise" if row[1].startswith("!") else "public",
        possible_same_as=tuple(row[7].split()), note=row[5] or None,
    )  # fmt: skip


def claim(row: list[str], names: dict[str, str]) -> Claim:
    count = parse_count(row[5]) if row[5] else None
    loose = row[2].startswith("#")
    return Claim(
        claim_id=row[0], report_id=row[1], record_id=None if loose else row[2], topic=row[2][1:] if loose else None,
        attribute=row[3], value_text=row[4] or None, value_low=count.low if count else None,
        value_high=count.high if count else None, victim_group=row[6] or None,
        place_id=tuple(row[7].split()), said_by=names.get(row[8], "the report"), speaker_id=row[8] or "report",
        via=None, modality=row[9] or "asserted", start=None, end=None, note=None,
    )  # fmt: skip


LAKE = Case(
    make(
        places="""
            lo | Loria | country
            lo-n | Northern Shore | region | lo
            lo-ed | Edrin District | district | lo-n
            lo-ma | Masha District | district | lo-n
            teb | Tebbe | settlement | lo-ed
            orm | Ormul | settlement | lo-ma
            ka | Kadria | country
            ka-w | West Kadria | region | ka
        """,
        speakers="""
            navy | Lorian coast guard | government | LO
            fish | Union of fishermen | organisation | LO
            kgov | Kadrian foreign office | government | KA
        """,
        records="""
            BOAT | attack | armed_attack | 2031-04-07 | teb; lo-ed; ~ka-w
            PIER | attack | drone_strike | 2031-04-19 | orm; lo-ma
            APRIL | aggregate | | 2031-04-01/2031-04-30 | | The count is said to cover BOAT and PIER.
            NOTE | response | statement | 2031-04-08/2031-04-30 |
        """,
        claims="""
            L1 | gazette | BOAT | killed | role: fishermen | 4 | civilian | | navy
            L2 | herald | BOAT | killed | role: fishermen | 6 | civilian | | fish
            L3 | courier | BOAT | killed | words: several | | civilian
            L4 | gazette | BOAT | killed | role: coast guards | 4 | state_force | | navy
            L5 | gazette | BOAT | event_date | 2031-04-07 | | | | navy
            L6 | herald | BOAT | event_date | 2031-04-09 | | | | fish
            L7 | gazette | BOAT | place | the village of Tebbe | | | teb lo-ed
            L8 | courier | BOAT | place | Masha district | | | lo-ma
            L9 | gazette | PIER | injured | | 3 | civilian | | navy
            L10 | herald | PIER | injured | words: at least two | 2+ | civilian | | fish
            L11 | gazette | APRIL | injured_total | | 9 | civilian | | navy
            L12 | herald | BOAT | injured | | 2 | civilian | | fish
            L13 | gazette | PIER | event_date | 2031-04-19, a Saturday | | | | navy
            L14 | herald | PIER | event_date | Sunday, 19 April 2031
            L15 | gazette | NOTE | responsibility | Kadria rejects any part in it | | | | kgov | denied
            L16 | herald | NOTE | responsibility | Kadria promises to punish the crew that fired | | | | kgov
            L17 | gazette | #lake | depth_m | | 212
            L18 | herald | #lake | depth_m | | 251
            L19 | courier | #lake | width_km | | 40
            L20 | gazette | PIER | place | Ormul pier | | | orm
        """,
    ),
    planted("""
        numbers L1 L2
        date L5 L6
        place L7 L8
        sum L11 L12 L9
        weekday L14
        position L15 L16
        background L17 L18
    """),
)

PIPES = Case(
    make(
        places="""
            su | Sumeria | country
            su-e | Eastern Sumeria | region | su
            su-d | Delta District | district | su-e
            su-h | Hills District | district | su-e
            ame | Amelek | settlement | su-d
            bar | Barzun | settlement | su-h
        """,
        speakers="""
            oil | National Pipeline Company | company | SU
            police | Delta police | government | SU
            doctors | Delta hospital | organisation | SU
            rebels | Hill Front | armed group |
        """,
        records="""
            PUMP | attack | armed_attack shelling | 2029-09-03 | ame; su-d
            DEPOT | attack | drone_strike | 2029-09-05 | bar; su-h
            TANK | attack | drone_strike | 2029-09-21 | su-d
            TANKER | attack | drone_strike | 2029-09-21 | su-d
            SEPT | aggregate | | 2029-09-01/2029-09-30 |
        """,
        claims="""
            P1 | wire | PUMP | method | raiders on motorcycles stormed the station | | | | police
            P2 | post | PUMP | method | mortar rounds fired from the hills | | | | oil
            P3 | wire | PUMP | killed | nationality: Sumerian; role: guards | 2 | civilian | | police
            P4 | post | PUMP | killed | nationality: Sumerian; role: guards | 2 | civilian | | oil
            P5 | wire | PUMP | killed | role: raiders | 5 | alleged_attacker | | police
            P6 | post | PUMP | bodies_recovered | | 1 | alleged_attacker | | doctors
            P7 | wire | DEPOT | weapon | quadcopter that dropped two incendiary charges on a tank | | | | oil
            P8 | post | TANK | weapon | quadcopter that dropped two incendiary charges on a tank | | | | oil
            P9 | wire | DEPOT | injured | | 4 | civilian | | doctors
            P10 | post | DEPOT | injured | words: three to five | 3-5 | civilian | | oil
            P11 | wire | SEPT | killed_total | | 1 | civilian | | police
            P12 | post | TANK | target | tank farm of Barakat Petrol | | | | oil
            P13 | wire | TANKER | target | tank farm of Borakat Petrol | | | | police
            P14 | wire | PUMP | perpetrator | Hill Front | | | | police
            P15 | post | PUMP | perpetrator | unknown bandits | | | | oil
            P16 | post | DEPOT | perpetrator | Hill Front | | | | police
            P17 | wire | DEPOT | perpetrator | fighters of the Hill Front | | | | oil
            P18 | wire | TANK | place | the Delta district | | | su-d | police
            P19 | post | TANKER | place | the Delta district | | | su-d | oil
        """,
    ),
    planted("""
        means P1 P2
        bodies P5 P6
        statement P7 P8
        sum P11 P3 P4
        spelling P12 P13
        label P14 P15
        double TANK TANKER
    """),
)

VALLEY = Case(
    make(
        places="""
            ur | Urgat | country
            ur-o | Orda Region | region | ur
            ur-k | Kysyl District | district | ur-o
            ur-t | Tor District | district | ur-o
            sai | Sai-Bulak | settlement | ur-k
            kok | Kok-Tash | settlement | ur-k
            tor | Torgun | settlement | ur-t
        """,
        speakers="""
            bg | Border guards of Urgat | government | UR
            mp | Ministry of health of Urgat | government | UR
            un | United Nations mission | organisation |
        """,
        records="""
            FORD | attack | armed_clash | 2027-06-14 | sai; ur-k
            WELL | attack | armed_clash | 2027-06-30 | kok; ur-k | | | BRIDGE
            BRIDGE | attack | armed_clash | 2027-06-30 | kok; ur-k | | | WELL
            TALKS | response | talks | 2027-06-14/2027-07-05 |
            SUMMER | aggregate | | 2027-06-01/2027-06-30 | | Counts WELL and BRIDGE.
        """,
        claims="""
            V1 | chronicle | FORD | killed | words: at least three | 3+ | state_force | | bg
            V2 | monitor | FORD | killed | words: three to five | 3-5 | state_force | | un
            V3 | monitor | FORD | killed | | 4 | state_force | | mp
            V4 | chronicle | FORD | event_date | Monday, 14 June 2027 | | | | bg
            V5 | monitor | FORD | event_date | 2027-06 | | | | un
            V6 | chronicle | FORD | place | Sai-Bulak | | | sai | bg
            V7 | monitor | FORD | place | Kysyl district, Orda region | | | ur-k ur-o | un
            V8 | chronicle | WELL | killed | | 2 | civilian | | mp
            V9 | monitor | BRIDGE | killed | | 5 | civilian | | un
            V10 | chronicle | TALKS | response | ministers met; this came before the clash at the well | | | | bg
            V11 | monitor | TALKS | response | ministers met; this came after the clash at the well | | | | un
            V12 | chronicle | SUMMER | killed_total | | 7 | civilian | | mp
            V13 | chronicle | FORD | perpetrator | smugglers from Torgun | | | tor | bg
            V14 | monitor | FORD | target | column of the Akbulak detachment | | | | un
            V15 | chronicle | FORD | target | column of the Aqbulaq detachment | | | | bg
            V16 | chronicle | WELL | weapon | rifles and a machine gun | | | | bg
            V17 | monitor | BRIDGE | weapon | hunting rifles | | | | un
        """,
    ),
    planted("""
        sequence V10 V11
        spelling V14 V15
        double V8 V9
        doubles-in-total V12
    """),
    planted("place V6 V7"),
)

QUIET = Case(
    make(
        places="""
            na | Nareth | country
            na-s | South Nareth | region | na
            na-q | Quorra District | district | na-s
            ilm | Ilmen | settlement | na-q
            ils | Ilsen | settlement | na-q
        """,
        speakers="""
            army | Army of Nareth | government | NA
            aid | Red relief | organisation |
        """,
        published="""
            daily | 2030-02-12
            weekly | 2030-02-15
        """,
        reprints="mirror | daily",
        records="""
            RAID | attack | armed_incursion | 2030-02-10 | ilm; na-q
            FIRE | attack | shelling | 2030-02-11 | ils; na-q
            FEB | aggregate | | 2030-02-01/2030-02-28 | | RAID and FIRE together.
            CALL | response | appeal | 2030-02-12 |
        """,
        claims="""
            Q1 | daily | RAID | killed | nationality: Narethi; role: herders | 3 | civilian | | army
            Q2 | weekly | RAID | killed | nationality: Narethi; role: herder | 3 | civilian | | aid
            Q3 | mirror | RAID | killed | nationality: Narethi; role: herders | 3 | civilian | | army
            Q4 | weekly | RAID | killed | role: attackers | 3 | alleged_attacker | | army
            Q5 | daily | RAID | killed | words: two to four | 2-4 | civilian | | aid
            Q6 | daily | RAID | injured | words: several | | civilian | | aid
            Q7 | weekly | RAID | injured | words: at least three | 3+ | civilian | | aid
            Q8 | daily | RAID | injured | words: three to five | 3-5 | civilian | | army
            Q9 | daily | FIRE | killed | | 1 | civilian | | army
            Q10 | weekly | FEB | killed_total | | 4 | civilian | | aid
            Q11 | daily | RAID | place | Ilmen, Quorra district | | | ilm na-q | army
            Q12 | weekly | RAID | place | South Nareth | | | na-s | aid
            Q13 | daily | FIRE | place | Ilsen | | | ils | army
            Q14 | weekly | RAID | method | fighters crossed the hills and opened fire | | | | army
            Q15 | daily | RAID | weapon | rifles and hand grenades | | | | army
            Q16 | daily | FIRE | weapon | mortars | | | | army
            Q17 | weekly | FIRE | method | shells fired from the other side | | | | aid
            Q18 | daily | RAID | event_date | 2030-02-10, Sunday | | | | army
            Q19 | weekly | RAID | event_date | 2030-02 | | | | aid
            Q20 | daily | CALL | response | appeal for a ceasefire on the day after the second raid | | | | aid
            Q21 | weekly | CALL | response | appeal for a ceasefire and for safe roads | | | | aid
            Q22 | daily | #region | population | | 12000
            Q23 | weekly | #region | population | about twelve thousand | 12000
            Q24 | daily | #region | area_km2 | | 950
            Q25 | daily | FIRE | target | village school of Ilsen | | | | army
            Q26 | weekly | RAID | target | herders of Ilmen | | | | army
        """,
    ),
    (),
    planted("place Q11 Q12"),
)

PASS = Case(
    make(
        places="""
            dr | Dromia | country
            dr-a | Aster Province | region | dr
            dr-b | Bellin Province | region | dr
            dr-x | Xantis District | district | dr-a
            dr-y | Yssel District | district | dr-b
            mol | Moltan | settlement | dr-x
            hel | Helder | settlement | dr-y
        """,
        speakers="""
            gov | Governor of Aster | government | DR
            mil | Army staff of Dromia | government | DR
            ngo | Pass Watch | organisation |
        """,
        records="""
            CONVOY | attack | drone_strike armed_attack | 2033-01-11 | mol; dr-x
            CAMP | attack | armed_clash | 2033-02-20 | hel; dr-y
            SWEEP | !measure | house_searches | 2033-02-21 | dr-y
            OP | state_operation | counter_operation | 2033-02-22 | dr-x
        """,
        claims="""
            D1 | mail | CONVOY | weapon | unmanned aircraft with two rockets | | | | mil
            D2 | star | CONVOY | method | ambush by men who had waited beside the road | | | | ngo
            D3 | mail | CONVOY | killed | role: drivers | 7 | not_described | | mil
            D4 | star | CONVOY | killed | role: soldiers | 7 | not_described | | ngo
            D5 | mail | CONVOY | place | Moltan, in Aster | | | mol dr-a | mil
            D6 | star | CONVOY | place | on the road in Bellin province | | | dr-b | ngo
            D7 | mail | CAMP | event_date | 2033-02-20 | | | | mil
            D8 | star | CAMP | event_date | 2033-02-20 | | | | ngo
            D9 | mail | CAMP | injured | | 12 | state_force | | mil
            D10 | star | CAMP | injured | | 12 | civilian | | ngo
            D11 | mail | OP | killed | | 9 | alleged_attacker | | mil
            D12 | star | OP | bodies_recovered | | 3 | alleged_attacker | | ngo
            D13 | star | OP | unaccounted | | 6 | alleged_attacker | | ngo
            D14 | mail | CAMP | perpetrator | Crescent Brigade | | | | mil
            D15 | star | CAMP | perpetrator | deserters | | | | gov
            D16 | mail | SWEEP | policy_action | searches in the houses behind the bazaar of Helder | | | | gov
            D17 | mail | #trade | lorries_a_day | | 300
            D18 | star | #trade | lorries_a_day | | 180
            D19 | star | #trade | lorries_a_month | | 5400
            D20 | mail | CONVOY | sequence | second attack on the pass within three months | | | | mil
        """,
    ),
    planted("""
        means D1 D2
        label D3 D4
        place D5 D6
        bodies D11 D12 D13
        label D14 D15
        background D17 D18
        address D16
    """),
)

CASES = {"lake": LAKE, "pipes": PIPES, "valley": VALLEY, "quiet": QUIET, "pass": PASS}
