"""Reads of decisions, of the queue by tier, and of what the tiers come to; as far as one sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import (
    Case,
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
    advised = list(counted(viewer, with_tier(tiers)).values_list("advice", flat=True))
    rows = counted(viewer, Decision.objects.filter(form=tiers.form))
    decided = list(rows.values_list("advised", "decided", "departs"))
    return {
        one.id: Tally(
            advised.count(one.id),
            sum(said == one.id for _, said, _ in decided),
            sum(was == one.id and departs for was, _, departs in decided),
        )
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
    rows = counted(viewer, Decision.objects.all()).order_by("form")
    found: dict[str, list[tuple[bool, bool]]] = {}
    for row in rows.only("form", "departs", "why_departs", "ref").iterator():
        reasoned = bool(row.__dict__["why_departs"])
        found.setdefault(row.form, []).append((row.departs, reasoned))
    return [
        Departures(
            form, len(each), sum(departs for departs, _ in each),
            sum(departs and not reasoned for departs, reasoned in each),
        )
        for form, each in found.items()
    ]  # fmt: skip
