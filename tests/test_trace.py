"""The way back from what is shown: the same words and numbers as in the page, and every claim, decision and report."""

from __future__ import annotations

import base64
import csv
import json
import os
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_up_tables import made_up
from page_reader import read_page

from panjmap.cli import main
from panjmap.data.evidence import counting_sentences
from panjmap.data.tables import PACKAGED
from panjmap.data.verify import ClaimCheck
from panjmap.render.details import FIELDS
from panjmap.render.prepare import read_scene
from panjmap.render.read_trace import read_trace
from panjmap.render.scene import Scene
from panjmap.render.trace import header, trace
from panjmap.render.trace_lines import as_dict, as_lines
from panjmap.render.write import map_bytes

KAVO = "TJ-AF-2025-12-KAVO"


def run(*arguments: str | Path):
    return CliRunner().invoke(main, ["trace", *map(str, arguments)])


def inflated(text: str):
    raw = base64.b64decode(text[1:]) if text.startswith("=") else zlib.decompress(base64.b64decode(text), -15)
    return json.loads(raw)


PAGES: dict[int, str] = {}


def page_of(made: Scene) -> str:
    """The built page of a scene, which is built once."""
    if id(made) not in PAGES:
        PAGES[id(made)] = map_bytes(made).decode("utf-8")
    return PAGES[id(made)]


def panels(made: Scene) -> dict[str, dict]:
    """What the built page holds of each record, as its scripts read it."""
    page = read_page(page_of(made))
    texts = page.blocks["panjmap-data"]["texts"]
    assert texts["fields"] == list(FIELDS)
    rows = [dict(zip(FIELDS, row, strict=True)) for block in texts["blocks"] for row in inflated(block)]
    return {row["id"]: row for row in rows}


@pytest.fixture(scope="module")
def five() -> Scene:
    return read_scene()


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Scene:
    return read_scene(made_up(tmp_path_factory.mktemp("tables")))


@pytest.fixture(params=["five", "many"])
def made(request) -> Scene:
    return request.getfixturevalue(request.param)


def shown(made: Scene, record_id: str) -> dict[str, dict]:
    """By name what is shown of a record; blocks that share a name are put together."""
    found: dict[str, dict] = {}
    for one in as_dict(trace(made, record_id))["shown"]:
        found.setdefault(one["name"], one)
    return found


def claims_in(panel_attribute: dict) -> set[str]:
    return {
        claim[0]
        for statement in panel_attribute["statements"]
        for said in statement["said"]
        for outlet in said["outlets"]
        for claim in outlet["claims"]
    }


# ---------------------------------------------------------------- the same as in the page


def test_every_record_shows_in_its_trace_what_it_shows_in_the_page(made):
    there = panels(made)
    assert list(there) == [row.record_id for row in made.rows]
    for record_id, panel in there.items():
        found = shown(made, record_id)
        assert found["title"]["text"] == panel["title"]
        assert found["type"]["text"] == panel["type_label"]
        assert found["date"]["text"] == panel["when"]["text"]
        assert found["date"]["facts"]["reason"] == panel["when"]["why"]
        assert found["place"]["text"] == panel["where"]["text"]
        assert found["position"]["text"] == panel["where"]["precision"]
        assert found["position"]["facts"]["how it was made"] == panel["where"]["how"]
        if panel["where"]["river"]:
            assert found["position"]["facts"]["river"].startswith(panel["where"]["river"]["text"])
        assert ("label" in found) == bool(panel["label"])
        if panel["label"]:
            assert found["label"]["text"] == " / ".join(panel["label"][:2])
        for name in ("killed", "injured"):
            assert (name in found) == (panel[name] is not None)
            if panel[name]:
                assert found[name]["text"] == (panel[name]["text"] or "no number")
                said = {one["group"]: (one["low"], one["high"], one["or_more"]) for one in panel[name]["counts"]}
                assert {group: numbers(found[name]["facts"][group]) for group in said} == said


