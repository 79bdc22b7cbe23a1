"""The identifier by which a record leaves: the case system's own where it gave one."""

from __future__ import annotations

from functools import cached_property

from django.db.models import Min

from evenhand.accounts.models import Team, Worker
from evenhand.people.models import Child
from evenhand.sources.models import SourceReference

OURS = "EH-"
"""What stands before the number of a record to which the case system gave no identifier."""
CASE_SYSTEM = "ssd"


class Keys:
    """Identifiers by kind and number of record. Those of merged children are the kept child's."""

    def __init__(self) -> None:
        self._of_kind: dict[str, dict[int, str]] = {}

    def of(self, kind: str, target_id: int | None) -> str:
        """The identifier of a record; "" for no record."""
        if target_id is None:
            return ""
        if kind == "child":
            target_id = self._kept.get(target_id, target_id)
        return self._given(kind).get(target_id) or f"{OURS}{target_id}"

    def forget(self, kind: str) -> None:
        """Let go of a kind that nothing written later points at."""
        self._of_kind.pop(kind, None)

    def _given(self, kind: str) -> dict[int, str]:
        if kind not in self._of_kind:
            given = SourceReference.objects.filter(source__key=CASE_SYSTEM, kind=kind)
            by_record = given.order_by().values("target_id").annotate(first=Min("key"))
            self._of_kind[kind] = dict(by_record.values_list("target_id", "first"))
        return self._of_kind[kind]

    @cached_property
    def _kept(self) -> dict[int, int]:
        merged = Child.objects.exclude(merged_into=None)
        return dict(merged.values_list("pk", "merged_into_id"))

    @cached_property
    def workers(self) -> dict[int, str]:
        """The code of each worker."""
        return dict(Worker.objects.values_list("pk", "code"))

    @cached_property
    def teams(self) -> dict[int, str]:
        """The code of each team."""
        return dict(Team.objects.values_list("pk", "code"))
