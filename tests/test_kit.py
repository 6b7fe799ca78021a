"""The kit: one folder with everything an author needs, all or nothing, and nothing of the author's is overwritten."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import struct
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from docx import Document
from kill_case import forked, steps
from page_case import scene_of
from payloads import hostile
from white_png import png

from panjmap.commands import shared
from panjmap.data.csv_text import BOM, unguarded
from panjmap.data.errors import FontError, KitFolderError, OutputError, PanjmapError
from panjmap.data.staging import STAGING
from panjmap.render import kit
from panjmap.render.descriptions import ALT_LENGTH, describe
from panjmap.render.incident_table import incidents
from panjmap.render.kit import CONTENTS, FIGURES, kit_files, write_kit
from panjmap.render.prepare import read_scene
from panjmap.render.scene import Scene


def drawn(_made, _options, formats):
    """Stands in for drawing, which takes seconds."""
    return {form: png(8, 8) for form in (*formats, "alt", "long", "caption")}


@pytest.fixture(scope="module")
def scene() -> Scene:
    return read_scene()


@pytest.fixture(scope="module")
def files(scene) -> dict[str, bytes]:
    return kit_files(scene, draw=drawn)


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(kit, "_drawer", lambda: drawn)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_kit_holds_what_it_says(files):
    assert list(files) == list(CONTENTS)
    assert all(files.values())
    assert {f"{stem}.{form}" for stem, _, _, formats in FIGURES for form in formats} <= files.keys()


def test_the_map_is_the_one_that_build_writes(files, built_map):
    assert files["map.html"] == built_map.read_bytes()
    assert files["embed.html"] != files["map.html"]


def test_the_readme_names_every_file_and_what_must_stay(files, scene):
    text = files["README.md"].decode()
    for name in CONTENTS:
        assert f"| `{name}` | " in text
    named = set(re.findall(r"`([\w-]+\.(?:png|svg|pdf|txt|html|docx|bib|csv|md|tex))`", text))
    assert named <= set(CONTENTS)
    assert "Not a complete record. Nothing here is independently verified." in text
    assert "OpenStreetMap contributors" in text
    assert f"`{scene.version}`" in text
    assert "$" not in text


def test_checksums_are_those_of_the_files(files):
    lines = files["SHA256SUMS"].decode().splitlines()
    found = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert found == {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"}


def test_the_texts_are_those_of_the_figures(files, scene):
    assert files["alt-text.txt"].decode() == f"{describe(scene).alt}\n"
    assert len(files["alt-text-strip.txt"].decode().strip()) <= ALT_LENGTH
    assert files["description.txt"].decode() == describe(scene).long
    assert files["caption-strip.txt"].decode().startswith("The river, unrolled. Reported attacks")
    (shape,) = Document(io.BytesIO(files["report.docx"])).inline_shapes
    assert shape._inline.docPr.get("descr") == describe(scene).alt
    for name, data in files.items():
        if name.endswith((".txt", ".md", ".tex", ".cff", ".bib")) or name == "SHA256SUMS":
            assert b"\r" not in data
            assert data.endswith(b"\n")


def test_the_snippet_names_files_of_the_kit(files):
    named = re.findall(r'(?:src|href)="([\w.-]+)', files["snippet.html"].decode())
    assert named
    assert set(named) <= set(CONTENTS)


def test_the_table_of_the_spreadsheet_is_that_of_the_page(files, scene):
    text = files["incidents.csv"].decode()
    assert text.startswith(BOM)
    read = list(csv.DictReader(io.StringIO(text.removeprefix(BOM), newline="")))
    for line, row in zip(read, incidents(scene), strict=True):
        assert line["Record"] == row.record_id
        assert (line["Killed"], line["Injured"], line["Who was killed"]) == (row.killed, row.injured, row.who)
        assert unguarded(line["What"]) == row.title


def test_no_cell_of_the_spreadsheet_starts_a_formula():
    odd = scene_of(hostile)
    text = kit_files(odd, draw=drawn)["incidents.csv"].decode().removeprefix(BOM)
    read = list(csv.DictReader(io.StringIO(text, newline="")))
    cells = [cell for line in read for cell in line.values()]
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@\t\r]", cell)]
    assert [unguarded(line["What"]) for line in read] == [row.title for row in incidents(odd)]


def test_the_same_tables_give_the_same_kit(files):
    assert kit_files(read_scene(), draw=drawn) == files


def test_each_figure_is_drawn_once_and_each_step_is_told(scene):
    asked, told = [], []

    def draw(made, options, formats):
        asked.append(options)
        return drawn(made, options, formats)

    kit_files(scene, tell=lambda *step: told.append(step), draw=draw)
    assert len(asked) == len(set(asked)) == len(FIGURES)
    assert [at for at, _, _ in told] == list(range(1, len(FIGURES) + 4))
    assert {of for _, of, _ in told} == {len(told)}


def test_the_readme_of_a_kit_without_counts_has_no_gap():
    empty = scene_of(lambda tables: tables._replace(records=(), claims=(), record_places=()))
    text = kit_files(empty, draw=drawn)["README.md"].decode()
    assert "\n\n\n" not in text
    assert "four are undated.\n\nThis folder has" in text


def test_all_figures_take_the_fonts_that_are_asked_for(scene):
    asked = []

    def draw(made, options, formats):
        asked.append(options.font)
        return drawn(made, options, formats)

    kit_files(scene, font=("DejaVu Sans", "Noto Sans"), draw=draw)
    assert asked == [("DejaVu Sans", "Noto Sans")] * len(FIGURES)


def test_the_command_takes_fonts_and_refuses_one_that_is_not_there(tmp_path, panjmap):
    done = panjmap("kit", tmp_path / "kit", "--font", "DejaVu Sans, No Such Font")
    assert done.returncode == 1
    assert 'font "No Such Font": not installed' in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("quick")
def test_a_kit_is_written_into_a_new_or_an_empty_folder_and_over_itself(tmp_path, files):
    new, empty, hidden = tmp_path / "a" / "new", tmp_path / "empty", tmp_path / "hidden"
    empty.mkdir()
    (hidden / ".git").mkdir(parents=True)
    write_kit(hidden)
    for folder in (new, empty, new):
        written = write_kit(folder)
        assert contents(folder) == files
        assert str(written).startswith(f"{folder}: {len(CONTENTS)} files, ")
    (new / "figure.png").unlink()
    (new / "my-article.docx").write_bytes(b"mine")
    write_kit(new)
    assert contents(new) == files | {"my-article.docx": b"mine"}


@pytest.mark.usefixtures("quick")
def test_nothing_of_the_authors_is_overwritten(tmp_path, files):
    own = tmp_path / "own"
    own.mkdir()
    (own / "README.md").write_text("my own notes", encoding="utf-8")
    with pytest.raises(KitFolderError, match="it is not empty and holds no kit; nothing was written"):
        write_kit(own)
    assert contents(own) == {"README.md": b"my own notes"}
    made = tmp_path / "made"
    write_kit(made)
    (made / "caption.txt").write_text("a better caption", encoding="utf-8")
    with pytest.raises(KitFolderError, match=r"not as the kit was made: caption\.txt; nothing was written"):
        write_kit(made)
    assert contents(made) == files | {"caption.txt": b"a better caption"}


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("sums", [b"", b"\xff\xfe\x00", b"0" * 64 + b"  README.md\n"])
def test_a_list_of_sums_that_is_not_a_kits_makes_no_kit(tmp_path, sums):
    (tmp_path / "SHA256SUMS").write_bytes(sums)
    with pytest.raises(KitFolderError, match="holds no kit"):
        write_kit(tmp_path)
    assert contents(tmp_path) == {"SHA256SUMS": sums}


@pytest.mark.usefixtures("quick")
def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "kit").write_bytes(b"mine")
    with pytest.raises(KitFolderError, match="it is no folder; nothing was written"):
        write_kit(tmp_path / "kit")
    with pytest.raises(OutputError, match="cannot be written"):
        write_kit(tmp_path / "kit" / "below")
    assert contents(tmp_path) == {"kit": b"mine"}


@pytest.mark.usefixtures("quick")
def test_a_folder_that_cannot_be_written_to_is_refused_before_anything_is_drawn(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(kit, "kit_files", lambda *_, **__: pytest.fail("something was made"))
    for folder in (tmp_path, tmp_path / "new"):
        with pytest.raises(OutputError, match="cannot be written"):
            write_kit(folder)


def test_a_figure_that_cannot_be_drawn_leaves_the_folder_as_it_was(tmp_path, monkeypatch):
    def fail(*_):
        raise FontError("Noto Naskh Arabic", "it is not installed", "install it")

    monkeypatch.setattr(kit, "_drawer", lambda: fail)
    with pytest.raises(PanjmapError):
        write_kit(tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels."""
    return struct.unpack(">II", data[16:24])


