"""Two people let figures by group out, in a real browser: proposed, checked, read as files."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import environment_of
from tests.browser.walking import DESKTOP
from tests.records.pdf_text import words_of
from tools import browser as browser_tools

pytestmark = pytest.mark.parametrize("width", [DESKTOP])  # each page is looked at as on a phone too
HERE = Path(__file__).parent
ROOT = HERE.parents[1]
GIVEN = {"White": "40", "Asian or Asian British": "<5", "All together": "65"}
HIDDEN = "Black, Black British, Caribbean or African"


@pytest.fixture
def data(tmp_path: Path, empty_databases: Path) -> Path:
    """Return the folder of an Evenhand with people to sign in, 40, 20 and 3 children."""
    found = shutil.copytree(empty_databases, tmp_path / "data")
    run(found, "nobody.py")
    run(found, "few.py", "WBRI=40", "BAFR=20", "APKN=3")
    return found


def run(data: Path, script: str, *words: str) -> None:
    """Run a script of this folder over the data."""
    command = [sys.executable, str(HERE / script), *words]
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = settings_of(data) | {"PYTHONPATH": paths}
    subprocess.run(command, env=environment, check=True, cwd=ROOT)


def settings_of(data: Path) -> dict[str, str]:
    """Return the environment of the site."""
    return environment_of(data) | {"EVENHAND_SECOND_STEP": "optional"}


@pytest.fixture
def as_role(
    data: Path, open_page: Callable[[str], Page], sign_in: Callable[[Page, str], None]
) -> Iterator[Callable[[str], Page]]:
    """Return a function that opens a browser of its own for somebody of a role."""
    with browser_tools.served(settings_of(data)) as address:

        def opened(role: str) -> Page:
            page = open_page(address)
            sign_in(page, role)
            return page

        yield opened


def test_two_people_let_a_table_out_and_one_that_would_tell_of_two_children_is_refused(
    data: Path, as_role: Callable[[str], Page], look: Callable[[Page], None]
) -> None:
    """Nobody sees two children come from the table before and after them."""
    lead, director = as_role("equality-lead"), as_role("director")
    proposed(lead, look)
    made = checked(director, look)
    as_files(director, made)
    run(data, "few.py", "WBRI=2")
    refused(lead, made, look)


def proposed(page: Page, look: Callable[[Page], None]) -> None:
    """The equality lead proposes what children need, by ethnic group."""
    page.goto("/monitoring/needs/")
    look(page)
    page.get_by_role("link", name="Release the children we work with, by ethnic group").click()
    page.wait_for_url("**/release/")
    rows = dict(table(page))
    assert rows == GIVEN | {HIDDEN: "Hidden"}
    look(page)
    page.get_by_label("Who are they for?").fill("Public health")
    page.get_by_label("Why are they wanted?").fill("The needs assessment.")
    page.get_by_role("button", name="Propose these figures").click()
    expect(page.locator("main")).to_contain_text("It has not left.")
    look(page)
    assert not page.get_by_role("link", name="CSV").count()


def checked(page: Page, look: Callable[[Page], None]) -> str:
    """The director comes upon it on the first page, checks it and lets it out: its reference."""
    page.goto("/")
    page.get_by_role("link", name="Figures that wait for you to check before they leave: 1").click()
    page.get_by_role("link", name="Children we work with, by ethnic group").click()
    page.get_by_role("button", name="Check them").click()
    expect(page.locator("main")).to_contain_text("no hidden number can be worked out")
    look(page)
    page.get_by_label("Let them out").check()
    page.get_by_role("button", name="Save the decision").click()
    expect(page.locator("main")).to_contain_text("The figures are released")
    look(page)
    return page.url.rstrip("/").rpartition("/")[2]


def as_files(page: Page, made: str) -> None:
    """What is downloaded holds what was shown, and its reference."""
    rows = list(csv.reader(downloaded(page, "CSV").read_text("utf-8-sig").splitlines()))
    numbers = dict(row for row in rows if len(row) == 2 and row[0] in {*GIVEN, HIDDEN})
    assert numbers == GIVEN | {HIDDEN: "[c]"}
    words = words_of(downloaded(page, "PDF").read_bytes())
    for each in ("Children we work with, by ethnic group", made, "Public health", "<5", "[c]"):
        assert each in words, each


def downloaded(page: Page, name: str) -> Path:
    """Return the file that a link gives."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=name, exact=True).click()
    return Path(coming.value.path())


def refused(page: Page, made: str, look: Callable[[Page], None]) -> None:
    """Two more children of one group: what would leave cannot, and why is said."""
    page.goto("/monitoring/needs/ethnicity/release/")
    said = page.locator("main")
    expect(said).to_contain_text("A hidden number could be worked out from these figures together")
    expect(said).to_contain_text(f"“Children we work with, by ethnic group” ({made})")
    expect(said).to_contain_text("Release by the same groups as then, or wait for the next period.")
    page.get_by_label("Who are they for?").fill("The website")
    page.get_by_label("Why are they wanted?").fill("It is asked for.")
    page.get_by_role("button", name="Propose these figures").click()
    expect(page.get_by_role("alert")).to_contain_text("A hidden number could be worked out")
    look(page)


def table(page: Page) -> list[list[str]]:
    """Return the rows of the page's one table."""
    rows = page.locator("main table tbody tr").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]
