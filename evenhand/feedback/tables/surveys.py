"""Surveys of staff and their results: value and number of each group, or that it is suppressed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from evenhand.design.components import Cell, Column, Table
from evenhand.design.wording import percent
from evenhand.feedback import surveys
from evenhand.feedback.models import Survey
from evenhand.feedback.surveys import Result, Share

SUPPRESSED = "suppressed"


def surveys_table(found: Iterable[Survey]) -> Table:
    """Return every survey."""
    rows = [
        [
            Cell(each.title, url=reverse("feedback:survey", args=[each.ref])),
            each.opened_on, each.closed_on, Cell(each.invited, numeric=True),
        ]
        for each in found
    ]  # fmt: skip
    headings = ["Survey", "Opened", "Closed", Column("Invited", numeric=True)]
    return Table("Surveys", headings, rows, empty="No survey yet.", caption_hidden=True)


def whole_table(whole: Mapping[str, Share]) -> Table:
    """Return how many of all agree."""
    rows = [
        [each.label, Cell(_value(whole[each.id]), note=_number(whole[each.id]), numeric=True)]
        for each in surveys.statements()
        if each.id in whole
    ]
    headings = ["Statement", Column("Agree", numeric=True)]
    return Table("Everybody", headings, rows, empty="Too few answered for anything to be shown.")


def results_table(found: Sequence[Result]) -> Table:
    """Return the results of one grouping: for each group and statement how many agree, of whom."""
    listed = surveys.statements()
    rows = [[one.group.label, *(_cell(one, each.id) for each in listed)] for one in found]
    headings = ["Group", *(Column(each.label, numeric=True) for each in listed)]
    return Table(f"By {found[0].grouping.label.lower()}", headings, rows)


def _cell(one: Result, statement: str) -> Cell:
    if one.is_suppressed or not one.shares[statement].answered:
        return Cell(SUPPRESSED if one.is_suppressed else "nobody answered", numeric=True)
    share = one.shares[statement]
    behind = f"; {share.gap:.0f} points below everybody else" if (share.gap or 0) > 0 else ""
    return Cell(_value(share), note=f"{_number(share)}{behind}", numeric=True)


def _value(share: Share) -> str:
    return percent(share.agree, share.answered)


def _number(share: Share) -> str:
    return f"{share.agree} of {share.answered}"
