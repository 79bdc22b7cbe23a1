"""A data officer gives a report's columns their meaning, and imports it, at both widths."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

Check = Callable[[Page], None]
SignIn = Callable[[Page, str], None]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ON_PLANS = """
SELECT r.key, p.started_on FROM casework_protectionplan p JOIN sources_sourcereference r
ON r.kind = 'child' AND r.target_id = p.child_id AND NOT p.withdrawn ORDER BY p.id LIMIT 2
"""


def the_report(demonstration: Path, folder: Path) -> Path:
    """Write a report of core groups of two children on plans, with a title and a total."""
    with sqlite3.connect(demonstration / "evenhand.sqlite3") as database:
        rows = database.execute(ON_PLANS).fetchall()
    lines = [f"{key},{day},Yes" for key, day in rows]
    path = folder / "core-groups.csv"
    text = "Core groups,,\nPerson ID,Date of meeting,Quorate\n" + "\n".join([*lines, "Total,2,"])
    path.write_text(text + "\n", encoding="utf-8")
    return path


def looked_at(page: Page, axe: Check, heading: str) -> None:
    """Wait for the page of a heading, and check it as it stands."""
    page.get_by_role("heading", level=1, name=heading).wait_for()
    axe(page)
    assert page.evaluate(WIDER) <= 0


def test_core_groups_are_mapped_and_imported(
    page: Page, sign_in: SignIn, axe: Check, demonstration: Path, tmp_path: Path
) -> None:
    path = the_report(demonstration, tmp_path)
    sign_in(page, "data-officer")
    page.goto("/imports/")
    page.get_by_role("link", name="Reports of the case system").click()
    page.get_by_role("button", name="Map a report").click()
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_label("What is one row?").select_option("A core group meeting")
    looked_at(page, axe, "Map a report")
    page.get_by_role("button", name="Look at its columns").click()
    looked_at(page, axe, "What the columns mean")
    assert page.get_by_label("The child's number").input_value() == "Person ID"
    assert page.get_by_label("The day").input_value() == "Date of meeting"
    page.get_by_role("button", name="Show how rows would be taken").click()
    page.get_by_text("How the first rows would be taken").wait_for()
    looked_at(page, axe, "What the columns mean")
    assert page.get_by_text("Would be taken", exact=True).count() == 2
    page.get_by_role("button", name="Save").click()
    looked_at(page, axe, "Reports of the case system")
    assert "Saved." in page.inner_text("main")

    page.goto("/imports/new/")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Import these files").click()
    looked_at(page, axe, "core-groups.csv")
    assert "3 rows were read and merged." in page.inner_text("main")


def test_a_folder_is_watched(page: Page, sign_in: SignIn, axe: Check, width: int) -> None:
    sign_in(page, "data-officer")
    page.goto("/imports/folders/")
    page.get_by_role("button", name="Watch a folder").click()
    looked_at(page, axe, "Watch a folder")
    page.get_by_label("Which folder?").fill(f"case-{width}")
    page.get_by_label("Whose files come into it?").select_option("ssd")
    page.get_by_role("button", name="Watch this folder").click()
    looked_at(page, axe, "Folders")
    assert f"case-{width}" in page.inner_text("main")
    page.get_by_role("button", name=f"Stop watching case-{width}").click()
    page.get_by_text("Nothing more is expected").wait_for()
