"""Recording what inspectors judged, and what is to be done about it."""

from __future__ import annotations

from datetime import date, datetime

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.design.wording import day
from evenhand.history.actions import Change, action
from evenhand.monitoring.judgements import IMPROVEMENT, actions_begin, scale
from evenhand.monitoring.models import Judgement
from evenhand.people.days import refuse_to_come
from evenhand.problems import Problem
from evenhand.work.actions import Place, open_task
from evenhand.work.models import Task

LONGEST_ACTION = 300


@action("judgement.recorded")
def record_judgement(
    *, by: User, at: datetime, area: str, given: str, judged_on: date, source: str
) -> Change:
    """Record a judgement in the inspectors' own word.

    Raises Problem for an area or word that the packs have not, a day to come, and one that is
    recorded already.
    """
    _refuse(area, given, judged_on, at)
    told = {"area": area, "given": given, "judged_on": judged_on, "source": source.strip()}
    same = {"area": area, "judged_on": judged_on, "source__iexact": source.strip()}
    if Judgement.objects.filter(**same, entered_in_error=False).exists():
        raise Problem("This judgement is recorded already.", "Look at it in the register.")
    made = Judgement.objects.create(ref=new_reference(), recorded_by=by, recorded_at=at, **told)
    return Change(made, {name: (None, value) for name, value in told.items()})


def _refuse(area: str, given: str, judged_on: date, at: datetime) -> None:
    if area not in {one.id for one in scale().areas} or given not in scale().words:
        raise Problem("The packs have no such area or judgement.", "Choose one of the list.")
    refuse_to_come(judged_on, at, "Record it once it is given.")


@action("judgement.entered_in_error")
def take_judgement_back(judgement: Judgement, *, by: User, at: datetime, reason: str) -> Change:
    """Take a judgement back that was recorded in error; it stays, out of the register.

    Raises Problem without a reason, and where it was taken back before.
    """
    if not reason.strip():
        raise Problem("No reason was given.", "Say in a few words what was wrong.")
    taken = Judgement.objects.filter(pk=judgement.pk, entered_in_error=False)
    if not taken.update(entered_in_error=True):
        raise Problem("It was taken back before.", "Look at the register.")
    return Change(judgement, {"entered in error": (False, True)}, reason=reason.strip())


def act_on(
    judgement: Judgement, *, by: User, at: datetime, what: str, due_on: date | None = None
) -> Task:
    """Open an improvement action that answers a judgement. Raises Problem without words."""
    task: Task = open_task(
        by=by, at=at, kind=IMPROVEMENT, what=what, why=_why(judgement), due_on=due_on,
        about=f"{actions_begin(judgement.ref)}{new_reference()}",
        place=Place("monitoring:judgement", [judgement.ref]),
    )  # fmt: skip
    return task


def _why(judgement: Judgement) -> str:
    area, word = scale().area(judgement.area).label, scale().given(judgement.given)
    return f"Inspectors judged {area} {word} on {day(judgement.judged_on)}."
