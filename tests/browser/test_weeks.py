"""A week of a social worker, a team manager and a senior practitioner on Islehaven."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.walking import DESKTOP

pytestmark = pytest.mark.parametrize("width", [DESKTOP])  # each page is looked at as on a phone too
Look = Callable[[Page], None]


def main_of(page: Page) -> Locator:
    return page.locator("main")


def follows(page: Page, words: str) -> None:
    """Follow the first link of the page that begins so."""
    main_of(page).get_by_role("link", name=words).first.click()
    page.wait_for_load_state()


def saves(page: Page, words: str = "Save") -> None:
    main_of(page).get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state()


def line_of(page: Page, words: str) -> Locator:
    """The first row of the page's table that says so."""
    return main_of(page).locator("tbody tr").filter(has_text=words).first


def test_a_social_workers_week(
    page: Page, sign_in: Callable[[Page, str], None], look: Look
) -> None:
    """A message is taken and answered from the list; a referrer is told; what lacks is added."""
    sign_in(page, "social-worker")
    look(page)
    follows(page, "Write something down")
    follows(page, "Phone message")
    page.get_by_label("Who rang?").fill("Jo Reed, the school nurse")
    saves(page)
    expect(main_of(page)).to_contain_text("A phone message is answered")
    look(page)

    page.goto("/my-work/")
    look(page)
    appointment = line_of(page, "A failed appointment is rearranged")
    expect(appointment).to_contain_text("Late")
    appointment.get_by_role("link", name="Say when").click()
    page.get_by_label("When was a new date agreed?").fill(today(page))
    saves(page)
    expect(main_of(page)).to_contain_text("kept late")
    page.goto("/my-work/")
    expect(line_of(page, "A failed appointment is rearranged")).to_have_count(0)

    page.goto("/children/")
    main_of(page).locator("table a[href^='/children/']").first.click()
    follows(page, "Write something down")
    look(page)
    follows(page, "Telling the referrer")
    page.get_by_label("When was the referrer told the outcome?").fill(today(page))
    look(page)
    saves(page)
    expect(main_of(page)).to_contain_text("The referrer is told the outcome")


def today(page: Page) -> str:
    """The day on the page's line "As at", as it is typed."""
    told: str = page.evaluate("new Date().toLocaleDateString('en-GB', {timeZone: 'Europe/London'})")
    return told


def test_a_team_managers_week(page: Page, sign_in: Callable[[Page, str], None], look: Look) -> None:
    """The team's work, the riskiest first; a referral is decided; good practice is passed on."""
    sign_in(page, "team-manager")
    page.goto("/my-work/")
    follows(page, "My people's")
    look(page)
    late = line_of(page, "A letter or e-mail is answered in full")
    expect(late).to_contain_text("Late")
    late.get_by_role("link", name="A letter or e-mail is answered in full").click()
    look(page)

    page.goto("/eligibility/")
    look(page)
    waiting = line_of(page, "Not decided yet")
    waiting.locator("a[href*='/eligibility/advice/']").first.click()
    follows(page, "Write down the decision")
    look(page)
    page.get_by_label("Tier 2: realising potential").check()
    page.get_by_label("Who decided it?").fill("Haru Harbour")
    page.get_by_label("When was it decided?").fill(today(page))
    saves(page)
    expect(main_of(page)).to_contain_text("Tier 2: realising potential")
    expect(main_of(page)).to_contain_text("missing")
    look(page)

    page.goto("/performance/practice/")
    main_of(page).get_by_text("Note good practice").first.click()
    page.wait_for_url("**/practice/new/")
    look(page)


def test_a_senior_practitioners_week(
    page: Page, sign_in: Callable[[Page, str], None], look: Look
) -> None:
    """What is late; a view, unclear as it is, is written down; the month is signed off."""
    sign_in(page, "social-worker")
    page.goto("/transitions/board/")
    look(page)
    expect(main_of(page)).to_contain_text("Of nobody is it unclear")
    late = line_of(page, "Transition review of Year 9")
    name = late.locator("a").first.inner_text()
    late.locator("a").first.click()
    look(page)
    expect(main_of(page)).to_contain_text("No view yet")
    follows(page, "Are the adult service's criteria likely to be met?")
    page.get_by_label("Unclear").check()
    page.get_by_label("Why do you think so?").fill("The school and we see it in different ways.")
    saves(page)
    expect(main_of(page)).to_contain_text("The school and we see it in different ways.")

    page.goto("/transitions/board/")
    look(page)
    expect(line_of(page, name)).to_be_visible()
    expect(main_of(page)).not_to_contain_text("Of nobody is it unclear")
    follows(page, "Sign off this month's board")
    page.get_by_label("What has to be done?").fill("Hold the review of Year 9 this month.")
    saves(page)
    expect(main_of(page)).to_contain_text("Hold the review of Year 9 this month.")
