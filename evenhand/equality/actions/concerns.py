"""Recording a concern about unfair treatment.

Nothing is written to anybody's profile.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from evenhand.accounts.models import Team, User, Worker
from evenhand.accounts.references import new_reference
from evenhand.equality.grounds import NONE, characteristics, grounds
from evenhand.equality.models import Concern
from evenhand.equality.routing import owner_of
from evenhand.history.actions import Change, action
from evenhand.people.days import refuse_to_come
from evenhand.problems import Problem


@action("concern.recorded")
def record_concern(  # noqa: PLR0913 (what a concern is made of)
    *,
    by: User,
    at: datetime,
    received_on: date,
    ground: str,
    what_happened: str,
    characteristic: str = "",
    direct: bool | None = None,
    team: Team | None = None,
    subjects: Collection[Worker] = (),
) -> Change:
    """Record a concern under one ground of the policy.

    It counts once under the ground, and once under the protected characteristic that the ground
    maps to, or that ``characteristic`` names instead ("none": under no characteristic). Whoever of
    ``subjects`` works here never sees it, and it goes to a manager outside their line. Raises
    Problem for a ground or characteristic that is not in the packs, a day to come, or oneself.
    """
    mapped = {each.id: each.characteristic for each in grounds()}
    _refuse(ground, characteristic)
    refuse_to_come(received_on, at, "Give the day on which it was raised.")
    if by.worker in subjects:
        raise Problem("You named yourself.", "Name whom the concern is about, or nobody.")
    counted = {"": mapped[ground], NONE: ""}.get(characteristic, characteristic)
    concern = Concern.objects.create(
        ref=new_reference(), received_on=received_on, ground=ground, characteristic=counted,
        what_happened=what_happened, direct=direct, team=team, recorded_by=by, recorded_at=at,
        owner=owner_of(by.worker, subjects) if subjects else None,
    )  # fmt: skip
    concern.subjects.set(subjects)
    told = {"ground": (None, ground), "characteristic": (None, counted)}
    if subjects:
        told["subjects"] = (None, sorted(worker.pk for worker in subjects))  # type: ignore[assignment]
    return Change(concern, told)


def _refuse(ground: str, characteristic: str) -> None:
    if ground not in {each.id for each in grounds()}:
        raise Problem(f"No ground of the policy is called {ground!r}.", "Choose one of the list.")
    if characteristic not in {"", NONE, *(each.id for each in characteristics())}:
        raise Problem(
            f"The Act protects no characteristic called {characteristic!r}.", "Choose one of nine."
        )
