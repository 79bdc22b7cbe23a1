"""What stands on the page of one audit of what it found, and what can be done from there."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.audits.models import Audit
from evenhand.audits.queries.copies import is_passed_on
from evenhand.audits.queries.findings import findings_of, standings_of
from evenhand.audits.tables.findings import findings_table


def found_on(audit: Audit, viewer: User) -> dict[str, Any]:
    """Return what the page of an audit shows of its findings, copy and management reviews."""
    rows = list(findings_of(audit, viewer))
    stands = standings_of(rows, timezone.now())
    answers = may(viewer, "audits.answer")
    return {
        "found": findings_table(rows, stands, "What it found", "Nothing was raised."),
        "may_raise": may(viewer, "audits.conduct") and audit.state != Audit.State.NOT_NEEDED,
        "may_ask_review": answers and audit.state == Audit.State.DONE,
        "has_copy": answers and is_passed_on(audit),
    }
