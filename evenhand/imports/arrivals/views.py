"""The data officer's pages on the folders that files are picked up from."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.accounts.models import User
from evenhand.accounts.permissions import requires
from evenhand.design.components import Cell, Table
from evenhand.imports.arrivals import actions, queries
from evenhand.imports.arrivals.expecting import DAYS
from evenhand.imports.arrivals.forms import WatchForm
from evenhand.problems import Problem
from evenhand.sources.models import FolderWatch


@requires("imports.manage")
@require_GET
def folders(request: HttpRequest) -> HttpResponse:
    """List the folders in which files are expected, and whether the last ones came."""
    watches = list(queries.watches())
    context = {
        "watches": watches,
        "table": _table(watches),
        "notes": queries.notes(),
        "has_inbox": settings.INBOX is not None,
    }
    return render(request, "imports/folders.html", context)


@requires("imports.manage")
@require_http_methods(["GET", "POST"])
def new_folder(request: HttpRequest) -> HttpResponse:
    """Ask whose files come into which folder, and watch it."""
    form = WatchForm(request.POST or None, sources=queries.sources())
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.watch(
                folder=said["folder"],
                source=said["source"],
                weekdays=[int(one) for one in said["weekdays"]],
                by_time=said["by_time"],
                by=cast(User, request.user),
                at=timezone.now(),
            )
        except Problem as problem:
            form.add_error("folder", str(problem))
        else:
            messages.success(request, "Saved. evenhand pickup now looks into this folder.")
            return redirect("imports:folders")
    return render(request, "imports/new_folder.html", {"form": form})


@requires("imports.manage")
@require_POST
def stop_folder(request: HttpRequest) -> HttpResponse:
    """Expect nothing more in a folder."""
    found = FolderWatch.objects.filter(ref=request.POST.get("ref", ""), is_active=True)
    if "ref" in request.POST:
        kept = get_object_or_404(found)
        actions.stop(kept, by=cast(User, request.user), at=timezone.now())
        messages.success(request, f"Nothing more is expected in {kept.folder}.")
    return redirect("imports:folders")


def _table(watches: list[FolderWatch]) -> Table:
    return Table(
        "Folders",
        ["Folder", "Whose files", "Expected", "The last came", "To know"],
        [
            [
                Cell(one.folder),
                Cell(one.source.name),
                Cell(_days(one.weekdays), note=f"by {one.by_time:%H:%M}"),
                Cell(one.arrived_at),
                Cell(one.sentence or None),
            ]
            for one in watches
        ],
        empty="No folder is watched yet.",
        caption_hidden=True,
    )


def _days(weekdays: list[int]) -> str:
    if len(weekdays) == len(DAYS):
        return "every day"
    if weekdays == [0, 1, 2, 3, 4]:
        return "Monday to Friday"
    return ", ".join(DAYS[number] for number in weekdays)
