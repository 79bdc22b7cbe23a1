"""What stands in one slot, as tables."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import NoReverseMatch, reverse

from evenhand.audits.models import Audit, Sample
from evenhand.design.components import Cell, Table

STATES = {
    Audit.State.OPEN: "Not done yet", Audit.State.DONE: "Done",
    Audit.State.NOT_NEEDED: "Not needed",
}  # fmt: skip


def audits_table(found: Iterable[Audit]) -> Table:
    """Return a slot's audits: whose practice, who does it, by when, and whether it is done."""
    rows = [
        [
            Cell(f"Audit {one.ref}", url=_url("audits:audit", one.ref)),
            str(one.team or "No team"), one.auditor.name, one.due_on,
            Cell(STATES[Audit.State(one.state)], note=f"{one.done_on:%d/%m/%Y}" if one.done_on
                 else ""),
        ]
        for one in found
    ]  # fmt: skip
    columns = ["Audit", "Team", "Auditor", "Due", "How it stands"]
    return Table("Audits", columns, rows, empty="No file was given to an auditor yet.")


def samples_table(found: Iterable[Sample]) -> Table:
    """Return the lists of files of a slot: how many of how many, how, and by whom."""
    rows = [
        [
            Cell(f"{one.size} of {one.of} files", url=_url("audits:sample", one.ref)),
            one.get_method_display(), one.drawn_by.name, one.drawn_at, one.published_at,
        ]
        for one in found
    ]  # fmt: skip
    columns = ["Files", "How they were chosen", "Drawn by", "Drawn", "Published"]
    return Table("Lists of files", columns, rows, empty="No files were drawn yet.")


def _url(route: str, ref: str) -> str:
    try:
        return reverse(route, args=[ref])
    except NoReverseMatch:  # pragma: no cover (until that page is there)
        return ""
