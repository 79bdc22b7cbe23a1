"""Who may do what, in one table: a permission and the roles that hold it.

``requires(permission)`` guards a view; templates and navigation ask ``may(viewer, permission)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from evenhand.accounts.models import Role, User
from evenhand.accounts.scope import scope_of

P = ParamSpec("P")

CASE_ROLES = frozenset(
    {
        Role.SOCIAL_WORKER,
        Role.TEAM_MANAGER,
        Role.SERVICE_MANAGER,
        Role.REVIEWING_OFFICER,
        Role.QUALITY_ASSURANCE,
        Role.DIRECTOR,
    }
)
EVERY_ROLE = frozenset(Role)
PERMISSIONS: Mapping[str, frozenset[str]] = {
    "children.view": CASE_ROLES,
    "children.merge": frozenset({Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.DIRECTOR}),
    "identity.worklist": CASE_ROLES,
    "events.record": frozenset(
        {Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.REVIEWING_OFFICER}
    ),
    "identity.record": frozenset(
        {Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.REVIEWING_OFFICER}
    ),
    "identity.completeness": EVERY_ROLE,
    "identity.campaign": frozenset(
        {Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.EQUALITY_LEAD, Role.DIRECTOR}
    ),
    "standards.view": EVERY_ROLE,
    "leaving_care.view": CASE_ROLES,
    "clauses.view": EVERY_ROLE,
    "policy.compare": frozenset({Role.QUALITY_ASSURANCE, Role.EQUALITY_LEAD, Role.DIRECTOR}),
    "concerns.record": EVERY_ROLE,
    "concerns.report": frozenset({Role.EQUALITY_LEAD, Role.QUALITY_ASSURANCE, Role.DIRECTOR}),
    "fares.view": frozenset(
        {Role.EQUALITY_LEAD, Role.QUALITY_ASSURANCE, Role.DIRECTOR, Role.SERVICE_MANAGER}
    ),
    "fares.release": frozenset({Role.EQUALITY_LEAD, Role.DIRECTOR}),
    "reports.make": frozenset({Role.QUALITY_ASSURANCE, Role.EQUALITY_LEAD, Role.DIRECTOR}),
    "imports.view": frozenset({Role.DATA_OFFICER}),
    "imports.manage": frozenset({Role.DATA_OFFICER}),
}


def may(viewer: User, permission: str) -> bool:
    """Say whether the viewer holds the permission through any role in force."""
    return not PERMISSIONS[permission].isdisjoint(scope_of(viewer).roles)


def requires(
    permission: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Guard a view: 403 in plain words for those without the permission."""
    if permission not in PERMISSIONS:
        raise LookupError(f"no permission is called {permission!r}")

    def guard(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not may(request.user, permission):  # type: ignore[arg-type]
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return guard
