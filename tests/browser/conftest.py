"""A real browser over the real program, with a made-up authority in it.

``page`` is opened at both widths on ``site``, Islehaven as `evenhand demo` serves it; each test
process has a copy of its own. A page that logs an error, or asks another machine for anything,
fails its test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import fasteners
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.shapes import shape_of
from tests.browser.walking import DESKTOP, HEIGHT, PHONE, WIDER
from tools import browser as browser_tools

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the tests' thread.

expect.set_options(timeout=30_000)  # as long as any step may take: a slow machine is no fault

CHILDREN = "80"
LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
MADE_OF = "document.querySelector('main').outerHTML"
WIDTHS = {"desktop": DESKTOP, "phone": PHONE}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def environment_of(data: Path) -> dict[str, str]:
    """Return an environment with nothing of Evenhand's set but the folder for its data."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVENHAND_", "DJANGO_"))}
    return {**kept, "EVENHAND_DATA": str(data)}


@pytest.fixture(scope="session")
def demonstration(run_folder: Path, empty_databases: Path) -> Path:
    """Return the folder of a finished demonstration, made once for all processes of the run."""
    data = run_folder / "demonstration"
    with fasteners.InterProcessLock(run_folder / "demonstration.lock"):
        if not (data / "ready").exists():
            shutil.copytree(empty_databases, data)
            making = [
                sys.executable,
                "-m",
                "evenhand",
                "demo",
                "--no-serve",
                "--children",
                CHILDREN,
            ]
            done = subprocess.run(
                making, env=environment_of(data), capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
            (data / "ready").touch()
    return data


@pytest.fixture(scope="session")
def site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the demonstration, served from this process's own copy of it."""
    with served_copy(demonstration, tmp_path_factory.mktemp("site")) as address:
        yield address


@contextmanager
def served_copy(demonstration: Path, folder: Path) -> Iterator[str]:
    """Serve a copy of the demonstration, made in a folder: its address, as long as it is served."""
    data = shutil.copytree(demonstration, folder / "data")
    with browser_tools.demonstration(environment_of(data)) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a Chromium that is on this machine."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(**browser_tools.launch_options())
        yield running
        running.close()


@pytest.fixture(params=WIDTHS.values(), ids=WIDTHS.keys())
def width(request: pytest.FixtureRequest) -> int:
    """Return a desktop's width, then a phone's."""
    return request.param


@pytest.fixture
def open_page(browser: Browser, width: int) -> Iterator[Callable[[str], Page]]:
    """Return a function from a site's address to a new page there, which may say nothing wrong."""
    complaints: list[str] = []
    contexts = []

    def opened(address: str) -> Page:
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": HEIGHT}, locale="en-GB"
        )
        contexts.append(context)
        # Not a route: Playwright would fetch every style and script anew for each page.
        context.on("request", lambda asked: watch(asked.url, address))
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and complain(page, said.text))
        page.on("pageerror", lambda fault: complain(page, str(fault)))
        return page

    def complain(page: Page, words: str) -> None:
        complaints.append(f"{page.url}: {words}")

    def watch(url: str, address: str) -> None:
        if not url.startswith((address, "data:")):
            complaints.append(f"The page asked another machine for {url}.")

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(open_page: Callable[[str], Page], site: str) -> Page:
    """Return a page of the demonstration, at each width in turn. Its addresses begin with /."""
    return open_page(site)


@pytest.fixture
def sign_in() -> Callable[[Page, str], None]:
    """Return a function that signs a page in as a role."""
    return browser_tools.sign_in


@pytest.fixture(scope="session")
def passed(run_folder: Path) -> Path:
    """Return the folder in which all processes of the run note the shapes that axe has passed."""
    folder = run_folder / "shapes"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def axe(passed: Path) -> Callable[[Page], None]:
    """Return a function that fails on what WCAG 2.2 AA refuses, in words one can act on.

    A page that differs only in its words, or in where the navigation leads, from one that passed
    is not looked at again; of the rows and items of a list that are made alike, two are.
    """

    def checked(page: Page) -> None:
        page.wait_for_load_state()  # a link that was just followed may have shown a part only
        size = page.viewport_size
        assert size is not None
        known = passed / shape_of(page.evaluate(MADE_OF), size["width"])
        if not known.exists():
            looked_at(page)
            known.touch()

    def looked_at(page: Page) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        violations = page.evaluate(LOOK, {"runOnly": STANDARDS, "resultTypes": ["violations"]})
        assert not violations, f"{page.url}\n" + "\n".join(map(_in_words, violations))

    return checked


@pytest.fixture
def look(axe: Callable[[Page], None]) -> Callable[[Page], None]:
    """Return a function that fails where a page is wrong on a desktop or on a phone."""

    def looked(page: Page) -> None:
        page.wait_for_load_state()
        for size in (PHONE, DESKTOP):
            page.set_viewport_size({"width": size, "height": HEIGHT})
            assert page.evaluate(WIDER) <= 0, f"{page.url} is wider than {size}."
            axe(page)

    return looked


def _in_words(violation: dict) -> str:
    places = [
        f"    at {' '.join(map(str, node['target']))}\n      {node['failureSummary']}"
        for node in violation["nodes"][:5]
    ]
    return f"  {violation['id']}: {violation['help']}\n" + "\n".join(places)
