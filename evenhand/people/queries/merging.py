"""Children who may be recorded twice, and what stands in each of two records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import Count
from django.db.models.functions import Lower

from evenhand.accounts.models import User
from evenhand.people.models import Child
from evenhand.people.queries.reach import keys_of
from evenhand.sources.models import SourceReference

MOST = 500
SAME_NUMBER = "They have the same unique pupil number"
SAME_NAMES = "They have the same names and day of birth"


class Pair(NamedTuple):
    """Two records that may be one child, the older record first, and why."""

    kept: Child
    other: Child
    why: str


def recorded_twice(viewer: User) -> list[Pair]:
    """Return records that may be one child, of those the viewer may open; at most ``MOST``.

    None that an adoption order closed: nothing may lead from it to who the child is now.
    """
    found: dict[tuple[int, int], Pair] = {}
    for pair in (*_alike(viewer, ("upn",), SAME_NUMBER), *_alike(viewer, NAMES, SAME_NAMES)):
        found.setdefault((pair.kept.pk, pair.other.pk), pair)
        if len(found) >= MOST:
            break
    return list(found.values())


NAMES = ("low_surname", "low_forename", "born_on")


def _alike(viewer: User, by: tuple[str, ...], why: str) -> Iterator[Pair]:
    children = (
        Child.objects.visible_to(viewer)
        .filter(adoption_order=None)
        .alias(low_surname=Lower("surname"), low_forename=Lower("forename"))
        .order_by()
    )
    if by == NAMES:
        children = children.exclude(surname="").exclude(forename="").exclude(born_on=None)
    else:
        children = children.exclude(upn="")
    named = {name: Lower(name.removeprefix("low_")) for name in by if name.startswith("low_")}
    several = children.annotate(**named).values(*by).annotate(n=Count("pk")).filter(n__gt=1)
    for group in several[:MOST]:
        group.pop("n")
        same = children.filter(**group).select_related("team", "worker").order_by("pk")
        kept, *others = list(same)
        yield from (Pair(kept, other, why) for other in others)


def merged_with(child: Child) -> list[Child]:
    """Return the records that were merged into a child's."""
    others = [key for key in keys_of(child) if key != child.pk]
    return list(Child.objects.filter(pk__in=others).order_by("pk"))


class Held(NamedTuple):
    """What a record holds: a name for it, and how many there are in each record."""

    words: str
    counts: tuple[int, ...]


def holdings(children: Sequence[Child]) -> list[Held]:
    """Return how many events, statements and so on each of these records holds, where any does."""
    found = []
    for relation in Child._meta.related_objects:
        model: Any = relation.related_model
        if model is Child or model._meta.label_lower in DERIVED:
            continue
        rows = model._default_manager.filter(**{f"{relation.field.name}__in": children})
        counted = dict(rows.order_by().values_list(relation.field.name).annotate(n=Count("pk")))
        if counted:
            counts = tuple(counted.get(one.pk, 0) for one in children)
            found.append(Held(_plural(str(model._meta.verbose_name)), counts))
    return sorted(found)


def _plural(name: str) -> str:
    words = name.replace("section47", "section 47 enquiry").capitalize()
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return f"{words}es" if words.endswith("s") else f"{words}s"


DERIVED = frozenset({"people.identitystanding", "people.identityquestion", "standards.standing"})


def numbers_of(children: Iterable[Child]) -> dict[int, list[str]]:
    """Return the numbers by which each source knows each of these records."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = SourceReference.objects.filter(kind="child", target_id__in=[c.pk for c in children])
    for pk, key, name in rows.order_by("source__rank").values_list(
        "target_id", "key", "source__name"
    ):
        found[pk].append(f"{key} in {name}")
    return found