def test_points_are_traced_to_where_the_page_draws_them(made):
    at = {one.row.record_id: one for one in made.drawn if not one.row.as_area}
    assert at
    for record_id, drawing in at.items():
        lon, lat = drawing.geometry.x, drawing.geometry.y
        assert shown(made, record_id)["position"]["facts"]["drawn"] == f"a point at {lat:.5f} N, {lon:.5f} E"


def test_witnesses_are_named_as_in_the_panel(made):
    for record_id, panel in panels(made).items():
        found = trace(made, record_id).shown
        said = {(one.name, text) for one in found for label, text in one.facts if label.startswith("heard from")}
        for block in panel["attributes"]:
            if block["heard"] and block["attribute"] not in ("event_date", "report_date", "confirmed_on", "place"):
                assert (block["attribute"], block["heard"]) in said, (record_id, block["attribute"])


def numbers(text: str) -> tuple[int | None, int | None, bool]:
    """Read a range back from its words."""
    if text == "words":
        return None, None, False
    more = text.endswith(" or more")
    low, _, high = text.removesuffix(" or more").removeprefix("up to ").partition(" to ")
    if text.startswith("up to "):
        return None, int(low), more
    return int(low), int(high or low), more


def test_every_claim_of_a_record_is_in_its_trace_with_speaker_report_and_offsets(made):
    by_id = {claim.claim_id: claim for claim in made.published.tables.claims}
    there = panels(made)
    for record_id, panel in there.items():
        found = as_dict(trace(made, record_id))
        rows = [claim for one in found["shown"] for claim in one["claims"]]
        assert {row["claim_id"] for row in rows} == {c for a in panel["attributes"] for c in claims_in(a)}
        for row in rows:
            claim = by_id[row["claim_id"]]
            for name in ("modality", "said_by", "speaker_id", "via", "report_id", "start", "end"):
                assert row[name] == getattr(claim, name)
        assert {report["report_id"] for report in found["reports"]} == {row["report_id"] for row in rows}


def test_every_attribute_of_the_page_can_be_asked_for(made):
    for record_id, panel in panels(made).items():
        for attribute in panel["attributes"]:
            found = as_dict(trace(made, record_id, attribute["attribute"]))
            traced = {claim["claim_id"] for one in found["shown"] for claim in one["claims"]}
            assert claims_in(attribute) <= traced, (record_id, attribute["attribute"])


def test_every_decision_of_a_record_is_in_its_trace(made):
    for decision in made.published.tables.decisions:
        found = [one for shown_ in trace(made, decision.record_id).shown for one in shown_.decisions]
        assert [one for one in found if (one["chosen"], one["reason"]) == (decision.chosen, decision.reason)], decision


def test_numbers_that_count_and_those_that_do_not_are_told_apart(five):
    rows = {claim.claim_id: claim for one in trace(five, KAVO, "killed").shown for claim in one.claims}
    assert {name: (row.used, row.how) for name, row in rows.items()} == {
        "C087": (True, "the number, read as 3 by a recorded decision")
    }
    found = {c.claim_id: c for one in trace(five, "TJ-AF-2025-11-26-A", "injured").shown for c in one.claims}
    assert (found["C002"].used, found["C002"].how) == (False, "words without a number")
    assert (found["C094"].used, found["C094"].how) == (True, "the highest")
    assert (found["C027"].used, found["C027"].how) == (True, "the lowest")


def test_places_that_are_named_and_not_drawn_say_why(five):
    (place,) = trace(five, KAVO, "place").shown
    assert [text.partition(" ")[2].partition(":")[0] for text in place.unused] == [
        "tj-shohin (Shamsiddin Shohin District)",
        "af (Afghanistan)",
    ]
    assert place.unused[0].endswith("coarser than what is drawn, which lies in it")
    assert "its role is origin" in place.unused[1]
    (strike,) = trace(five, "TJ-AF-2025-11-26-A", "place").shown
    why = {text.split()[1]: text.rpartition(": ")[2] for text in strike.unused}
    assert why["shohin-sm-camp"] == "no source gives its position"
    assert "river-panj" not in why


