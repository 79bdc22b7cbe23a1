"""Keeping the rows of plans true to what was written down and imported.

Nothing here is history: every day can be worked out again. The one exception is
``leaving_recorded_on``, the day on which both facts were first on record together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Min
from django.utils import timezone

from evenhand.history.actions import Happening
from evenhand.people.models import Child, Involvement
from evenhand.people.queries.reach import of_child
from evenhand.recording.models import Answer, Recording
from evenhand.rules.arithmetic import birthday
from evenhand.standards import standing
from evenhand.transitions import protocol
from evenhand.transitions.facts import COPIED, SUBJECT
from evenhand.transitions.models import TransitionPlan

REVIEW, LEAVING, VIEW = "transition-review", "education-leaving", "transition-view"
OF_CHILD = (REVIEW, LEAVING)
AT_16, YES = "at-16", "yes"
CAME = ("social-worker", "assistant")
COLUMNS = (
    "listed_on", "year_9_begins", "reviewed_on", "review_attended_on", "likely", "has_reasons",
    "leaves_at_16", "leaving_on", "leaving_recorded_on", "transferred_on", "moved_to",
    *COPIED.values(),
)  # fmt: skip
Found = dict[str, Any]


def after_recording(happening: Happening) -> None:
    """Bring the plans up to date that a form is about, or that its child has."""
    made = happening.subject
    if not isinstance(made, Recording):
        return
    plans = TransitionPlan.objects.none()
    if made.subject == SUBJECT and made.about_id is not None:
        plans = TransitionPlan.objects.filter(pk=made.about_id)
    elif made.form in OF_CHILD and made.child is not None:
        plans = TransitionPlan.objects.filter(of_child(made.child))
    keep(plans.select_related("child__merged_into"), at=happening.at)


def after_merge(happening: Happening) -> None:
    """Bring the plans of two records up to date that were merged, or parted."""
    pair = [pk for pk in (happening.subject.pk, happening.child_id) if pk is not None]
    keep(
        TransitionPlan.objects.filter(child__in=pair).select_related("child__merged_into"),
        at=happening.at,
    )


def after_import(happening: Happening) -> None:
    """Bring every plan up to date: days of birth and lead teams may be others."""
    keep(TransitionPlan.objects.select_related("child__merged_into"), at=happening.at)


def keep(plans: Iterable[TransitionPlan], *, at: datetime) -> None:
    """Work these plans' rows out anew, and restate the promises of those that changed."""
    changed = []
    for plan in plans:
        found = _found(plan, at)
        was = {name: getattr(plan, name) for name in COLUMNS}
        if found != was:
            for name, value in found.items():
                setattr(plan, name, value)
            plan.save(update_fields=COLUMNS)
            changed.append(plan.pk)
    if changed:
        standing.restate_subjects(SUBJECT, changed, at)


def _found(plan: TransitionPlan, at: datetime) -> Found:
    today = timezone.localdate(at)
    child = plan.child.merged_into or plan.child
    found = {**_of_birth(child, today), **_reviews(child), **_view(plan), **_copied(plan)}
    found |= _leaving(child, today) | _moved(plan, child)
    both = found["likely"] == plan.route and found["leaves_at_16"] is not None
    found["leaving_recorded_on"] = (plan.leaving_recorded_on or today) if both else None
    return found


def _of_birth(child: Child, today: date) -> Found:
    born = child.born_on
    if born is None:
        return {"listed_on": None, "year_9_begins": None}
    listed = _listed(child, birthday(born, protocol.value_on("list-from", today)))
    return {
        "listed_on": listed if listed <= today else None,
        "year_9_begins": protocol.year_9_begins(born, today),
    }


def _listed(child: Child, of_age: date) -> date:
    """Return from when a child is on the list: of age, and with the disability team."""
    rows = Involvement.objects.filter(of_child(child), withdrawn=False)
    teams = protocol.teams_of(protocol.DISABILITY)
    began: date | None = rows.filter(team__in=teams).aggregate(first=Min("starts_on"))["first"]
    return max(of_age, began) if began else of_age


def _answers(child: Child, form: str) -> list[Mapping[str, Any]]:
    """Return what each recording of a form about a child answers, the earliest first."""
    rows = Recording.objects.filter(of_child(child), form=form, entered_in_error=False)
    return [
        {"on": one.on, **{each.question: each.day or each.code for each in one.answers.all()}}
        for one in rows.order_by("on", "pk").prefetch_related("answers")
    ]


def _reviews(child: Child) -> Found:
    held = _answers(child, REVIEW)
    came = [one["on"] for one in held if one.get("attended_by") in CAME]
    return {
        "reviewed_on": held[0]["on"] if held else None,
        "review_attended_on": came[0] if came else None,
    }


def _leaving(child: Child, today: date) -> Found:
    told = _answers(child, LEAVING)
    if not told:
        return {"leaves_at_16": None, "leaving_on": None}
    newest, born = told[-1], child.born_on
    end = protocol.leaves_school(born, today) if born else None
    if newest.get("leaving") == AT_16:
        return {"leaves_at_16": True, "leaving_on": end}
    on = newest.get("leaving_on") or None
    early = bool(on and end and on <= end)
    return {"leaves_at_16": early if on else None, "leaving_on": on}


def _view(plan: TransitionPlan) -> Found:
    rows = Answer.objects.filter(
        recording__form=VIEW, recording__subject=SUBJECT, recording__about_id=plan.pk,
        recording__entered_in_error=False,
    )  # fmt: skip
    told = {one.question: one for one in rows.order_by("recording__on", "recording__pk")}
    said = told["likely"].code if "likely" in told else ""
    return {
        "likely": plan.route if said == YES else said,
        "has_reasons": bool("reasons" in told and told["reasons"].words),
    }


def _copied(plan: TransitionPlan) -> Found:
    rows = Answer.objects.filter(
        fact__in=COPIED, recording__subject=SUBJECT, recording__about_id=plan.pk,
        recording__entered_in_error=False, day__isnull=False,
    )  # fmt: skip
    first = dict(rows.order_by().values_list("fact").annotate(first=Min("day")))
    return {column: first.get(fact) for fact, column in COPIED.items()}


def _moved(plan: TransitionPlan, child: Child) -> Found:
    """Return from when the extract shows the adult service as the lead, and who it names."""
    route = protocol.routes().get(plan.route)
    teams = protocol.teams_of(route.team) if route else frozenset()
    rows = Involvement.objects.filter(of_child(child), withdrawn=False)
    for one in rows.filter(team__in=teams, starts_on__isnull=False).order_by("starts_on", "pk"):
        if one.role.upper() not in protocol.beside_the_lead():
            return {"transferred_on": one.starts_on, "moved_to": str(one.worker or one.team)}
    return {"transferred_on": None, "moved_to": ""}
