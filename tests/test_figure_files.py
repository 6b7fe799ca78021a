"""Files of a figure: metadata, live text, embedded fonts, the same bytes; and what is said when it cannot be drawn."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import subprocess
import sys
from hashlib import sha256
from xml.etree import ElementTree as ET

import pytest
from figure_case import scene_with
from PIL import Image

from panjmap.data.errors import FontError, OptionError
from panjmap.render.figure import figure_bytes
from panjmap.render.figures.fonts import Fonts
from panjmap.render.figures.options import SIZES, FigureOptions

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '$x^2$ \\alpha <script>alert(1)</script> & "quoted" {{7*7}} ${1} %s ]]> \u202e'


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return figure_bytes(scene_with(), FigureOptions(), ["png", "svg", "pdf"])


@pytest.fixture(scope="module")
def svg(files) -> ET.Element:
    return ET.fromstring(files["svg"])  # noqa: S314 - our own text


def test_the_png_is_of_print_resolution_and_carries_its_description(files):
    with Image.open(io.BytesIO(files["png"])) as image:
        assert image.width == round(183 / 25.4 * 300)
        assert [round(number) for number in image.info["dpi"]] == [300, 300]
        assert image.info["Title"].startswith("Reported attacks")
        assert image.info["Description"] == files["alt"].decode().strip()
        assert "Clash with three people at Kavo" in image.info["Comment"]
        assert "Software" not in image.info


def test_the_card_has_the_size_that_social_media_ask_for():
    made = figure_bytes(scene_with(), FigureOptions(size="social"), ["png"])
    with Image.open(io.BytesIO(made["png"])) as image:
        assert image.size == (1200, 630)


def test_the_svg_has_live_text_names_and_a_description(svg, files):
    texts = ["".join(text.itertext()) for text in svg.iter(f"{SVG}text") if text.get("aria-hidden") != "true"]
    assert "Drone strike, 3 killed".replace("3 killed", "3\N{NO-BREAK SPACE}killed") in texts
    assert len(texts) == len([t for t in texts if t.strip()])
    assert svg.get("role") == "img"
    named = {element.get("id"): element.text for element in svg if element.get("id")}
    assert svg.get("aria-labelledby") == "figure-title figure-desc"
    assert named["figure-title"].startswith("Reported attacks")
    assert files["alt"].decode().strip() in named["figure-desc"]
    groups = {group.get("id") for group in svg.iter(f"{SVG}g")}
    assert {"title", "map", "land", "relief", "panj", "locator", "scale", "north", "legend", "notes"} <= groups
    assert {f"record-{drawing.row.record_id}" for drawing in scene_with().drawn} <= groups
    assert not any(re.match(r"(patch|text)_\d", name or "") for name in groups)


def test_the_svg_loads_and_runs_nothing(files):
    text = files["svg"].decode()
    assert "<script" not in text
    assert not re.search(r'href="(?!#|data:image/png)', text)
    assert not re.search(r"\son\w+=", text)


def test_the_pdf_is_one_page_with_embedded_fonts(files):
    pdf = files["pdf"]
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1
    assert b"/FontFile2" in pdf
    assert b"/Type3" not in pdf
    assert b"/CreationDate" not in pdf
    width = float(re.search(rb"/MediaBox \[ ?0 0 ([\d.]+)", pdf)[1])
    assert width == pytest.approx(183 / 25.4 * 72, abs=0.1)


def test_text_of_an_editor_is_text_in_every_format():
    made = figure_bytes(
        scene_with("TJ-AF-2025-11-26-A"), FigureOptions(title=HOSTILE, deck=HOSTILE), ["svg", "pdf", "png"]
    )
    root = ET.fromstring(made["svg"])  # noqa: S314 - our own text
    assert root.find(f".//{SVG}script") is None
    words = "".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert "$x^2$" in words
    assert "{{7*7}}" in words
    assert "\u202e" not in made["svg"].decode()


def test_the_same_input_gives_the_same_bytes_in_another_process_with_another_hash_seed(files, tmp_path):
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from hashlib import sha256\n"
        "from figure_case import scene_with\n"
        "from panjmap.render.figure import figure_bytes\n"
        "from panjmap.render.figures.options import FigureOptions\n"
        "made = figure_bytes(scene_with(), FigureOptions(), ['png', 'svg', 'pdf'])\n"
        "print({name: sha256(data).hexdigest() for name, data in made.items()})\n"
    )
    settings = tmp_path / "matplotlibrc"
    settings.write_text("svg.fonttype: path\nfont.size: 30\naxes.facecolor: red\npath.simplify: True\n")
    surroundings = {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LC_ALL": "C", "MATPLOTLIBRC": str(settings)}
    done = subprocess.run(
        [sys.executable, "-c", program, os.path.dirname(__file__)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **surroundings},
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str({name: sha256(data).hexdigest() for name, data in files.items()})


def test_grey_has_no_hue():
    made = figure_bytes(scene_with(), FigureOptions(grey=True, size="social"), ["png"])
    with Image.open(io.BytesIO(made["png"])) as image:
        red, green, blue = (channel.tobytes() for channel in image.convert("RGB").split())
        assert red == green == blue


def test_a_font_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(FontError, match=r'"DejaVu Sens": not installed; installed and called much the same: .*DejaVu'):
        Fonts(("DejaVu Sens",))


def test_letters_that_no_font_has_are_named():
    with pytest.raises(FontError, match="has no letters for 克") as caught:
        figure_bytes(scene_with("TJ-AF-2025-11-26-A"), FigureOptions(title="塔吉克斯坦"), ["svg"])
    assert "Fix: name an installed font that has them after it, with a comma" in str(caught.value)


def test_the_own_font_is_not_advised_where_it_is_named_already():
    with pytest.raises(FontError, match=r"has them after it, with a comma\.$"):
        figure_bytes(scene_with(), FigureOptions(title="击", font=("STIXGeneral", "DejaVu Sans")), ["svg"])


def test_a_title_of_ones_own_stands_in_description_and_caption():
    made = figure_bytes(scene_with("TJ-AF-2025-11-26-A"), FigureOptions(title="Along the upper Panj"), ["svg"])
    assert made["alt"].decode().startswith("Map: Along the upper Panj. 1 record drawn. ")
    for text in ("long", "caption"):
        assert (
            made[text].decode().startswith("Along the upper Panj. " if text == "caption" else "Along the upper Panj.\n")
        )


def test_what_a_viewer_may_take_instead_is_not_asked_for_here(caplog):
    figure_bytes(scene_with(), FigureOptions(title="Attacks", font=("DejaVu Sans",)), ["svg"])
    assert "not found" not in caplog.text


def test_a_font_without_persian_letters_is_refused_for_persian_names():
    latin_only = next((f for f in ("STIXGeneral", "cmr10") if f in _installed()), None)
    assert latin_only  # comes with matplotlib
    with pytest.raises(FontError, match=f'font "{latin_only}": has no letters for'):
        figure_bytes(scene_with(), FigureOptions(names="fa", font=(latin_only,)), ["svg"])
    figure_bytes(scene_with(), FigureOptions(names="fa", font=(latin_only, "DejaVu Sans")), ["svg"])


def _installed() -> set[str]:
    from matplotlib.font_manager import fontManager

    return set(fontManager.get_font_names())


def test_the_default_font_is_the_one_that_comes_with_matplotlib():
    assert "mpl-data" in str(Fonts().properties(10).get_file())


def test_an_unknown_format_is_refused():
    with pytest.raises(OptionError, match=r'format "gif": not known\. Fix: choose png, svg, pdf'):
        figure_bytes(scene_with("TJ-AF-2025-11-26-A"), FigureOptions(), ["gif"])


@pytest.mark.parametrize("size", SIZES)
def test_words_beside_the_figure_agree_with_it(size):
    made = figure_bytes(scene_with(), FigureOptions(size=size), ["svg"])
    assert len(made["alt"].decode().strip()) <= 250
    assert "Not a complete record" in made["alt"].decode()
    assert made["caption"].decode().count("© OpenStreetMap contributors") == 1


def figure(panjmap, *words, **options):
    return panjmap("figure", *words, **options)


def test_the_command_writes_four_files_and_says_so(panjmap, tmp_path):
    done = figure(panjmap, "--size", "social", "--out", tmp_path / "new" / "card.png")
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in (tmp_path / "new").iterdir()) == [
        "card.alt.txt",
        "card.caption.txt",
        "card.long.txt",
        "card.png",
    ]
    assert "152 × 80 mm" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--out", "x.gif"], '--out "x.gif": its ending tells no format'),
        (["--out", "x.png", "--window", "2020-01-01..2020-12-31"], "no record is known to be inside"),
        (["--out", "x.png", "--window", "yesterday"], "write FROM..TO"),
        (["--out", "x.png", "--window", "2025-12-31..2025-01-01"], "it ends before it starts"),
        (["--out", "x.png", "--window", "2025-13-01.."], "write it as 2025-11-26"),
        (["--out", "x.png", "--bbox", "1,2,3"], "give west,south,east,north"),
        (["--out", "x.png", "--bbox", "nan,2,3,4"], "give west,south,east,north"),
        (["--out", "x.png", "--bbox", "70,39,69,40"], "no box on the earth"),
        (["--out", "x.png", "--bbox", "64,34,65,35"], "no record is known to be inside"),
        (["--out", "x.png", "--bbox", "0,0,5,5"], "reaches beyond the base map"),
        (["--out", "x.png", "--type", "war"], "choose drone_strike"),
        (["--out", "x.png", "--font", "No Such Font"], "not installed"),
        (["--out", "x.png", "--size", "huge"], "'huge' is not one of"),
        (["--out", "x.png", "--options", "none.toml"], "cannot be read"),
        (["--out", "x.png", "--name-field", "NAME"], "add --districts FILE"),
        (["--out", "/dev/full/x.png"], "cannot be written"),
    ],
)
def test_wrong_use_gets_one_clear_message_and_nothing_is_written(panjmap, tmp_path, words, said):
    done = figure(panjmap, *words, cwd=tmp_path)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('size = "wide"', "choose full, column, social"),
        ("sise = 'full'", 'x.toml "sise": not known. Fix: choose size, strip'),
        ("grey = 'yes'", "write true or false"),
        ("window = ['2025-01-01']", "write two days"),
        ("bbox = [1, 2, 3, true]", "write four numbers"),
        ("title = ", "cannot be read"),
        ("hide = 'Vanj'", "write a list"),
    ],
)
def test_a_wrong_line_in_the_options_file_is_named(panjmap, tmp_path, content, said):
    (tmp_path / "x.toml").write_text(content, encoding="utf-8")
    done = figure(panjmap, "--options", tmp_path / "x.toml", "--out", tmp_path / "x.png")
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert sorted(file.name for file in tmp_path.iterdir()) == ["x.toml"]


def test_the_command_line_wins_over_the_options_file(panjmap, tmp_path):
    (tmp_path / "x.toml").write_text('title = "From the file"\nsize = "social"\n', encoding="utf-8")
    done = figure(panjmap, "--options", tmp_path / "x.toml", "--title", "From me", "--out", tmp_path / "x.svg")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "x.svg").read_text(encoding="utf-8")
    assert "From me" in text
    assert "From the file" not in text
    assert 'width="432pt"' in text


def test_an_old_figure_stays_when_the_new_one_fails(panjmap, tmp_path):
    (tmp_path / "x.png").write_bytes(b"old")
    assert figure(panjmap, "--out", tmp_path / "x.png", "--window", "2020-01-01..2020-01-02").returncode == 2
    assert (tmp_path / "x.png").read_bytes() == b"old"


def test_the_alt_text_names_the_window_even_where_many_lie_partly_outside():
    window = (dt.date(2025, 12, 1), dt.date(2025, 12, 31))
    alt = figure_bytes(scene_with(), FigureOptions(window=window), [])["alt"].decode()
    assert "Shown: December 2025." in alt
    assert len(alt) <= 251


def test_a_type_that_nobody_claims_is_answered_with_those_there_are():
    with pytest.raises(OptionError, match=r"types are .*drone_strike"):
        figure_bytes(scene_with(), FigureOptions(types=("shelling",)), [])
