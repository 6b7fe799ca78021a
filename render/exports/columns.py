"""The columns of what is exported, each explained once: records, claims, sources. Every format and the docs read this.

The types: ``text``; ``texts`` (several, joined by "; " in a flat file); ``integer``; ``number``; ``boolean``; ``date``
(ISO 8601). A cell without a value is empty in every format; it is never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from ...data.internal import MARK
from ...data.model import VictimGroup
from ...data.wording import group_label

__all__ = ["CASUALTIES", "CLAIM_COLUMNS", "COLUMNS", "SEPARATOR", "SOURCE_COLUMNS", "TABLES", "Column", "columns_of"]

#: What stands between several values in one cell of a flat file.
SEPARATOR: Final = "; "
#: What is counted, by the first part of a column's name.
CASUALTIES: Final = ("killed", "injured")

ColumnType = Literal["text", "texts", "integer", "number", "boolean", "date"]


class Column(NamedTuple):
    """One column: its name, the type of its cells, and what they mean."""

    name: str
    type: ColumnType
    meaning: str


def _counts(attribute: str) -> tuple[Column, ...]:
    """Columns of one kind of casualties: four a victim group, and never one for all groups."""
    found = []
    for group in VictimGroup:
        who, name = f"{group_label(group)} {attribute}", f"{attribute}_{group}"
        found += [
            Column(f"{name}_low", "integer", f"{who}: smallest stated number; 0 where reports say only “up to”."),
            Column(f"{name}_high", "integer", f"{who}: largest stated number."),
            Column(f"{name}_or_more", "boolean", f"{who}: some report says “or more”. Empty where none counts them."),
            Column(f"{name}_words", "texts", f"{who}: words that stand for a number, such as “several”."),
        ]
    return tuple(found)


#: Columns of the records, in order; ``geometry`` comes beside them.
COLUMNS: Final[tuple[Column, ...]] = (
    Column("record_id", "text", "Permanent id of the record."),
    Column("kind", "text", "attack, state_operation, measure, response or aggregate; never mixed in a total."),
    Column("type", "text", "What happened; empty for totals."),
    Column("type_label", "text", "The same in words."),
    Column("claimed_types", "texts", "Every type that some report claims."),
    Column("title", "text", "The record in one line."),
    Column("date_start", "date", "First day on which it may have happened; empty where not known."),
    Column("date_end", "date", "Last day, included; empty where not known."),
    Column("date_start_open", "boolean", "The first day is not known, or only assumed."),
    Column("date_end_open", "boolean", "The last day is not known, or only assumed."),
    Column("date_precision", "text", "day, range, month or unknown."),
    Column("date_basis", "text", "stated, derived, assumed or not given."),
    Column("date_reason", "text", "How the date was derived or why it was assumed."),
    Column("date_text", "text", "When, as the page says it."),
    Column("stated_on", "date", "Day of a statement about the event, where reports give one."),
    Column("time_precision", "integer", "The same as a code of ACLED: 1 day, 2 week, 3 month; empty beyond."),
    Column(
        "date_prec", "integer", "The same as a code of UCDP GED: 1 day, 2 two to six days, 3 week, 4 month, 5 year."
    ),
    *_counts("killed"),
    Column("bodies_found", "integer", "Bodies that reports say were found."),
    Column("killed_text", "text", "Killed, as the page says it; groups are not added up."),
    Column("victims_text", "text", "Who was killed, and who describes them so."),
    *_counts("injured"),
    Column("injured_text", "text", "Injured, as the page says it."),
    Column("place_text", "text", "Where, as the page says it."),
    Column("place_name", "text", "Place, stretch or area that the geometry stands for."),
    Column("place_ids", "texts", "The same as ids of the gazetteer."),
    Column("district", "text", "District in which a town or village lies."),
    Column("country", "text", "ISO 3166-1 code; empty where there are several, or none is known."),
    Column("iso_3166_2", "text", "ISO 3166-2 code of the region."),
    Column("precision", "text", "site, settlement, near, reach, district, region, country or unknown."),
    Column("precision_label", "text", "The same in words."),
    Column("where_prec", "integer", "The same as a code of UCDP GED, 1 to 7."),
    Column("geo_precision", "integer", "The same as a code of ACLED, 1 to 3."),
    Column("uncertainty_km", "number", "How far off the true place may be, in km: of a stretch half its length."),
    Column("how", "text", "How the position was made."),
    Column("approximate", "boolean", "The area is approximate and no boundary."),
    Column("area_source", "text", "Where the outline of the area comes from."),
    Column("drawn_as", "text", "point, area, or none: not located, or of a kind that is only listed."),
    Column("longitude", "number", "Of a point, degrees east (WGS 84); empty for an area, whose centre is no place."),
    Column("latitude", "number", "Of a point, degrees north."),
    Column("bank", "text", "Bank of the Panj: Tajik or Afghan."),
    Column("river_km_from", "number", "Km of the Panj above its mouth at the Vakhsh: where the place or area begins."),
    Column("river_km_to", "number", "Where it ends."),
    Column("border_km_from", "number", "The same in km of the border from the Uzbek tripoint."),
    Column("border_km_to", "number", "Where it ends."),
    Column("generalised", "boolean", "Given no finer than a district, to protect people."),
    Column("same_as", "texts", "Records that may be the same event: count these once."),
    Column("differ_on", "texts", "On what reports differ."),
    Column("differ_text", "text", "The same with the values, where they are short."),
    Column("reports", "texts", "Ids of the reports that tell of it."),
    Column("report_count", "integer", "How many reports; several may rest on one speaker."),
    Column("outlets", "texts", "Who published the reports."),
    Column("links", "texts", "Addresses of the reports, where they are on file."),
    Column("speakers", "texts", "Speakers whom the reports name."),
    Column("said_line", "text", "Who says it, counted by speakers."),
    Column("claims", "texts", "Ids of the claims it rests on, in the table of claims."),
    Column("note", "text", "Remark on the record."),
    Column("changed_on", "date", "Day of the newest correction, if there was one."),
    Column("corrections", "texts", "What was corrected, newest first."),
    Column("layer", "text", "Layer of the map that it belongs to; empty for what is only listed."),
    Column("symbol", "text", "Class of its symbol and colour on the map."),
    Column("solid", "boolean", "Drawn solid: reports name the place. Otherwise hollow."),
)

#: Columns of the claims: who says what.
CLAIM_COLUMNS: Final[tuple[Column, ...]] = (
    Column("claim_id", "text", "Permanent id of the claim."),
    Column("record_id", "text", "The record it is about; empty for background."),
    Column("topic", "text", "What background is about."),
    Column("attribute", "text", "On what: killed, place, event_date, weapon and so on."),
    Column("value_text", "text", "The value in our own words, not the report's."),
    Column("value_low", "integer", "Smallest number claimed; without a value_high it says “or more”."),
    Column("value_high", "integer", "Largest number claimed."),
    Column("victim_group", "text", "Whom a count is about; groups are never added up."),
    Column("place_ids", "texts", "Places that it names, as ids of the gazetteer."),
    Column("said_by", "text", "Who says it, as the report calls them."),
    Column("speaker_id", "text", "Id of the speaker; report is the report's own voice."),
    Column("speaker", "text", "Name of the speaker."),
    Column("via", "text", "Through whom the report has it."),
    Column("modality", "text", "asserted, reported, alleged, denied or speculated; the last two count for no number."),
    Column("report_id", "text", "Id of the report."),
    Column("outlet", "text", "Who published it."),
    Column("start", "integer", "First character of the passage in the report's text, counted from 0."),
    Column("end", "integer", "Character after the last one."),
)

#: Columns of the sources: the reports.
SOURCE_COLUMNS: Final[tuple[Column, ...]] = (
    Column("report_id", "text", "Permanent id of the report."),
    Column("outlet", "text", "Who published it."),
    Column("title", "text", "Its title."),
    Column("kind", "text", "What sort of report it is."),
    Column("published", "date", "When it was published; empty where it is undated."),
    Column("url", "text", "Its address, where one is on file."),
    Column("archived_url", "text", "Address of an archived copy."),
    Column("upstream", "texts", "Whom it takes its account from."),
)

#: All tables by name.
TABLES: Final[Mapping[str, tuple[Column, ...]]] = {
    "records": COLUMNS,
    "claims": CLAIM_COLUMNS,
    "sources": SOURCE_COLUMNS,
}

#: What internal exports have besides: the mark in every row, and the passage that a claim rests on.
_MARK_COLUMN: Final = Column("internal", "text", f"{MARK}: stands in every row of an internal export.")
_QUOTE_COLUMN: Final = Column("quote", "text", "The passage of the report's text that the claim rests on.")
_INTERNAL: Final[Mapping[str, tuple[Column, ...]]] = {
    "records": (*COLUMNS, _MARK_COLUMN),
    "claims": (*CLAIM_COLUMNS, _QUOTE_COLUMN, _MARK_COLUMN),
    "sources": (*SOURCE_COLUMNS, _MARK_COLUMN),
}


def columns_of(*, internal: bool) -> Mapping[str, tuple[Column, ...]]:
    """Give the columns of all tables by name, of a public or of an internal export."""
    return _INTERNAL if internal else TABLES
