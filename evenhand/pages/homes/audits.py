"""This month's audits, on the first pages of those who answer for them."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.audits.queries.month import Share, this_month
from evenhand.design.cells import state_html
from evenhand.design.components import Cell, Table
from evenhand.design.wording import month


def audits_table(viewer: User, now: datetime) -> Table | None:
    """Return what is to be audited this month within the viewer's reach; None: nothing is."""
    today = timezone.localdate(now)
    rows = [_row(one) for one in this_month(viewer, today)]
    if not rows:
        return None
    return Table(f"Audits of {month(today)}", ["Audit", "Done so far"], rows,
                 caption_hidden=True)  # fmt: skip


def _row(one: Share) -> list[Cell]:
    words = f"{one.done}/{one.needed} {one.state}"
    url = (
        reverse("audits:slot", args=[one.slot.ref]) if one.slot
        else reverse("audits:line", args=[one.line.id])
    )  # fmt: skip
    whose = str(one.slot.team) if one.slot and one.slot.team else ""
    return [
        Cell(one.line.title, url=url, note=whose),
        Cell(state_html(str(one.state), False, words)),
    ]
