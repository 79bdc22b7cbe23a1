"""Looking at a row that its source deleted: kept with a reason, or disposed of."""

from __future__ import annotations

from datetime import datetime

from django.apps import apps

from evenhand.accounts.models import User
from evenhand.history.actions import Change, action
from evenhand.history.disposing import forget
from evenhand.history.models import Entry
from evenhand.people.models import Child
from evenhand.problems import Problem
from evenhand.retention.deletions import Withdrawn, fastened_to
from evenhand.retention.models import WithdrawnReview
from evenhand.retention.queries import holds_on
from evenhand.sources.models import Difference, SourceReference


@action("withdrawn.kept")
def keep_withdrawn(child: Child, row: Withdrawn, *, by: User, at: datetime, reason: str) -> Change:
    """Keep a row that its source deleted: it stays out of the clocks, and off the list.

    Raises Problem without a reason.
    """
    if not reason.strip():
        raise Problem("No reason was given.", "Say why it is kept.")
    made = WithdrawnReview.objects.create(
        child=child, target=row.target, target_id=row.target_id, reason=reason.strip(), by=by, at=at
    )
    return Change(made, {"target": (None, row.target)}, child_id=child.pk, reason=reason.strip())


@action("withdrawn.disposed")
def dispose_withdrawn(
    child: Child, row: Withdrawn, *, by: User, at: datetime, reason: str
) -> Change:
    """Remove a row that its source deleted, with what the history says of it.

    Raises Problem without a reason, under a hold, for a row that came back, and while anything
    that stands is fastened to it.
    """
    if not reason.strip():
        raise Problem("No reason was given.", "Say why it goes.")
    if holds_on(child):
        raise Problem("This record is held: nothing of it may be disposed of.", "Keep the row.")
    model = apps.get_model(row.target)
    found = model._base_manager.filter(pk=row.target_id, withdrawn=True).first()
    if found is None:
        raise Problem("The row came back, or is gone.", "Look at the list as it stands now.")
    if fastened_to(found):
        raise Problem("Something that stands is fastened to this row.", "Keep it, and say so.")
    _remove(found, row)
    entries = Entry.objects.filter(subject=row.target, subject_id=row.target_id)
    forget(entries, by=by, at=at, reason="A row that its source deleted")
    return Change(child, {"disposed": (None, row.target)}, child_id=child.pk, reason=reason.strip())


def _remove(found: object, row: Withdrawn) -> None:
    model = apps.get_model(row.target)
    for relation in model._meta.related_objects:
        pointing = relation.related_model._base_manager.filter(**{relation.field.name: found})
        pointing.update(**{relation.field.name: None})
    for pointed in (SourceReference, Difference):
        pointed.objects.filter(target=row.target, target_id=row.target_id).delete()
    own = model._base_manager.filter(pk=row.target_id)
    own._raw_delete(own.db)
