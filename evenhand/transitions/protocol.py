"""What the adopted packs say of the way to adult services: transitions.yaml, and which teams."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Q

from evenhand.accounts.models import Team
from evenhand.accounts.scope import with_teams_below
from evenhand.facts.adopted import policy
from evenhand.policy.entries import called, newest, that_holds
from evenhand.problems import Problem
from evenhand.rules.arithmetic import birthday
from evenhand.rules.school_years import school_leaving_day, year_begins
from evenhand.rules.standards import PerPeriod, Standard

FILE = "transitions.yaml"
DISABILITY = "disability"


class Milestone(NamedTuple):
    """One step of a route: the standard that dates it, and what is shown beside."""

    standard: str
    words: str
    beside: str
    opens: str
    who: str


class Route(NamedTuple):
    """One adult service that a plan may lead to."""

    id: str
    name: str
    team: str
    manager: str
    criteria: tuple[str, ...]
    milestones: tuple[Milestone, ...]


class Recipient(NamedTuple):
    """With whom the list may be shared; ``route`` is whose young people concern them."""

    id: str
    label: str
    route: str
    standard: str


class Post(NamedTuple):
    """A post that the monitoring meeting needs."""

    id: str
    label: str


def routes() -> Mapping[str, Route]:
    """Return every route by its id; none where no adopted pack has any."""
    return _routes(policy().digest)


def route_called(id_: str) -> Route:
    """Return one route. Problem where no adopted pack has it."""
    found = routes().get(id_)
    if found is None:
        raise Problem(f'{FILE} has no route called "{id_}".', "Choose one of those it has.")
    return found


def route_words(id_: str) -> str:
    """Return a route in words; of one that the packs have no more, its id."""
    found = routes().get(id_)
    return found.name if found else id_


def recipients() -> Sequence[Recipient]:
    """Return with whom the list may be shared."""
    return [
        Recipient(one["id"], one["label"], one.get("route", ""), one.get("standard", ""))
        for one in document().get("recipients", ())
    ]


def posts() -> Sequence[Post]:
    """Return the posts that a monitoring meeting needs."""
    return [Post(one["id"], one["label"]) for one in document().get("posts", ())]


def beginning() -> Mapping[str, str]:
    """Return the questions of forms whose yes begins a plan, each with the route of the plan."""
    return dict(document().get("begins", {}))


def attends_meetings() -> str:
    """Return the route whose worker is asked to the disability team's meetings; perhaps none."""
    return str(document().get("attends-team-meetings", ""))


def criteria_of_the_team() -> tuple[str, ...]:
    """Return what decides who is open to the disability team."""
    return tuple(document().get("disability-criteria", ()))


def value_on(name: str, day: date) -> int:
    """Return a number of the file in force on a day. Problem, naming it, without one."""
    return _in_force(document().get(name, ()), name, day)


def standard_for(name: str) -> Standard | None:
    """Return the standard that the file names for something; None where there is none."""
    return policy().standards.get(str(document().get(name, "")))


def meeting_months() -> tuple[str, ...]:
    """Return the months in which a monitoring meeting is to be held."""
    found = standard_for("monitoring-meeting")
    period = found.period if isinstance(found, PerPeriod) else ()
    return () if isinstance(period, str) else tuple(month_name[month] for month in period)


def year_9_begins(born: date, today: date) -> date:
    """Return the 1 September of a young person's Year 9."""
    return year_begins(born, _school_age("year-9-starts-at", today))


def leaves_school(born: date, today: date) -> date:
    """Return the day on which a young person may leave school: at the end of Year 11."""
    return school_leaving_day(born, _school_age("year-11-starts-at", today))


def grown_up(born: date | None) -> date | None:
    """Return the birthday on which somebody is a child no more (ages.yaml); None: born unknown."""
    years = adult_age()
    return birthday(born, years) if born and years else None


def adult_age() -> int | None:
    """Return the age at which somebody is a child no more; None where no adopted pack says it."""
    ages: Any = policy().document("ages") or ()
    until = newest(called(ages, "child-until"), date.max)
    return int(until["years"]) if until else None


def branch(*, after_year_11: bool) -> str:
    """Return how the branch is called on which somebody leaves education; empty without a name."""
    found = document().get("branches", {})
    return str(found.get("after-year-11" if after_year_11 else "later", ""))


def teams_of(id_: str) -> frozenset[int]:
    """Return the keys of the teams that transition-teams.yaml means, and of those beneath them."""
    listed: Any = policy().document("transition-teams") or ()
    names = [str(name) for one in listed if one["id"] == id_ for name in one["teams"]]
    found = Team.objects.filter(Q(code__in=names) | Q(name__in=names))
    return with_teams_below(set(found.values_list("pk", flat=True)))


def beside_the_lead() -> frozenset[str]:
    """Return the roles, in capitals, in which somebody works with a child beside the lead."""
    return frozenset(str(role).upper() for role in document().get("works-beside", ()))


def document() -> Mapping[str, Any]:
    """Return the file of the newest pack that has one; empty where none has."""
    found: Any = policy().document("transitions")
    return found or {}


def _school_age(name: str, day: date) -> int:
    return _in_force(document().get("school-years", {}).get(name, ()), name, day)


def _in_force(entries: Any, name: str, day: date) -> int:
    return int(that_holds(entries, day, f'{FILE} has no value of "{name}"')["value"])


@cache
def _routes(_digest: str) -> Mapping[str, Route]:
    return {str(one["id"]): _route(one) for one in document().get("routes", ())}


def _route(one: Mapping[str, Any]) -> Route:
    return Route(
        str(one["id"]), str(one["name"]), str(one["team"]), str(one.get("manager", "")),
        tuple(one.get("criteria", ())), tuple(_milestone(each) for each in one["milestones"]),
    )  # fmt: skip


def _milestone(one: Mapping[str, Any]) -> Milestone:
    return Milestone(
        str(one["standard"]), str(one["words"]), str(one.get("beside", "")),
        str(one.get("opens", "")), str(one.get("who", "")),
    )  # fmt: skip
