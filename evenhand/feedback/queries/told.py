"""One thing that was told, of whatever kind, for a viewer who may read it."""

from __future__ import annotations

from evenhand.accounts.models import User
from evenhand.feedback.models import BarrierMet, DiscriminationMet, Feedback
from evenhand.feedback.queries.barriers import met_for
from evenhand.feedback.queries.discrimination import notes_of
from evenhand.feedback.queries.register import feedback_for
from evenhand.people.queries.reach import readable

Told = Feedback | BarrierMet | DiscriminationMet


def told_for(viewer: User, kind: str, ref: str) -> Told | None:
    """Return feedback, a barrier or a note that the viewer may read; None for any other."""
    if kind == "feedback":
        return feedback_for(viewer).filter(ref=ref).first()
    if kind == "barrier":
        return met_for(viewer, ref)
    if kind == "note":
        return _note(viewer, ref)
    return None


def _note(viewer: User, ref: str) -> DiscriminationMet | None:
    found = readable(viewer, DiscriminationMet.objects.filter(ref=ref)).first()
    if found is None:
        return None
    child = found.child.merged_into or found.child
    return notes_of(child, viewer).filter(pk=found.pk).select_related("child").first()
