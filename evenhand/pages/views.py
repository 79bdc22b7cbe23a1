"""Home, one child, and the policy clause by clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from evenhand.accounts.models import User
from evenhand.accounts.once import one_page
from evenhand.accounts.permissions import may, requires
from evenhand.accounts.roles import roles
from evenhand.accounts.scope import scope_of
from evenhand.audits.queries.reports import unread_by
from evenhand.equality.queries import for_second_person
from evenhand.facts.adopted import policy
from evenhand.pages import child as of_child
from evenhand.pages import clauses as of_policy
from evenhand.pages import law as of_law
from evenhand.pages import tables
from evenhand.pages.forms import NarrowClauses
from evenhand.pages.homes import casework, equality, leadership, plain, rights
from evenhand.people.queries import child_for
from evenhand.performance.home import shown_to
from evenhand.promises.lines import late_of_no_child
from evenhand.work.queries import summary_for

Home = Callable[[User, datetime], Mapping[str, Any]]
HOMES: Mapping[str, Home] = {
    "social_worker": casework.social_worker,
    "team_manager": casework.team_manager,
    "service_manager": casework.service_manager,
    "reviewing_officer": casework.reviewing_officer,
    "quality_assurance": leadership.quality_assurance,
    "equality_lead": equality.equality_lead,
    "data_officer": leadership.data_officer,
    "director": leadership.director,
    "rights": rights.rights,
    "plain": plain.plain,
}
CLAUSES_ON_A_PAGE = 40


@require_GET
@one_page
def home(request: HttpRequest) -> HttpResponse:
    """Show the first page of the viewer's first role."""
    viewer = cast(User, request.user)
    held = scope_of(viewer).roles
    first = next((rule for key, rule in roles().roles.items() if key in held), None)
    if first is None:
        return render(request, "pages/home_no_role.html")
    context = HOMES[first.first_page](viewer, timezone.now())
    common = {
        "viewer": viewer,
        "asked_of": summary_for(viewer, today=timezone.localdate()),
        "proposed": for_second_person(viewer),
        "late_alone": late_of_no_child(viewer, now=timezone.now()),
        "better": shown_to(viewer, timezone.now()),
        "may_read_recorded": may(viewer, "recording.read"),
        "may_open_audits": may(viewer, "audits.open"),
        "reports_unread": unread_by(viewer),
        "may_audit": may(viewer, "audits.conduct"),
        "may_see_audit_tools": may(viewer, "audits.tools"),
    }
    return render(request, context["template"], {**context, **common})


@one_page
@requires("children.view")
@require_GET
def child(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one child: who they are, what was promised, what happened, and who has looked."""
    viewer, now = cast(User, request.user), timezone.now()
    found = child_for(viewer, ref, page="child", at=now)
    context = of_child.context(found, viewer, now, page=request.GET.get("page"))
    can_record = may(viewer, "identity.record")
    return render(request, "pages/child.html", {**context, "can_record": can_record})


@requires("clauses.view")
@require_GET
def clauses(request: HttpRequest) -> HttpResponse:
    """Show every clause of the adopted packs with how it stands."""
    viewer = cast(User, request.user)
    form = NarrowClauses(request.GET)
    everything = list(of_policy.lines(viewer))
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(list(filter(of_policy.chosen(wanted), everything)), CLAUSES_ON_A_PAGE)
    shown = page.get_page(request.GET.get("page"))
    counts = Counter(one.standing for one in everything)
    context = {
        "form": form,
        "page": shown,
        "table": tables.clauses_table(shown.object_list),
        "numbers": [
            {"count": counts[one], "words": words.lower(), "url": f"?standing={one}"}
            for one, words in of_policy.WORDS.items()
        ],
        "clear_url": reverse("pages:clauses"),
    }
    return render(request, "pages/clauses.html", context)


@requires("clauses.view")
@require_GET
def law(request: HttpRequest) -> HttpResponse:
    """Show what the law asks today beside the policies, and their words then and now."""
    viewer = cast(User, request.user)
    context = {
        "table": of_law.law_table(timezone.localdate(), links=may(viewer, "standards.view")),
        "terms": of_law.terms_table(of_law.terms()),
    }
    return render(request, "pages/law.html", context)


@requires("clauses.view")
@require_GET
def clause(request: HttpRequest, clause_id: str) -> HttpResponse:
    """Show one clause, how Evenhand answers for it, and how it stands."""
    try:
        line = of_policy.line(cast(User, request.user), clause_id)
    except LookupError as none:
        raise Http404("No adopted policy has this clause.") from none
    pack = next(pack for pack in policy().packs if pack.id == line.clause.pack)
    may_open = may(cast(User, request.user), "standards.view")
    context = {
        "line": line,
        "pack": pack,
        "rows": tables.clause_rows(line),
        "table": tables.standards_of_clause(line, may_open=may_open),
        "comes_with": tables.comes_with(line.clause.order),
        "today": list(of_law.said_today(line.clause.summary)),
    }
    return render(request, "pages/clause.html", context)
