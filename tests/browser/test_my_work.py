"""My work and its pages, on the demonstration: each can be used by everyone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

Check = Callable[[Page], None]
SignIn = Callable[[Page, str], None]


def test_from_the_list_to_a_promise_and_what_can_be_done(
    page: Page, sign_in: SignIn, axe: Check
) -> None:
    """A late promise is opened from the list; its steps, the reasons and reminders stand."""
    sign_in(page, "team-manager")
    page.goto("/my-work/?whose=team&section=late")
    axe(page)
    page.locator("a[href^='/my-work/child/']").first.click()
    axe(page)
    for step in ("Say why it was not kept", "Agree a pause", "Leave it until later"):
        page.get_by_role("link", name=step).click()
        axe(page)
        page.go_back()
    for address in ("/my-work/reminders/", "/my-work/not-kept/", "/policy/law/"):
        page.goto(address)
        axe(page)


def test_one_young_person_who_leaves_care(page: Page, sign_in: SignIn, axe: Check) -> None:
    """The page says how they stand, on which facts, and is reached from the list."""
    sign_in(page, "director")
    page.goto("/leaving-care/")
    page.locator("table a[href^='/leaving-care/']").first.click()
    axe(page)
    expect(page.locator("main")).to_contain_text("The facts used")
