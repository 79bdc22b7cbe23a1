"""The data officer's pages: what came in, what was refused, and mending it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import User
from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.history.actions import log_view
from evenhand.imports import actions, queries, tables
from evenhand.imports.arrivals import queries as arrivals
from evenhand.imports.forms import (
    EVERYWHERE,
    DiscardForm,
    MendForm,
    QuarantineFilter,
    UploadForm,
)
from evenhand.imports.matching import choosing
from evenhand.imports.report import Refused, Report
from evenhand.problems import Problem
from evenhand.sources.models import ImportBatch, RowFinding


@requires("imports.view")
@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    """List every import, newest first."""
    page = page_of(queries.batches(), request.GET.get("page"))
    context = {
        "page": page,
        "arrivals": arrivals.notes(),
        "table": tables.batches_table(page.object_list),
        "waiting": queries.quarantine().count(),
        "may_manage": may(_viewer(request), "imports.manage"),
    }
    return render(request, "imports/batches.html", context)


@requires("imports.view")
@require_GET
def batch(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one import: its files, the fate of every row, and what was found."""
    found = get_object_or_404(ImportBatch.objects.select_related("source", "by"), ref=ref)
    context = {
        "batch": found,
        "progress": tables.PROGRESS[queries.progress_of(found)],
        "is_reckoned": queries.is_reckoned(found),
        "sentences": found.sentence.splitlines(),
        "files": tables.files_table(queries.files_of(found)),
        "rules": tables.rules_table(found, queries.rules_of(found)),
        "waiting": queries.quarantine().filter(file__batch=found).count(),
    }
    return render(request, "imports/batch.html", context)


@requires("imports.manage")
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Import files that are sent through the page."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            report = _import(request, form)
        except Refused as refused:
            for fault in refused.faults:
                form.add_error("files", f"{fault.file}: {fault.sentence} {fault.remedy}")
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{report.total('rows_read'):,} rows were read and merged.")
            return redirect("imports:batch", ref=report.batch.ref)
    return render(request, "imports/upload.html", {"form": form})


def _import(request: HttpRequest, form: UploadForm) -> Report:
    """Import the sent files from a folder of their own, which is taken away at once."""
    with TemporaryDirectory(dir=settings.DATA, prefix="import-") as folder:
        paths = []
        for number, file in enumerate(form.cleaned_data["files"]):
            path = Path(folder) / str(number) / Path(file.name).name  # two may have one name
            path.parent.mkdir()
            with path.open("wb") as kept:
                kept.writelines(file.chunks())
            paths.append(path)
        return actions.import_paths(
            paths,
            by=_viewer(request),
            now=timezone.now(),
            as_at=form.cleaned_data["as_at"],
            accept_withdrawals=form.cleaned_data["accept_withdrawals"],
        )


@requires("imports.view")
@require_GET
def quarantine(request: HttpRequest) -> HttpResponse:
    """List the rows that wait to be mended or discarded."""
    form = QuarantineFilter(
        request.GET or None,
        tables=queries.tables_in_quarantine(),
        rules=queries.rules_in_quarantine(),
    )
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.quarantine(table=chosen.get("table", ""), rule=chosen.get("rule", ""))
    page = page_of(rows, request.GET.get("page"))
    context = {"page": page, "table": tables.quarantine_table(page.object_list), "form": form}
    return render(request, "imports/quarantine.html", context)


@requires("imports.manage")
@require_GET
def finding(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one row with what is wrong, and how it can be mended or discarded."""
    found = _finding(request, ref)
    return _show(request, found, _mend_form(None, found), DiscardForm())


@requires("imports.manage")
@require_http_methods(["POST"])
def mend(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what a value should be, and try the rows again."""
    found = _finding(request, ref)
    form = _mend_form(request, found)
    if form is not None and form.is_valid():
        try:
            report = actions.mend(
                found,
                value=form.cleaned_data["value"],
                everywhere=form.cleaned_data["where"] == EVERYWHERE,
                by=_viewer(request),
                at=timezone.now(),
            )
        except Problem as problem:
            form.add_error("value", str(problem))
        else:
            return _after(request, report)
    return _show(request, found, form, DiscardForm())


@requires("imports.manage")
@require_http_methods(["POST"])
def retry(request: HttpRequest, ref: str) -> HttpResponse:
    """Try a row again as it is: what it waited for may have come."""
    found = _finding(request, ref)
    try:
        report = actions.retry([found], by=_viewer(request), at=timezone.now())
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("imports:finding", ref=ref)
    return _after(request, report)


@requires("imports.manage")
@require_http_methods(["POST"])
def discard(request: HttpRequest, ref: str) -> HttpResponse:
    """Leave a row out, for a reason."""
    found = _finding(request, ref)
    form = DiscardForm(request.POST)
    if form.is_valid():
        try:
            actions.discard(
                found, reason=form.cleaned_data["reason"], by=_viewer(request), at=timezone.now()
            )
        except Problem as problem:
            form.add_error("reason", str(problem))
        else:
            messages.success(request, "The row is left out for as long as it comes as it is.")
            return redirect("imports:quarantine")
    return _show(request, found, _mend_form(None, found), form)


def _viewer(request: HttpRequest) -> User:
    return cast(User, request.user)


def _finding(request: HttpRequest, ref: str) -> RowFinding:
    """Find a row and log that a child's data is seen, before the reply."""
    rows = RowFinding.objects.select_related("file__batch__source", "mended_by")
    found = get_object_or_404(rows, ref=ref)
    child_id = queries.child_of(found)
    if child_id is not None:
        log_view(_viewer(request), child_id, page="imports:finding", at=timezone.now())
    return found


def _mend_form(request: HttpRequest | None, found: RowFinding) -> MendForm | None:
    column = queries.column_of(found)
    if column is None or found.standing != RowFinding.Standing.OPEN:
        return None
    return MendForm(
        None if request is None else request.POST,
        label=f"What should {column.name} be?",
        choices=queries.choices_of(found, column),
        alike=queries.alike(found),
    )


def _show(
    request: HttpRequest, found: RowFinding, form: MendForm | None, discard_form: DiscardForm
) -> HttpResponse:
    context = {
        "finding": found,
        "row": tables.row_table(found),
        "form": form,
        "discard_form": discard_form,
        "is_open": found.standing == RowFinding.Standing.OPEN,
        "in_doubt": choosing.is_in_doubt(found),
    }
    return render(request, "imports/finding.html", context)


def _after(request: HttpRequest, report: Report) -> HttpResponse:
    again = report.total("quarantined")
    taken = report.total("rows_read") - again
    words = f"{taken:,} taken" if not again else f"{taken:,} taken, {again:,} still in quarantine"
    messages.success(request, f"The rows were tried again: {words}.")
    return redirect("imports:quarantine")
