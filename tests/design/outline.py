"""HTML as an outline, so that markup is compared for what it is and not for its white space."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"input", "br", "meta", "link", "rect", "path", "line", "circle", "img"}
SHOWN = ("for", "id", "name", "type", "value", "href", "role", "inputmode", "aria-describedby")


class _Outliner(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = "".join(f".{c}" for c in (given.get("class") or "").split() if c[:3] != "eh-")
        shown = "".join(f"[{a}={given[a]}]" for a in SHOWN if a in given)
        self.lines.append(f"{'  ' * self.depth}{tag}{classes}{shown}")
        if tag not in VOID:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.lines.append(f"{'  ' * self.depth}{' '.join(data.split())!r}")


def outline(html: str) -> list[str]:
    """Return one line for each element and text, indented; our own classes are left out."""
    outliner = _Outliner()
    outliner.feed(html)
    outliner.close()
    assert outliner.depth == 0, "An element is not closed."
    return outliner.lines


def expected(text: str) -> list[str]:
    """Return the lines of an indented block."""
    lines = [line for line in text.splitlines() if line.strip()]
    margin = min(len(line) - len(line.lstrip()) for line in lines)
    return [line[margin:] for line in lines]


def texts(html: str) -> Iterator[str]:
    """Yield the words that a page shows."""
    for line in outline(html):
        if line.lstrip().startswith(("'", '"')):
            yield line.strip()[1:-1]
