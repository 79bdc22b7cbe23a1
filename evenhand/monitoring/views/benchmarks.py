"""Ours beside other authorities', and bringing their values in."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.design.components import Table
from evenhand.monitoring.actions import import_benchmarks
from evenhand.monitoring.forms import BenchmarkForm
from evenhand.monitoring.pack import uses
from evenhand.monitoring.queries.benchmarks import Beside, compared_for, files_for
from evenhand.monitoring.tables import figures


@requires("monitoring.view")
@require_GET
def benchmarks(request: HttpRequest) -> HttpResponse:
    """Show each indicator that values were brought in for, with our rank and gap."""
    viewer = cast(User, request.user)
    compared = [_shown(each) for each in compared_for(viewer)]
    context = {
        "compared": compared,
        "files": figures.files_table(files_for()),
        "may_bring": may(viewer, "monitoring.manage"),
    }
    return render(request, "monitoring/benchmarks.html", context)


def _shown(beside: Beside) -> dict[str, object]:
    apart = ", ".join(beside.apart)
    return {
        "answer": figures.compared_answer(beside),
        "table": figures.compared_table(beside),
        "apart": apart,
        "better": "Higher is better." if beside.comparator.higher_is_better else "Lower is better.",
    }


@requires("monitoring.manage")
@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Bring other authorities' values in, from a file or a pasted table."""
    form = BenchmarkForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data
        import_benchmarks(
            form.values, by=cast(User, request.user), at=timezone.now(),
            source=given["source"], licence=given["licence"],
        )  # fmt: skip
        messages.success(request, f"{len(form.values)} values are brought in.")
        return redirect("monitoring:benchmarks")
    rows = [[one.id, one.title, one.unit] for one in uses().comparators]
    named = Table("Indicators that values can be brought in for", ["Id", "What", "Unit"], rows)
    return render(request, "monitoring/bring_in.html", {"form": form, "named": named})
