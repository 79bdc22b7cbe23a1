"""Two records that are one child: read as one, and parted again, with nothing rewritten."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.history.actions import Change, Happening, action
from evenhand.people import questions, standings
from evenhand.people.models import Child, IdentityStanding
from evenhand.people.pack import ask_set
from evenhand.problems import Problem


@action("child.merged")
def merge_children(kept: Child, other: Child, *, by: User, at: datetime, reason: str) -> Change:
    """Read ``other`` as ``kept`` from now on: events, statements, lists and counts are of one.

    Nothing of either is rewritten, so ``unmerge`` puts all as it was. Raises Problem for one and
    the same child, for one who is merged already or has others merged into them, and without a
    reason.
    """
    _hold(kept, other)
    _refuse(kept, other, reason)
    other.merged_into = kept
    other.save(update_fields=["merged_into"])
    IdentityStanding.objects.filter(child=other).delete()
    return Change(other, {"merged_into": (None, kept.pk)}, child_id=kept.pk, reason=reason.strip())


def _hold(*children: Child) -> None:
    """Let nobody else merge or part these until the transaction ends."""
    held = Child.objects.select_for_update().filter(pk__in=[one.pk for one in children])
    list(held.order_by("pk").values_list("pk"))


def _refuse(kept: Child, other: Child, reason: str) -> None:
    if kept.pk == other.pk:
        raise Problem("These are one record, not two.", "Choose the other record of the child.")
    merged = Child.objects.filter(pk__in=[kept.pk, other.pk]).exclude(merged_into=None)
    if merged.exists():
        raise Problem(
            "One of these is merged with a third record already.", "Part those two first."
        )
    if Child.objects.filter(merged_into=other).exists():
        raise Problem(
            "Another record was merged into this one already.",
            "Keep this one and merge the other into it, or part those two first.",
        )
    if not reason.strip():
        raise Problem("No reason was given.", "Say how you know that they are one child.")


@action("child.unmerged")
def unmerge(other: Child, *, by: User, at: datetime, reason: str) -> Change:
    """Read a merged child as a child of their own again, as before.

    Raises Problem where they are not merged, and without a reason.
    """
    _hold(other)
    kept = Child.objects.get(pk=other.pk).merged_into
    if kept is None:
        raise Problem("These records are not merged.", "Go back to the child's page.")
    if not reason.strip():
        raise Problem("No reason was given.", "Say how you know that they are two children.")
    other.merged_into = None
    other.save(update_fields=["merged_into"])
    return Change(other, {"merged_into": (kept.pk, None)}, child_id=kept.pk, reason=reason.strip())


def follow_merge(happening: Happening) -> None:
    """Bring what is known and still to ask of both up to date; after whose they are."""
    pair = [pk for pk in (happening.subject.pk, happening.child_id) if pk is not None]
    standings.restate({(pk, None) for pk in pair}, [item.characteristic for item in ask_set()])
    questions.settle(pair, timezone.localdate(happening.at))
