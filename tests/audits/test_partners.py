"""What somebody from another agency reads of a file: nothing of anybody else, no way further."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from evenhand.accounts.models import Role, User
from evenhand.audits.models import Audit
from evenhand.casework.models import Referral
from evenhand.people.models import Address, Child, Family, FamilyMember
from evenhand.standards.standing import restate
from tests import factories as make
from tests.audits import making
from tests.audits.service import raises
from tests.clock import Clock
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
SECRETS = (
    "Merrow", "Zennor", "Tamsin", "Una Strand", "Strand", "Jude Ebb", "PO30 9ZZ", "H801200001001",
    "14 March 2015", "14/03/2015", "2015-03-14", "Seaview Primary", "9434765919",
)  # fmt: skip
FURTHER = re.compile(r'href="(/(?!static/|policy/)[^"#]*)"')
"""The way to every page but the policy's own words: there is nobody in them."""
LOOKED_AT = 200
"""Pages: more than a partner auditor can reach from theirs."""


@pytest.fixture
def partner(clock: Clock) -> Desk:
    """A partner auditor: no worker of the authority."""
    clock.at("2026-05-12")
    desk = Desk("Kit Marsh", role=Role.PARTNER_AUDITOR)
    User.objects.filter(pk=desk.user.pk).update(worker=None)
    desk.user.refresh_from_db()
    return desk


@pytest.fixture
def child(partner: Desk) -> Child:
    """A child with a family, an address, a school and a worker, all of whom have names."""
    worker = Desk("Una Strand")
    child = worker.child(
        forename="Morwenna", surname="Tidewell", born_on=date(2015, 3, 14), upn="H801200001001"
    )
    Address.objects.create(child=child, postcode="PO30 9ZZ", starts_on=date(2020, 1, 1))
    make.parent(child, "Tamsin Zennor")
    brother, family = (
        make.child(forename="Merrow", surname="Zennor"),
        Family.objects.create(ref="fam000000001"),
    )
    for one in (child, brother):
        FamilyMember.objects.create(family=family, child=one)
    told = "Seaview Primary, 9434765919"
    referral = make.referral(child, date(2026, 4, 1), source_text=told, no_further_action=False)
    make.assessment(child, date(2026, 4, 2), referral=referral)
    worker.writes("tier-advice", child, referral.pk, level="critical", considered_on_0="2026-04-02")
    restate([child.pk], make.NOW)
    return child


def _audit(partner: Desk, child: Child) -> Audit:
    quality = Desk("Jude Ebb", role=Role.QUALITY_ASSURANCE)
    before = making.audit(quality.user, child, done_on=date(2026, 4, 20))
    raises(quality, before, "poor-practice", words="Tamsin at Seaview Primary was not rung.")
    of: dict[str, Any] = {"subject": "referral", "about_id": Referral.objects.get().pk}
    at = make.NOW.replace(month=12)
    return making.audit(partner.user, child, type_="threshold", given_at=at, **of)


def _crawled(desk: Desk, first: str) -> dict[str, str]:
    """Return every page that somebody reaches from one, by address."""
    client, waiting, found = desk.client, [first], {}
    while waiting:
        where = waiting.pop()
        if where in found or len(found) > LOOKED_AT:
            continue
        reply: Any = client.get(where, follow=True)
        is_read = reply.status_code == 200 and "html" in reply["Content-Type"]
        found[where] = reply.content.decode() if is_read else ""
        waiting += FURTHER.findall(found[where])
    return found


def test_a_partner_reads_nobodys_name_address_school_or_number_on_any_page_they_reach(
    partner: Desk, child: Child
) -> None:
    audit = _audit(partner, child)
    pages = _crawled(partner, f"/audits/audit/{audit.ref}/")

    told = "".join(pages.values())
    assert "Referral of Wed 1 April 2026" in told
    assert "Poor practice" in pages[f"/audits/audit/{audit.ref}/"]
    assert f"/audits/audit/{audit.ref}/file/" in pages
    assert len(pages) < LOOKED_AT
    leaks = {(one, where) for one in SECRETS for where, page in pages.items() if one in page}
    assert not leaks
    assert child.ref not in told
    named = {where for where, page in pages.items() if "Tidewell" in page}
    assert all(where.startswith("/audits/") for where in named), named
