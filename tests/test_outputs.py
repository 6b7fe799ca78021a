"""What is written is whole or not written, where it was asked for; what is printed moves no cursor."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from panjmap.data.errors import OutputError, PlaceError
from panjmap.data.files import replace_files
from panjmap.data.tables import PACKAGED, read_tables
from panjmap.geo.gazetteer import Gazetteer
from panjmap.render.phrases import LABEL_LENGTH, map_label
from panjmap.render.write import write_map


def test_if_one_of_two_files_cannot_be_replaced_the_other_is_left_alone(tmp_path):
    (tmp_path / "map.html").write_text("old", "utf-8")
    (tmp_path / "manifest.json").mkdir()
    with pytest.raises(OutputError, match="it is a folder"):
        replace_files({tmp_path / "map.html": b"new", tmp_path / "manifest.json": b"new"})
    assert (tmp_path / "map.html").read_text("utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["manifest.json", "map.html"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_or_device_is_not_replaced_by_a_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError, match="no plain file"):
        replace_files({tmp_path / "pipe": b"new"})
    assert (tmp_path / "pipe").is_fifo()


def test_links_in_a_circle_are_said_to_be_that(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OutputError):
        replace_files({tmp_path / "a": b"new"})


#: Names that are refused, with what is said of them; others are written as they are.
UNFIT = {
    "../evil.html": "leads out",
    "a/../../evil": "leads out",
    "CON.html": "device",
    "nul": "device",
    "a\0.html": "control character",
    "a\nb.html": "control character",
    "name \u202elmth.html": "direction of reading",
    "x" * 300 + ".html": "too long",
    ".html": "hidden",
    "-rf": "taken for an option",
    "~/.x": "no shell",
    "C:\\x.html": "Windows",
    "file:///x": "address",
    "map?.html": "Windows",
    "map.html.": "Windows",
}


@pytest.mark.parametrize("name", UNFIT)
def test_a_name_that_leaves_hides_or_cannot_be_copied_is_refused(tmp_path, monkeypatch, name):
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    with pytest.raises(OutputError, match=UNFIT[name]) as caught:
        write_map(Path(name))
    assert str(caught.value).count("Fix: ") == 1
    assert [path.name for path in tmp_path.rglob("*")] == ["in"]


@pytest.mark.parametrize(
    "words", [("build",), ("export", "--format", "csv"), ("figure",), ("export", "--format", "ged")]
)
def test_every_command_refuses_such_a_name_before_it_works(panjmap, tmp_path, words):
    (tmp_path / "in").mkdir()
    done = panjmap(*words, "--out", "../evil.png" if "figure" in words else "../evil.csv", cwd=tmp_path / "in")
    assert (done.returncode, done.stdout) == (1, "")
    assert "leads out" in done.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["in"]


@pytest.mark.parametrize("name", ["кавказ.html", "map.html/", "a b.html", "new/map.html"])
def test_any_other_name_is_written(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    replace_files({Path(name): b"new"})
    assert Path(name.rstrip("/")).read_bytes() == b"new"


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").write_text("old", "utf-8")
    (tmp_path / "map.html").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match=r"it is a link, to .*elsewhere"):
        replace_files({tmp_path / "map.html": b"new"})
    assert (tmp_path / "elsewhere").read_text("utf-8") == "old"
    assert (tmp_path / "map.html").is_symlink()


@pytest.mark.parametrize("name", ["", "manifest.json"])
def test_the_map_needs_a_name_of_its_own(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="cannot be written"):
        write_map(Path(name))
    assert list(tmp_path.iterdir()) == []


def test_control_characters_and_odd_bytes_do_not_reach_the_terminal(panjmap):
    done = panjmap("build", "--data", "/no\x1b[31m/such\x07")
    assert done.returncode == 1
    assert "\x1b" not in done.stderr
    assert "/no\ufffd[31m/such\ufffd" in done.stderr


def test_json_is_utf8_whatever_the_locale_and_the_query(panjmap):
    odd = os.fsdecode(b"\xff\xfeKavo")
    done = panjmap(
        "places", "--json", odd, "Кабул", env={"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    )
    assert done.returncode == 0, done.stderr
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["candidates"][0]["place_id"] == "kavok"
    assert "\ufffd" in first["query"]
    assert second["query"] == "Кабул"


def test_a_country_that_is_none_is_an_error_and_no_empty_answer():
    gazetteer = Gazetteer.from_tables(read_tables(PACKAGED))
    with pytest.raises(PlaceError, match="Atlantis: is no country"):
        gazetteer.lookup("Kavo", country="Atlantis")
    assert gazetteer.lookup("Kavo", country="tj") == gazetteer.lookup("Kavo", country="Tajikistan")


def test_a_label_is_cut_where_a_name_is_endless():
    from page_case import scene_of

    def endless(tables):
        named = (p.model_copy(update={"name": "x" * 2000}) for p in tables.places)
        return tables._replace(places=tuple(named))

    made = scene_of(endless)
    lines = [line for row in made.rows if row.drawn for line in map_label(row, made.evidence[row.record_id])]
    assert max(map(len, lines)) <= LABEL_LENGTH + 1
