"""Making a report: it is kept as it left."""

from __future__ import annotations

from datetime import datetime

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.publications.documents import Document, digest_of
from evenhand.publications.models import Report


@action("report.made")
def make_report(document: Document, *, for_whom: str, by: User, at: datetime) -> Change:
    """Keep a report as it leaves, with who made it and for whom."""
    body = document.as_values()
    made = Report.objects.create(
        ref=new_reference(),
        title=document.title,
        for_whom=for_whom,
        as_at=document.as_at,
        body=body,
        digest=digest_of(body),
        made_by=by,
        made_at=at,
    )
    return Change(made, {"title": (None, document.title), "for_whom": (None, for_whom)})
