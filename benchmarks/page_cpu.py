"""What the page costs a browser's main thread: its first drawing, a brush drag and a change of filter.

CPU time of the main thread as Chromium counts it (``Performance.getMetrics`` in thread ticks), script, style, layout
and paint together. The five-report page is loaded from its file, then a page with 1,000 made-up records is brushed and
filtered step by step, two frames a step; what the same two frames cost without a change is measured in the same run
and taken off. Prints medians and 95th percentiles. Wanted: first drawing at most 300 ms; a step at most 16 ms median
and 50 ms at the 95th percentile.
"""

from __future__ import annotations

import gzip
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from made_up import write_many
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
from chromium import FLAGS, installed_browser

ROUNDS = 7
STEPS = 60
RECORDS = 1000
COMMAND = "from panjmap.cli import main; main()"
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def build(out: Path, *words: str) -> None:
    """Build a map as a user would."""
    subprocess.run(  # noqa: S603, our own command
        [sys.executable, "-c", COMMAND, "build", "--out", str(out), *words], check=True, stderr=subprocess.DEVNULL
    )


class Meter:
    """A page with a clock that runs only while its main thread works; milliseconds."""

    def __init__(self, browser: Any, width: int, height: int) -> None:  # noqa: ANN401 - playwright's browser
        self.page = browser.new_page(viewport={"width": width, "height": height})
        self._session = self.page.context.new_cdp_session(self.page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def now(self) -> float:
        """Main-thread CPU time so far."""
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")

    def open(self, path: Path) -> float:
        """Load a map and return what it cost until everything was drawn."""
        before = self.now()
        self.page.goto(path.as_uri(), wait_until="load")
        self.page.wait_for_selector("html[data-ready]", state="attached", timeout=60_000)
        self.page.evaluate(FRAMES)
        return self.now() - before

    def steps(self, act: Callable[[int], object]) -> list[float]:
        """Cost of each of many steps, two frames each."""
        costs = []
        for number in range(STEPS):
            before = self.now()
            act(number)
            self.page.evaluate(FRAMES)
            costs.append(self.now() - before)
        return costs


def drag(meter: Meter) -> Callable[[int], object]:
    """Drag the left handle of the timeline with the mouse, to and fro over its whole length."""
    handle = meter.page.locator("#timeline [role=slider]").first
    handle.scroll_into_view_if_needed()
    at, frame = handle.bounding_box(), meter.page.locator("#timeline").bounding_box()
    x, y, reach = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2, frame["width"] * 0.8
    meter.page.mouse.move(x, y)
    meter.page.mouse.down()
    return lambda number: meter.page.mouse.move(x + reach * (1 - abs(1 - 2 * number / STEPS)), y)


def filters(meter: Meter) -> Callable[[int], object]:
    """Switch one type after the other on and off."""
    types = meter.page.evaluate("panjmap.store.facets[0].values.map(value => value.id)")
    change = "types => panjmap.store.setFilter('type', types)"
    return lambda number: meter.page.evaluate(change, [] if number % 2 else [types[number // 2 % len(types)]])


def report(name: str, costs: list[float], wanted: str) -> None:
    """Print one line."""
    ordered = sorted(costs)
    high = ordered[round(0.95 * (len(ordered) - 1))]
    print(f"{name:44} {statistics.median(ordered):6.1f} ms median {high:6.1f} ms p95  (wanted: {wanted})")


def measurements(browser: Any, five: Path, many: Path) -> Iterator[tuple[str, list[float], str]]:  # noqa: ANN401
    """Run everything: (name, costs in ms, what is wanted)."""
    for width, height in ((1400, 900), (360, 640)):
        costs = []
        for _ in range(ROUNDS):
            meter = Meter(browser, width, height)
            costs.append(meter.open(five))
            meter.page.close()
        yield f"first drawing, five reports, {width} px", costs, "median 300"
    meter = Meter(browser, 1400, 900)
    yield f"first drawing, {RECORDS:,} records", [meter.open(many)], "not stated"
    idle = statistics.median(meter.steps(lambda _number: meter.page.evaluate("0")))
    yield "two frames without a change (taken off below)", [idle], "not stated"
    for name, make in (("brush drag", drag), ("change of filter", filters)):
        costs = [max(0.0, cost - idle) for cost in meter.steps(make(meter))]
        meter.page.mouse.up()
        meter.page.evaluate("panjmap.store.clear()")
        yield f"{name}, {RECORDS:,} records", costs, "median 16, p95 50"


def main() -> None:
    """Build both pages, measure, print."""
    path = installed_browser()
    if path is None:
        sys.exit("no Chrome or Chromium found: install one to measure the page")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "data").mkdir()
        write_many(folder / "data", RECORDS)
        build(folder / "five.html")
        build(folder / "many.html", "--data", str(folder / "data"))
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))
        for line in measurements(browser, folder / "five.html", folder / "many.html"):
            report(*line)
        for file, wanted in (("five", "750 and 320"), ("many", "not stated")):
            page = (folder / f"{file}.html").read_bytes()
            sizes = f"{len(page) / 1000:.0f} kB raw, {len(gzip.compress(page, 9, mtime=0)) / 1000:.0f} kB gzipped"
            print(f"{file}.html {sizes}  (wanted: {wanted})")


if __name__ == "__main__":
    main()
