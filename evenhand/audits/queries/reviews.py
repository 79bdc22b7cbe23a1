"""Internal management reviews that a viewer may read."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may
from evenhand.audits.models import ManagementReview
from evenhand.audits.queries.reach import audits_for
from evenhand.people.models.closing import closing_of

BESIDE = ("audit__child", "audit__team", "audit__auditor", "reviewer", "asked_by", "action__owner")


def reviews_for(viewer: User) -> QuerySet[ManagementReview]:
    """Return the reviews of audits that a viewer may read, those they asked for and those that
    they do, the newest first. Never of a record that is closed to them."""
    seen = Q(reviewer=viewer) | Q(asked_by=viewer)
    if may(viewer, "audits.answer"):
        seen |= Q(audit__in=audits_for(viewer).order_by().values("pk"))
    closed = closing_of(viewer).closed
    shut = Q(audit__child__in=closed) | Q(audit__child__merged_into__in=closed)
    rows = ManagementReview.objects.filter(seen).exclude(shut)
    return rows.select_related(*BESIDE).order_by("-asked_on", "-pk")


def writes(viewer: User, review: ManagementReview) -> bool:
    """Whether a viewer writes a review: the reviewer, or whoever manages the audits."""
    return review.closed_on is None and (
        review.reviewer_id == viewer.pk or may(viewer, "audits.manage")
    )
