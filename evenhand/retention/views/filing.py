"""What Evenhand alone holds: the sheet for the case file, and the proof that it was filed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.design.workbooks import XLSX
from evenhand.people.models import Child
from evenhand.people.queries import child_for
from evenhand.people.views.requests import viewer_of
from evenhand.problems import Problem
from evenhand.retention import actions, files, tables
from evenhand.retention.forms import FilingForm
from evenhand.retention.native import children_with_unfiled, native_of

PAGE = "filing"
TYPES = {"pdf": "application/pdf", "xlsx": XLSX, "json": "application/json"}


@requires("filing.record")
@require_GET
def unfiled(request: HttpRequest) -> HttpResponse:
    """List the children of whom something is not in the case file yet."""
    mine = Child.objects.visible_to(viewer_of(request))
    found = children_with_unfiled(mine.values("pk")).order_by("surname", "forename", "pk")
    page = page_of(found, request.GET.get("page"))
    table = tables.unfiled_table(page.object_list)
    return render(request, "retention/unfiled.html", {"page": page, "table": table})


@requires("filing.record")
@require_http_methods(["GET", "POST"])
def filing(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what Evenhand alone holds of a child, as a sheet too, and take where it was filed."""
    viewer, now = viewer_of(request), timezone.now()
    child = child_for(viewer, ref, page=PAGE, at=now)
    natives = native_of(child)
    kind = request.GET.get("as", "")
    if kind in TYPES and request.method == "GET":
        return _sheet(child, kind)
    waiting = [one for one in natives if one.filing is None]
    form = FilingForm(request.POST or None, waiting=waiting, today=timezone.localdate(now))
    if form.is_valid():
        try:
            actions.mark_filed(child, by=viewer, at=now, **form.cleaned_data)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Kept, as the proof of it.")
            return redirect("retention:filing", ref=child.ref)
    context = {
        "child": child,
        "form": form if waiting or form.is_bound else None,
        "natives": natives,
        "table": tables.native_table(natives),
        "may_open": may(viewer, "children.view"),
    }
    return render(request, "retention/filing.html", context)


def _sheet(child: Child, kind: str) -> HttpResponse:
    natives, now = native_of(child), timezone.now()
    data = {
        "pdf": lambda: files.native_pdf(child, natives, made_at=now),
        "xlsx": lambda: files.native_workbook(child, natives),
        "json": lambda: files.native_json(child, natives, made_at=now),
    }[kind]()
    response = HttpResponse(data, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="to-file-{child.ref}.{kind}"'
    return response
