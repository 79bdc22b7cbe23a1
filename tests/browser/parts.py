"""What a page is made of, its words and numbers left out, as parts that pages have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import fasteners

CONTROLS = {"input", "select", "textarea"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
SAID = {"class", "role", "type", "scope", "lang", "style", "tabindex", "target"}
STATES = {"true", "false", "page", "step", "polite", "assertive", "mixed", "ascending"}
NAMES = ("aria-labelledby", "aria-describedby", "aria-controls", "for")


def parts_of(main: Element) -> set[str]:
    """Return what an element is made of: each way from it to one within, and what follows what.

    Whatever a rule of accessibility can turn on is in a part: elements, where they stand and after
    which, classes, roles, states, whether a field is labelled and whether there are words at all.
    What turns on a whole page is looked at by ``faults_of``.
    """
    labelled = {each.get("for", "") for each in main.iter("label")}
    headings = [each.tag for each in main.iter() if each.tag in HEADINGS]
    follows = {f"{one} {two}" for one, two in pairwise(headings)}
    return follows | set(_parts(main, "", "", labelled))


def _parts(element: Element, above: str, before: str, labelled: set[str]) -> Iterator[str]:
    here = f"{above}>{_signed(element, labelled)}"
    yield f"{before}+{here}"
    last = ""
    for child in element:
        yield from _parts(child, here, last, labelled)
        last = f"{child.tag}.{child.get('class', '')}"


def _signed(element: Element, labelled: set[str]) -> str:
    told = [element.tag, *(_told(name, value) for name, value in sorted(element.items()))]
    if any(words.strip() for words in element.itertext()):
        told.append("words")
    if element.tag in CONTROLS and element.get("id", "") in labelled:
        told.append("labelled")
    return " ".join(told)


def _told(name: str, value: str) -> str:
    if name in SAID or value in STATES:
        return f"{name}={value}"
    return name if value else f"{name}=nothing"


def faults_of(page: Element) -> Iterator[str]:
    """Yield where two elements have one name, and where one that is named is not there."""
    names = Counter(each.get("id") for each in page.iter() if each.get("id"))
    yield from (f"{times} elements are called {name}" for name, times in names.items() if times > 1)
    for element in page.iter():
        for attribute in NAMES:
            for name in element.get(attribute, "").split():
                if name not in names:
                    yield f"{attribute} names {name}, which is not there"


class Looked:
    """The parts and kinds that some process of the run has seen pass, in a file that all share."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = fasteners.InterProcessLock(path.with_suffix(".lock"))

    def is_new(self, made: set[str]) -> bool:
        """Whether there is anything that has not passed."""
        known = self._path.read_text("utf-8").split("\n") if self._path.exists() else []
        return not made <= set(known)

    def note(self, made: set[str]) -> None:
        """Remember what has passed."""
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            file.write("\n".join([*made, ""]))
