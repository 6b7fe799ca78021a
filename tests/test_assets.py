"""Browser files: the right Leaflet or none, nothing that loads from elsewhere, hashes as a browser computes them."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
from pathlib import Path

import pytest

from panjmap.data.errors import AssetError
from panjmap.render import assets


def test_leaflet_is_the_one_that_npm_serves():
    assert "Leaflet 1.9.4" in assets.leaflet_js()[:200]
    assert "sourceMappingURL" not in assets.leaflet_js()
    assert "\r" not in assets.leaflet_js() + assets.leaflet_css()


def test_leaflet_style_loads_nothing():
    css = assets.leaflet_css()
    assert "url(" not in css
    assert "@import" not in css
    assert css.count("{") == css.count("}") > 50
    assert ".leaflet-pane" in css


def test_a_changed_library_is_refused():
    library = dataclasses.replace(assets.LIBRARIES["leaflet"], sha256={"leaflet.js": "0" * 64})
    with pytest.raises(AssetError, match="SHA-256"):
        library.text("leaflet.js")


def test_a_missing_library_is_named():
    library = dataclasses.replace(assets.LIBRARIES["leaflet"], module="no_such_module_here")
    with pytest.raises(AssetError, match="django-js-lib-leaflet"):
        library.text("leaflet.js")
    with pytest.raises(AssetError, match="no_such_file"):
        assets.own("no_such_file.js")


def test_the_licence_text_comes_along():
    (notice,) = assets.notices()
    assert (notice.name, notice.version, notice.licence) == ("Leaflet", "1.9.4", "BSD-2-Clause")
    assert "Redistributions in binary form" in notice.text
    assert "Agafonkin" in notice.text


def test_the_policy_allows_what_is_inline_and_nothing_else():
    digest = base64.b64encode(hashlib.sha256("a é".encode()).digest()).decode()
    assert assets.policy(["a é"], []) == (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'none'; img-src data: blob:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    with_tiles = assets.policy([], [], ["https://b.example", "https://a.example"])
    assert "img-src data: blob: https://a.example https://b.example;" in with_tiles
    assert "unsafe" not in with_tiles


@pytest.mark.parametrize("text", ["x='</script>'", "x='</SCRIPT'", "<!-- x"])
def test_a_script_that_would_end_its_element_is_refused(text):
    with pytest.raises(AssetError):
        assets.policy([text], [])


def test_no_third_party_code_is_in_the_repository():
    folder = Path(assets.__file__).parent / "assets"
    for path in folder.glob("*"):
        assert "leaflet" not in path.name.lower()


@pytest.mark.parametrize(
    "host", ["https://a.example; script-src *", "https://a.example 'unsafe-inline'", "a\nb", "a,b"]
)
def test_no_host_can_end_its_directive(host):
    with pytest.raises(AssetError, match="is no host"):
        assets.policy([], [], [host])
