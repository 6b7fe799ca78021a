"""The watch over a page must see what it is there to see, or every quiet page proves nothing."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title>{head}</head><body>{body}</body></html>'
)
STRICT = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; img-src data:\">"


def test_a_plain_page_is_quiet(page_at, axe):
    visit = page_at(PAGE.format(head="", body="<main><h1>Hello</h1></main>"))
    visit.assert_quiet()
    assert axe(visit) == []


def test_a_request_is_seen_and_blocked(page_at):
    visit = page_at(
        PAGE.format(head="", body='<img src="https://example.org/a.png" alt=""><script>fetch("b.json")</script>')
    )
    visit.page.wait_for_timeout(50)
    assert "https://example.org/a.png" in visit.requests
    assert visit.console_errors


@pytest.mark.parametrize("js", [True, False])
def test_a_policy_violation_is_seen(page_at, js):
    visit = page_at(PAGE.format(head=STRICT, body='<p style="color:red">x</p>'), js=js)
    visit.page.wait_for_timeout(50)
    assert visit.csp_violations


def test_an_exception_is_seen(page_at):
    visit = page_at(PAGE.format(head="", body="<script>setTimeout(() => { throw new Error('lost') })</script>"))
    visit.page.wait_for_timeout(50)
    assert any("lost" in error for error in visit.page_errors)


def test_axe_runs_under_a_strict_policy_and_finds_faults(page_at, axe):
    visit = page_at(PAGE.format(head=STRICT, body='<img src="data:,"><h1>x</h1>'))
    assert any(line.startswith("image-alt") for line in axe(visit))


def test_size_scheme_and_scripts_are_as_asked(page_at):
    body = (
        "<noscript>plain</noscript><script>document.title = matchMedia('(prefers-color-scheme: dark)').matches</script>"
    )
    dark = page_at(PAGE.format(head="", body=body), 360, 640, dark=True)
    assert dark.page.title() == "true"
    assert dark.page.viewport_size == {"width": 360, "height": 640}
    assert "plain" in page_at(PAGE.format(head="", body=body), js=False).page.inner_text("body")
