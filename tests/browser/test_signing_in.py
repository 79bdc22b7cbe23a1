"""Signing in, in a real browser: words that outlast a session, and a second step set up."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS

SignIn = Callable[[Page, str], None]
TYPED = "Turned away at the door, <b>twice</b>:\nonce in March & once “today”."


@pytest.mark.parametrize("width", [WIDTHS["phone"]])
def test_what_is_typed_outlasts_the_session(
    open_page: Callable[[str], Page], site: str, sign_in: SignIn, axe: Callable[[Page], None]
) -> None:
    """Type, the session ends from elsewhere, submit, sign in: the words are in the form."""
    page, elsewhere = open_page(site), open_page(site)
    sign_in(page, "equality-lead")
    page.goto("/equality/concerns/new/")
    page.fill("[name=what_happened]", TYPED)
    page.fill("[name=received_on]", "1/11/2026")

    sign_in(elsewhere, "equality-lead")
    elsewhere.goto("/account/")
    axe(elsewhere)
    elsewhere.get_by_role("button", name="Sign out everywhere").click()
    elsewhere.wait_for_url("**/sign-in/")

    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/sign-in/**")
    expect(page.locator("main")).to_contain_text("What you typed is kept for you")
    axe(page)
    page.fill("[name=username]", "equality-lead")
    page.fill("[name=password]", "islehaven-demo")
    page.get_by_role("button", name="Show password").click()
    expect(page.locator("form:has([name=password]) [name=password]").first).to_have_attribute(
        "type", "text"
    )
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("concern")
    expect(page.locator("[name=what_happened]")).to_have_value(TYPED)
    expect(page.locator("[name=received_on]")).to_have_value("1/11/2026")
    expect(page.locator("main")).to_contain_text("Your words were kept")
    axe(page)


@pytest.mark.parametrize("width", [WIDTHS["desktop"]])
def test_a_second_step_is_set_up_and_asked_for(
    page: Page, sign_in: SignIn, axe: Callable[[Page], None]
) -> None:
    """The picture is drawn under the strict policy, and the key beside it works."""
    sign_in(page, "complaints-officer")
    page.goto("/account/second-step/")
    box = page.locator("svg path").last.bounding_box()
    assert box is not None
    assert box["width"] > 100
    axe(page)
    key = page.locator("main p code").inner_text().replace(" ", "")
    app = TOTP(base64.b32decode(key), 6, SHA1(), 30)
    now = int(datetime.now(UTC).timestamp())
    page.fill("[name=code]", app.generate(now).decode())
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    axe(page)
    code = page.locator("main li code").first.inner_text()
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_role("button", name="Sign out", exact=True).click()

    page.fill("[name=username]", "complaints-officer")
    page.fill("[name=password]", "islehaven-demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Give the code of your app")
    axe(page)
    page.get_by_role("link", name="You cannot use the app").click()
    page.fill("[name=code]", code)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    expect(page.locator("header")).to_contain_text("Complaints officer")
    page.get_by_role("button", name="Sign out", exact=True).click()

    sign_in(page, "administrator")
    page.goto("/users/")
    page.get_by_role("link", name="Connie Fairweather").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Connie Fairweather")
    axe(page)
    page.get_by_role("link", name="Reset the second step").click()
    page.fill("[name=reason]", "Lost telephone")
    page.get_by_role("button", name="Reset it").click()
    expect(page.locator("main")).to_contain_text("Second step reset")
    axe(page)
