"""The log of sign-ins, and ending a pause, for an administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from evenhand.accounts.actions import sign_ins as actions
from evenhand.accounts.forms import AddressForm
from evenhand.accounts.permissions import requires
from evenhand.accounts.queries import sign_ins as log
from evenhand.accounts.tables import log_table
from evenhand.accounts.views.requests import viewer_of
from evenhand.accounts.views.users import MAY, found_user
from evenhand.design.paging import page_of


@requires(MAY)
@require_POST
def resume(request: HttpRequest, ref: str) -> HttpResponse:
    """Let a person try again whose wrong tries had paused signing in."""
    found = found_user(ref)
    actions.resume(found, by=viewer_of(request), at=timezone.now())
    messages.success(request, f"{found.name} may try again now.")
    return redirect("accounts:user", ref=found.ref)


@requires(MAY)
@require_POST
def resume_address(request: HttpRequest) -> HttpResponse:
    """Let an address try again that had been paused."""
    form = AddressForm(request.POST)
    if form.is_valid():
        address = form.cleaned_data["address"]
        actions.resume_address(address, by=viewer_of(request), at=timezone.now())
        messages.success(request, "Signing in works from there again.")
    return redirect("accounts:sign-ins")


@requires(MAY)
@require_GET
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Show every try to sign in, newest first."""
    page = page_of(log.sign_ins(), request.GET.get("page"))
    paused = log.paused_addresses(now=timezone.now())
    context = {
        "page": page,
        "table": log_table(list(page.object_list), whose=True),
        "paused": [(each, AddressForm(initial={"address": each})) for each in paused],
    }
    return render(request, "accounts/sign_ins.html", context)
