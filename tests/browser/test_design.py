# ruff: noqa: RUF001 (a dash is meant)
"""Every component in a real browser, under the strict content security policy, at both widths."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

GALLERY = Path(__file__).resolve().parents[1] / "design" / "gallery.py"
Opener = Callable[[str], Page]


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    """Return the address of the page that shows every component."""
    server = subprocess.Popen([sys.executable, str(GALLERY)], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()


@pytest.mark.parametrize(
    "where", ["/", "/paper/", "/error/403/", "/error/404/", "/error/429/", "/error/500/"]
)
def test_everyone_can_use_it(
    gallery: str, open_page: Opener, axe: Callable[[Page], None], where: str
) -> None:
    page = open_page(gallery)
    page.goto(where)
    axe(page)


def test_nothing_is_wider_than_the_screen(gallery: str, open_page: Opener) -> None:
    page = open_page(gallery)
    page.goto("/")
    widths = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert widths[0] == widths[1]


def test_errors_are_announced_and_lead_to_their_answers(
    gallery: str, open_page: Opener, axe: Callable[[Page], None]
) -> None:
    page = open_page(gallery)
    page.goto("/")
    page.get_by_label("Day we asked").fill("31/2/2026")
    page.get_by_role("button", name="Save", exact=True).click()
    summary = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_visible()
    expect(page).to_have_title("Error: Every component – Evenhand – Islehaven Children's Services")
    axe(page)
    summary.get_by_role("link", name="What is the child's religion").click()
    expect(page.get_by_label("Christian")).to_be_focused()
    summary.get_by_role("link", name="Day we asked must be a real date").click()
    expect(page.get_by_label("Day we asked")).to_be_focused()
    expect(page.get_by_label("Day we asked")).to_have_value("31/2/2026")


def test_the_menu_opens_on_a_phone_and_stands_on_a_desktop(
    gallery: str, open_page: Opener, width: int
) -> None:
    page = open_page(gallery)
    page.goto("/")
    link = page.get_by_role("navigation", name="Menu").get_by_role("link", name="Standards")
    if width < 640:
        expect(link).to_be_hidden()
        page.get_by_role("button", name="Menu").click()
    expect(link).to_be_visible()


def test_a_table_keeps_its_headings_on_a_phone(gallery: str, open_page: Opener, width: int) -> None:
    page = open_page(gallery)
    page.goto("/")
    table = page.get_by_role("table", name="Who is waiting")
    expect(table.get_by_role("columnheader", name="Due")).to_have_count(1)
    expect(table.get_by_role("rowheader", name="Amara Obi")).to_be_visible()
    label = table.get_by_role("cell").first.evaluate("c => getComputedStyle(c, '::before').content")
    assert ("Promise" in label) == (width < 640)


def test_figures_of_a_chart_open_as_a_table(gallery: str, open_page: Opener) -> None:
    page = open_page(gallery)
    page.goto("/")
    chart = page.get_by_role("figure").filter(has_text="Reviews held in time rose")
    expect(chart.get_by_role("img")).to_be_visible()
    chart.get_by_text("The figures as a table").click()
    expect(chart.get_by_role("row", name="Mar 2026 not known not known")).to_be_visible()


def test_none_of_these_unticks_the_others(gallery: str, open_page: Opener) -> None:
    page = open_page(gallery)
    page.goto("/")
    page.get_by_label("Somali").check()
    page.get_by_label("None of these").check()
    expect(page.get_by_label("Somali")).not_to_be_checked()


def test_what_htmx_brings_is_woken(gallery: str, open_page: Opener) -> None:
    page = open_page(gallery)
    page.goto("/")
    page.get_by_role("button", name="Bring a question").click()
    expect(page.locator("#there").get_by_text("You have 500 characters").first).to_be_visible()


def test_the_ministrys_components_are_woken_where_used(gallery: str, open_page: Opener) -> None:
    page = open_page(gallery)
    page.goto("/")
    expect(page.get_by_role("link", name="Two")).to_be_hidden()
    page.get_by_role("button", name="Actions").click()
    expect(
        page.get_by_role("link", name="Two").or_(page.get_by_role("button", name="Two"))
    ).to_be_visible()


def test_without_scripts_all_is_there(gallery: str, browser: Browser, width: int) -> None:
    context = browser.new_context(
        base_url=gallery, java_script_enabled=False, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    page.goto("/")
    menu = page.get_by_role("navigation", name="Menu")
    expect(menu.get_by_role("link", name="Standards")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    context.close()
