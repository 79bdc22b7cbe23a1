"""Sends a form as bytes, so that it can hold what no browser would send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import urlencode

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.test import Client

TYPED = {"text", "search", "email", "tel", "number", "url"}
"""Boxes that are written in; what is only chosen comes back as what may be chosen."""

FORM = "application/x-www-form-urlencoded"


def encoded(given: Mapping[str, object]) -> str:
    """Return a form as it goes over the wire; a lone surrogate as its three bytes."""
    pairs = [
        (name, value)
        for name, values in given.items()
        for value in (values if isinstance(values, list | tuple) else [values])
    ]
    return urlencode([(n, str(v).encode("utf-8", "surrogatepass")) for n, v in pairs])


def send(client: Client, where: str, given: Mapping[str, object]) -> HttpResponse:
    """Send a form; one with a file as its browser would."""
    if any(isinstance(value, UploadedFile) for value in given.values()):
        plain = {
            name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
            for name, value in given.items()
        }
        return client.post(where, plain)
    return client.generic("POST", where, encoded(given), FORM)


class _Answers(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.writing = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        typed = tag == "textarea" or (tag == "input" and given.get("type", "text") in TYPED)
        if name and typed:
            self.found.setdefault(name, given.get("value", ""))
        self.writing = name if tag == "textarea" else ""

    def handle_data(self, data: str) -> None:
        if self.writing:
            self.found[self.writing] += data

    def handle_endtag(self, tag: str) -> None:
        self.writing = ""


def answers_of(page: HttpResponse) -> dict[str, str]:
    """Return the questions of a page's forms, each with what stands in it; of a file, none."""
    if not page.headers.get("Content-Type", "").startswith("text/html"):
        return {}
    reader = _Answers()
    reader.feed(page.content.decode())
    return {name: value.removeprefix("\n") for name, value in reader.found.items() if name}


def chunks(values: tuple[str, ...], size: int) -> Iterator[tuple[str, ...]]:
    """Yield values a few at a time, without end."""
    place = 0
    while True:
        yield tuple(values[(place + step) % len(values)] for step in range(size))
        place += size
