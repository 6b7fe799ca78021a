"""Take the picture of the README from the built map: ``python tools/picture.py output/map.html docs/map.png``."""

from __future__ import annotations

import sys
from pathlib import Path

from chromium import BROWSERS, FLAGS, installed_browser
from playwright.sync_api import sync_playwright

WIDTH, HEIGHT = 1400, 846


def take(page_file: Path, picture: Path) -> None:
    """Show the page in the light scheme, WIDTH x HEIGHT pixels, and write what is seen as PNG."""
    path = installed_browser()
    if path is None:
        sys.exit(f"no browser found (looked for {', '.join(BROWSERS)})")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", reduced_motion="reduce", locale="en-GB"
        )
        page.context.set_offline(True)
        page.goto(page_file.resolve().as_uri(), wait_until="load")
        page.wait_for_selector("html[data-ready]", state="attached")
        page.wait_for_timeout(1000)  # the relief is decoded after that
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]))
