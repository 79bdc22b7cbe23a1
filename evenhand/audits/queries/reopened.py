"""Whether a closed case that an audit put forward is open again, read live from the extract."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils import timezone

from evenhand.audits.models import Finding
from evenhand.casework.models import Assessment
from evenhand.people.models import Child


def opened_again(findings: Iterable[Finding]) -> frozenset[int]:
    """Return the findings, by key, whose child is open with an assessment begun since.

    Two queries for any number. Records merged into one are one child.
    """
    raised = {one: _child_of(one) for one in findings}
    wanted = [child for child in raised.values() if child is not None]
    if not wanted:
        return frozenset()
    open_ = set(Child.objects.filter(pk__in=wanted, is_open=True).values_list("pk", flat=True))
    begun = _begun(wanted)
    return frozenset(
        one.pk
        for one, child in raised.items()
        if child in open_ and any(on >= _since(one) for on in begun.get(child or 0, ()))
    )


def is_opened_again(finding: Finding) -> bool:
    """Whether one child is open again, with a new assessment."""
    return finding.pk in opened_again([finding])


def _child_of(finding: Finding) -> int | None:
    child = finding.audit.child
    return None if child is None else child.merged_into_id or child.pk


def _since(finding: Finding) -> date:
    return timezone.localdate(finding.raised_at)


def _begun(children: Iterable[int]) -> dict[int, list[date]]:
    wanted = list(children)
    whose = Q(child__in=wanted) | Q(child__merged_into__in=wanted)
    rows = Assessment.objects.filter(whose, withdrawn=False, started_on__isnull=False)
    found: dict[int, list[date]] = {}
    for child, kept, on in rows.values_list("child_id", "child__merged_into_id", "started_on"):
        found.setdefault(kept or child, []).append(on)
    return found
