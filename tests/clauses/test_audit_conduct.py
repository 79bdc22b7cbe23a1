"""Auditing with partners, and with tools of which a section is not scored yet."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from evenhand.accounts.models import Role, User
from evenhand.audits.models import Audit
from tests import factories as make
from tests.audits import making
from tests.clock import Clock
from tests.pages import main_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
PROTECTION = ("process", "decisions", "reports", "minutes", "plans", "identity")
GRADED = {f"{one}_grade": "good" for one in (*PROTECTION, "overall")}
SHOWN = {f"{one}_evidence": "The core group of May." for one in (*PROTECTION, "overall")}
NAMED = "Joint audit of child protection"
SAID = {"child_says": "They listen.", "family_says": "Better.", "worker_says": "It took long."}


def _writes(desk: Desk, audit: Audit, **answers: Any) -> None:
    audit.refresh_from_db()
    version = audit.recording.version if audit.recording else ""
    told = {"version": version, **answers}
    reply: Any = desk.client.post(reverse("audits:write", args=[audit.ref]), told)
    assert reply.status_code == 302, main_of(reply)


def _finishes(desk: Desk, audit: Audit) -> None:
    reply: Any = desk.client.post(reverse("audits:finish", args=[audit.ref]))
    assert reply.status_code == 302, main_of(reply)


def _partner(name: str = "Kit Marsh") -> Desk:
    desk = Desk(name, role=Role.PARTNER_AUDITOR)
    User.objects.filter(pk=desk.user.pk).update(worker=None)
    return desk


def _report(clock: Clock) -> str:
    """The words of the report of the joint audits of the half-year, drawn up when it is over."""
    clock.at("2026-07-01")
    quality = Desk("Ola Marsh", role=Role.QUALITY_ASSURANCE)
    quality.user.grants.update(team=None)
    told = {"kind": "child-protection", "since": "2026-01-01", "until": "2026-06-30"}
    reply: Any = quality.client.post(reverse("audits:draw-up-report"), told)
    assert reply.status_code == 302, main_of(reply)
    return main_of(quality.client.get(reply.url))


@pytest.mark.clause("IOW-2.4.41-a", rests_on="audits/threshold")
def test_a_partner_auditor_opens_what_is_assigned_until_the_audit_closes(clock: Clock) -> None:
    clock.at("2026-05-12")
    quality, partner = Desk(role=Role.QUALITY_ASSURANCE), _partner()
    named = {"user": partner.user.ref, "name": "Islehaven hospital"}
    assert quality.client.post(reverse("audits:agencies"), named).status_code == 302
    social_worker = Desk("Una Strand")
    child, other = social_worker.child(), social_worker.child()
    mine = making.audit(partner.user, child, type_="threshold", given_by=quality.user)
    others = making.audit(quality.user, other, type_="threshold")

    assert str(child.forename) in partner.words("audits:mine")
    words = partner.words("audits:audit", mine.ref)
    assert "Kit Marsh, Islehaven hospital" in words
    assert "Una Strand" not in words
    assert partner.get("audits:extract", mine.ref).status_code == 200
    assert partner.get("audits:audit", others.ref).status_code == 404
    assert partner.get("audits:extract", others.ref).status_code == 404
    assert partner.get("pages:child", child.ref).status_code == 403

    _writes(partner, mine, **making.whole_answers("threshold"))
    _finishes(partner, mine)

    assert partner.get("audits:audit", mine.ref).status_code == 404
    assert partner.get("audits:extract", mine.ref).status_code == 404
    assert partner.get("audits:write", mine.ref).status_code == 404
    assert "Islehaven hospital" in quality.words("audits:audit", mine.ref)


@pytest.mark.clause("IOW-2.4.44", rests_on="forms/audit-child-protection")
def test_a_section_that_is_not_scored_is_said_and_joins_once_it_is(clock: Clock) -> None:
    clock.at("2026-05-12")
    desk = Desk("Ana Quay", role=Role.SERVICE_MANAGER)
    audit = making.audit(desk.user, make.child(team=desk.team), type_="child-protection")
    page = desk.words("audits:write", audit.ref)
    for title in ("Process", "Decisions", "Reports", "Minutes", "Protection plans"):
        assert title in page
    four = {name: value for name, value in GRADED.items() if name != "minutes_grade"}

    _writes(desk, audit, **four, **SHOWN, **SAID)
    _finishes(desk, audit)

    assert "Section missing: Ana Quay, Tue 12 May 2026" in desk.words("audits:audit", audit.ref)
    without = _report(clock)
    assert f"section is missing Audit Team Reference {NAMED} {audit.team} {audit.ref}" in without
    assert "Minutes" not in without

    clock.at("2026-05-12")
    _writes(desk, audit, **GRADED, **SHOWN, **SAID)

    assert "issing" not in desk.words("audits:audit", audit.ref)
    whole = _report(clock)
    assert audit.ref not in whole
    for title in ("Process", "Decisions", "Reports", "Minutes", "Protection plans"):
        assert f"{title} 100% (1/1)" in whole
