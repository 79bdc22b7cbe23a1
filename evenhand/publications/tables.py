"""What the pages of this room lay out."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from evenhand.design.components import Cell, Table
from evenhand.publications.models import Report


def reports_table(reports: Iterable[Report]) -> Table:
    """Return the reports that were made."""
    return Table(
        "Reports that were made",
        ["Report", "True for", "For whom", "Made by", "When"],
        [
            [
                Cell(one.title, url=reverse("publications:report", args=[one.ref])),
                Cell(one.as_at),
                Cell(one.for_whom),
                Cell(one.made_by.name),
                Cell(one.made_at),
            ]
            for one in reports
        ],
        empty="No report has been made yet.",
    )
