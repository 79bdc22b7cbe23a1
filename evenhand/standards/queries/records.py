"""Records of a period: how many hold a field, and which do not. Read as the facts are bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from evenhand.accounts.models import Team, User
from evenhand.facts.horizons import horizons
from evenhand.facts.registry import BINDINGS, SUBJECTS
from evenhand.people.models import Child, IdentityStanding, IdentityStatement
from evenhand.people.models.closing import closing_of
from evenhand.rules.periods import months_before
from evenhand.sources.queries import values_set_aside
from evenhand.standards.indicators import Field
from evenhand.standards.queries.counting import counted_with_below, teams_counted, visible_ids
from evenhand.standards.tallying import MONTHS_SHOWN

Rows = QuerySet[Any, Any]
KEPT_CHILD = Coalesce("child__merged_into_id", "child_id")


class Filled(NamedTuple):
    """Of how many records of the period a field is filled; ``sent_to`` None: no source sends it.

    ``not_valid`` values of the whole authority's files wait to be mended: their rows are aside.
    """

    field: Field
    records: int
    filled: int
    not_valid: int = 0
    sent_to: date | None = None


class Unfilled(NamedTuple):
    """A record without the field: its child, its day, and the child's answer's state, if any."""

    child: Child
    on: date
    status: str


def period(as_at: date) -> tuple[date, date]:
    """Return the first and the last day of the months shown."""
    return months_before(as_at, MONTHS_SHOWN), as_at


def filled_for(
    viewer: User, fields: tuple[Field, ...], team: Team | None = None, *, as_at: date
) -> list[Filled]:
    """Return for each field how many of the period's records within the viewer's counts hold it."""
    reach, known = reach_of(viewer, team), horizons(one.fact or one.at for one in fields)
    not_valid = values_set_aside(name for one in fields for name in one.columns)
    return [
        _filled(_within(reach, one.subject, one.at, as_at), one)._replace(
            not_valid=sum(not_valid[name] for name in one.columns),
            sent_to=getattr(known[one.fact or one.at], "complete_to", None),
        )
        for one in fields
    ]


def _filled(rows: Rows, field: Field) -> Filled:
    answered = Case(When(_is_filled(field), then=Value(1)), default=Value(0))
    groups = rows.annotate(answered=answered).order_by().values_list("answered")
    found = dict(groups.annotate(Count("pk")))
    return Filled(field, sum(found.values()), found.get(1, 0))


def codes_for(
    viewer: User, subject: str, at: str, fact: str, team: Team | None = None, *, as_at: date
) -> Mapping[str, int]:
    """Return how many of the period's records hold each code of a fact; the empty one: none."""
    rows = _within(reach_of(viewer, team), subject, at, as_at)
    rows = rows.annotate(code=Coalesce(BINDINGS[fact].column, Value("")))
    return Counter(dict(rows.order_by().values_list("code").annotate(Count("pk"))))


def unfilled_for(viewer: User, field: Field, *, as_at: date) -> Rows:
    """Return the period's records without the field, of children the viewer may see, newest first.

    Each has ``kept_child``, the key of the child it is read as, and ``happened_on``.
    """
    rows = _of_period(field.subject, field.at, as_at).exclude(_is_filled(field))
    rows = rows.annotate(happened_on=F(_column(field.at)))
    seen = Child.objects.visible_to(viewer).values("pk")
    return rows.filter(kept_child__in=seen).order_by("-happened_on", "-pk")


def unfilled_of(rows: list[Any], field: Field) -> list[Unfilled]:
    """Return one page of them with their children."""
    ids = {row.kept_child for row in rows}
    children = Child.objects.select_related("team", "worker").in_bulk(ids)
    said = dict(
        IdentityStanding.objects.filter(
            child__in=ids, characteristic=field.characteristic
        ).values_list("child_id", "status")
    )
    return [
        Unfilled(children[row.kept_child], row.happened_on, said.get(row.kept_child, ""))
        for row in rows
    ]


class Reach(NamedTuple):
    """Whose records are counted: these children's, or these teams'; both None: everybody's.

    Those of ``without`` are counted nowhere.
    """

    children: list[int] | None
    teams: frozenset[int] | None
    without: frozenset[int] = frozenset()


def reach_of(viewer: User, team: Team | None) -> Reach:
    """Return how far the viewer's counts reach, or those of one team within them."""
    teams, without = teams_counted(viewer, team), closing_of(viewer).uncounted
    if teams is None:
        return Reach(visible_ids(viewer), None)
    below = None if None in teams else counted_with_below(viewer, team)
    return Reach(None, below, without)


def _within(reach: Reach, subject: str, at: str, as_at: date) -> Rows:
    rows = _of_period(subject, at, as_at)
    if reach.children is not None:
        rows = rows.filter(kept_child__in=reach.children)
    if reach.without:
        rows = rows.exclude(kept_child__in=reach.without)
    if reach.teams is None:
        return rows
    path = SUBJECTS[subject].team
    whose = F(path) if isinstance(path, str) else path
    return rows.annotate(counted_team=whose).filter(counted_team__in=reach.teams)


def _of_period(subject: str, at: str, as_at: date) -> Rows:
    found = SUBJECTS[subject]
    days = {f"{_column(at)}__range": period(as_at)}
    rows = found.model._default_manager.filter(found.where, **days)
    return rows.annotate(kept_child=KEPT_CHILD)


def _column(fact: str) -> str:
    return str(BINDINGS[fact].column)


def _is_filled(field: Field) -> Q:
    if field.characteristic:
        answered = IdentityStanding.objects.filter(
            child=OuterRef("kept_child"),
            characteristic=field.characteristic,
            status=IdentityStatement.Status.ANSWERED,
        )
        return Q(Exists(answered))
    column = _column(field.fact)
    return Q(**{f"{column}__isnull": False}) & ~Q(**{column: ""})
