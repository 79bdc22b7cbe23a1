"""Taking back what was written down by mistake, with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import requires
from evenhand.feedback import queries
from evenhand.feedback.actions import enter_in_error
from evenhand.feedback.forms import ErrorForm
from evenhand.feedback.views.register import PAGE
from evenhand.people.queries import child_for
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem


@requires("feedback.record")
@require_http_methods(["GET", "POST"])
def in_error(request: HttpRequest, kind: str, ref: str) -> HttpResponse:
    """Mark feedback, a barrier or a note as entered in error."""
    viewer = viewer_of(request)
    found = _told(viewer, kind, ref)
    child = child_for(viewer, found.child.ref, page=PAGE) if found.child else None
    form = ErrorForm(request.POST or None)
    if form.is_valid():
        try:
            enter_in_error(found, by=viewer, at=timezone.now(), reason=form.cleaned_data["reason"])
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Taken back. It no longer counts.")
            if child is None:
                return redirect("feedback:register")
            return redirect("feedback:child", ref=child.ref)
    context = {"form": form, "child": child}
    return render(request, "feedback/in_error.html", context)


def _told(viewer: User, kind: str, ref: str) -> queries.Told:
    found = queries.told_for(viewer, kind, ref)
    if found is None:
        raise Http404
    return found
