"""Many referrals at once: so many children of one background, and what became of them."""

from __future__ import annotations

from datetime import date, timedelta

from evenhand.accounts.models import Team
from evenhand.accounts.references import new_reference
from evenhand.casework.models import Assessment, Referral
from evenhand.equality import tallying
from evenhand.people import standings
from evenhand.people.models import Child, IdentityStatement
from tests import factories as make
from tests.factories import NOW, TODAY

BLACK = "Black, Black British, Caribbean or African"


def children_of(code: str, of: int, *, team: Team | None = None) -> list[Child]:
    """So many children of ten and one background."""
    children = Child.objects.bulk_create(
        Child(ref=new_reference(), born_on=date(2015, 3, 1), is_open=True, team=team)
        for _ in range(of)
    )
    IdentityStatement.objects.bulk_create(
        IdentityStatement(
            ref=new_reference(), child=child, characteristic="ethnicity", status="answered",
            answer=code, said_by="import", recorded_at=NOW,
        )
        for child in children
    )  # fmt: skip
    return children


def referrals(
    of: int, refused: int, code: str, *, on: date | None = None, assessed: int = 0
) -> None:
    """Refer ``of`` children; nothing more was done on some, and some were assessed in ten days."""
    received_on, children = on or TODAY - timedelta(200), children_of(code, of)
    Referral.objects.bulk_create(
        Referral(child=child, received_on=received_on, no_further_action=place < refused)
        for place, child in enumerate(children)
    )
    Assessment.objects.bulk_create(
        Assessment(child=child, started_on=received_on + timedelta(10))
        for child in children[:assessed]
    )


def assessments(of: int, in_time: int, code: str, *, team: Team) -> None:
    """Assess ``of`` children of a team, some of them in time and the others a month late."""
    children, started_on = children_of(code, of, team=team), TODAY - timedelta(200)
    Assessment.objects.bulk_create(
        Assessment(
            child=child, started_on=started_on, team=team,
            authorised_on=started_on + timedelta(30 if place < in_time else 100),
        )
        for place, child in enumerate(children)
    )  # fmt: skip


def lead() -> None:
    """Work out which statements lead; every fact of the pathway is known."""
    make.coverage(
        "referral.received", "referral.no_further_action", "assessment.started",
        "assessment.authorised",
    )  # fmt: skip
    everyone = [(pk, None) for pk in Child.objects.values_list("pk", flat=True)]
    standings.restate(everyone, ["ethnicity"])


def count() -> None:
    """Work out what leads, and count by group."""
    lead()
    tallying.refresh(NOW)
