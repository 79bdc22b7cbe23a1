"""Who may do what: the permissions of the adopted packs (roles.yaml), each with its roles.

``requires(permission)`` guards a view; templates and navigation ask ``may(viewer, permission)``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from evenhand.accounts.models import User
from evenhand.accounts.roles import roles
from evenhand.accounts.scope import scope_of

P = ParamSpec("P")


def may(viewer: User, permission: str) -> bool:
    """Say whether the viewer holds the permission through any role in force."""
    return not roles().permissions[permission].roles.isdisjoint(scope_of(viewer).roles)


def requires(
    permission: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Guard a view: 403 in plain words for those without the permission."""
    if permission not in roles().permissions:
        raise LookupError(
            f"no adopted pack has a permission called {permission!r} in its roles.yaml"
        )

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
