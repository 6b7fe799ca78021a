"""Claims against texts: of invented reports, in full; of the five reports where their texts are at hand."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from panjmap.cli import main
from panjmap.data.limits import limits
from panjmap.data.model import Claim, Tables
from panjmap.data.report_texts import TextFile, read_texts
from panjmap.data.tables import PACKAGED, read_tables, write_tables
from panjmap.data.verify import NOT_CHECKED, Verified, verify
from panjmap.data.verify_lines import as_dict, as_lines

TEXT = (
    "Harbour news. On Wednesday, 26 November at least three sailors of the Blue Heron drowned off Kavo, "
    "and twenty-one were hurt.\nTwo cooks and one pilot are missing. Some 1,368 tonnes of salt were lost.\n"
)
SUM = hashlib.sha256(TEXT.encode()).hexdigest()


def claims_on(*rows: dict[str, object], text: str = TEXT, **report: object) -> Tables:
    """Tables with one invented report and claims on it; ``passage`` stands for its offsets."""
    tables = read_tables(PACKAGED)
    known = {"sha256": hashlib.sha256(text.encode()).hexdigest(), "chars": len(text)} | report
    made = tables.reports[0].model_copy(update={"report_id": "harbour", "derived_from": (), **known})
    claims = []
    for number, row in enumerate(rows):
        passage = str(row.pop("passage", ""))
        span = {"start": text.index(passage), "end": text.index(passage) + len(passage)} if passage else {}
        blank = dict.fromkeys(Claim.model_fields) | {"claim_id": f"H{number}", "report_id": "harbour"}
        blank |= {"record_id": "TJ-AF-2025-12-KAVO", "said_by": "article voice", "speaker_id": "report"}
        blank |= {"attribute": "killed", "modality": "asserted", "place_id": (), **span}
        claims.append(Claim.model_construct(**(blank | row)))
    return tables._replace(reports=(made,), claims=tuple(claims), relations=())


def checked(*rows: dict[str, object], text: str = TEXT) -> Verified:
    return verify(
        claims_on(*rows, text=text), [TextFile("a.txt", hashlib.sha256(text.encode()).hexdigest(), text, len(text))]
    )


def number(low: int | None, high: int | None, passage: str, **more: object) -> dict[str, object]:
    return {"value_low": low, "value_high": high, "passage": passage, "victim_group": "civilian", **more}


@pytest.mark.parametrize(
    ("low", "high", "passage"),
    [
        (3, None, "three sailors"),  # "at least" stands before the passage
        (3, None, "at least three sailors"),
        (21, 21, "twenty-one were hurt"),
        (1368, 1368, "1,368 tonnes"),
        (3, 3, "Two cooks and one pilot"),  # the sum
        (2, 2, "Two cooks and one pilot"),
        (1, 1, "one pilot"),
    ],
)
def test_a_number_that_stands_in_the_passage_agrees(low, high, passage):
    (claim,) = checked(number(low, high, passage)).claims
    assert (claim.status, claim.span) == ("agrees", "ok")


@pytest.mark.parametrize(
    ("low", "high", "passage", "rule", "level"),
    [
        (4, 4, "at least three sailors", "number", "error"),
        (20, 20, "twenty-one were hurt", "number", "error"),
        (136, 136, "1,368 tonnes", "number", "error"),
        (3, 3, "at least three sailors", "number-bound", "warning"),
        (21, None, "twenty-one were hurt", "number-bound", "warning"),
        (None, None, "twenty-one were hurt", "number-missing", "warning"),
    ],
)
def test_a_number_that_the_passage_gainsays_differs(low, high, passage, rule, level):
    (claim,) = checked(number(low, high, passage, value_text="words: several")).claims
    assert (claim.status, claim.rule, claim.level) == ("differs", rule, level)


def test_a_number_outside_the_passage_could_not_be_checked():
    (claim,) = checked(number(3, 3, "sailors of the Blue Heron")).claims
    assert (claim.status, claim.rule, claim.level) == ("not_checked", "no-number", "note")


@pytest.mark.parametrize(
    ("value", "passage", "status"),
    [
        ("2025-11-26", "26 November", "agrees"),
        ("2025-11-26, night", "On Wednesday", "agrees"),
        ("2025-11", "26 November", "agrees"),
        ("a Wednesday, date not given", "On Wednesday", "agrees"),
        ("2025-11-25", "26 November", "differs"),
        ("2025-12-26", "26 November", "differs"),
        ("2025-11-27", "On Wednesday", "differs"),
        ("2024-11-26", "On Wednesday, 26 November", "differs"),  # a Tuesday in that year
        ("a Friday, date not given", "On Wednesday", "differs"),
        ("2025-11-26", "drowned off Kavo", "not_checked"),
    ],
)
def test_days_are_compared(value, passage, status):
    (claim,) = checked({"attribute": "event_date", "value_text": value, "passage": passage}).claims
    assert claim.status == status


def test_places_are_compared_by_their_spellings_and_never_differ():
    at = {"attribute": "place", "value_text": "a village", "place_id": ("kavok",)}
    found = checked({**at, "passage": "off Kavo"}, {**at, "passage": "Blue Heron"}).claims
    assert [(claim.status, claim.rule) for claim in found] == [("agrees", "place"), ("not_checked", "no-place")]


@pytest.mark.parametrize(
    ("value", "passage", "status", "level"),
    [
        ("1368 tonnes of salt lost", "1,368 tonnes", "agrees", ""),
        ("one cook, two pilots", "Two cooks and one pilot", "agrees", ""),  # numbers alone are compared
        ("1,350 tonnes of salt lost", "1,368 tonnes", "differs", "warning"),
        ("salt lost", "1,368 tonnes", "not_checked", "note"),
        ("1368 tonnes of salt lost", "tonnes of salt", "not_checked", "note"),
    ],
)
def test_numbers_in_our_own_words_are_compared_and_the_words_are_not(value, passage, status, level):
    (claim,) = checked({"attribute": "context", "value_text": value, "passage": passage}).claims
    assert (claim.status, claim.level) == (status, level)


def test_a_passage_outside_the_text_or_empty_is_an_error_and_a_cut_word_a_warning():
    base = {"value_text": "own words", "attribute": "context"}
    end = len(TEXT)
    found = checked(
        base | {"start": end - 5, "end": end + 1},
        base | {"start": TEXT.index("\n"), "end": TEXT.index("\n") + 1},
        base | {"passage": "arbour news"},
        number(68, 68, "68 tonnes"),
        base,
    ).claims
    assert [(c.span, c.rule, c.level) for c in found[:3]] == [
        ("outside", "span-outside", "error"),
        ("empty", "span-empty", "error"),
        ("cut", "own-words", "warning"),
    ]
    assert (found[3].span, found[3].status) == ("cut", "not_checked")
    assert (found[4].span, found[4].rule) == ("not_checked", "no-offsets")


def test_a_span_over_half_the_report_is_told_to_be_too_wide():
    text = TEXT + "Filler words follow here. " * 20
    wide = {"attribute": "context", "start": 0, "end": len(text) - 1}
    (claim,) = checked(dict(wide), text=text).claims
    assert (claim.span, claim.level) == ("ok", "warning")
    assert "narrow it" in claim.message
    file = TextFile("a", hashlib.sha256(text.encode()).hexdigest(), text, len(text))
    (quoted,) = verify(claims_on(dict(wide), text=text), [file], quotes=True).claims
    assert len(quoted.quote) < 500
    assert "\n" not in quoted.quote


def test_the_name_of_a_file_forges_no_line(tmp_path):
    (tmp_path / "x\nerror: all is wrong\x1b[31m").write_text("hello", "utf-8")
    lines = run("--reports", tmp_path).stdout.splitlines()
    assert not [line for line in lines if line.startswith("error")]
    assert "\x1b" not in "".join(lines)


def test_a_report_without_a_sum_or_with_another_length_is_named():
    row = number(3, None, "three sailors")
    file = [TextFile("a.txt", SUM, TEXT, len(TEXT))]
    none = verify(claims_on(dict(row), sha256=None), file)
    assert (none.reports[0].status, none.claims[0].rule, none.files[0].report_id) == ("no-sum", "no-sum", None)
    longer = verify(claims_on(dict(row), chars=5), file)
    assert (longer.reports[0].level, longer.claims[0].status) == ("error", "agrees")
    assert longer.levels["error"] == 1


def test_nothing_of_the_text_is_said_without_quotes():
    tables = claims_on(number(4, 4, "at least three sailors"), {"attribute": "context", "passage": "Blue Heron"})
    files = [TextFile("a.txt", SUM, TEXT, len(TEXT))]
    found = verify(tables, files)
    words = json.dumps(as_dict(found)) + as_lines(found)
    assert not [word for word in ("sailors", "Heron", "Harbour", "drowned") if word in words]
    quoted = verify(tables, files, quotes=True)
    assert "[at least three sailors] of the Blue" in as_lines(quoted)
    assert "H1" in as_lines(quoted)


RUSSIAN = "Вечером 26 ноября, в среду, двое рабочих утонули, не менее пяти ранены, сто двадцать три спасены в Куляб."
TAJIK = "Шаби 26 ноябр панҷ нафар ғарқ шуданд, бештар аз бист нафар захмӣ."
PERSIAN = "در ۲۶ نوامبر سه ملوان غرق شدند و دست‌کم بیست و پنج نفر زخمی شدند."


@pytest.mark.parametrize(
    ("text", "low", "high", "passage", "status"),
    [
        (RUSSIAN, 2, 2, "двое рабочих", "agrees"),
        (RUSSIAN, 3, 3, "двое рабочих", "differs"),
        (RUSSIAN, 5, None, "пяти ранены", "agrees"),
        (RUSSIAN, 5, 5, "не менее пяти", "differs"),
        (RUSSIAN, 123, 123, "сто двадцать три спасены", "agrees"),
        (TAJIK, 5, 5, "панҷ нафар", "agrees"),
        (TAJIK, 21, None, "бист нафар захмӣ", "agrees"),
        (PERSIAN, 3, 3, "سه ملوان", "agrees"),
        (PERSIAN, 25, None, "بیست و پنج نفر", "agrees"),
        (PERSIAN, 26, None, "بیست و پنج نفر", "differs"),
    ],
)
def test_numbers_of_reports_in_other_languages_are_compared(text, low, high, passage, status):
    (claim,) = checked(number(low, high, passage), text=text).claims
    assert (claim.status, claim.span) == (status, "ok")


@pytest.mark.parametrize(
    ("text", "passage"), [(RUSSIAN, "26 ноября, в среду"), (TAJIK, "26 ноябр"), (PERSIAN, "۲۶ نوامبر")]
)
def test_days_of_reports_in_other_languages_are_compared(text, passage):
    told = {"attribute": "event_date", "passage": passage}
    found = checked(told | {"value_text": "2025-11-26"}, told | {"value_text": "2025-11-25"}, text=text).claims
    assert [claim.status for claim in found] == ["agrees", "differs"]


def test_what_could_not_be_checked_adds_up():
    own_words = {"attribute": "context", "passage": "salt"}
    counts = checked(number(3, None, "three sailors"), number(9, 9, "three sailors"), own_words).counts
    assert [counts[key] for key in ("claims", "checked", "agree", "differ", "not_checked")] == [3, 2, 1, 1, 1]
    assert counts["not_checked_by_reason"] == {"own-words": 1}
    assert set(counts["not_checked_by_reason"]) <= set(NOT_CHECKED)


# ---------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (TEXT.replace("\n", "\r\n").encode(), "other line ends"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "a byte order mark"),
        (TEXT.rstrip("\n").encode(), "line breaks at its end"),
        (TEXT.encode() + b"\n", "line breaks at its end"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.replace("\n", "\r\n").encode("utf-16"), "utf-16, other line ends"),
    ],
)
def test_a_text_that_was_saved_otherwise_is_recognised_and_said_to_differ(tmp_path, data, told):
    (tmp_path / "report.txt").write_bytes(data)
    found = verify(claims_on(number(3, None, "three sailors")), read_texts(tmp_path, {SUM}))
    assert found.reports[0].status == "text-differs"
    assert told in found.reports[0].message
    assert (found.claims[0].status, found.claims[0].rule) == ("not_checked", "text-differs")


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16"])
def test_a_russian_text_in_an_old_encoding_is_recognised(tmp_path, encoding):
    text = "Трое погибли, двое ранены.\n"
    (tmp_path / "report").write_bytes(text.encode(encoding))
    (file,) = read_texts(tmp_path, {hashlib.sha256(text.encode()).hexdigest()})
    assert (encoding in file.differs, bool(file.near)) == (True, True)


def test_a_changed_copy_and_strange_files_are_named(tmp_path):
    (tmp_path / "copy.txt").write_text(TEXT.replace("salt", "silt"), "utf-8", newline="")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "other.bin").write_bytes(bytes(range(256)))
    with (tmp_path / "large").open("wb") as file:
        os.truncate(file.fileno(), limits().text_bytes + 1)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    found = verify(claims_on(number(3, None, "three sailors")), read_texts(tmp_path, {SUM}))
    assert "copy.txt may be a changed copy" in found.reports[0].message
    assert found.claims[0].rule == "no-text"
    said = {file.file: file.message for file in found.files}
    assert said.keys() == {"copy.txt", "deep/other.bin", "large", "pipe", "loop"}
    assert said["deep/other.bin"] == "belongs to no report in reports.csv"
    assert all(said[name].startswith("not read") for name in ("large", "pipe", "loop"))


# ---------------------------------------------------------------- the command


def run(*arguments: str | Path):
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


def test_the_command_ends_with_1_on_an_error_and_with_2_on_a_wrong_line(tmp_path):
    tables, texts = tmp_path / "tables", tmp_path / "texts"
    texts.mkdir()
    (texts / "x").write_text(TEXT, "utf-8", newline="")
    base = read_tables(PACKAGED)
    first = base.reports[0].model_copy(update={"sha256": SUM, "chars": len(TEXT)})
    keep = {"start": TEXT.index("three"), "end": TEXT.index("three") + 5, "value_low": 3, "value_high": None}
    claims = [c.model_copy(update=keep if c.claim_id == "C001" else {"start": None, "end": None}) for c in base.claims]
    write_tables(base._replace(reports=(first, *base.reports[1:]), claims=tuple(claims)), tables)
    fine = run("--reports", texts, "--data", tables)
    assert fine.exit_code == 0, fine.output
    assert re.search(r"values: 1 of 123 compared, 1 agree, 0 differ, 122 could not", fine.stdout)
    claims[0] = claims[0].model_copy(update={"value_low": 4, "value_high": 4})
    write_tables(base._replace(reports=(first, *base.reports[1:]), claims=tuple(claims)), tables)
    wrong = run("--reports", texts, "--data", tables, "--json")
    assert wrong.exit_code == 1
    assert json.loads(wrong.stdout)["levels"]["error"] == 1
    assert run().exit_code == 2
    assert run("--reports", tmp_path / "nowhere").exit_code == 1
    assert "Fix: name the folder" in run("--reports", tmp_path / "nowhere").stderr


def test_the_five_reports():
    shared = os.environ.get("PANJMAP_SHARED")
    folder = Path(shared) / "reports" if shared else None
    if folder is None or not folder.is_dir():
        pytest.skip("PANJMAP_SHARED names no folder with the texts of the five reports")
    found = json.loads(run("--reports", folder, "--json").stdout)
    counts = found["counts"]
    assert (counts["reports_with_text"], counts["claims"], counts["spans_in_text"]) == (5, 123, 123)
    assert (counts["differ"], counts["spans_at_fault"]) == (0, 0)
    numbered = [c.claim_id for c in read_tables(PACKAGED).claims if c.value_low is not None or c.value_high is not None]
    by_id = {claim["claim_id"]: claim for claim in found["claims"]}
    assert [by_id[claim]["status"] for claim in numbered] == ["agrees"] * 28
    assert [by_id[claim]["rule"] for claim in numbered] == ["number"] * 28
