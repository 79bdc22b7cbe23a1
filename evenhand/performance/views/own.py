"""My performance, my people, and results of somebody's work."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.accounts.models import Worker
from evenhand.accounts.permissions import may, requires
from evenhand.design.paging import page_of
from evenhand.people.views.forming import Page, done, taken
from evenhand.people.views.requests import viewer_of
from evenhand.performance import actions, forms
from evenhand.performance.models import PersonalObjective
from evenhand.performance.queries import people
from evenhand.performance.tables import people as tables
from evenhand.performance.tables.registers import to_read_table
from evenhand.problems import Problem
from evenhand.standards.queries import figures_as_at
from evenhand.standards.queries.counting import counts_of_worker


@requires("performance.view")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show the viewer's own promises, objectives and results."""
    viewer, as_at = viewer_of(request), figures_as_at()
    worker = viewer.worker
    results = people.results_for(viewer).filter(worker=worker) if worker else []
    counts = counts_of_worker(viewer, worker, as_at=as_at) if worker else {}
    objectives = people.personal_for(viewer).filter(person=viewer)
    context: dict[str, Any] = {
        "as_at": as_at,
        "clocks": tables.clocks_table(counts) if worker else None,
        "objectives": tables.objectives_table(objectives, "My objectives"),
        "results": tables.results_table(results, "How my work was found"),
        "to_read": to_read_table(unread) if (unread := people.to_read(viewer)) else None,
        "leads": may(viewer, "performance.people"),
    }
    return render(request, "performance/mine.html", context)


@requires("performance.people")
@require_GET
def my_people(request: HttpRequest) -> HttpResponse:
    """List the viewer's people by name; nobody else's."""
    viewer, as_at = viewer_of(request), figures_as_at()
    page = page_of(people.own_people(viewer), request.GET.get("page"))
    results = people.results_for(viewer)
    shown = [
        (one, counts_of_worker(viewer, one, as_at=as_at), results.filter(worker=one).count())
        for one in page.object_list
    ]
    context = {"table": tables.people_table(shown), "page": page, "as_at": as_at}
    return render(request, "performance/people.html", context)


@requires("performance.people")
@require_GET
def person(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one of the viewer's people as they see themselves."""
    viewer, as_at = viewer_of(request), figures_as_at()
    found = get_object_or_404(people.own_people(viewer), ref=ref)
    objectives = people.personal_for(viewer).filter(person__worker=found)
    results = people.results_for(viewer).filter(worker=found)
    context = {
        "worker": found,
        "as_at": as_at,
        "clocks": tables.clocks_table(counts_of_worker(viewer, found, as_at=as_at)),
        "objectives": tables.objectives_table(objectives, "Objectives"),
        "results": tables.results_table(results, "How their work was found"),
    }
    return render(request, "performance/person.html", context)


@requires("performance.manage")
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """Tell somebody how their work was found."""
    viewer = viewer_of(request)
    form = forms.ResultForm(request.POST or None, today=_today())

    def act(by: Any, at: Any) -> str:
        given = form.cleaned_data
        _refuse_others(viewer, given["worker"])
        made = actions.tell_result(by=by, at=at, **given)
        return reverse("performance:result", args=[made.ref])

    page = Page("Tell somebody how their work was found", "Tell them", "How we get better",
                reverse("performance:start"))  # fmt: skip
    return taken(request, form, page, act)


def _refuse_others(viewer: Any, worker: Worker) -> None:
    """Raise Problem where the worker is in another's line; those who audit everybody may tell."""
    if people.audits_everybody(viewer) or people.own_people(viewer).filter(pk=worker.pk).exists():
        return
    raise Problem(f"{worker} is not one of your people.", "Ask their own manager.")


@requires("performance.view")
@require_http_methods(["GET", "POST"])
def result(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a result of somebody's work; they themselves may answer it."""
    viewer = viewer_of(request)
    found = get_object_or_404(people.results_for(viewer), ref=ref)
    context = {"result": found, "rows": tables.result_rows(found)}
    form = forms.ResponseForm(request.POST or None, initial={"response": found.response})
    if form.is_valid():
        where = reverse("performance:result", args=[found.ref])
        answer = form.cleaned_data["response"]
        return done(
            request, lambda by, at: actions.respond(found, by=by, at=at, response=answer), where
        )
    if found.worker_id == viewer.worker_id:
        context["form"] = form
    return render(request, "performance/result.html", context)


@requires("performance.view")
@require_http_methods(["GET", "POST"])
def new_personal(request: HttpRequest) -> HttpResponse:
    """Set an objective of one's own."""
    form = forms.PersonalForm(request.POST or None)

    def act(by: Any, at: Any) -> str:
        actions.set_personal(by=by, at=at, **form.cleaned_data)
        return reverse("performance:mine")

    mine_url = reverse("performance:mine")
    page = Page("Set an objective of your own", "Set it", "My performance", mine_url)
    return taken(request, form, page, act)


@requires("performance.view")
@require_http_methods(["GET", "POST"])
def personal(request: HttpRequest, ref: str) -> HttpResponse:
    """Show an objective of one's own or of one's people; one's own can be changed."""
    viewer = viewer_of(request)
    found: PersonalObjective = get_object_or_404(people.personal_for(viewer), ref=ref)
    if found.person_id != viewer.pk:
        if request.method == "POST":
            raise Http404
        table = tables.objectives_table([found], f"Objective of {found.person.name}")
        return render(request, "performance/table.html", {"title": found.words, "table": table})
    form = forms.PersonalForm(request.POST or None, objective=found)

    def act(by: Any, at: Any) -> str:
        actions.change_personal(found, by=by, at=at, **form.cleaned_data)
        return reverse("performance:mine")

    mine_url = reverse("performance:mine")
    page = Page(found.words, "Save", "My performance", mine_url, tables.chain_of(found))
    return taken(request, form, page, act)


def _today() -> Any:
    return timezone.localdate()
