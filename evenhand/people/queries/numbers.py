"""Children by the case system's own number."""

from __future__ import annotations

from evenhand.people.models import Child
from evenhand.sources.models import SourceReference

KIND_OF_REFERENCE = "child"


def with_number(number: str) -> list[int]:
    """Return the children of that number; one merged into another is read as that other."""
    theirs = SourceReference.objects.filter(kind=KIND_OF_REFERENCE, key=number)
    found = Child.objects.filter(pk__in=theirs.values("target_id"))
    return [kept or pk for pk, kept in found.values_list("pk", "merged_into_id")]
