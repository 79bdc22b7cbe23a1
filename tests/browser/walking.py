# ruff: noqa: RUF001 (a dash is meant)
"""Going wherever links lead: one page of each kind, looked at on a desktop and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

Check = Callable[[Page], None]
DESKTOP, PHONE = 1280, 390
HEIGHT = 900
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN_ALL = "document.querySelectorAll('details').forEach(each => { each.open = true })"
ADDRESSES = "[...document.querySelectorAll('a[href]')].map(link => link.href)"
UNSAID = "[...document.querySelectorAll('tbody')].filter(each => !each.rows.length).length"
AFTER_TITLE = " – Evenhand – Islehaven"
ELSEWHERE = {"accounts:sign-in", "accounts:sign-out"}


def walk(page: Page, check: Check) -> Iterator[tuple[str, list[str]]]:
    """Yield the kind of each page that links lead to from home, and what is wrong with it.

    A page of each kind is opened once: the first child, the first standard, the first clause.
    """
    waiting, known, titles = ["/"], {"pages:home"}, set[str]()
    while waiting:
        address = waiting.pop(0)
        answer = page.goto(address)
        assert answer is not None
        if answer.status != 200:
            yield resolve(address).view_name, [f"{address} answered {answer.status}."]
            continue
        for path in page.evaluate(ADDRESSES):
            kind = _kind(urlsplit(path).path)
            if kind and kind not in known:
                known.add(kind)
                waiting.append(urlsplit(path).path)
        faults = list(_faults(page, address, check))
        if page.title() in titles:
            faults.append(f"{address} has the title of another page: {page.title()!r}.")
        titles.add(page.title())
        yield resolve(address).view_name, faults


def _kind(path: str) -> str:
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    return "" if found.view_name in ELSEWHERE else found.view_name


def _faults(page: Page, address: str, check: Check) -> Iterator[str]:
    yield from _said(page, address)
    page.evaluate(OPEN_ALL)
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        over = page.evaluate(WIDER)
        if over > 0:
            yield f"{address} is {over} pixels wider than a window of {width}."
        try:
            check(page)
        except AssertionError as fault:
            yield f"At {width}: {fault}"
    page.set_viewport_size({"width": DESKTOP, "height": HEIGHT})


def _said(page: Page, address: str) -> Iterator[str]:
    if (count := page.locator("h1").count()) != 1:
        yield f"{address} has {count} headings of the first level."
    if not page.title().endswith(AFTER_TITLE) or page.title().startswith(AFTER_TITLE):
        yield f"{address} is titled {page.title()!r}."
    words = page.inner_text("main")
    for wrong in ("{{", "{%", "NaN"):
        if wrong in words:
            yield f"{address} says {wrong!r}."
    if page.evaluate(UNSAID):
        yield f"{address} has a table without a row and without a word."
