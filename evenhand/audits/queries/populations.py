"""What audits are drawn from: children, or what happened to them, by facts that the record has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from evenhand.accounts.models import User
from evenhand.audits import pack
from evenhand.casework.models import (
    CareLeaver,
    CarePeriod,
    CoreGroup,
    InitialConference,
    NeedPlan,
    ProtectionPlan,
    Referral,
)
from evenhand.facts.adopted import policy
from evenhand.people.models import Child, IdentityStanding
from evenhand.people.models.closing import KEPT_CHILD
from evenhand.people.queries.objections import children_left_out
from evenhand.problems import Problem
from evenhand.rules.arithmetic import add_months

CHILDREN, PLANS, NOBODY = "children", "plans", "nobody"
EVENTS: Mapping[str, tuple[Any, str, str]] = {
    "referrals": (Referral, "received_on", "referral"),
    "conferences": (InitialConference, "held_on", "conference"),
    "core-groups": (CoreGroup, "held_on", "core_group"),
}
STAGES: Mapping[str, tuple[Any, str]] = {
    "protection-plan": (ProtectionPlan, "On a child protection plan"),
    "care": (CarePeriod, "In our care"),
    "need-plan": (NeedPlan, "With a child in need plan"),
    "care-leaver": (CareLeaver, "Leaving care"),
}
"""The first that a child has is the stage they stand at."""
OTHER_STAGE, OTHER_STAGE_WORDS = "other", "Referred or assessed"
NOT_KNOWN = "Not known"
WORDS: Mapping[str, tuple[str, str]] = {
    CHILDREN: ("child whose case is open", "children whose case is open"),
    "referrals": ("referral", "referrals"),
    "conferences": ("initial child protection conference", "initial child protection conferences"),
    "core-groups": ("core group", "core groups"),
    "supervisions": ("supervision", "supervisions"),
    PLANS: ("child in our care of school age", "children in our care of school age"),
}
MAX_WEEKS = 520


class File(NamedTuple):
    """What can be drawn. ``key`` says the same of it for ever; ``child`` is the record kept.

    ``others`` are workers besides ``worker`` whose work it shows: a supervisor.
    """

    key: str
    subject: str
    child: int | None
    worker: int | None
    team: int | None
    about: int | None = None
    others: tuple[int, ...] = ()


class Filters(NamedTuple):
    """By which facts files are chosen; empty: by none. ``weeks``: referred in the last weeks."""

    teams: tuple[int, ...] = ()
    worker: int | None = None
    stage: str = ""
    ethnicity: str = ""
    weeks: int = 0
    since: date | None = None
    until: date | None = None


Elsewhere = Callable[[User, date, date], Iterable[File]]


def has_window(population: str) -> bool:
    """Whether a population is of what happened between two days."""
    return population not in (CHILDREN, PLANS, NOBODY)


def population_of(population: str, viewer: User, filters: Filters, on: date) -> list[File]:
    """Return the files of a population that a viewer may open, as filters choose them.

    A child merged into another stands once, as that other. Problem for a population that there is
    not, and without the two days of one that needs them.
    """
    found = _files(population, viewer, filters, on)
    chosen = _of_facts(found, filters, on)
    return [
        one for one in found
        if (not filters.teams or one.team in filters.teams)
        and (filters.worker is None or one.worker == filters.worker)
        and (chosen is None or one.child in chosen)
    ]  # fmt: skip


def _files(population: str, viewer: User, filters: Filters, on: date) -> list[File]:
    if population in (CHILDREN, PLANS):
        return _children(viewer, _of_school_age(on) if population == PLANS else None)
    since, until = filters.since, filters.until
    if since is None or until is None:
        raise Problem("The days from which files are taken are not known.", "Give both of them.")
    if population in EVENTS:
        return _events(population, viewer, since, until)
    elsewhere: Mapping[str, Elsewhere] = import_string(settings.AUDITED_ELSEWHERE)
    if population not in elsewhere:
        raise Problem(f'Nothing can be drawn from "{population}".', "Ask for these audits by name.")
    return list(elsewhere[population](viewer, since, until))


def _children(viewer: User, of_age: Mapping[str, Any] | None) -> list[File]:
    rows = Child.objects.visible_to(viewer).filter(is_open=True)
    if of_age is not None:
        cared_for = CarePeriod.objects.filter(withdrawn=False, ended_on=None).order_by()
        rows = rows.filter(pk__in=cared_for.values(kept=KEPT_CHILD), **of_age)
    told = rows.order_by().values_list("ref", "pk", "worker_id", "team_id")
    return [File(ref, "child", pk, worker, team) for ref, pk, worker, team in told]


def _of_school_age(on: date) -> Mapping[str, Any]:
    youngest = add_months(on, -12 * pack.limit("plan-from-age", on))
    oldest = add_months(on, -12 * pack.limit("plan-until-age", on))
    return {"born_on__lte": youngest, "born_on__gt": oldest}


def _events(population: str, viewer: User, since: date, until: date) -> list[File]:
    model, day, subject = EVENTS[population]
    within = {f"{day}__gte": since, f"{day}__lte": until}
    rows: QuerySet[Any, Any] = model.objects.filter(withdrawn=False, **within).order_by()
    own = hasattr(model, "worker_id")
    named = ("worker_id", "team_id") if own else ("child__worker_id", "child__team_id")
    seen = _whose(viewer)
    found = []
    for pk, child, worker, team in rows.values_list("pk", KEPT_CHILD, *named):
        if child in seen:
            theirs = seen[child]
            held = (worker or theirs[0], team or theirs[1])
            found.append(File(f"{subject}-{pk}", subject, child, *held, about=pk))
    return found


def _whose(viewer: User) -> Mapping[int, tuple[int | None, int | None]]:
    """Return the worker and team of every child whose record a viewer may open."""
    rows = Child.objects.visible_to(viewer).order_by().values_list("pk", "worker_id", "team_id")
    return {pk: (worker, team) for pk, worker, team in rows}


def _of_facts(found: Iterable[File], filters: Filters, on: date) -> set[int] | None:
    """Return the children whom filters by stage, ethnicity and weeks choose; None: all."""
    children = {one.child for one in found if one.child is not None}
    chosen = children
    if filters.stage:
        stages = stages_of(children)
        chosen = {pk for pk in chosen if stages[pk] == filters.stage}
    if filters.ethnicity:
        groups = ethnicities_of(children)
        chosen = {pk for pk in chosen if groups[pk] == filters.ethnicity}
    if filters.weeks:
        chosen = chosen & _referred_since(on - timedelta(weeks=filters.weeks))
    is_narrowed = filters.stage or filters.ethnicity or filters.weeks
    return chosen if is_narrowed else None


def _referred_since(day: date) -> set[int]:
    rows = Referral.objects.filter(withdrawn=False, received_on__gte=day).order_by()
    return set(rows.values_list(KEPT_CHILD, flat=True))


def stages_of(children: Collection[int]) -> Mapping[int, str]:
    """Return the stage at which each child stands: the first of STAGES that is open."""
    found = dict.fromkeys(children, OTHER_STAGE)
    for stage, (model, _) in reversed(STAGES.items()):
        found |= dict.fromkeys(with_open(model) & found.keys(), stage)
    return found


def with_open(model: Any) -> set[int]:
    """Return the children with an open record of a kind."""
    open_ = {} if model is CareLeaver else {"ended_on": None}
    rows = model.objects.filter(withdrawn=False, **open_).order_by()
    return set(rows.values_list(KEPT_CHILD, flat=True))


def stage_words() -> Mapping[str, str]:
    """Return the stages and what they are called."""
    return {key: words for key, (_, words) in STAGES.items()} | {OTHER_STAGE: OTHER_STAGE_WORDS}


def ethnicity_groups() -> tuple[str, ...]:
    """Return the groups of the packs' list of ethnicities, in order, and who is not known."""
    return (*dict.fromkeys(_group_of_code().values()), NOT_KNOWN)


def ethnicities_of(children: Collection[int]) -> Mapping[int, str]:
    """Return the ethnic group of each child, as the leading answer says it.

    Who asked to be left out when groups are compared counts as not known.
    """
    groups, found = _group_of_code(), dict.fromkeys(children, NOT_KNOWN)
    rows = IdentityStanding.objects.filter(characteristic="ethnicity", status="answered")
    left_out = set(children_left_out())
    for child, answer in rows.exclude(child=None).values_list("child_id", "answer"):
        code = (answer.split() or [""])[0]
        if child in found and child not in left_out and code in groups:
            found[child] = groups[code]
    return found


def _group_of_code() -> Mapping[str, str]:
    document: Any = policy().document("codes") or {}
    codes = document.get("lists", {}).get("ethnicity", ())
    return {str(one["code"]): str(one["group"]) for one in codes if "group" in one}
