"""Campaigns and what is left of each."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from evenhand.design.cells import child_cell
from evenhand.design.components import Cell, Column, Table
from evenhand.people.models import IdentityCampaignItem
from evenhand.people.pack import item_called
from evenhand.people.queries.campaigns import CampaignRow, WorkerRow
from evenhand.people.tables.about import ask_url


def campaigns_table(rows: Sequence[CampaignRow]) -> Table:
    """Return the campaigns with how far each has come."""
    return Table(
        "Campaigns",
        ["Campaign", "Team", "To be done by", Column("At the start", numeric=True),
         Column("Filled", numeric=True), Column("Still to ask", numeric=True)],
        [
            [
                Cell(row.campaign.title, url=reverse("people:campaign", args=[row.campaign.ref])),
                str(row.campaign.team or "The whole authority"), row.campaign.target_on,
                Cell(row.progress.start, numeric=True),
                Cell(f"{row.progress.percent}%", numeric=True),
                Cell(row.progress.waiting, numeric=True),
            ]
            for row in rows
        ],
        empty="No campaign has been started.",
        caption_hidden=True,
    )  # fmt: skip


def workers_table(rows: Sequence[WorkerRow]) -> Table:
    """Return each worker's part of a campaign."""
    return Table(
        "By worker",
        ["Worker", Column("At the start", numeric=True), Column("Filled", numeric=True),
         Column("Declined since", numeric=True), Column("Still to ask", numeric=True)],
        [
            [
                str(row.worker or "No worker"),
                *(Cell(n, numeric=True) for n in (
                    row.progress.start, row.progress.filled, row.progress.declined,
                    row.progress.waiting,
                )),
            ]
            for row in rows
        ],
    )  # fmt: skip


def waiting_table(items: Sequence[IdentityCampaignItem], can_record: bool) -> Table:
    """Return what is still to be asked in a campaign."""
    return Table(
        "Still to ask",
        ["Child", "What to ask", "Worker"],
        [
            [
                child_cell(item.child, "people:identity"),
                Cell(
                    item_called(item.characteristic).label,
                    url=ask_url(item.child, item.adult, item.characteristic) if can_record else "",
                    note=f"Of {item.adult}" if item.adult else "",
                ),
                item.worker,
            ]
            for item in items
        ],
        empty="Nothing is left to ask of anybody you may see.",
    )
