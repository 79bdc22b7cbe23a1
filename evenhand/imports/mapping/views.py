"""The data officer's pages on reports: which are mapped, and saying what one's columns mean."""

from __future__ import annotations

import io
from typing import Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.accounts.models import User
from evenhand.accounts.permissions import requires
from evenhand.formats.faults import FileFault
from evenhand.formats.files import File
from evenhand.formats.report.opening import Meant
from evenhand.formats.report.tables import CHILD, titles, whose
from evenhand.formats.report.tables import tables as kinds
from evenhand.formats.tables import Table
from evenhand.imports.mapping import actions, queries, tables
from evenhand.imports.mapping.forms import ColumnsForm, MeaningsForm, ReportForm
from evenhand.imports.mapping.opening import with_labels
from evenhand.imports.mapping.sample import Sample, sample_of, unsigned
from evenhand.problems import Problem
from evenhand.sources.models import Source

SAVE = "save"


@requires("imports.manage")
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """List the mapped reports."""
    context = {
        "table": tables.mappings_table(queries.mappings()),
        "may_map": queries.sources().exists(),
    }
    return render(request, "imports/reports.html", context)


@requires("imports.manage")
@require_http_methods(["GET", "POST"])
def new_report(request: HttpRequest) -> HttpResponse:
    """Ask for a report and what one of its rows is; then show its columns."""
    form = ReportForm(request.POST or None, request.FILES or None, sources=queries.sources())
    if form.is_valid():
        said = form.cleaned_data
        try:
            sample = sample_of(_file(said["file"]), said["sheet"].strip())
        except FileFault as fault:
            form.add_error("file", f"{fault.sentence} {fault.remedy}")
        else:
            table = kinds()[said["kind"]]
            columns = _columns_form(None, table, sample)
            return _show(request, table, sample, said["source"], columns)
    may_map = queries.sources().exists()
    return render(request, "imports/new_report.html", {"form": form, "may_map": may_map})


def _file(sent: UploadedFile) -> File:
    data = sent.read()
    return File(sent.name or "report", len(data), lambda: io.BytesIO(data), named=True)


@requires("imports.manage")
@require_POST
def columns(request: HttpRequest) -> HttpResponse:
    """Show how the first rows would be taken, or keep what the columns mean."""
    try:
        sample = unsigned(request.POST.get("sample", ""))
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("imports:new-report")
    kind = request.POST.get("kind", "")
    table = kinds().get(kind) or next(iter(kinds().values()))
    source = get_object_or_404(queries.sources(), pk=_number(request.POST.get("source", "")))
    form = _columns_form(request, table, sample)
    if not form.is_valid():
        return _show(request, table, sample, source, form)
    chosen = form.chosen()
    meanings = MeaningsForm(request.POST, table=table, sample=sample, chosen=chosen)
    if not meanings.is_valid():
        return _show(request, table, sample, source, form, meanings)
    is_ready = request.POST.get("do") == SAVE and meanings.was_shown(request.POST)
    if is_ready and _save(request, table, sample, source, form, meanings):
        return redirect("imports:reports")
    meant = with_labels(table, chosen, meanings.meanings())
    return _show(request, table, sample, source, form, meanings, meant)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _columns_form(request: HttpRequest | None, table: Table, sample: Sample) -> ColumnsForm:
    posted = None if request is None else request.POST
    name = queries.name_of(sample) or sample.file.rsplit(".", 1)[0]
    return ColumnsForm(posted, table=table, sample=sample, name=name)


def _save(
    request: HttpRequest,
    table: Table,
    sample: Sample,
    source: Source,
    form: ColumnsForm,
    meanings: MeaningsForm,
) -> bool:
    said = meanings.meanings()
    try:
        actions.save(
            name=form.cleaned_data["name"],
            kind=table.name,
            header=sample.digest,
            sheet=sample.sheet,
            numbers_of=source,
            columns={
                name: {"column": column, **({"meanings": said[name]} if name in said else {})}
                for name, column in form.chosen().items()
            },
            by=cast(User, request.user),
            at=timezone.now(),
        )
    except Problem as problem:
        form.add_error("name", str(problem))
        return False
    messages.success(
        request,
        "Saved. From now on a file with these columns is taken as this report: import it now.",
    )
    return True


def _show(
    request: HttpRequest,
    table: Table,
    sample: Sample,
    source: Source,
    form: ColumnsForm,
    meanings: MeaningsForm | None = None,
    meant: Meant | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "sample": sample,
        "signed": sample.signed(),
        "kind": table.name,
        "title": titles()[table.name],
        "source": source,
        "of_children": whose(table) == CHILD,
        "form": form,
        "meanings": meanings if meanings is not None and meanings.asked else None,
        "holds": tables.sample_table(sample),
        "preview": None,
    }
    if meant is not None:
        rows = queries.preview(sample, meant, source)
        context["preview"] = tables.preview_table(rows, meant)
    return render(request, "imports/report_columns.html", context)
