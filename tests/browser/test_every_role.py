"""The sign-in page. Where each role gets from there is in test_every_page."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.roles import ROLES

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def fits(page: Page) -> None:
    """Fail where the whole page scrolls sideways."""
    assert page.evaluate(WIDER) <= 0, f"{page.url} is wider than its window."


def test_the_sign_in_page(page: Page, axe: Callable[[Page], None]) -> None:
    """Offers every role of the demonstration."""
    page.goto("/sign-in/")
    offered = page.locator("main input[type=hidden][name=username]").all()
    assert sorted(one.input_value() for one in offered) == sorted(ROLES)
    axe(page)
    fits(page)
