"""Recording a concern about unfair treatment, and letting figures by group out.

Nothing is written to anybody's profile.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from evenhand.accounts.models import Team, User, Worker
from evenhand.accounts.references import new_reference
from evenhand.equality.comparison import Comparison
from evenhand.equality.grounds import NONE, characteristics, grounds
from evenhand.equality.models import Concern, Release
from evenhand.equality.routing import owner_of
from evenhand.history.actions import Change, action
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
    _refuse(ground, characteristic, received_on, timezone.localdate(at))
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


def _refuse(ground: str, characteristic: str, received_on: date, today: date) -> None:
    if ground not in {each.id for each in grounds()}:
        raise Problem(f"No ground of the policy is called {ground!r}.", "Choose one of the list.")
    if characteristic not in {"", NONE, *(each.id for each in characteristics())}:
        raise Problem(
            f"The Act protects no characteristic called {characteristic!r}.", "Choose one of nine."
        )
    if received_on > today:
        raise Problem("The day is in the future.", "Give the day on which it was raised.")


class Leaving(NamedTuple):
    """One table as it would leave: its title, its rows as text (the headings first), its notes."""

    title: str
    rows: list[list[str]]
    notes: list[str]


@action("figures.released")
def release_figures(
    *,
    by: User,
    at: datetime,
    comparison: Comparison,
    leaving: Leaving,
    for_whom: str,
    as_at: date,
) -> Change:
    """Let one table of figures by group out, and keep it as it left.

    Raises Problem where small numbers are not yet hidden.
    """
    if not comparison.is_suppressed:
        raise Problem(
            "These figures hold small numbers that could point to a child.",
            "Hide them before anything is released.",
        )
    tallied = comparison.tallied
    made = Release.objects.create(
        ref=new_reference(), kind=tallied.kind, measure=tallied.measure,
        dimension=comparison.dimension.id, title=leaving.title, figures=leaving.rows,
        notes=leaving.notes, for_whom=for_whom, as_at=as_at, released_by=by, released_at=at,
    )  # fmt: skip
    return Change(made, {"title": (None, leaving.title), "for_whom": (None, for_whom)})
