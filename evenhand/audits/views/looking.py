"""Finding an audit for a page: where it is of a child, that somebody looked is logged."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from evenhand.audits.models import Audit
from evenhand.history.actions import log_view
from evenhand.people.views.requests import viewer_of

PAGE = "audit"


def looked_at(request: HttpRequest, audits: QuerySet[Audit], ref: str) -> Audit:
    """Return one of these audits, with the look logged. Raises Http404 where it is none of them."""
    found = get_object_or_404(audits, ref=ref)
    if found.child is not None:
        kept = found.child.merged_into_id or found.child.pk
        log_view(viewer_of(request), kept, page=PAGE, at=timezone.now())
    return found
