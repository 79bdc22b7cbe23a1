"""A service of two teams, with those who answer for them, at their desks."""

from __future__ import annotations

from datetime import date
from typing import Any

from evenhand.accounts.models import Role, User
from evenhand.audits.models import Audit, Finding
from tests import factories as make
from tests.audits import making
from tests.recording.desk import Desk


class Service:
    """Teams A and B of one service: their managers, its service manager, quality, the director."""

    def __init__(self) -> None:
        self.team = make.team("Bayside service")
        self.a, self.b = make.team("Team A", parent=self.team), make.team("Team B", parent=None)
        self.above_b = make.team("Headland service")
        self.b.parent = self.above_b
        self.b.save()
        self.manager = Desk("Ana Quay", role=Role.TEAM_MANAGER, team=self.a)
        self.above = Desk("Bo Reef", role=Role.SERVICE_MANAGER, team=self.team)
        self.other = Desk("Cy Tern", role=Role.TEAM_MANAGER, team=self.b)
        self.other_above = Desk("Di Wren", role=Role.SERVICE_MANAGER, team=self.above_b)
        self.quality = Desk("Ed Dune", role=Role.QUALITY_ASSURANCE)
        self.head = Desk("Fay Moor", role=Role.DIRECTOR)

    def audit(self, done_on: str = "2026-05-11", **more: Any) -> Audit:
        """A file of Team A that its manager audited on a day."""
        child = more.pop("child", None) or make.child(team=self.a)
        by: User = more.pop("auditor", self.manager.user)
        return making.audit(by, child, done_on=date.fromisoformat(done_on), **more)


def raises(desk: Desk, audit: Audit, kind: str, **said: Any) -> Finding:
    """Somebody raises on the page of an audit what it found."""
    team = said.pop("team", audit.team)
    given = {"kind": kind, "team": team.ref, "words": "No plan is in the file.", **said}
    reply: Any = desk.client.post(f"/audits/findings/of/{audit.ref}/", given)
    assert reply.status_code == 302, reply.content.decode()
    return Finding.objects.latest("pk")


def acts(desk: Desk, finding: Finding, owner: User, due: str) -> Finding:
    """Somebody says on the page of a finding who puts it right, and by when."""
    given = {"what": "Write the plan with the family.", "owner": owner.username, "due_on": due}
    reply: Any = desk.client.post(f"/audits/findings/{finding.ref}/action/", given)
    assert reply.status_code == 302, reply.content.decode()
    finding.refresh_from_db()
    return finding