# ---------------------------------------------------------------- the header


def test_shares_make_up_each_sentence_of_the_page(made):
    text = " ".join(read_page(page_of(made)).words)
    text = " ".join(text.split())
    sentences = counting_sentences(made.evidence)
    assert sentences
    for sentence in sentences:
        assert sentence.text in text
        assert sum(min(share.low for share in unit) for unit in sentence.shares) == sentence.low
        assert sum(share.high for unit in sentence.shares for share in unit) == sentence.high
        assert [share.record_id for unit in sentence.shares for share in unit] == list(sentence.record_ids)


def test_a_record_without_a_number_says_which_sentence_mentions_it(many):
    (share,) = header(many, "MADE-UP-00005")
    assert share.share is None
    assert "deaths without a number in one more" in share.text
    assert "share: mentioned without a number" in as_lines(trace(many, "MADE-UP-00005", "killed"))


def test_a_record_says_which_sentences_count_it_and_what_may_be_the_same_event(five):
    (share,) = header(five, KAVO)
    assert share.text.startswith("3 to 8 reported killed")
    assert tuple(share.share) == (KAVO, 3, 3, False)
    assert [tuple(one) for one in share.may_be_the_same] == [("TJ-AF-2025-12-SHOHIN5", 5, 5, False)]
    assert header(five, "TJ-AF-2025-12-AGG") == ()


def test_the_command_tells_how_the_header_is_made_up():
    done = run("--total")
    assert done.exit_code == 0
    assert "  may be one event: 3 (one event) to 8 (separate)" in done.stdout
    sentences = json.loads(run("--total", "--json").stdout)["sentences"]
    assert [(one["low"], one["high"]) for one in sentences] == [(6, 6), (3, 8), (2, 7)]


# ---------------------------------------------------------------- asking


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (("TJ-AF-2025-12-KAV",), "did you mean TJ-AF-2025-12-KAVO"),
        (("nonsense",), "There are: TJ-AF-2025-12-KAVO, TJ-AF-2025-12-SHOHIN5"),
        ((KAVO, "kiled"), "did you mean killed"),
        ((KAVO, "zzz"), "There are: title, type, date, place, position, label, killed"),
        ((), "name a RECORD"),
        ((KAVO, "--total"), "name a RECORD, or --total"),
        ((KAVO, "--quotes"), "add --reports DIR"),
        ((KAVO, "--name-field", "x"), "add --districts FILE"),
    ],
)
def test_what_is_unknown_is_answered_with_what_is_near(asked, named):
    done = run(*asked)
    assert done.exit_code == 2
    assert named in " ".join(done.stderr.split())


@pytest.mark.parametrize("word", ["event_date", "where", "coordinates", "total", "kind", "precision"])
def test_other_words_lead_to_the_same_thing(five, word):
    assert as_lines(trace(five, KAVO, word))


def test_the_same_question_has_the_same_answer(five):
    assert as_lines(trace(five, KAVO)) == as_lines(trace(read_scene(), KAVO))


def append(folder: Path, table: str, **values: str) -> None:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with (folder / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, lineterminator="\n").writerow(values)


@pytest.fixture
def own(tmp_path) -> Path:
    for file in PACKAGED.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def test_a_withheld_record_is_unknown_and_named_nowhere(own):
    append(
        own,
        "records",
        record_id="SECRET-1",
        kind="attack",
        type="armed_attack",
        title="Hidden happening",
        date_precision="unknown",
        date_basis="not given",
        sensitivity="withhold",
        possible_same_as=KAVO,
    )
    done = run("SECRET-1", "--data", own)
    assert done.exit_code == 2
    assert done.stderr.count("SECRET-1") == 1  # what was asked
    assert "Hidden" not in done.output
    assert "SECRET" not in run("SECRET", "--data", own).stderr.replace('"SECRET"', "")
    assert "SECRET" not in run(KAVO, "--data", own).output
    internal = run("SECRET-1", "--data", own, "--internal")
    assert internal.stdout.startswith("INTERNAL")
    assert "Hidden happening" in internal.stdout
    assert json.loads(run(KAVO, "--data", own, "--internal", "--json").stdout)["internal"] is True


