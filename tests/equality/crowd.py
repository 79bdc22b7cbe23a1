"""Children of several groups who were referred, with enquiries in time and late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from evenhand.accounts.models import Team
from evenhand.accounts.references import new_reference
from evenhand.equality import tallying
from evenhand.people import standings
from evenhand.people.models import Child, IdentityStatement
from evenhand.standards import standing
from tests import factories as make
from tests.factories import NOW, TODAY

CLOCK = "england/conference-after-enquiry"
BLACK = "Black, Black British, Caribbean or African"


def known(child: Child, code: str, characteristic: str = "ethnicity") -> None:
    """State a child's ethnicity, or another characteristic, as an import would."""
    IdentityStatement.objects.create(
        ref=new_reference(), child=child, characteristic=characteristic, status="answered",
        answer=code, said_by="import", recorded_at=NOW,
    )  # fmt: skip


def count(now: datetime = NOW) -> None:
    """Work out what leads, the standings, and the counts by group."""
    everyone = [(pk, None) for pk in Child.objects.values_list("pk", flat=True)]
    standings.restate(everyone, ["ethnicity", "sex"])
    standing.refresh(now)
    tallying.refresh(now)


def referred(code: str, days_ago: int = 200) -> Child:
    """A child of ten, referred so many days ago."""
    child = make.child(born_on=date(2015, 3, 1), is_open=True)
    make.referral(child, TODAY - timedelta(days_ago))
    if code:
        known(child, code)
    return child


def enquiry(code: str, held_after: int | None, days_ago: int = 120) -> Child:
    """An enquiry that needed a conference, held so many days after; None: not held."""
    child = referred(code, days_ago + 5)
    started = TODAY - timedelta(days_ago)
    found = make.section_47(child, started, conference_needed=True)
    if held_after is not None:
        make.conference(child, started + timedelta(held_after), section_47=found)
    return child


def crowd(team: Team | None = None) -> None:
    """Enough children that one group waits longer than chance would explain."""
    for code, in_time, late in (("WBRI", 40, 8), ("APKN", 20, 5), ("BAFR", 6, 24)):
        for place in range(in_time + late):
            child = enquiry(code, 10 if place < in_time else 60)
            Child.objects.filter(pk=child.pk).update(team=team)
