"""Reads of decisions, of the queue by tier, and of what the tiers come to; as far as one sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from evenhand.accounts.models import User
from evenhand.casework.models import Referral
from evenhand.eligibility.models import Decision, Letter
from evenhand.eligibility.pack import Tiers
from evenhand.people.queries.reach import counted, readable
from evenhand.recording.models import Recording

LAST = 99
"""The place of what has no priority yet: behind all that have."""
BESIDE = ("child", "team", "recorded_by", "recording")
STANDING = Q(entered_in_error=False)
RESTS = Q(recording__entered_in_error=False)
"""Of a decision: what it rests on was not taken back."""


def decisions_for(viewer: User) -> QuerySet[Decision]:
    """Return the decisions that the viewer may read, the newest first."""
    rows = Decision.objects.select_related(*BESIDE).prefetch_related("letters")
    return readable(viewer, rows).order_by("-decided_on", "-pk")


def letters_for(viewer: User) -> QuerySet[Letter]:
    """Return the letters of decisions that the viewer may read."""
    mine = readable(viewer, Decision.objects.all())
    return Letter.objects.filter(decision__in=mine).select_related("decision__child", "sent_by")


def queue(viewer: User, tiers: Tiers) -> QuerySet[Recording]:
    """Return the open referrals that a tier was advised of, the most urgent first.

    ``tier`` is what was decided, or what is advised until then.
    """
    is_open = Referral.objects.filter(
        pk=OuterRef("about_id"), closed_on=None, withdrawn=False
    ).order_by()
    rows = readable(viewer, with_tier(tiers)).filter(Exists(is_open))
    decided = Decision.objects.filter(STANDING).order_by("-decided_on", "-pk")
    rows = rows.select_related("child", "team", "worker", "recorded_by")
    rows = rows.prefetch_related(Prefetch("decisions", decided, "decided_last"))
    return rows.order_by("priority", "on", "pk")


def with_tier(tiers: Tiers) -> QuerySet[Recording]:
    """Return what was recorded on the tiers' form, each with its ``tier`` and ``priority``."""
    newest = Decision.objects.filter(STANDING, recording=OuterRef("pk")).exclude(decided="")
    decided = newest.order_by("-decided_on", "-pk").values("decided")[:1]
    rows = Recording.objects.filter(STANDING, form=tiers.form)
    rows = rows.annotate(tier=Coalesce(Subquery(decided), "advice"))
    whens = [When(tier=one.id, then=Value(one.priority)) for one in tiers.choices]
    return rows.annotate(priority=Case(*whens, default=Value(LAST), output_field=IntegerField()))


class Tally(NamedTuple):
    """How often a tier was advised, how often it was decided, and how often otherwise."""

    advised: int
    decided: int
    departed: int


def tallies(viewer: User, tiers: Tiers) -> Mapping[str, Tally]:
    """Return, for each tier, how often it was advised and decided, of those one may count."""
    weighed = counted(viewer, with_tier(tiers)).order_by().values_list("advice")
    advised = dict(weighed.annotate(Count("pk")))
    made = counted(viewer, Decision.objects.filter(RESTS, form=tiers.form)).order_by()
    decided = dict(made.values_list("decided").annotate(Count("pk")))
    departed = dict(made.filter(departs=True).values_list("advised").annotate(Count("pk")))
    return {
        one.id: Tally(advised.get(one.id, 0), decided.get(one.id, 0), departed.get(one.id, 0))
        for one in tiers.choices
    }


class Departures(NamedTuple):
    """Of one form: how many decisions, how many depart, and how many of those without reasons."""

    form: str
    decisions: int
    departed: int
    without_reasons: int


def departures(viewer: User) -> list[Departures]:
    """Return, form by form, how often people decided otherwise than was advised."""
    rows = counted(viewer, Decision.objects.filter(RESTS)).order_by("form")
    otherwise = Q(departs=True)
    numbered = rows.values("form").annotate(
        all=Count("pk"),
        departed=Count("pk", otherwise),
        unsaid=Count("pk", otherwise & Q(why_departs="")),
    )
    return [Departures(*one) for one in numbered.values_list("form", "all", "departed", "unsaid")]
