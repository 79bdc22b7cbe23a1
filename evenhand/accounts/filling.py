"""Put what somebody had typed back into a form, as its page is drawn anew.

The page goes through untouched but for the answers of one form: the one that posts to the address
where the words had been sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

Attributes = dict[str, str | None]
NEVER_FILLED = {"file", "password", "submit", "button", "reset", "image"}
TICKS = {"checkbox", "radio"}
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (the name of a field)


def filled(
    page: str, words: Mapping[str, Sequence[str]], *, path: str, here: str, notice: str = ""
) -> str | None:
    """Return ``page`` with ``words`` in its form that posts to ``path``; None if it has none.

    ``here`` is the page's own address, to which a form without an action posts. ``notice`` is HTML
    to stand first in the page's main part.
    """
    filler = _Filler(words, path=path, here=here, notice=notice)
    filler.feed(page)
    filler.close()
    return "".join(filler.out) if filler.found else None


class _Filler(HTMLParser):
    """Copies a page as it is written, but for the answers of the form sought."""

    def __init__(
        self, words: Mapping[str, Sequence[str]], *, path: str, here: str, notice: str
    ) -> None:
        super().__init__(convert_charrefs=False)
        self.words = {name: list(values) for name, values in words.items() if name != TOKEN}
        self.path, self.here, self.notice = path, here, notice
        self.out: list[str] = []
        self.found = self.inside = self.silent = False
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given, raw = dict(attrs), self.get_starttag_text() or ""
        if tag == "form" and not self.found and self._is_sought(given):
            self.found = self.inside = True
        change = {"input": self._input, "option": self._option}.get(tag)
        self.out.append(change(given, raw) if change and self.inside else raw)
        if tag == "main":
            self.out.append(self.notice)
        elif tag == "select":
            self.select = given.get("name") or ""
        elif tag == "textarea" and self.inside and self.words.get(given.get("name") or ""):
            self.out.append("\n" + escape(self._next(given["name"] or "")))
            self.silent = True

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.silent = False
        elif tag == "form":
            self.inside = False
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")

    def _is_sought(self, form: Attributes) -> bool:
        where = urlsplit(form.get("action") or "").path or self.here
        return (form.get("method") or "").lower() == "post" and where == self.path

    def _input(self, given: Attributes, raw: str) -> str:
        kind, name = (given.get("type") or "text").lower(), given.get("name") or ""
        if kind in TICKS:
            chosen = (given.get("value") or "on") in self.words.get(name, [])
            return _tag("input", given, checked=chosen) if name != TOKEN else raw
        if kind in NEVER_FILLED or not self.words.get(name):
            return raw
        return _tag("input", given | {"value": self._next(name)})

    def _option(self, given: Attributes, raw: str) -> str:
        if self.select not in self.words or "value" not in given:
            return raw
        return _tag("option", given, selected=given["value"] in self.words[self.select])

    def _next(self, name: str) -> str:
        """Return the next value under a name: several answers may share one."""
        values = self.words[name]
        return values.pop(0) if len(values) > 1 else values[0]


def _tag(name: str, given: Attributes, **flags: bool) -> str:
    kept = {key: value for key, value in given.items() if key not in flags}
    written = [key if value is None else f'{key}="{escape(value)}"' for key, value in kept.items()]
    return " ".join([f"<{name}", *written, *(flag for flag, on in flags.items() if on)]) + ">"
