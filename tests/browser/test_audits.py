"""A half-year of audits on Islehaven: from the timetable to the report that people must read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.walking import DESKTOP

pytestmark = pytest.mark.parametrize("width", [DESKTOP])  # each page is looked at as on a phone too
Look = Callable[[Page], None]
SEEN = "Seen in the notes of September."
FOUND = "Nobody wrote down what the child said."


def main_of(page: Page) -> Locator:
    return page.locator("main")


def follows(page: Page, words: str) -> None:
    """Follow the first link of the page that says so."""
    main_of(page).get_by_role("link", name=words).first.click()
    page.wait_for_load_state()


def presses(page: Page, words: str) -> None:
    main_of(page).get_by_role("button", name=words).click()
    page.wait_for_load_state()


def test_from_the_timetable_to_the_six_monthly_report(
    page: Page, sign_in: Callable[[Page, str], None], look: Look
) -> None:
    """Files are drawn, one is audited, what it found is raised, and a report leaves with what it
    recommends."""
    sign_in(page, "quality-assurance")
    page.goto("/audits/")
    look(page)
    to_draw(page)
    draws(page, look)
    audits(page, look)
    raises(page, look)
    reports(page, look)


def to_draw(page: Page) -> None:
    """Go to draw three files of a team that has more than three to draw from."""
    beside = main_of(page).locator("table").filter(has_text="Unannounced").first
    waiting = beside.locator("tbody tr").filter(has=page.locator(".eh-state--open"))
    slots = waiting.locator("a[href*='/audits/slot/']")
    places = [slot.get_attribute("href") or "" for slot in slots.all()]
    for place in places:
        page.goto(place)
        if not main_of(page).get_by_role("link", name="Draw the files").count():
            continue
        follows(page, "Draw the files")
        page.get_by_label("Each file is as likely as another").check()
        page.get_by_label("How many files?").fill("3")
        page.get_by_label("Also files that were audited lately").check()
        presses(page, "Show how many fit")
        if "a share is known to within" in main_of(page).inner_text():
            return
    pytest.fail("No team has more than three files to draw from.")


def draws(page: Page, look: Look) -> None:
    """Three files by chance; the list can be drawn again, and one is given to an auditor."""
    look(page)
    presses(page, "Draw the files")
    expect(main_of(page).locator("table").first.locator("tbody tr")).to_have_count(3)
    look(page)
    follows(page, "Draw this list again")
    expect(main_of(page)).to_contain_text("It is the same list")
    page.go_back()
    follows(page, "Give files to an auditor")
    page.get_by_label("1. ").check()
    page.get_by_label("Who audits them?").select_option(label="Quinn Meadow")
    presses(page, "Give them")
    expect(page.locator("body")).to_contain_text("Given to Quinn Meadow.")


def audits(page: Page, look: Look) -> None:
    """What the record answers stands folded; grades are the auditor's, with what shows them."""
    page.goto("/audits/mine/")
    look(page)
    main_of(page).locator("tr", has_text="Not begun").get_by_role("link").first.click()
    look(page)
    presses(page, "Begin")
    panel = main_of(page).locator("details", has_text="What the record itself answers").first
    panel.locator("summary").click()
    expect(panel).to_contain_text("Confirm one, or say what is not so")
    for good in main_of(page).get_by_label("Good", exact=True).all():
        good.check()
    for words in main_of(page).locator("textarea").all():
        words.fill(SEEN)
    look(page)
    presses(page, "Save")
    presses(page, "Finish it")
    presses(page, "It is done")
    expect(page.locator("body")).to_contain_text("Done. Copies are on their way.")
    look(page)


def raises(page: Page, look: Look) -> None:
    """What is not good enough is somebody's to answer for, and says so until it is."""
    follows(page, "Raise what you found")
    look(page)
    page.get_by_label("Poor practice").check()
    main_of(page).locator("textarea").fill(FOUND)
    presses(page, "Raise it")
    expect(main_of(page)).to_contain_text("action missing")
    look(page)


def reports(page: Page, look: Look) -> None:
    """A report is drawn up in one go, edited, and leaves only to those who must have it."""
    today: str = page.evaluate(
        "new Date().toLocaleDateString('en-GB', {timeZone: 'Europe/London'})"
    )
    page.goto("/audits/reports/new/")
    page.get_by_label("Six-monthly report of audits").check()
    page.get_by_label("From which day?").fill(f"1/1/{today[-4:]}")
    page.get_by_label("To which day?").fill(f"31/12/{today[-4:]}")
    presses(page, "Draw it up")
    expect(main_of(page)).to_contain_text("Unannounced look at recent recording")
    look(page)
    follows(page, "Change the words")
    page.get_by_label("What we learnt").fill("Children's own words are too seldom written down.")
    presses(page, "Save")
    expect(main_of(page)).to_contain_text("Children's own words are too seldom written down.")
    follows(page, "Recommend something")
    page.get_by_label("What is to be done?").fill("Teach how to write down what a child says")
    page.get_by_label("Who answers for it?").fill("service-manager")
    presses(page, "Add it")
    follows(page, "Publish it")
    look(page)
    page.get_by_label("Team managers").uncheck()
    presses(page, "Publish it")
    expect(main_of(page)).to_contain_text("There is a problem")
    page.get_by_label("Team managers").check()
    presses(page, "Publish it")
    expect(main_of(page)).to_contain_text("Teach how to write down what a child says")
    look(page)
