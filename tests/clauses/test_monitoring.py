"""What data about groups are collected for: each use answers its question (policy 2.1.9)."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.equality import tallying
from evenhand.equality.models import QuarterTally
from evenhand.facts.registry import BINDINGS
from evenhand.monitoring.models import Baseline
from evenhand.people import standings
from evenhand.people.models import Child, IdentityStatement
from evenhand.standards import standing
from tests import factories as make
from tests.factories import NOW
from tests.pages import links_of, main_of, table_of

pytestmark = pytest.mark.django_db
BLACK = "Black, Black British, Caribbean or African"


@pytest.fixture
def director(client: Client) -> Client:
    """The pages as somebody sees them who may open every record."""
    client.force_login(make.user("director"))
    return client


def says(child: Child, **answers: str) -> None:
    """State who a child is, as an import would."""
    for characteristic, answer in answers.items():
        IdentityStatement.objects.create(
            ref=new_reference(), child=child, characteristic=characteristic, status="answered",
            answer=answer, said_by="import", recorded_at=NOW,
        )  # fmt: skip


def known(*characteristics: str) -> None:
    """Work out what leads of each child."""
    everyone = [(pk, None) for pk in Child.objects.values_list("pk", flat=True)]
    standings.restate(everyone, characteristics)


def counted() -> None:
    """Work out what leads, the standings and the counts by group, as upkeep does."""
    known("ethnicity")
    standing.refresh(timezone.now())
    tallying.refresh(timezone.now())


@pytest.mark.clause("IOW-2.1.9-a", rests_on="monitoring-uses/sign-language")
def test_eight_need_sign_language_and_three_have_a_service(director: Client) -> None:
    worker = make.user("social_worker", worker=make.worker(team=make.team("Quay")))
    for place in range(8):
        child = make.child(team=worker.worker.team, worker=worker.worker, surname=f"Tern{place}")
        says(child, communication="bsl")
        if place < 3:
            signs(worker, child)
    known("communication")

    page = director.get(reverse("monitoring:uses"))
    assert ["British Sign Language", "8", "3", "5"] in table_of(page, "Needs recorded")
    assert "8 have the need, 3 have a service that meets it, and for 5 it is unmet" in main_of(page)

    page = director.get(reverse("monitoring:gap", args=["sign-language"]))
    assert ["Quay", "8", "3", "5"] in table_of(page, "British Sign Language, by area")
    named = [row[0] for row in table_of(page, "Whose need for British Sign Language is unmet")]
    assert sorted(name.split(",")[0] for name in named) == [f"Tern{place}" for place in range(3, 8)]


def signs(worker: User, child: Child) -> None:
    """Record on the child's page that an interpreter of sign language is there."""
    pages = Client()
    pages.force_login(worker)
    given = {"service": "bsl-interpreter", "outcome": "supplied",
             "starts_on": f"{timezone.localdate():%d/%m/%Y}"}  # fmt: skip
    made = pages.post(reverse("monitoring:provisions", args=[child.ref]), given)
    assert made.status_code == 302, made.content.decode()


@pytest.mark.clause("IOW-2.1.9-b", rests_on="disparity/suppress-below")
def test_a_group_of_three_cannot_be_read_out_of_the_profile(director: Client) -> None:
    team = make.team("Quay")
    for code, count in (("WBRI", 40), ("BAFR", 20), ("APKN", 3)):
        for _ in range(count):
            says(make.child(team=team), ethnicity=code)
    known("ethnicity")

    page = director.get(reverse("monitoring:needs"))
    assert ["Asian or Asian British", "3"] in table_of(page, "Open children by ethnic group")
    sent = let_out(director, "ethnicity").content.decode("utf-8-sig")
    groups = {row[0]: row[1] for row in csv.reader(io.StringIO(sent)) if len(row) > 1}
    assert groups["Asian or Asian British"] == "<5"
    told = [cell for cell in groups.values() if cell.isdigit()]
    assert told == ["40", "65"]  # of 63, rounded: of the groups, two are not told
    offered = {where for where in links_of(page) if where.endswith("/release/")}
    for way in ("area", "first-language", "disability", "religion"):
        assert reverse("monitoring:release-needs", args=[way]) in offered


def let_out(director: Client, way: str) -> Any:
    """Propose the profile by one way as the equality lead, let it out, and download it."""
    lead = Client()
    lead.force_login(make.user("equality_lead"))
    given = {"for_whom": "Public health", "reason": "The needs assessment.", "profile": "own"}
    made = lead.post(reverse("monitoring:release-needs", args=[way]), given)
    assert made.status_code == 302, main_of(made)
    assert lead.get(made.url, {"as": "csv"})["Content-Type"].startswith("text/html")
    director.post(f"{made.url}decide/", {"decision": "release"})
    return director.get(made.url, {"as": "csv"})


@pytest.mark.clause("IOW-2.1.9-e", rests_on="pathway/refused")
def test_a_group_accepted_half_as_often_alerts_the_equality_lead(client: Client) -> None:
    received = timezone.localdate() - timedelta(days=200)
    make.coverage("referral.received", "referral.no_further_action",
                  complete_to=timezone.localdate())  # fmt: skip
    for code, accepted, of in (("BAFR", 15, 50), ("WBRI", 90, 150)):
        for place in range(of):
            child = make.child(born_on=date(2015, 3, 1))
            says(child, ethnicity=code)
            make.referral(child, received, no_further_action=place >= accepted)
            if place < accepted:
                make.need_plan(child, received + timedelta(days=10 if code == "WBRI" else 40))
    counted()

    client.force_login(make.user("equality_lead"))
    page = client.get(reverse("monitoring:uses"), {"by": "ethnicity"})
    rows = {row[0]: row[1:] for row in table_of(page, "Referrals accepted")}
    of, accepted, share, others, ratio, shows, days = rows[BLACK]
    assert (of, accepted, share, others) == ("50", "15", "30%", "60%")
    assert ratio.startswith("0.50 (0.32 to 0.7")
    assert shows == "Less often than chance would explain"
    assert days == "40 days"
    assert rows["White"][-1] == "10 days"
    alert = "accepted less often: 30% (15 of 50), against 60% for everyone else, 0.50 times"
    assert alert in main_of(client.get(reverse("pages:home")))


