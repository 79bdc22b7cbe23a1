"""What a source deleted: people it holds no longer, and rows that it withdrew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from evenhand.accounts.models import User
from evenhand.casework.happenings import HAPPENINGS, in_words
from evenhand.people.models import Child, Involvement
from evenhand.retention.models import WithdrawnReview
from evenhand.retention.queries import decided_on


class Withdrawn(NamedTuple):
    """One row that its source deleted: what it was, its day, and what is fastened to it."""

    target: str
    target_id: int
    words: str
    day: date
    fastened: int

    @property
    def key(self) -> str:
        """Return how a form names it."""
        return f"{self.target}:{self.target_id}"


def deleted_people(viewer: User, today: date) -> QuerySet[Child]:
    """Return children of whom the sources deleted all that they told, undecided, by name.

    A person of whom no event was ever told cannot be seen to be gone: an extract leaves out those
    who were last open long ago, too.
    """
    told = [model.objects.filter(child=OuterRef("pk")) for model in _deletable()]
    gone, stands = Q(), Q()
    for rows in told:
        gone |= Q(Exists(rows.filter(withdrawn=True)))
        stands |= Q(Exists(rows.filter(withdrawn=False)))
    mine = Child.objects.visible_to(viewer).filter(gone).exclude(stands)
    return mine.exclude(decided_on(today, "pk")).order_by("surname", "forename", "pk")


def _deletable() -> list[Any]:
    """Every model of a child's events and involvements, of which a source can delete rows."""
    models = [*apps.get_app_config("casework").get_models(), Involvement]
    return [one for one in models if any(f.name == "withdrawn" for f in one._meta.concrete_fields)]


def with_withdrawn(viewer: User) -> QuerySet[Child]:
    """Return children of whom a source deleted rows that nobody has looked at, by name."""
    wanted = Q(pk__in=[])
    for model in {kind.model for kind in HAPPENINGS}:
        rows = model.objects.filter(withdrawn=True).exclude(_reviewed(model._meta.label_lower))
        wanted |= Q(pk__in=rows.values("child"))
    return Child.objects.visible_to(viewer).filter(wanted).order_by("surname", "forename", "pk")


def _reviewed(label: str) -> Q:
    looked = WithdrawnReview.objects.filter(target=label)
    return Q(pk__in=looked.values("target_id"))


def withdrawn_of(child: Child) -> list[Withdrawn]:
    """Return the rows of a child that a source deleted and nobody has looked at, oldest first."""
    return sorted(_withdrawn(child), key=lambda one: (one.day, one.key))


def _withdrawn(child: Child) -> Iterator[Withdrawn]:
    seen: set[tuple[str, int]] = set()
    for kind in HAPPENINGS:
        label = kind.model._meta.label_lower
        known = Q(**{f"{kind.day}__isnull": False}, child=child, withdrawn=True)
        for row in kind.model.objects.filter(known).exclude(_reviewed(label)):
            if (label, row.pk) not in seen:
                seen.add((label, row.pk))
                words = in_words(kind, "")
                yield Withdrawn(label, row.pk, words, getattr(row, kind.day), fastened_to(row))


def fastened_to(row: Any) -> int:
    """Return how many rows point at this one that stand, or that cannot be without it."""
    found = 0
    for relation in apps.get_model(row._meta.label)._meta.related_objects:
        pointing: Any = relation.related_model
        rows = pointing._base_manager.filter(**{relation.field.name: row})
        names = {field.name for field in pointing._meta.concrete_fields}
        if relation.field.null and "withdrawn" in names:
            rows = rows.filter(withdrawn=False)
        found += rows.count()
    return found
