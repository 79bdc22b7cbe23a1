"""The demonstration's objectives, measures, findings and good practice."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from evenhand.accounts.models import Role, Team, User
from evenhand.performance import actions
from evenhand.performance.models import Objective

STANDARD = "england/conference-after-enquiry"
WEEKS_AGO = timedelta(weeks=6)


def create(*, at: datetime) -> None:
    """Make them as the director and the social worker would; nothing where any is there."""
    director, worker = _holder(Role.DIRECTOR), _holder(Role.SOCIAL_WORKER)
    if director is None or worker is None or Objective.objects.exists():
        return
    by: dict[str, Any] = {"by": director, "at": at}
    _objectives(worker, director, by, at)
    found = timezone.localdate(at) - WEEKS_AGO
    late = {"kind": "inspection", "told_in": "Inspection report, paragraph 41"}
    actions.record_finding(**by, **late, words="Plans reach families late.", found_on=found)
    words = "Families are asked too rarely what helped."
    second = actions.record_finding(**by, **late, words=words, found_on=found)
    actions.act_on(second, **by, what="Ask every family when their file closes", owner=director)
    item = actions.note_practice(
        **by, source="feedback", summary="Letters in the family's own language, read out first.",
        team=worker.worker.team if worker.worker else None,
    )  # fmt: skip
    actions.share(item, **by, teams=_teams(worker))


def _objectives(worker: User, director: User, by: dict[str, Any], at: datetime) -> None:
    council = actions.set_objective(**by, words="Every island child is safe and heard")
    service = actions.set_objective(**by, words="Conferences are held in time", parent=council)
    for team in _teams(worker):
        built = actions.Built(
            f"Conferences in time, {team.name}", director, source=STANDARD, target=Decimal(90),
            team=team, priority="in-time", objective=service,
        )  # fmt: skip
        measure = actions.add_measure(built, **by)
        actions.set_personal(by=worker, at=at, words="Book the room at once", measure=measure)
    actions.set_personal(by=worker, at=at, words="Ring back on the same day")
    actions.add_measure(actions.Built("Calls answered at once", director), **by)
    if worker.worker is not None:
        actions.tell_result(
            **by, worker=worker.worker, title="One plan", looked_on=timezone.localdate(at),
            words="The child's own words are there. Say next time what happens if it fails.",
        )  # fmt: skip


def _teams(worker: User) -> list[Team]:
    return [worker.worker.team] if worker.worker and worker.worker.team else []


def _holder(role: Role) -> User | None:
    holders = User.objects.filter(grants__role=role, is_active=True)
    return holders.select_related("worker__team").order_by("pk").first()
