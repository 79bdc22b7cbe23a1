"""Each role signs in and goes wherever the navigation leads, at both widths."""

from __future__ import annotations

from collections.abc import Callable

import pytest
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


@pytest.mark.parametrize("role", ROLES)
def test_where_the_navigation_leads(
    page: Page,
    role: str,
    sign_in: Callable[[Page, str], None],
    axe: Callable[[Page], None],
) -> None:
    """Each page answers, is clean by axe, fits, and has one heading of the first level."""
    sign_in(page, role)
    links = page.locator("header nav a, nav.moj-primary-navigation a, nav[aria-label] a")
    addresses = {address for link in links.all() if (address := link.get_attribute("href"))}
    for address in [
        "/",
        *sorted(one for one in addresses if one.startswith("/") and "sign-out" not in one),
    ]:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address} answered {answer.status}."
        assert page.locator("h1").count() == 1, address
        axe(page)
        fits(page)
