"""Finding an audit for a page: where it is of a child, that somebody looked is logged."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from evenhand.accounts.models import User
from evenhand.audits.models import Audit
from evenhand.history.actions import log_view
from evenhand.people.models import Child
from evenhand.people.views.requests import viewer_of

PAGE = "audit"


def looked_at(request: HttpRequest, audits: QuerySet[Audit], ref: str) -> Audit:
    """Return one of these audits, with the look logged. Raises Http404 where it is none of them."""
    found = get_object_or_404(audits, ref=ref)
    log_look(viewer_of(request), found.child)
    return found


def log_look(viewer: User, child: Child | None) -> None:
    """Log that somebody looked at what is about a child, under the record that is kept."""
    if child is not None:
        log_view(viewer, child.merged_into_id or child.pk, page=PAGE, at=timezone.now())


def audit_page(audit: Audit) -> str:
    """Return the address of an audit."""
    return reverse("audits:audit", args=[audit.ref])
