"""What a page shows, read as a person reads it: tables by caption, and words without markup."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from django.test import Client

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class _Reader(HTMLParser):
    """Builds a tree of a page that closes what it opens."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeBuilder()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.tree.end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        self.tree.data(data)


def signed_in(user: Any) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client


def shown(response: Any) -> Element:
    """Return a page that answered 200."""
    assert response.status_code == 200, response.status_code
    return tree_of(response.content.decode())


def tree_of(html: str) -> Element:
    """Return a page as a tree."""
    reader = _Reader()
    reader.feed(html)
    return reader.tree.close()


def words_of(element: Element) -> str:
    """Return the words of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def main_of(response: Any) -> str:
    """Return the words of a page's main part."""
    main = shown(response).find(".//main")
    assert main is not None
    return words_of(main)


def hidden_of(response: Any, name: str) -> str:
    """Return what a page's hidden field holds; AssertionError where there is none."""
    for field in shown(response).iter("input"):
        if field.get("type") == "hidden" and field.get("name") == name:
            return field.get("value", "")
    raise AssertionError(f"no hidden field {name}")


def table_of(response: Any, caption: str) -> list[list[str]]:
    """Return the rows of the table whose caption begins so; AssertionError where there is none."""
    for table in shown(response).iter("table"):
        heading = table.find("caption")
        if heading is not None and words_of(heading).startswith(caption):
            return [[words_of(cell) for cell in row] for row in table.findall("tbody/tr")]
    raise AssertionError(f"No table is called {caption!r}.")


def headings_of(response: Any, caption: str) -> list[str]:
    """Return the headings of the table whose caption begins so."""
    for table in shown(response).iter("table"):
        heading = table.find("caption")
        if heading is not None and words_of(heading).startswith(caption):
            return [words_of(cell) for cell in table.findall("thead/tr/*")]
    raise AssertionError(f"No table is called {caption!r}.")


def links_of(response: Any) -> list[str]:
    """Return every address that a page links to."""
    return [link.get("href", "") for link in shown(response).iter("a")]


def labels_of(response: Any, name: str) -> list[str]:
    """Return the labels of the options of one question."""
    page = shown(response)
    ids = {box.get("id") for box in page.iter("input") if box.get("name") == name}
    return [words_of(label) for label in page.iter("label") if label.get("for") in ids]
