"""Two people on one record: the second is shown what the first did, and loses no word."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from evenhand.history.models import Entry
from evenhand.people import actions
from evenhand.people.forms import ReasonForm
from evenhand.people.views.requests import viewer_of

ADD = "add"
LABEL = "What you wrote"


@dataclass(frozen=True)
class Overtaken:
    """What somebody did to a record before the viewer's form came, and where to go from there."""

    record: Model
    event: str
    back: str
    child_id: int | None = None

    @property
    def theirs(self) -> Entry | None:
        """Return what the first did: who, when, and their words."""
        subject = self.record._meta.label_lower
        done = Entry.objects.filter(subject=subject, subject_id=self.record.pk, action=self.event)
        return done.select_related("actor").order_by("-at", "-pk").first()


def answer_overtaken(request: HttpRequest, overtaken: Overtaken) -> HttpResponse:
    """Show both people's words; keep the second's too where they choose to."""
    form = ReasonForm(request.POST or None, label=LABEL)
    if ADD in request.POST and form.is_valid():
        actions.add_words(
            overtaken.record, by=viewer_of(request), at=timezone.now(),
            reason=form.cleaned_data["reason"], child_id=overtaken.child_id,
        )  # fmt: skip
        messages.success(request, "Your words are kept beside theirs.")
        return redirect(overtaken.back)
    context = {
        "form": form,
        "has_words": bool(request.POST.get("reason", "").strip()),
        "theirs": overtaken.theirs,
        "back": overtaken.back,
    }
    return render(request, "people/overtaken.html", context)
