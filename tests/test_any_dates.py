"""Any days, phrases of days and options: an order that holds, words that fit, and a clear refusal of the rest."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from any_tables import DAYS, TEXT, examples, taken
from hypothesis import example, given
from hypothesis import strategies as st

from panjmap.data.date_codes import date_codes
from panjmap.data.dating import derive_date, parse_date, split_basis
from panjmap.data.errors import SHOWN, shorten
from panjmap.data.limits import Limits
from panjmap.data.model import Claim, Modality, Record, Report, Speaker
from panjmap.data.tables import PACKAGED, read_tables
from panjmap.data.testimony import Voice
from panjmap.data.wording import date_phrase
from panjmap.render.decided import date_words
from panjmap.render.figures.options import parsed_options
from panjmap.render.phrases import short_date

TABLES = read_tables(PACKAGED)
RECORD: Record = TABLES.records[0]
CLAIM: Claim = TABLES.claims[0]
SPEAKER: Speaker = TABLES.speakers[0]
REPORT: Report = TABLES.reports[0]

#: What looks like a day, and what nearly does.
PHRASES = st.one_of(
    DAYS.map(dt.date.isoformat),
    DAYS.map(lambda day: day.isoformat()[:7]),
    st.tuples(DAYS.map(dt.date.isoformat), TEXT).map(", ".join),
    st.from_regex(r"[0-9]{0,5}-[0-9]{0,3}(-[0-9]{0,3})?([./T ].{0,5})?", fullmatch=True),
    st.sampled_from(["a Tuesday", "on MONDAY night", "Tue", "\u0661\u0662\u0663\u0664-\u0660\u0661-\u0660\u0662"]),
    TEXT,
)
BASES = st.sampled_from(["stated", "derived", "assumed", "not given"]).flatmap(
    lambda basis: st.just(basis) | TEXT.map(lambda reason: f"{basis}: {reason}")
)


@st.composite
def dated(draw: st.DrawFn) -> tuple[Record, list[Voice]]:
    """A record with any span, and what claims say of its days."""
    ends = sorted(draw(st.lists(DAYS, max_size=2)))
    start, end = ([*ends, None, None] if draw(st.booleans()) else [None, *ends, None])[:2]
    precision = draw(st.sampled_from(["range", "month", "unknown"]))
    row = {"date_start": start, "date_end": end, "date_precision": precision, "date_basis": draw(BASES)}
    said = draw(st.lists(st.tuples(PHRASES, st.sampled_from(["event_date", "report_date"])), max_size=4))
    voices = [
        Voice(
            SPEAKER,
            REPORT.model_copy(update={"published": draw(st.none() | DAYS)}),
            CLAIM.model_copy(
                update={"attribute": attribute, "value_text": text, "modality": draw(st.sampled_from(Modality))}
            ),
        )
        for text, attribute in said
    ]
    return RECORD.model_copy(update=row), voices


@examples(200)
@given(dated())
def test_a_date_keeps_its_order_and_has_words_and_codes(made: tuple[Record, list[Voice]]):
    span = derive_date(*made)
    if span.start and span.end:
        assert span.start <= span.end
        codes = date_codes(span)
        days = (span.end - span.start).days + 1
        assert (codes.time_precision, codes.date_prec) == (1, 1) if days == 1 else codes.date_prec != 1
    else:
        assert date_codes(span) == (None, None)
    assert span.start is not None or span.start_open
    assert span.end is not None or span.end_open
    for words in (date_phrase(span), date_phrase(span, long=True), short_date(span)):
        assert words
        assert "None" not in words
    # "Probably" and the like stand where an end is only assumed; a stated day has its year.
    if span.start and span.start == span.end and not span.start_open:
        assert str(span.start.year) in date_phrase(span)


@examples(200)
@given(PHRASES)
@example("0000-01-01")
@example("9999-12-31")
@example("2025-02")
def test_any_phrase_is_days_or_none(text: str):
    found = parse_date(text)
    if found:
        assert found.start <= found.end
        assert (found.start.year, found.start.month) == (found.end.year, found.end.month)
    basis, reason = split_basis(text)
    assert basis in ("stated", "derived", "assumed", "not given")
    assert reason is None or reason in text
    words = date_words(text)
    # All but days stays: no other letter is lost or made.
    if not re.search(r"\d{4}-\d\d", text):
        assert words == text


@examples(200)
@given(
    st.one_of(PHRASES, st.tuples(PHRASES, PHRASES).map("..".join), TEXT.map("..".__add__)),
    st.one_of(TEXT, st.lists(st.floats(), min_size=3, max_size=5).map(lambda sides: ",".join(map(str, sides)))),
)
@example("..", "67.5,36.8,72,39.2")
@example("2025-11-01..2025-12-31", "1e400,1,2,3")
@example("2025-12-31..2025-11-01", "nan,nan,nan,nan")
def test_options_of_a_figure_are_taken_or_refused_in_words(window: str, box: str):
    for given_ in ({"window": window}, {"bbox": box}, {"title": window, "deck": box, "font": window, "hide": (box,)}):
        options = taken(lambda given_=given_: parsed_options(None, given_))
        if options is None:
            continue
        start, end = options.window
        assert not (start and end and start > end)
        if options.bbox:
            west, south, east, north = options.bbox
            assert west < east
            assert south < north


@examples(200)
@given(st.lists(st.one_of(TEXT, st.tuples(st.sampled_from(["rows", "columns", "file-bytes"]), TEXT).map("=".join))))
@example(["rows=5_000_000", "field_chars=1,000"])
@example(["rows=٣"])
@example(["rows=0"])
def test_limits_are_raised_or_refused_in_words(settings: list[str]):
    raised = taken(lambda: Limits().raised(settings))
    assert raised is None or all(getattr(raised, name) > 0 for name in Limits.__slots__)


@examples(200)
@given(st.text(st.characters(), max_size=200))
def test_what_a_message_repeats_is_one_short_line_that_a_terminal_can_show(text: str):
    line = shorten(text)
    assert len(line) <= SHOWN
    assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in line)
    assert not any(unicodedata.bidirectional(letter) in ("RLO", "LRO", "RLE", "LRE", "PDF", "RLI") for letter in line)
    line.encode()