@pytest.mark.clause("IOW-2.1.9-f")
def test_a_frozen_baseline_stays_when_an_ethnicity_is_put_right(director: Client) -> None:
    children = [make.child(is_open=True) for _ in range(12)]
    for place, child in enumerate(children):
        says(child, ethnicity="WBRI" if place < 7 else "BAFR")
        make.referral(child, timezone.localdate() - timedelta(days=200))
    make.coverage("referral.received", "assessment.started", complete_to=timezone.localdate())
    counted()
    made = director.post(reverse("monitoring:freeze"), {"name": "1 April 2026"})
    assert made.status_code == 302, made.content.decode()

    assert then_and_now(director, made.url) == {"White": ["7", "7"], BLACK: ["5", "5"]}
    says(children[0], ethnicity="BAFR")
    IdentityStatement.objects.filter(child=children[0], answer="WBRI").update(entered_in_error=True)
    counted()
    assert then_and_now(director, made.url) == {"White": ["7", "6"], BLACK: ["5", "6"]}
    for change in (lambda rows: rows.update(name="Another"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change(Baseline.objects.all())


def then_and_now(pages: Client, url: str) -> dict[str, list[str]]:
    """Open children by ethnic group on the page of a baseline: then, and now."""
    rows = table_of(pages.get(url, {"by": "ethnicity"}), "Open children")
    return {label: told for label, *told in rows if label not in {"All", "Not known to us"}}


@pytest.mark.clause("IOW-2.1.9-g", rests_on="monitoring-uses/allocation")
def test_an_area_with_forty_per_cent_of_need_has_a_quarter_of_places(director: Client) -> None:
    for name, children in (("Area A", 8), ("Area B", 12)):
        team = make.team(name)
        for _ in range(children):
            make.child(team=team)
    today = f"{timezone.localdate():%d/%m/%Y}"
    given = {"kind": "Places in groups", "starts_on": today, "ends_on": today, "told_by": "Us",
             "table": "area,number\nArea A,25\nArea B,75"}  # fmt: skip
    made = director.post(reverse("monitoring:new-resource"), given)
    assert made.status_code == 302, made.content.decode()

    rows = table_of(director.get(made.url), "Places in groups beside need")
    assert rows[0] == ["Area A", "8", "40%", "25", "25%", "-15"]
    decided = {"decision": "Ten more places in Area A from May.", "decided_on": today}
    director.post(f"{made.url}decision/", decided)
    assert decided["decision"] in main_of(director.get(made.url))
    assert "a gap of -15 points" in main_of(director.get(reverse("monitoring:uses")))


@pytest.mark.clause("IOW-2.1.9-h", rests_on="monitoring-uses/improvement")
def test_seventy_seventy_four_seventy_nine_is_improving(director: Client) -> None:
    quarters = [date(2024 + place // 4, 1 + 3 * (place % 4), 1) for place in range(8)]
    for quarter, in_time in zip(quarters, (61, 60, 66, 64, 68, 70, 74, 79), strict=True):
        QuarterTally.objects.create(
            kind="clock", measure="england/single-assessment", dimension="sex", group="F", of=100,
            reached=100 - in_time, quarter=quarter, until=quarter + timedelta(days=91),
        )  # fmt: skip

    page = director.get(reverse("monitoring:uses"), {"by": "sex"})
    rows = {row[0]: row[1:] for row in table_of(page, "In time, by quarter: ")}
    assert rows["Female"][-5:] == ["70%", "74%", "79%", "80%", "Improving, 1 point below target"]
    assert len(rows["Female"]) == 8 + 2
    assert "A single assessment is finished: improving, 1 point below target" in main_of(page)


@pytest.mark.clause("IOW-2.4.13", rests_on="monitoring-uses/first-reviews-in-time")
def test_ninety_among_eighty_five_eighty_eight_and_ninety_five(director: Client) -> None:
    today = timezone.localdate()
    make.coverage(*BINDINGS, complete_to=today)
    for place in range(20):
        period = make.care_period(make.child(), today - timedelta(days=90))
        make.legal_status(period, "C2")
        held_on = period.started_on + timedelta(days=14 if place < 18 else 60)
        make.looked_after_review(period, held_on)
    standing.refresh(timezone.now())
    names = {"Farshire": 85, "Nearshire": 88, "Midshire": 95}
    rows = [f"first-reviews-in-time,2025-26,{name},{value}" for name, value in names.items()]
    given = {"source": "The region's benchmarking", "licence": "Open Government Licence v3.0",
             "table": "\n".join(["indicator,period,authority,value", *rows])}  # fmt: skip
    made = director.post(reverse("monitoring:bring-in"), given)
    assert made.status_code == 302, made.content.decode()

    page = director.get(made.url)
    assert "Ours is rank 2 of 4; the gap to the best is -5 points." in main_of(page)
    found = table_of(page, "First looked-after reviews held in time, 2025-26")
    assert found[1][1:] == ["90%", "2", "-5"]
    assert found[1][0].startswith("Ours")
    assert [row[0] for row in found if not row[0].startswith("Ours")] == [
        "Midshire", "Nearshire", "Farshire",
    ]  # fmt: skip
    assert "Open Government Licence v3.0" in main_of(page)
