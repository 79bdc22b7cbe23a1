"""What follows in this room from what was written down."""

from __future__ import annotations

from evenhand.history.actions import Happening
from evenhand.leaving_care.actions import look_again
from evenhand.leaving_care.told import FORMS
from evenhand.people.models import Child
from evenhand.recording.models import Recording


def after_recording(happening: Happening) -> None:
    """Look again at the child of a form that decides how they stand."""
    written = happening.subject
    if isinstance(written, Recording) and written.form in FORMS and written.child is not None:
        look_again(happening.at, [written.child.merged_into_id or written.child.pk])


def after_merge(happening: Happening) -> None:
    """Look again at the child kept, and at the other where the two were parted."""
    pair = Child.objects.filter(
        pk__in=[pk for pk in (happening.subject.pk, happening.child_id) if pk is not None]
    )
    known = pair.filter(merged_into=None, born_on__isnull=False)
    look_again(happening.at, list(known.values_list("pk", flat=True)))