def test_the_command_draws_everything_and_says_so_to_a_person_only(tmp_path, panjmap, scene):
    done = panjmap("kit", tmp_path / "kit", env={"TZ": "Asia/Dushanbe", "PYTHONHASHSEED": "1"})
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(rf".*kit: {len(CONTENTS)} files, [\d.]+ MB\nStart with .*README\.md\n", done.stdout)
    made = contents(tmp_path / "kit")
    assert set(made) == set(CONTENTS)
    assert (
        size_of(made["figure.png"])[0] == size_of(made["figure-grey.png"])[0] == pytest.approx(183 / 25.4 * 300, abs=2)
    )
    assert size_of(made["figure-column.png"])[0] == pytest.approx(89 / 25.4 * 300, abs=2)
    assert size_of(made["figure-social.png"]) == (1200, 630)
    assert made["figure.png"] != made["figure-grey.png"]
    with zipfile.ZipFile(io.BytesIO(made["report.docx"])) as archive:
        assert archive.read("word/media/image1.png") == made["figure.png"]
    for name, said in (("figure", describe(scene)), ("strip", describe(scene, "strip"))):
        assert escape(said.alt) in made[f"{name}.svg"].decode()
        for form, start in (("png", b"\x89PNG"), ("pdf", b"%PDF-"), ("svg", b"<?xml")):
            assert made[f"{name}.{form}"].startswith(start)


@pytest.mark.parametrize("person", [True, False])
def test_steps_are_told_to_a_person_a_line_each(person, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: person)
    shared.progress(3, 12, "river strip")
    assert capsys.readouterr().err == (" 3 of 12: river strip\n" if person else "")


def test_a_folder_without_tables_is_named(tmp_path, panjmap):
    done = panjmap("kit", tmp_path / "kit", "--data", tmp_path)
    assert done.returncode == 1
    assert str(tmp_path) in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_kit_that_was_killed_between_its_files_is_completed_by_the_next_run(quick, tmp_path):
    folder = tmp_path / "kit"
    write_kit(folder)
    gone = ("caption.txt", "map.html")  # files of a kit may be taken away; they are made again
    for name in gone:
        (folder / name).unlink()
    names = steps(write_kit, folder)
    for name in gone:
        (folder / name).unlink()
    last = [nth for nth, name in enumerate(names, 1) if name == "replace"][-1]
    assert os.WIFSIGNALED(forked(write_kit, folder, last))
    assert (folder / STAGING / "commit").exists()
    write_kit(folder)
    assert set(contents(folder)) == set(CONTENTS)
