"""What the pages about closed records and access for a while lay out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from evenhand.design.components import Cell, SummaryRow, Table
from evenhand.people.access_rules import restriction_reasons
from evenhand.people.models import Restriction, TemporaryAccess
from evenhand.people.queries.access import in_words

VERDICTS = {"appropriate": "It was appropriate", "not appropriate": "It was not appropriate"}


def lent_table(lent: Iterable[TemporaryAccess], now: datetime, *, opens: bool = True) -> Table:
    """Return who opened which record for a while, and how it ended."""
    return Table(
        "Records opened for a while",
        ["Child", "By whom", "From", "Until", "Why", "How it ended"],
        [
            [
                Cell(str(one.child), url=reverse("people:lent", args=[one.ref]) if opens else ""),
                one.user.name,
                one.starts_at,
                one.ends_at,
                in_words(one),
                ending(one, now),
            ]
            for one in lent
        ],
        empty="Nobody has opened a record that is not theirs.",
        caption_hidden=True,
    )


def ending(lent: TemporaryAccess, now: datetime) -> str:
    """Return what became of it, in words."""
    if lent.verdict:
        return VERDICTS[lent.verdict]
    return "It is open still" if lent.ends_at > now else "It waits for the manager's review"


def lent_rows(lent: TemporaryAccess, now: datetime) -> list[SummaryRow]:
    """Return one access, line by line."""
    rows = [
        SummaryRow("Child", str(lent.child)),
        SummaryRow("Opened by", lent.user.name),
        SummaryRow("From", lent.starts_at),
        SummaryRow("Until", lent.ends_at),
        SummaryRow("Why", in_words(lent)),
        SummaryRow("How it ended", ending(lent, now)),
    ]
    if lent.reviewed_by is not None:
        said = lent.verdict_because or "Nothing more was said."
        rows.append(SummaryRow("Reviewed by", f"{lent.reviewed_by.name}: {said}"))
    return rows


def restriction_rows(held: Restriction) -> list[SummaryRow]:
    """Return a restriction, line by line, for those inside."""
    names = list(held.names.all())
    inside = [str(one) for one in names if not one.is_shut_out]
    outside = [one.user.name for one in names if one.is_shut_out and one.user is not None]
    by = held.restricted_by.name
    reason = restriction_reasons().get(held.reason, held.reason)
    rows = [
        SummaryRow("Why", f"{reason}. {held.because}".strip()),
        SummaryRow("Open to", ", ".join([*inside, by]) if inside else "Everyone but those named"),
        SummaryRow("Closed to", ", ".join(outside)),
        SummaryRow("Restricted by", by),
        SummaryRow("Until", held.ends_on or "It is lifted"),
        SummaryRow("Looked at again on", held.review_on),
    ]
    return [row for row in rows if row.value]
