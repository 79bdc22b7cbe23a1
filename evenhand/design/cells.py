"""One value as HTML: written in Python, because a list shows hundreds of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from evenhand.design import wording
from evenhand.design.components import Cell
from evenhand.design.looks import look_of

NONE = SafeString(
    '<span aria-hidden="true">\N{EN DASH}</span><span class="govuk-visually-hidden">none</span>'
)


def child_cell(person: Any, route: str = "pages:child", *, ref: str = "", note: str = "") -> Cell:
    """Return a child's name as lists show it, leading to ``route``: of the child, or of ``ref``."""
    name = wording.child_name(person, surname_first=True)
    return Cell(name, url=reverse(route, args=[ref or person.ref]), note=note)


def cell_html(cell: Cell) -> SafeString:
    """Return what stands in a cell: the value in words, its link, and its note."""
    shown = conditional_escape(SHOWN[cell.kind](cell))
    if cell.url:
        shown = format_html('<a class="govuk-link" href="{}">{}</a>', cell.url, shown)
    if cell.note:
        shown = format_html('{}<span class="eh-cell__note">{}</span>', shown, cell.note)
    return shown


@lru_cache(maxsize=256)
def state_html(state: str, law: bool = False, words: str = "") -> SafeString:
    """Return a state's tag: icon, word and colour; ``law`` adds that it is one of law."""
    look = look_of(state)
    hint = format_html(' title="{}"', look.hint) if look.hint else ""
    return format_html(
        '<span class="eh-state eh-state--{}"{}>{}{}{}</span>',
        look.slug,
        hint,
        _icon(look.icon),
        words or look.words,
        SafeString('<span class="eh-state__law"> by law</span>') if law else "",
    )


def _icon(path: str) -> SafeString | str:
    if not path:
        return ""
    return format_html(
        '<svg class="eh-state__icon" width="14" height="14" viewBox="0 0 16 16" aria-hidden="true"'
        ' focusable="false"><path fill="currentColor" fill-rule="evenodd" d="{}"/></svg>',
        path,
    )


def _time(machine: str, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine, words)


SHOWN: dict[str, Callable[[Cell], Any]] = {
    "state": lambda cell: state_html(str(cell.state), cell.law),
    "none": lambda _: NONE,
    "day": lambda cell: _time(cell.value.isoformat(), wording.day(cell.value)),
    "moment": lambda cell: _time(cell.value.isoformat(), wording.moment(cell.value)),
    "number": lambda cell: wording.number(cell.value),
    "text": lambda cell: cell.value,
}
