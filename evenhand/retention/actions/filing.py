"""Saying where in the case system what Evenhand alone held was filed, or why it is not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from evenhand.accounts.models import User
from evenhand.accounts.references import new_reference
from evenhand.history.actions import Change, action
from evenhand.people.days import refuse_to_come
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.retention.models import Filing
from evenhand.retention.native import Native, unfiled_of


@action("native.filed")
def mark_filed(
    child: Child,
    *,
    by: User,
    at: datetime,
    keys: Collection[str],
    filed_on: date,
    reference: str = "",
    not_filed_because: str = "",
) -> Change:
    """Keep the proof that things were filed: the case system's own number of the document.

    Or, with ``not_filed_because``, why they need not be. ``keys`` are those of ``Native``. Raises
    Problem for none, for what is not the child's or was marked before, for a day to come, and with
    neither a number nor a reason.
    """
    reference, because = reference.strip(), not_filed_because.strip()
    if not (reference or because):
        raise Problem(
            "There is no number of the document in the case system.",
            "Give it, or say why this is not filed.",
        )
    refuse_to_come(filed_on, at, "Give the day on which it was filed.")
    made = [
        Filing.objects.create(
            ref=new_reference(), child=child, target=one.target, target_id=one.target_id,
            reference=reference, not_filed_because="" if reference else because,
            filed_on=filed_on, filed_by=by, filed_at=at,
        )
        for one in _chosen(child, keys)
    ]  # fmt: skip
    told = {"reference": (None, reference), "filed": (None, len(made))}
    return Change(made[0], told, child_id=child.pk, reason=because, result=made)


def _chosen(child: Child, keys: Collection[str]) -> list[Native]:
    waiting = {one.key: one for one in unfiled_of(child)}
    unknown = [key for key in keys if key not in waiting]
    if unknown or not keys:
        raise Problem(
            "What was chosen is not waiting to be filed."
            if unknown
            else "Nothing was chosen to be filed.",
            "Choose from the list as it stands now.",
        )
    return [waiting[key] for key in dict.fromkeys(keys)]
