"""The tools of audits: open to everybody who works here, dated, and changed by what people say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from evenhand.accounts.models import Role
from evenhand.accounts.roles import roles
from evenhand.audits.models import Audit
from tests import factories as make
from tests.audits import making
from tests.clock import Clock
from tests.pages import main_of, table_of
from tests.recording.desk import Desk

pytestmark = pytest.mark.django_db
PACK = """id: tools
title: Tools Council
source: made up
licence: none
adopts: [islehaven]
"""
EDITION = """- id: audit-training
  title: Audit of training needs
  subject: audit
  own: true
  room: audits
  of_child: no
  permission: audits.conduct
  from: {day}
  basis: default
  questions:
    - {{id: needs, label: "{asks}", kind: words}}
  sections: [{{id: needs, title: What is needed, questions: [needs]}}]
"""
EDITIONS = (
    ("2005-04-01", "The first question"), ("2010-04-01", "The second question"),
    ("2015-04-01", "The third question"), ("2026-06-01", "The fourth question"),
)  # fmt: skip


@pytest.fixture
def four_editions(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """An authority whose tool for training needs has a fourth edition from June 2026."""
    folder = tmp_path / "tools" / "forms"
    folder.mkdir(parents=True)
    (folder.parent / "pack.yaml").write_text(PACK, "utf-8")
    written = "".join(EDITION.format(day=day, asks=asks) for day, asks in EDITIONS)
    (folder / "tools.yaml").write_text(written, "utf-8")
    monkeypatch.setenv("EVENHAND_PACKS", str(tmp_path))
    settings.ADOPTED_PACK = "tools"


@pytest.mark.clause("IOW-2.4.53-a", rests_on="forms/audit-file")
def test_every_role_reads_the_tool_and_an_audit_keeps_its_edition(
    clock: Clock, client: Client
) -> None:
    clock.at("2026-05-12")
    for role in roles().roles:
        client.force_login(make.user(role))
        assert "File audit" in main_of(client.get(reverse("audits:tools")))
        page = main_of(client.get(reverse("audits:tool", args=["audit-file"])))
        assert "Edition 1, from Fri 1 April 2005" in page
        assert "What difference did it make for the child?" in page
        printed = client.get(reverse("audits:print-tool", args=["audit-file"]))
        assert "Who the child is" in main_of(printed)
        assert 'class="eh-paper-box"' in printed.content.decode()  # to be ticked by hand
    desk = Desk(role=Role.TEAM_MANAGER)
    audit = making.audit(desk.user, make.child(team=desk.team))
    assert audit.edition == date(2005, 4, 1)
    assert "Edition 1, from Fri 1 April 2005" in desk.words("audits:audit", audit.ref)


@pytest.mark.clause("IOW-2.4.53-b", rests_on="audits/training")
@pytest.mark.usefixtures("four_editions")
def test_a_new_edition_cites_the_comments_and_old_audits_keep_their_questions(
    clock: Clock,
) -> None:
    clock.at("2026-05-12")
    quality = Desk(role=Role.QUALITY_ASSURANCE)
    slot = making.slot("training", date(2026, 5, 1))
    assert "Give it to an auditor" in quality.words("audits:slot", slot.ref)
    told: dict[str, Any] = {"auditor": quality.user.ref}
    assert (
        quality.client.post(reverse("audits:give-of-slot", args=[slot.ref]), told).status_code
        == 302
    )
    old = Audit.objects.get()
    for number in (1, 2, 3):
        manager = Desk(f"Manager {number}", role=Role.TEAM_MANAGER)
        said = {"words": f"Ask for the teams, too ({number})"}
        reply: Any = manager.client.post(reverse("audits:tool", args=["audit-training"]), said)
        assert reply.status_code == 302

    clock.at("2026-06-01")
    waiting = table_of(quality.get("audits:tool", "audit-training"), "What people say of this tool")
    assert [row[1] for row in waiting] == ["Waiting for the next edition"] * 3
    form = quality.get("audits:take-up", "audit-training").context["form"]
    refs = [ref for ref, _ in form.fields["comments"].choices]
    taken = {"edition": "2026-06-01", "comments": refs, "answer": "The teams are asked"}
    reply = quality.client.post(reverse("audits:take-up", args=["audit-training"]), taken)
    assert reply.status_code == 302, main_of(reply)

    page = quality.get("audits:tool", "audit-training")
    editions = table_of(page, "Editions")
    assert editions[0] == ["Edition 4In force", "Mon 1 June 2026", "3 linked comments"]
    assert "The fourth question" in main_of(page)
    asked = quality.words("audits:write", old.ref)
    assert "The third question" in asked
    assert "The fourth question" not in asked
    reply = quality.client.post(reverse("audits:write", args=[old.ref]), {"needs": "To listen"})
    assert reply.status_code == 302, main_of(reply)
    read = quality.words("audits:audit", old.ref)
    assert "Edition 3, from Wed 1 April 2015" in read
    assert "The third question" in read
