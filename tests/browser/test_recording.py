"""Writing something down in a real browser: in seconds, and with nothing lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walking import DESKTOP

Check = Callable[[Page], None]
SignIn = Callable[[Page, str], None]
pytestmark = pytest.mark.parametrize("width", [DESKTOP])
MOST_INTERACTIONS = 4


def test_a_phone_message_takes_four_interactions_on_one_page(
    page: Page, sign_in: SignIn, axe: Check
) -> None:
    sign_in(page, "social-worker")
    page.goto("/recorded/form/phone-message/new/")
    axe(page)
    answers = {
        "Who rang?": "Jo Reed",
        "How can they be reached?": "01632 960001",
        "What did they want?": "To know when we visit next.",
    }
    for label, words in answers.items():
        page.get_by_label(label).fill(words)
    page.get_by_role("button", name="Save").click()
    assert len(answers) + 1 <= MOST_INTERACTIONS
    expect(page.get_by_text("Written down.")).to_be_visible()
    expect(page.get_by_text("A phone message is answered")).to_be_visible()
    expect(page.locator("#to-copy")).to_contain_text("Jo Reed rang.")
    axe(page)


def test_what_is_typed_stays_and_questions_follow_from_answers(
    page: Page, sign_in: SignIn, axe: Check
) -> None:
    sign_in(page, "social-worker")
    page.goto("/recorded/form/appointment/new/")
    page.get_by_label("With whom?").fill("Jo Reed")
    asked = page.get_by_text("How were they told that it was cancelled?", exact=True)
    expect(asked).to_have_count(0)
    page.get_by_label("We cancelled it").check()
    expect(asked).to_be_visible()
    expect(page.get_by_label("We cancelled it")).to_be_checked()
    axe(page)
    page.reload()
    expect(page.get_by_label("With whom?")).to_have_value("Jo Reed")
    expect(asked).to_be_visible()
    page.get_by_role("link", name="Begin anew").click()
    expect(page.get_by_label("With whom?")).to_have_value("")
    begins = page.get_by_role("group", name="When is it to begin?")
    begins.get_by_label("Day").fill("11/5/2026")
    begins.get_by_label("Time").fill("10am")
    page.get_by_label("We cancelled it").check()
    page.get_by_label("At the office").check()
    page.get_by_role("button", name="Save").click()  # while what was typed is on its way
    expect(page.get_by_text("Written down.")).to_be_visible()
