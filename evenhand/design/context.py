"""Context processor that puts the shell on every page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from evenhand.design.shell import Shell


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Return ``{"shell": Shell}``.

    ``request.shell`` is used if a view or middleware has set it; else the function that the setting
    ``DESIGN_SHELL`` names (a dotted path to ``f(request) -> Shell``); else a bare shell that
    carries the setting ``AUTHORITY``.
    """
    ready = getattr(request, "shell", None)
    if ready is not None:
        return {"shell": ready}
    maker = getattr(settings, "DESIGN_SHELL", "")
    if maker:
        return {"shell": import_string(maker)(request)}
    return {"shell": Shell(authority=getattr(settings, "AUTHORITY", ""))}
