# ruff: noqa: RUF001 (a dash is meant)
"""Going wherever links lead: one page of each kind, and in a browser what is made in a new way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.browser.parts import Looked, faults_of, parts_of
from tests.pages import tree_of, words_of

Check = Callable[[Page], None]
DESKTOP, PHONE = 1280, 390
HEIGHT = 900
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN_ALL = "document.querySelectorAll('details').forEach(each => { each.open = true })"
AFTER_TITLE = " – Evenhand – Islehaven"
ELSEWHERE = {"accounts:sign-in", "accounts:sign-out"}


@dataclass(frozen=True)
class Found:
    """One page: its kind, what is wrong with it, and its words."""

    kind: str
    faults: list[str]
    words: str = ""


def walk(page: Page, check: Check, looked: Looked, *, each_kind: bool) -> Iterator[Found]:
    """Yield one page of each kind that links lead to from home.

    A page of each kind is fetched: the first child, the first standard, the first clause. The
    browser opens it, at both widths, where no page that passed was made of the same parts; and,
    where asked to look at ``each_kind``, where none of its kind was opened.
    """
    waiting, known, titles = ["/"], {"pages:home"}, set[str]()
    while waiting:
        address = waiting.pop(0)
        kind, answer = _kind(address), page.request.get(address)
        if answer.status != 200:
            yield Found(kind, [f"{address} answered {answer.status}."])
            continue
        tree = tree_of(answer.text())
        for path in _links(tree, address):
            if (led := _kind(path)) and led not in known:
                known.add(led)
                waiting.append(path)
        faults = [f"{address} {fault}." for fault in _said(tree, titles)]
        made = parts_of(_main(tree)) | ({kind} if each_kind else set())
        if looked.is_new(made):
            seen = list(_seen(page, address, check))
            if not seen:
                looked.note(made)
            faults += seen
        yield Found(kind, faults, words_of(_body(tree)))


def _links(tree: Element, address: str) -> Iterator[str]:
    for link in tree.iter("a"):
        yield urlsplit(urljoin(address, link.get("href", ""))).path


def _kind(path: str) -> str:
    try:
        found = resolve(path)
    except Resolver404:
        return ""
    return "" if found.view_name in ELSEWHERE else found.view_name


def _main(tree: Element) -> Element:
    main = tree.find(".//main")
    assert main is not None
    return main


def _body(tree: Element) -> Element:
    body = tree.find("body")
    assert body is not None
    return body


def _said(tree: Element, titles: set[str]) -> Iterator[str]:
    """Yield what is wrong with a page's words, whoever looks at it."""
    yield from faults_of(tree)
    if (count := len(list(tree.iter("h1")))) != 1:
        yield f"has {count} headings of the first level"
    title = tree.findtext("head/title") or ""
    if not title.endswith(AFTER_TITLE) or title.startswith(AFTER_TITLE):
        yield f"is titled {title!r}"
    if title in titles:
        yield f"has the title of another page: {title!r}"
    titles.add(title)
    words = words_of(_main(tree))
    yield from (f"says {wrong!r}" for wrong in ("{{", "{%", "NaN") if wrong in words)
    if any(len(body) == 0 for body in tree.iter("tbody")):
        yield "has a table without a row and without a word"


def _seen(page: Page, address: str, check: Check) -> Iterator[str]:
    """Yield what is wrong with a page in a browser, on a desktop and on a phone."""
    page.goto(address)
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
