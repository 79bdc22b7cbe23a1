"""``make pictures``: photograph the main pages, as each role, at both widths, into docs/pictures.

Serves the demonstration (made first if it is not there) on a free port and drives Chromium over
PAGES. A picture is named NAME-WIDTH.png.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import launch_options

OUT = Path("docs") / "pictures"
WIDTHS = (1280, 390)
PASSWORD = "islehaven-demo"


class Picture(NamedTuple):
    """One page: its picture's name, the role that looks, its address, and a link to follow."""

    name: str
    role: str
    address: str
    follow: str = ""


PAGES = (
    Picture("sign-in", "", "/sign-in/"),
    Picture("home-social-worker", "social-worker", "/"),
    Picture("home-team-manager", "team-manager", "/"),
    Picture("home-reviewing-officer", "reviewing-officer", "/"),
    Picture("home-data-officer", "data-officer", "/"),
    Picture("home-director", "director", "/"),
    Picture("children", "team-manager", "/children/"),
    Picture("child", "social-worker", "/children/", "main a[href^='/children/']"),
    Picture("standards", "director", "/standards/"),
    Picture("identity", "team-manager", "/equality/"),
    Picture("imports", "data-officer", "/imports/"),
)


@contextmanager
def demonstration() -> Iterator[str]:
    """Yield the address of the demonstration, served on a free port."""
    command = [sys.executable, "-m", "evenhand", "demo", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        found = (re.search(r"http://\S+:\d+", line) for line in server.stdout)
        yield next(each.group() for each in found if each)
    finally:
        server.terminate()
        server.wait()


def sign_in(page: Page, role: str) -> None:
    """Sign in with the demonstration's password."""
    page.goto("/sign-in/")
    page.fill("[name=username]", role)
    page.fill("[name=password]", PASSWORD)
    page.click("form:has([name=password]) button[type=submit]")
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def photograph(browser: Browser, site: str, picture: Picture, width: int) -> Path:
    """Take one picture of the whole page and return its file."""
    viewport = {"width": width, "height": 900}
    context = browser.new_context(base_url=site, viewport=viewport, locale="en-GB")
    page = context.new_page()
    if picture.role:
        sign_in(page, picture.role)
    answer = page.goto(picture.address)
    if answer is None or not answer.ok:
        raise SystemExit(f"{picture.address} did not answer {picture.role or 'anybody'}.")
    if picture.follow:
        page.click(picture.follow)
        page.wait_for_load_state()
    file = OUT / f"{picture.name}-{width}.png"
    page.screenshot(path=file, full_page=True, animations="disabled")
    context.close()
    return file


def main(names: list[str]) -> int:
    """Photograph all PAGES, or those of ``names``."""
    OUT.mkdir(parents=True, exist_ok=True)
    chosen = [picture for picture in PAGES if not names or picture.name in names]
    with demonstration() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for picture in chosen:
            for width in WIDTHS:
                print(photograph(browser, site, picture, width))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
