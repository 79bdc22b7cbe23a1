"""The code lists of every table: its format's, and for reports those of the adopted packs."""

from __future__ import annotations

from evenhand.formats import registry
from evenhand.formats.format import CodeLists
from evenhand.imports.recipes.report import SAID
from evenhand.people.pack import answers_to, ask_set

DECLINED = "declined"
REPORT = "report"


def codes_of(table: str) -> CodeLists:
    """The code lists that the columns of a table refer to."""
    if registry.format_of(table).key != REPORT:
        return registry.codes_of(table)
    return {**registry.codes_of(table), **_said()}


def _said() -> CodeLists:
    """The answers of the ask set, and that somebody did not want to say."""
    asked = {one.characteristic: one for one in ask_set()}
    return {
        name: {**answers_to(asked[name]), DECLINED: "Did not want to say"}
        for name in SAID
        if name in asked
    }
