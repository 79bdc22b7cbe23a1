"""What children chose to tell, where they let it be counted: opened in memory, kept nowhere."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from evenhand.people.models import IdentityStatement
from evenhand.rules.london import london_day
from evenhand.secrecy.keys import WrongKey

FIGURES = IdentityStatement.Audience.FIGURES
ANSWERED = IdentityStatement.Status.ANSWERED


def agreed_answers(characteristic: str, before: date) -> dict[int, str]:
    """Return the answer of each child who lets it be counted, by the key of the kept child.

    What they said last counts, where they said it before a day: a wish that is taken back holds at
    once. What cannot be opened, because its key is not in use, is not counted.
    """
    newest = {row.kept: row for row in _said_by_those_who_ever_agreed(characteristic)}  # type: ignore[attr-defined]
    found = {kept: _answer(row) for kept, row in newest.items() if _counts(row, before)}
    return {kept: answer for kept, answer in found.items() if answer}


def _said_by_those_who_ever_agreed(characteristic: str) -> QuerySet[IdentityStatement]:
    rows = IdentityStatement.objects.filter(
        characteristic=characteristic, child__isnull=False, entered_in_error=False
    ).annotate(kept=Coalesce("child__merged_into_id", "child_id"))
    agreeing = rows.filter(may_see__contains=FIGURES).values("kept")
    return rows.filter(kept__in=agreeing).order_by("recorded_at", "pk")


def _counts(row: IdentityStatement, before: date) -> bool:
    agrees = row.status == ANSWERED and FIGURES in row.may_see.split()
    return agrees and london_day(row.recorded_at) < before


def _answer(row: IdentityStatement) -> str:
    try:
        return str(row.answer)
    except WrongKey:
        return ""
