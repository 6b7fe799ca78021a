"""Shared fixtures: a built map, and a browser that loads one file, blocks everything else and keeps a record of it."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from chromium import BROWSERS, FLAGS, installed_browser
from hypothesis import settings
from playwright.sync_api import TimeoutError as BrowserTimeout
from playwright.sync_api import sync_playwright

from panjmap.data.intake.source import Source, SourceRow, read_source
from panjmap.data.limits import in_force, limits
from panjmap.data.tables import PACKAGED

#: WCAG 2.0 to 2.2, levels A and AA, and axe's best practices.
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
READY_MS = 15_000

# A busy machine is no fault: no example has a time limit. The suite is the same every time: the same examples, and none
# remembered. ``HYPOTHESIS_PROFILE=fuzz`` looks further, at others each time (``make fuzz FUZZ_EXAMPLES=20000``).
settings.register_profile("suite", settings.default, deadline=None, derandomize=True, database=None)
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "500"))
settings.register_profile("fuzz", settings.default, deadline=None, max_examples=EXAMPLES, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder with material that cannot be in the repository: the reports' texts, reference boundaries."""
    folder = os.environ.get("PANJMAP_SHARED")
    if not folder:
        pytest.skip("PANJMAP_SHARED does not name the folder with the reports' texts and the reference boundaries")
    return Path(folder)


@pytest.fixture(scope="session")
def panjmap() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command as a user would, in a process of its own; ``env`` and ``cwd`` as in ``subprocess.run``."""

    def run(*words: str | Path, env: dict[str, str] | None = None, **options: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from panjmap.cli import main; main(prog_name='panjmap')", *map(str, words)]
        surroundings = {**os.environ, "PYTHONUTF8": "1", **(env or {})}
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", env=surroundings, check=False, **options
        )

    return run


@pytest.fixture(scope="session")
def built_map(tmp_path_factory: pytest.TempPathFactory, panjmap: Callable[..., Any]) -> Path:
    """Build the map of the packaged tables once, and return the path of the page."""
    out = tmp_path_factory.mktemp("built") / "map.html"
    done = panjmap("build", "--out", out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def golden() -> Callable[[str, str], None]:
    """Compare a text with a file that a person has looked at; PANJMAP_RENEW_GOLDEN=1 writes the file instead."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if os.environ.get("PANJMAP_RENEW_GOLDEN") == "1":
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        # Line by line, so that a failure shows the lines that differ.
        assert text.splitlines() == path.read_text(encoding="utf-8").splitlines()

    return compare


@dataclass(slots=True)
class Visit:
    """A page that was opened, and everything it tried to do besides showing itself."""

    page: Any
    requests: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)
    csp_violations: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        """Fail on any request, console error, uncaught exception or violation of the page's own policy."""
        assert self.requests == []
        assert self.console_errors == []
        assert self.page_errors == []
        assert self.csp_violations == []


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start the installed browser once; without one skip aloud, or fail where PANJMAP_REQUIRE_BROWSER is 1."""
    path = installed_browser()
    if path is None:
        message = f"no browser found (looked for {', '.join(BROWSERS)})"
        if os.environ.get("PANJMAP_REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def page_at(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Open a file, or HTML given as text, at a size: ``page_at(path_or_html, 1400, 900, dark=False, js=True)``.

    No request besides the file itself and those of ``frames`` gets through, and each is kept in the visit. ``address``
    is what follows the file's own. Further keywords go to Playwright's ``new_context``.
    """
    contexts: list[Any] = []

    def visit(
        path_or_html: Path | str,
        width: int = 1400,
        height: int = 900,
        *,
        dark: bool = False,
        js: bool = True,
        address: str = "",
        frames: Sequence[Path] = (),
        **context: Any,
    ) -> Visit:
        path = path_or_html
        if isinstance(path, str):
            path = tmp_path / f"page{len(contexts)}.html"
            path.write_text(path_or_html, encoding="utf-8", newline="\n")
        opened = browser.new_context(
            **{
                "viewport": {"width": width, "height": height},
                "color_scheme": "dark" if dark else "light",
                "java_script_enabled": js,
                "reduced_motion": "reduce",
                "locale": "en-GB",
                **context,
            }
        )
        contexts.append(opened)
        seen = Visit(opened.new_page())
        _watch(seen, {own.as_uri() for own in (path, *frames)})
        seen.page.goto(path.as_uri() + address, wait_until="load")
        if js and seen.page.locator("#panjmap-page").count():
            # Our page says when it is drawn. One that never does is judged by its errors.
            with contextlib.suppress(BrowserTimeout):
                seen.page.wait_for_selector("html[data-ready]", state="attached", timeout=READY_MS)
        return seen

    yield visit
    for context in contexts:
        context.close()


def _watch(visit: Visit, own: set[str]) -> None:
    """Let nothing but ``own`` through, and keep what the page tries, says and breaks."""

    def gate(route: Any) -> None:
        if re.split("[?#]", route.request.url)[0] in own:
            route.continue_()
        else:
            route.abort()

    def requested(request: Any) -> None:
        url = re.split("[?#]", request.url)[0]
        if url not in own and not url.startswith(("data:", "blob:")):
            visit.requests.append(url)

    def said(message: Any) -> None:
        if message.type == "error":
            visit.console_errors.append(message.text)
            if "Content Security Policy" in message.text:
                visit.csp_violations.append(message.text)

    visit.page.context.route("**/*", gate)
    visit.page.context.on("request", requested)
    visit.page.on("console", said)
    visit.page.on("pageerror", lambda error: visit.page_errors.append(str(error)))
    visit.page.context.expose_binding("reportPolicyViolation", lambda _source, text: visit.csp_violations.append(text))
    visit.page.add_init_script(
        "addEventListener('securitypolicyviolation', e => window.reportPolicyViolation("
        "e.violatedDirective + ' ' + e.blockedURI + ' line ' + e.lineNumber + ' ' + e.sample), true)"
    )


@pytest.fixture
def axe() -> Callable[[Visit], list[str]]:
    """Return a check of a visit's page with axe-core: one line a broken rule and element, none if all is well."""
    from axe_playwright_python.base import AXE_SCRIPT

    def violations(visit: Visit) -> list[str]:
        visit.page.evaluate(AXE_SCRIPT)
        found = visit.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
            list(AXE_TAGS),
        )
        return [
            f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: {node['html'][:160]}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    return violations


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the packaged tables, to be spoilt."""
    for file in PACKAGED.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


@pytest.fixture
def edit(folder: Path) -> Callable[..., None]:
    """Change cells of one row of a copied table; row 1 is the header."""

    def change(table: str, row: int, **cells: str) -> None:
        path = folder / f"{table}.csv"
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        for column, value in cells.items():
            rows[row - 1][rows[0].index(column)] = value
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows(rows)
        path.write_text(stream.getvalue(), encoding="utf-8", newline="")

    return change


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., tuple[Source, list[SourceRow], list[str]]]:
    """Return (source, its rows, problems as text without the name) of a file with these bytes, under some limits."""

    def run(content: bytes | str, name: str = "a.csv", **bounds: int) -> tuple[Source, list[SourceRow], list[str]]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        with in_force(replace(limits(), **bounds)):
            source = read_source(path)
            rows = list(source.rows)
        assert {problem.level for problem in source.problems} <= {"error", "warning"}
        assert all(problem.expected and problem.fix for problem in source.problems)
        return source, rows, [str(problem).removeprefix(f"{path}") for problem in source.problems]

    return run
