"""Asking a child in a real browser: from the worklist to the answer, and back to a shorter list."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_a_social_worker_asks_and_the_line_grows_shorter(
    page: Page, sign_in: Callable[[Page, str], None], axe: Callable[[Page], None]
) -> None:
    """Record two answers of the first child on the list: one given, one declined."""
    sign_in(page, "social-worker")
    page.goto("/children/identity/")
    line = page.locator("main tbody tr").first
    before = line.inner_text()
    asked = "Religion or belief" if "Religion or belief" in before else "First language"
    line.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About me")
    axe(page)
    page.get_by_role("link", name=f"Ask {asked.lower()}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(asked)
    axe(page)

    page.get_by_role("button", name="Save what was said").click()
    expect(page.get_by_role("alert")).to_contain_text("Give an answer, or say below why")
    axe(page)

    page.get_by_label("They would rather not say").check()
    page.get_by_label("The child", exact=True).check()
    page.get_by_role("button", name="Save what was said").click()
    expect(page.locator("main")).to_contain_text(f"Recorded: {asked.lower()}.")
    expect(page.locator("main")).to_contain_text("Would rather not say")
    axe(page)

    page.goto("/children/identity/")
    assert before not in page.locator("main tbody").inner_text()
    axe(page)


def test_an_equality_lead_records_a_concern(
    page: Page, sign_in: Callable[[Page, str], None], axe: Callable[[Page], None]
) -> None:
    """The form is clean with an error on it, and the report counts what was recorded."""
    sign_in(page, "equality-lead")
    page.goto("/equality/concerns/new/")
    page.get_by_role("button", name="Record the concern").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)
    page.get_by_label("Class", exact=True).check()
    page.get_by_label("What happened?").fill("Spoken to slowly and loudly.")
    page.get_by_role("button", name="Record the concern").click()
    expect(page.locator("main")).to_contain_text("None of the nine")
    axe(page)
    for address in ("/equality/concerns/report/", "/equality/concerns/duty/"):
        page.goto(address)
        axe(page)
