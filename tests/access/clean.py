"""What no page may hold: anything inline that a strict policy refuses, and addresses that tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

NAMED = re.compile(r"(?i)harbourlight|quillfeather|\bada\b|tray|20(12|15)-0[36]-01|01/0[36]/20")
"""The names and days of birth of the made-up children of the walk."""
ADDRESSES = {"href", "src", "action", "formaction", "hx-get", "hx-post", "data"}
FILES = (b"%PDF", b"PK")
"""How a PDF and a workbook begin: what is packed in them reads as anything."""
NOT_CODE = {"application/json", "text/template"}


class _Inline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.code = tag == "script" and "src" not in given and "nonce" not in given
        for name, value in given.items():
            self.found.extend(_of_attribute(tag, name, value))
        if tag == "style" and "nonce" not in given:
            self.found.append("<style>")

    def handle_data(self, data: str) -> None:
        if self.code and data.strip():
            self.found.append(f"<script>{data.strip()[:40]}")

    def handle_endtag(self, tag: str) -> None:
        self.code = False


def _of_attribute(tag: str, name: str, value: str) -> Iterator[str]:
    if name == "style" or name.startswith(("on", "hx-on")):
        yield f"{tag} {name}={value[:40]}"
    if name in ADDRESSES and value.strip().lower().startswith(("javascript:", "vbscript:")):
        yield f"{tag} {name}={value[:40]}"
    if name in ADDRESSES and (NAMED.search(value) or _outside(value)):
        yield f"{tag} {name} leads to {value}"


def _outside(address: str) -> bool:
    """Say whether a link carries a search's words; those go by POST and are named by a token."""
    query = dict(parse_qsl(urlsplit(address).query))
    return not urlsplit(address).netloc and bool({"words", "q", "name", "dob", "upn"} & set(query))


def faults_of(page: bytes) -> list[str]:
    """Return everything on a page that must not be there; none for what is no page."""
    if page.startswith(FILES):
        return []
    reader = _Inline()
    reader.feed(page.decode("utf-8", "replace"))
    return reader.found
