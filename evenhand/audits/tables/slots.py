"""What stands in one slot, as tables."""

from __future__ import annotations

from collections.abc import Container, Iterable

from django.urls import reverse

from evenhand.audits.models import Audit, Sample
from evenhand.audits.tables.samples import HOW
from evenhand.design.components import Cell, Table
from evenhand.design.wording import child_name, day

STATES = {
    Audit.State.OPEN: "Not done yet", Audit.State.DONE: "Done",
    Audit.State.NOT_NEEDED: "Not needed",
}  # fmt: skip


def audits_table(found: Iterable[Audit], seen: Container[int | None]) -> Table:
    """Return a slot's audits: whose file, who does it, by when, and whether it is done.

    ``seen`` are the keys of the children whom the reader may know of.
    """
    rows = [
        [
            Cell(_whose(one, seen), url=reverse("audits:audit", args=[one.ref]),
                 note=f"Audit {one.ref}"),
            str(one.team or "No team"), one.auditor.name, one.due_on,
            Cell(STATES[Audit.State(one.state)], note=day(one.done_on) if one.done_on else ""),
        ]
        for one in found
    ]  # fmt: skip
    columns = ["File", "Team", "Auditor", "Due", "How it stands"]
    return Table("Audits", columns, rows, empty="No file was given to an auditor yet.")


def _whose(audit: Audit, seen: Container[int | None]) -> str:
    if audit.child is None:
        return f"Of {audit.worker}" if audit.worker else "Of no file"
    if audit.child_id not in seen:
        return "A child outside your reach"
    return child_name(audit.child, surname_first=True)


def samples_table(found: Iterable[Sample]) -> Table:
    """Return the lists of files of a slot: how many of how many, how, and by whom."""
    rows = [
        [
            Cell(f"{one.size} of {one.of} files", url=reverse("audits:sample", args=[one.ref])),
            HOW[one.method], one.drawn_by.name, one.drawn_at, one.published_at,
        ]
        for one in found
    ]  # fmt: skip
    columns = ["Files", "How they were chosen", "Drawn by", "Drawn", "Published"]
    return Table("Lists of files", columns, rows, empty="No files were drawn yet.")
