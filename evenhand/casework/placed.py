"""Where a child in our care lives now, as facts: kind, whose, in our own area or not, and moves.

Whether a postcode is of the authority's own area, and which stays are no move, is the packs'
(``local-area.yaml``, ``placements.yaml``): asked anew with each query, since a pack may be adopted
while Evenhand runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Length, Replace, Substr, Upper
from django.utils import timezone

from evenhand.casework.models import Placement
from evenhand.facts.adopted import policy
from evenhand.policy.entries import called, in_force

KEPT = Q(withdrawn=False)
INWARD = 3
"""The characters of a postcode that follow its district."""
POSTCODE = Upper(Replace("postcode", Value(" "), Value("")))


def current(column: str) -> Subquery:
    """Return a column of the placement that a child is in: the newest that has not ended."""
    return Subquery(_now().values(column)[:1])


class Moves(Combinable):
    """How often a child moved in the current period of care; null without one."""

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """Return the expression for the types that the packs call temporary today."""
        return _moves(temporary()).resolve_expression(*args, **kwargs)


def temporary() -> Sequence[str]:
    """Return the types of placement in which a stay is no move (placements.yaml)."""
    entries = called(policy().document("placements") or (), "temporary")
    return in_force(entries, timezone.localdate()) or ()


def _moves(temporary: Sequence[str]) -> Combinable:
    placed = Placement.objects.filter(
        KEPT, child=OuterRef("pk"), care_period__ended_on=None, care_period__withdrawn=False
    ).exclude(Q(care_period=None) | Q(kind__in=temporary))
    counted = placed.order_by().values("care_period").annotate(placed=Count("pk"))
    newest = counted.order_by(F("care_period__started_on").desc(nulls_last=True), "-care_period")
    return Subquery(newest.values("placed")[:1]) - Value(1)


class IsLocal(Combinable):
    """Whether the child's placement is in the authority's own area; null where nobody knows."""

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """Return the expression for the districts that the packs name today."""
        districts = local_districts()
        told = _is_local(districts) if districts else Value(None, output_field=BooleanField())
        return told.resolve_expression(*args, **kwargs)


def local_districts() -> Sequence[str]:
    """Return the postcode districts of the authority's own area (local-area.yaml)."""
    document = policy().document("local-area") or {}
    return in_force(document.get("districts", ()), timezone.localdate()) or ()


def _is_local(districts: Sequence[str]) -> Subquery:
    known = _now().annotate(whole=POSTCODE, long=Length(POSTCODE))
    told = Case(When(Q(district__in=districts), then=Value(True)), default=Value(False))
    district = Case(When(Q(long__gt=INWARD), then=Substr("whole", 1, F("long") - INWARD)))
    rows = known.annotate(district=district).annotate(
        told=Case(When(Q(long__gt=INWARD), then=told), output_field=BooleanField())
    )
    return Subquery(rows.values("told")[:1])


def _now() -> Any:
    newest = F("started_on").desc(nulls_last=True)
    return Placement.objects.filter(KEPT, child=OuterRef("pk"), ended_on=None).order_by(
        newest, "-pk"
    )