def test_a_generalised_record_shows_no_finer_place_and_no_coordinates(five):
    for record_id in five.published.generalised:
        text = as_lines(trace(five, record_id))
        assert "tj-vahdat\n" not in text
        assert "tj-vahdat " not in text
        assert " N, " not in text


def test_a_record_that_is_no_more_says_what_became_of_it(own):
    append(
        own,
        "changes",
        date="2026-01-02",
        record_id="OLD-1",
        attribute="record",
        old="An old clash",
        new=f"merged: {KAVO}",
        reason="one event",
    )
    append(
        own,
        "changes",
        date="2026-01-03",
        record_id="OLD-2",
        attribute="record",
        old="A wrong one",
        new="withdrawn",
        reason="a mistake",
    )
    merged, gone = run("OLD-1", "--data", own), run("OLD-2", "--data", own)
    assert merged.exit_code == gone.exit_code == 0
    assert f"panjmap trace {KAVO}" in merged.stdout
    assert "One event" in merged.stdout
    assert "withdrawn" in gone.stdout.lower()
    assert json.loads(run("OLD-1", "--data", own, "--json").stdout)["ended"]["into"] == KAVO
    assert "OLD-1" not in run("OLD-1", "--data", own, "--json").stderr
    assert "An old clash" in run(KAVO, "--data", own).stdout


def test_what_a_table_holds_reaches_no_terminal_as_a_control_character(own):
    path = own / "records.csv"
    path.write_text(
        path.read_text("utf-8").replace("Clash with three people at Kavo", "Clash \x1b[31m at Kavo"), "utf-8"
    )
    assert "\x1b" not in run(KAVO, "--data", own).stdout


def test_no_passage_of_a_generalised_record_is_quoted(five):
    claims = five.published.tables.claims
    checks = {
        c.claim_id: ClaimCheck(
            c.claim_id, c.report_id, c.record_id, c.attribute, 0, 1, "ok", "agrees", "number", "", "", "a [passage]"
        )
        for c in claims
    }
    plain = {claim.quote for one in trace(five, KAVO, None, checks).shown for claim in one.claims}
    assert plain == {"a [passage]"}
    for record_id in five.published.generalised:
        found = [claim for one in trace(five, record_id, None, checks).shown for claim in one.claims]
        assert found
        assert {(claim.checked, claim.quote) for claim in found} == {("agrees", None)}


def test_with_the_texts_each_claim_says_whether_it_agrees_and_quotes_only_if_asked():
    shared = os.environ.get("PANJMAP_SHARED")
    folder = Path(shared) / "reports" if shared else None
    if folder is None or not folder.is_dir():
        pytest.skip("PANJMAP_SHARED names no folder with the texts of the five reports")
    plain = json.loads(run(KAVO, "killed", "--reports", folder, "--json").stdout)
    (claim,) = plain["shown"][0]["claims"]
    assert (claim["checked"], claim["quote"]) == ("agrees", None)
    quoted = json.loads(run(KAVO, "killed", "--reports", folder, "--quotes", "--json").stdout)
    assert "[" in quoted["shown"][0]["claims"][0]["quote"]
    protected = json.loads(run("TJ-AF-2025-M-RAIDS", "--reports", folder, "--quotes", "--json").stdout)
    assert {c["quote"] for one in protected["shown"] for c in one["claims"]} == {None}


def test_a_trace_is_read_from_the_scene_alone(five):
    assert read_trace(KAVO).lines == as_lines(trace(five, KAVO))
