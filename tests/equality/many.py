"""Many referrals at once, of two groups: so many that nothing more was done on of each."""

from __future__ import annotations

from datetime import date, timedelta

from evenhand.accounts.models import Team
from evenhand.accounts.references import new_reference
from evenhand.casework.models import Referral
from evenhand.equality import tallying
from evenhand.people import standings
from evenhand.people.models import Child, IdentityStatement
from tests import factories as make
from tests.factories import NOW, TODAY


def referrals(of: int, refused: int, code: str, *, team: Team | None = None) -> None:
    """Refer ``of`` children of one background; on ``refused`` of these nothing more was done."""
    children = Child.objects.bulk_create(
        Child(ref=new_reference(), born_on=date(2015, 3, 1), is_open=True, team=team)
        for _ in range(of)
    )
    received_on = TODAY - timedelta(200)
    Referral.objects.bulk_create(
        Referral(child=child, received_on=received_on, no_further_action=place < refused, team=team)
        for place, child in enumerate(children)
    )
    IdentityStatement.objects.bulk_create(
        IdentityStatement(
            ref=new_reference(), child=child, characteristic="ethnicity", status="answered",
            answer=code, said_by="import", recorded_at=NOW,
        )
        for child in children
    )  # fmt: skip


def count() -> None:
    """Work out what leads, and count by group; every referral's outcome is on record."""
    make.coverage("referral.received", "referral.no_further_action", "assessment.started")
    everyone = [(pk, None) for pk in Child.objects.values_list("pk", flat=True)]
    standings.restate(everyone, ["ethnicity"])
    tallying.refresh(NOW)
