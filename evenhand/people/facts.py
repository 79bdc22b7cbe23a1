"""Where the facts of a child are read from in this room."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q

from evenhand.facts.registry import bind, children_merged, subject
from evenhand.people.models import Child

subject("child", Child, child="pk", team="team_id", worker="worker_id", where=Q(merged_into=None))


def _merged() -> Mapping[int, int]:
    merged = Child.objects.exclude(merged_into=None)
    return dict(merged.values_list("pk", "merged_into_id"))


children_merged(_merged)
bind("child.born", Child, "born_on")
bind("child.expected", Child, "expected_on")
bind("child.died", Child, "died_on")
bind("child.open", Child, "is_open")
bind("child.worker", Child, "worker__name")
